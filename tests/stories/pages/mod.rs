//! The desk's pages, asked without a browser.

mod guard;
mod hand_over;
mod orders;
mod sign_in;
mod today;
