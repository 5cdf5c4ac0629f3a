//! What is answered when a wish can't be granted: RFC 9457, with the reason in both languages.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Refusal;
use crate::error::Error;
use crate::kiosk::words::Lang;
use crate::web::error::WebError;

/// Why there is no other answer. Nothing was changed.
#[derive(Debug)]
pub enum Problem {
    /// No token, or one that is nobody's.
    Unknown,
    /// The token's scope does not cover this.
    Scope,
    /// Too many requests at a time.
    Busy,
    /// What came is not what is described: which part, and how it should be.
    Input(String),
    /// The body is not JSON by its content type.
    NotJson,
    /// The body is too large.
    TooLarge,
    /// An order without the header that keeps it from being placed twice.
    NoKey,
    /// A change without the header that keeps it from undoing somebody else's (RFC 6585).
    NotConditional,
    /// `If-Match` names a version that is no longer the newest.
    Stale,
    /// The idempotency key came before with another wish.
    OtherWish,
    /// The method is not one of this path.
    Method,
    /// Whatever a page would say.
    Page(WebError),
}

impl From<WebError> for Problem {
    fn from(error: WebError) -> Self {
        Self::Page(error)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Page(error.into())
    }
}

/// A problem as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemOut {
    /// What kind it is, for programs: `urn:clubhouse:problem:sold-out`.
    #[serde(rename = "type")]
    kind: String,
    /// The HTTP status.
    status: u16,
    /// The kind in a few words.
    title: String,
    /// What happened and what to do, in English.
    detail: String,
    /// The same in Chinese, as a resident may be told it.
    detail_zh: String,
}

impl Problem {
    /// The media type of RFC 9457.
    pub const MEDIA: &str = "application/problem+json";

    fn status(&self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::UNAUTHORIZED,
            Self::Scope => StatusCode::FORBIDDEN,
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::Input(_) | Self::OtherWish => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoKey => StatusCode::BAD_REQUEST,
            Self::NotConditional => StatusCode::PRECONDITION_REQUIRED,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Page(WebError::Refused(refusal)) => match **refusal {
                Refusal::UnknownOrder | Refusal::UnknownResident => StatusCode::NOT_FOUND,
                Refusal::ChangedMeanwhile { .. } => StatusCode::PRECONDITION_FAILED,
                _ => StatusCode::CONFLICT,
            },
            Self::Page(error) => error.status(),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown-program",
            Self::Scope => "scope",
            Self::Busy | Self::Page(WebError::Full) => "busy",
            Self::Input(_) | Self::Page(WebError::Input(..) | WebError::Told(..)) => "input",
            Self::NotJson => "not-json",
            Self::TooLarge => "too-large",
            Self::NoKey => "key-missing",
            Self::NotConditional => "not-conditional",
            Self::Stale => "changed-meanwhile",
            Self::OtherWish => "key-used",
            Self::Method => "method",
            Self::Page(WebError::Refused(refusal)) => (&**refusal).into(),
            Self::Page(WebError::NotFound) => "not-found",
            Self::Page(WebError::Forbidden | WebError::Stale) => "forbidden",
            Self::Page(WebError::Broken(_)) => "broken",
        }
    }

    /// The reason in Chinese and English.
    fn words(&self) -> (String, String) {
        let (zh, en) = match self {
            Self::Unknown => {
                ("没有出示有效的令牌。", "Show a token that works: Authorization: Bearer <token>.")
            }
            Self::Scope => {
                ("这个令牌不能做这件事。", "The scope of this token does not cover this.")
            }
            Self::Busy => {
                ("请求太多，请稍后再试。", "Too many requests at a time; try again shortly.")
            }
            Self::Input(how) => return ("请求的内容不对。".to_owned(), how.clone()),
            Self::NotJson => ("内容不是 JSON。", "Send JSON, with content-type: application/json."),
            Self::TooLarge => ("内容太长。", "The body is too large."),
            Self::NoKey => (
                "少了 Idempotency-Key 头，没有下单。",
                "Send the header Idempotency-Key, made up anew for each wish; nothing was ordered.",
            ),
            Self::NotConditional => (
                "少了 If-Match 头，没有改。",
                "Send the header If-Match with the order's entity tag; nothing was changed.",
            ),
            Self::Stale => (
                "刚才有人改过了，请重新查看。",
                "Somebody changed the order meanwhile; get it again.",
            ),
            Self::OtherWish => (
                "这个键已经用于另一个请求，没有下单。",
                "This Idempotency-Key came before with another wish; nothing was ordered.",
            ),
            Self::Method => ("不能这样请求。", "This path does not know that method."),
            Self::Page(error) => return (error.words(Lang::Zh), error.words(Lang::En)),
        };
        (zh.to_owned(), en.to_owned())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Self::Page(WebError::Broken(error)) = &self {
            tracing::error!(%error, "a program's request failed");
        }
        let status = self.status();
        let (detail_zh, detail) = self.words();
        let problem = ProblemOut {
            kind: format!("urn:clubhouse:problem:{}", self.kind()),
            status: status.as_u16(),
            title: self.kind().replace('-', " "),
            detail,
            detail_zh,
        };
        let mut response = (status, axum::Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(Self::MEDIA));
        match self {
            Self::Unknown => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::Busy => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}
