//! Words of the proposal, of the days ahead, and of what was left half done.

use super::{Lang, refusal, way};
use crate::domain::{Difference, Fulfilment, Reached, Refusal};
use crate::kiosk::controller::view::WhyNot;

/// Why a way can't be had on a day, in a few words.
pub const fn why_not(lang: Lang, why: WhyNot) -> &'static str {
    match why {
        WhyNot::Over => lang.pick("已经截止", "closed by now"),
        WhyNot::SoldOut => lang.pick("已经订完", "sold out"),
        WhyNot::NotSold => lang.pick("这天不卖给您", "not sold to you"),
        WhyNot::Allergy => lang.pick("有您不能吃的", "not for you to eat"),
        WhyNot::Ordered => lang.pick("这天已经订了", "ordered already"),
    }
}

/// The same as a sentence, after a touch on such a day.
pub const fn not_that_day(lang: Lang, why: WhyNot) -> &'static str {
    match why {
        WhyNot::Over => lang.pick("这一种已经截止，请选别的", "Too late for this one"),
        WhyNot::SoldOut => lang.pick("这天已经订完，请选别的日子", "Sold out; choose another day"),
        WhyNot::NotSold => {
            lang.pick("这天不卖给您，请问工作人员", "Not sold to you; ask the staff")
        }
        WhyNot::Allergy => lang.pick("这天的菜有您不能吃的", "Not for you to eat that day"),
        WhyNot::Ordered => lang.pick("已经订了，要换先按那一格", "Ordered; touch that one"),
    }
}

/// What is not as last time, in a sentence; `now` is the way of this order.
pub fn difference(lang: Lang, difference: &Difference, now: Fulfilment) -> String {
    match (difference, lang) {
        (Difference::Way(was), Lang::Zh) => {
            format!("上次是{}，现在已经截止，改成{}。", way(lang, *was), way(lang, now))
        }
        (Difference::Way(was), Lang::En) => {
            format!("{} closed: {} now.", way(lang, *was), way(lang, now))
        }
        (Difference::Fewer(left), Lang::Zh) => format!("只剩 {left} 份了。"),
        (Difference::Fewer(left), Lang::En) => format!("Only {left} left."),
        (Difference::NoSubstitute, Lang::Zh) => "这天没有菜可以换。".to_owned(),
        (Difference::NoSubstitute, Lang::En) => "No other dish on this day.".to_owned(),
        (Difference::Substitute, Lang::Zh) => "有您不能吃的，已经帮您换菜。".to_owned(),
        (Difference::Substitute, Lang::En) => "A dish is changed for your allergy.".to_owned(),
    }
}

/// The question at which an order was left.
pub const fn reached(lang: Lang, reached: Reached) -> &'static str {
    match reached {
        Reached::Door => lang.pick("选房号", "the door"),
        Reached::Options => lang.pick("选份数和口味", "portions and wishes"),
        Reached::Confirm => lang.pick("最后确认", "the last question"),
        Reached::Week => lang.pick("选日子", "the days"),
    }
}

/// Why one day of several was not ordered, in a few words that fit any day.
pub fn not_ordered(lang: Lang, why: &Refusal) -> String {
    match why {
        Refusal::SoldOut { left: 0 } => why_not(lang, WhyNot::SoldOut).to_owned(),
        Refusal::SoldOut { left } => match lang {
            Lang::Zh => format!("只剩 {left} 份"),
            Lang::En => format!("only {left} left"),
        },
        Refusal::PastCutOff { .. } | Refusal::DayClosed { .. } => {
            why_not(lang, WhyNot::Over).to_owned()
        }
        Refusal::NotEnoughMoney { .. } => {
            lang.pick("账户里的钱不够", "not enough on the account").to_owned()
        }
        Refusal::Allergy { .. } => why_not(lang, WhyNot::Allergy).to_owned(),
        other => refusal(lang, other).headline,
    }
}
