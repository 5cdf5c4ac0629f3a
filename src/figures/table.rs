//! A table of plain cells.

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Count(i64),
    /// Nothing is known.
    None,
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Count(count) => count.fmt(f),
            Self::None => f.write_str("–"),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}

impl From<i64> for Cell {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its word in addresses and names of files: `days`.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// What has to be known to read it; may be empty.
    pub note: String,
    /// The headings.
    pub headings: Vec<String>,
    /// The rows; the first cell names the row.
    pub rows: Vec<Vec<Cell>>,
    /// The column that a chart shows, and its unit, if one helps.
    pub chart: Option<(usize, String)>,
    /// Whether the charted figures of several rows may be added.
    pub adds: bool,
}

impl Table {
    /// The bars of the chart, longest and all: the row's name, and the figure.
    pub fn bars(&self) -> Vec<(String, i64)> {
        let Some((column, _)) = &self.chart else { return Vec::new() };
        let bar = |row: &Vec<Cell>| match (row.first(), row.get(*column)) {
            (Some(name), Some(Cell::Count(count))) => Some((name.to_string(), *count)),
            _ => None,
        };
        self.rows.iter().filter_map(bar).collect()
    }
}
