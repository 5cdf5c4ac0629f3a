//! Changing a plan by hand: each change re-planned, warned of and printed at once, or refused with a
//! sentence and everything that was typed still there.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

use super::read::Plan;
use super::said::{planned, refused, why};
use super::typed_date;
use super::wish::{Typed, Wish, read};
use crate::dispatch::PlannedDay;
use crate::domain::{Account, Refusal, RoundChange, ServiceDate};
use crate::error::Error;
use crate::routing::service::ReplanOptions;
use crate::routing::{Options, Unattended};
use crate::schedule::TimeLimit;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::planner::{Came, Line, Told};
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

#[derive(Template)]
#[template(path = "rounds_change.html")]
struct Page {
    v: View,
    plan: Plan,
    typed: Typed,
    /// Badge and name of everybody on duty.
    on_duty: Vec<(String, String)>,
    /// Buildings with a lift that is in use.
    lifts: Vec<String>,
    said: Vec<(bool, String)>,
}

/// The number that a link brings along.
#[derive(Deserialize, Default)]
pub struct Number {
    #[serde(default)]
    number: String,
}

/// The page with every change.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Path(date): Path<String>,
    Query(Number { number }): Query<Number>,
) -> Result<Response, WebError> {
    let typed = Typed { number, ..Typed::default() };
    show(&web, v, typed_date(&date)?, typed, StatusCode::OK, &[]).await
}

async fn show(
    web: &Web,
    v: View,
    date: ServiceDate,
    typed: Typed,
    status: StatusCode,
    lines: &[Line],
) -> Result<Response, WebError> {
    let lang = v.lang;
    let read = move |web: &Web| {
        let plan = Plan::read(web, lang, date)?;
        let mut lifts = web.registry.buildings()?;
        lifts.retain(|b| b.lifts > 0 && !plan.lifts.contains(&b.number));
        let on_duty = web.dispatch.on_duty(date)?;
        Ok::<_, Error>((plan, on_duty, lifts))
    };
    let (plan, on_duty, lifts) = web.work(read).await?;
    let page = Page {
        plan,
        typed,
        on_duty: on_duty.into_iter().map(|p| (p.badge.to_string(), p.name)).collect(),
        lifts: lifts.into_iter().map(|b| b.number).collect(),
        said: lines.iter().map(|l| (l.warns, l.words(lang).to_owned())).collect(),
        v,
    };
    Ok((status, html(&page)?).into_response())
}

/// Changes the plan.
pub async fn change(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path((date, verb)): Path<(String, String)>,
    Posted(typed): Posted<Typed>,
) -> Result<Response, WebError> {
    let date = typed_date(&date)?;
    let wish = match read(&verb, &typed) {
        Ok(wish) => wish,
        Err(Some(line)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&web, v, date, typed, status, &[line]).await;
        }
        Err(None) => return Err(WebError::NotFound),
    };
    let (account, seen) = (who.account().clone(), typed.seen.clone());
    let carry_out = move |web: &Web| match carry_out(web, &account, date, &seen, &wish) {
        Ok(told) => told,
        Err(error) => refused(&error),
    };
    match web.plan(date, &who.account().name, carry_out).await? {
        Came::Busy => show(&web, v, date, typed, StatusCode::CONFLICT, &[busy()]).await,
        Came::Done(told) if told.refused => {
            show(&web, v, date, typed, StatusCode::CONFLICT, &told.lines).await
        }
        Came::Done(_) | Came::UnderWay => {
            Ok(Redirect::to(&format!("/rounds?date={date}")).into_response())
        }
    }
}

/// Somebody else's change is under way.
pub(super) fn busy() -> Line {
    Line::warning(
        "正在排路线，请等它好了再做。您的改动没有做。",
        "The rounds are being planned; wait for that. Your change was not made.",
    )
}

fn carry_out(
    web: &Web,
    account: &Account,
    date: ServiceDate,
    seen: &str,
    wish: &Wish,
) -> Result<Told, Error> {
    if date < web.today()? {
        return Err(Refusal::DayOver { date }.into());
    }
    let dispatch = web.dispatch.having_seen(seen);
    let note =
        |what: &str, detail: &Value| web.accounts.changed(account, what, &date.to_string(), detail);
    match wish {
        Wish::Plan => {
            let day = dispatch.plan_rounds(date, &Options::default(), &limit(web))?;
            note("rounds.planned", &json!({ "rounds": day.rounds.len() }))?;
            planned(web, &day, None)
        }
        Wish::Replan => {
            let options = ReplanOptions::default();
            let day = dispatch.replan(date, RoundChange::Replanned, &options, &Unattended)?;
            note("rounds.replanned", &json!({ "changed": day.news.len() }))?;
            planned(web, &day, None)
        }
        Wish::Move { number, badge, place } => {
            let day = dispatch.move_stop(date, *number, *badge, *place)?;
            let detail = json!({ "number": number, "badge": badge, "place": place });
            note("rounds.moved", &detail)?;
            planned(web, &day, None)
        }
        Wish::Pin { number, stays: true } => {
            let day = dispatch.pin_stop(date, *number)?;
            note("rounds.pinned", &json!({ "number": number }))?;
            let lead = Line::good(
                format!("{number} 号固定给现在这位志愿者了。"),
                format!("No. {number} stays with its volunteer."),
            );
            planned(web, &day, Some(lead))
        }
        Wish::Pin { number, stays: false } => {
            let day = dispatch.unpin_stop(date, *number)?;
            note("rounds.unpinned", &json!({ "number": number }))?;
            let lead = Line::good(
                format!("{number} 号可以换人送了。"),
                format!("No. {number} may change hands again."),
            );
            planned(web, &day, Some(lead))
        }
        Wish::Swap { one, other } => {
            let day = dispatch.swap_rounds(date, *one, *other)?;
            note("rounds.swapped", &json!({ "one": one, "other": other }))?;
            planned(web, &day, None)
        }
        Wish::Off { badge } => {
            dispatch.take_off_duty(date, *badge)?;
            note("duty.off", &json!({ "badge": badge }))?;
            let lead = Line::good(format!("{badge} 退出了。"), format!("{badge} is off duty now."));
            after(web, date, RoundChange::OffDuty, lead)
        }
        Wish::Lift { building, out } => {
            let (what, lead) = if *out {
                dispatch.lift_out(date, building)?;
                let said = format!("The lift of building {building} is out.");
                ("lift.out", Line::good(format!("{building} 号楼的电梯记成坏了。"), said))
            } else {
                dispatch.lift_back(date, building)?;
                let said = format!("The lift of building {building} works again.");
                ("lift.back", Line::good(format!("{building} 号楼的电梯又好了。"), said))
            };
            note(what, &json!({ "building": building }))?;
            after(web, date, RoundChange::Lift, lead)
        }
    }
}

/// How long the planner may think.
pub(in crate::web::desk) fn limit(web: &Web) -> TimeLimit {
    TimeLimit::new(Duration::from_secs(web.house.settings.rounds.plan_s.into()))
}

/// Puts a plan right after something that has happened already; that it happened is told in any case.
pub(in crate::web::desk) fn after(
    web: &Web,
    date: ServiceDate,
    reason: RoundChange,
    lead: Line,
) -> Result<Told, Error> {
    if !web.dispatch.is_planned(date)? {
        return Ok(Told { refused: false, asked: false, lines: vec![lead] });
    }
    let put_right = |web: &Web| -> Result<PlannedDay, Error> {
        web.dispatch.replan(date, reason, &ReplanOptions::default(), &Unattended)
    };
    match put_right(web) {
        Ok(day) => planned(web, &day, Some(lead)),
        Err(error) => {
            let again = Line::warning(
                "路线还没有跟着改，请按“把路线调好”。",
                "The rounds do not follow yet: press “Put the plan right”.",
            );
            Ok(Told { refused: false, asked: false, lines: vec![lead, again, why(&error)] })
        }
    }
}
