//! `day`: a date's figures, its count, its close.

use std::path::Path;

use super::{Ended, Failure, open};
use crate::backup;
use crate::counter::{Count, Counter};
use crate::dispatch::{Closing, Dispatch};
use crate::domain::calendar::DayPhase;
use crate::domain::{Fen, Fulfilment, Refusal, ServiceDate};
use crate::house::House;

/// See a date's figures and count, and close it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Show the figures of a date so far.
    Figures(open::When),
    /// Show the portions to cook, by way of eating and wish.
    Count {
        /// Print it in the kitchen too. After the cut-off this is the final count: from then on
        /// every change prints a strip.
        #[arg(long)]
        print: bool,
        #[command(flatten)]
        when: open::When,
    },
    /// Print every order and telephone number of a date, enough to serve lunch without the kiosk.
    Blackout(open::When),
    /// Say what stands in the way of closing a date. Exit code 3 if something does.
    Check(open::When),
    /// Close a date: write off what nobody collected, print the tally, make a backup.
    Close(open::When),
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    match &args.verb {
        Verb::Figures(open::When { date }) => {
            figures(&Dispatch::new(house.clone()).figures(date.date(&house))?);
            Ok(Ended::Done)
        }
        Verb::Count { print, when } => count(&house, when.date.date(&house), *print),
        Verb::Blackout(open::When { date }) => {
            let date = date.date(&house);
            let orders = Dispatch::new(house.clone()).print_whole_blackout(date)?;
            say!("the list of {orders} orders of {date} is queued for the counter");
            Ok(Ended::Done)
        }
        Verb::Check(open::When { date }) => {
            let date = date.date(&house);
            let obstacles = Dispatch::new(house.clone()).obstacles(date)?;
            for obstacle in &obstacles {
                say!("- {obstacle}");
            }
            if obstacles.is_empty() {
                say!("nothing stands in the way of closing {date}");
            }
            Ok(if obstacles.is_empty() { Ended::Done } else { Ended::InPart })
        }
        Verb::Close(open::When { date }) => close(&house, date.date(&house)),
    }
}

fn count(house: &House, date: ServiceDate, print: bool) -> Result<Ended, Failure> {
    let counter = Counter::new(house.clone());
    if print {
        let phase = counter.day(date)?.phase;
        let last = !matches!(phase, DayPhase::Open | DayPhase::BeforeOpening { .. });
        show_count(date, &counter.print_count(date, last)?);
        say!("the {} count is queued for the kitchen", if last { "final" } else { "preliminary" });
    } else {
        show_count(date, &counter.count(date)?);
    }
    Ok(Ended::Done)
}

fn show_count(date: ServiceDate, count: &Count) {
    say!("{date}: {} portions", count.total());
    for way in Fulfilment::ALL {
        let wishes: Vec<String> = count
            .wishes
            .iter()
            .filter(|((_, of), _)| of == way)
            .map(|((wish, _), portions)| format!("{wish} {portions}"))
            .collect();
        let line = format!("  {:<9} {:>4}  {}", way.as_str(), count.of(*way), wishes.join(", "));
        say!("{}", line.trim_end());
    }
}

fn close(house: &House, date: ServiceDate) -> Result<Ended, Failure> {
    let closing =
        Dispatch::new(house.clone()).close_day(date).map_err(|error| match error.refusal() {
            Some(Refusal::NotYetClosable { what }) => {
                let list: Vec<String> =
                    what.iter().map(|obstacle| format!("\n- {obstacle}")).collect();
                Failure::input(format!("{date} can't be closed yet:{}", list.concat()))
            }
            _ => error.into(),
        })?;
    figures(&closing);
    say!("{date} is closed; the tally is queued for the kitchen's printer");
    match backup::back_up(house) {
        Ok(made) => Ok(super::backup::tell(made)),
        Err(error) => {
            tell!("clubhouse-kiosk: the day is closed, but {error}");
            Ok(Ended::InPart)
        }
    }
}

fn figures(closing: &Closing) {
    say!("{}: numbers 1 to {} given", closing.date, closing.last_number);
    show("served", &format!("{} portions", closing.served.total()));
    for way in Fulfilment::ALL {
        show(&format!("  {way}"), &closing.served.of(*way).to_string());
    }
    for (name, list) in [
        ("cancelled", &closing.cancelled),
        ("not collected", &closing.not_collected),
        ("returned", &closing.returned),
        ("uncertain papers", &closing.uncertain),
    ] {
        if !list.is_empty() {
            show(name, &numbers(list));
        }
    }
    for (outcome, times) in &closing.visits {
        show(&format!("visits {}", outcome.as_str().replace('_', " ")), &times.to_string());
    }
    // In the ledger, money taken from prepaid accounts is positive: the clubhouse owes less.
    for (name, amount) in
        [("cash", closing.cash), ("account", closing.account), ("other", closing.other)]
    {
        show(name, &format!("{amount} yuan"));
    }
    let owed: Fen = closing.owed.iter().map(|(_, fen)| *fen).sum();
    if owed != Fen::ZERO {
        let list: Vec<u32> = closing.owed.iter().map(|(number, _)| *number).collect();
        show("still owed", &format!("{owed} yuan by {}", numbers(&list)));
    }
}

fn show(name: &str, value: &str) {
    say!("  {name:<18} {value}");
}

fn numbers(numbers: &[u32]) -> String {
    let list: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    format!("{} (number {})", list.len(), list.join(", "))
}
