//! Short messages that go away by themselves.

use super::{Lang, not_that_day};
use crate::kiosk::controller::view::Toast;

/// A short message.
pub fn toast(lang: Lang, toast: Toast) -> String {
    match (lang, toast) {
        (Lang::Zh, Toast::Amended) => "已经改好了".to_owned(),
        (Lang::En, Toast::Amended) => "Your order is changed".to_owned(),
        (_, Toast::NotThatDay(why)) => not_that_day(lang, why).to_owned(),
        (Lang::Zh, Toast::WeekPlacedLater(n)) => format!("{n} 天已经订好，小票马上打印"),
        (Lang::En, Toast::WeekPlacedLater(n)) => {
            format!("{n} days are ordered; slips are printing")
        }
        (Lang::Zh, Toast::TakenBack(n)) => format!("{n} 号已取消"),
        (Lang::En, Toast::TakenBack(n)) => format!("Number {n} is cancelled"),
        (Lang::Zh, Toast::FormPrinting) => "填写单正在打印，请拿好".to_owned(),
        (Lang::En, Toast::FormPrinting) => "Your form is printing".to_owned(),
        (Lang::Zh, Toast::PlacedLater(n)) => format!("{n} 号已经下单，小票马上打印"),
        (Lang::En, Toast::PlacedLater(n)) => format!("Order {n} is placed; its slip is printing"),
        (Lang::Zh, Toast::Ready(n)) => format!("{n} 号可以取餐"),
        (Lang::En, Toast::Ready(n)) => format!("Number {n} is ready"),
        (Lang::Zh, Toast::SeveralReady(n)) => format!("{n} 个号可以取餐"),
        (Lang::En, Toast::SeveralReady(n)) => format!("{n} numbers are ready"),
        (Lang::Zh, Toast::NoVoice) => "现在念不出来，请看屏幕，或叫工作人员".to_owned(),
        (Lang::En, Toast::NoVoice) => "It can't be read aloud now; please ask the staff".to_owned(),
        (Lang::Zh, Toast::Collected(n)) => format!("{n} 号已取走"),
        (Lang::En, Toast::Collected(n)) => format!("Number {n} is collected"),
        (Lang::Zh, Toast::TicketRefused) => "这张单子不能再往下走了，请看工作人员页面".to_owned(),
        (Lang::En, Toast::TicketRefused) => {
            "This ticket can't go further; see the staff page".to_owned()
        }
        (Lang::Zh, Toast::SlipTaken) => "路线单正在打印，一路平安".to_owned(),
        (Lang::En, Toast::SlipTaken) => "Your round slip is printing. Walk safely!".to_owned(),
        (Lang::Zh, Toast::Noted) => "好，照办了".to_owned(),
        (Lang::En, Toast::Noted) => "Done".to_owned(),
        (Lang::Zh, Toast::HandInUndone) => "撤回了，请改好再交".to_owned(),
        (Lang::En, Toast::HandInUndone) => "Taken back; mend it and hand in again".to_owned(),
        (Lang::Zh, Toast::UnknownCode) => "这个码不认识，请换一张卡或小票".to_owned(),
        (Lang::En, Toast::UnknownCode) => {
            "This code is unknown; try another card or slip".to_owned()
        }
    }
}
