//! The command line: what staff, dispatchers and installers ask of the program.
//!
//! Exit codes: 0 done, 1 failed, 2 bad input or usage, 3 done in part.

mod open;
mod plan;
mod run;
#[cfg(feature = "rehearsal")]
mod stage;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

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
    /// Draw the kiosk's screens as pictures.
    #[cfg(feature = "rehearsal")]
    Screenshot(stage::ScreenshotArgs),
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
}

impl Failure {
    /// The input can't be used.
    pub fn input(message: impl ToString) -> Self {
        Self { code: 2, message: message.to_string() }
    }

    /// It did not work.
    pub fn failed(message: impl ToString) -> Self {
        Self { code: 1, message: message.to_string() }
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
        #[cfg(feature = "rehearsal")]
        Command::Screenshot(args) => stage::screenshot(&args, config),
    };
    match ended {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::InPart) => ExitCode::from(3),
        Err(failure) => {
            eprintln!("clubhouse-kiosk: {}", failure.message);
            ExitCode::from(failure.code)
        }
    }
}
