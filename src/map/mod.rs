//! Maps of the compound as SVG, drawn from its own footpaths: the rounds of a day for whoever sends
//! them out, the next legs for whoever walks, and the compound alone for whoever keeps the drawing.
//!
//! North is up. What the pages forbid is not used: colours are attributes (SVG 2, presentation
//! attributes), no style or script. Pure: the network and the rounds are arguments.

mod ground;
mod legs;
mod marks;
mod rounds;
mod survey;
mod whole;

pub use ground::Ground;
pub use legs::{LegsMap, legs};
pub(crate) use marks::sample;
pub use marks::{Style, swatch};
pub use rounds::{DrawnRound, DrawnStop, Words, rounds};
pub use survey::{LoosePiece, Reach, Survey};
pub use whole::{Whole, whole};

/// Room around what is drawn, in pixels.
const MARGIN: f64 = 46.0;

/// A drawing: its size in pixels and what is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Pixels across.
    pub width: f64,
    /// Pixels down.
    pub height: f64,
    /// The elements, without the root.
    pub body: String,
}

impl Drawing {
    /// The whole image, with what it shows in words for who can't see it.
    pub fn svg(&self, label: &str) -> String {
        let (w, h, label) = (self.width, self.height, escaped(label));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.0} {h:.0}\" width=\"{w:.0}\" height=\"{h:.0}\" role=\"img\" aria-label=\"{label}\" font-family=\"Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif\">{}</svg>",
            self.body
        )
    }
}

/// Where things stand in a drawing.
#[derive(Debug, Clone, Copy)]
struct Frame {
    west_mm: f64,
    north_mm: f64,
    left: f64,
    /// Pixels a millimetre.
    scale: f64,
}

impl Frame {
    /// A frame `width` pixels wide, at most `highest` high, around places in millimetres; with its height.
    fn around(places: &[(f64, f64)], width: f64, highest: f64) -> (Self, f64) {
        let ends = |of: &dyn Fn(&(f64, f64)) -> f64| {
            let (low, high) = places
                .iter()
                .map(of)
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
            // Ten metres at least, so that a single place has a scale.
            let short = (10_000.0 - (high - low)).max(0.0) / 2.0;
            if low.is_finite() { (low - short, high + short) } else { (0.0, 10_000.0) }
        };
        let ((west, east), (south, north)) = (ends(&|p| p.0), ends(&|p| p.1));
        let across = (width - 2.0 * MARGIN) / (east - west);
        let scale = across.min((highest - 2.0 * MARGIN) / (north - south));
        let left = (width - (east - west) * scale) / 2.0;
        let height = (north - south) * scale + 2.0 * MARGIN;
        (Self { west_mm: west, north_mm: north, left, scale }, height)
    }

    fn at(&self, (x_mm, y_mm): (f64, f64)) -> (f64, f64) {
        (
            self.left + (x_mm - self.west_mm) * self.scale,
            MARGIN + (self.north_mm - y_mm) * self.scale,
        )
    }
}

/// The arrow that says where north is.
fn compass(x: f64, y: f64, north: &str) -> String {
    format!(
        "<path d=\"M{x:.0} {:.0}l7 18l-7 -4l-7 4z\" fill=\"#1d1a16\"/><text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"15\" text-anchor=\"middle\">{}</text>",
        y - 14.0,
        y + 20.0,
        escaped(north)
    )
}

/// Text as it may stand in markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
