//! Answers about a plan, in sentences.

use super::super::Ended;
use crate::dispatch::Needed;
use crate::routing::service::{Staffing, Why};

/// Why a door is where it is. Floors are counted as residents count them.
pub fn why(mut why: Why, zh: bool) -> String {
    if zh {
        why.id = format!("{} 号餐", why.id);
        return why.zh();
    }
    why.id = format!("number {}", why.id);
    why.floor += 1;
    why.to_string()
}

/// How many are enough, and what would happen with one fewer.
pub fn how_many(needed: &Needed) -> Ended {
    let doors = needed.doors;
    let who = match needed.on_duty {
        0 => "volunteers like those on record (nobody is on duty yet)".to_owned(),
        n => format!("of the {n} on duty"),
    };
    let Some(enough) = needed.answer.enough else {
        let all = needed.answer.tried.last();
        say!(
            "{} are not enough for {doors} doors: {}",
            if needed.on_duty == 0 {
                "any number of volunteers".to_owned()
            } else {
                format!("all {} on duty", needed.on_duty)
            },
            all.map_or_else(String::new, missed)
        );
        return Ended::InPart;
    };
    say!("{enough} {who} are enough for {doors} doors");
    let fewer = needed.answer.tried.iter().find(|t| t.volunteers + 1 == enough);
    if let Some(fewer) = fewer {
        say!("with {}: {}", fewer.volunteers, missed(fewer));
    }
    Ended::Done
}

/// What a number of volunteers would not manage.
fn missed(staffing: &Staffing) -> String {
    let doors = |n: usize| if n == 1 { "1 door".to_owned() } else { format!("{n} doors") };
    let mut said = Vec::new();
    if !staffing.left_out.is_empty() {
        said.push(format!("{} left out", doors(staffing.left_out.len())));
    }
    if let Some(worst) = staffing.late.iter().map(|(_, by)| by.0).max() {
        let late = doors(staffing.late.len());
        said.push(format!("{late} late, by up to {} min", (worst + 59) / 60));
    }
    if said.is_empty() {
        return "every door in time".to_owned();
    }
    said.join(", ")
}
