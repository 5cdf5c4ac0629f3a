//! A chart of bars, drawn here as SVG: each bar has its name and its figure beside it, so that
//! nothing is said by length or colour alone.

use crate::figures::Table;

/// The most bars that can be read; more rows stand in the table alone.
const MOST_BARS: usize = 40;
/// Units of a row, of the names' column and of the longest bar.
const ROW: i64 = 28;
/// The most half-widths of a name.
const MOST_WIDE: i32 = 20;
const NAMES: i64 = 180;
const LONGEST: i64 = 190;

/// Bars of dates, those of a month as one; bars of anything else stay as they are.
fn by_month(figures: Vec<(String, i64)>) -> Vec<(String, i64)> {
    let month = |name: &str| {
        let date: jiff::civil::Date = name.parse().ok()?;
        Some(date.strftime("%Y-%m").to_string())
    };
    let mut months: Vec<(String, i64)> = Vec::new();
    for (name, figure) in figures {
        let name = month(&name).unwrap_or(name);
        match months.last_mut() {
            Some((last, sum)) if *last == name => *sum += figure,
            _ => months.push((name, figure)),
        }
    }
    months
}

/// A name that fits beside its bar; the table below has it whole.
fn shortened(name: String) -> String {
    // A Chinese character is as wide as two others.
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    let mut room = MOST_WIDE;
    let fits = name.chars().all(|c| {
        room -= wide(c);
        room >= 0
    });
    if fits {
        return name;
    }
    let mut room = MOST_WIDE - 2;
    let kept = name.chars().take_while(|c| {
        room -= wide(*c);
        room >= 0
    });
    kept.collect::<String>() + "…"
}

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
        let mut figures = table.bars();
        if figures.len() > MOST_BARS && table.adds {
            figures = by_month(figures);
        }
        let most = figures.iter().map(|(_, figure)| *figure).max().unwrap_or(0);
        let unit = table.chart.as_ref().map(|(_, unit)| unit.clone()).unwrap_or_default();
        if most <= 0 || figures.len() > MOST_BARS {
            return Self { height: 0, bars: Vec::new(), unit };
        }
        let bar = |(y, (name, figure)): (i64, (String, i64))| {
            let length = figure.max(0) * LONGEST / most;
            let short = shortened(name);
            Bar { name: short, figure, y: y + 4, base: y + 20, length, after: NAMES + length + 8 }
        };
        let bars: Vec<Bar> = (0i64..).map(|n| n * ROW).zip(figures).map(bar).collect();
        Self { height: bars.len() as i64 * ROW, bars, unit }
    }
}
