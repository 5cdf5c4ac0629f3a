//! Printers and papers in words: for the person who orders, and for the one who mends.

use super::Lang;
use crate::domain::{PrintJobState, PrintQueue};
use clubhouse_hardware::printer::Status;

/// What the state of printers and papers means for the person at the screen; nothing while all is
/// well.
pub fn printer(lang: Lang, status: Status, doubtful: u32) -> String {
    let said = match status {
        Status::Ready if doubtful > 0 => {
            return match lang {
                Lang::Zh => format!("{doubtful} 张单子请工作人员看一下：值班 → 打印"),
                Lang::En => format!("{doubtful} papers for the staff: On duty, Printing"),
            };
        }
        Status::Ready => "",
        Status::PaperLow => {
            lang.pick("小票纸快用完了，已提醒工作人员", "Slip paper is low; staff are told")
        }
        Status::PaperOut => {
            lang.pick("小票纸用完了，照常点餐，请记住号码", "No slip paper: note your number")
        }
        Status::CoverOpen => {
            lang.pick("打印机盖子开着，照常点餐，请记住号码", "Printer is open: note your number")
        }
        Status::Error | Status::Offline | Status::Disconnected => {
            lang.pick("小票打不出来，照常点餐，请记住号码", "No slips now: note your number")
        }
    };
    said.to_owned()
}

/// What became of the slip, on the page with the number; and whether it is well.
pub const fn paper(lang: Lang, status: Status) -> (&'static str, bool) {
    match status {
        Status::Ready | Status::PaperLow => {
            (lang.pick("请拿好下面的小票。", "Please take your slip below."), true)
        }
        Status::PaperOut => (
            lang.pick(
                "小票纸用完了，已叫工作人员。请记住号码。",
                "The slip paper is out; staff are called. Please remember the number.",
            ),
            false,
        ),
        Status::CoverOpen => (
            lang.pick(
                "打印机盖子开着，已叫工作人员。请记住号码。",
                "The printer is open; staff are called. Please remember the number.",
            ),
            false,
        ),
        Status::Error | Status::Offline | Status::Disconnected => (
            lang.pick(
                "小票现在打不出来，已叫工作人员。请记住号码。",
                "The slip can't be printed now; staff are called. Please remember the number.",
            ),
            false,
        ),
    }
}

/// How a printer is and what the staff do about it.
pub const fn to_do(lang: Lang, status: Status) -> &'static str {
    match status {
        Status::Ready => lang.pick("正常", "works"),
        Status::PaperLow => {
            lang.pick("纸快用完了：备好新纸卷", "Paper is low: have a new roll ready")
        }
        Status::PaperOut => lang.pick(
            "纸用完了：打开前盖，放入新纸卷，纸头朝外",
            "Out of paper: open the cover, put in a new roll, its end towards you",
        ),
        Status::CoverOpen => lang
            .pick("盖子开着：放好纸，两边按到底", "The cover is open: press it shut on both sides"),
        Status::Error => lang.pick(
            "切刀卡住或打印头太热：关电源，取出碎纸，等一分钟再开",
            "Cutter stuck or head too hot: switch off, take out scraps, wait a minute, switch on",
        ),
        Status::Offline => lang.pick(
            "没有回应：看电源灯，按一下走纸键",
            "No answer: look at its light, press the feed key",
        ),
        Status::Disconnected => lang.pick(
            "连不上：看电源开没开，线插好没有",
            "Not connected: is it switched on, is its cable in?",
        ),
    }
}

/// How a printer is, in a word or two: what to do about it stands one page before.
pub const fn printer_state(lang: Lang, status: Status) -> &'static str {
    match status {
        Status::Ready => lang.pick("正常", "works"),
        Status::PaperLow => lang.pick("纸快用完了", "low on paper"),
        Status::PaperOut => lang.pick("没有纸", "no paper"),
        Status::CoverOpen => lang.pick("盖子开着", "cover open"),
        Status::Error => lang.pick("卡住了", "stuck"),
        Status::Offline => lang.pick("没有回应", "no answer"),
        Status::Disconnected => lang.pick("连不上", "not connected"),
    }
}

/// Which papers a queue brings.
pub const fn queue(lang: Lang, queue: PrintQueue) -> &'static str {
    match queue {
        PrintQueue::Kitchen => lang.pick("厨房单", "Kitchen"),
        PrintQueue::Counter => lang.pick("取餐单", "Counter"),
        PrintQueue::Rounds => lang.pick("送餐单", "Rounds"),
    }
}

/// Why a paper needs a person.
pub const fn paper_state(lang: Lang, state: PrintJobState) -> &'static str {
    match state {
        PrintJobState::Uncertain => lang.pick("不知道打出没有", "may not be out"),
        PrintJobState::Failed => lang.pick("打不出来", "can't be printed"),
        PrintJobState::Expired => lang.pick("过时没有打", "too late, not printed"),
        PrintJobState::Queued | PrintJobState::Sending => lang.pick("排队", "waits"),
        PrintJobState::Sent | PrintJobState::Confirmed => lang.pick("打好了", "printed"),
        PrintJobState::Superseded => lang.pick("换新单了", "replaced"),
    }
}
