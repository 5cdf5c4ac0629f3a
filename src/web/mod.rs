//! The pages: rendered here, plain HTML, one style sheet, one small script; nothing is built.
//!
//! Every page is in the table of [`routes`] with who may see it, and nothing is served that is not
//! in it. A page asks the use cases, off the threads that serve.

pub mod api;
mod desk;
mod display;
mod error;
mod guard;
mod headers;
mod hosts;
mod planner;
mod posted;
mod routes;
mod server;
mod sign_in;
mod state;
mod statics;
mod streams;
mod uploaded;
mod view;
mod volunteer;

pub use routes::{Rule, Who, app, rules};
/// All pages, as a service.
pub type App = axum::Router;

pub use server::{Keeper, Seal, serve, serve_sealed};
pub use state::{Changes, Web, follow};
