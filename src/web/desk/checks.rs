//! Doors that did not open: what to do next, how long it has been standing, and who did what.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::care::pause_words;
use super::day::lasting;
use crate::dispatch::Standing;
use crate::domain::{
    Account, CheckId, FamilyContact, LadderStep, NextStep, Role, StepOutcome, Volunteer,
};
use crate::error::Error;
use crate::kiosk::words::{self, Lang};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{ALL, Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/checks", Roles(ALL), page),
        post("/checks/{id}/step", Roles(ALL), step),
        post("/checks/{id}/close", Roles(ALL), close),
    ]
}

#[derive(Template)]
#[template(path = "checks.html")]
struct Page {
    v: View,
    clock: String,
    open: Vec<CheckCard>,
    done: Vec<CheckCard>,
}

/// A check as the page shows it.
struct CheckCard {
    id: String,
    title: String,
    resident: Option<String>,
    /// Telephone of who lives there; empty if none is known.
    phone: String,
    care: Option<String>,
    /// Why the resident was not expected at all, if so.
    away: Option<&'static str>,
    since: String,
    standing: String,
    next: &'static str,
    asks: bool,
    step: Option<LadderStep>,
    due: String,
    late: bool,
    seen: u32,
    leader: Option<Volunteer>,
    /// Whether the family is to be called.
    family: bool,
    contacts: Vec<FamilyContact>,
    steps: Vec<StepLine>,
    finding: Option<(String, String, String)>,
}

struct StepLine {
    at: String,
    who: String,
    what: &'static str,
    outcome: &'static str,
    note: String,
}

/// The page.
pub async fn page(State(web): State<Web>, v: View, who: Signed) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let (open, done) = web
        .work(move |web| {
            let building = who.account().building.as_deref();
            let open = web.dispatch.ladders(building)?;
            let done = web.dispatch.looked_in(web.today()?, building)?;
            for seen in open.iter().chain(&done).filter_map(|s| s.check.resident) {
                web.accounts.looked(who.account(), "checks", Some(seen))?;
            }
            let cards = |found: Vec<Standing>| -> Vec<_> {
                found.into_iter().map(|s| card(web, lang, who.account(), s)).collect()
            };
            Ok::<_, Error>((cards(open), cards(done)))
        })
        .await?;
    let clock = web.clock(web.house.clock.now());
    html(&Page { v, clock, open, done })
}

fn card(web: &Web, lang: Lang, who: &Account, standing: Standing) -> CheckCard {
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

/// A step as a form has it.
#[derive(Deserialize)]
pub struct Step {
    seen: u32,
    outcome: String,
    #[serde(default)]
    note: String,
}

/// Writes down the next step of a check.
pub async fn step(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Step { seen, outcome, note }): Posted<Step>,
) -> Result<Redirect, WebError> {
    let check: CheckId = id.parse().map_err(|_| WebError::NotFound)?;
    let outcome: StepOutcome = outcome.parse().map_err(|_| NOT_RIGHT)?;
    short(&note)?;
    web.work(move |web| {
        let account = who.account();
        own(web, account, check)?;
        let taken = web.dispatch.take_step(check, seen, outcome, &note, &account.name)?;
        let detail = json!({ "step": taken.step, "outcome": taken.outcome });
        web.accounts.changed(account, "check.step", &id, &detail)?;
        Ok::<_, WebError>(())
    })
    .await?;
    Ok(Redirect::to("/checks"))
}

/// What was found.
#[derive(Deserialize)]
pub struct Finding {
    finding: String,
}

/// Closes a check with what was found.
pub async fn close(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Finding { finding }): Posted<Finding>,
) -> Result<Redirect, WebError> {
    let check: CheckId = id.parse().map_err(|_| WebError::NotFound)?;
    close_check(&web, who, check, finding).await?;
    Ok(Redirect::to("/checks"))
}

/// Closes a check for whoever may; a building leader those of the own building.
pub(super) async fn close_check(
    web: &Web,
    who: Signed,
    check: CheckId,
    finding: String,
) -> Result<(), WebError> {
    short(&finding)?;
    web.work(move |web| {
        let account = who.account();
        own(web, account, check)?;
        web.dispatch.close_check(check, &finding, &account.name)?;
        web.accounts.changed(account, "check.closed", &check.to_string(), &json!({}))?;
        Ok::<_, WebError>(())
    })
    .await
}

const NOT_RIGHT: WebError =
    WebError::Input("表格没有填对，请返回再填。", "The form is not right. Go back and fill it in.");

fn short(text: &str) -> Result<(), WebError> {
    if text.chars().count() > crate::dispatch::NOTE_MAX {
        return Err(WebError::Input(
            "写得太长了，最多 200 字。",
            "Too long: 200 characters at most.",
        ));
    }
    Ok(())
}

/// Refuses a check of another building to a building leader.
fn own(web: &Web, account: &Account, check: CheckId) -> Result<(), WebError> {
    if account.role != Role::BuildingLeader {
        return Ok(());
    }
    let building = account.building.as_deref();
    let open = web.dispatch.open_checks()?;
    // One that is closed meanwhile is said to be so by the use case.
    let elsewhere =
        open.iter().any(|c| c.id == check && Some(c.door.building.as_str()) != building);
    if elsewhere { Err(WebError::Forbidden) } else { Ok(()) }
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
pub(super) const fn next_words(lang: Lang, next: NextStep) -> &'static str {
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
