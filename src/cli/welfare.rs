//! `welfare`: doors that did not open.

use std::path::Path;

use super::{Ended, Failure, open, resident::short};
use crate::counter::Counter;
use crate::dispatch::Dispatch;
use crate::domain::{CheckId, WelfareCheck};
use crate::house::House;
use crate::registry::Registry;

/// See and close welfare checks. One opens when nobody answers a door; the day can't be closed
/// before somebody has written what they found.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// List the open checks of every date, the oldest first.
    List,
    /// Close a check with what was found.
    Close {
        /// The order's number, or the check's id.
        check: Which,
        /// What was found at the door.
        #[arg(long, value_name = "TEXT")]
        finding: String,
        /// Who was there.
        #[arg(long, value_name = "NAME")]
        by: String,
    },
}

#[derive(Debug, Clone, Copy)]
enum Which {
    Number(u32),
    Id(CheckId),
}

impl std::str::FromStr for Which {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.parse().map(Self::Number).ok();
        number.or_else(|| text.parse().map(Self::Id).ok()).ok_or_else(|| {
            format!(
                "“{text}” is neither an order's number nor a check's id; “welfare list” shows both"
            )
        })
    }
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    let dispatch = Dispatch::new(house.clone());
    let checks = dispatch.open_checks()?;
    match &args.verb {
        Verb::List => {
            for check in &checks {
                say!("{}", line(&house, check)?);
            }
            match checks.len() {
                0 => say!("no welfare check is open"),
                1 => say!("1 welfare check is open"),
                n => say!("{n} welfare checks are open"),
            }
        }
        Verb::Close { check, finding, by } => {
            if by.trim().is_empty() {
                return Err(Failure::input("say with --by who was at the door"));
            }
            let check = one(&checks, *check)?;
            dispatch.close_check(check.id, finding, by.trim())?;
            let place = short(&check.door);
            let which = check.number.map_or(String::new(), |n| format!(" for number {n}"));
            say!("the welfare check{which} at {place} is closed");
        }
    }
    Ok(Ended::Done)
}

fn one(checks: &[WelfareCheck], which: Which) -> Result<&WelfareCheck, Failure> {
    let wanted = |c: &&WelfareCheck| match which {
        Which::Number(number) => c.number == Some(number),
        Which::Id(id) => c.id == id,
    };
    let mut found = checks.iter().filter(wanted);
    match (found.next(), found.next()) {
        (Some(check), None) => Ok(check),
        // Numbers begin anew each date.
        (Some(_), Some(_)) => Err(Failure::input(
            "checks of more than one date are open for this number; name one by its id (“welfare list” shows ids)",
        )),
        (None, _) => Err(Failure::input(
            "there is no such open welfare check; “welfare list” shows those there are",
        )),
    }
}

/// What somebody who goes to the door needs.
fn line(house: &House, check: &WelfareCheck) -> Result<String, Failure> {
    let opened =
        house.settings.calendar().local(check.opened_at).strftime("%Y-%m-%d %H:%M").to_string();
    let lives = match check.resident {
        Some(id) => {
            let who = Counter::new(house.clone()).resident(id)?.resident;
            format!("{} {}", who.name, who.phone)
        }
        None => "unknown".to_owned(),
    };
    let volunteers = Registry::new(house.clone()).volunteers()?;
    let leader = volunteers.iter().find(|v| Some(v.id) == check.leader);
    let leader =
        leader.map_or_else(|| "no leader".to_owned(), |l| format!("{} {}", l.name, l.phone));
    let number = check.number.map_or("-".to_owned(), |n| n.to_string());
    let door = short(&check.door);
    Ok(format!(
        "number {number:>3}  {door:<9} since {opened}  {}  lives there: {lives}  leader: {leader}",
        check.id
    ))
}
