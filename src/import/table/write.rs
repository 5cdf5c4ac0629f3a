//! Cells on their way into a file that Excel opens.

use super::Column;
use crate::import::text::one_line;

/// Signs with which a spreadsheet takes a cell for a formula, and the sign that protects it.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '\'', '＝', '＋', '－', '＠'];

/// A cell without the apostrophe that protects it.
pub(super) fn unprotected(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// Writes a table with a byte order mark, so that Excel takes it for UTF-8, and with every cell
/// that it would take for a formula behind an apostrophe.
pub(in crate::import) fn write(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<String>>,
) -> Vec<u8> {
    write_rows(std::iter::once(columns.iter().map(|c| c.zh.to_owned()).collect()).chain(rows))
}

/// Writes rows that bring their headings along.
pub(in crate::import) fn write_rows(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| written(&one_line(cell))).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A cell that no spreadsheet takes for a formula.
pub(in crate::import) fn protected(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell as it stands in the file (RFC 4180).
fn written(cell: &str) -> String {
    let cell = protected(cell);
    if cell.contains(['"', ',', '\n', '\r', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
