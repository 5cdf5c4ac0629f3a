//! The volunteer's phone: one round behind the link on its slip, that day only. The page goes on
//! working without a network; what it kept is sent when there is one again.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::WebError;
use super::routes::{Route, Who, get, post};
use super::state::Web;
use super::view::{View, html, wishes};
use crate::dispatch::{HandInLine, PhoneRound, Tick, Ticked};
use crate::domain::{Fen, Outcome, Refusal};
use crate::error::Error;
use crate::import::compound::Compound;
use crate::kiosk::words;
use crate::map::{self, Ground, LegsMap, Words};
use crate::tickets::content::avoid;

/// The most reports that come in one go; a round has fewer doors.
const MOST: usize = 200;
/// The longest name of whom a meal was left with.
const NAME_MAX: usize = 20;

/// Its part of the table.
pub fn routes() -> Vec<Route> {
    vec![get("/r/{token}", Who::Anybody, page), post("/r/{token}/ticks", Who::Anybody, ticks)]
}

#[derive(Template)]
#[template(path = "phone.html")]
struct Page {
    v: View,
    token: String,
    round: u32,
    surname: String,
    leave: String,
    back: String,
    sums: String,
    stops: Vec<StopLine>,
    map: LegsMap,
    label: &'static str,
}

#[derive(Template)]
#[template(path = "phone_gone.html")]
struct Gone {
    v: View,
}

/// A door.
struct StopLine {
    order: String,
    number: u32,
    building: String,
    room: String,
    arrive: String,
    surname: String,
    meals: u8,
    collect: String,
    avoid: String,
    wishes: String,
    note: String,
    phone: String,
    visited: &'static str,
    /// The leg of the map that leads there.
    leg: usize,
}

/// The round's page, or a calm one if the link opens nothing.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let asked = token.clone();
    let found = web
        .work(move |web| {
            let round = web.dispatch.phone_round(&asked)?;
            // Nobody who guesses has a map drawn.
            let compound = round.is_some().then(|| web.registry.compound()).transpose()?;
            Ok::<_, Error>(round.zip(compound))
        })
        .await?;
    let Some((round, compound)) = found else {
        return Ok((StatusCode::NOT_FOUND, html(&Gone { v })?).into_response());
    };
    let map = map_of(&v, &round, &compound);
    let stops = stops(&v, &round, &map);
    let slip = &round.slip;
    let clock = |time: jiff::civil::Time| time.strftime("%-H:%M").to_string();
    let cash = slip.cash();
    let page = Page {
        token,
        round: slip.round,
        surname: slip.surname.clone(),
        leave: clock(slip.depart),
        back: clock(slip.back),
        sums: match (cash == Fen::ZERO, v.lang) {
            (true, lang) => {
                format!("{} {}", slip.meals(), lang.pick("份，不收款", "meals, no cash"))
            }
            (false, words::Lang::Zh) => format!("{} 份，收 {cash} 元", slip.meals()),
            (false, words::Lang::En) => format!("{} meals, collect {cash} yuan", slip.meals()),
        },
        stops,
        map,
        label: v.t(
            "这一轮的地图，粗线是下一段；下面的单子写着同样的顺序",
            "Map of this round, the next leg is bold; the list below has the same order",
        ),
        v,
    };
    let kept: Html<String> = html(&page)?;
    // The browser keeps it for the day, so that a tab that was put to sleep wakes without a network.
    Ok(([(header::CACHE_CONTROL, "private, max-age=43200, stale-if-error=86400")], kept)
        .into_response())
}

/// The legs of the round, as far as they are walked by now.
fn map_of(v: &View, round: &PhoneRound, compound: &Compound) -> LegsMap {
    let buildings: Vec<&str> = round.slip.stops.iter().map(|s| s.door.building.as_str()).collect();
    let next = round.round.stops.iter().position(|s| s.visited.is_none());
    let words = Words { kitchen: v.t("厨房", "Kitchen"), north: v.t("北", "N") };
    map::legs(&Ground::new(compound), &buildings, next, words)
}

fn stops(v: &View, round: &PhoneRound, map: &LegsMap) -> Vec<StopLine> {
    let slips = round.slip.stops.iter().zip(&round.round.stops).zip(&round.phones);
    slips
        .zip(&map.leg_of)
        .map(|(((slip, stop), phone), leg)| StopLine {
            leg: *leg,
            order: stop.order.to_string(),
            number: slip.number,
            building: slip.door.building.clone(),
            room: slip.door.room(),
            arrive: slip.arrive.strftime("%-H:%M").to_string(),
            surname: slip.surname.clone(),
            meals: slip.meals,
            collect: if slip.collect == Fen::ZERO {
                String::new()
            } else {
                words::money(v.lang, slip.collect)
            },
            avoid: avoid(&slip.allergies).into_iter().collect::<Vec<_>>().join(" "),
            wishes: wishes(v.lang, &slip.preferences),
            note: slip.door_note.clone(),
            phone: phone.clone(),
            visited: stop.visited.map_or("", Outcome::as_str),
        })
        .collect()
}

/// A report as the phone sends it.
#[derive(Deserialize)]
struct Sent {
    id: String,
    order: String,
    outcome: String,
    #[serde(default)]
    left_with: String,
    /// Milliseconds since 1970, by the phone's clock.
    at: i64,
}

/// What became of a report.
#[derive(Serialize)]
struct Answer {
    id: String,
    taken: bool,
    why: String,
}

/// Takes reports in the order in which they happened; one that can't be taken stops no other.
pub async fn ticks(
    State(web): State<Web>,
    v: View,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, WebError> {
    let sent: Vec<Sent> = serde_json::from_slice(&body).map_err(|_| NOT_REPORTS)?;
    if sent.len() > MOST {
        return Err(NOT_REPORTS);
    }
    let lang = v.lang;
    let answers = web
        .work(move |web| {
            let mut answers = Vec::with_capacity(sent.len());
            for report in sent {
                let id = report.id.clone();
                let no_answer = report.outcome == Outcome::NoAnswer.as_str();
                let became = match tick(report) {
                    Some(tick) => web.dispatch.tick(&token, &tick),
                    None => Err(Refusal::UnknownOrder.into()),
                };
                let why = match became {
                    Ok(Ticked::Recorded) => {
                        if no_answer {
                            web.alarm.no_answer();
                        }
                        String::new()
                    }
                    Ok(Ticked::Refused(_)) => lang
                        .pick(
                            "没有记上，回来后告诉窗口",
                            "Not taken: tell the desk when you are back",
                        )
                        .to_owned(),
                    Err(Error::Refused(refusal)) => words::refusal(lang, &refusal).headline,
                    Err(other) => return Err(WebError::from(other)),
                };
                answers.push(Answer { id, taken: why.is_empty(), why });
            }
            Ok(answers)
        })
        .await?;
    let text = serde_json::to_string(&answers).map_err(|e| WebError::Broken(e.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

const NOT_REPORTS: WebError = WebError::Input("看不懂手机发来的内容。", "These are no reports.");

fn tick(sent: Sent) -> Option<Tick> {
    let outcome: Outcome = sent.outcome.parse().ok()?;
    let left_with: String = sent.left_with.trim().chars().take(NAME_MAX).collect();
    let left_with = if outcome == Outcome::LeftWith { left_with } else { String::new() };
    let line = HandInLine { order: sent.order.parse().ok()?, outcome, left_with, cash: None };
    Some(Tick { id: sent.id, line, at: Timestamp::from_millisecond(sent.at).ok()? })
}
