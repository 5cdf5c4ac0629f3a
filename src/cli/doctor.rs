//! `doctor`: looks at everything a lunch needs, and says what to mend.

mod database;
mod machine;
mod pages;
mod person;
mod voice;
mod walk;

use std::path::Path;
use std::time::Duration;

use super::{Ended, Failure, open};
use crate::fonts::Fonts;

/// Look at settings, data folder, database, fonts, printers, panel, voice, pages, clock and display.
///
/// Changes nothing. Exit codes: 0 all is well, 3 something needs a look, 1 something is wrong.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Try lamp, buzzer, buttons, sensor and supply instead, one by one, with you in front of them.
    ///
    /// The kiosk has to be stopped, as it holds the pins.
    #[arg(long)]
    panel: bool,
    /// With --panel: seconds that a press is waited for, 1 to 120.
    #[arg(long, value_name = "SECONDS", default_value_t = 20, requires = "panel", value_parser = clap::value_parser!(u64).range(1..=120))]
    wait: u64,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Ok,
    Look,
    Wrong,
}

/// What was found, line by line.
struct Findings {
    worst: Verdict,
}

impl Findings {
    fn say(&mut self, verdict: Verdict, what: &str, words: impl std::fmt::Display) {
        self.worst = self.worst.max(verdict);
        let mark = match verdict {
            Verdict::Ok => "OK",
            Verdict::Look => "look",
            Verdict::Wrong => "wrong",
        };
        // One line each, so that a message of several stays with its subject.
        let words = words.to_string().replace('\n', "\n                     ");
        say!("{mark:<6} {what:<13} {words}");
    }

    fn ok(&mut self, what: &str, words: impl std::fmt::Display) {
        self.say(Verdict::Ok, what, words);
    }

    fn look(&mut self, what: &str, words: impl std::fmt::Display) {
        self.say(Verdict::Look, what, words);
    }

    fn wrong(&mut self, what: &str, words: impl std::fmt::Display) {
        self.say(Verdict::Wrong, what, words);
    }
}

/// Looks at everything; the parts that need no settings also when the settings are wrong.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let mut findings = Findings { worst: Verdict::Ok };
    match open::settings(config) {
        Err(failure) => {
            findings.wrong("settings", failure.message);
            machine::display(&mut findings, config);
        }
        Ok(settings) if args.panel => {
            walk::walk(&mut findings, &settings, Duration::from_secs(args.wait));
        }
        Ok(settings) => {
            machine::settings(&mut findings, &settings);
            machine::folder(&mut findings, &settings.data);
            database::look(&mut findings, &settings);
            match Fonts::load(settings.fonts_folder()) {
                Ok(_) => {
                    findings.ok("fonts", "regular and bold, with the rare characters of names");
                }
                Err(error) => findings.wrong("fonts", error),
            }
            machine::printers(&mut findings, &settings);
            machine::panel(&mut findings, &settings);
            voice::look(&mut findings, &settings);
            pages::look(&mut findings, &settings);
            machine::display(&mut findings, config);
        }
    }
    match findings.worst {
        Verdict::Ok => Ok(Ended::Done),
        Verdict::Look => Ok(Ended::InPart),
        Verdict::Wrong => {
            Err(Failure::failed("something is wrong: mend what is marked above, then ask again"))
        }
    }
}
