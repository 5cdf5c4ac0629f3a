//! One check as the page shows it.

use jiff::Timestamp;

use crate::dispatch::Standing;
use crate::domain::{
    Account, FamilyContact, LadderStep, NextStep, ResidentId, Role, StepOutcome, Volunteer,
};
use crate::kiosk::words::{self, Lang};
use crate::web::desk::care::pause_words;
use crate::web::desk::day::lasting;
use crate::web::state::Web;

/// A check as the page shows it.
pub(super) struct CheckCard {
    pub(super) id: String,
    /// Who lives there, if known.
    pub(super) lives: Option<ResidentId>,
    pub(super) title: String,
    pub(super) resident: Option<String>,
    /// Telephone of who lives there; empty if none is known.
    pub(super) phone: String,
    pub(super) care: Option<String>,
    /// Why the resident was not expected at all, if so.
    pub(super) away: Option<&'static str>,
    pub(super) since: String,
    pub(super) standing: String,
    pub(super) next: &'static str,
    pub(super) asks: bool,
    pub(super) step: Option<LadderStep>,
    pub(super) due: String,
    pub(super) late: bool,
    pub(super) seen: u32,
    pub(super) leader: Option<Volunteer>,
    /// Whether the family is to be called.
    pub(super) family: bool,
    pub(super) contacts: Vec<FamilyContact>,
    pub(super) steps: Vec<StepLine>,
    pub(super) finding: Option<(String, String, String)>,
}

/// A step that was taken.
pub(super) struct StepLine {
    pub(super) at: String,
    pub(super) who: String,
    pub(super) what: &'static str,
    pub(super) outcome: &'static str,
    pub(super) note: String,
}

/// Puts a card together for whoever looks.
pub(super) fn card(web: &Web, lang: Lang, who: &Account, standing: Standing) -> CheckCard {
    let next = standing.ladder.next();
    let step = match next {
        NextStep::Ask(step) => Some(step),
        NextStep::WriteDown | NextStep::Decide => None,
    };
    let Standing { check, ladder, resident, leader, contacts, away, due_at, late } = standing;
    let place = words::door(lang, &check.door);
    let cares = matches!(who.role, Role::Office | Role::BuildingLeader);
    // The family's numbers are shown to whoever is about to call them.
    let family = step == Some(LadderStep::Family) || next == NextStep::Decide;
    let steps = ladder.taken.iter().map(|taken| StepLine {
        at: web.clock(taken.at),
        who: taken.who.clone(),
        what: step_words(lang, taken.step),
        outcome: outcome_words(lang, taken.outcome),
        note: taken.note.clone(),
    });
    CheckCard {
        id: check.id.to_string(),
        lives: check.resident,
        title: match (check.number, lang) {
            (Some(number), Lang::Zh) => format!("{place} · {number} 号餐"),
            (Some(number), Lang::En) => format!("{place} · meal {number}"),
            (None, _) => place,
        },
        phone: resident.as_ref().map(|r| r.phone.clone()).unwrap_or_default(),
        care: resident
            .as_ref()
            .filter(|_| cares)
            .map(|r| format!("/people/residents/{}/care", r.id)),
        resident: resident.map(|r| r.name),
        away: away.map(|kind| pause_words(lang, kind)),
        since: day_and_clock(web, lang, check.opened_at),
        standing: lasting(lang, web.house.clock.now().duration_since(ladder.since()).as_mins()),
        next: next_words(lang, next),
        asks: step.is_some(),
        step,
        due: web.clock(due_at),
        late,
        seen: ladder.position,
        leader,
        family,
        contacts: if family { contacts } else { Vec::new() },
        steps: steps.collect(),
        finding: check.closed.map(|(at, finding)| (web.clock(at), finding, check.closed_by)),
    }
}

fn day_and_clock(web: &Web, lang: Lang, at: Timestamp) -> String {
    let calendar = web.house.settings.calendar();
    let (day, today) = (calendar.today(at), calendar.today(web.house.clock.now()));
    if day == today {
        web.clock(at)
    } else {
        format!("{} {}", words::date(lang, day), web.clock(at))
    }
}

/// What is to be done next, in words.
pub const fn next_words(lang: Lang, next: NextStep) -> &'static str {
    let (zh, en) = match next {
        NextStep::Ask(LadderStep::Phone) => ("给住户打电话", "Call the resident's telephone"),
        NextStep::Ask(LadderStep::Leader) => {
            ("请楼组长上门看", "Send the building's leader to the door")
        }
        NextStep::Ask(LadderStep::Desk) => {
            ("办公室处理：问邻居、物业", "The desk: ask neighbours and the caretaker")
        }
        NextStep::Ask(LadderStep::Family) => ("给家里人打电话", "Call the family"),
        NextStep::WriteDown => ("写下看到什么", "Write down what was found"),
        NextStep::Decide => (
            "都问过了：马上决定，必要时打 110、120",
            "Everybody was asked: decide now, and call 110 or 120 if in doubt",
        ),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

const fn step_words(lang: Lang, step: LadderStep) -> &'static str {
    let (zh, en) = match step {
        LadderStep::Phone => ("住户电话", "Resident's telephone"),
        LadderStep::Leader => ("楼组长上门", "Building leader"),
        LadderStep::Desk => ("办公室", "Desk"),
        LadderStep::Family => ("家里人", "Family"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

const fn outcome_words(lang: Lang, outcome: StepOutcome) -> &'static str {
    let (zh, en) = match outcome {
        StepOutcome::Reached => ("联系上了", "reached"),
        StepOutcome::NoAnswer => ("没有人应", "no answer"),
        StepOutcome::HandedOn => ("交给下一步", "handed on"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
