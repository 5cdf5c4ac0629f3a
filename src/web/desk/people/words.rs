//! What is wrong with a list or a form, in words.

use crate::import::{CellError, TableError, WorkbookError};
use crate::kiosk::words::Lang;
use crate::registry::ImportError;
use crate::web::error::WebError;

/// Why a list was refused.
pub fn list(error: &ImportError) -> (String, String) {
    let zh = match error {
        ImportError::Workbook(error) => match error {
            WorkbookError::Broken => "这个 Excel 文件打不开：坏了，或者有密码。",
            WorkbookError::Bomb => "这个 Excel 文件解开后太大了，没有读。",
            WorkbookError::TooLarge => "表格的行或列太多了。",
            WorkbookError::Formula => "表里有公式。请复制后“只粘贴数值”，再上传。",
            WorkbookError::Empty => "这个 Excel 文件里没有内容。",
        }
        .to_owned(),
        ImportError::Table(error) => return (table(error), format!("{error}.")),
        ImportError::Failed(_) => "出错了，什么也没有改。".to_owned(),
    };
    (zh, format!("{error}."))
}

fn table(error: &TableError) -> String {
    match error {
        TableError::TooLarge { .. } => "文件太大了。".to_owned(),
        TableError::TooManyRows => "表格的行太多了。".to_owned(),
        TableError::NotText => "文件不是 UTF-8 或 GB18030 的文字。".to_owned(),
        TableError::Workbook => "这是旧式 Excel 文件（.xls）。请另存为 .xlsx 再上传。".to_owned(),
        TableError::Empty => "文件是空的。第一行要有标题。".to_owned(),
        TableError::MissingColumn { zh, .. } => format!("第一行里没有“{zh}”这一列。"),
        TableError::UnknownColumn { heading, .. } => {
            format!("不认识标题“{heading}”。不需要的话，请把这一列删掉。")
        }
        TableError::ColumnTwice { heading } => format!("“{heading}”这一列有两次。"),
        TableError::Rows(rows) => format!("有 {} 行不对。", rows.len()),
    }
}

/// What is wrong with a row.
pub fn row(lang: Lang, problem: &CellError) -> String {
    if lang == Lang::En {
        return problem.to_string();
    }
    match problem {
        CellError::Cells { found, wanted } => {
            format!("有 {found} 格，标题有 {wanted} 个；这一行可能断了")
        }
        CellError::Empty(column) => format!("“{column}”没有填"),
        CellError::Value { column, found, wanted } => {
            format!("“{column}”写的是“{found}”，看不懂（{wanted}）")
        }
        CellError::NoBuilding(number) => format!("没有 {number} 号楼"),
        CellError::NoFlat { building, room } => format!("{building} 号楼没有 {room} 室"),
        CellError::LeadsNothing => "楼组长要写“楼组”".to_owned(),
        CellError::NotALeader(number) => format!("“楼组”写了 {number}，但不是楼组长"),
        CellError::Twice { what, row } => format!("和第 {row} 行重复（{what}）"),
    }
}

/// Why a form was refused.
pub fn form(error: &TableError) -> WebError {
    let TableError::Rows(rows) = error else {
        return WebError::Told(table(error), format!("{error}."));
    };
    let say = |lang| rows.first().map_or_else(String::new, |r| row(lang, &r.problem));
    WebError::Told(
        format!("{}。什么也没有改，请返回再填。", say(Lang::Zh)),
        format!("{}. Nothing was changed; go back and mend it.", say(Lang::En)),
    )
}
