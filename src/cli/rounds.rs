//! `rounds`: a date's trips from kitchen to doors.

mod ask;
mod show;
mod tell;

use std::path::Path;
use std::time::Duration;

use super::{Ended, Failure, open};
use crate::dispatch::{Dispatch, PlannedDay};
use crate::domain::{RoundChange, ServiceDate};
use crate::house::House;
use crate::routing::service::ReplanOptions;
use crate::routing::{Options, Unattended};
use crate::schedule::TimeLimit;

/// Plan a date's rounds and queue their papers, put them right during the day, change them by hand,
/// and see them. Doors are named by pick-up numbers, volunteers by badges.
///
/// Rounds that have left keep their slips. Where a slip is printed already, its volunteer gets
/// another one that says what is different.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Plan the deliveries over the volunteers on duty. Rounds that have not left are planned anew.
    ///
    /// Exit code 3: some doors are left out; each is named with the reason.
    Plan {
        #[command(flatten)]
        when: open::When,
        #[command(flatten)]
        effort: Effort,
    },
    /// Put the plan right: as few doors as possible change hands.
    ///
    /// Exit code 3: some doors are left out; each is named with the reason.
    Replan {
        #[command(flatten)]
        when: open::When,
        /// Where the random draws start.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
    /// Show the rounds with their doors in walking order.
    Show(open::When),
    /// Give a door to a volunteer's next round; “pin” keeps it there in every re-plan.
    Move {
        /// The pick-up number.
        number: u32,
        /// The badge.
        badge: u32,
        /// Its place on the round, from 1; where it costs least if left out.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=200))]
        place: Option<u32>,
        #[command(flatten)]
        when: open::When,
    },
    /// Keep a door with its volunteer, whatever is put right later.
    Pin(Door),
    /// Let a door change hands again.
    Unpin(Door),
    /// Let two volunteers change their rounds that have not left.
    Swap {
        /// A badge.
        one: u32,
        /// Another badge.
        other: u32,
        #[command(flatten)]
        when: open::When,
    },
    /// Say in a sentence why a door is where it is.
    Explain {
        #[command(flatten)]
        door: Door,
        /// In Chinese.
        #[arg(long)]
        zh: bool,
    },
    /// Say how many volunteers are enough, and what would happen with one fewer.
    HowMany {
        #[command(flatten)]
        when: open::When,
        #[command(flatten)]
        effort: Effort,
    },
    /// A building's lift is out: who does not climb stairs goes elsewhere.
    LiftOut(Lift),
    /// A building's lift works again.
    LiftBack(Lift),
}

#[derive(Debug, clap::Args)]
struct Effort {
    /// Seconds the planner may think; as many as the settings say if left out.
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u32).range(1..=600))]
    time_limit: Option<u32>,
    /// Where the random draws start.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl Effort {
    fn limit(&self, house: &House) -> TimeLimit {
        let seconds = self.time_limit.unwrap_or(house.settings.rounds.plan_s);
        TimeLimit::new(Duration::from_secs(seconds.into()))
    }

    fn options(&self) -> Options {
        Options { seed: self.seed, ..Options::default() }
    }
}

#[derive(Debug, clap::Args)]
struct Door {
    /// The pick-up number.
    number: u32,
    #[command(flatten)]
    when: open::When,
}

#[derive(Debug, clap::Args)]
struct Lift {
    /// The building's number.
    building: String,
    #[command(flatten)]
    when: open::When,
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    let dispatch = Dispatch::new(house.clone());
    let day = |when: &open::When| when.date.date(&house);
    match &args.verb {
        Verb::Plan { when, effort } => {
            let date = day(when);
            let limit = effort.limit(&house);
            let planned = dispatch.plan_rounds(date, &effort.options(), &limit)?;
            show::headings(&house, &planned.rounds)?;
            tell::plan(date, &planned);
            Ok(ended(&planned))
        }
        Verb::Replan { when, seed } => put_right(&house, day(when), RoundChange::Replanned, *seed),
        Verb::Show(when) => {
            show::rounds(&house, day(when))?;
            Ok(Ended::Done)
        }
        Verb::Move { number, badge, place, when } => {
            let place = place.map(|p| p as usize);
            Ok(changed(&house, &dispatch.move_stop(day(when), *number, *badge, place)?))
        }
        Verb::Pin(Door { number, when }) => {
            let planned = dispatch.pin_stop(day(when), *number)?;
            say!("number {number} stays with its volunteer");
            Ok(changed(&house, &planned))
        }
        Verb::Unpin(Door { number, when }) => {
            let planned = dispatch.unpin_stop(day(when), *number)?;
            say!("number {number} may change hands again");
            Ok(changed(&house, &planned))
        }
        Verb::Swap { one, other, when } => {
            Ok(changed(&house, &dispatch.swap_rounds(day(when), *one, *other)?))
        }
        Verb::Explain { door: Door { number, when }, zh } => {
            let why = dispatch.explain(day(when), *number)?;
            say!("{}", ask::why(why, *zh));
            Ok(Ended::Done)
        }
        Verb::HowMany { when, effort } => {
            let limit = effort.limit(&house);
            Ok(ask::how_many(&dispatch.how_many(day(when), &effort.options(), &limit)?))
        }
        Verb::LiftOut(Lift { building, when }) => {
            dispatch.lift_out(day(when), building)?;
            say!("the lift of building {building} is out");
            after(&house, day(when), RoundChange::Lift)
        }
        Verb::LiftBack(Lift { building, when }) => {
            dispatch.lift_back(day(when), building)?;
            say!("the lift of building {building} works again");
            after(&house, day(when), RoundChange::Lift)
        }
    }
}

/// Puts the plan of a date right after something happened; nothing where there is no plan yet.
pub(super) fn after(
    house: &House,
    date: ServiceDate,
    reason: RoundChange,
) -> Result<Ended, Failure> {
    if Dispatch::new(house.clone()).is_planned(date)? {
        return put_right(house, date, reason, 1);
    }
    Ok(Ended::Done)
}

fn put_right(
    house: &House,
    date: ServiceDate,
    reason: RoundChange,
    seed: u64,
) -> Result<Ended, Failure> {
    let options = ReplanOptions { seed, ..ReplanOptions::default() };
    let planned = Dispatch::new(house.clone()).replan(date, reason, &options, &Unattended)?;
    Ok(changed(house, &planned))
}

fn changed(house: &House, planned: &PlannedDay) -> Ended {
    tell::changes(house, planned);
    ended(planned)
}

fn ended(planned: &PlannedDay) -> Ended {
    if planned.left_out.is_empty() { Ended::Done } else { Ended::InPart }
}
