//! What was changed at the desk and by whom, and who looked at personal data.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use rusqlite::Connection;
use serde::Deserialize;

use crate::domain::ResidentId;
use crate::kiosk::words::Lang;
use crate::store::{StoreError, audit, residents};
use crate::web::error::WebError;
use crate::web::routes::{OFFICE, Route, Who::Roles, get};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Rows of a page.
const ROWS: u32 = 50;
/// The last page that can be asked for.
const LAST: u32 = 100_000;

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![get("/history", Roles(OFFICE), page)]
}

#[derive(Template)]
#[template(path = "history.html")]
struct Page {
    v: View,
    looks: bool,
    rows: Vec<Row>,
    /// The page before this one, and the one after it, if there are any.
    newer: Option<u32>,
    older: Option<u32>,
}

/// A change, or a look.
struct Row {
    at: String,
    who: String,
    what: String,
    subject: String,
    /// Where the subject is kept, for a resident.
    link: Option<String>,
    detail: String,
}

/// Which list, which page of it.
#[derive(Deserialize, Default)]
pub struct Which {
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: u32,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Query(Which { show, page }): Query<Which>,
) -> Result<Html<String>, WebError> {
    let (looks, page) = (show == "looks", page.min(LAST));
    let calendar = web.house.settings.calendar();
    let at = move |at| calendar.local(at).strftime("%Y-%m-%d %H:%M").to_string();
    let lang = v.lang;
    let mut rows: Vec<Row> = web
        .work(move |web| {
            web.house.store.read(|db| {
                let skip = page * ROWS;
                let mut rows: Vec<Row> = if looks {
                    audit::looks(db, ROWS + 1, skip)?
                        .into_iter()
                        .map(|look| Row {
                            at: at(look.at),
                            who: look.account,
                            what: look.page,
                            subject: look.resident.unwrap_or_default(),
                            link: None,
                            detail: String::new(),
                        })
                        .collect()
                } else {
                    audit::changes(db, ROWS + 1, skip)?
                        .into_iter()
                        .map(|change| Row {
                            at: at(change.at),
                            who: change.account,
                            what: change.what,
                            subject: change.subject,
                            link: None,
                            detail: Some(change.detail).filter(|d| d != "{}").unwrap_or_default(),
                        })
                        .collect()
                };
                for row in &mut rows {
                    name_resident(db, lang, row)?;
                }
                Ok::<_, WebError>(rows)
            })
        })
        .await?;
    let more = rows.len() > ROWS as usize;
    rows.truncate(ROWS as usize);
    for row in &mut rows {
        let (zh, en) = words(&row.what);
        if !zh.is_empty() {
            row.what = v.t(zh, en).to_owned();
        }
    }
    html(&Page { v, looks, rows, newer: page.checked_sub(1), older: more.then_some(page + 1) })
}

/// Says masked who a resident is, and leads to the account, where the history has an id alone.
fn name_resident(db: &Connection, lang: Lang, row: &mut Row) -> Result<(), StoreError> {
    let Ok(id) = row.subject.parse::<ResidentId>() else { return Ok(()) };
    if let Some(resident) = residents::get(db, id)? {
        if resident.name.is_empty() {
            lang.pick("已删除", "erased").clone_into(&mut row.subject);
            return Ok(());
        }
        row.link = Some(format!("/money/account/{id}"));
        let door = crate::kiosk::words::door(lang, &resident.door);
        row.subject = format!("{} {door}", resident.masked_name());
    }
    Ok(())
}

/// What the history calls a change or a page, in words; empty for what has none.
fn words(what: &str) -> (&'static str, &'static str) {
    match what {
        "menu.saved" => ("改了菜单", "menu changed"),
        "menu.copied" => ("复制了菜单", "menu copied"),
        "menu.picture" => ("换了菜的图片", "dish picture changed"),
        "menu.sold_out" => ("停止售卖", "selling stopped"),
        "menu.sell_again" => ("继续售卖", "selling again"),
        "day.shut" => ("停餐", "day closed in the menu"),
        "day.opened" => ("恢复供餐", "day opened again"),
        "day.cooked" => ("填了烧了几份", "cooked portions noted"),
        "day.closed" => ("收工", "day's work closed"),
        "account.topped_up" => ("充值", "account topped up"),
        "account.refunded" => ("退款", "account refunded"),
        "cash.counted" => ("清点现金", "cash counted"),
        "prices.set" => ("改了价格", "prices changed"),
        "account.added" => ("加了账号", "desk account added"),
        "account.password" => ("重设了密码", "password set"),
        "account.own_password" => ("改了自己的密码", "own password changed"),
        "account.off" => ("停用了账号", "desk account switched off"),
        "program.added" => ("加了程序", "program let in"),
        "program.revoked" => ("停用了程序", "program switched off"),
        "compound.drawn" => ("上传了新图纸", "new drawing uploaded"),
        "compound.mended" => ("改了新图纸", "new drawing mended"),
        "compound.undone" => ("撤销了图纸的改动", "change of the drawing taken back"),
        "compound.dropped" => ("丢掉了新图纸", "new drawing dropped"),
        "compound.in_use" => ("启用了新图纸", "new drawing in use"),
        "order.paid_cash" => ("收了现金", "paid in cash"),
        "unfinished.followed_up" => ("问过没点完的", "half-done order followed up"),
        "paper.reprinted" => ("重打了一张", "paper printed again"),
        "paper.found" => ("找到了纸", "paper found"),
        "check.closed" => ("记下了探望结果", "welfare check closed"),
        "check.step" => ("记了探望的一步", "step for a shut door"),
        "care.contacts" => ("改了可以告诉谁", "family contacts changed"),
        "care.paused" => ("登记了不来的日子", "days away written down"),
        "care.back" => ("结束了不来的日子", "days away ended"),
        "care.knock_consent" => ("记了是否同意敲门", "consent to knocking"),
        "knock.closed" => ("记下了敲门结果", "knock written down"),
        "knock.printed" => ("打印了敲门名单", "knock list printed"),
        "resident.erased" => ("删除了一个人的资料", "a person's data erased"),
        "resident.export" => ("导出了一个人的资料", "a person's data exported"),
        "checks" => ("探望", "Shut doors"),
        "care" => ("关照", "Care"),
        "knock" => ("敲门名单", "Knock list"),
        "today" => ("今天", "Today"),
        "money" => ("钱款：查找", "Money: search"),
        "account" => ("钱款：账户", "Money: account"),
        "figures" => ("统计", "Figures"),
        "certificate" => ("服务证明", "Certificate of hours"),
        _ => ("", ""),
    }
}
