//! What a form asks of a plan, read and checked before anything is changed.

use serde::Deserialize;

use crate::web::planner::Line;

/// What a form of a change says; each uses some of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The plan that was seen.
    pub seen: String,
    /// A pick-up number.
    pub number: String,
    /// A badge.
    pub badge: String,
    /// A place on a round, from 1; empty for where it fits.
    pub place: String,
    /// Another badge.
    pub other: String,
    /// A building's number.
    pub building: String,
}

/// A change that was asked for.
pub(super) enum Wish {
    Plan,
    Replan,
    Move { number: u32, badge: u32, place: Option<usize> },
    Pin { number: u32, stays: bool },
    Swap { one: u32, other: u32 },
    Off { badge: u32 },
    Lift { building: String, out: bool },
}

/// The wish of a form; why it is none, or nothing where there is no such verb.
pub(super) fn read(verb: &str, typed: &Typed) -> Result<Wish, Option<Line>> {
    let number = || whole(&typed.number).ok_or(Some(not_a_number()));
    let badge = |text: &str| whole(text).ok_or(Some(nobody_chosen()));
    Ok(match verb {
        "plan" => Wish::Plan,
        "replan" => Wish::Replan,
        "move" => {
            let place = typed.place.trim();
            let wrong = || {
                Line::warning(
                    "第几户要写 1 到 200 的数，空着就放在最合适的地方。",
                    "The place is a number from 1 to 200; empty means where it fits.",
                )
            };
            let place = match place {
                "" => None,
                text => Some(
                    whole(text).filter(|n| (1..=200).contains(n)).ok_or_else(|| Some(wrong()))?
                        as usize,
                ),
            };
            Wish::Move { number: number()?, badge: badge(&typed.badge)?, place }
        }
        "pin" => Wish::Pin { number: number()?, stays: true },
        "unpin" => Wish::Pin { number: number()?, stays: false },
        "swap" => {
            let (one, other) = (badge(&typed.badge)?, badge(&typed.other)?);
            if one == other {
                return Err(Some(Line::warning(
                    "要选两位不同的志愿者。",
                    "Choose two different volunteers.",
                )));
            }
            Wish::Swap { one, other }
        }
        "off" => Wish::Off { badge: badge(&typed.badge)? },
        "lift-out" => Wish::Lift { building: typed.building.clone(), out: true },
        "lift-back" => Wish::Lift { building: typed.building.clone(), out: false },
        _ => return Err(None),
    })
}

fn whole(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

fn not_a_number() -> Line {
    Line::warning("号码要写数字，比如 12。", "The number is a whole one, such as 12.")
}

fn nobody_chosen() -> Line {
    Line::warning("请选一位志愿者。", "Choose a volunteer.")
}
