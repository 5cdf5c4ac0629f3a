//! The desk: what the office, the kitchen and the dispatcher do from a browser.

pub mod accounts;
pub mod care;
pub mod checks;
pub mod compound;
mod day;
pub mod events;
pub mod figures;
pub mod hand_over;
pub mod history;
pub mod knock;
pub mod menus;
pub mod money;
mod order_week;
pub mod orders;
pub mod people;
pub mod programs;
pub mod roster;
pub mod rounds;
pub mod today;
