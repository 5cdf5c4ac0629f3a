//! `rounds`: a date's trips from kitchen to doors.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::{Ended, Failure, open, resident::short};
use crate::dispatch::Dispatch;
use crate::domain::{Fen, Round, RoundState, ServiceDate, VolunteerId};
use crate::house::House;
use crate::registry::Registry;
use crate::routing::Options;
use crate::schedule::TimeLimit;

/// Plan a date's rounds and queue their papers; see the rounds that stand.
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
        /// The date: 2026-11-24, today or tomorrow.
        #[arg(long, value_name = "DAY", default_value = "today")]
        date: open::Day,
        /// Seconds the planner may think; as many as the settings say if left out.
        #[arg(long, value_name = "S", value_parser = clap::value_parser!(u32).range(1..=600))]
        time_limit: Option<u32>,
        /// Where the random draws start.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
    /// Show the rounds with their doors in walking order.
    Show {
        /// The date: 2026-11-24, today or tomorrow.
        #[arg(long, value_name = "DAY", default_value = "today")]
        date: open::Day,
    },
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    match &args.verb {
        Verb::Plan { date, time_limit, seed } => {
            let limit = time_limit.unwrap_or(house.settings.rounds.plan_s);
            plan(&house, date.date(&house), limit, *seed)
        }
        Verb::Show { date } => {
            let date = date.date(&house);
            let rounds = Dispatch::new(house.clone()).rounds(date)?;
            if rounds.is_empty() {
                say!("there are no rounds on {date}");
            }
            let names = names(&house)?;
            for round in &rounds {
                heading(&house, round, &names);
                stops(&house, round);
            }
            Ok(Ended::Done)
        }
    }
}

fn plan(house: &House, date: ServiceDate, limit_s: u32, seed: u64) -> Result<Ended, Failure> {
    let options = Options { seed, ..Options::default() };
    let limit = TimeLimit::new(Duration::from_secs(limit_s.into()));
    let planned = Dispatch::new(house.clone()).plan_rounds(date, &options, &limit)?;
    let names = names(house)?;
    for round in &planned.rounds {
        heading(house, round, &names);
    }
    let doors: usize = planned.rounds.iter().map(|r| r.stops.len()).sum();
    say!("{} rounds to {doors} doors on {date}; their papers are queued", planned.rounds.len());
    for (number, why) in &planned.left_out {
        tell!("left out: number {number}: {why}");
    }
    Ok(if planned.left_out.is_empty() { Ended::Done } else { Ended::InPart })
}

/// Badge and name of every volunteer.
fn names(house: &House) -> Result<BTreeMap<VolunteerId, String>, Failure> {
    let all = Registry::new(house.clone()).volunteers()?;
    Ok(all.into_iter().map(|v| (v.id, format!("{} {}", v.badge, v.name))).collect())
}

fn heading(house: &House, round: &Round, names: &BTreeMap<VolunteerId, String>) {
    let meals: u32 = round.stops.iter().map(|s| u32::from(s.portions)).sum();
    let leaves = house.settings.calendar().local(round.depart_at).strftime("%H:%M").to_string();
    let state = match round.state {
        RoundState::Planned => "planned",
        RoundState::Out => "out",
        RoundState::HandedIn => "handed in",
        RoundState::Withdrawn => "withdrawn",
    };
    let who = names.get(&round.volunteer).map_or("unknown", String::as_str);
    let (number, doors, minutes) = (round.number, round.stops.len(), round.duration_s.div_ceil(60));
    say!(
        "round {number:>2}  {leaves}  {doors:>2} doors  {meals:>2} meals  {minutes:>3} min  {state:<9}  {who}"
    );
}

fn stops(house: &House, round: &Round) {
    let calendar = house.settings.calendar();
    for stop in &round.stops {
        let at = calendar.local(stop.arrive_at).strftime("%H:%M").to_string();
        let collect = if stop.collect > Fen::ZERO {
            format!("collect {} yuan  ", stop.collect)
        } else {
            String::new()
        };
        let outcome = stop.visited.map_or("", crate::domain::Outcome::as_str);
        let (door, number, portions) = (short(&stop.door), stop.number, stop.portions);
        let line =
            format!("    {at}  {door:<9} number {number:>3}  {portions} meals  {collect}{outcome}");
        say!("{}", line.trim_end());
    }
}
