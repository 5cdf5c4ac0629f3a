//! Whom is ordered for. Every look is written down.

use axum::Json;
use axum::extract::State;

use super::Problem;
use super::body::{Asked, Named};
use super::caller::Caller;
use super::refusals::{Denied, Missing, Unclear};
use super::wire::{FindIn, OrderOut, ResidentOut, ResidentWholeOut, door};
use crate::domain::{Resident, ResidentId};
use crate::error::Error;
use crate::web::state::Web;

/// The most residents of one answer.
const LISTED: usize = 40;
/// The longest text that is searched for, in characters.
const FIND_MAX: usize = 40;

/// Residents by door, building or a part of the name; at most forty.
#[utoipa::path(get, path = "/api/v1/residents", operation_id = "find_residents", tag = "residents", security(("token" = [])), params(FindIn),
    responses((status = 200, body = [ResidentOut]), Denied, Unclear))]
pub async fn find(
    State(web): State<Web>,
    Caller(program): Caller,
    Asked(FindIn { find }): Asked<FindIn>,
) -> Result<Json<Vec<ResidentOut>>, Problem> {
    if !(1..=FIND_MAX).contains(&find.trim().chars().count()) {
        return Err(Problem::Input(format!("find: 1 to {FIND_MAX} characters")));
    }
    let found = move |web: &Web| {
        let mut found = web.registry.find_residents(&find)?;
        found.truncate(LISTED);
        if !found.is_empty() {
            web.programs.looked(&program, "api.find", None)?;
        }
        Ok::<_, Error>(found.into_iter().map(out).collect())
    };
    Ok(Json(web.work(found).await?))
}

/// One resident.
#[utoipa::path(get, path = "/api/v1/residents/{id}", operation_id = "get_resident", tag = "residents", security(("token" = [])),
    params(("id" = String, Path, description = "the resident's id", format = Uuid)),
    responses((status = 200, body = ResidentWholeOut), Missing, Denied))]
pub async fn one(
    State(web): State<Web>,
    Caller(program): Caller,
    Named(id): Named<ResidentId>,
) -> Result<Json<ResidentWholeOut>, Problem> {
    let asked = move |web: &Web| {
        let known = web.counter.resident(id)?;
        web.programs.looked(&program, "api.resident", Some(id))?;
        Ok::<_, Error>(ResidentWholeOut {
            usual: (&known.resident.usual).into(),
            balance_fen: known.balance.0,
            resident: out(known.resident),
        })
    };
    Ok(Json(web.work(asked).await?))
}

/// The orders of a resident for today and later, those taken back among them.
#[utoipa::path(get, path = "/api/v1/residents/{id}/orders", operation_id = "list_orders", tag = "orders", security(("token" = [])),
    params(("id" = String, Path, description = "the resident's id", format = Uuid)),
    responses((status = 200, body = [OrderOut]), Missing, Denied))]
pub async fn orders(
    State(web): State<Web>,
    Caller(program): Caller,
    Named(id): Named<ResidentId>,
) -> Result<Json<Vec<OrderOut>>, Problem> {
    let asked = move |web: &Web| {
        web.counter.resident(id)?;
        web.programs.looked(&program, "api.orders", Some(id))?;
        Ok::<_, Error>(web.counter.orders_of(id)?.iter().map(Into::into).collect())
    };
    Ok(Json(web.work(asked).await?))
}

fn out(resident: Resident) -> ResidentOut {
    ResidentOut {
        id: resident.id.to_string(),
        door: door(&resident.door),
        name: resident.name,
        category: resident.category,
        allergies: resident.allergies,
    }
}
