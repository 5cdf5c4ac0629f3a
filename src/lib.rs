//! A lunch kiosk, ticket printer and delivery planner for a neighbourhood clubhouse.

pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod counter;
pub mod dispatch;
pub mod domain;
pub mod error;
pub mod fonts;
pub mod house;
pub mod import;
pub mod kiosk;
pub mod panel_watch;
pub mod paper_only;
pub mod pictures;
pub mod printing;
pub mod registry;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
pub mod routing;
pub mod schedule;
pub mod speech;
pub mod store;
pub mod supervise;
pub mod tickets;
pub mod wiring;
