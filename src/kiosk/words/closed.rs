//! A day without lunch, and a way of eating that is over for the day.

use super::refusal::Words;
use super::{Lang, date, way};
use crate::domain::{Fulfilment, ServiceDate};
use crate::kiosk::controller::WayOut;

/// Ordering this way is over for the day; `cut_off` is local, `10:00`.
pub(super) fn over(lang: Lang, fulfilment: Fulfilment, cut_off: &str, collection: bool) -> Words {
    let what = way(lang, fulfilment);
    let headline = match lang {
        Lang::Zh => format!("{what} {cut_off} 已截止"),
        Lang::En => format!("{what} closed at {cut_off}"),
    };
    if fulfilment == Fulfilment::Delivery && collection {
        let text = lang.pick(
            "现在还可以自取或堂食，也可以订后面几天的。",
            "You can still take away or eat here, or order for another day.",
        );
        Words::new(headline, text, &[WayOut::Home, WayOut::TakeAwayInstead])
    } else {
        let text = lang.pick(
            "今天的饭已经在做了。可以订后面几天的；有急事请叫工作人员。",
            "Today's lunch is being cooked. You can order for another day, or ask the staff.",
        );
        Words::new(headline, text, &[WayOut::CallStaff, WayOut::Home])
    }
}

/// There is no lunch on a day, why, and when there is next.
pub(super) fn closed(
    lang: Lang,
    day: ServiceDate,
    reason: &str,
    next: Option<ServiceDate>,
) -> Words {
    let headline = match lang {
        Lang::Zh => format!("{}没有午餐", date(lang, day)),
        Lang::En => format!("No lunch on {}", date(lang, day)),
    };
    let text = match (lang, next) {
        (Lang::Zh, Some(next)) => format!("{reason}。下一次开饭：{}。", date(lang, next)),
        (Lang::Zh, None) => format!("{reason}。"),
        (Lang::En, Some(next)) => {
            format!("The canteen is closed. Next lunch: {}.", date(lang, next))
        }
        (Lang::En, None) => "The canteen is closed.".to_owned(),
    };
    let mut ways = vec![WayOut::Home];
    ways.extend(next.map(WayOut::OtherDate));
    Words::new(headline, text, &ways)
}
