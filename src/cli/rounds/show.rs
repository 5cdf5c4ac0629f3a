//! Rounds as lines.

use std::collections::BTreeMap;

use super::super::{Failure, resident::short};
use crate::dispatch::Dispatch;
use crate::domain::{Fen, Round, RoundState, ServiceDate, VolunteerId};
use crate::house::House;
use crate::registry::Registry;

/// Shows a date's rounds, each with its doors.
pub fn rounds(house: &House, date: ServiceDate) -> Result<(), Failure> {
    let dispatch = Dispatch::new(house.clone());
    let rounds = dispatch.rounds(date)?;
    if rounds.is_empty() {
        say!("there are no rounds on {date}");
    }
    let names = names(house)?;
    for round in &rounds {
        heading(house, round, &names);
        stops(house, round);
    }
    for building in dispatch.lifts_out(date)? {
        say!("the lift of building {building} is out");
    }
    Ok(())
}

/// A line a round.
pub fn headings(house: &House, rounds: &[Round]) -> Result<(), Failure> {
    let names = names(house)?;
    for round in rounds {
        heading(house, round, &names);
    }
    Ok(())
}

/// Badge and name of every volunteer.
fn names(house: &House) -> Result<BTreeMap<VolunteerId, String>, Failure> {
    let all = Registry::new(house.clone()).volunteers()?;
    Ok(all.into_iter().map(|v| (v.id, format!("{} {}", v.badge, v.name))).collect())
}

fn heading(house: &House, round: &Round, names: &BTreeMap<VolunteerId, String>) {
    let leaves = house.settings.calendar().local(round.depart_at).strftime("%H:%M").to_string();
    let state = match round.state {
        RoundState::Planned => "planned",
        RoundState::Out => "out",
        RoundState::HandedIn => "handed in",
        RoundState::Withdrawn => "withdrawn",
    };
    let who = names.get(&round.volunteer).map_or("unknown", String::as_str);
    let (number, doors, minutes) = (round.number, round.stops.len(), round.duration_s.div_ceil(60));
    let meals = round.meals();
    let trip = if round.trip > 1 { format!("  trip {}", round.trip) } else { String::new() };
    let slip =
        if round.revision > 1 { format!("  slip {}", round.revision) } else { String::new() };
    say!(
        "round {number:>2}  {leaves}  {doors:>2} doors  {meals:>2} meals  {minutes:>3} min  {state:<9}  {who}{trip}{slip}"
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
        let pinned = if stop.pinned { "pinned  " } else { "" };
        let outcome = stop.visited.map_or("", crate::domain::Outcome::as_str);
        let (door, number, portions) = (short(&stop.door), stop.number, stop.portions);
        let line = format!(
            "    {at}  {door:<9} number {number:>3}  {portions} meals  {collect}{pinned}{outcome}"
        );
        say!("{}", line.trim_end());
    }
}
