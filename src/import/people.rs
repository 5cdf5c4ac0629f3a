//! Residents and volunteers as CSV tables; docs/files.md lists the columns.

mod list;
mod residents;
mod volunteers;

pub use list::{Heading, Listed, PeopleList, Person, person_from_texts, rows_of, to_csv};
pub use residents::{read_residents, write_residents};
pub use volunteers::{kind_zh, read_volunteers, write_volunteers};

use super::table::{CellError, Row, Wanted};
use super::text::half_width;
use crate::domain::Building;

/// The most characters of a name.
const NAME_MAX: usize = 40;

/// The building whose number a cell says: `7`, `7号楼`, `7 栋`.
fn building<'a>(
    row: &Row<'_>,
    column: usize,
    all: &'a [Building],
) -> Result<&'a Building, CellError> {
    let text = half_width(&row.filled(column, NAME_MAX)?);
    let bare = text.trim().trim_end_matches(['号', '楼', '栋', '幢', '#']).trim();
    let named = |number: &str| all.iter().find(|b| b.number == number);
    named(&text).or_else(|| named(bare)).ok_or(CellError::NoBuilding(text))
}

/// A telephone number as digits: blanks, hyphens, brackets and the country's +86 fall away.
fn phone(row: &Row<'_>, column: usize) -> Result<String, CellError> {
    let text = half_width(&row.text(column));
    let text = text.strip_prefix("+86").unwrap_or(&text);
    let digits: String =
        text.chars().filter(|c| !c.is_whitespace() && !['-', '(', ')'].contains(c)).collect();
    let right = digits.is_empty()
        || ((5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()));
    if right { Ok(digits) } else { Err(row.wrong(column, Wanted::Phone)) }
}

/// The words of a list in one cell, with whatever sign people put between them.
fn words(text: &str) -> impl Iterator<Item = String> {
    let text = half_width(text);
    let words: Vec<String> = text
        .split(['、', ',', ';', '/', '，', '；', ' ', '|'])
        .map(|word| word.trim().to_lowercase())
        .filter(|word| !matches!(word.as_str(), "" | "-" | "无" | "没有" | "none"))
        .collect();
    words.into_iter()
}
