//! The desk's pages, asked without a browser.

mod accounts;
mod api;
mod care;
mod checks;
mod figures;
mod guard;
mod hand_over;
mod knock;
mod menus;
mod money;
mod orders;
mod phone;
mod sign_in;
mod today;
