//! The compound alone, as it is kept: paths, steps, doors, and in red what nobody can walk to.

use std::fmt::Write as _;

use super::rounds::{Words, kitchen, paths};
use super::{Drawing, Frame, Ground, Survey, compass, escaped};

/// Width of the drawing in pixels, and of the larger one.
const WIDTH: f64 = 1000.0;
const LARGE: f64 = 2200.0;
/// Greatest height for its width.
const TALL: f64 = 1.4;

/// How a compound is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// The words that every drawing has.
    pub words: Words<'a>,
    /// Under a building that can't be reached.
    pub unreachable: &'a str,
    /// More than twice as wide, with every point's number.
    pub large: bool,
}

/// Draws a compound and marks what a look over it found.
pub fn whole(ground: &Ground<'_>, survey: &Survey, how: Whole<'_>) -> Drawing {
    let compound = ground.compound();
    let width = if how.large { LARGE } else { WIDTH };
    let places: Vec<_> = compound.nodes.iter().filter_map(|n| ground.place(n.id)).collect();
    let (frame, height) = Frame::around(&places, width, width * TALL);
    let mut body = String::from("<rect width=\"100%\" height=\"100%\" fill=\"#fbfaf7\"/>");
    paths(&mut body, ground, &frame, 9.0);
    steps(&mut body, ground, &frame);
    loose(&mut body, ground, &frame, survey);
    points(&mut body, ground, &frame, how.large);
    for (building, reach) in compound.buildings.iter().zip(&survey.reach) {
        if let Some(at) = ground.place(building.entrance).map(|at| frame.at(at))
            && building.entrance != compound.kitchen
        {
            let word = (!reach.reached()).then_some(how.unreachable);
            label(&mut body, at, &building.number, word);
        }
    }
    if let Some(at) = ground.place(compound.kitchen) {
        kitchen(&mut body, frame.at(at), how.words.kitchen);
    }
    body.push_str(&compass(width - 26.0, 30.0, how.words.north));
    Drawing { width, height, body }
}

/// The line between two nodes with an attribute, if both are there.
fn line(svg: &mut String, ground: &Ground<'_>, frame: &Frame, ends: (u32, u32), paint: &str) {
    if let (Some(a), Some(b)) = (ground.place(ends.0), ground.place(ends.1)) {
        let ((x1, y1), (x2, y2)) = (frame.at(a), frame.at(b));
        let _ = write!(
            svg,
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" {paint}/>"
        );
    }
}

/// Treads across a path with steps.
fn steps(svg: &mut String, ground: &Ground<'_>, frame: &Frame) {
    for edge in ground.compound().edges.iter().filter(|e| e.steps) {
        let paint = "stroke=\"#4a433a\" stroke-width=\"12\" stroke-dasharray=\"2 6\"";
        line(svg, ground, frame, (edge.a, edge.b), paint);
    }
}

/// Paths that the kitchen does not reach, in red and broken.
fn loose(svg: &mut String, ground: &Ground<'_>, frame: &Frame, survey: &Survey) {
    for edge in ground.compound().edges.iter().filter(|e| !survey.reached.contains(&e.a)) {
        let paint =
            "class=\"loose\" stroke=\"#b3261e\" stroke-width=\"5\" stroke-dasharray=\"12 8\"";
        line(svg, ground, frame, (edge.a, edge.b), paint);
    }
}

/// Every point, for who points at one; on the large map with its number, as the forms name it.
fn points(svg: &mut String, ground: &Ground<'_>, frame: &Frame, numbered: bool) {
    for node in &ground.compound().nodes {
        if let Some((x, y)) = ground.place(node.id).map(|at| frame.at(at)) {
            let _ = write!(
                svg,
                "<circle data-point=\"{}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"#4a433a\"/>",
                node.id
            );
            if !numbered {
                continue;
            }
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"11\" fill=\"#4a433a\">{}</text>",
                x + 5.0,
                y + 24.0,
                node.id
            );
        }
    }
}

/// A building by number at its entrance; with a word beneath it, in red, if it can't be reached.
fn label(svg: &mut String, (x, y): (f64, f64), number: &str, word: Option<&str>) {
    let half = 12.0 + 5.5 * number.chars().count() as f64;
    let (fill, edge) = if word.is_some() { ("#fde8e6", "#b3261e") } else { ("#efeae1", "#1d1a16") };
    let thick = if word.is_some() { 4 } else { 1 };
    let _ = write!(
        svg,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"28\" rx=\"4\" fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"{thick}\"/><text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"19\" font-weight=\"bold\" fill=\"#1d1a16\" text-anchor=\"middle\">{}</text>",
        x - half,
        y - 14.0,
        2.0 * half,
        y + 6.5,
        escaped(number)
    );
    if let Some(word) = word {
        let _ = write!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"16\" font-weight=\"bold\" fill=\"#b3261e\" stroke=\"#fbfaf7\" stroke-width=\"4\" paint-order=\"stroke\" text-anchor=\"middle\">{}</text>",
            y + 33.0,
            escaped(word)
        );
    }
}
