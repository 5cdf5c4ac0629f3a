//! One connection: HTTP/1.1 with bounds on what a caller sends and on how long it takes.

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;

/// How long the head of a request may take; also how long a connection may lie idle.
const HEAD: Duration = Duration::from_secs(15);
/// The largest head, in bytes; a browser with its cookies sends about a thousand.
const HEAD_MAX: usize = 16 * 1024;
/// The most lines in a head.
const LINES_MAX: usize = 64;

/// Answers on a connection until either side has enough.
pub async fn speak<T>(stream: T, from: SocketAddr, app: Router, mut ending: watch::Receiver<bool>)
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let app = TowerToHyperService::new(app);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        app.call(request)
    });
    let mut speaking = std::pin::pin!(
        Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(HEAD_MAX)
            .max_headers(LINES_MAX)
            .serve_connection(TokioIo::new(stream), service)
    );
    // How it ended concerns the caller only.
    tokio::select! {
        _ = speaking.as_mut() => return,
        _ = ending.wait_for(|ending| *ending) => {}
    }
    speaking.as_mut().graceful_shutdown();
    let _ = speaking.await;
}
