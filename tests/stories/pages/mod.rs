//! The desk's pages, asked without a browser.

mod guard;
mod hand_over;
mod people;
mod sign_in;
mod today;
