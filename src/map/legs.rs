//! The legs of one round for who walks it: large, the next one first in sight, nothing else named.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::rounds::{Words, kitchen, paths};
use super::{Drawing, Frame, Ground, compass, escaped};

/// The width of a phone's column, in pixels, and the greatest height.
const WIDTH: f64 = 360.0;
const HIGHEST: f64 = 400.0;
/// Shorter than this and a leg has no room for its arrow, in pixels.
const ARROW_FROM: f64 = 40.0;

/// A round's legs drawn, and which of them leads to which stop.
#[derive(Debug, Clone, PartialEq)]
pub struct LegsMap {
    /// The drawing. Each leg is a group of class `leg` with `data-leg`; the next one is `leg now`,
    /// those before it `leg done`.
    pub drawing: Drawing,
    /// The leg that leads to each stop, in the order of the stops.
    pub leg_of: Vec<usize>,
    /// The leg back to the kitchen.
    pub back: usize,
}

/// Draws the legs of a round to buildings in walking order; `next` is the stop that comes next, none
/// if all are visited.
pub fn legs(
    ground: &Ground<'_>,
    buildings: &[&str],
    next: Option<usize>,
    words: Words<'_>,
) -> LegsMap {
    let leg_of = leg_of(ground, buildings);
    let legs = ground.legs(buildings.iter().copied());
    let back = legs.len().saturating_sub(1);
    let now = next.and_then(|stop| leg_of.get(stop).copied()).unwrap_or(back);
    let passed: Vec<_> = legs.iter().flatten().filter_map(|n| ground.place(*n)).collect();
    let (frame, height) = Frame::around(&passed, WIDTH, HIGHEST);
    let mut body = String::from("<rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>");
    paths(&mut body, ground, &frame, 7.0);
    body.push_str("<g class=\"legs\">");
    // The next leg lies on top of the others.
    let order = (0..legs.len()).filter(|leg| *leg != now).chain((now < legs.len()).then_some(now));
    for leg in order {
        let class = match leg.cmp(&now) {
            std::cmp::Ordering::Less => "leg done",
            std::cmp::Ordering::Equal => "leg now",
            std::cmp::Ordering::Greater => "leg",
        };
        one(&mut body, ground, &frame, &legs[leg], leg, class);
    }
    body.push_str("</g>");
    let mut named = BTreeSet::new();
    for building in buildings.iter().filter(|b| named.insert(**b)) {
        if let Some(at) = ground.entrance(building).and_then(|node| ground.place(node)) {
            entrance(&mut body, frame.at(at), building);
        }
    }
    if let Some(at) = ground.place(ground.compound().kitchen) {
        kitchen(&mut body, frame.at(at), words.kitchen);
    }
    let drawn: Vec<(f64, f64)> = passed.into_iter().map(|at| frame.at(at)).collect();
    let (x, y) = free_corner(height, &drawn);
    body.push_str(&compass(x, y, words.north));
    LegsMap { drawing: Drawing { width: WIDTH, height, body }, leg_of, back }
}

/// The leg that leads to each stop: doors of one building share it.
fn leg_of(ground: &Ground<'_>, buildings: &[&str]) -> Vec<usize> {
    let mut at = ground.compound().kitchen;
    let mut walked = 0_usize;
    let leg = |building: &&str| {
        if let Some(node) = ground.entrance(building).filter(|node| *node != at) {
            at = node;
            walked += 1;
        }
        walked.saturating_sub(1)
    };
    buildings.iter().map(leg).collect()
}

fn one(
    svg: &mut String,
    ground: &Ground<'_>,
    frame: &Frame,
    nodes: &[u32],
    leg: usize,
    class: &str,
) {
    let points: Vec<(f64, f64)> =
        nodes.iter().filter_map(|n| ground.place(*n)).map(|at| frame.at(at)).collect();
    let list: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ = write!(
        svg,
        "<g class=\"{class}\" data-leg=\"{leg}\"><polyline points=\"{}\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>",
        list.join(" ")
    );
    if let Some(((x, y), turn)) = halfway(&points) {
        let _ = write!(
            svg,
            "<path class=\"arrow\" d=\"M-7 -8L9 0L-7 8z\" transform=\"translate({x:.1} {y:.1}) rotate({turn:.0})\"/>"
        );
    }
    svg.push_str("</g>");
}

/// The middle of a walk and its direction there in degrees, clockwise from east; none for a walk
/// that is too short for an arrow.
fn halfway(points: &[(f64, f64)]) -> Option<((f64, f64), f64)> {
    let long = |pair: &[(f64, f64)]| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
    let total: f64 = points.windows(2).map(long).sum();
    let mut left = total / 2.0;
    if total < ARROW_FROM {
        return None;
    }
    for pair in points.windows(2) {
        let length = long(pair);
        if length >= left && length > 0.0 {
            let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
            let part = left / length;
            let turn = (by - ay).atan2(bx - ax).to_degrees();
            return Some(((ax + (bx - ax) * part, ay + (by - ay) * part), turn));
        }
        left -= length;
    }
    None
}

/// The corner of a drawing that is farthest from what is in it.
fn free_corner(height: f64, places: &[(f64, f64)]) -> (f64, f64) {
    let corners =
        [(WIDTH - 20.0, 26.0), (20.0, 26.0), (WIDTH - 20.0, height - 26.0), (20.0, height - 26.0)];
    let room = |corner: &(f64, f64)| {
        let far = places.iter().map(|(x, y)| (x - corner.0).hypot(y - corner.1));
        far.fold(f64::INFINITY, f64::min)
    };
    let best = corners.into_iter().rev().max_by(|a, b| room(a).total_cmp(&room(b)));
    best.unwrap_or(corners[0])
}

/// A building by its number, and a door where one goes in.
fn entrance(svg: &mut String, (x, y): (f64, f64), building: &str) {
    let half = 13.0 + 6.0 * building.chars().count() as f64;
    let _ = write!(
        svg,
        "<path d=\"M{x:.1} {y:.1}l7 9h-14z\" fill=\"#1d1a16\"/><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"#ffffff\" stroke=\"#1d1a16\" stroke-width=\"3\"/><rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"30\" rx=\"4\" fill=\"#1d1a16\" stroke=\"#ffffff\" stroke-width=\"1.5\"/><text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"21\" font-weight=\"bold\" fill=\"#ffffff\" text-anchor=\"middle\">{}</text>",
        x - half,
        y + 8.0,
        2.0 * half,
        y + 30.0,
        escaped(building)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrow_stands_in_the_middle_of_the_whole_walk_and_points_on() {
        let walk = [(0.0, 0.0), (10.0, 0.0), (10.0, 30.0), (10.0, 100.0)];
        assert_eq!(halfway(&walk), Some(((10.0, 45.0), 90.0)));
        assert_eq!(halfway(&walk[..2]), None);
        assert_eq!(halfway(&[]), None);
    }

    #[test]
    fn north_is_said_where_nothing_else_stands() {
        let crowded = [(350.0, 10.0), (10.0, 20.0), (10.0, 290.0)];
        assert_eq!(free_corner(300.0, &crowded), (WIDTH - 20.0, 274.0));
    }
}
