//! The people of the compound: residents, their cards, lists in and out.

mod cards;
mod export;
mod import;
mod residents;
mod words;

use crate::domain::Role;
use crate::web::routes::{OFFICE, Route, Who::Roles, get, post, upload};

/// The office, and the leader of a building for its own doors.
const DOORS: &[Role] = &[Role::Office, Role::BuildingLeader];

/// The largest list that is uploaded, in bytes.
const UPLOAD_MAX: usize = 10 * 1024 * 1024;

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/people/residents", Roles(DOORS), residents::list),
        get("/people/residents/new", Roles(OFFICE), residents::new),
        get("/people/residents/import", Roles(OFFICE), import::page),
        upload("/people/residents/import", Roles(OFFICE), import::show, UPLOAD_MAX),
        post("/people/residents/import/apply", Roles(OFFICE), import::apply),
        get("/people/residents/export/{file}", Roles(OFFICE), export::residents),
        get("/people/residents/{id}", Roles(DOORS), residents::page),
        post("/people/residents/{id}", Roles(OFFICE), residents::save),
        post("/people/residents/{id}/door-note", Roles(DOORS), residents::door_note),
        post("/people/residents/{id}/archive", Roles(OFFICE), residents::archive),
        get("/people/residents/{id}/card", Roles(OFFICE), cards::page),
        post("/people/residents/{id}/card", Roles(OFFICE), cards::issue),
        post("/people/residents/{id}/card/block", Roles(OFFICE), cards::block),
    ]
}
