//! A file that a form brings along.

use axum::body::Bytes;
use axum::extract::Multipart;

use super::error::WebError;
use super::guard::Signed;

/// The file of a form. Its token comes first, so that a file from elsewhere is not even taken in.
/// `too_large` is said of one that did not arrive whole.
pub async fn file_of(
    mut form: Multipart,
    who: &Signed,
    too_large: WebError,
) -> Result<Bytes, WebError> {
    let mut known = false;
    loop {
        let Ok(field) = form.next_field().await else { return Err(too_large) };
        let Some(field) = field else { return Err(WebError::Stale) };
        match field.name() {
            Some("form_token") => match field.text().await {
                Ok(token) => known = token == who.0.form_token,
                Err(_) => return Err(too_large),
            },
            Some("file") if known => return field.bytes().await.map_err(|_| too_large),
            _ => return Err(WebError::Stale),
        }
    }
}
