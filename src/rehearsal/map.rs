//! The map of a day's rounds as a file of its own: the drawing, with a legend below.

use std::fmt::Write as _;

use crate::domain::Round;
use crate::import::compound::Compound;
use crate::map::{self, DrawnRound, DrawnStop, Ground, Words};

/// Room for a line of the legend, in pixels.
const LEGEND_ROW: f64 = 36.0;

/// Draws the map.
pub fn draw(compound: &Compound, rounds: &[Round]) -> String {
    let drawn: Vec<DrawnRound> = rounds.iter().map(drawn).collect();
    let words = Words { kitchen: "厨房", north: "北" };
    let mut drawing = map::rounds(&Ground::new(compound), &drawn, words);
    for (nth, round) in rounds.iter().enumerate() {
        let x = 30.0 + (nth % 2) as f64 * drawing.width / 2.0;
        let y = drawing.height + LEGEND_ROW * (nth / 2) as f64;
        map::sample(&mut drawing.body, (x, y), round.number);
        let _ = writeln!(
            drawing.body,
            "<text x=\"{:.0}\" y=\"{:.0}\" font-size=\"18\">第 {} 轮 · {} 户 {} 份 · {} 分钟</text>",
            x + 84.0,
            y + 22.0,
            round.number,
            round.stops.len(),
            round.meals(),
            round.duration_s.div_ceil(60)
        );
    }
    drawing.height += LEGEND_ROW * (rounds.len().div_ceil(2) as f64 + 0.5);
    drawing.svg("外送路线图")
}

fn drawn(round: &Round) -> DrawnRound {
    let stop = |s: &crate::domain::Stop| DrawnStop {
        building: s.door.building.clone(),
        done: s.visited.is_some(),
    };
    DrawnRound { number: round.number, stops: round.stops.iter().map(stop).collect() }
}
