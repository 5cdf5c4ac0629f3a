//! Tables of people as CSV: headings in Chinese or English, rows numbered as Excel numbers them.

mod problem;
mod records;
mod wanted;
mod write;

pub use problem::{CellError, RowError, TableError};
pub use wanted::{Same, Wanted, allergens_zh};
pub(super) use write::{protected, write, write_rows};

use std::collections::BTreeMap;

use super::text::{decode, half_width, one_line};
use super::{MAX_BYTES, MAX_ROWS};
use records::Records;
use write::unprotected;

/// The most columns of a table of people.
pub const COLUMNS_MAX: usize = 64;

/// Columns that offices keep and the clubhouse does not need; they are skipped without a word.
const SKIPPED: [&str; 8] = ["序号", "性别", "年龄", "no", "no.", "#", "sex", "age"];

/// The most rows above the headings with a title each.
const TITLES: usize = 3;

/// What forms add to a heading.
const MARKS: [&str; 5] = ["(必填)", "(选填)", "(可不填)", "(required)", "(optional)"];

/// A column: how it is called, and whether it must be there.
pub(super) struct Column {
    pub zh: &'static str,
    pub en: &'static str,
    /// Other headings that people use for it.
    pub also: &'static [&'static str],
    pub required: bool,
}

impl Column {
    fn is_called(&self, heading: &str) -> bool {
        heading == self.zh || heading == self.en || self.also.contains(&heading)
    }
}

/// A table whose headings are understood and whose rows all have the right number of cells.
pub(super) struct Table {
    columns: &'static [Column],
    /// Where each column stands in a row, if it is there.
    at: Vec<Option<usize>>,
    rows: Vec<(usize, csv::StringRecord)>,
}

/// One row of a table.
pub(super) struct Row<'a> {
    pub number: usize,
    table: &'a Table,
    cells: &'a csv::StringRecord,
}

impl Table {
    /// Reads a table with these columns from the bytes of a CSV file.
    pub fn read(bytes: &[u8], columns: &'static [Column]) -> Result<Self, TableError> {
        if bytes.len() > MAX_BYTES {
            return Err(TableError::TooLarge { bytes: bytes.len() });
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(TableError::Workbook);
        }
        let text = decode(bytes).ok_or(TableError::NotText)?;
        let mut records = Records::new(&text);
        let headings = headings(&mut records)?;
        if headings.len() > COLUMNS_MAX {
            return Err(TableError::TooManyColumns);
        }
        let at = places(&headings, columns)?;
        let (mut rows, mut errors) = (Vec::new(), Vec::new());
        for record in records {
            let (number, cells) = record?;
            if rows.len() + errors.len() == MAX_ROWS {
                return Err(TableError::TooManyRows);
            }
            let extra = cells.iter().skip(headings.len()).any(|cell| !cell.trim().is_empty());
            if cells.len() < headings.len() || extra {
                let problem = CellError::Cells { found: cells.len(), wanted: headings.len() };
                errors.push(RowError { row: number, problem });
            } else if let Some(column) = formula(&cells, &at) {
                let problem = CellError::Formula(columns[column].zh);
                errors.push(RowError { row: number, problem });
            } else {
                rows.push((number, cells));
            }
        }
        if errors.is_empty() {
            Ok(Self { columns, at, rows })
        } else {
            Err(TableError::Rows(errors))
        }
    }

    /// The columns that the file does not have.
    pub fn absent(&self) -> impl Iterator<Item = usize> {
        (0..self.at.len()).filter(|column| self.at[*column].is_none())
    }

    /// Turns every row into a value, or lists every row that is wrong.
    pub fn map<T>(
        &self,
        mut read: impl FnMut(&Row<'_>) -> Result<T, CellError>,
    ) -> Result<Vec<T>, TableError> {
        let (mut values, mut errors) = (Vec::with_capacity(self.rows.len()), Vec::new());
        for (number, cells) in &self.rows {
            match read(&Row { number: *number, table: self, cells }) {
                Ok(value) => values.push(value),
                Err(problem) => errors.push(RowError { row: *number, problem }),
            }
        }
        if errors.is_empty() { Ok(values) } else { Err(TableError::Rows(errors)) }
    }
}

impl Row<'_> {
    /// The text of a column, on one line and without the sign that keeps Excel from calculating;
    /// empty if the column is not there.
    pub fn text(&self, column: usize) -> String {
        let at = self.table.at.get(column).copied().flatten();
        let cell = at.and_then(|at| self.cells.get(at)).unwrap_or("");
        one_line(unprotected(cell.trim()))
    }

    /// The heading of a column, for errors.
    pub fn heading(&self, column: usize) -> &'static str {
        self.table.columns.get(column).map_or("", |c| c.zh)
    }

    /// The text of a column that must be filled, of at most `most` characters.
    pub fn filled(&self, column: usize, most: usize) -> Result<String, CellError> {
        let text = self.short(column, most)?;
        if text.is_empty() { Err(CellError::Empty(self.heading(column))) } else { Ok(text) }
    }

    /// The text of a column that may be empty, of at most `most` characters.
    pub fn short(&self, column: usize, most: usize) -> Result<String, CellError> {
        let text = self.text(column);
        if text.chars().count() > most || text.chars().any(char::is_control) {
            return Err(self.wrong(column, Wanted::Text(most)));
        }
        Ok(text)
    }

    /// A whole number between two bounds.
    pub fn number(&self, column: usize, least: u32, most: u32) -> Result<u32, CellError> {
        let text = half_width(&self.filled(column, 40)?);
        let number = text.trim().parse().ok().filter(|n| (least..=most).contains(n));
        number.ok_or_else(|| self.wrong(column, Wanted::Number(least, most)))
    }

    /// That a cell does not say what it must.
    pub fn wrong(&self, column: usize, wanted: Wanted) -> CellError {
        let text = self.text(column);
        let mut found: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
        if text.chars().nth(40).is_some() {
            found.push('…');
        }
        CellError::Value { column: self.heading(column), found, wanted }
    }
}

/// The row of headings. A title above it stands alone in its row and is passed over.
fn headings(records: &mut Records<'_>) -> Result<csv::StringRecord, TableError> {
    for record in records.take(TITLES + 1) {
        let (_, cells) = record?;
        if cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1 {
            return Ok(cells);
        }
    }
    Err(TableError::Empty)
}

/// The column, of those at these places, whose cell is a formula.
fn formula(cells: &csv::StringRecord, at: &[Option<usize>]) -> Option<usize> {
    let cell = |place: &Option<usize>| place.and_then(|place| cells.get(place));
    at.iter().position(|place| cell(place).is_some_and(|c| c.trim_start().starts_with('=')))
}

/// A heading as columns are called: without the blanks between characters (`姓 名`) and the marks of
/// a form (`电话*`, `电话（必填）`).
fn bare(heading: &str) -> String {
    let text = half_width(heading).trim().to_lowercase();
    let text = MARKS.iter().fold(text.as_str(), |text, mark| text.trim_end_matches(mark).trim());
    let text = text.trim_matches(['*', ':']).trim();
    let joined: Vec<&str> = text.split_whitespace().collect();
    joined.join(if text.is_ascii() { "_" } else { "" })
}

/// Remembers which row first said something, to refuse it the second time.
pub(super) struct Once<K>(BTreeMap<K, usize>);

impl<K: Ord> Once<K> {
    pub fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Refuses `key` if an earlier row had it.
    pub fn check(&mut self, key: K, row: usize, what: impl Fn() -> Same) -> Result<(), CellError> {
        match self.0.insert(key, row) {
            None => Ok(()),
            Some(row) => Err(CellError::Twice { what: what(), row }),
        }
    }
}

/// Where each column stands under these headings.
fn places(
    headings: &csv::StringRecord,
    columns: &'static [Column],
) -> Result<Vec<Option<usize>>, TableError> {
    let mut at: Vec<Option<usize>> = vec![None; columns.len()];
    for (place, heading) in headings.iter().enumerate() {
        let heading = bare(heading);
        if heading.is_empty() || SKIPPED.contains(&heading.as_str()) {
            continue;
        }
        let Some(column) = columns.iter().position(|c| c.is_called(&heading)) else {
            let known: Vec<String> =
                columns.iter().map(|c| format!("{} ({})", c.zh, c.en)).collect();
            let heading = heading.chars().filter(|c| !c.is_control()).take(40).collect();
            return Err(TableError::UnknownColumn { heading, known: known.join(", ") });
        };
        if at[column].replace(place).is_some() {
            return Err(TableError::ColumnTwice { heading: columns[column].zh });
        }
    }
    match columns.iter().zip(&at).find(|(column, at)| column.required && at.is_none()) {
        Some((column, _)) => Err(TableError::MissingColumn { zh: column.zh, en: column.en }),
        None => Ok(at),
    }
}
