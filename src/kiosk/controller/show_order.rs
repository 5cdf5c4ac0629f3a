//! The state as a view: the order being made, the number, and orders found.

use super::page::Page;
use super::view::{self, Choice, Fact};
use super::{Action, Controller, Wish};
use crate::domain::{Category, Fulfilment, Payment, PaymentMethod, PaymentState, Portions};
use crate::kiosk::protocol::ShownOrder;
use crate::kiosk::words::{self, Lang};

impl Controller {
    /// The order so far in one line, while one is being made.
    pub(super) fn so_far(&self) -> String {
        match self.page() {
            Page::Options | Page::Confirm => {}
            Page::Week(week) | Page::WeekConfirm(week) => return self.week_so_far(week),
            _ => return String::new(),
        }
        let lang = self.lang;
        let draft = &self.session.draft;
        let mut parts =
            vec![words::way(lang, draft.way).to_owned(), words::count(lang, draft.portions)];
        if let (Some(known), None) = (&self.session.person, &draft.editing) {
            parts.insert(0, known.resident.masked_name());
        }
        parts.push(words::money(lang, self.draft_total()));
        parts.join(" · ")
    }

    pub(super) fn show_options(&self) -> view::Options {
        let lang = self.lang;
        let draft = &self.session.draft;
        let wishes = &draft.preferences;
        let wish = |zh, en, on, wish| Choice::new(lang.pick(zh, en), Action::Wish(wish)).chosen(on);
        let needed = self.substitute_needed();
        let substitute =
            self.menu().and_then(crate::domain::Menu::substitutable).map(|(dish, other)| {
                wish("换菜", "Other dish", wishes.substitute, Wish::Substitute).note(match lang {
                    Lang::Zh => format!("{} → {}", dish.zh, other.zh),
                    Lang::En => format!("→ {}", other.en),
                })
            });
        let warning = if needed {
            let clashes = match (self.menu(), &self.session.person) {
                (Some(menu), Some(known)) => menu.clashes(&known.resident.allergies, false),
                _ => Vec::new(),
            };
            let what = words::allergens(lang, &clashes);
            match lang {
                Lang::Zh => format!("您不能吃{what}，已经帮您换菜。"),
                Lang::En => format!("No {what} for you: the dish is changed."),
            }
        } else {
            String::new()
        };
        view::Options {
            portions: words::portions(lang, u32::from(draft.portions.get())),
            fewer: draft.portions > Portions::ONE,
            more: draft.portions.get() < self.most_portions(),
            categories: self.show_categories(),
            wishes: vec![
                wish("少盐", "Less salt", wishes.less_salt, Wish::LessSalt),
                wish("软一点", "Softer", wishes.softer, Wish::Softer),
                wish("少饭", "Less rice", wishes.less_rice, Wish::LessRice),
            ],
            substitute: substitute.into_iter().collect(),
            warning,
            editing: draft.editing.is_some(),
        }
    }

    fn show_categories(&self) -> Vec<Choice> {
        let draft = &self.session.draft;
        let Some(menu) = self.menu() else { return Vec::new() };
        if draft.editing.is_some() {
            return Vec::new();
        }
        if self.session.person.is_some() {
            return self.show_as_last_option();
        }
        [Category::Senior, Category::Guest]
            .into_iter()
            .filter_map(|category| {
                let price = menu.prices.get(&category)?;
                Some(
                    Choice::new(words::category(self.lang, category), Action::Category(category))
                        .note(words::money(self.lang, *price))
                        .chosen(draft.category == category),
                )
            })
            .collect()
    }

    pub(super) fn show_confirm(&self) -> view::Confirm {
        let lang = self.lang;
        let draft = &self.session.draft;
        let fact =
            |zh: &str, en: &str, value: String| Fact { name: lang.pick(zh, en).to_owned(), value };
        let mut rows = Vec::new();
        if let Some(today) = &self.today {
            rows.push(fact("哪天", "Day", words::date(lang, today.date)));
        }
        if let Some(menu) = self.menu() {
            rows.push(fact(
                "吃什么",
                "Lunch",
                words::dishes(lang, menu, draft.preferences.substitute),
            ));
        }
        let place = match (&self.session.person, draft.way) {
            (Some(known), Fulfilment::Delivery) => {
                format!(
                    "{} · {}",
                    words::way(lang, draft.way),
                    words::door(lang, &known.resident.door)
                )
            }
            _ => words::way(lang, draft.way).to_owned(),
        };
        rows.push(fact("怎么吃", "How", place));
        let warning = self.confirm_warning();
        let count = words::portions(lang, u32::from(draft.portions.get()));
        let wishes = words::preferences(lang, &draft.preferences);
        if warning.is_empty() {
            let category = words::category(lang, self.category());
            rows.push(fact("几份", "Meals", format!("{count} · {category}")));
            rows.push(fact("要求", "Wishes", wishes));
        } else {
            // The warning takes the room of a row.
            let plain = draft.preferences.is_plain();
            let value = if plain { count } else { format!("{count} · {wishes}") };
            rows.push(fact("几份", "Meals", value));
        }
        view::Confirm {
            rows,
            total: words::money(lang, self.draft_total()),
            payments: self.show_payments(self.draft_total(), draft.payment),
            payment: payment_words(lang, draft.payment, draft.way).to_owned(),
            warning,
        }
    }

    pub(super) fn show_done(&self, shown: &ShownOrder) -> view::Done {
        let lang = self.lang;
        let order = &shown.order;
        let (from, until) =
            self.today.as_ref().map_or(("", ""), |t| (t.times[2].as_str(), t.times[3].as_str()));
        let mut text = words::what_now(lang, order.fulfilment, from, until);
        if self.today.as_ref().is_some_and(|t| t.today != order.date) {
            text = match lang {
                Lang::Zh => format!("{}：{text}", words::date(lang, order.date)),
                Lang::En => format!("{}: {text}", words::date(lang, order.date)),
            };
        }
        let money = match (order.payment, order.method) {
            (PaymentState::Due, _) => {
                let amount = words::money(lang, order.total);
                match (order.fulfilment, lang) {
                    (Fulfilment::Delivery, Lang::Zh) => format!("送到时付 {amount}"),
                    (Fulfilment::Delivery, Lang::En) => format!("Pay {amount} at your door"),
                    (_, Lang::Zh) => format!("取餐时付 {amount}"),
                    (_, Lang::En) => format!("Pay {amount} at the window"),
                }
            }
            (_, Some(PaymentMethod::Account)) => match lang {
                Lang::Zh => format!("已从账户付 {}", words::money(lang, order.total)),
                Lang::En => format!("{} paid from the account", words::money(lang, order.total)),
            },
            _ => words::payment(lang, order.payment).to_owned(),
        };
        let status = self.today.as_ref().map(|t| t.printer);
        let (paper, paper_ok) = status.map_or(("", true), |status| words::paper(lang, status));
        view::Done {
            number: order.number.to_string(),
            text,
            money,
            paper: paper.to_owned(),
            paper_ok,
            code: order.code.to_string(),
            seconds: self.seconds_done(),
        }
    }

    pub(super) fn show_my_order(&self) -> view::Ways {
        let lang = self.lang;
        view::Ways {
            text: lang
                .pick(
                    "把小票上的码或您的卡放到读卡处，或者：",
                    "Hold the code on your slip or your card to the reader, or:",
                )
                .to_owned(),
            ways: vec![
                Choice::new(lang.pick("用房号查", "By room"), Action::ByDoor)
                    .note(lang.pick("房号和电话后四位", "room and phone digits")),
                Choice::new(lang.pick("用字母查", "By letters"), Action::ByLetters)
                    .note(lang.pick("小票上的六个字母", "six letters on the slip")),
            ],
        }
    }

    pub(super) fn show_orders_list(&self, orders: &[ShownOrder]) -> view::List {
        let lang = self.lang;
        let row = |shown: &ShownOrder| {
            let order = &shown.order;
            let text = match lang {
                Lang::Zh => format!("{} 号 {}", order.number, words::state(lang, order.state)),
                Lang::En => format!("No. {} {}", order.number, words::state(lang, order.state)),
            };
            let note = format!(
                "{} · {} · {}",
                words::date(lang, order.date),
                words::way(lang, order.fulfilment),
                words::count(lang, order.portions),
            );
            // Two days may have the same number: the label names the day too.
            let label = match lang {
                Lang::Zh => format!("{} 号 {}", order.number, words::date(lang, order.date)),
                Lang::En => format!("No. {} {}", order.number, words::date(lang, order.date)),
            };
            Choice::new(text, Action::Order(order.id)).note(note).label(label)
        };
        view::List {
            text: lang.pick("按一下看详细。", "Touch one to see more.").to_owned(),
            rows: orders.iter().map(row).collect(),
            next: Vec::new(),
        }
    }

    pub(super) fn order_facts(&self, shown: &ShownOrder) -> Vec<Fact> {
        let lang = self.lang;
        let order = &shown.order;
        let fact =
            |zh: &str, en: &str, value: String| Fact { name: lang.pick(zh, en).to_owned(), value };
        let way = match &order.door {
            Some(door) => {
                format!("{} · {}", words::way(lang, order.fulfilment), words::door(lang, door))
            }
            None => words::way(lang, order.fulfilment).to_owned(),
        };
        vec![
            fact("哪天", "Day", words::date(lang, order.date)),
            fact("怎么吃", "How", way),
            fact("几份", "Portions", words::portions(lang, u32::from(order.portions.get()))),
            fact("要求", "Wishes", words::preferences(lang, &order.preferences)),
            fact(
                "多少钱",
                "Money",
                format!(
                    "{} · {}",
                    words::money(lang, order.total),
                    words::payment(lang, order.payment)
                ),
            ),
        ]
    }

    pub(super) fn show_order(&self, shown: &ShownOrder) -> view::Facts {
        let lang = self.lang;
        let ways = if shown.changeable {
            vec![
                Choice::new(lang.pick("取消订单", "Cancel order"), Action::CancelOrder),
                Choice::new(lang.pick("改份数要求", "Change it"), Action::Edit),
            ]
        } else {
            vec![
                Choice::new(lang.pick("回首页", "Home page"), Action::StartOver)
                    .label(lang.pick("好了", "Done")),
            ]
        };
        let text = if shown.changeable {
            String::new()
        } else {
            lang.pick("现在不能改了，有事请叫工作人员。", "It can't be changed now; ask the staff.")
                .to_owned()
        };
        view::Facts {
            headline: number_words(lang, shown.order.number, words::state(lang, shown.order.state)),
            rows: self.order_facts(shown),
            text,
            ways,
        }
    }

    pub(super) fn show_cancel(&self, shown: &ShownOrder) -> view::Facts {
        let lang = self.lang;
        view::Facts {
            headline: number_words(
                lang,
                shown.order.number,
                words::way(lang, shown.order.fulfilment),
            ),
            rows: self.order_facts(shown).into_iter().take(3).collect(),
            text: lang
                .pick("取消以后，这份饭就不做了。", "Once cancelled, it will not be cooked.")
                .to_owned(),
            ways: vec![
                Choice::new(lang.pick("是，取消", "Yes, cancel"), Action::Confirm),
                Choice::new(lang.pick("不取消", "Keep it"), Action::Back),
            ],
        }
    }
}

pub(super) fn number_words(lang: Lang, number: u32, rest: &str) -> String {
    match lang {
        Lang::Zh => format!("{number} 号 · {rest}"),
        Lang::En => format!("No. {number} · {rest}"),
    }
}

pub(super) const fn payment_words(lang: Lang, payment: Payment, way: Fulfilment) -> &'static str {
    match (payment, way) {
        (Payment::FromAccount, _) => lang.pick("从您的账户里付", "paid from your account"),
        (Payment::Later, Fulfilment::Delivery) => lang.pick("送到时付现金", "in cash at your door"),
        (Payment::Later, _) => lang.pick("取餐时付现金", "in cash at the window"),
    }
}
