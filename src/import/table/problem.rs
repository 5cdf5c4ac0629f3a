//! Tables and rows that cannot be used, and why.

use thiserror::Error;

use super::COLUMNS_MAX;
use super::wanted::{Same, Wanted};
use crate::import::{MAX_BYTES, MAX_ROWS};

/// Row errors named in one sentence before the rest is counted.
const NAMED: usize = 5;

/// Why a table was refused; nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TableError {
    /// Larger than any list of a compound.
    #[error("the file has {bytes} bytes; at most {MAX_BYTES} are read")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
    },
    /// More rows than any compound has people.
    #[error("the file has more than {MAX_ROWS} rows")]
    TooManyRows,
    /// More columns than any list of people has.
    #[error("the file has more than {COLUMNS_MAX} columns")]
    TooManyColumns,
    /// Neither encoding fits.
    #[error("the file is not text in UTF-8 or GB18030")]
    NotText,
    /// A workbook under the name of a CSV file.
    #[error("the file is an old Excel workbook (.xls); save it as .xlsx or as “CSV UTF-8” first")]
    Workbook,
    /// Nothing at all.
    #[error("the file is empty; its first row must hold the headings")]
    Empty,
    /// A column that must be there.
    #[error("there is no column “{zh}” ({en}) in the first row")]
    MissingColumn {
        /// Its Chinese heading.
        zh: &'static str,
        /// Its English heading.
        en: &'static str,
    },
    /// A heading that means nothing here. Leaving it out silently could lose somebody's allergy.
    #[error(
        "the heading “{heading}” is not known; known are {known}; delete the column if it is not needed"
    )]
    UnknownColumn {
        /// The heading.
        heading: String,
        /// All headings that are known.
        known: String,
    },
    /// Two columns that mean the same.
    #[error("the column “{heading}” is there twice")]
    ColumnTwice {
        /// The Chinese heading.
        heading: &'static str,
    },
    /// Rows that are wrong, each with its number.
    #[error("{}", list(.0))]
    Rows(Vec<RowError>),
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("row {row}: {problem}")]
pub struct RowError {
    /// Its number as a spreadsheet shows it; the headings are row 1.
    pub row: usize,
    /// What is wrong with it.
    pub problem: CellError,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CellError {
    /// More or fewer cells than headings.
    #[error("it has {found} cells, but there are {wanted} headings; the row may be cut off")]
    Cells {
        /// Cells of the row.
        found: usize,
        /// Cells of the first row.
        wanted: usize,
    },
    /// A cell that must be filled.
    #[error("“{0}” is empty")]
    Empty(&'static str),
    /// A cell that does not say what it must.
    #[error("“{column}” is “{found}”; it must be {wanted}")]
    Value {
        /// The heading.
        column: &'static str,
        /// What the cell says.
        found: String,
        /// What it must say.
        wanted: Wanted,
    },
    /// A building that the compound does not have.
    #[error("the compound has no building {0}")]
    NoBuilding(String),
    /// A flat that the building does not have.
    #[error("building {building} has no flat {room}")]
    NoFlat {
        /// The building.
        building: String,
        /// The room as written.
        room: String,
    },
    /// A leader without a building.
    #[error("a building leader needs a building under “楼组”")]
    LeadsNothing,
    /// A building led by somebody who is no leader.
    #[error("“楼组” names building {0}, but the person is not a building leader")]
    NotALeader(String),
    /// A formula, whose value may be old or come from another file.
    #[error("“{0}” begins with “=”, like a formula; copy the table and paste its values only")]
    Formula(&'static str),
    /// Two people on record who could be meant.
    #[error("two people of this name live behind this door; add their telephone numbers or ids")]
    Namesakes,
    /// A badge that somebody else on record wears.
    #[error("badge {0} is worn by somebody else on record; give that person another badge first")]
    BadgeWorn(u32),
    /// The same again.
    #[error("{what} is already in row {row}")]
    Twice {
        /// What is there twice.
        what: Same,
        /// The earlier row.
        row: usize,
    },
}

/// Says several row errors in one sentence.
fn list(errors: &[RowError]) -> String {
    let named: Vec<String> = errors.iter().take(NAMED).map(ToString::to_string).collect();
    let rest = errors.len().saturating_sub(NAMED);
    let more = if rest > 0 { format!("; and {rest} more") } else { String::new() };
    format!("{}{more}", named.join("; "))
}
