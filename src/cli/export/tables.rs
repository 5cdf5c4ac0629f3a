//! Orders and ledger as CSV for Excel.

use std::collections::BTreeMap;

use crate::cli::Failure;
use crate::domain::{
    Calendar, Order, OrderState, PaymentMethod, PaymentState, Resident, ResidentId,
};
use crate::store::ledger::{Account, Entry};

/// Signs with which a spreadsheet takes a text for a formula, and the sign that protects it.
const FORMULA: [char; 5] = ['=', '+', '-', '@', '\''];

/// A table on its way into a file.
struct Table {
    rows: csv::Writer<Vec<u8>>,
}

impl Table {
    fn new(headings: &[&str]) -> Result<Self, Failure> {
        // The mark tells Excel that the file is UTF-8.
        let begin = "\u{feff}".as_bytes().to_vec();
        let terminator = csv::Terminator::CRLF;
        let mut rows = csv::WriterBuilder::new().terminator(terminator).from_writer(begin);
        rows.write_record(headings).map_err(Failure::failed)?;
        Ok(Self { rows })
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Failure> {
        self.rows.write_record(cells).map_err(Failure::failed)
    }

    fn finish(self) -> Result<Vec<u8>, Failure> {
        self.rows.into_inner().map_err(Failure::failed)
    }
}

/// A text on one line that no spreadsheet calculates. Numbers are written without it, so that a
/// negative amount stays a number.
fn safe(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.starts_with(FORMULA) { format!("'{line}") } else { line }
}

/// A row for each order.
pub fn orders(
    list: &[Order],
    residents: &[Resident],
    calendar: &Calendar,
) -> Result<Vec<u8>, Failure> {
    let known: BTreeMap<ResidentId, &Resident> = residents.iter().map(|r| (r.id, r)).collect();
    let mut table = Table::new(&[
        "日期",
        "取餐号",
        "方式",
        "份数",
        "类别",
        "姓名",
        "楼号",
        "室号",
        "要求",
        "厨房备注",
        "忌口",
        "金额",
        "付款",
        "付款方式",
        "状态",
        "下单时间",
        "住户内部编号",
    ])?;
    for order in list {
        let resident = order.resident.and_then(|id| known.get(&id));
        let allergies: Vec<&str> = order.allergies.iter().map(|a| a.zh()).collect();
        table.row([
            order.date.to_string(),
            order.number.to_string(),
            order.fulfilment.zh().to_owned(),
            order.portions.get().to_string(),
            order.category.zh().to_owned(),
            safe(resident.map_or("", |r| &r.name)),
            safe(order.door.as_ref().map_or("", |d| &d.building)),
            order.door.as_ref().map_or_else(String::new, crate::domain::Door::room),
            order.preferences.words_zh().join("、"),
            safe(&order.preferences.note),
            allergies.join("、"),
            order.total.to_string(),
            payment_zh(order.payment).to_owned(),
            order.method.map_or("", method_zh).to_owned(),
            state_zh(order.state).to_owned(),
            calendar.local(order.placed_at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
            order.resident.map_or_else(String::new, |id| id.to_string()),
        ])?;
    }
    table.finish()
}

/// A row for each side of each posting; the rows of one 凭证号 add up to nothing.
pub fn ledger(list: &[Entry], calendar: &Calendar) -> Result<Vec<u8>, Failure> {
    let mut table = Table::new(&[
        "时间",
        "凭证号",
        "科目",
        "金额",
        "用餐日期",
        "取餐号",
        "住户内部编号",
        "说明",
    ])?;
    for entry in list {
        table.row([
            calendar.local(entry.at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
            safe(&entry.posting),
            account_zh(entry.account).to_owned(),
            entry.amount.to_string(),
            entry.date.map_or_else(String::new, |d| d.to_string()),
            entry.number.map_or_else(String::new, |n| n.to_string()),
            entry.resident.map_or_else(String::new, |id| id.to_string()),
            safe(&entry.note),
        ])?;
    }
    table.finish()
}

const fn payment_zh(payment: PaymentState) -> &'static str {
    match payment {
        PaymentState::Due => "未付",
        PaymentState::Paid => "已付",
        PaymentState::Refunded => "已退款",
    }
}

const fn method_zh(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Cash => "现金",
        PaymentMethod::Account => "预存账户",
        PaymentMethod::Other => "其他",
    }
}

const fn state_zh(state: OrderState) -> &'static str {
    match state {
        OrderState::Placed => "已下单",
        OrderState::Ready => "待取",
        OrderState::Collected => "已取",
        OrderState::OnRound => "配送中",
        OrderState::Delivered => "已送达",
        OrderState::Returned => "退回",
        OrderState::Cancelled => "已取消",
        OrderState::NotCollected => "未取",
    }
}

const fn account_zh(account: Account) -> &'static str {
    match account {
        Account::Cash => "现金",
        Account::Other => "其他收款",
        Account::Sales => "餐费收入",
        Account::Receivable => "应收",
        Account::Prepaid => "住户预存",
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_text_becomes_a_formula() {
        assert_eq!(safe("=1+1"), "'=1+1");
        assert_eq!(safe("-1"), "'-1");
        assert_eq!(safe(" @SUM(A1)\n"), "'@SUM(A1)");
        assert_eq!(safe("\t=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(safe("少盐, 软食"), "少盐, 软食");
    }
}
