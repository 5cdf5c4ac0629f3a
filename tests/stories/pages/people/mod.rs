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

/// Uploads a list as a browser does.
fn upload_to(browser: &Browser<'_>, path: &str, file: &[u8]) -> Answer {
    browser.upload(path, path, &[], file)
}
