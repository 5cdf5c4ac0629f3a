//! The records of a CSV text, numbered as a spreadsheet numbers its rows.

use super::problem::TableError;

/// The records of a CSV text with the row numbers of a spreadsheet, blank rows left out.
pub(super) struct Records<'a> {
    text: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    /// Line ends inside cells so far: a spreadsheet shows such a cell in one row.
    inside: u64,
    last: usize,
}

impl<'a> Records<'a> {
    pub fn new(text: &'a str) -> Self {
        let first = text.lines().next().unwrap_or("");
        // Excel writes “Unicode text” with tabs, and CSV with semicolons in some regions.
        let delimiter = if first.contains(',') {
            b','
        } else if first.contains('\t') {
            b'\t'
        } else if first.contains(';') {
            b';'
        } else {
            b','
        };
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        Self { text: text.as_bytes(), reader, inside: 0, last: 0 }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<(usize, csv::StringRecord), TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut cells = csv::StringRecord::new();
            match self.reader.read_record(&mut cells) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(_) => return Some(Err(TableError::NotText)),
            }
            let line = self.line_of(&cells).saturating_sub(self.inside);
            self.last = (line as usize).max(self.last + 1);
            let ends: usize = cells.iter().map(|cell| cell.matches('\n').count()).sum();
            self.inside += ends as u64;
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(Ok((self.last, cells)));
            }
        }
    }
}

impl Records<'_> {
    /// The line on which a record begins. The reader says where it began to look, which is before
    /// the empty lines that it skips and a spreadsheet shows.
    fn line_of(&self, cells: &csv::StringRecord) -> u64 {
        let Some(position) = cells.position() else {
            return 0;
        };
        let ahead = self.text.get(position.byte() as usize..).unwrap_or_default();
        let skipped = ahead.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
        position.line() + skipped.filter(|b| **b == b'\n').count() as u64
    }
}
