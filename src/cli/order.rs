//! `order`: one order from placing to paper.

mod correct;
mod place;
mod show;
mod unfinished;

use std::path::Path;

use super::{Ended, Failure, open, resident::yuan, rounds};
use crate::counter::{Counter, STAFF};
use crate::dispatch::{Dispatch, HandInLine};
use crate::domain::{
    Fen, Fulfilment, Order, Outcome, PaymentMethod, PaymentState, PrintQueue, Refusal, RoundChange,
};
use crate::house::House;
use crate::printing::{self, Reprintable};

/// See, place, change, pay, hand over and cancel orders. An order is named by its pick-up number.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// List the orders of a date.
    List(open::When),
    /// Show one order: what, who, money, papers, history.
    Show(Which),
    /// Place an order.
    Place(place::PlaceArgs),
    /// Change an order until its cut-off; what is not named stays.
    Amend(place::AmendArgs),
    /// Take what is owed for an order.
    Pay {
        #[command(flatten)]
        order: Which,
        /// How it is paid: cash, account or other.
        #[arg(long, default_value = "cash")]
        method: PaymentMethod,
    },
    /// Mark an order ready: its number is called at the window.
    Ready(Which),
    /// Mark an order handed over at the window.
    Collected(Which),
    /// Take an order back until its cut-off; what was paid is given back.
    Cancel {
        #[command(flatten)]
        order: Which,
        /// After the cut-off, as long as nobody has left with it; planned rounds are put right.
        #[arg(long)]
        late: bool,
    },
    /// Record what happened at the door of a delivery.
    Visit {
        #[command(flatten)]
        order: Which,
        /// What happened: delivered, left-with, no-answer, refused or cancelled.
        #[arg(value_parser = outcome)]
        outcome: Outcome,
        /// With whom it was left.
        #[arg(long, value_name = "WHOM")]
        with: Option<String>,
        /// Cash taken at the door, in yuan; what was owed if left out.
        #[arg(long, value_name = "YUAN", value_parser = yuan)]
        cash: Option<Fen>,
    },
    /// Put right what was recorded of a delivery's door; the first record stays in the history.
    Correct(correct::Args),
    /// List orders that were left half done at the screen, from today on.
    Unfinished {
        /// Note that somebody asked after the one with this mark.
        #[arg(long, value_name = "MARK")]
        followed_up: Option<i64>,
        /// Those that need nobody any more, too.
        #[arg(long)]
        all: bool,
    },
    /// Print an order's papers again, marked as possible duplicates.
    Reprint {
        #[command(flatten)]
        order: Which,
        /// Only the papers of this queue: kitchen, counter or rounds.
        #[arg(long, value_name = "QUEUE")]
        queue: Option<PrintQueue>,
    },
}

#[derive(Debug, clap::Args)]
struct Which {
    /// The pick-up number.
    number: u32,
    #[command(flatten)]
    when: open::When,
}

impl Which {
    fn find(&self, house: &House, counter: &Counter) -> Result<Order, Failure> {
        let date = self.when.date.date(house);
        counter.by_number(date, self.number).map_err(|error| match error.refusal() {
            Some(Refusal::UnknownOrder) => {
                Failure::input(format!("there is no order with number {} on {date}", self.number))
            }
            _ => error.into(),
        })
    }
}

fn outcome(word: &str) -> Result<Outcome, String> {
    word.replace('-', "_").parse().map_err(|_| {
        let all: Vec<String> = Outcome::ALL.iter().map(|o| o.as_str().replace('_', "-")).collect();
        format!("“{word}” is not what happens at a door; allowed: {}", all.join(", "))
    })
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    let counter = Counter::new(house.clone());
    match &args.verb {
        Verb::List(open::When { date }) => show::list(&counter, date.date(&house))?,
        Verb::Show(which) => show::one(&house, &counter, &which.find(&house, &counter)?)?,
        Verb::Place(wish) => {
            let order = place::place(&house, &counter, wish)?;
            say!("{}", show::line(&order));
            return after(&house, &order, RoundChange::LateOrder);
        }
        Verb::Amend(change) => say!("{}", show::line(&place::amend(&house, &counter, change)?)),
        Verb::Pay { order, method } => {
            let order = order.find(&house, &counter)?;
            let owed = counter.owed(order.id)?;
            let order = counter.pay(order.id, *method, STAFF)?;
            say!("number {} is paid: {owed} yuan ({method})", order.number);
        }
        Verb::Ready(which) => {
            let order = counter.ready(which.find(&house, &counter)?.id, STAFF)?;
            say!("number {} is ready", order.number);
        }
        Verb::Collected(which) => {
            let order = counter.collected(which.find(&house, &counter)?.id, STAFF)?;
            say!("number {} is collected", order.number);
        }
        Verb::Cancel { order, late } => {
            let id = order.find(&house, &counter)?.id;
            let order = counter.cancel_by(id, place::deadline(*late), STAFF)?;
            let (number, total) = (order.number, order.total);
            match (order.payment, order.method) {
                (PaymentState::Refunded, Some(PaymentMethod::Account)) => {
                    say!("number {number} is cancelled; {total} yuan are back on the account");
                }
                (PaymentState::Refunded, _) => {
                    say!("number {number} is cancelled; give {total} yuan back");
                }
                _ => say!("number {number} is cancelled; nothing had been paid"),
            }
            return after(&house, &order, RoundChange::Cancelled);
        }
        Verb::Visit { order, outcome, with, cash } => {
            let order = order.find(&house, &counter)?;
            visit(&house, &order, *outcome, with.as_deref(), *cash)?;
        }
        Verb::Correct(args) => correct::correct(&house, &counter, args)?,
        Verb::Unfinished { followed_up, all } => {
            unfinished::run(&house, &counter, *followed_up, *all)?;
        }
        Verb::Reprint { order, queue } => reprint(&house, &order.find(&house, &counter)?, *queue)?,
    }
    Ok(Ended::Done)
}

/// Puts planned rounds right after a delivery came or went.
fn after(house: &House, order: &Order, reason: RoundChange) -> Result<Ended, Failure> {
    if order.fulfilment == Fulfilment::Delivery {
        return rounds::after(house, order.date, reason);
    }
    Ok(Ended::Done)
}

fn visit(
    house: &House,
    order: &Order,
    outcome: Outcome,
    with: Option<&str>,
    cash: Option<Fen>,
) -> Result<(), Failure> {
    let with = with.map(str::trim).unwrap_or_default();
    if (outcome == Outcome::LeftWith) == with.is_empty() {
        return Err(Failure::input(
            "--with names the person for left-with, and belongs to it only",
        ));
    }
    let line = HandInLine { order: order.id, outcome, left_with: with.to_owned(), cash };
    let order = Dispatch::new(house.clone()).record_visit(&line)?;
    say!("number {} is {}", order.number, order.state.as_str().replace('_', " "));
    if outcome == Outcome::NoAnswer {
        say!(
            "a welfare check is open until somebody writes what they found (“welfare close {}”)",
            order.number
        );
    }
    Ok(())
}

/// Queues the newest paper of each kind again, if it may be on paper or has failed.
fn reprint(house: &House, order: &Order, queue: Option<PrintQueue>) -> Result<(), Failure> {
    let Reprintable { papers, waiting } = printing::reprintable(house, order.id, queue)?;
    for job in &papers {
        printing::reprint(house, job.id)?;
        say!("{} of number {} is queued again", job.ticket.title_zh(), order.number);
    }
    match (papers.len(), waiting) {
        (0, 0) => Err(Failure::input(format!(
            "there is no paper of number {} to print again; papers of a meal are not printed once lunch is over",
            order.number
        ))),
        (0, n) => Err(Failure::input(format!(
            "{n} papers of number {} still wait to be printed; look at the printer (“doctor”)",
            order.number
        ))),
        _ => Ok(()),
    }
}
