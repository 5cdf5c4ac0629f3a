//! Why something about a person's care can't be done, in words.

use super::refusal::Words;
use super::{Lang, money};
use crate::domain::{CareRefusal, Fen, Refusal};
use crate::kiosk::controller::WayOut::{CallStaff, Home};

/// A refusal of the pages of care, in words.
pub(super) fn refusal(lang: Lang, refusal: &CareRefusal) -> Words {
    let (zh, en, zh_text, en_text) = match refusal {
        CareRefusal::StepTaken => (
            "这一步刚才有人记过了",
            "Somebody has just written this step down",
            "没有重复记。请刷新，看看下一步是什么。",
            "Nothing was written twice. Reload the page and look at what comes next.",
        ),
        CareRefusal::PageOutdated => (
            "这一页刚才有人改过了",
            "Somebody has just changed this page",
            "您的改动没有做。请刷新，再改一次。",
            "Your change was not made. Reload the page and do it again.",
        ),
        CareRefusal::ContactNotWhole => (
            "联系人没有写全",
            "A contact is not complete",
            "每位要有名字和电话（只用数字、空格、+ 和 -），最多四位。没有改动。",
            "Each needs a name and a telephone number (digits, spaces, + and -), four at most. Nothing was changed.",
        ),
        CareRefusal::PauseEndsFirst => (
            "结束的日子比开始的早",
            "It ends before it begins",
            "请看一下日期，再填一次。",
            "Look at the dates and fill it in again.",
        ),
        CareRefusal::PauseMeets => (
            "这几天已经登记过了",
            "Some of these days are written down already",
            "请先看已有的暂停，需要的话先把它结束。",
            "Look at the pauses there are; end that one first if need be.",
        ),
        CareRefusal::SpeakerMissing => (
            "还没有写是谁说的",
            "Who said so is missing",
            "请写本人，或者替他说话的家人的名字。",
            "Write that it was the resident, or the name of who speaks for them.",
        ),
        CareRefusal::NotOnKnockList => (
            "这一家已经不在名单上了",
            "This door is no longer on the list",
            "有人已经记过，或者他来过了。请刷新名单。",
            "Somebody has written it down, or the resident came. Reload the list.",
        ),
        CareRefusal::MoneyOnAccount { balance } => {
            let owes = *balance < Fen::ZERO;
            let amount = money(lang, if owes { -*balance } else { *balance });
            let headline = match (lang, owes) {
                (Lang::Zh, false) => format!("账户里还有 {amount}"),
                (Lang::Zh, true) => format!("还欠 {amount}"),
                (Lang::En, false) => format!("The account holds {amount}"),
                (Lang::En, true) => format!("{amount} are still owed"),
            };
            let text = lang
                .pick("请先在“钱款”里结清，再删除。", "Settle it under “Money” first, then erase.");
            return Words::new(headline, text, &[CallStaff, Home]);
        }
        CareRefusal::StillOpen => (
            "还有没办完的事",
            "Something is still open",
            "请先把订单和探望办完，再删除。",
            "Finish the orders and checks of this person first, then erase.",
        ),
    };
    Words::new(lang.pick(zh, en), lang.pick(zh_text, en_text), &[CallStaff, Home])
}

/// Why a check can't be closed, in words.
pub(super) fn of_check(lang: Lang, refusal: &Refusal) -> Words {
    let (zh, en, zh_text, en_text) = match refusal {
        Refusal::FindingMissing => (
            "还没有写看到了什么",
            "What was found is missing",
            "写一句就可以：人怎么样，在哪里。",
            "One sentence is enough: how they are, and where.",
        ),
        _ => (
            "这一家已经有人看过、记好了",
            "Somebody has already looked in here",
            "不用再做。请刷新。",
            "Nothing is left to do. Reload the page.",
        ),
    };
    Words::new(lang.pick(zh, en), lang.pick(zh_text, en_text), &[CallStaff, Home])
}
