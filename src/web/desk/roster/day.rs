//! One day of the roster: who is on duty, who has come, how many are needed.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::super::rounds::change::limit;
use super::super::rounds::read::{AnswerLine, answers};
use super::super::rounds::said::refused;
use super::super::rounds::typed_date;
use super::{Asked, done, hours, monday, remind};
use crate::dispatch::Needed;
use crate::domain::{RoundState, ServiceDate, Shift};
use crate::kiosk::words;
use crate::routing::Options;
use crate::routing::service::Staffing;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::planner::{BUSY, Came, Line, Told};
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

#[derive(Template)]
#[template(path = "roster_day.html")]
struct Page {
    v: View,
    date: ServiceDate,
    week: ServiceDate,
    day: String,
    open: bool,
    today: bool,
    version: String,
    shifts: Vec<ShiftLine>,
    room: u32,
    deliveries: usize,
    /// Badge and name of whoever is not on duty.
    others: Vec<(u32, String)>,
    reminder: String,
    need: Option<AnswerLine>,
    asking: bool,
    said: Option<String>,
}

/// Somebody on duty.
struct ShiftLine {
    badge: u32,
    name: String,
    phone: String,
    hours: String,
    /// As a time field has it.
    fields: (String, String),
    /// When they signed in at the screen.
    came: String,
    /// Their rounds of the day.
    rounds: String,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(date): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let date = typed_date(&date)?;
    let said = done(v.lang, &asked);
    let page = web
        .work(move |web| {
            web.accounts.looked(who.account(), "roster.day", None)?;
            read(web, v, date, said)
        })
        .await?;
    html(&page)
}

fn read(web: &Web, v: View, date: ServiceDate, said: Option<String>) -> Result<Page, WebError> {
    let lang = v.lang;
    let week = monday(web, &date.to_string())?;
    let (mut all, version) = web.dispatch.roster_week(week)?;
    let nth = usize::from(date.0.weekday().to_monday_zero_offset().unsigned_abs());
    let shifts = all.swap_remove(nth);
    let rounds = web.dispatch.rounds(date)?;
    let today = web.today()?;
    let line = |shift: &Shift| {
        let own = rounds.iter().filter(|r| r.volunteer == shift.volunteer.id);
        let own: Vec<String> = own
            .map(|r| {
                let state = match r.state {
                    RoundState::Planned => lang.pick("等出发", "waiting"),
                    RoundState::Out => lang.pick("在路上", "out"),
                    _ => lang.pick("已回来", "back"),
                };
                format!("{} ({state})", r.number)
            })
            .collect();
        let field = |time: Option<jiff::civil::Time>| {
            time.map(|t| t.strftime("%H:%M").to_string()).unwrap_or_default()
        };
        ShiftLine {
            badge: shift.volunteer.badge,
            name: shift.volunteer.name.clone(),
            phone: shift.volunteer.phone.clone(),
            hours: hours(lang, shift),
            fields: (field(shift.from), field(shift.until)),
            came: shift.came_at.map(|at| web.clock(at)).unwrap_or_default(),
            rounds: own.join(lang.pick("、", ", ")),
        }
    };
    let mut others = web.registry.volunteers()?;
    others.retain(|v| !shifts.iter().any(|s| s.volunteer.id == v.id));
    let count = web.counter.count(date)?.of(crate::domain::Fulfilment::Delivery);
    Ok(Page {
        date,
        week,
        day: words::date(lang, date),
        open: date >= today,
        today: date == today,
        version,
        room: shifts.iter().map(|s| u32::from(s.volunteer.capacity)).sum(),
        reminder: remind::text(web, lang, date, &shifts),
        shifts: shifts.iter().map(line).collect(),
        deliveries: count as usize,
        others: others.into_iter().map(|v| (v.badge, v.name)).collect(),
        need: answers(web, lang, date).into_iter().find(|a| a.asked),
        asking: web.planner.at_work().is_some_and(|(d, _)| d == date),
        said,
        v,
    })
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub struct Nothing {}

/// Asks the planner how many are enough.
pub async fn need(
    State(web): State<Web>,
    who: Signed,
    Path(date): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    let date = typed_date(&date)?;
    let ask = move |web: &Web| {
        let told = match web.dispatch.how_many(date, &Options::default(), &limit(web)) {
            Ok(needed) => Told { refused: false, asked: true, lines: said(&needed) },
            Err(error) => refused(&error),
        };
        Told { asked: true, ..told }
    };
    if web.plan(date, &who.account().name, ask).await? == Came::Busy {
        return Err(BUSY);
    }
    Ok(Redirect::to(&format!("/roster/{date}#need")))
}

/// The planner's answer in sentences.
fn said(needed: &Needed) -> Vec<Line> {
    let (doors, on_duty) = (needed.doors, needed.on_duty);
    if doors == 0 {
        return vec![Line::good("还没有外送，不用人。", "No deliveries yet; nobody is needed.")];
    }
    let Some(enough) = needed.answer.enough else {
        let missed = needed.answer.tried.last().map(missed).unwrap_or_default();
        return vec![if on_duty == 0 {
            Line::warning(
                format!("{doors} 户外送，多少人都来不及：{}。", missed.0),
                format!("No number of volunteers is enough for {doors} doors: {}.", missed.1),
            )
        } else {
            Line::warning(
                format!("{doors} 户外送，值班的 {on_duty} 人不够：{}。", missed.0),
                format!("The {on_duty} on duty are not enough for {doors} doors: {}.", missed.1),
            )
        }];
    };
    let mut lines = vec![if on_duty == 0 {
        Line::good(
            format!("{doors} 户外送，像名单上这样的志愿者 {enough} 人就够（现在还没有排人）。"),
            format!(
                "{enough} volunteers like those on record are enough for {doors} doors (nobody is on duty yet)."
            ),
        )
    } else {
        Line::good(
            format!("{doors} 户外送，值班的 {on_duty} 人里 {enough} 人就够。"),
            format!("{enough} of the {on_duty} on duty are enough for {doors} doors."),
        )
    }];
    if let Some(fewer) = needed.answer.tried.iter().find(|t| t.volunteers + 1 == enough) {
        let (zh, en) = missed(fewer);
        lines.push(Line::good(
            format!("少一人（{} 人）的话：{zh}。", fewer.volunteers),
            format!("With {}: {en}.", fewer.volunteers),
        ));
    }
    lines
}

/// What a number of volunteers would not manage.
fn missed(staffing: &Staffing) -> (String, String) {
    let doors = |n: usize| if n == 1 { "1 door".to_owned() } else { format!("{n} doors") };
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let left = staffing.left_out.len();
    if left > 0 {
        zh.push(format!("{left} 户送不了"));
        en.push(format!("{} left out", doors(left)));
    }
    if let Some(worst) = staffing.late.iter().map(|(_, by)| by.0).max() {
        let (late, most) = (staffing.late.len(), (worst + 59) / 60);
        zh.push(format!("{late} 户会晚，最多晚 {most} 分钟"));
        en.push(format!("{} late, by up to {most} min", doors(late)));
    }
    if zh.is_empty() {
        return ("每一户都来得及".to_owned(), "every door in time".to_owned());
    }
    (zh.join("，"), en.join(", "))
}
