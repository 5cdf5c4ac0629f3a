//! The refusals that the description names, for operations to share.

#![expect(dead_code, reason = "they are described, and never made: a problem is answered")]

use utoipa::IntoResponses;

use super::problem::ProblemOut;

/// Who asks may not.
#[derive(IntoResponses)]
pub enum Denied {
    /// No token, or one that is nobody's.
    #[response(status = 401, content_type = "application/problem+json")]
    Unknown(ProblemOut),
    /// The token's scope does not cover this.
    #[response(status = 403, content_type = "application/problem+json")]
    Scope(ProblemOut),
    /// Too many requests at a time; `Retry-After` says when to come again.
    #[response(status = 429, content_type = "application/problem+json")]
    Busy(ProblemOut),
}

/// There is no such thing.
#[derive(IntoResponses)]
#[response(status = 404, content_type = "application/problem+json")]
pub struct Missing(pub ProblemOut);

/// The clubhouse can't grant it; the type says why: `sold-out`, `past-cut-off`, `allergy`, …
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/problem+json")]
pub struct Refused(pub ProblemOut);

/// Somebody changed it since it was seen.
#[derive(IntoResponses)]
#[response(status = 412, content_type = "application/problem+json")]
pub struct Stale(pub ProblemOut);

/// The header that keeps an order from being placed twice is missing.
#[derive(IntoResponses)]
#[response(status = 400, content_type = "application/problem+json")]
pub struct KeyMissing(pub ProblemOut);

/// The header that keeps a change from undoing another is missing.
#[derive(IntoResponses)]
#[response(status = 428, content_type = "application/problem+json")]
pub struct HeaderMissing(pub ProblemOut);

/// What is asked for is not as described.
#[derive(IntoResponses)]
#[response(status = 422, content_type = "application/problem+json")]
pub struct Unclear(pub ProblemOut);

/// The body is not as described.
#[derive(IntoResponses)]
pub enum Unfit {
    /// Too large.
    #[response(status = 413, content_type = "application/problem+json")]
    Large(ProblemOut),
    /// Not JSON by its content type.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(ProblemOut),
    /// Not what is described.
    #[response(status = 422, content_type = "application/problem+json")]
    Unclear(ProblemOut),
}
