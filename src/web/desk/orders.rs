//! Ordering for somebody: who can't come to the screen is ordered for, by the office or by the
//! leader of the building.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::order_week::{DayLine, day_line};
use crate::counter::{Amendment, NewOrder};
use crate::domain::{
    Account, Fulfilment, OrderId, Payment, Portions, Preferences, Resident, ResidentId, Role,
    ServiceDate,
};
use crate::error::Error;
use crate::kiosk::words;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Who may order for others.
const FOR_OTHERS: &[Role] = &[Role::Office, Role::Dispatcher, Role::BuildingLeader];
/// The most residents that a search lists.
const LISTED: usize = 40;

#[derive(Template)]
#[template(path = "orders_find.html")]
struct FindPage {
    v: View,
    find: String,
    building: Option<String>,
    found: Vec<Resident>,
    more: usize,
}

#[derive(Template)]
#[template(path = "orders_week.html")]
struct WeekPage {
    v: View,
    resident: Resident,
    door: String,
    category: &'static str,
    balance: String,
    days: Vec<DayLine>,
    done: Option<u32>,
}

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/orders", Roles(FOR_OTHERS), find),
        get("/orders/{resident}", Roles(FOR_OTHERS), week),
        post("/orders/{resident}/place", Roles(FOR_OTHERS), place),
        post("/orders/{resident}/amend", Roles(FOR_OTHERS), amend),
        post("/orders/{resident}/cancel", Roles(FOR_OTHERS), cancel),
    ]
}

/// What is searched for.
#[derive(Deserialize, Default)]
pub struct Find {
    #[serde(default)]
    find: String,
}

/// Finds who is ordered for.
pub async fn find(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(Find { find }): Query<Find>,
) -> Result<Html<String>, WebError> {
    let building = who.account().building.clone();
    let (text, own) = (find.clone(), building.clone());
    let mut found = web
        .work(move |web| {
            // Whoever leads one building finds it without asking.
            let text = if text.trim().is_empty() { own.clone().unwrap_or_default() } else { text };
            let mut found = web.registry.find_residents(&text)?;
            found.retain(|r| may_see(who.account(), r));
            if !found.is_empty() {
                web.accounts.looked(who.account(), "orders.find", None)?;
            }
            Ok::<_, Error>(found)
        })
        .await?;
    let more = found.len().saturating_sub(LISTED);
    found.truncate(LISTED);
    html(&FindPage { v, find, building, found, more })
}

/// The number that was just dealt with.
#[derive(Deserialize, Default)]
pub struct Done {
    done: Option<u32>,
}

/// The days of one resident.
pub async fn week(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(resident): Path<String>,
    Query(Done { done }): Query<Done>,
) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let (resident, balance, days) = web
        .work(move |web| {
            let resident = own(web, who.account(), &resident)?;
            web.accounts.looked(who.account(), "orders.week", Some(resident.id))?;
            let today = web.today()?;
            let days = web.counter.week(resident.id)?;
            let days = days.iter().map(|day| day_line(web, lang, today, day)).collect();
            Ok::<_, WebError>((resident.clone(), web.counter.balance(resident.id)?, days))
        })
        .await?;
    let door = words::door(lang, &resident.door);
    let category = words::category(lang, resident.category);
    let balance = words::money(lang, balance);
    html(&WeekPage { v, resident, door, category, balance, days, done })
}

/// An order as the form has it; a box that is not ticked is missing.
#[derive(Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a form's boxes are independent of each other")]
pub struct Wish {
    date: String,
    way: String,
    portions: u8,
    #[serde(default)]
    less_salt: bool,
    #[serde(default)]
    softer: bool,
    #[serde(default)]
    less_rice: bool,
    #[serde(default)]
    substitute: bool,
    #[serde(default)]
    note: String,
    #[serde(default)]
    account: bool,
    /// The order that is changed, and what it looked like.
    #[serde(default)]
    order: String,
    #[serde(default)]
    seen: String,
}

impl Wish {
    fn way(&self) -> Result<Fulfilment, WebError> {
        self.way.parse().map_err(|_| NOT_RIGHT)
    }

    fn preferences(&self) -> Result<Preferences, WebError> {
        let note = self.note.trim().to_owned();
        if note.chars().count() > Preferences::NOTE_MAX {
            return Err(WebError::Input(
                "给厨房的话最多 24 个字。",
                "The note for the cook has at most 24 characters.",
            ));
        }
        let Self { less_salt, softer, less_rice, substitute, .. } = *self;
        Ok(Preferences { less_salt, softer, less_rice, substitute, note })
    }

    fn portions(&self) -> Result<Portions, WebError> {
        Portions::new(self.portions).map_err(|refusal| WebError::Refused(Box::new(refusal)))
    }
}

const NOT_RIGHT: WebError =
    WebError::Input("表格没有填对，请返回再填。", "The form is not right. Go back and fill it in.");

/// Places an order for a resident.
pub async fn place(
    State(web): State<Web>,
    who: Signed,
    Path(resident): Path<String>,
    Posted(wish): Posted<Wish>,
) -> Result<Redirect, WebError> {
    let to = format!("/orders/{resident}");
    let number = web
        .work(move |web| {
            let resident = own(web, who.account(), &resident)?;
            let date: ServiceDate = wish.date.parse().map_err(|_| NOT_RIGHT)?;
            let order = NewOrder {
                date,
                fulfilment: wish.way()?,
                portions: wish.portions()?,
                preferences: wish.preferences()?,
                category: resident.category,
                resident: Some(resident.id),
                door: None,
                payment: if wish.account { Payment::FromAccount } else { Payment::Later },
            };
            Ok::<_, WebError>(web.counter.place(&order, &who.account().name)?.number)
        })
        .await?;
    Ok(Redirect::to(&format!("{to}?done={number}")))
}

/// Changes an order of a resident; refused if somebody else changed it meanwhile.
pub async fn amend(
    State(web): State<Web>,
    who: Signed,
    Path(resident): Path<String>,
    Posted(wish): Posted<Wish>,
) -> Result<Redirect, WebError> {
    let to = format!("/orders/{resident}");
    let number = web
        .work(move |web| {
            let order = order_of(web, who.account(), &resident, &wish.order)?;
            let change = Amendment {
                fulfilment: Some(wish.way()?),
                portions: Some(wish.portions()?),
                preferences: Some(wish.preferences()?),
                seen: Some(wish.seen.clone()),
            };
            Ok::<_, WebError>(web.counter.amend(order, &change, &who.account().name)?.number)
        })
        .await?;
    Ok(Redirect::to(&format!("{to}?done={number}")))
}

/// Which order.
#[derive(Deserialize)]
pub struct Which {
    order: String,
}

/// Takes an order of a resident back.
pub async fn cancel(
    State(web): State<Web>,
    who: Signed,
    Path(resident): Path<String>,
    Posted(Which { order }): Posted<Which>,
) -> Result<Redirect, WebError> {
    let to = format!("/orders/{resident}");
    web.work(move |web| {
        let order = order_of(web, who.account(), &resident, &order)?;
        web.counter.cancel(order, &who.account().name)?;
        Ok::<_, WebError>(())
    })
    .await?;
    Ok(Redirect::to(&to))
}

/// Whether somebody may see a resident: a building leader those of the own building.
fn may_see(account: &Account, resident: &Resident) -> bool {
    account.role != Role::BuildingLeader
        || account.building.as_deref() == Some(resident.door.building.as_str())
}

/// The resident of an id, if this account may see them.
fn own(web: &Web, account: &Account, id: &str) -> Result<Resident, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    let resident = web.counter.resident(id)?.resident;
    if may_see(account, &resident) { Ok(resident) } else { Err(WebError::Forbidden) }
}

/// An order of that resident: nobody changes another's by guessing.
fn order_of(web: &Web, who: &Account, resident: &str, order: &str) -> Result<OrderId, WebError> {
    let resident = own(web, who, resident)?;
    let id: OrderId = order.parse().map_err(|_| WebError::NotFound)?;
    let theirs = web.counter.orders_of(resident.id)?.iter().any(|o| o.id == id);
    if theirs { Ok(id) } else { Err(WebError::NotFound) }
}
