//! What tells rounds apart: colour, line pattern and the shape of the marker, each enough by itself.

use std::fmt::Write as _;

/// Dark enough on white for a thin line (WCAG 2.2, 1.4.11), and apart for most eyes.
const COLOURS: [&str; 8] =
    ["#0072b2", "#b34700", "#00735a", "#a03a7c", "#333333", "#5b3fa0", "#7a5c00", "#00707a"];
/// Patterns of the line, in pixels drawn and left out.
const DASHES: [&str; 4] = ["", "14 6", "4 5", "16 5 4 5"];
/// How many shapes there are; with eight colours no two of forty rounds look alike.
const SHAPES: usize = 5;

/// How a round is drawn, by its number: it stays the same however the plan changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colour of line and marker.
    pub colour: &'static str,
    /// `stroke-dasharray`; empty for a full line.
    pub dash: &'static str,
    shape: usize,
}

impl Style {
    /// The style of the round with this number, from 1.
    pub fn of(number: u32) -> Self {
        let nth = number.saturating_sub(1) as usize;
        Self {
            colour: COLOURS[nth % COLOURS.len()],
            dash: DASHES[nth % DASHES.len()],
            shape: nth % SHAPES,
        }
    }
}

/// A marker with a round's number; hollow, with a tick, once everything there is done.
pub(super) fn marker(svg: &mut String, (x, y): (f64, f64), number: u32, done: bool) {
    let Style { colour, shape, .. } = Style::of(number);
    let (fill, ink) = if done { ("#ffffff", colour) } else { (colour, "#ffffff") };
    let paint = format!("fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"2.5\"");
    let polygon = |points: &[(f64, f64)]| {
        let list: Vec<String> =
            points.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx, y + dy)).collect();
        format!("<polygon points=\"{}\" {paint}/>", list.join(" "))
    };
    let outline = match shape {
        0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"12\" {paint}/>"),
        1 => polygon(&[(-11.0, -11.0), (11.0, -11.0), (11.0, 11.0), (-11.0, 11.0)]),
        2 => polygon(&[(0.0, -15.0), (15.0, 0.0), (0.0, 15.0), (-15.0, 0.0)]),
        3 => polygon(&[(0.0, -16.0), (16.0, 12.0), (-16.0, 12.0)]),
        _ => polygon(&[(0.0, -14.0), (14.0, -3.0), (9.0, 12.0), (-9.0, 12.0), (-14.0, -3.0)]),
    };
    svg.push_str(&outline);
    let down = if shape == 3 { 9.0 } else { 5.5 };
    let text = if done { format!("{number}✓") } else { number.to_string() };
    let size = if text.chars().count() > 2 { 11 } else { 15 };
    let _ = write!(
        svg,
        "<text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"{size}\" font-weight=\"bold\" fill=\"{ink}\" text-anchor=\"middle\">{text}</text>",
        y + down
    );
}

/// Line and marker of a round for a legend, 78 by 32 pixels, its upper left corner at a place.
pub(crate) fn sample(svg: &mut String, (x, y): (f64, f64), number: u32) {
    let Style { colour, dash, .. } = Style::of(number);
    let _ = write!(
        svg,
        "<line x1=\"{:.0}\" y1=\"{2:.0}\" x2=\"{:.0}\" y2=\"{2:.0}\" stroke=\"{colour}\" stroke-width=\"5\" stroke-dasharray=\"{dash}\"/>",
        x + 2.0,
        x + 40.0,
        y + 16.0
    );
    marker(svg, (x + 60.0, y + 16.0), number, false);
}

/// The legend's picture of a round; what it says stands beside it in words.
pub fn swatch(number: u32) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"swatch\" viewBox=\"0 0 78 32\" width=\"78\" height=\"32\" aria-hidden=\"true\">",
    );
    sample(&mut svg, (0.0, 0.0), number);
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_forty_rounds_look_alike_and_neighbours_differ_in_everything() {
        for one in 1..=40 {
            for other in one + 1..=40 {
                assert_ne!(Style::of(one), Style::of(other), "{one} and {other}");
            }
            let (a, b) = (Style::of(one), Style::of(one + 1));
            assert!(a.colour != b.colour && a.dash != b.dash && a.shape != b.shape);
        }
    }
}
