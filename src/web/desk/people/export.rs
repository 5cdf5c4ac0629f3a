//! Residents as a file that Excel and `LibreOffice` open.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::json;

use crate::domain::Resident;
use crate::import::{resident_rows, write_residents};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::state::Web;

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// All residents, as `residents.csv` or `residents.xlsx`.
pub async fn residents(
    State(web): State<Web>,
    who: Signed,
    Path(file): Path<String>,
) -> Result<Response, WebError> {
    let kind = match file.as_str() {
        "residents.csv" => CSV,
        "residents.xlsx" => XLSX,
        _ => return Err(WebError::NotFound),
    };
    let name = format!("attachment; filename=\"{file}\"");
    let bytes = web
        .work(move |web| {
            web.accounts.looked(who.account(), "residents.export", None)?;
            let all = web.registry.residents()?;
            let detail = json!({ "rows": all.len() });
            web.accounts.changed(who.account(), "residents.exported", &file, &detail)?;
            if kind == CSV {
                return Ok(write_residents(&all));
            }
            workbook(&all).map_err(|e| WebError::Broken(e.to_string()))
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

/// A workbook in which every cell is text, whatever it begins with.
fn workbook(residents: &[Resident]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in resident_rows(residents).iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, cell)?;
        }
    }
    book.save_to_buffer()
}
