//! Notices in words: refusals, faults, and good ends.

use super::closed::over;
use super::refusal::{Words, refusal};
use super::{Lang, money, outcome};
use crate::backup::BackedUp;
use crate::domain::{Fulfilment, PaymentMethod, PaymentState};
use crate::kiosk::controller::page::Notice;
use crate::kiosk::controller::view::Mood;
use crate::kiosk::controller::{Purpose, WayOut};

/// The facts of the day that a notice may name.
#[derive(Debug, Clone, Copy)]
pub struct Day<'a> {
    /// Cut-offs and service times, as in [`crate::kiosk::protocol::Today::times`].
    pub times: Option<&'a [String; 4]>,
    /// Whether eat-in and take-away can still be ordered.
    pub collection: bool,
}

/// A notice, in words.
pub fn notice(lang: Lang, notice: &Notice, day: Day) -> (Mood, Words) {
    match notice {
        Notice::Refused(no) => (Mood::No, refusal(lang, no)),
        Notice::Over(fulfilment) => {
            let place = usize::from(*fulfilment != Fulfilment::Delivery);
            let cut_off = day.times.map_or("", |times| times[place].as_str());
            (Mood::No, over(lang, *fulfilment, cut_off, day.collection))
        }
        Notice::Failed(purpose) => (Mood::Fault, failed(lang, *purpose)),
        Notice::NoAnswer(purpose) => (Mood::Fault, no_answer(lang, *purpose)),
        Notice::Cancelled(order) => (Mood::Good, cancelled(lang, order)),
        Notice::NoOrders => (
            Mood::No,
            Words::new(
                lang.pick("没有还没吃的订单", "No open order"),
                lang.pick("今天和后面几天都没有。", "None for today, none for the next days."),
                &[WayOut::Home],
            ),
        ),
        Notice::DayEnded(backed_up) => {
            let (mood, text) = match backed_up {
                BackedUp::Everywhere => (
                    Mood::Good,
                    lang.pick(
                        "备份做好了，合计单正在打印。",
                        "The backup is made; the tally is printing.",
                    ),
                ),
                BackedUp::HereOnly => (
                    Mood::No,
                    lang.pick(
                        "账记好了，备份在本机上。U 盘没有插好或满了，请看一下。",
                        "The backup is on this machine only: the stick is missing or full.",
                    ),
                ),
                BackedUp::Nowhere => (
                    Mood::Fault,
                    lang.pick(
                        "账已经记好，但是备份没有做成。请找技术人员看磁盘。",
                        "The books are closed, but there is no backup. Have somebody look at the disk.",
                    ),
                ),
            };
            let headline = lang.pick("今天结束了，辛苦！", "The day is closed");
            (mood, Words::new(headline, text, &[WayOut::Home]))
        }
        Notice::HandedIn(delivered, others) => {
            let mut lines = vec![match lang {
                Lang::Zh => format!("送到 {delivered} 份。"),
                Lang::En => format!("Meals delivered: {delivered}."),
            }];
            lines.extend(others.iter().map(|(number, what)| match lang {
                Lang::Zh => format!("{number} 号：{}。", outcome(lang, *what)),
                Lang::En => format!("{number}: {}.", outcome(lang, *what)),
            }));
            let text = lines.join(lang.pick("", " "));
            let headline = lang.pick("谢谢您，辛苦了！", "Thank you!");
            (Mood::Good, Words::new(headline, text, &[WayOut::Home]))
        }
    }
}

fn failed(lang: Lang, purpose: Purpose) -> Words {
    let text = match purpose {
        Purpose::Place | Purpose::PlaceWeek => lang.pick(
            "这一单没有下成，没有收钱。请叫工作人员，或再试一次。",
            "Nothing was ordered and nothing was paid. Call the staff, or try again.",
        ),
        Purpose::Amend | Purpose::Cancel => lang.pick(
            "原来的订单没有变。请叫工作人员，或再试一次。",
            "Your order is as it was. Call the staff, or try again.",
        ),
        Purpose::HandIn
        | Purpose::UndoHandIn
        | Purpose::TakeSlip
        | Purpose::StaffStep
        | Purpose::SalesStep
        | Purpose::ReprintStep
        | Purpose::Correct
        | Purpose::CloseDay
        | Purpose::UpdateStep
        | Purpose::PaperStep
        | Purpose::FollowUp => lang.pick(
            "没有记下来，原来的都在。请再试一次，或在纸上记下。",
            "It was not recorded; what was there is safe. Try again, or note it on paper.",
        ),
        _ => lang.pick(
            "已有的订单都在。请叫工作人员，或再试一次。",
            "Orders already made are safe. Call the staff, or try again.",
        ),
    };
    Words::new(
        lang.pick("机器出了点问题", "Something went wrong"),
        text,
        &[WayOut::Home, WayOut::CallStaff, WayOut::Again],
    )
}

fn no_answer(lang: Lang, purpose: Purpose) -> Words {
    let text = if purpose.changes_something() {
        lang.pick(
            "还不知道有没有办成，请不要再按一次，请叫工作人员看一下。",
            "It is not yet known whether it was done. Please don't repeat it; call the staff.",
        )
    } else {
        lang.pick("请等一等再试，或叫工作人员。", "Wait a little and try again, or call the staff.")
    };
    Words::new(lang.pick("机器没有回答", "No answer"), text, &[WayOut::Home, WayOut::CallStaff])
}

fn cancelled(lang: Lang, order: &crate::domain::Order) -> Words {
    let headline = match lang {
        Lang::Zh => format!("{} 号已取消", order.number),
        Lang::En => format!("Order {} is cancelled", order.number),
    };
    let amount = money(lang, order.total);
    let text = match (order.payment, order.method, lang) {
        (PaymentState::Due, _, Lang::Zh) => "不用付钱。".to_owned(),
        (PaymentState::Due, _, Lang::En) => "There is nothing to pay.".to_owned(),
        (_, Some(PaymentMethod::Account), Lang::Zh) => format!("{amount}已退回账户。"),
        (_, Some(PaymentMethod::Account), Lang::En) => format!("{amount} are back on the account."),
        (_, _, Lang::Zh) => format!("请到窗口拿回 {amount}。"),
        (_, _, Lang::En) => format!("Please get {amount} back at the window."),
    };
    Words::new(headline, text, &[WayOut::Home])
}
