//! Which copies stay: the last of each of the newest days, and the last of each of the newest months.

use jiff::civil::DateTime;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How a copy is named after its local time.
pub(super) const NAME: &str = "lunch-%Y-%m-%dT%H%M%S.sqlite";

/// The local time that a copy's name bears; none for any other file.
pub fn time_of(path: &Path) -> Option<DateTime> {
    DateTime::strptime(NAME, path.file_name()?.to_str()?).ok()
}

/// The copies of a folder, oldest first; other files are no business of ours.
pub fn backups(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| time_of(path).is_some())
        .collect();
    found.sort_by_key(|path| time_of(path));
    Ok(found)
}

/// Which of these copies, oldest first, may go.
pub(super) fn superfluous(copies: &[PathBuf], daily: u32, monthly: u32) -> Vec<PathBuf> {
    let (mut days, mut months) = (BTreeSet::new(), BTreeSet::new());
    let mut goes = Vec::new();
    for copy in copies.iter().rev() {
        let Some(time) = time_of(copy) else { continue };
        let day = time.date();
        let month = (day.year(), day.month());
        // The newest of a day or month is met first.
        let last_of_day = !days.contains(&day) && days.len() < daily as usize;
        let last_of_month = !months.contains(&month) && months.len() < monthly as usize;
        if last_of_day {
            days.insert(day);
        }
        if last_of_month {
            months.insert(month);
        }
        if !last_of_day && !last_of_month {
            goes.push(copy.clone());
        }
    }
    goes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(text: &str) -> PathBuf {
        PathBuf::from(format!("lunch-{text}.sqlite"))
    }

    #[test]
    fn the_last_of_each_day_and_month_stays() {
        let copies = [
            "2026-09-29T140000",
            "2026-09-30T140000",
            "2026-10-30T120000",
            "2026-10-30T140000",
            "2026-11-23T140000",
            "2026-11-24T101500",
            "2026-11-24T140000",
        ]
        .map(copy);
        let goes = superfluous(&copies, 2, 3);
        let names: Vec<_> = goes.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        assert_eq!(
            names,
            ["2026-11-24T101500", "2026-10-30T120000", "2026-09-29T140000"]
                .map(|t| format!("lunch-{t}.sqlite"))
        );
    }

    #[test]
    fn a_year_leaves_thirty_days_and_the_months_before_them() {
        let first: jiff::civil::Date = jiff::civil::date(2026, 1, 1);
        let copies: Vec<_> = (0..365)
            .map(|n| {
                copy(&(first + jiff::Span::new().days(n)).strftime("%Y-%m-%dT140000").to_string())
            })
            .collect();
        // December's last copy is among the thirty days.
        let goes = superfluous(&copies, 30, 12);
        assert_eq!(copies.len() - goes.len(), 30 + 11);
    }

    #[test]
    fn other_files_are_left_alone() {
        assert_eq!(time_of(Path::new("lunch-holiday.sqlite")), None);
        assert_eq!(time_of(Path::new("lunch-2026-11-24T140000.part")), None);
        assert!(time_of(&copy("2026-11-24T140000")).is_some());
    }
}
