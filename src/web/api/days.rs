//! Menus, and what can still be ordered.

use axum::Json;
use axum::extract::State;

use super::Problem;
use super::body::Named;
use super::refusals::{Denied, Missing};
use super::wire::{DayOut, WayOut};
use crate::counter::DayView;
use crate::domain::calendar::DayPhase;
use crate::domain::{Calendar, Fulfilment, ServiceDate};
use crate::web::state::Web;

/// The dates that can be ordered for now: today and the days ahead with lunch.
#[utoipa::path(get, path = "/api/v1/days", operation_id = "list_days", tag = "menus", security(("token" = [])),
    responses((status = 200, body = [DayOut]), Denied))]
pub async fn list(State(web): State<Web>) -> Result<Json<Vec<DayOut>>, Problem> {
    let days = web.work(|web| {
        let calendar = web.counter.calendar()?;
        let dates = calendar.bookable(web.house.clock.now());
        dates
            .into_iter()
            .map(|date| Ok(day(web, &calendar, web.counter.day(date)?)))
            .collect::<Result<Vec<_>, crate::error::Error>>()
    });
    Ok(Json(days.await?))
}

/// One date.
#[utoipa::path(get, path = "/api/v1/days/{date}", operation_id = "get_day", tag = "menus", security(("token" = [])),
    params(("date" = String, Path, description = "the date", format = Date)),
    responses((status = 200, body = DayOut), Missing, Denied))]
pub async fn one(
    State(web): State<Web>,
    Named(date): Named<ServiceDate>,
) -> Result<Json<DayOut>, Problem> {
    let asked = move |web: &Web| {
        Ok::<_, crate::error::Error>(day(web, &web.counter.calendar()?, web.counter.day(date)?))
    };
    Ok(Json(web.work(asked).await?))
}

fn day(web: &Web, calendar: &Calendar, view: DayView) -> DayOut {
    let now = web.house.clock.now();
    let (date, left) = (view.date, view.left);
    let way = |way: &Fulfilment| WayOut {
        way: *way,
        until: calendar.at(date, calendar.times.cut_off(*way)),
        open: left > 0 && calendar.check_orderable(date, *way, now).is_ok(),
    };
    let closed = match view.phase {
        DayPhase::Closed { reason } => Some(reason),
        _ => None,
    };
    let (dishes, prices) = view.menu.map(|menu| (menu.dishes, menu.prices)).unwrap_or_default();
    DayOut {
        date: date.to_string(),
        closed,
        dishes: dishes.into_iter().map(Into::into).collect(),
        prices_fen: prices.into_iter().map(|(who, price)| (who.to_string(), price.0)).collect(),
        portions_left: left,
        ways: Fulfilment::ALL.iter().map(way).collect(),
    }
}
