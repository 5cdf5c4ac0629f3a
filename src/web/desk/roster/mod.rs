//! Who carries lunch: a week of shifts, a day of it, and what to remind people of.

mod day;
mod remind;
mod set;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use jiff::civil::Time;
use serde::Deserialize;

use super::rounds::{SENDS, typed_date};
use crate::domain::{ServiceDate, Shift, Volunteer};
use crate::error::Error;
use crate::kiosk::words::{self, Lang};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::routes::{Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/roster", Roles(SENDS), page),
        post("/roster/set", Roles(SENDS), set::set),
        post("/roster/copy", Roles(SENDS), set::copy),
        get("/roster/reminders", Roles(SENDS), remind::page),
        get("/roster/{date}", Roles(SENDS), day::page),
        post("/roster/{date}/need", Roles(SENDS), day::need),
    ]
}

#[derive(Template)]
#[template(path = "roster.html")]
struct Page {
    v: View,
    week: Week,
    said: Option<String>,
}

/// A week of shifts.
struct Week {
    from: ServiceDate,
    before: ServiceDate,
    after: ServiceDate,
    version: String,
    days: Vec<DayHead>,
    people: Vec<Person>,
}

/// A column.
struct DayHead {
    date: ServiceDate,
    name: String,
    today: bool,
    closed: bool,
    on_duty: usize,
    room: u32,
}

/// A row.
struct Person {
    badge: u32,
    name: String,
    cells: Vec<Cell>,
}

/// One volunteer on one date.
struct Cell {
    /// `2026-11-24/101`.
    key: String,
    /// The day's and the volunteer's name, for who can't see where the cell stands.
    label: String,
    on: bool,
    hours: String,
    came: bool,
    open: bool,
}

/// Which week, and what was just done.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    week: String,
    #[serde(default)]
    done: String,
    #[serde(default)]
    n: u32,
}

/// The Monday of a week named by one of its days; of this week if none is said.
fn monday(web: &Web, typed: &str) -> Result<ServiceDate, WebError> {
    let date = if typed.is_empty() { web.today()? } else { typed_date(typed)? };
    Ok(date.plus_days(-i64::from(date.0.weekday().to_monday_zero_offset())))
}

/// The week.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let typed = asked.week.clone();
    let week = web
        .work(move |web| {
            web.accounts.looked(who.account(), "roster", None)?;
            let from = monday(web, &typed)?;
            Ok::<_, WebError>(read(web, lang, from)?)
        })
        .await?;
    let said = done(lang, &asked);
    html(&Page { v, week, said })
}

/// What was just done, in words.
fn done(lang: Lang, asked: &Asked) -> Option<String> {
    let n = asked.n;
    Some(match (asked.done.as_str(), lang) {
        ("copied", Lang::Zh) => {
            format!("从上一周复制了 {n} 个班；过去的、停餐的日子和已经排上的人没有动。")
        }
        ("copied", Lang::En) => format!(
            "{n} shifts copied from the week before; days that are over or closed, and who was on already, stay."
        ),
        ("on", _) => lang.pick("排上了。", "On duty.").to_owned(),
        ("off", _) => lang.pick("取消了。", "Off duty.").to_owned(),
        ("late", Lang::Zh) => {
            "排上了。这一天的路线已经排好；要让这位也送，请到“路线”里把一户交给这位，或者全部重排。"
                .to_owned()
        }
        ("late", Lang::En) => {
            "On duty. That day's rounds are planned already: move doors to this volunteer there, or plan anew."
                .to_owned()
        }
        _ => return None,
    })
}

fn read(web: &Web, lang: Lang, from: ServiceDate) -> Result<Week, Error> {
    let (shifts, version) = web.dispatch.roster_week(from)?;
    let today = web.today()?;
    let calendar = web.counter.calendar()?;
    let mut volunteers = web.registry.volunteers()?;
    // Whoever left the list still stands where they were on duty.
    for shift in shifts.iter().flatten() {
        if !volunteers.iter().any(|v| v.id == shift.volunteer.id) {
            volunteers.push(shift.volunteer.clone());
        }
    }
    let dates: Vec<ServiceDate> = (0..7).map(|n| from.plus_days(n)).collect();
    let days = dates.iter().zip(&shifts).map(|(date, on)| DayHead {
        date: *date,
        name: words::date(lang, *date),
        today: *date == today,
        closed: calendar.closed(*date).is_some(),
        on_duty: on.len(),
        room: on.iter().map(|s| u32::from(s.volunteer.capacity)).sum(),
    });
    let days: Vec<DayHead> = days.collect();
    let cell = |v: &Volunteer, date: ServiceDate, on: &[Shift], name: &str| {
        let shift = on.iter().find(|s| s.volunteer.id == v.id);
        Cell {
            key: format!("{date}/{}", v.badge),
            label: format!("{} {name}", v.name),
            on: shift.is_some(),
            hours: shift.map(|s| hours(lang, s)).unwrap_or_default(),
            came: shift.is_some_and(|s| s.came_at.is_some()),
            open: date >= today,
        }
    };
    let people = volunteers
        .iter()
        .map(|v| Person {
            badge: v.badge,
            name: v.name.clone(),
            cells: (0..7).map(|n| cell(v, dates[n], &shifts[n], &days[n].name)).collect(),
        })
        .collect();
    Ok(Week { from, before: from.plus_days(-7), after: from.plus_days(7), version, days, people })
}

/// `11:00–12:30`, `11:00 起`, or nothing for the whole time.
fn hours(lang: Lang, shift: &Shift) -> String {
    let clock = |time: Time| time.strftime("%-H:%M").to_string();
    match (shift.from, shift.until, lang) {
        (Some(from), Some(until), _) => format!("{}–{}", clock(from), clock(until)),
        (Some(from), None, Lang::Zh) => format!("{} 起", clock(from)),
        (Some(from), None, Lang::En) => format!("from {}", clock(from)),
        (None, Some(until), Lang::Zh) => format!("到 {}", clock(until)),
        (None, Some(until), Lang::En) => format!("until {}", clock(until)),
        (None, None, _) => String::new(),
    }
}
