//! The state as a view: the first screen.

use super::view::{self, Choice};
use super::{Action, Controller};
use crate::domain::calendar::DayPhase;
use crate::domain::{Category, Dish, Fulfilment};
use crate::kiosk::plate::Food;
use crate::kiosk::protocol::Today;
use crate::kiosk::words::{self, Lang};
use crate::pictures::Picture;

impl Controller {
    pub(super) fn show_home(&self) -> view::Home {
        let lang = self.lang;
        let Some(today) = &self.today else {
            return view::Home {
                headline: lang.pick("您好", "Welcome").to_owned(),
                text: lang.pick("正在看今天的菜单……", "Looking at today's menu …").to_owned(),
                ..view::Home::default()
            };
        };
        let (headline, text) = headline(lang, today);
        let shows_dishes = !matches!(today.phase, DayPhase::Closed { .. });
        let dishes = today.menu.iter().filter(|_| shows_dishes).flat_map(|m| &m.dishes);
        let pictures = today.pictures.iter().cloned().chain(std::iter::repeat(None));
        let own = self.session.person.as_ref().map(|known| known.resident.category);
        let greeting = self.session.person.as_ref().map(|known| {
            let name = known.resident.masked_name();
            let balance = words::short_money(lang, known.balance);
            match lang {
                Lang::Zh => format!("{name} 您好，账户 {balance}"),
                Lang::En => format!("{name} · {balance} left"),
            }
        });
        view::Home {
            date: words::date(lang, today.date),
            clock: today.clock.clone(),
            headline,
            price: if text.is_empty() { price(lang, today, own) } else { String::new() },
            facts: if text.is_empty() { facts(lang, today) } else { String::new() },
            text,
            plates: dishes.clone().zip(pictures).map(plate).collect(),
            dishes: dishes.map(|d| words::dish(lang, d)).collect(),
            open: Self::obstacle(today, Fulfilment::EatIn).is_none(),
            greeting: greeting.unwrap_or_default(),
            ways: Fulfilment::ALL.iter().map(|w| show_way(lang, today, *w)).collect(),
            as_last: self.show_as_last(),
            week: self.session.person.is_some(),
            dates: today
                .bookable
                .iter()
                .take(4)
                .map(|d| {
                    Choice::new(words::day(lang, *d, today.today), Action::Date(*d))
                        .chosen(*d == today.date)
                })
                .collect(),
            called: today
                .called
                .iter()
                .rev()
                .take(6)
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("  "),
        }
    }
}

fn plate((dish, picture): (&Dish, Option<Picture>)) -> view::Plate {
    view::Plate { picture, food: Food::of(&dish.zh) }
}

fn hours(time: jiff::civil::Time) -> String {
    time.strftime("%-H:%M").to_string()
}

/// What is the matter with the date shown, and what to do.
fn headline(lang: Lang, today: &Today) -> (String, String) {
    let is_today = today.date == today.today;
    let day = words::day(lang, today.date, today.today);
    let next = |zh: &str, en: &str| match (today.next, lang) {
        (Some(next), Lang::Zh) => format!("{zh}下一次开饭：{}。", words::date(lang, next)),
        (Some(next), Lang::En) => format!("{en} Next lunch: {}.", words::date(lang, next)),
        (None, _) => lang.pick(zh, en).to_owned(),
    };
    let lunch = match lang {
        Lang::Zh => format!("{day}的午餐"),
        Lang::En if is_today => "Today's lunch".to_owned(),
        Lang::En => format!("Lunch on {day}"),
    };
    match &today.phase {
        DayPhase::Closed { reason } => (
            match lang {
                Lang::Zh => format!("{day}没有午餐"),
                Lang::En if is_today => "No lunch today".to_owned(),
                Lang::En => format!("No lunch on {day}"),
            },
            next(&format!("{reason}。"), "The canteen is closed."),
        ),
        DayPhase::BeforeOpening { from } if today.menu.is_some() => (
            lunch,
            match lang {
                Lang::Zh => format!("{} 开始点餐，先看看菜。", hours(*from)),
                Lang::En => format!("Orders start at {}.", hours(*from)),
            },
        ),
        _ if today.menu.is_none() => (
            lang.pick("菜单还没有写好", "No menu yet").to_owned(),
            lang.pick("请晚一点再来，或看别的日子。", "Come back later, or look at another day.")
                .to_owned(),
        ),
        DayPhase::OrdersClosed => (
            lunch,
            match lang {
                Lang::Zh => format!("{} 已停止点餐，可以订别的日子。", today.times[1]),
                Lang::En => format!("Closed {}. Try another day.", today.times[1]),
            },
        ),
        _ if today.left == 0 => (
            lunch,
            lang.pick("已经订完了，可以订别的日子。", "Sold out. Choose another day.").to_owned(),
        ),
        _ => (lunch, String::new()),
    }
}

/// The prices at the counter: the person's own, or seniors' and guests'.
fn price(lang: Lang, today: &Today, own: Option<Category>) -> String {
    let Some(menu) = &today.menu else { return String::new() };
    let groups = match own {
        Some(category) => vec![category],
        None => vec![Category::Senior, Category::Guest],
    };
    groups
        .into_iter()
        .filter_map(|category| {
            let price = menu.prices.get(&category)?;
            // A line of the smallest panel has no room for the word twice in English.
            let price = match lang {
                Lang::Zh => words::money(lang, *price),
                Lang::En => format!("￥{price}"),
            };
            Some(format!("{} {price}", words::category(lang, category)))
        })
        .collect::<Vec<_>>()
        .join(" · ")
}

fn facts(lang: Lang, today: &Today) -> String {
    let [delivery, collection, ..] = &today.times;
    match (&today.phase, lang) {
        (DayPhase::Open, Lang::Zh) => format!("还剩 {} 份 · 外送 {delivery} 截止", today.left),
        (DayPhase::Open, Lang::En) => format!("{} left · delivery until {delivery}", today.left),
        (DayPhase::CollectionOnly, Lang::Zh) => {
            format!("还剩 {} 份 · {collection} 截止", today.left)
        }
        (DayPhase::CollectionOnly, Lang::En) => {
            format!("{} left · order until {collection}", today.left)
        }
        (DayPhase::Closed { .. } | DayPhase::OrdersClosed | DayPhase::BeforeOpening { .. }, _) => {
            String::new()
        }
    }
}

fn show_way(lang: Lang, today: &Today, way: Fulfilment) -> Choice {
    let [delivery, collection, from, until] = &today.times;
    let open = Controller::obstacle(today, way).is_none();
    let note = match (way, open, &today.phase) {
        (Fulfilment::Delivery, false, DayPhase::CollectionOnly) => match lang {
            Lang::Zh => format!("{delivery} 已截止"),
            Lang::En => format!("closed at {delivery}"),
        },
        (_, false, DayPhase::BeforeOpening { from }) => match lang {
            Lang::Zh => format!("{} 起", hours(*from)),
            Lang::En => format!("from {}", hours(*from)),
        },
        (_, false, DayPhase::OrdersClosed) => match lang {
            Lang::Zh => format!("{collection} 已截止"),
            Lang::En => format!("closed at {collection}"),
        },
        (_, false, _) if today.left == 0 && today.menu.is_some() => {
            lang.pick("已订完", "sold out").to_owned()
        }
        (_, false, _) => lang.pick("现在不能订", "not now").to_owned(),
        (Fulfilment::EatIn, true, _) => format!("{from}–{until}"),
        (Fulfilment::TakeAway, true, _) => match lang {
            Lang::Zh => format!("{from} 起"),
            Lang::En => format!("from {from}"),
        },
        (Fulfilment::Delivery, true, _) => lang.pick("志愿者送上门", "by a volunteer").to_owned(),
    };
    Choice::new(words::way(lang, way), Action::Way(way)).note(note).open(open)
}
