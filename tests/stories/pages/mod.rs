//! The desk's pages, asked without a browser.

mod accounts;
mod api;
mod care;
mod checks;
mod compound;
mod compound_draft;
mod figures;
mod guard;
mod hand_over;
mod knock;
mod menus;
mod money;
mod orders;
mod people;
mod phone;
mod roster;
mod rounds;
mod rounds_after;
mod sign_in;
mod today;
mod together;
