//! A list beside who is on record: who is new, who changes, who comes back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::kept::{Kept, Known};
use crate::import::{CellError, Listed, PeopleList, RowError, TableError};

/// A row that changes somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<T> {
    /// The row's number as a spreadsheet shows it.
    pub row: usize,
    /// As they are.
    pub old: T,
    /// As they would be.
    pub new: T,
}

/// What a list would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import<T> {
    /// People new to the list.
    pub added: Vec<Listed<T>>,
    /// People of whom something changes.
    pub changed: Vec<Change<T>>,
    /// People who were archived and would be brought back.
    pub returned: Vec<Change<T>>,
    /// People who stay as they are.
    pub unchanged: usize,
    /// People on record who are not in the list; they stay.
    pub kept: usize,
}

impl<T: PartialEq> Import<T> {
    /// Whether the list changes anything.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.returned.is_empty()
    }

    /// Everybody who would be written.
    pub fn written(&self) -> impl Iterator<Item = &T> {
        let added = self.added.iter().map(|listed| &listed.person);
        added.chain(self.changed.iter().chain(&self.returned).map(|change| &change.new))
    }

    /// Whether the same people would be changed in the same way.
    pub fn does_the_same(&self, other: &Self) -> bool {
        self.added == other.added
            && self.changed == other.changed
            && self.returned == other.returned
    }
}

/// Compares a list with who is on record.
///
/// The same id is the same person. A row whose id is not on record is taken for whoever shares its
/// key (a door and a name, a badge): first the sure ones, then an only one that may be meant. So a
/// list that is read twice makes nobody twice, whatever the order of its rows.
pub fn compare<T: Kept>(
    list: &PeopleList<T>,
    record: &[Known<T>],
) -> Result<Import<T>, TableError> {
    let (known, mut errors) = recognise(list, record);
    let mut sharing: HashMap<String, Vec<T::Id>> = HashMap::new();
    for k in record {
        sharing.entry(k.person.key()).or_default().push(k.person.id());
    }
    let mut import = Import {
        added: Vec::new(),
        changed: Vec::new(),
        returned: Vec::new(),
        unchanged: 0,
        kept: 0,
    };
    for (Listed { row, person }, known) in list.rows.iter().zip(&known) {
        let new = known.map_or_else(|| person.clone(), |k| list.over(person, &k.person));
        let others = sharing.get(&new.key()).map_or(&[][..], Vec::as_slice);
        let others = others.iter().filter(|id| **id != new.id()).count();
        if let Some(problem) = new.objection(others) {
            errors.push(RowError { row: *row, problem });
            continue;
        }
        let row = *row;
        match known {
            None => import.added.push(Listed { row, person: new }),
            Some(k) if k.archived => {
                import.returned.push(Change { row, old: k.person.clone(), new });
            }
            Some(k) if k.person == new => import.unchanged += 1,
            Some(k) => import.changed.push(Change { row, old: k.person.clone(), new }),
        }
    }
    if !errors.is_empty() {
        errors.sort_by_key(|e| e.row);
        return Err(TableError::Rows(errors));
    }
    let there = record.iter().filter(|k| !k.archived).count();
    import.kept = there - import.changed.len() - import.unchanged;
    Ok(import)
}

/// Who on record each row is about; rows that may be about several are wrong.
fn recognise<'a, T: Kept>(
    list: &PeopleList<T>,
    record: &'a [Known<T>],
) -> (Vec<Option<&'a Known<T>>>, Vec<RowError>) {
    let by_id: BTreeMap<T::Id, &Known<T>> = record.iter().map(|k| (k.person.id(), k)).collect();
    let mut by_key: HashMap<String, Vec<&Known<T>>> = HashMap::new();
    for k in record {
        by_key.entry(k.person.key()).or_default().push(k);
    }
    let found = list.rows.iter().map(|l| by_id.get(&l.person.id()).copied());
    let mut found: Vec<Option<&Known<T>>> = found.collect();
    let mut taken: BTreeSet<T::Id> = found.iter().flatten().map(|k| k.person.id()).collect();
    let mut errors = Vec::new();
    for sure in [true, false] {
        for (Listed { row, person }, found) in list.rows.iter().zip(&mut found) {
            if found.is_some() {
                continue;
            }
            let same = by_key.get(&person.key()).map_or(&[][..], Vec::as_slice);
            let fits = |k: &&&Known<T>| {
                let fits =
                    if sure { person.is_surely(&k.person) } else { person.may_be(&k.person) };
                fits && !taken.contains(&k.person.id())
            };
            let fitting: Vec<&Known<T>> = same.iter().filter(fits).copied().collect();
            // Whoever is there is meant before anybody who was archived.
            let there: Vec<&Known<T>> = fitting.iter().filter(|k| !k.archived).copied().collect();
            *found = match (there.as_slice(), fitting.as_slice()) {
                ([one], _) | ([], [one]) => Some(*one),
                ([], []) => None,
                _ => {
                    errors.push(RowError { row: *row, problem: CellError::Namesakes });
                    None
                }
            };
            taken.extend(found.map(|k| k.person.id()));
        }
    }
    errors.dedup_by_key(|e| e.row);
    (found, errors)
}
