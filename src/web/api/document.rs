//! The description of the interface in `OpenAPI` 3.1, made from what is served.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::problem::ProblemOut;
use super::{days, orders, residents};
use crate::web::error::WebError;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Clubhouse kiosk",
        description = "Lunch at the clubhouse for other programs: menus, residents, and orders on their behalf. Money is in fen, moments are RFC 3339, problems are RFC 9457.",
        license(name = "GPL-3.0-only", identifier = "GPL-3.0-only"),
        contact()
    ),
    paths(
        days::list, days::one,
        residents::find, residents::one, residents::orders,
        orders::place, orders::one, orders::amend, orders::cancel
    ),
    components(schemas(ProblemOut)),
    modifiers(&Token)
)]
struct Description;

struct Token;

impl Modify for Token {
    fn modify(&self, described: &mut utoipa::openapi::OpenApi) {
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token of a program, made at the desk or with “program add”."))
            .build();
        let components = described.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// The description as JSON.
pub fn text() -> Result<String, serde_json::Error> {
    Description::openapi().to_pretty_json()
}

/// Serves it.
pub async fn serve() -> Result<Response, WebError> {
    let text = text().map_err(|e| WebError::Broken(e.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
