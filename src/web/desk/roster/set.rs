//! Putting people on and off duty; where the rounds are planned already, they follow.

use axum::extract::State;
use axum::response::Redirect;
use jiff::civil::Time;
use serde::Deserialize;
use serde_json::json;

use super::super::rounds::change::after;
use super::super::rounds::said::refused;
use super::super::rounds::typed_date;
use super::monday;
use crate::dispatch::DutyChange;
use crate::domain::{RoundChange, ServiceDate};
use crate::error::Error;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::planner::{BUSY, Came, Line, Told};
use crate::web::posted::Posted;
use crate::web::state::Web;

/// What a form of the roster says. The button that was pressed names date and badge.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    week: String,
    seen: String,
    from: String,
    until: String,
    put: String,
    take: String,
    /// Whether it came from the page of the day.
    day: String,
}

const NOTHING: WebError = WebError::Input(
    "没有选哪一天、哪一位。什么也没有改。请返回，点格子里的按钮。",
    "No day and volunteer was chosen. Nothing was changed. Go back and press a button of the table.",
);

/// Puts somebody on duty, or takes somebody off.
pub async fn set(
    State(web): State<Web>,
    who: Signed,
    Posted(typed): Posted<Typed>,
) -> Result<Redirect, WebError> {
    let off = typed.put.is_empty();
    let (date, badge) = key(if off { &typed.take } else { &typed.put }).ok_or(NOTHING)?;
    let change = if off {
        DutyChange::Off { badge }
    } else {
        DutyChange::On { badge, from: time(&typed.from)?, until: time(&typed.until)? }
    };
    let (asked, seen) = (typed.week.clone(), typed.seen.clone());
    let account = who.account().clone();
    let name = account.name.clone();
    let set = move |web: &Web| {
        let week = monday(web, &asked)?;
        web.dispatch.change_roster(week, &seen, date, change)?;
        let what = if off { "duty.off" } else { "duty.on" };
        web.accounts.changed(&account, what, &date.to_string(), &json!({ "badge": badge }))?;
        Ok::<_, WebError>(web.dispatch.is_planned(date)?)
    };
    let planned = web.work(move |web| web.dispatch.is_planned(date)).await?;
    if off && planned {
        return followed(&web, date, badge, &name, set).await;
    }
    let planned = web.work(set).await?;
    let done = if off {
        "off"
    } else if planned {
        "late"
    } else {
        "on"
    };
    if typed.day.is_empty() {
        Ok(Redirect::to(&format!("/roster?week={}&done={done}#b{badge}", typed.week)))
    } else {
        Ok(Redirect::to(&format!("/roster/{date}?done={done}")))
    }
}

/// Somebody goes after the rounds were planned: their doors go to others.
async fn followed(
    web: &Web,
    date: ServiceDate,
    badge: u32,
    who: &str,
    set: impl FnOnce(&Web) -> Result<bool, WebError> + Send + 'static,
) -> Result<Redirect, WebError> {
    let job = move |web: &Web| match set(web) {
        Ok(_) => {
            let lead = Line::good(format!("{badge} 退出了。"), format!("{badge} is off duty now."));
            after(web, date, RoundChange::OffDuty, lead).unwrap_or_else(|e| refused(&e))
        }
        Err(WebError::Refused(refusal)) => refused(&Error::Refused(*refusal)),
        Err(error) => {
            tracing::error!(?error, "the roster could not be changed");
            let lines =
                vec![Line::warning("出错了，没有改。", "Something broke; nothing was changed.")];
            Told { refused: true, asked: false, lines }
        }
    };
    if web.plan(date, who, job).await? == Came::Busy {
        return Err(BUSY);
    }
    Ok(Redirect::to(&format!("/rounds?date={date}")))
}

/// Which week.
#[derive(Deserialize)]
pub struct Copied {
    week: String,
    seen: String,
}

/// Copies the roster of the week before.
pub async fn copy(
    State(web): State<Web>,
    who: Signed,
    Posted(Copied { week, seen }): Posted<Copied>,
) -> Result<Redirect, WebError> {
    let asked = week.clone();
    let n = web
        .work(move |web| {
            let to = monday(web, &asked)?;
            let n = web.dispatch.copy_roster(to, &seen)?;
            let detail = json!({ "shifts": n });
            web.accounts.changed(who.account(), "duty.copied", &to.to_string(), &detail)?;
            Ok::<_, WebError>(n)
        })
        .await?;
    Ok(Redirect::to(&format!("/roster?week={week}&done=copied&n={n}")))
}

/// `2026-11-24/101`.
fn key(text: &str) -> Option<(ServiceDate, u32)> {
    let (date, badge) = text.split_once('/')?;
    Some((typed_date(date).ok()?, badge.trim().parse().ok()?))
}

/// A time as a browser sends it, or as people write it; nothing for an empty field.
fn time(text: &str) -> Result<Option<Time>, WebError> {
    let text = text.trim().replace('：', ":");
    if text.is_empty() {
        return Ok(None);
    }
    let parsed = text.split_once(':').and_then(|(hour, minute)| {
        let minute = minute.get(..2)?;
        Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
    });
    parsed.map(Some).ok_or(WebError::Input(
        "时间要写成 11:20。没有改。",
        "Write a time as 11:20. Nothing was changed.",
    ))
}
