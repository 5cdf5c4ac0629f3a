//! `SQLite`: the only place with SQL. One file a table; every write is one immediate transaction.

pub mod accounts;
pub mod audit;
pub mod buildings;
pub mod cards;
pub mod cash_counts;
pub mod checks;
mod convert;
pub mod cooked;
pub mod corrections;
mod database;
pub mod days;
pub mod duty;
mod error;
pub mod help_calls;
pub mod ledger;
pub mod lifts;
pub mod menus;
pub mod orders;
pub mod paper_rolls;
pub mod phone;
pub mod price_rules;
pub mod print_jobs;
mod probe;
pub mod queue_moves;
pub mod residents;
pub mod round_changes;
pub mod rounds;
pub mod sessions;
pub mod unfinished;
pub mod visits;
pub mod volunteers;
pub mod walked;
mod watcher;

pub use database::Store;
pub use error::StoreError;
pub use watcher::Watcher;
