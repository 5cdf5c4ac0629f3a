//! Why a door cannot be on any round.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::routing::measure::{Meals, Seconds};
use crate::routing::problem::Problem;

/// The reason a delivery is left out, said to the dispatcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Reason {
    /// Nobody carries.
    #[error("no volunteer is on duty")]
    NoVolunteers,
    /// More meals than any bag holds.
    #[error("its {meals} do not fit into any bag: the largest holds {largest}")]
    TooHeavy {
        /// Meals of the delivery.
        meals: Meals,
        /// Capacity of the largest bag.
        largest: Meals,
    },
    /// Farther than anyone may be out.
    #[error(
        "going there alone takes {needed}, longer than any volunteer who can carry it may be out ({longest})"
    )]
    TooFar {
        /// There, at the door, and back.
        needed: Seconds,
        /// Longest round of a volunteer whose bag holds the delivery.
        longest: Seconds,
    },
    /// Up the stairs, and nobody who could carry it climbs.
    #[error("it is up the stairs, and no volunteer who can carry it climbs stairs")]
    NoClimber,
    /// Nobody is on duty long enough.
    #[error(
        "going there alone takes {needed}, and no volunteer who can carry it is on duty that long ({longest})"
    )]
    OffDuty {
        /// There, at the door, and back.
        needed: Seconds,
        /// Longest time left on duty of a volunteer who could otherwise go.
        longest: Seconds,
    },
    /// Tied to one volunteer who cannot serve it.
    #[error("it must stay with one volunteer, who cannot serve it")]
    PinnedToOne,
    /// Everyone who may still go has the trips used up.
    #[error("every volunteer who could go is out on the last trip")]
    NoTripLeft,
    /// Everyone's bag or time is used up.
    #[error("the volunteers' bags and time are used up by other doors")]
    NotEnoughVolunteers,
}

impl Reason {
    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::NoVolunteers => "没有志愿者值班".to_owned(),
            Self::TooHeavy { meals, largest } => {
                format!("{} 份餐放不进任何袋子，最大的装 {} 份", meals.0, largest.0)
            }
            Self::TooFar { needed, longest } => {
                format!("单独往返要 {} 秒，能送的人最多外出 {} 秒", needed.0, longest.0)
            }
            Self::NoClimber => "要爬楼梯，能送的人都不爬楼".to_owned(),
            Self::OffDuty { needed, longest } => {
                format!("单独往返要 {} 秒，能送的人最多还值班 {} 秒", needed.0, longest.0)
            }
            Self::PinnedToOne => "已指定的志愿者送不了".to_owned(),
            Self::NoTripLeft => "能送的人都已出发，不再跑下一趟".to_owned(),
            Self::NotEnoughVolunteers => "袋子和时间都被别的住户用完".to_owned(),
        }
    }
}

/// The reason for which a stop cannot be served even alone, if there is one.
pub(super) fn impossible(problem: &Problem, stop: usize) -> Option<Reason> {
    let meals = problem.stops()[stop].meals;
    let Some(largest) = problem.vehicles().iter().map(|v| v.capacity).max() else {
        return Some(Reason::NoVolunteers);
    };
    if meals > largest {
        return Some(Reason::TooHeavy { meals, largest });
    }
    let able = problem.vehicles().iter().filter(|v| v.capacity >= meals);
    let longest = able.map(|v| v.max_duration.unwrap_or(Seconds(i64::MAX))).max()?;
    let needed = problem.leg(None, Some(stop))
        + problem.stops()[stop].service
        + problem.leg(Some(stop), None);
    (needed > longest).then_some(Reason::TooFar { needed, longest })
}
