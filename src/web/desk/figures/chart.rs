//! A chart of bars, drawn here as SVG: each bar has its name and its figure beside it, so that
//! nothing is said by length or colour alone.

use crate::figures::Table;

/// The most bars that can be read; more rows stand in the table alone.
const MOST_BARS: usize = 40;
/// Units of a row, of the names' column and of the longest bar.
const ROW: i64 = 28;
const NAMES: i64 = 230;
const LONGEST: i64 = 460;

/// A chart.
pub struct Chart {
    /// Height of the whole drawing.
    pub height: i64,
    /// The bars.
    pub bars: Vec<Bar>,
    /// What is measured.
    pub unit: String,
}

/// A bar.
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// The figure.
    pub figure: i64,
    /// Top edge.
    pub y: i64,
    /// Where the words stand.
    pub base: i64,
    /// How long.
    pub length: i64,
    /// Where the figure stands.
    pub after: i64,
}

impl Chart {
    /// The chart of a table; without bars if it has none, or too many.
    pub fn of(table: &Table) -> Self {
        let figures = table.bars();
        let most = figures.iter().map(|(_, figure)| *figure).max().unwrap_or(0);
        let unit = table.chart.as_ref().map(|(_, unit)| unit.clone()).unwrap_or_default();
        if most <= 0 || figures.len() > MOST_BARS {
            return Self { height: 0, bars: Vec::new(), unit };
        }
        let bar = |(y, (name, figure)): (i64, (String, i64))| {
            let length = figure.max(0) * LONGEST / most;
            let short: String = name.chars().take(24).collect();
            Bar { name: short, figure, y: y + 4, base: y + 20, length, after: NAMES + length + 8 }
        };
        let bars: Vec<Bar> = (0i64..).map(|n| n * ROW).zip(figures).map(bar).collect();
        Self { height: bars.len() as i64 * ROW, bars, unit }
    }
}
