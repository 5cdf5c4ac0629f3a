//! The command line: what staff, dispatchers and installers ask of the program.
//!
//! Exit codes: 0 done, 1 failed, 2 bad input or usage, 3 done in part.

/// Writes a line to stdout. A reader that has gone away (`… | head`) is no failure.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

/// Writes a line to stderr, whoever listens.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($words)*);
    }};
}

mod account;
mod backup;
mod certificate;
mod day;
mod doctor;
mod ends;
mod export;
mod import;
mod menu;
mod open;
mod order;
mod paper_only;
mod papers;
mod plan;
mod print_test;
mod program;
mod resident;
mod roster;
mod rounds;
mod run;
mod say;
mod screen;
#[cfg(feature = "rehearsal")]
mod stage;
mod start;
mod update;
mod welfare;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::start_trouble::Cause;

/// Takes lunch orders on a touchscreen, prints the kitchen's tickets and plans the rounds of the
/// volunteers who carry lunch to the doors.
///
/// Settings come from clubhouse.toml in the folder you are in (see clubhouse.sample.toml), or
/// from the file named with --config. Without any, the defaults are a demonstration.
///
/// Exit codes: 0 done, 1 failed, 2 bad input or usage, 3 done in part.
#[derive(Debug, Parser)]
#[command(name = "clubhouse-kiosk", version, propagate_version = true)]
pub struct Cli {
    /// The settings file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the kiosk: screen, printers, clock and planner.
    Run(run::Args),
    /// Play a whole lunch without a screen, in a database of its own, and keep its pictures.
    #[cfg(feature = "rehearsal")]
    Lunch(stage::LunchArgs),
    /// Plan the rounds of an instance file (estate .json or .vrp) and check the plan.
    Plan(plan::Args),
    /// Read the compound, residents, volunteers or menus from a file.
    Import(import::Args),
    /// Write residents, volunteers, orders, the ledger, the compound or the sample to files.
    Export(export::Args),
    /// Show, change or sell out a menu; close a date.
    Menu(menu::Args),
    /// See and set who carries lunch on a date.
    Roster(roster::Args),
    /// See, place, change, pay, hand over and cancel orders.
    Order(order::Args),
    /// Plan a date's rounds, and see them.
    Rounds(rounds::Args),
    /// See and close welfare checks: doors that did not open.
    Welfare(welfare::Args),
    /// Who may sign in at the desk's pages.
    Account(account::Args),
    /// Make the certificate that the desk's pages are served with, or look at it.
    Certificate(certificate::Args),
    /// Other programs that may talk to the clubhouse.
    Program(program::Args),
    /// A resident's account and card.
    Resident(resident::Args),
    /// A day's figures, its count, and its close.
    Day(day::Args),
    /// Copy the database, or list the copies.
    Backup(backup::BackupArgs),
    /// Put a copy of the database in its place.
    Restore(backup::RestoreArgs),
    /// See the papers of a date, print one again, send a queue to another printer.
    Papers(papers::Args),
    /// Send people to the window with their orders, or take them on the screen again.
    PaperOnly(paper_only::Args),
    /// Print a test page on every printer, or on one.
    PrintTest(print_test::Args),
    /// Say a sentence aloud, as the screen would.
    Say(say::Args),
    /// Draw the kiosk's screens as pictures.
    #[cfg(feature = "rehearsal")]
    Screenshot(stage::ScreenshotArgs),
    /// See packages on a stick or in a folder, and have one installed.
    Update(update::Args),
    /// Look at settings, database, fonts, printers, panel and voice, and say what to mend.
    Doctor(doctor::Args),
}

/// How a command ended when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Everything was done.
    Done,
    /// Some of it could not be done, as was said.
    InPart,
}

/// A failure: bad input is told apart from everything else by its exit code.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: String,
    /// What kept a start from working.
    cause: Option<Cause>,
}

// Taken by value, because it is handed to `map_err`.
#[allow(clippy::needless_pass_by_value)]
impl Failure {
    /// The input can't be used.
    pub fn input(message: impl ToString) -> Self {
        Self { code: 2, message: message.to_string(), cause: None }
    }

    /// It did not work.
    pub fn failed(message: impl ToString) -> Self {
        Self { code: 1, message: message.to_string(), cause: None }
    }

    /// The same, with what kept a start from working.
    #[must_use]
    pub fn because(mut self, cause: Cause) -> Self {
        self.cause = Some(cause);
        self
    }
}

/// A refusal is an answer to what was asked, so it counts as bad input; the rest are failures.
impl From<crate::error::Error> for Failure {
    fn from(error: crate::error::Error) -> Self {
        match error.refusal() {
            Some(refusal) => Self::input(refusal),
            None => Self::failed(error),
        }
    }
}

/// Runs a command; `started` is when the process began.
pub fn run(cli: Cli, started: Instant) -> ExitCode {
    let config = cli.config.as_deref();
    let ended = match cli.command {
        Command::Run(args) => run::run(&args, config),
        #[cfg(feature = "rehearsal")]
        Command::Lunch(args) => stage::lunch(&args, config),
        Command::Plan(args) => plan::run(&args, started),
        Command::Import(args) => import::run(&args, config),
        Command::Export(args) => export::run(&args, config),
        Command::Menu(args) => menu::run(&args, config),
        Command::Roster(args) => roster::run(&args, config),
        Command::Order(args) => order::run(&args, config),
        Command::Rounds(args) => rounds::run(&args, config),
        Command::Welfare(args) => welfare::run(&args, config),
        Command::Account(args) => account::run(&args, config),
        Command::Certificate(args) => certificate::run(&args, config),
        Command::Program(args) => program::run(&args, config),
        Command::Resident(args) => resident::run(&args, config),
        Command::Day(args) => day::run(&args, config),
        Command::Backup(args) => backup::backup(&args, config),
        Command::Restore(args) => backup::restore(&args, config),
        Command::Papers(args) => papers::run(&args, config),
        Command::PaperOnly(args) => paper_only::run(&args, config),
        Command::PrintTest(args) => print_test::run(&args, config),
        Command::Say(args) => say::run(&args, config),
        #[cfg(feature = "rehearsal")]
        Command::Screenshot(args) => stage::screenshot(&args, config),
        Command::Update(args) => update::run(&args, config),
        Command::Doctor(args) => doctor::run(&args, config),
    };
    match ended {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::InPart) => ExitCode::from(3),
        Err(failure) => {
            tell!("clubhouse-kiosk: {}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}
