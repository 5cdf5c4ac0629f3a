//! A file that a form brings along.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::Multipart;

use super::error::WebError;
use super::guard::Signed;

/// The most fields beside the file.
const MAX_FIELDS: usize = 8;

/// The file of a form, and what else was filled in before it. Its token comes first, so that a file
/// from elsewhere is not even taken in. `too_large` is said of one that did not arrive whole.
pub async fn file_of(
    mut form: Multipart,
    who: &Signed,
    too_large: WebError,
) -> Result<(Bytes, BTreeMap<String, String>), WebError> {
    let mut known = false;
    let mut filled = BTreeMap::new();
    while filled.len() <= MAX_FIELDS {
        let Ok(field) = form.next_field().await else { return Err(too_large) };
        let Some(field) = field else { return Err(WebError::Stale) };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" && known {
            let Ok(file) = field.bytes().await else { return Err(too_large) };
            return Ok((file, filled));
        }
        let Ok(text) = field.text().await else { return Err(too_large) };
        match name.as_str() {
            "form_token" => known = text == who.0.form_token,
            _ if known => drop(filled.insert(name, text)),
            _ => return Err(WebError::Stale),
        }
    }
    Err(WebError::Stale)
}
