//! One door: why it is where it is, and where else it could go.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

use super::read::{Plan, RoundLine, StopLine};
use super::said::why;
use super::{names, typed_date};
use crate::error::Error;
use crate::kiosk::words::Lang;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::state::Web;
use crate::web::view::{View, html};

#[derive(Template)]
#[template(path = "rounds_door.html")]
struct Page {
    v: View,
    plan: Plan,
    number: u32,
    /// Why it is there, or why that can't be said.
    reason: String,
    on_duty: Vec<(String, String)>,
}

impl Page {
    /// The door with the round that goes there.
    fn found(&self) -> Option<(&StopLine, Option<&RoundLine>)> {
        let here = |stop: &&StopLine| stop.number == self.number;
        for round in &self.plan.rounds {
            if let Some(stop) = round.stops.iter().find(here) {
                return Some((stop, Some(round)));
            }
        }
        self.plan.nowhere.iter().find(here).map(|stop| (stop, None))
    }
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path((date, number)): Path<(String, String)>,
) -> Result<Html<String>, WebError> {
    let date = typed_date(&date)?;
    let number: u32 = number.parse().map_err(|_| WebError::NotFound)?;
    let lang = v.lang;
    let (plan, reason, on_duty) = web
        .work(move |web| {
            web.accounts.looked(who.account(), "rounds.door", None)?;
            let plan = Plan::read(web, lang, date)?;
            let reason = reason(web, lang, date, number)?;
            Ok::<_, Error>((plan, reason, web.dispatch.on_duty(date)?))
        })
        .await?;
    let on_duty = on_duty.into_iter().map(|p| (p.badge.to_string(), p.name)).collect();
    html(&Page { v, plan, number, reason, on_duty })
}

/// The planner's reason, with volunteers by name.
fn reason(
    web: &Web,
    lang: Lang,
    date: crate::domain::ServiceDate,
    number: u32,
) -> Result<String, Error> {
    let mut said = match web.dispatch.explain(date, number) {
        Ok(said) => said,
        Err(error) => return Ok(why(&error).words(lang).to_owned()),
    };
    let names = names(web)?;
    let called = |badge: &str| {
        names.get(badge).map_or_else(|| badge.to_owned(), |name| format!("{badge} {name}"))
    };
    if let Some(here) = &mut said.here {
        here.volunteer = called(&here.volunteer);
    }
    if let Some(other) = &mut said.other {
        other.volunteer = called(&other.volunteer);
    }
    Ok(match lang {
        Lang::Zh => {
            said.id = format!("{number} 号餐");
            said.zh()
        }
        Lang::En => {
            said.id = format!("No. {number}");
            // Residents count floors from 1.
            said.floor += 1;
            said.to_string()
        }
    })
}
