//! The picture of a dish: shown, and taken from somebody's telephone.

use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use super::{back, date};
use crate::menu_book::{PictureRefused, save_picture};
use crate::pictures::{PictureError, dish_file, dishes_folder};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::state::Web;

/// Whose picture.
#[derive(Deserialize)]
pub struct Which {
    dish: String,
}

/// The picture of a dish as it lies in the folder.
pub async fn show(
    State(web): State<Web>,
    Query(Which { dish }): Query<Which>,
) -> Result<Response, WebError> {
    let bytes = web
        .work(move |web| {
            let file =
                dish_file(&dishes_folder(web.house.folder()), &dish).ok_or(WebError::NotFound)?;
            std::fs::read(file).map_err(|e| WebError::Broken(e.to_string()))
        })
        .await?;
    let kind = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        _ => "image/jpeg",
    };
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

const NOT_SENT: WebError = WebError::Input(
    "图片没有传完整，或者超过 16 MB。原来的图片还在。",
    "The picture did not arrive whole, or has more than 16 MB. The old one is still there.",
);

/// Keeps a picture in place of an older one.
pub async fn keep(
    State(web): State<Web>,
    who: Signed,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, WebError> {
    let mut form = form.map_err(|_| NOT_SENT)?;
    let (mut token, mut day, mut dish, mut bytes) = (None, String::new(), String::new(), None);
    while let Some(field) = form.next_field().await.map_err(|_| NOT_SENT)? {
        match field.name() {
            Some("form_token") => token = Some(field.text().await.map_err(|_| NOT_SENT)?),
            Some("day") => day = field.text().await.map_err(|_| NOT_SENT)?,
            Some("dish") => dish = field.text().await.map_err(|_| NOT_SENT)?,
            // What it is called where it comes from tells nothing.
            Some("picture") => bytes = Some(field.bytes().await.map_err(|_| NOT_SENT)?),
            _ => {}
        }
    }
    if token.as_ref() != Some(&who.0.form_token) {
        return Err(WebError::Stale);
    }
    let date = date(&day)?;
    let bytes = bytes.filter(|b| !b.is_empty()).ok_or(NOT_SENT)?;
    web.work(move |web| {
        save_picture(web.house.folder(), &dish, &bytes)?;
        web.accounts.changed(who.account(), "menu.picture", &dish, &json!({}))?;
        Ok::<_, WebError>(())
    })
    .await?;
    Ok(back(date))
}

impl From<PictureRefused> for WebError {
    fn from(error: PictureRefused) -> Self {
        match error {
            PictureRefused::Name => Self::Input(
                "这个菜名不能当文件名，请去掉“/”等符号。",
                "This dish's name can't be a file's; take out signs such as “/”.",
            ),
            PictureRefused::Picture(PictureError::Read(error)) | PictureRefused::Disk(error) => {
                Self::Broken(error.to_string())
            }
            PictureRefused::Picture(PictureError::Broken(_)) => Self::Input(
                "这不是能显示的图片：请用 JPEG、PNG 或 WebP。原来的图片还在。",
                "This is no picture that can be shown: take a JPEG, PNG or WebP. The old one is still there.",
            ),
            PictureRefused::Picture(_) => Self::Input(
                "图片太大了，请存小一点再传。原来的图片还在。",
                "The picture is too large; save it smaller. The old one is still there.",
            ),
        }
    }
}
