//! A form that was sent: its token is that of the session, and every field is what it should be.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::error::WebError;
use super::guard::Signed;

/// The field that every form brings along.
const TOKEN: &str = "form_token";

/// A form of whoever is signed in.
pub struct Posted<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Posted<T> {
    type Rejection = WebError;
    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let expected = request.extensions().get::<Signed>().map(|s| s.0.form_token.clone());
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| WebError::Input("表格太大了。", "The form is too large."))?;
        let fields: Vec<(String, String)> =
            serde_urlencoded::from_bytes(&body).map_err(|_| NOT_A_FORM)?;
        let brought = fields.iter().find(|(name, _)| name == TOKEN).map(|(_, value)| value);
        if expected.is_none() || brought != expected.as_ref() {
            return Err(WebError::Stale);
        }
        parse(&fields).map(Self)
    }
}

const NOT_A_FORM: WebError = WebError::Input(
    "表格没有填全，请返回再填。",
    "The form is not complete. Go back and fill it in.",
);

fn parse<T: DeserializeOwned>(fields: &[(String, String)]) -> Result<T, WebError> {
    let rest: Vec<_> = fields.iter().filter(|(name, _)| name != TOKEN).collect();
    let text = serde_urlencoded::to_string(rest).map_err(|_| NOT_A_FORM)?;
    serde_urlencoded::from_str(&text).map_err(|_| NOT_A_FORM)
}
