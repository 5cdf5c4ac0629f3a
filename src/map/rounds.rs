//! The rounds of a day over the whole compound.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::marks::{Style, marker};
use super::{Drawing, Frame, Ground, compass, escaped};

/// Width of the drawing, in pixels.
const WIDTH: f64 = 1000.0;
/// Its greatest height.
const HIGHEST: f64 = 1400.0;
/// Between two rounds on one path, and all rounds of a path together.
const LANE: f64 = 6.0;
const LANES: f64 = 44.0;

/// A round to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnRound {
    /// Its number, from 1.
    pub number: u32,
    /// Its stops in walking order.
    pub stops: Vec<DrawnStop>,
}

/// A stop of a round to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnStop {
    /// The building's number.
    pub building: String,
    /// Whether it has been visited.
    pub done: bool,
}

/// The words on a drawing.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The kitchen.
    pub kitchen: &'a str,
    /// North.
    pub north: &'a str,
}

/// Draws footpaths, buildings and rounds. Rounds that share a path lie side by side on it.
pub fn rounds(ground: &Ground<'_>, rounds: &[DrawnRound], words: Words<'_>) -> Drawing {
    let compound = ground.compound();
    let places: Vec<_> = compound.nodes.iter().filter_map(|n| ground.place(n.id)).collect();
    let (frame, height) = Frame::around(&places, WIDTH, HIGHEST);
    let mut body = String::from("<rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>");
    paths(&mut body, ground, &frame, 9.0);
    let walks: Vec<(u32, Vec<(u32, u32)>)> = rounds.iter().map(|r| walked(ground, r)).collect();
    let mut on_path: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for (number, steps) in &walks {
        let own: BTreeSet<_> = steps.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
        for edge in own {
            on_path.entry(edge).or_default().push(*number);
        }
    }
    for (number, steps) in &walks {
        line(&mut body, ground, &frame, *number, steps, &on_path);
    }
    buildings(&mut body, ground, &frame, rounds);
    if let Some((x, y)) = ground.place(compound.kitchen).map(|at| frame.at(at)) {
        kitchen(&mut body, (x, y), words.kitchen);
    }
    body.push_str(&compass(WIDTH - 26.0, 30.0, words.north));
    Drawing { width: WIDTH, height, body }
}

/// Every footpath in grey; steps are broken.
pub(super) fn paths(svg: &mut String, ground: &Ground<'_>, frame: &Frame, width: f64) {
    for edge in &ground.compound().edges {
        if let (Some(a), Some(b)) = (ground.place(edge.a), ground.place(edge.b)) {
            let ((x1, y1), (x2, y2)) = (frame.at(a), frame.at(b));
            let dash = if edge.steps { " stroke-dasharray=\"3 3\"" } else { "" };
            let _ = write!(
                svg,
                "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#dcd7cc\" stroke-width=\"{width}\"{dash} stroke-linecap=\"round\"/>"
            );
        }
    }
}

/// The kitchen, where every round begins and ends.
pub(super) fn kitchen(svg: &mut String, (x, y): (f64, f64), word: &str) {
    let word = escaped(word);
    let half = 10.0 + 8.5 * word.chars().map(|c| if c.is_ascii() { 0.6 } else { 1.0 }).sum::<f64>();
    let _ = write!(
        svg,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"30\" rx=\"15\" fill=\"#8f1d0c\" stroke=\"#ffffff\" stroke-width=\"2\"/><text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"17\" font-weight=\"bold\" fill=\"#ffffff\" text-anchor=\"middle\">{word}</text>",
        x - half,
        y - 15.0,
        2.0 * half,
        y + 6.0
    );
}

/// The steps of a round from node to node.
fn walked(ground: &Ground<'_>, round: &DrawnRound) -> (u32, Vec<(u32, u32)>) {
    let legs = ground.legs(round.stops.iter().map(|s| s.building.as_str()));
    let steps = legs.iter().flat_map(|leg| leg.windows(2).map(|pair| (pair[0], pair[1])));
    (round.number, steps.collect())
}

/// A round's line: each path once, however often it is walked, so that its pattern stays clear.
fn line(
    svg: &mut String,
    ground: &Ground<'_>,
    frame: &Frame,
    number: u32,
    steps: &[(u32, u32)],
    on_path: &BTreeMap<(u32, u32), Vec<u32>>,
) {
    let mut d = String::new();
    let mut drawn = BTreeSet::new();
    let mut broken = true;
    for (from, to) in steps {
        let edge = (*from.min(to), *from.max(to));
        if !drawn.insert(edge) {
            broken = true;
            continue;
        }
        let (Some(a), Some(b)) = (ground.place(edge.0), ground.place(edge.1)) else { continue };
        let ((ax, ay), (bx, by)) = (frame.at(a), frame.at(b));
        let length = (bx - ax).hypot(by - ay).max(0.1);
        let others = on_path.get(&edge).map_or(&[][..], Vec::as_slice);
        let lane = others.iter().position(|n| *n == number).unwrap_or(0) as f64;
        let count = others.len().max(1) as f64;
        let aside = (lane - (count - 1.0) / 2.0) * LANE.min(LANES / count);
        let (dx, dy) = (-(by - ay) / length * aside, (bx - ax) / length * aside);
        let ends = [(ax + dx, ay + dy), (bx + dx, by + dy)];
        let [start, end] = if *from == edge.0 { ends } else { [ends[1], ends[0]] };
        let _ = write!(d, "{}{:.1} {:.1}", if broken { "M" } else { "L" }, start.0, start.1);
        let _ = write!(d, "L{:.1} {:.1}", end.0, end.1);
        broken = false;
    }
    let Style { colour, dash, .. } = Style::of(number);
    let _ = write!(
        svg,
        "<path class=\"walk\" d=\"{d}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"4.5\" stroke-dasharray=\"{dash}\" stroke-linejoin=\"round\"/>"
    );
}

/// Every building by number and name, with the markers of the rounds that go there.
fn buildings(svg: &mut String, ground: &Ground<'_>, frame: &Frame, rounds: &[DrawnRound]) {
    for building in &ground.compound().buildings {
        let Some((x, y)) = ground.place(building.entrance).map(|at| frame.at(at)) else { continue };
        let visits: Vec<(u32, bool)> = rounds
            .iter()
            .filter_map(|round| {
                let mut here =
                    round.stops.iter().filter(|s| s.building == building.number).peekable();
                here.peek()?;
                Some((round.number, here.all(|s| s.done)))
            })
            .collect();
        let (fill, ink) =
            if visits.is_empty() { ("#efeae1", "#4a433a") } else { ("#1d1a16", "#ffffff") };
        let half = 12.0 + 5.5 * building.number.chars().count() as f64;
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"28\" rx=\"4\" fill=\"{fill}\" stroke=\"#1d1a16\"/><text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"19\" font-weight=\"bold\" fill=\"{ink}\" text-anchor=\"middle\">{}</text>",
            x - half,
            y - 14.0,
            2.0 * half,
            y + 6.5,
            escaped(&building.number)
        );
        if !building.name.is_empty() {
            let _ = write!(
                svg,
                "<text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"14\" fill=\"#1d1a16\" stroke=\"#fbfaf7\" stroke-width=\"3\" paint-order=\"stroke\" text-anchor=\"middle\">{}</text>",
                y - 19.0,
                escaped(&building.name)
            );
        }
        let first = x - 16.0 * (visits.len().saturating_sub(1)) as f64;
        for ((number, done), nth) in visits.into_iter().zip(0_u32..) {
            marker(svg, (first + 32.0 * f64::from(nth), y + 31.0), number, done);
        }
    }
}
