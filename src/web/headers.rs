//! Headers that every answer bears, after OWASP's secure headers project.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

use super::state::Web;

const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=()",
    ),
];

/// Half a year in which a browser that was here once opens this name over TLS only (RFC 6797).
const TLS_ONLY: &str = "max-age=15552000";
/// The longest that a request may take: what it brings, and the work. An answer that follows what
/// happens has begun by then.
const LONGEST: Duration = Duration::from_secs(90);

/// Refuses what another site sends or leads here, and adds the headers.
pub async fn protect(State(web): State<Web>, request: Request, next: Next) -> Response {
    let encrypted = web.house.settings.web.is_encrypted();
    let mut response = answer(&web, request, next).await;
    let headers = response.headers_mut();
    if encrypted {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TLS_ONLY));
    }
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn answer(web: &Web, request: Request, next: Next) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD && foreign(&request) {
        return (StatusCode::FORBIDDEN, "sent by another site").into_response();
    }
    if !web.hosts.answer(&request) {
        return (StatusCode::MISDIRECTED_REQUEST, NOT_US).into_response();
    }
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => (StatusCode::REQUEST_TIMEOUT, TOO_SLOW).into_response(),
    }
}

const NOT_US: &str = "这些页面不用这个名字。请用机器的地址打开，或者把名字写进设置里的 web.names。\n\
    These pages do not answer to this name. Open them by the machine's address, or add the name to web.names in the settings.\n";
const TOO_SLOW: &str = "等得太久了，请重新打开这一页，看看刚才的做成了没有。\n\
    This took too long. Open the page again and see whether it was done.\n";

/// Whether a browser says that another site sends this.
fn foreign(request: &Request) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    // Older browsers only name where the page came from.
    let host = text("host").unwrap_or_default();
    text("origin").is_some_and(|origin| origin.split_once("://").is_none_or(|(_, h)| h != host))
}
