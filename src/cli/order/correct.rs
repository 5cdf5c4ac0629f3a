//! `order correct`: what was recorded of a door is put right.

use super::super::{Failure, resident::yuan};
use super::Which;
use crate::counter::{Counter, STAFF};
use crate::dispatch::{Dispatch, HandInLine};
use crate::domain::{Fen, Outcome, Refusal};
use crate::house::House;

/// Which order, and what really happened.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    order: Which,
    /// What happened: delivered, left-with, no-answer or refused.
    #[arg(long, value_parser = outcome)]
    outcome: Outcome,
    /// With whom it was left.
    #[arg(long, value_name = "WHO")]
    left_with: Option<String>,
    /// Cash taken at the door, in yuan; what was owed there if left out.
    #[arg(long, value_name = "YUAN", value_parser = yuan)]
    cash: Option<Fen>,
}

fn outcome(word: &str) -> Result<Outcome, String> {
    match super::outcome(word) {
        Ok(Outcome::Cancelled) | Err(_) => Err(format!(
            "“{word}” is no outcome to correct to; allowed: delivered, left-with, no-answer, refused"
        )),
        Ok(outcome) => Ok(outcome),
    }
}

/// Corrects the visit and says how order and money stand.
pub fn correct(house: &House, counter: &Counter, args: &Args) -> Result<(), Failure> {
    let left_with = args.left_with.as_deref().map(str::trim).unwrap_or_default();
    if (args.outcome == Outcome::LeftWith) == left_with.is_empty() {
        return Err(Failure::input(
            "--left-with names the person for left-with, and belongs to it only",
        ));
    }
    let order = args.order.find(house, counter)?;
    let line = HandInLine {
        order: order.id,
        outcome: args.outcome,
        left_with: left_with.to_owned(),
        cash: args.cash,
    };
    let number = order.number;
    let order = Dispatch::new(house.clone()).correct_visit(&line, STAFF).map_err(|error| {
        match error.refusal() {
            Some(Refusal::NotVisited { .. }) => Failure::input(format!(
                "no visit is recorded for number {number} yet; record it with “order visit {number}”"
            )),
            _ => error.into(),
        }
    })?;
    let owed = counter.owed(order.id)?;
    let state = order.state.as_str().replace('_', " ");
    say!("number {number} is {state}, {}; {owed} yuan are owed", order.payment);
    if args.outcome == Outcome::NoAnswer {
        say!("somebody must look in at that door; “welfare list” shows the open checks");
    }
    Ok(())
}
