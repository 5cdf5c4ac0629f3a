//! The state as a view: the first screen, the questions about the door, notices and the frame.

use super::page::{Keypad, Page, WhoFor};
use super::view::{self, Choice, Help, Screen, View};
use super::{Action, Controller};
use crate::domain::calendar::DayPhase;
use crate::domain::{Category, Fulfilment};
use crate::kiosk::protocol::Today;
use crate::kiosk::words::{self, Lang};

impl Controller {
    /// What is on the screen now.
    pub fn view(&self) -> View {
        let lang = self.lang;
        View {
            lang,
            screen: self.screen(),
            page: self.steps,
            title: self.title(),
            so_far: self.so_far(),
            can_back: self.pages.len() > 1,
            busy: self.busy(),
            toast: self.toast.map(|t| words::toast(lang, t)).unwrap_or_default(),
            idle: self.seconds_to_answer(),
            help: self.help_open.then(|| Help {
                text: words::help(lang, self.page()).to_owned(),
                called: self.help_called,
            }),
            status: self
                .today
                .as_ref()
                .map(|t| words::printer(lang, t.printer).to_owned())
                .unwrap_or_default(),
        }
    }

    fn screen(&self) -> Screen {
        match self.page() {
            Page::Home => Screen::Home(self.show_home()),
            Page::Door(who) => Screen::Door(self.show_buildings(*who)),
            Page::Floor(_, building) => Screen::Door(self.show_floors(building)),
            Page::Flat(_, building, floor) => Screen::Door(self.show_flats(building, *floor)),
            Page::Keypad(keypad, typed) => Screen::Keypad(self.show_keypad(keypad, typed)),
            Page::Options => Screen::Options(self.show_options()),
            Page::Confirm => Screen::Confirm(self.show_confirm()),
            Page::Done(shown) => Screen::Done(self.show_done(shown)),
            Page::MyOrder => Screen::Ways(self.show_my_order()),
            Page::Letters(typed) => Screen::Letters(view::Letters {
                typed: spaced(typed),
                places: spaced(&"＿".repeat(6 - typed.len().min(6))),
                enough: typed.len() == 6,
            }),
            Page::Orders(orders) => Screen::List(self.show_orders_list(orders)),
            Page::Order(shown) => Screen::Facts(self.show_order(shown)),
            Page::CancelQuestion(shown) => Screen::Facts(self.show_cancel(shown)),
            Page::Called => Screen::Called(view::Called {
                numbers: self
                    .today
                    .iter()
                    .flat_map(|t| t.called.iter().rev())
                    .map(ToString::to_string)
                    .collect(),
            }),
            Page::Duty => Screen::Ways(self.show_duty()),
            Page::Round(on_duty) => Screen::Facts(self.show_round(on_duty)),
            Page::HandIn(hand_in) => Screen::List(self.show_hand_in(hand_in)),
            Page::Stop(hand_in, index) => Screen::Stop(self.show_stop(hand_in, *index)),
            Page::HandInQuestion(hand_in) => Screen::Facts(self.show_hand_in_sum(hand_in)),
            Page::StaffList(view) => Screen::List(self.show_staff_list(view)),
            Page::StaffOrder(view, id) => Screen::Facts(self.show_staff_order(view, *id)),
            Page::Notice(notice) => Screen::Notice(self.show_notice(notice)),
        }
    }

    fn title(&self) -> String {
        let lang = self.lang;
        let editing = self.session.draft.editing.is_some();
        let title = match self.page() {
            Page::Home | Page::Notice(_) => "",
            Page::Options if editing => lang.pick("改订单", "Change order"),
            Page::Options => lang.pick("要几份？", "How many?"),
            Page::Confirm | Page::HandInQuestion(_) => lang.pick("对不对？", "All right?"),
            Page::Done(_) => lang.pick("订好了", "Ordered"),
            Page::Door(WhoFor::Delivery) => lang.pick("送到哪里？", "Which door?"),
            Page::Door(_) => lang.pick("您住哪里？", "Your door?"),
            Page::Floor(..) => lang.pick("几楼？", "Which floor?"),
            Page::Flat(..) => lang.pick("哪一室？", "Which room?"),
            Page::Keypad(Keypad::Phone(..), _) => lang.pick("电话后四位", "Phone digits"),
            Page::Keypad(Keypad::Badge, _) => lang.pick("志愿者工号", "Badge"),
            Page::Keypad(Keypad::Pin(_) | Keypad::StaffPin, _) => lang.pick("密码", "PIN"),
            Page::MyOrder => lang.pick("查订单", "My order"),
            Page::Letters(_) => lang.pick("六个字母", "Six letters"),
            Page::Orders(_) => lang.pick("您的订单", "Your orders"),
            Page::Order(_) => lang.pick("您的订单", "Your order"),
            Page::CancelQuestion(_) => lang.pick("真的取消？", "Cancel it?"),
            Page::Called => lang.pick("请取餐", "Ready now"),
            Page::Duty => lang.pick("值班", "On duty"),
            Page::Round(_) => lang.pick("您的路线", "Your round"),
            Page::HandIn(_) => lang.pick("交回", "Hand in"),
            Page::Stop(..) => lang.pick("这一家", "This door"),
            Page::StaffList(_) => lang.pick("今天的号", "Today"),
            Page::StaffOrder(..) => lang.pick("这一号", "Number"),
        };
        title.to_owned()
    }

    fn show_home(&self) -> view::Home {
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
        let own = self.session.person.as_ref().map(|known| known.resident.category);
        let greeting = self.session.person.as_ref().map(|known| {
            let name = known.resident.masked_name();
            let balance = words::money(lang, known.balance);
            match lang {
                Lang::Zh => format!("{name} 您好，账户 {balance}"),
                Lang::En => format!("{name} · account {balance}"),
            }
        });
        view::Home {
            date: words::date(lang, today.date),
            clock: today.clock.clone(),
            headline,
            price: if text.is_empty() { price(lang, today, own) } else { String::new() },
            facts: if text.is_empty() { facts(lang, today) } else { String::new() },
            text,
            dishes: dishes.map(|d| words::dish(lang, d)).collect(),
            open: Self::obstacle(today, Fulfilment::EatIn).is_none(),
            greeting: greeting.unwrap_or_default(),
            ways: Fulfilment::ALL.iter().map(|w| show_way(lang, today, *w)).collect(),
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

    fn show_buildings(&self, _who: WhoFor) -> view::Door {
        let lang = self.lang;
        let choices = self.buildings.iter().flatten().map(|b| {
            let label = match lang {
                Lang::Zh => format!("{}号楼", b.number),
                Lang::En => format!("Building {}", b.number),
            };
            Choice::new(b.number.clone(), Action::Building(b.number.clone())).label(label)
        });
        view::Door {
            card: true,
            chosen: String::new(),
            choices: choices.collect(),
            loading: self.buildings.is_none(),
        }
    }

    fn show_floors(&self, building: &crate::domain::Building) -> view::Door {
        let lang = self.lang;
        let choices = (building.first_flat_floor..=building.floors).map(|floor| {
            let label = match lang {
                Lang::Zh => format!("{floor}楼"),
                Lang::En => format!("Floor {floor}"),
            };
            Choice::new(floor.to_string(), Action::Floor(floor)).label(label)
        });
        view::Door {
            chosen: building_words(lang, &building.number),
            choices: choices.collect(),
            ..view::Door::default()
        }
    }

    fn show_flats(&self, building: &crate::domain::Building, floor: u8) -> view::Door {
        let lang = self.lang;
        let choices = (1..=building.flats_per_floor).map(|flat| {
            let room = format!("{floor}{flat:02}");
            let label = match lang {
                Lang::Zh => format!("{room}室"),
                Lang::En => format!("Room {room}"),
            };
            Choice::new(room, Action::Flat(flat)).label(label)
        });
        let chosen = match lang {
            Lang::Zh => format!("{}号楼 {floor}楼", building.number),
            Lang::En => format!("Building {}, floor {floor}", building.number),
        };
        view::Door { chosen, choices: choices.collect(), ..view::Door::default() }
    }

    fn show_keypad(&self, keypad: &Keypad, typed: &str) -> view::Keypad {
        let lang = self.lang;
        let text = match keypad {
            Keypad::Phone(_, door) => match lang {
                Lang::Zh => format!("{}，登记电话的最后四位", words::door(lang, door)),
                Lang::En => format!("{}: last four digits of the phone", words::door(lang, door)),
            },
            Keypad::Badge => lang.pick("请输入工号", "Your badge number").to_owned(),
            Keypad::Pin(_) => lang.pick("请输入四位密码", "Your four-digit PIN").to_owned(),
            Keypad::StaffPin => lang.pick("工作人员密码", "Staff PIN").to_owned(),
        };
        let shown = if keypad.hidden() { "●".repeat(typed.len()) } else { typed.to_owned() };
        let fixed = keypad.min_digits() == keypad.max_digits();
        let empty = if fixed { keypad.max_digits().saturating_sub(typed.len()) } else { 0 };
        view::Keypad {
            text,
            typed: spaced(&shown),
            places: spaced(&"＿".repeat(empty)),
            enough: typed.len() >= keypad.min_digits(),
        }
    }

    fn show_notice(&self, notice: &super::page::Notice) -> view::Notice {
        let day = words::Day {
            times: self.today.as_ref().map(|t| &t.times),
            collection: self.collection_is_open(),
        };
        let (mood, words) = words::notice(self.lang, notice, day);
        view::Notice {
            mood,
            headline: words.headline,
            text: words.text,
            ways: words
                .ways
                .into_iter()
                .map(|way| Choice::new(words::way_out(self.lang, way), Action::Instead(way)))
                .collect(),
        }
    }
}

/// Digits with air between them.
fn spaced(text: &str) -> String {
    text.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

fn building_words(lang: Lang, number: &str) -> String {
    match lang {
        Lang::Zh => format!("{number}号楼"),
        Lang::En => format!("Building {number}"),
    }
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
        _ if today.menu.is_none() => (
            lang.pick("菜单还没有写好", "No menu yet").to_owned(),
            lang.pick("请晚一点再来，或看别的日子。", "Come back later, or look at another day.")
                .to_owned(),
        ),
        DayPhase::OrdersClosed => (
            lunch,
            match lang {
                Lang::Zh => format!("{} 已停止点餐，可以订别的日子。", today.times[1]),
                Lang::En => format!("Ordering ended at {}. Choose another day.", today.times[1]),
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
            Some(format!("{} {}", words::category(lang, category), words::money(lang, *price)))
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
        (DayPhase::Closed { .. } | DayPhase::OrdersClosed, _) => String::new(),
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
