//! A list of people as a file has it: who is new to it, and what it does not say.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};

use crate::domain::Building;
use crate::import::table::{self, CellError, Column, Row, Table, TableError};

/// The heading of a column in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// In Chinese, as exports write it.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// Whether what stands below it is nobody's to read: a PIN.
    pub secret: bool,
}

/// Somebody who can stand on a list.
pub trait Person: Clone + PartialEq + Debug + Send + Sync + 'static {
    /// The identity.
    type Id: Copy + Ord + Display + Send + Sync;
    /// Who it is.
    fn id(&self) -> Self::Id;
    /// Takes this person for somebody known.
    fn set_id(&mut self, id: Self::Id);
    /// What stands in each column, in the order of [`Person::headings`].
    fn cells(&self) -> Vec<String>;
    /// The columns.
    fn headings() -> Vec<Heading>;
    /// Takes over, from the same person on record, what a column that is not in the file says.
    fn keep(&mut self, old: &Self, absent: usize);
    /// Reads a list of people in these buildings.
    fn read_list(
        bytes: &[u8],
        buildings: &[Building],
        new_id: &mut dyn FnMut() -> Self::Id,
    ) -> Result<PeopleList<Self>, TableError>;
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Its number as a spreadsheet shows it.
    pub row: usize,
    /// Who.
    pub person: T,
}

/// A list of people as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleList<T> {
    /// The people, by row.
    pub rows: Vec<Listed<T>>,
    /// The columns that the file does not have, by their places in [`Person::headings`].
    absent: BTreeSet<usize>,
}

impl<T: Person> PeopleList<T> {
    /// Reads the rows of a table, or lists every row that is wrong.
    pub(super) fn read(
        bytes: &[u8],
        columns: &'static [Column],
        mut read: impl FnMut(&Row<'_>) -> Result<T, CellError>,
    ) -> Result<Self, TableError> {
        let table = Table::read(bytes, columns)?;
        let rows = table.map(|row| Ok(Listed { row: row.number, person: read(row)? }))?;
        Ok(Self { rows, absent: table.absent().collect() })
    }

    /// The people alone.
    pub fn people(self) -> Vec<T> {
        self.rows.into_iter().map(|listed| listed.person).collect()
    }

    /// Somebody of the list as they would be on record: what the file has no column for stays.
    pub fn over(&self, listed: &T, old: &T) -> T {
        let mut new = listed.clone();
        new.set_id(old.id());
        for column in &self.absent {
            new.keep(old, *column);
        }
        new
    }
}

/// The headings and rows of people, for a workbook.
pub fn rows_of<T: Person>(people: &[T]) -> Vec<Vec<String>> {
    let headings = T::headings().iter().map(|h| h.zh.to_owned()).collect();
    std::iter::once(headings).chain(people.iter().map(Person::cells)).collect()
}

/// Rows with their headings as a CSV file that Excel opens, no cell a formula.
pub fn to_csv(rows: Vec<Vec<String>>) -> Vec<u8> {
    table::write_rows(rows.into_iter())
}

/// Reads what somebody typed into a form, by the same rules as a row of a list.
pub fn person_from_texts<T: Person>(
    texts: Vec<String>,
    id: T::Id,
    buildings: &[Building],
) -> Result<T, TableError> {
    let headings = T::headings().iter().map(|h| h.zh.to_owned()).collect();
    let bytes = table::write_rows([headings, texts].into_iter());
    let mut read = T::read_list(&bytes, buildings, &mut || id)?.people();
    let mut person = read.pop().ok_or(TableError::Empty)?;
    person.set_id(id);
    Ok(person)
}
