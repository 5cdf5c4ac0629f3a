//! How the last update ended, as root's service wrote it down.

use std::path::Path;

use super::request::FOLDER;

/// The file that it writes.
const RESULT: &str = "result";
/// The most of it that is read, in bytes.
const LONGEST: u64 = 4096;

/// How an update ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The new version serves.
    Installed,
    /// It did not serve; the version before is back.
    PutBack,
    /// It was not begun.
    Refused,
    /// It did not serve, and the version before could not be put back.
    Stuck,
}

/// What is known of the last update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// The version before.
    pub from: String,
    /// The version that was asked for.
    pub to: String,
    /// When it ended, in the machine's local time.
    pub at: String,
    /// Why it did not go further; empty if it did.
    pub why: String,
}

/// The last update's end, if there was one.
pub fn report(data: &Path) -> Option<Report> {
    use std::io::Read;
    let file = std::fs::File::open(data.join(FOLDER).join(RESULT)).ok()?;
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    parse(&text)
}

fn parse(text: &str) -> Option<Report> {
    let of = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap_or_default().to_owned()
    };
    let outcome = match of("outcome").as_str() {
        "installed" => Outcome::Installed,
        "put-back" => Outcome::PutBack,
        "refused" => Outcome::Refused,
        "stuck" => Outcome::Stuck,
        _ => return None,
    };
    Some(Report { outcome, from: of("from"), to: of("to"), at: of("at"), why: of("why") })
}

impl Report {
    /// In words for the log and the command line.
    pub fn english(&self) -> String {
        let Self { from, to, at, why, .. } = self;
        match self.outcome {
            Outcome::Installed => format!("{at}: version {to} is installed; it was {from}"),
            Outcome::PutBack => format!(
                "{at}: version {to} did not serve ({why}); version {from} is back, with its database"
            ),
            Outcome::Refused => format!("{at}: the update was not begun: {why}"),
            Outcome::Stuck => format!(
                "{at}: version {to} did not serve, and {from} could not be put back ({why}); lunch goes on by paper. Install a package by hand: sudo apt install ./FILE.deb"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_result_is_read_as_it_was_written() {
        let report = parse(
            "outcome=put-back\nfrom=0.1.0-1\nto=0.2.0-1\nat=2026-11-24 13:05\nwhy=it ended, twice=3\n",
        )
        .unwrap();
        assert_eq!(report.outcome, Outcome::PutBack);
        assert_eq!(report.why, "it ended, twice=3");
        assert!(report.english().contains("0.1.0-1 is back"));
        assert_eq!(parse("outcome=maybe\n"), None);
        assert_eq!(parse(""), None);
    }
}
