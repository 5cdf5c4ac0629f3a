//! The knock list: who was not seen at lunch, for those who agreed.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use crate::care::KnockList;
use crate::config::Care;
use crate::domain::{KnockOutcome, KnockReason, ResidentId, Role};
use crate::kiosk::words::{self, Lang};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Who sees the list: the office all of it, a building leader the own building.
pub const KNOCKERS: &[Role] = &[Role::Office, Role::BuildingLeader];

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/knock", Roles(KNOCKERS), page),
        post("/knock/print", Roles(KNOCKERS), print),
        post("/knock/{id}", Roles(KNOCKERS), close),
    ]
}

#[derive(Template)]
#[template(path = "knock.html")]
struct Page {
    v: View,
    building: Option<String>,
    before: bool,
    rule: String,
    printed: Option<usize>,
    open: Vec<Line>,
    done: Vec<Line>,
}

struct Line {
    id: String,
    door: String,
    name: String,
    phone: String,
    note: String,
    why: &'static str,
    result: String,
    fine: bool,
}

/// How many slips were just printed.
#[derive(Deserialize, Default)]
pub struct Printed {
    printed: Option<usize>,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(Printed { printed }): Query<Printed>,
) -> Result<Html<String>, WebError> {
    let building = who.account().building.clone();
    let list = web
        .work(move |web| {
            web.accounts.looked(who.account(), "knock", None)?;
            web.care.knock_list(who.account().building.as_deref())
        })
        .await?;
    let rule = rule(&web, v.lang, &list);
    let (open, done) = lines(&web, v.lang, &list);
    html(&Page {
        building,
        before: web.house.clock.now() < list.orders_over,
        rule,
        printed,
        open,
        done,
        v,
    })
}

/// Who is on the list, and from when on, in words.
fn rule(web: &Web, lang: Lang, list: &KnockList) -> String {
    let Care { regular_days, regular_of, .. } = web.house.settings.care;
    let (orders, lunch) = (web.clock(list.orders_over), web.clock(list.lunch_over));
    match lang {
        Lang::Zh => format!(
            "只有同意敲门的人。{orders} 起：常来的人（最近 {regular_of} 个{}里至少订过 {regular_days} 次）今天没有订。{lunch} 起：订了堂食或自取，没有来。",
            crate::domain::calendar::weekday_zh(list.date.0.weekday()),
        ),
        Lang::En => format!(
            "Only those who agreed. From {orders} on: regulars (at least {regular_days} orders on the last {regular_of} of this weekday) without an order. From {lunch} on: ordered to eat in or collect, and not come.",
        ),
    }
}

fn lines(web: &Web, lang: Lang, list: &KnockList) -> (Vec<Line>, Vec<Line>) {
    let line = |resident: &crate::domain::Resident, reason| Line {
        id: resident.id.to_string(),
        door: words::door(lang, &resident.door),
        name: resident.name.clone(),
        phone: resident.phone.clone(),
        note: resident.door_note.clone(),
        why: reason_words(lang, reason),
        result: String::new(),
        fine: false,
    };
    let open = list.open.iter().map(|l| line(&l.resident, l.reason)).collect();
    let done = list.done.iter().map(|(resident, knock)| {
        let outcome = match knock.outcome {
            KnockOutcome::Fine => lang.pick("平安", "fine"),
            KnockOutcome::NoAnswer => lang.pick("没有人应，已转探望", "no answer: a check is open"),
        };
        let said = [&web.clock(knock.at), outcome, &knock.finding, &knock.who];
        let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
        Line {
            result: said.join(" · "),
            fine: knock.outcome == KnockOutcome::Fine,
            ..line(resident, knock.reason)
        }
    });
    (open, done.collect())
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub struct Nothing {}

/// Prints a slip for each building on the list.
pub async fn print(
    State(web): State<Web>,
    who: Signed,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    let slips = web
        .work(move |web| {
            let account = who.account();
            web.care.print_knock_list(account.building.as_deref(), &account.name)
        })
        .await?;
    Ok(Redirect::to(&format!("/knock?printed={slips}")))
}

/// What a knock found.
#[derive(Deserialize)]
pub struct Found {
    outcome: String,
    #[serde(default)]
    finding: String,
}

/// Writes down what a knock found.
pub async fn close(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Found { outcome, finding }): Posted<Found>,
) -> Result<Redirect, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    let outcome: KnockOutcome = outcome.parse().map_err(|_| {
        WebError::Input(
            "表格没有填对，请返回再填。",
            "The form is not right. Go back and fill it in.",
        )
    })?;
    if finding.chars().count() > crate::dispatch::NOTE_MAX {
        return Err(WebError::Input(
            "写得太长了，最多 200 字。",
            "Too long: 200 characters at most.",
        ));
    }
    web.work(move |web| {
        let account = who.account();
        if account.role == Role::BuildingLeader {
            let door = web.counter.resident(id)?.resident.door;
            if account.building.as_deref() != Some(door.building.as_str()) {
                return Err(WebError::Forbidden);
            }
        }
        web.care.knocked(id, outcome, &finding, &account.name)?;
        Ok::<_, WebError>(())
    })
    .await?;
    let to = if outcome == KnockOutcome::NoAnswer { "/checks" } else { "/knock" };
    Ok(Redirect::to(to))
}

const fn reason_words(lang: Lang, reason: KnockReason) -> &'static str {
    let (zh, en) = match reason {
        KnockReason::NotOrdered => ("常来，今天没有订", "a regular who did not order"),
        KnockReason::NotCome => ("今天订了，没有来", "ordered and did not come"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
