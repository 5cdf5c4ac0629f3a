//! Plain words for what the data says, in Chinese and English.
//!
//! The furniture of the screens is translated where it stands (`ui/`, `@tr`); sentences that
//! depend on the day, the order or a refusal are made here.

mod care;
mod closed;
mod help;
mod notice;
mod obstacle;
mod paper_only;
mod printer;
mod refusal;
mod rounds;
pub mod spoken;
mod toast;
mod update;
mod upkeep;
mod week;

pub use help::help;
pub use notice::{Day, notice};
pub use obstacle::obstacles;
pub use paper_only::{
    nothing_ordered, paper_only_headline, paper_only_reason, paper_only_text, photographer, wake_up,
};
pub use printer::{paper, paper_state, printer, printer_state, queue, to_do};
pub use refusal::{Words, refusal};
pub use rounds::for_dispatcher;
pub use toast::toast;
pub use update::{checksum, updates};
pub use upkeep::upkeep;
pub use week::{difference, not_ordered, not_that_day, reached, why_not};

use crate::domain::{
    Allergen, Category, Dish, Door, Fen, Fulfilment, Menu, OrderState, Outcome, PaymentState,
    Portions, Preferences, ServiceDate, Substitute,
};
use crate::kiosk::controller::{Keeper, WayOut};

/// A language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, the source language.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both, Chinese first.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// The word of this language.
    pub const fn pick<T: Copy>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The name of the folder with its translation; empty for the source language.
    pub const fn bundle(self) -> &'static str {
        self.pick("", "en")
    }

    /// The code in file names.
    pub const fn code(self) -> &'static str {
        self.pick("zh", "en")
    }
}

/// `20 元`, `20 yuan`.
pub fn money(lang: Lang, amount: Fen) -> String {
    format!("{amount} {}", lang.pick("元", "yuan"))
}

/// `20 元`, `￥20`: where a line must stay short.
pub fn short_money(lang: Lang, amount: Fen) -> String {
    match lang {
        Lang::Zh => money(lang, amount),
        Lang::En => format!("￥{amount}"),
    }
}

/// `2 份`, `2 portions`.
pub fn portions(lang: Lang, count: u32) -> String {
    match lang {
        Lang::Zh => format!("{count} 份"),
        Lang::En if count == 1 => "1 portion".to_owned(),
        Lang::En => format!("{count} portions"),
    }
}

/// `2 份`, `×2`: where a line must stay short.
pub fn count(lang: Lang, portions: Portions) -> String {
    match lang {
        Lang::Zh => format!("{} 份", portions.get()),
        Lang::En => format!("×{}", portions.get()),
    }
}

/// Month, day and weekday.
pub fn date(lang: Lang, date: ServiceDate) -> String {
    match lang {
        Lang::Zh => date.zh(),
        Lang::En => date.en(),
    }
}

/// `今天`, or the weekday.
pub fn day(lang: Lang, date: ServiceDate, today: ServiceDate) -> String {
    if date == today {
        return lang.pick("今天", "Today").to_owned();
    }
    match lang {
        Lang::Zh => crate::domain::calendar::weekday_zh(date.0.weekday()).to_owned(),
        Lang::En => date.0.strftime("%a").to_string(),
    }
}

/// The dish, by name.
pub fn dish(lang: Lang, dish: &Dish) -> String {
    lang.pick(dish.zh.as_str(), dish.en.as_str()).to_owned()
}

/// The substitute dish, by name.
pub fn substitute(lang: Lang, dish: &Substitute) -> String {
    lang.pick(dish.zh.as_str(), dish.en.as_str()).to_owned()
}

/// The dishes in one phrase, with the substitute where it is wanted.
pub fn dishes(lang: Lang, menu: &Menu, with_substitute: bool) -> String {
    dish_names(lang, menu, with_substitute).join(lang.pick("、", ", "))
}

/// The dishes, the main one first, with the substitute where it is wanted.
pub fn dish_names(lang: Lang, menu: &Menu, with_substitute: bool) -> Vec<String> {
    let name = |d: &Dish| match &d.substitute {
        Some(other) if with_substitute => substitute(lang, other),
        _ => dish(lang, d),
    };
    menu.dishes.iter().map(name).collect()
}

/// The way of eating, as on its key.
pub const fn way(lang: Lang, way: Fulfilment) -> &'static str {
    match way {
        Fulfilment::EatIn => lang.pick("堂食", "Eat here"),
        Fulfilment::TakeAway => lang.pick("自取", "Take away"),
        Fulfilment::Delivery => lang.pick("外送到家", "Delivery"),
    }
}

/// The price group.
pub const fn category(lang: Lang, category: Category) -> &'static str {
    match category {
        Category::Senior => lang.pick("老年餐", "Senior"),
        Category::Hardship => lang.pick("困难补助", "Supported"),
        Category::Volunteer => lang.pick("志愿者", "Volunteer"),
        Category::Guest => lang.pick("访客", "Guest"),
    }
}

/// A door as said in the compound.
pub fn door(lang: Lang, door: &Door) -> String {
    match lang {
        Lang::Zh => door.to_string(),
        Lang::En if door.is_forgotten() => format!("Bldg {}", door.building),
        Lang::En => format!("Bldg {}-{}", door.building, door.room()),
    }
}

/// What is done differently, or that nothing is.
pub fn preferences(lang: Lang, preferences: &Preferences) -> String {
    let words: Vec<&str> = match lang {
        Lang::Zh => preferences.words_zh(),
        Lang::En => [
            (preferences.less_salt, "less salt"),
            (preferences.softer, "softer"),
            (preferences.less_rice, "less rice"),
            (preferences.substitute, "other dish"),
        ]
        .into_iter()
        .filter_map(|(on, word)| on.then_some(word))
        .collect(),
    };
    let mut text = words.join(lang.pick("、", ", "));
    if !preferences.note.is_empty() {
        if !text.is_empty() {
            text.push_str(lang.pick("；", "; "));
        }
        text.push_str(&preferences.note);
    }
    if text.is_empty() { lang.pick("没有", "none").to_owned() } else { text }
}

/// Allergens in one phrase.
pub fn allergens(lang: Lang, list: &[Allergen]) -> String {
    list.iter()
        .map(|a| lang.pick(a.zh(), a.as_str()))
        .collect::<Vec<_>>()
        .join(lang.pick("、", ", "))
}

/// How far an order has come.
pub const fn state(lang: Lang, state: OrderState) -> &'static str {
    match state {
        OrderState::Placed => lang.pick("已下单", "ordered"),
        OrderState::Ready => lang.pick("可以取餐", "ready"),
        OrderState::Collected => lang.pick("已取走", "collected"),
        OrderState::OnRound => lang.pick("正在送", "on its way"),
        OrderState::Delivered => lang.pick("已送到", "delivered"),
        OrderState::Returned => lang.pick("已退回", "came back"),
        OrderState::Cancelled => lang.pick("已取消", "cancelled"),
        OrderState::NotCollected => lang.pick("没有取", "not collected"),
    }
}

/// Whether the money has come.
pub const fn payment(lang: Lang, payment: PaymentState) -> &'static str {
    match payment {
        PaymentState::Due => lang.pick("未付", "to pay"),
        PaymentState::Paid => lang.pick("已付", "paid"),
        PaymentState::Refunded => lang.pick("已退款", "refunded"),
    }
}

/// What happened at a door.
pub const fn outcome(lang: Lang, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => lang.pick("已送到", "Delivered"),
        Outcome::LeftWith => lang.pick("他人代收", "Left with"),
        Outcome::NoAnswer => lang.pick("无人应门", "No answer"),
        Outcome::Refused => lang.pick("拒收", "Refused"),
        Outcome::Cancelled => lang.pick("途中取消", "Called off"),
    }
}

/// Who kept a meal.
pub const fn keeper(lang: Lang, keeper: Keeper) -> &'static str {
    match keeper {
        Keeper::Family => lang.pick("家人", "Family"),
        Keeper::Neighbour => lang.pick("邻居", "Neighbour"),
        Keeper::Guard => lang.pick("门卫", "Guard"),
        Keeper::Leader => lang.pick("楼组长", "Leader"),
    }
}

/// What happens after an order of this kind was placed.
pub fn what_now(lang: Lang, way: Fulfilment, from: &str, until: &str) -> String {
    match way {
        Fulfilment::EatIn | Fulfilment::TakeAway => match lang {
            Lang::Zh => format!("{from} 到 {until} 开饭。\n听到叫号到窗口取餐。"),
            Lang::En => format!(
                "Lunch is {from} to {until}. When your number is called, come to the window."
            ),
        },
        Fulfilment::Delivery => match lang {
            Lang::Zh => format!("{from} 以后，志愿者送到您家门口。请在家等候。"),
            Lang::En => {
                format!("A volunteer brings it to your door after {from}. Please be at home.")
            }
        },
    }
}

/// What is on record of a door, with who kept the meal.
pub fn visited(lang: Lang, what: Outcome, left_with: &str) -> String {
    let known = Keeper::ALL.iter().find(|k| k.zh() == left_with);
    match (left_with.is_empty(), lang) {
        (true, _) => outcome(lang, what).to_owned(),
        (false, Lang::Zh) => format!("{left_with}代收"),
        (false, Lang::En) => format!("Left: {}", known.map_or(left_with, |k| keeper(lang, *k))),
    }
}

/// The line above the numbers while some are being called; empty while none is.
pub fn calling(lang: Lang, numbers: &[u32]) -> String {
    let numbers: Vec<String> = numbers.iter().rev().take(4).map(ToString::to_string).collect();
    if numbers.is_empty() {
        return String::new();
    }
    match lang {
        Lang::Zh => format!("请 {} 号到窗口取餐", numbers.join("、")),
        Lang::En => format!("Please come: {}", numbers.join(", ")),
    }
}

/// The words on the key of a way out.
pub fn way_out(lang: Lang, way: WayOut) -> String {
    match way {
        WayOut::Home => lang.pick("回首页", "Home page").to_owned(),
        WayOut::Again => lang.pick("再试一次", "Try again").to_owned(),
        WayOut::TakeAwayInstead => lang.pick("改为自取", "Take away").to_owned(),
        WayOut::OtherDate(d) => match lang {
            Lang::Zh => format!("订{}的", crate::domain::calendar::weekday_zh(d.0.weekday())),
            Lang::En => format!("Order {}", d.0.strftime("%a")),
        },
        WayOut::WithSubstitute => lang.pick("换一道菜", "Other dish").to_owned(),
        WayOut::Portions(n) => match lang {
            Lang::Zh => format!("只要 {n} 份"),
            Lang::En => format!("Only {n}"),
        },
        WayOut::PayCash => lang.pick("付现金", "Pay cash").to_owned(),
        WayOut::MyOrder => lang.pick("查订单", "My order").to_owned(),
        WayOut::CallStaff => lang.pick("叫人帮忙", "Call staff").to_owned(),
    }
}
