//! Serves the pages: over TLS if there is a certificate, so many connections at once and no more,
//! and with a time-out for everything that a caller may keep waiting.

mod callers;
mod connection;
mod handshake;
mod keeper;
mod patient;

pub use keeper::{Keeper, Seal};

use axum::Router;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use callers::Callers;
use patient::Patient;

/// Connections at once. Further ones wait until one of them ends.
const MOST: u32 = 256;
/// How often it is looked whether everything ends.
const LOOK: Duration = Duration::from_millis(200);
/// How long answers under way may take once everything ends.
const ENDING: Duration = Duration::from_secs(2);
/// The pause after a connection could not be taken: mostly, too many files are open.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves unencrypted pages until everything ends.
pub async fn serve(listener: TcpListener, app: Router, stopping: Arc<AtomicBool>) {
    run(listener, None, app, stopping).await;
}

/// Serves pages with the newest good certificate until everything ends.
pub async fn serve_sealed(
    listener: TcpListener,
    seal: watch::Receiver<Option<Seal>>,
    app: Router,
    stopping: Arc<AtomicBool>,
) {
    run(listener, Some(seal), app, stopping).await;
}

async fn run(
    listener: TcpListener,
    seal: Option<watch::Receiver<Option<Seal>>>,
    app: Router,
    stopping: Arc<AtomicBool>,
) {
    let slots = Arc::new(Semaphore::new(MOST as usize));
    let callers = Callers::default();
    let (end, ending) = watch::channel(false);
    let mut ended = std::pin::pin!(ended(stopping));
    loop {
        // First the slot, then the caller: who finds none waits in the system's queue.
        let slot = tokio::select! {
            slot = slots.clone().acquire_owned() => slot,
            () = &mut ended => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut ended => break,
        };
        let (Ok(slot), Ok((stream, from))) = (slot, accepted) else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let Some(place) = callers.enter(from.ip()) else { continue };
        let (seal, app, ending) = (seal.clone(), app.clone(), ending.clone());
        tokio::spawn(async move {
            serve_one(stream, from, seal, app, ending).await;
            drop((slot, place));
        });
    }
    drop(listener);
    let _ = end.send(true);
    // Pages that follow what happens never end by themselves.
    let _ = tokio::time::timeout(ENDING, slots.acquire_many(MOST)).await;
}

async fn serve_one(
    stream: TcpStream,
    from: SocketAddr,
    seal: Option<watch::Receiver<Option<Seal>>>,
    app: Router,
    ending: watch::Receiver<bool>,
) {
    // Without it small answers wait for each other; they arrive all the same.
    let _ = stream.set_nodelay(true);
    match seal {
        None => connection::speak(Patient::new(stream), from, app, ending).await,
        Some(seal) => {
            let newest = seal.borrow().clone();
            let Some(newest) = newest else { return };
            if let Some(stream) = handshake::shake_hands(stream, newest).await {
                connection::speak(stream, from, app, ending).await;
            }
        }
    }
}

/// Comes back once everything ends.
async fn ended(stopping: Arc<AtomicBool>) {
    while !stopping.load(Ordering::Relaxed) {
        tokio::time::sleep(LOOK).await;
    }
}
