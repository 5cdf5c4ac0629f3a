//! Why a change of rounds or roster can't be made, in words for whoever sends volunteers out.

use super::refusal::Words;
use super::{Lang, date, state};
use crate::domain::Refusal;
use crate::kiosk::controller::WayOut::{CallStaff, Home};

/// The words, if the refusal is one of these.
pub(super) fn refusal(lang: Lang, refusal: &Refusal) -> Option<Words> {
    let (headline, text) = match refusal {
        Refusal::PlanChanged { .. } => (
            lang.pick("刚才别人改了路线", "Somebody else just changed the rounds").to_owned(),
            lang.pick(
                "您的改动没有做。请看清现在的路线再改。",
                "Your change was not made. Look at the rounds as they are now, then change them.",
            ),
        ),
        Refusal::RosterChanged => (
            lang.pick("刚才别人改了排班", "Somebody else just changed the roster").to_owned(),
            lang.pick(
                "您的改动没有做。请看清现在的排班再改。",
                "Your change was not made. Look at the roster as it is now, then change it.",
            ),
        ),
        Refusal::PlanOutdated { .. } => (
            lang.pick(
                "排的时候订单、班次或送餐情况变了",
                "Something changed while the rounds were planned",
            )
            .to_owned(),
            lang.pick("路线还是原来的。请再按一次。", "The rounds are as before. Press again."),
        ),
        Refusal::DayOver { date: d } => (
            match lang {
                Lang::Zh => format!("{} 已经过去了", date(lang, *d)),
                Lang::En => format!("{} is over", date(lang, *d)),
            },
            lang.pick("不能再改。", "It stays as it was."),
        ),
        Refusal::BeforeCutOff { cut_off, .. } => {
            let at = cut_off.strftime("%-H:%M");
            (
                match lang {
                    Lang::Zh => format!("外送 {at} 截止以后才排路线"),
                    Lang::En => format!("Rounds are planned after the cut-off at {at}"),
                },
                lang.pick("到时候会自己排。", "They will be planned by themselves then."),
            )
        }
        Refusal::NobodyOnDuty { date: d } => (
            match lang {
                Lang::Zh => format!("{} 没有人值班", date(lang, *d)),
                Lang::En => format!("Nobody is on duty on {}", date(lang, *d)),
            },
            lang.pick("请先在“排班”里排上人。", "Put somebody on the roster first."),
        ),
        Refusal::DutyEndsFirst { .. } => (
            lang.pick("结束的时间要比开始晚", "The end must come after the beginning").to_owned(),
            lang.pick("没有改。", "Nothing was changed."),
        ),
        Refusal::NoRounds { .. } => (
            lang.pick("路线还没有排", "No rounds are planned yet").to_owned(),
            lang.pick("请先排路线。", "Plan them first."),
        ),
        Refusal::NotOnRound { number } => (
            match lang {
                Lang::Zh => format!("{number} 号不在任何一轮里"),
                Lang::En => format!("No. {number} is on no round"),
            },
            lang.pick("什么也没有改。", "Nothing was changed."),
        ),
        Refusal::RoundLeft { round } => (
            match lang {
                Lang::Zh => format!("第 {round} 轮已经出发了"),
                Lang::En => format!("Round {round} has left"),
            },
            lang.pick(
                "餐在袋子里，单子不改。要交给别人，请让这位志愿者退出。",
                "Its meals are in the bag and its slip stays. To give its doors to others, take its volunteer out.",
            ),
        ),
        Refusal::UnknownBuilding { building } => (
            match lang {
                Lang::Zh => format!("没有 {building} 号楼"),
                Lang::En => format!("There is no building {building}"),
            },
            lang.pick("请看清楼号。", "Look at the number again."),
        ),
        Refusal::NoSuchLift { building, wanted } => (
            match (lang, *wanted) {
                (Lang::Zh, "out") => format!("{building} 号楼的电梯没有记成坏的"),
                (Lang::Zh, _) => format!("{building} 号楼没有在用的电梯"),
                (Lang::En, wanted) => format!("Building {building} has no lift that is {wanted}"),
            },
            lang.pick("什么也没有改。", "Nothing was changed."),
        ),
        _ => return None,
    };
    Some(Words::new(headline, text, &[CallStaff, Home]))
}

/// A refusal for whoever sends volunteers out: what means “you” at the screen means somebody else
/// there.
pub fn for_dispatcher(lang: Lang, refusal: &Refusal) -> String {
    match (lang, refusal) {
        (Lang::Zh, Refusal::NotOnDuty { .. }) => {
            "这位志愿者那天没有排班。什么也没有改。".to_owned()
        }
        (Lang::En, Refusal::NotOnDuty { .. }) => {
            "This volunteer is not on duty that day. Nothing was changed.".to_owned()
        }
        (Lang::Zh, Refusal::UnknownVolunteer) => "没有这位志愿者。什么也没有改。".to_owned(),
        (Lang::En, Refusal::UnknownVolunteer) => {
            "There is no such volunteer. Nothing was changed.".to_owned()
        }
        (Lang::Zh, Refusal::UnknownOrder) => "那天没有这个号码。什么也没有改。".to_owned(),
        (Lang::En, Refusal::UnknownOrder) => {
            "There is no such number that day. Nothing was changed.".to_owned()
        }
        (Lang::Zh, Refusal::AlreadyVisited { outcome }) => {
            format!("这一户已经记过：{}。什么也没有改。", outcome.zh())
        }
        (Lang::En, Refusal::AlreadyVisited { outcome }) => {
            let said = outcome.as_str().replace('_', " ");
            format!("This door is on record already: {said}. Nothing was changed.")
        }
        (Lang::Zh, Refusal::WrongState { number, state: s }) => {
            format!("{number} 号{}，不用再送。什么也没有改。", state(lang, *s))
        }
        (Lang::En, Refusal::WrongState { number, state: s }) => {
            format!("No. {number} is {}. Nothing was changed.", state(lang, *s))
        }
        _ => super::refusal(lang, refusal).one_line(),
    }
}
