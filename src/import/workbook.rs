//! The first sheet of an Excel workbook (ECMA-376, `.xlsx`) as the CSV text that lists are read from.
//!
//! A workbook is a zip archive: what it unpacks to is counted before anything of it is parsed.

use std::io::{Cursor, Read, copy, sink};

use calamine::{Data, Reader, Xlsx};
use thiserror::Error;

use super::MAX_ROWS;
use super::table::{COLUMNS_MAX, protected};

/// The most bytes that a workbook may unpack to.
const UNPACKED_MAX: u64 = 32 * 1024 * 1024;
/// The most files in a workbook's archive.
const FILES_MAX: usize = 500;

/// Why a workbook was refused; nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WorkbookError {
    /// It is broken, or locked with a password.
    #[error("the workbook can't be opened; it is damaged or has a password")]
    Broken,
    /// It unpacks to more than any list of a compound.
    #[error("the workbook unpacks to more than {UNPACKED_MAX} bytes")]
    Bomb,
    /// Too many rows or columns.
    #[error("the first sheet has more than {MAX_ROWS} rows or {COLUMNS_MAX} columns")]
    TooLarge,
    /// A formula, whose value may be old or come from another file.
    #[error("the first sheet has formulas; copy it and paste its values only")]
    Formula,
    /// No sheet, or nothing in it.
    #[error("the workbook has no sheet with anything in it")]
    Empty,
}

/// Whether bytes are a workbook by their first ones.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The first sheet as CSV, every row at its own number.
pub fn workbook_to_csv(bytes: &[u8]) -> Result<Vec<u8>, WorkbookError> {
    weigh(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Broken)?;
    let name = book.sheet_names().first().cloned().ok_or(WorkbookError::Empty)?;
    within(&mut book, &name)?;
    let formulas = book.worksheet_formula(&name).map_err(|_| WorkbookError::Broken)?;
    if formulas.used_cells().any(|(_, _, formula)| !formula.is_empty()) {
        return Err(WorkbookError::Formula);
    }
    let sheet = book.worksheet_range(&name).map_err(|_| WorkbookError::Broken)?;
    let (Some((top, _)), Some((_, right))) = (sheet.start(), sheet.end()) else {
        return Err(WorkbookError::Empty);
    };
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    // Rows above the first filled one keep their numbers.
    let mut text = vec![b'\n'; top as usize];
    for row in sheet.rows() {
        let cells = row.iter().map(cell).take(right as usize + 1);
        out.write_record(cells).map_err(|_| WorkbookError::Broken)?;
    }
    text.extend(out.into_inner().map_err(|_| WorkbookError::Broken)?);
    Ok(text)
}

/// Counts what every file of the archive unpacks to, whatever the archive says of itself.
fn weigh(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Broken)?;
    if archive.len() > FILES_MAX {
        return Err(WorkbookError::Bomb);
    }
    let mut left = UNPACKED_MAX;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|_| WorkbookError::Broken)?;
        let unpacked =
            copy(&mut file.take(left + 1), &mut sink()).map_err(|_| WorkbookError::Broken)?;
        left = left.checked_sub(unpacked).ok_or(WorkbookError::Bomb)?;
    }
    Ok(())
}

/// Refuses a sheet with cells far out before room for all between is made.
fn within(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<(), WorkbookError> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| WorkbookError::Broken)?;
    while let Some(cell) = cells.next_cell().map_err(|_| WorkbookError::Broken)? {
        let (row, column) = cell.get_position();
        if row as usize > MAX_ROWS || column as usize >= COLUMNS_MAX {
            return Err(WorkbookError::TooLarge);
        }
    }
    Ok(())
}

/// A cell as it reads; a whole number without a decimal point.
fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(time) => moment(time.as_f64()),
        Data::Error(_) => "#".to_owned(),
        // What begins like a formula is a text here.
        Data::String(text) => protected(text),
        other => other.to_string(),
    }
}

/// A time as `11:45`, or a date as `2026-12-03`: the days since 1899-12-30 that Excel keeps. A
/// room such as `12-03` that became a date is told as one.
fn moment(days: f64) -> String {
    let minutes = (days.fract() * 1440.0).round() as i64;
    if days < 1.0 {
        return format!("{:02}:{:02}", minutes / 60, minutes % 60);
    }
    let date = jiff::civil::date(1899, 12, 30)
        .checked_add(jiff::Span::new().try_days(days as i64).unwrap_or_default());
    date.map_or_else(|_| "#".to_owned(), |date| date.to_string())
}
