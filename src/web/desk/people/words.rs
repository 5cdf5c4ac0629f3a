//! What is wrong with a list or a form, in words.

use crate::domain::Category;
use crate::import::{CellError, Same, TableError, Wanted, WorkbookError, allergens_zh};
use crate::kiosk::words::Lang;
use crate::registry::ImportError;
use crate::web::error::WebError;

/// Why a list was refused, as one sentence.
pub fn list(lang: Lang, error: &ImportError) -> String {
    if lang == Lang::En {
        return match error {
            ImportError::Table(TableError::Rows(rows)) => {
                format!("{} rows are not right.", rows.len())
            }
            ImportError::Failed(_) => "Something broke.".to_owned(),
            other => format!("{}.", sentence(&other.to_string())),
        };
    }
    match error {
        ImportError::Workbook(error) => match error {
            WorkbookError::Broken => "这个 Excel 文件打不开：坏了，或者有密码。",
            WorkbookError::Bomb => "这个 Excel 文件解开后太大了，没有读。",
            WorkbookError::TooLarge => "表格的行或列太多了：最多 20000 行、64 列。",
            WorkbookError::Formula => "表里有公式。请复制后“只粘贴数值”，再上传。",
            WorkbookError::Empty => "这个 Excel 文件里没有内容。",
        }
        .to_owned(),
        ImportError::Table(error) => table(error),
        ImportError::Failed(_) => "出错了。".to_owned(),
    }
}

/// A sentence begins with a capital.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
}

fn table(error: &TableError) -> String {
    match error {
        TableError::TooLarge { .. } => "文件太大了。".to_owned(),
        TableError::TooManyRows => "表格的行太多了：最多 20000 行。".to_owned(),
        TableError::TooManyColumns => "表格的列太多了：最多 64 列。".to_owned(),
        TableError::NotText => "文件不是 UTF-8 或 GB18030 的文字。".to_owned(),
        TableError::Workbook => {
            "这是旧式 Excel 文件（.xls），或者有密码。请另存为没有密码的 .xlsx 再上传。".to_owned()
        }
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
            format!("“{column}”写的是“{found}”，应该是{}", wanted_zh(wanted))
        }
        CellError::NoBuilding(number) => format!("没有 {number} 号楼"),
        CellError::NoFlat { building, room } => format!("{building} 号楼没有 {room} 室"),
        CellError::LeadsNothing => "楼组长要写“楼组”：带哪一幢楼".to_owned(),
        CellError::NotALeader(number) => format!("“楼组”写了 {number}，但身份不是楼组长"),
        CellError::Formula(column) => {
            format!("“{column}”以“=”开头，像公式；请复制整张表，“只粘贴数值”")
        }
        CellError::Namesakes => {
            "这个门里有两位同名的人，分不清是谁；请加上电话或内部编号".to_owned()
        }
        CellError::BadgeWorn(badge) => {
            format!("编号 {badge} 是另一位志愿者的；请先给那位换编号")
        }
        CellError::Twice { what, row } => format!("{}，第 {row} 行已经有了", same_zh(what)),
    }
}

fn wanted_zh(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Text(most) => format!("最多 {most} 个字"),
        Wanted::Number(least, most) => format!("{least} 到 {most} 的整数"),
        Wanted::Phone => "5 到 15 位数字的电话".to_owned(),
        Wanted::Room => "楼层加两位房号，如 1203".to_owned(),
        Wanted::Time => "时间，如 11:45，没有就空着".to_owned(),
        Wanted::Id => "导出时的内部编号；新来的人空着".to_owned(),
        Wanted::Category => {
            let all: Vec<&str> = Category::ALL.iter().map(|c| c.zh()).collect();
            format!("{}之一", all.join("、"))
        }
        Wanted::Allergies => format!("这些词：{}", allergens_zh()),
        Wanted::Usual => "这些词：少盐、软食、少饭、换菜".to_owned(),
        Wanted::Kind(_) => "在职党员、楼组长、邻居之一".to_owned(),
        Wanted::YesNo => "“是”或“否”，空着算“是”".to_owned(),
        Wanted::Pin => "四位数字（Excel 会丢掉开头的 0，请把这一列设成文本）".to_owned(),
    }
}

fn same_zh(same: &Same) -> String {
    match same {
        Same::Id(id) => format!("内部编号 {id}"),
        Same::Person { name, door } => format!("{door}的{name}"),
        Same::Badge(badge) => format!("编号 {badge}"),
    }
}

/// Why a form was refused.
pub fn form(error: &TableError) -> WebError {
    let TableError::Rows(rows) = error else {
        return WebError::Told(table(error), format!("{}.", sentence(&error.to_string())));
    };
    let say = |lang| rows.first().map_or_else(String::new, |r| row(lang, &r.problem));
    WebError::Told(
        format!("{}。什么也没有改，请返回再填。", say(Lang::Zh)),
        format!("{}. Nothing was changed; go back and mend it.", sentence(&say(Lang::En))),
    )
}
