//! The command line of the clubhouse kiosk.

use clap::Parser;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let started = Instant::now();
    clubhouse_kiosk::cli::run(clubhouse_kiosk::cli::Cli::parse(), started)
}
