//! `roster`: who carries lunch on a date.

use std::path::Path;

use jiff::civil::Time;

use super::{Ended, Failure, open, rounds};
use crate::dispatch::Dispatch;
use crate::domain::{Refusal, RoundChange, Shift, Volunteer};
use crate::registry::Registry;

/// See and set who carries lunch on a date. Volunteers are named by the number on their badge.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Show who is on duty.
    Show(open::When),
    /// Put volunteers on duty; all of them or none.
    Add {
        #[command(flatten)]
        who: Badges,
        /// On duty from this time on, 11:20; from the first departure if left out.
        #[arg(long, value_name = "TIME", value_parser = time)]
        from: Option<Time>,
        /// Back in the kitchen by this time, 12:10; no end if left out.
        #[arg(long, value_name = "TIME", value_parser = time)]
        until: Option<Time>,
    },
    /// Take volunteers off duty. Rounds that are planned are put right: their doors go to others,
    /// those of a volunteer who is under way with meals from the kitchen.
    Remove(Badges),
    /// List every volunteer on record.
    Volunteers,
}

#[derive(Debug, clap::Args)]
struct Badges {
    /// Numbers on badges.
    #[arg(required = true, value_name = "BADGE")]
    badges: Vec<u32>,
    #[command(flatten)]
    when: open::When,
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    let dispatch = Dispatch::new(house.clone());
    let registry = Registry::new(house.clone());
    match &args.verb {
        Verb::Show(open::When { date }) => {
            let date = date.date(&house);
            for shift in dispatch.shifts(date)? {
                say!("{}", line(&shift.volunteer, &hours(&shift)));
            }
            on_duty(&dispatch.on_duty(date)?, date);
        }
        Verb::Add { who: Badges { badges, when }, from, until } => {
            known(&registry, badges)?;
            let date = when.date.date(&house);
            on_duty(&dispatch.put_on_duty_between(date, badges, *from, *until)?, date);
        }
        Verb::Remove(Badges { badges, when }) => {
            known(&registry, badges)?;
            let date = when.date.date(&house);
            let duty = dispatch.on_duty(date)?;
            if let Some(badge) = badges.iter().find(|b| !duty.iter().any(|v| v.badge == **b)) {
                return Err(Failure::input(format!(
                    "volunteer {badge} is not on duty on {date}; nothing was changed"
                )));
            }
            for badge in badges {
                match dispatch.take_off_duty(date, *badge) {
                    // A badge named twice is off duty after the first time.
                    Err(error) if matches!(error.refusal(), Some(Refusal::NotOnDuty { .. })) => {}
                    other => other?,
                }
            }
            on_duty(&dispatch.on_duty(date)?, date);
            // The roster is as it was asked for; doors left out are named, and are no failure of it.
            rounds::after(&house, date, RoundChange::OffDuty)?;
        }
        Verb::Volunteers => {
            let all = registry.volunteers()?;
            list(&all);
            say!("{} volunteers on record", all.len());
        }
    }
    Ok(Ended::Done)
}

/// Refuses badges that nobody wears, each by its number.
fn known(registry: &Registry, badges: &[u32]) -> Result<(), Failure> {
    let all = registry.volunteers()?;
    let strange: Vec<String> = badges
        .iter()
        .filter(|b| !all.iter().any(|v| v.badge == **b))
        .map(ToString::to_string)
        .collect();
    if strange.is_empty() {
        return Ok(());
    }
    let list = strange.join(", ");
    Err(Failure::input(format!(
        "no volunteer has badge {list}; nothing was changed (“roster volunteers” lists all)"
    )))
}

fn on_duty(volunteers: &[Volunteer], date: crate::domain::ServiceDate) {
    let meals: u32 = volunteers.iter().map(|v| u32::from(v.capacity)).sum();
    match volunteers.len() {
        0 => say!("nobody is on duty on {date}"),
        1 => say!("1 volunteer on duty on {date}, room for {meals} meals"),
        n => say!("{n} volunteers on duty on {date}, room for {meals} meals"),
    }
}

fn list(volunteers: &[Volunteer]) {
    for volunteer in volunteers {
        say!("{}", line(volunteer, ""));
    }
}

fn line(v: &Volunteer, hours: &str) -> String {
    let (badge, minutes) = (v.badge, v.max_round_s / 60);
    let mut line = format!(
        "{badge:>6}  {:<15} {:>2} meals  {minutes:>3} min  {}",
        v.kind.as_str(),
        v.capacity,
        v.name
    );
    let mut more = vec![hours.to_owned()];
    more.extend(v.leads.as_ref().map(|b| format!("leads building {b}")));
    more.extend((!v.climbs).then(|| "no stairs".to_owned()));
    more.extend((v.max_trips > 1).then(|| format!("up to {} trips", v.max_trips)));
    for words in more.iter().filter(|words| !words.is_empty()) {
        line.push_str("  ");
        line.push_str(words);
    }
    line
}

/// `from 11:20 until 12:10`, or nothing.
fn hours(shift: &Shift) -> String {
    let said =
        |word: &str, time: Option<Time>| time.map(|t| format!("{word} {}", t.strftime("%H:%M")));
    let both = [said("from", shift.from), said("until", shift.until)];
    both.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn time(text: &str) -> Result<Time, String> {
    let parsed = text.split_once(':').and_then(|(hour, minute)| {
        let two = |s: &str| (1..=2).contains(&s.len()).then(|| s.parse::<i8>().ok()).flatten();
        Time::new(two(hour)?, two(minute)?, 0, 0).ok()
    });
    parsed.ok_or_else(|| format!("“{text}” is not a time; write hours and minutes as 11:20"))
}
