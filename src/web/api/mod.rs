//! The interface for other programs, `/api/v1`: menus, residents, and orders on their behalf.
//!
//! JSON in and out; money in fen; moments as RFC 3339; problems as RFC 9457. [`document`] writes
//! the `OpenAPI` description from the types and handlers that are served.

mod body;
mod caller;
mod days;
pub mod document;
mod orders;
mod problem;
mod refusals;
mod residents;
mod wire;

pub use caller::admit;
pub use problem::Problem;

use super::routes::{Route, Who, get, patch, post};
use crate::domain::Scope;

/// Where every path of it begins.
pub const UNDER: &str = "/api/";

const MENU: Who = Who::Program(Scope::Menu);
const ORDERS: Who = Who::Program(Scope::Orders);

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/openapi.json", Who::Anybody, document::serve),
        get("/api/v1/days", MENU, days::list),
        get("/api/v1/days/{date}", MENU, days::one),
        get("/api/v1/residents", ORDERS, residents::find),
        get("/api/v1/residents/{id}", ORDERS, residents::one),
        get("/api/v1/residents/{id}/orders", ORDERS, residents::orders),
        post("/api/v1/orders", ORDERS, orders::place),
        get("/api/v1/orders/{id}", ORDERS, orders::one),
        patch("/api/v1/orders/{id}", ORDERS, orders::amend),
        post("/api/v1/orders/{id}/cancel", ORDERS, orders::cancel),
    ]
}
