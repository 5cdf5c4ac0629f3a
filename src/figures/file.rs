//! A table as a file for Excel: CSV with the mark that says UTF-8, or a workbook. No cell is ever
//! calculated.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Cell, Table};

/// Signs with which a spreadsheet takes a text for a formula, and the sign that protects it.
const FORMULA: [char; 5] = ['=', '+', '-', '@', '\''];

/// Why a file can't be made.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The CSV can't be written.
    #[error("the table can't be written: {0}")]
    Csv(String),
    /// The workbook can't be written.
    #[error("the workbook can't be written: {0}")]
    Xlsx(#[from] XlsxError),
}

/// The table as CSV.
pub fn csv(table: &Table) -> Result<Vec<u8>, FileError> {
    let failed = |e: &dyn std::fmt::Display| FileError::Csv(e.to_string());
    let begin = "\u{feff}".as_bytes().to_vec();
    let mut rows = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(begin);
    rows.write_record(&table.headings).map_err(|e| failed(&e))?;
    for row in &table.rows {
        rows.write_record(row.iter().map(safe)).map_err(|e| failed(&e))?;
    }
    rows.into_inner().map_err(|e| failed(&e))
}

fn safe(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if line.starts_with(FORMULA) { format!("'{line}") } else { line }
        }
        Cell::Count(count) => count.to_string(),
        Cell::None => String::new(),
    }
}

/// The table as a workbook of one sheet.
pub fn xlsx(table: &Table) -> Result<Vec<u8>, FileError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let head = Format::new().set_bold();
    for (column, heading) in (0u16..).zip(&table.headings) {
        sheet.write_string_with_format(0, column, heading, &head)?;
        sheet.set_column_width(column, if column == 0 { 24 } else { 16 })?;
    }
    for (row, cells) in (1u32..).zip(&table.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                // Written as a text, whatever it begins with.
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Count(count) => sheet.write_number(row, column, *count as f64)?,
                Cell::None => continue,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(book.save_to_buffer()?)
}
