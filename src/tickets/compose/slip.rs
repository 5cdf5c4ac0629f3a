//! The slip in the customer's hand.

use super::parts::{BODY, LARGE, SMALL, clock, in_words, pair, price};
use crate::domain::PaymentMethod;
use crate::tickets::content::{Collect, CustomerSlip, Paid};
use crate::tickets::paper::{Block, Cell, Paper, Stand, Text};

/// Dots a module of the order's code: 0.75 mm, for cameras held by shaking hands.
const ORDER_MODULE: u16 = 6;

/// The customer's slip.
pub(super) fn slip(paper: &mut Paper, t: &CustomerSlip) {
    paper.add(Text::bold(format!("助老餐  {}", t.date.zh()), LARGE).shrinking());
    paper.add(Block::Space(8));
    paper.add(Block::Row(
        vec![
            Cell::fit(Block::Digits(t.number.to_string())),
            Cell::fit(Text::bold("号", STOVE_SIGN).into()),
        ],
        Stand::Middle,
    ));
    paper.add(Block::Space(8));
    collect(paper, &t.collect);
    paper.add(Block::Rule(3));
    in_words(paper, "", &t.content, LARGE);
    for dish in &t.dishes {
        paper.add(Text::new(dish.as_str(), BODY));
    }
    paper.add(Block::Rule(3));
    paper.add(pair("合计", price(t.total), LARGE));
    paper.add(Text::bold(paid(t), BODY).shrinking());
    paper.add(Block::Rule(3));
    paper.add(Block::Row(
        vec![
            Cell::fit(Block::Qr(format!("O1.{}", t.code), ORDER_MODULE)),
            Cell::fill(
                180,
                vec![
                    Text::new("查询、取消凭此码", SMALL).into(),
                    Text::bold(t.code.as_str(), LARGE).shrinking().into(),
                    Text::new("请保留到取餐", SMALL).into(),
                ],
            ),
        ],
        Stand::Middle,
    ));
}

/// The sign behind the number.
const STOVE_SIGN: u16 = 88;

/// Where and when: the one thing a person looks for at home.
fn collect(paper: &mut Paper, how: &Collect) {
    match how {
        Collect::AtWindow { place, from, until } => {
            paper.add(Text::bold(format!("{}–{}", clock(*from), clock(*until)), 60).shrinking());
            paper.add(Text::bold(format!("到 {place} 凭号取餐"), 40).shrinking());
        }
        Collect::AtDoor { door, from, until } => {
            paper.add(Text::new("送到", BODY));
            paper.add(Text::bold(door.to_string(), 60).shrinking());
            let about = format!("大约 {}–{}", clock(*from), clock(*until));
            paper.add(Text::bold(about, 40).shrinking());
        }
    }
}

fn paid(t: &CustomerSlip) -> String {
    match t.paid {
        Paid::DueAtCounter => format!("未付：请到柜台付 {}", price(t.total)),
        Paid::DueAtDoor => format!("未付：送到时付现金 {}", price(t.total)),
        Paid::Paid(PaymentMethod::Cash) => "已付：现金".to_owned(),
        Paid::Paid(PaymentMethod::Account) => "已付：账户扣款".to_owned(),
        Paid::Paid(PaymentMethod::Other) => "已付：其他方式".to_owned(),
    }
}
