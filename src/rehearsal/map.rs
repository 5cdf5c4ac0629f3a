//! The map of a day's rounds as SVG: footpaths, buildings, each round in its colour and number.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::dispatch::PlannedDay;
use crate::routing::estate::{Estate, NodeKind};

/// Colours that stay apart for most eyes, after Okabe and Ito.
const COLOURS: [&str; 8] =
    ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7a5195", "#5a5a5a"];
/// Dashes tell rounds apart without colour.
const DASHES: [&str; 4] = ["", "10 5", "3 4", "12 4 3 4"];
/// Pixels a metre.
const SCALE: f64 = 3.0;
/// White around the map, in pixels.
const MARGIN: f64 = 40.0;
/// Room for the legend below.
const LEGEND_ROW: f64 = 26.0;

/// Draws the map.
pub fn draw(day: &PlannedDay) -> String {
    let estate = &day.estate;
    let at = places(estate);
    let (width, height) =
        at.values().fold((0.0f64, 0.0f64), |(w, h), (x, y)| (w.max(*x), h.max(*y)));
    let legend = LEGEND_ROW * (day.rounds.len().div_ceil(2) as f64 + 1.0);
    let (w, h) = (width + MARGIN, height + MARGIN + legend);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.0} {h:.0}\" width=\"{w:.0}\" height=\"{h:.0}\" font-family=\"Noto Sans CJK SC, sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>\n"
    );
    paths(&mut svg, estate, &at);
    for (nth, round) in day.rounds.iter().enumerate() {
        walk(&mut svg, estate, &at, nth, round.stops.iter().map(|s| s.door.building.as_str()));
    }
    buildings(&mut svg, day, &at);
    for (nth, round) in day.rounds.iter().enumerate() {
        let (x, y) = (
            MARGIN + (nth % 2) as f64 * width / 2.0,
            height + MARGIN + LEGEND_ROW * (nth / 2) as f64,
        );
        let meals: u32 = round.stops.iter().map(|s| u32::from(s.portions)).sum();
        let (colour, dash) = style(nth);
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.0}\" y1=\"{y:.0}\" x2=\"{:.0}\" y2=\"{y:.0}\" stroke=\"{colour}\" stroke-width=\"5\" stroke-dasharray=\"{dash}\"/><text x=\"{:.0}\" y=\"{:.0}\" font-size=\"16\">第 {} 轮 · {} 户 {meals} 份 · {} 分钟</text>",
            x + 46.0,
            x + 56.0,
            y + 6.0,
            round.number,
            round.stops.len(),
            round.duration_s.div_ceil(60)
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn style(nth: usize) -> (&'static str, &'static str) {
    (COLOURS[nth % COLOURS.len()], DASHES[(nth / COLOURS.len()) % DASHES.len()])
}

/// Pixel positions of the nodes; north is up.
fn places(estate: &Estate) -> BTreeMap<i64, (f64, f64)> {
    let nodes = &estate.paths.nodes;
    let west = nodes.iter().map(|n| n.x).fold(f64::INFINITY, f64::min);
    let north = nodes.iter().map(|n| n.y).fold(f64::NEG_INFINITY, f64::max);
    nodes
        .iter()
        .map(|n| (n.id, (MARGIN + (n.x - west) * SCALE, MARGIN + (north - n.y) * SCALE)))
        .collect()
}

fn paths(svg: &mut String, estate: &Estate, at: &BTreeMap<i64, (f64, f64)>) {
    for edge in &estate.paths.edges {
        if let (Some((x1, y1)), Some((x2, y2))) = (at.get(&edge.a), at.get(&edge.b)) {
            let dash = if edge.steps { " stroke-dasharray=\"3 3\"" } else { "" };
            let _ = writeln!(
                svg,
                "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#d9d5cb\" stroke-width=\"7\"{dash} stroke-linecap=\"round\"/>"
            );
        }
    }
}

/// A round along the footpaths, a little beside the others.
fn walk<'a>(
    svg: &mut String,
    estate: &Estate,
    at: &BTreeMap<i64, (f64, f64)>,
    nth: usize,
    doors: impl Iterator<Item = &'a str>,
) {
    let entrance =
        |number: &str| estate.buildings.iter().find(|b| b.id == number).map(|b| b.entrance);
    let mut nodes = vec![estate.kitchen];
    nodes.extend(doors.filter_map(entrance));
    nodes.push(estate.kitchen);
    nodes.dedup();
    let offset = (nth as f64 - 3.5) * 2.2;
    let mut points = String::new();
    for leg in nodes.windows(2) {
        for node in shortest(estate, leg[0], leg[1]) {
            if let Some((x, y)) = at.get(&node) {
                let _ = write!(points, "{:.1},{:.1} ", x + offset, y + offset);
            }
        }
    }
    let (colour, dash) = style(nth);
    let _ = writeln!(
        svg,
        "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.6\" stroke-dasharray=\"{dash}\" stroke-linejoin=\"round\" opacity=\"0.9\"/>"
    );
}

/// The nodes of a shortest footpath between two nodes.
fn shortest(estate: &Estate, from: i64, to: i64) -> Vec<i64> {
    use petgraph::graph::UnGraph;
    let mut graph = UnGraph::<i64, f64>::new_undirected();
    let index: BTreeMap<i64, _> =
        estate.paths.nodes.iter().map(|n| (n.id, graph.add_node(n.id))).collect();
    for edge in &estate.paths.edges {
        if let (Some(a), Some(b)) = (index.get(&edge.a), index.get(&edge.b)) {
            graph.add_edge(*a, *b, edge.metres);
        }
    }
    let (Some(start), Some(end)) = (index.get(&from), index.get(&to)) else { return Vec::new() };
    petgraph::algo::astar(&graph, *start, |n| n == *end, |e| *e.weight(), |_| 0.0)
        .map(|(_, nodes)| nodes.into_iter().map(|n| graph[n]).collect())
        .unwrap_or_default()
}

fn buildings(svg: &mut String, day: &PlannedDay, at: &BTreeMap<i64, (f64, f64)>) {
    for building in &day.estate.buildings {
        let Some((x, y)) = at.get(&building.entrance) else { continue };
        let meals: u32 = day
            .rounds
            .iter()
            .flat_map(|r| &r.stops)
            .filter(|s| s.door.building == building.id)
            .map(|s| u32::from(s.portions))
            .sum();
        let fill = if meals > 0 { "#2b2b2b" } else { "#b9b4a8" };
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"34\" height=\"24\" rx=\"4\" fill=\"{fill}\"/><text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"15\" font-weight=\"bold\" fill=\"#ffffff\" text-anchor=\"middle\">{}</text>",
            x - 17.0,
            y - 12.0,
            y + 5.5,
            building.id
        );
        if meals > 0 {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"12\">{meals} 份</text>",
                x + 20.0,
                y + 4.0
            );
        }
    }
    let kitchen = day.estate.paths.nodes.iter().find(|n| n.kind == NodeKind::Kitchen);
    if let Some((x, y)) = kitchen.and_then(|k| at.get(&k.id)) {
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"19\" fill=\"#b3261e\"/><text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"15\" font-weight=\"bold\" fill=\"#ffffff\" text-anchor=\"middle\">厨房</text>",
            y + 5.5
        );
    }
}
