//! What the machine needs from somebody soon, in words.

use jiff::civil::DateTime;

use super::Lang;
use crate::upkeep::Need;

/// One need in one sentence.
pub fn upkeep(lang: Lang, need: Need) -> String {
    let day = |at: DateTime| match lang {
        Lang::Zh => format!("{} 月 {} 日", at.month(), at.day()),
        Lang::En => at.strftime("%-d %B").to_string(),
    };
    let last = |at: Option<DateTime>| match (lang, at) {
        (Lang::Zh, Some(at)) => format!("上次 {}", day(at)),
        (Lang::Zh, None) => "还没有备份过".to_owned(),
        (Lang::En, Some(at)) => format!("last on {}", day(at)),
        (Lang::En, None) => "never yet".to_owned(),
    };
    match (lang, need) {
        (Lang::Zh, Need::Room(mb)) => format!("存储卡快满了，只剩 {mb} MB，请叫技术人员腾地方"),
        (Lang::En, Need::Room(mb)) => format!("The card is nearly full ({mb} MB left): make room"),
        (Lang::Zh, Need::OldCopy(at)) => format!("备份旧了（{}），请结束当天", day(at)),
        (Lang::En, Need::OldCopy(at)) => format!("The backup is of {}: close the day", day(at)),
        (Lang::Zh, Need::NoStick(at)) => format!("备份用的 U 盘没有插（{}）", last(at)),
        (Lang::En, Need::NoStick(at)) => format!("The backup stick is not in ({})", last(at)),
        (Lang::Zh, Need::OldStick(at)) => format!("U 盘上的备份旧了（{}）", last(at)),
        (Lang::En, Need::OldStick(at)) => format!("The stick's backup is old ({})", last(at)),
    }
}
