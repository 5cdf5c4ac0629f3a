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
mod planner;
mod posted;
mod routes;
mod sign_in;
mod state;
mod statics;
mod uploaded;
mod view;
mod volunteer;

pub use routes::{Rule, Who, app, rules};
pub use state::{Changes, Web, follow};

use axum::Router;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;

/// How often the server looks whether everything ends.
const LOOK: Duration = Duration::from_millis(200);

/// Serves until everything ends.
pub async fn serve(listener: TcpListener, app: Router, stopping: Arc<AtomicBool>) {
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let ended = async move {
        while !stopping.load(Ordering::Relaxed) {
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::select! {
        served = axum::serve(listener, service) => {
            if let Err(error) = served {
                tracing::error!(%error, "the pages are no longer served");
            }
        }
        () = ended => {}
    }
}
