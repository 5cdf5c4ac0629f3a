//! `print-test`: a page that shows what each printer can do.

use clubhouse_hardware::printer::{JobOptions, Outcome, SimulatedPrinter, Target, print};
use std::path::Path;
use std::sync::Arc;

use super::{Ended, Failure, open};
use crate::clock::Clock;
use crate::config::Settings;
use crate::fonts::Fonts;
use crate::printing::{Board, Press};
use crate::tickets::content::TestPage;
use crate::tickets::{Layouter, Marks, Ticket, render};

/// Print a test page on every printer of the settings, or on one.
///
/// The page goes straight to the printer, past the queue of papers. Exit codes: 0 all came out,
/// 3 some did not, 1 none did.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this printer, by its name in the settings.
    #[arg(long, value_name = "NAME")]
    printer: Option<String>,
}

/// Prints.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let settings = Arc::new(open::settings(config)?);
    if let Some(name) = args.printer.as_ref().filter(|n| !settings.printers.contains_key(*n)) {
        let known: Vec<&str> = settings.printers.keys().map(String::as_str).collect();
        return Err(Failure::input(format!(
            "no printer is called “{name}”; the settings have: {}",
            known.join(", ")
        )));
    }
    let fonts = Fonts::load(settings.fonts_folder()).map_err(Failure::failed)?;
    let mut layouter = Layouter::new(&fonts).map_err(Failure::failed)?;
    let simulated = SimulatedPrinter::new(Board::simulated_width(&settings));
    let board = Board::new(settings.clone(), &simulated).map_err(Failure::input)?;

    let wanted = |press: &&Press| args.printer.as_ref().is_none_or(|name| *name == press.name);
    let mut worked = 0;
    let mut failed = 0;
    for press in board.presses().iter().filter(wanted) {
        let (well, words) = test(&settings, &board, press, &mut layouter)?;
        say!("{:<12} {}: {words}", press.name, press.target);
        if well {
            worked += 1;
        } else {
            failed += 1;
        }
    }
    match (worked, failed) {
        (_, 0) => Ok(Ended::Done),
        (0, _) => Err(Failure::failed("no test page came out")),
        _ => Ok(Ended::InPart),
    }
}

/// Prints one page; whether it may lie there, and what to say of it.
fn test(
    settings: &Settings,
    board: &Board,
    press: &Press,
    layouter: &mut Layouter,
) -> Result<(bool, String), Failure> {
    let page = Ticket::Test(TestPage {
        printer: press.name.clone(),
        queues: board.queues_of(&press.name).iter().map(ToString::to_string).collect(),
        at: settings.calendar().local(Clock::system().now()),
    });
    let document = render(&page, &Marks::NONE, layouter, press.width, press.letters)
        .map_err(Failure::failed)?;
    // Whatever was broken off before must not swallow this page.
    let options = JobOptions { recover: true, ..press.profile.options() };
    let outcome = print(&press.target, &document, &options);
    let simulated = matches!(press.target, Target::Simulated(_));
    Ok(match outcome {
        Outcome::Confirmed { .. } if simulated => {
            (true, "simulated, nothing comes out of a device".to_owned())
        }
        Outcome::Confirmed { status } => (true, format!("printed ({status})")),
        Outcome::Sent => {
            (true, "sent; it never answers, so look whether the page came out".to_owned())
        }
        Outcome::NotSent { reason, status } => (false, format!("not printed ({status}): {reason}")),
        Outcome::Uncertain { reason, .. } => {
            (false, format!("may or may not have come out: {reason}"))
        }
    })
}
