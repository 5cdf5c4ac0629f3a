//! The slip that proves a top-up or a refund.

use super::parts::{BODY, LARGE, SMALL, day_clock, pair, price};
use crate::domain::{Fen, PaymentMethod};
use crate::tickets::content::AccountSlip;
use crate::tickets::paper::{Block, Paper, Text};

/// The slip.
pub(super) fn slip(paper: &mut Paper, t: &AccountSlip) {
    let out = t.amount < Fen::ZERO;
    let title = if out { "助老餐  退款单" } else { "助老餐  充值单" };
    paper.add(Text::bold(title, LARGE).shrinking());
    paper.add(Text::new(day_clock(t.at), SMALL).shrinking());
    paper.add(Block::Rule(3));
    let whose = format!("{}  {}号楼 {}室", t.surname, t.door.building, t.door.room());
    paper.add(Text::bold(whose, BODY).shrinking());
    let (label, amount) = if out { ("退还", -t.amount) } else { ("充值", t.amount) };
    paper.add(pair(label, price(amount), LARGE));
    let how = match (out, t.method) {
        (true, _) => "现金退还",
        (false, PaymentMethod::Cash) => "收现金",
        (false, _) => "其他方式收款",
    };
    paper.add(Text::new(how, BODY).shrinking());
    paper.add(Block::Rule(3));
    paper.add(pair("账户余额", price(t.balance), LARGE));
    paper.add(Text::new(format!("经手 {}  请保留此单", t.clerk), SMALL).shrinking());
    if out {
        paper.add(Block::WriteLine(Text::new("领款人签名", BODY)));
    }
}
