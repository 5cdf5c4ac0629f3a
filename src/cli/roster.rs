//! `roster`: who carries lunch on a date.

use std::path::Path;

use super::{Ended, Failure, open};
use crate::dispatch::Dispatch;
use crate::domain::{Refusal, Volunteer};
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
    Add(Badges),
    /// Take volunteers off duty.
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
            list(&dispatch.on_duty(date)?);
            on_duty(&dispatch.on_duty(date)?, date);
        }
        Verb::Add(Badges { badges, when }) => {
            known(&registry, badges)?;
            let date = when.date.date(&house);
            on_duty(&dispatch.put_on_duty(date, badges)?, date);
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
    for v in volunteers {
        let leads = v.leads.as_ref().map_or_else(String::new, |b| format!("leads building {b}"));
        let (badge, minutes) = (v.badge, v.max_round_s / 60);
        let line = format!(
            "{badge:>6}  {:<15} {:>2} meals  {minutes:>3} min  {}  {leads}",
            v.kind.as_str(),
            v.capacity,
            v.name
        );
        say!("{}", line.trim_end());
    }
}
