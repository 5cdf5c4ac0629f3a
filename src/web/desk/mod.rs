//! The desk: what the office, the kitchen and the dispatcher do from a browser.

mod day;
pub mod events;
pub mod hand_over;
pub mod people;
pub mod today;
