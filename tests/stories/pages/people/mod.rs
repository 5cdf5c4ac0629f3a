//! Residents, volunteers, buildings, cards, and lists in and out.

mod buildings;
mod cards;
mod hostile;
mod keeps;
mod lists;
mod many;
mod office;
mod residents;
mod volunteers;

use axum::body::Body;
use axum::http::{Request, header};

use crate::support::pages::{Answer, Browser};

/// Uploads a list of residents as a browser does.
fn upload(browser: &Browser<'_>, file: &[u8]) -> Answer {
    upload_to(browser, "/people/residents/import", file)
}

/// Says yes to a list that a page shows.
fn apply(office: &Browser<'_>, path: &str, shown: &Answer) -> Answer {
    let list = shown.after("name=\"list\" value=\"");
    office.fill(path, &format!("{path}/apply"), &[("list", &list)])
}

/// Uploads a file as a browser does.
fn upload_to(browser: &Browser<'_>, path: &str, file: &[u8]) -> Answer {
    let token = browser.get(path).after("name=\"form_token\" value=\"");
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n--x\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"l\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    browser.ask(request)
}
