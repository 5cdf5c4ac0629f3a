//! The people of the compound: residents, volunteers, their buildings and cards, lists in and out.

mod buildings;
mod card_sheet;
mod cards;
mod export;
mod import;
mod listing;
mod resident_form;
mod residents;
mod volunteer_form;
mod volunteers;
mod words;

use axum::response::Redirect;

use crate::domain::{Resident, Role, Volunteer};
use crate::web::guard::Signed;
use crate::web::routes::{OFFICE, Route, Who::Roles, get, post, upload};

/// The largest list that is uploaded, in bytes.
const UPLOAD_MAX: usize = 10 * 1024 * 1024;

/// The office, and the leader of a building for its own doors.
const DOORS: &[Role] = &[Role::Office, Role::BuildingLeader];
/// The office, and whoever sends volunteers out.
const CARRIERS: &[Role] = &[Role::Office, Role::Dispatcher];
/// Whoever may open one of the lists.
const ANY_LIST: &[Role] = &[Role::Office, Role::Dispatcher, Role::BuildingLeader];

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/people", Roles(ANY_LIST), first),
        get("/people/residents", Roles(DOORS), residents::list),
        get("/people/residents/new", Roles(OFFICE), residents::new),
        get("/people/residents/import", Roles(OFFICE), import::page::<Resident>),
        upload("/people/residents/import", Roles(OFFICE), import::show::<Resident>, UPLOAD_MAX),
        post("/people/residents/import/apply", Roles(OFFICE), import::apply::<Resident>),
        get("/people/residents/export/{file}", Roles(OFFICE), export::file::<Resident>),
        get("/people/residents/{id}", Roles(DOORS), residents::page),
        post("/people/residents/{id}", Roles(OFFICE), residents::save),
        post("/people/residents/{id}/door-note", Roles(DOORS), residents::door_note),
        post("/people/residents/{id}/archive", Roles(OFFICE), residents::archive),
        get("/people/residents/{id}/card", Roles(OFFICE), cards::page),
        post("/people/residents/{id}/card", Roles(OFFICE), cards::issue),
        post("/people/residents/{id}/card/block", Roles(OFFICE), cards::block),
        post("/people/residents/{id}/card/print", Roles(OFFICE), cards::print),
        get("/people/cards", Roles(OFFICE), card_sheet::page),
        post("/people/cards", Roles(OFFICE), card_sheet::issue),
        get("/people/cards/sheet", Roles(OFFICE), card_sheet::sheet),
        get("/people/buildings", Roles(CARRIERS), buildings::list),
        get("/people/buildings/{number}", Roles(OFFICE), buildings::page),
        post("/people/buildings/{number}", Roles(OFFICE), buildings::save),
        get("/people/volunteers", Roles(CARRIERS), volunteers::list),
        get("/people/volunteers/new", Roles(OFFICE), volunteers::new),
        get("/people/volunteers/import", Roles(OFFICE), import::page::<Volunteer>),
        upload("/people/volunteers/import", Roles(OFFICE), import::show::<Volunteer>, UPLOAD_MAX),
        post("/people/volunteers/import/apply", Roles(OFFICE), import::apply::<Volunteer>),
        get("/people/volunteers/export/{file}", Roles(OFFICE), export::file::<Volunteer>),
        get("/people/volunteers/{id}", Roles(OFFICE), volunteers::page),
        post("/people/volunteers/{id}", Roles(OFFICE), volunteers::save),
        post("/people/volunteers/{id}/pin", Roles(OFFICE), volunteers::pin),
        post("/people/volunteers/{id}/archive", Roles(OFFICE), volunteers::archive),
    ]
}

/// The first list that this role may open.
async fn first(who: Signed) -> Redirect {
    Redirect::to(match who.account().role {
        Role::Dispatcher => "/people/volunteers",
        _ => "/people/residents",
    })
}
