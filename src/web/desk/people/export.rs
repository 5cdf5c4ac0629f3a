//! People as a file that Excel and `LibreOffice` open.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde_json::json;

use super::listing::Listing;
use crate::import::{rows_of, to_csv};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::state::Web;

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Everybody of a list who is not archived, as a `.csv` or an `.xlsx` file.
pub async fn file<T: Listing>(
    State(web): State<Web>,
    who: Signed,
    Path(file): Path<String>,
) -> Result<Response, WebError> {
    let kind = match file.strip_prefix(T::FILE) {
        Some(".csv") => CSV,
        Some(".xlsx") => XLSX,
        _ => return Err(WebError::NotFound),
    };
    let name = format!("attachment; filename=\"{file}\"");
    let bytes = web
        .work(move |web| {
            web.accounts.looked(who.account(), &format!("{}.export", T::LIST), None)?;
            let all = web.registry.everybody::<T>()?;
            let detail = json!({ "rows": all.len() });
            let what = format!("{}.exported", T::LIST);
            web.accounts.changed(who.account(), &what, &file, &detail)?;
            let rows = rows_of(&all);
            if kind == CSV {
                return Ok(to_csv(rows));
            }
            workbook(&rows).map_err(|e| WebError::Broken(e.to_string()))
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

/// A workbook in which every cell is text, whatever it begins with and whatever is typed into it
/// later: a PIN keeps its zero.
fn workbook(rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (text, heading) = (Format::new().set_num_format("@"), Format::new().set_bold());
    let sheet = book.add_worksheet();
    for column in 0..rows.first().map_or(0, Vec::len) {
        sheet.set_column_format(column as u16, &text)?;
    }
    for (row, cells) in rows.iter().enumerate() {
        let format = if row == 0 { &heading } else { &text };
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string_with_format(row as u32, column as u16, cell, format)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}
