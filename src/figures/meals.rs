//! Meals: by day, way, building and dish; and what was cooked and not served.

use std::collections::BTreeMap;

use super::{Cell, Figures, Table, served, stands};
use crate::domain::{Fulfilment, OrderState};
use crate::kiosk::words;

impl Figures {
    /// A row for each day.
    pub(super) fn by_day(&self) -> Table {
        let heads = [
            self.t("日期", "Day"),
            self.t("份数", "Meals"),
            self.t("堂食", "Eat in"),
            self.t("自取", "Take away"),
            self.t("外送", "Delivery"),
            self.t("带回", "Came back"),
            self.t("没有来取", "Not collected"),
            self.t("取消", "Cancelled"),
        ];
        let row = |date| {
            let on = |which: &dyn Fn(&crate::domain::Order) -> bool| {
                Cell::from(self.portions_on(date, which))
            };
            let way = |way| on(&move |o| stands(o) && o.fulfilment == way);
            let state = |state| on(&move |o| o.state == state);
            vec![
                Cell::Text(date.to_string()),
                on(&stands),
                way(Fulfilment::EatIn),
                way(Fulfilment::TakeAway),
                way(Fulfilment::Delivery),
                state(OrderState::Returned),
                state(OrderState::NotCollected),
                state(OrderState::Cancelled),
            ]
        };
        let rows = self.days.iter().map(|day| row(day.date)).collect();
        self.table("days", ("每天", "By day"), &heads, rows, Some(1))
    }

    /// A row for each way of eating.
    pub(super) fn by_way(&self) -> Table {
        let heads = [
            self.t("方式", "Way"),
            self.t("份数", "Meals"),
            self.t("吃到了", "Served"),
            self.t("带回", "Came back"),
            self.t("没有来取", "Not collected"),
        ];
        let row = |way: &Fulfilment| {
            let name = match way {
                Fulfilment::EatIn => self.t("堂食", "Eat in"),
                Fulfilment::TakeAway => self.t("自取", "Take away"),
                Fulfilment::Delivery => self.t("外送", "Delivery"),
            };
            let of = |which: &dyn Fn(&crate::domain::Order) -> bool| {
                Cell::from(self.portions(|o| o.fulfilment == *way && which(o)))
            };
            vec![
                Cell::Text(name.to_owned()),
                of(&stands),
                of(&served),
                of(&|o| o.state == OrderState::Returned),
                of(&|o| o.state == OrderState::NotCollected),
            ]
        };
        let rows = Fulfilment::ALL.iter().map(row).collect();
        self.table("ways", ("怎样吃", "By way of eating"), &heads, rows, Some(1))
    }

    /// A row for each building that meals went to.
    pub(super) fn by_building(&self) -> Table {
        let heads = [
            self.t("楼号", "Building"),
            self.t("外送份数", "Delivered to"),
            self.t("带回", "Came back"),
        ];
        let mut buildings: BTreeMap<(usize, &str), (u32, u32)> = BTreeMap::new();
        let delivered =
            |o: &&crate::domain::Order| o.fulfilment == Fulfilment::Delivery && stands(o);
        for order in self.orders.iter().filter(delivered) {
            let Some(door) = &order.door else { continue };
            // 2 before 10.
            let key = (door.building.len(), door.building.as_str());
            let (meals, back) = buildings.entry(key).or_default();
            let portions = u32::from(order.portions.get());
            *meals += portions;
            *back += if order.state == OrderState::Returned { portions } else { 0 };
        }
        let row = |((_, building), (meals, back)): ((usize, &str), (u32, u32))| {
            let name = match self.lang {
                words::Lang::Zh => format!("{building} 号楼"),
                words::Lang::En => format!("Building {building}"),
            };
            vec![Cell::Text(name), meals.into(), back.into()]
        };
        let rows = buildings.into_iter().map(row).collect();
        self.table(
            "buildings",
            ("每幢楼（外送）", "By building (deliveries)"),
            &heads,
            rows,
            Some(1),
        )
    }

    /// A row for each dish, substitutes apart.
    pub(super) fn by_dish(&self) -> Table {
        let heads = [self.t("菜", "Dish"), self.t("份数", "Portions"), self.t("天数", "Days")];
        let mut dishes: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for day in &self.days {
            let Some(menu) = &day.menu else { continue };
            for dish in &menu.dishes {
                let other = |o: &crate::domain::Order| {
                    o.preferences.substitute && dish.substitute.is_some()
                };
                let mut add = |name: String, portions| {
                    let (sum, days) = dishes.entry(name).or_default();
                    *sum += portions;
                    *days += 1;
                };
                let plain = self.portions_on(day.date, |o| stands(o) && !other(o));
                add(words::dish(self.lang, dish), plain);
                if let Some(substitute) = &dish.substitute {
                    let instead = self.portions_on(day.date, |o| stands(o) && other(o));
                    add(words::substitute(self.lang, substitute), instead);
                }
            }
        }
        let mut rows: Vec<_> = dishes.into_iter().collect();
        rows.sort_by_key(|(_, (portions, _))| std::cmp::Reverse(*portions));
        let row = |(name, (portions, days)): (String, (u32, u32))| {
            vec![Cell::Text(name), portions.into(), days.into()]
        };
        let rows = rows.into_iter().map(row).collect();
        self.table("dishes", ("每道菜", "By dish"), &heads, rows, Some(1))
    }

    /// A row for each day: cooked, served, and what is between.
    pub(super) fn waste(&self) -> Table {
        let heads = [
            self.t("日期", "Day"),
            self.t("烧了", "Cooked"),
            self.t("吃到了", "Served"),
            self.t("剩下", "Left over"),
        ];
        let row = |day: &super::Day| {
            let served = self.portions_on(day.date, served);
            let left = day.cooked.map(|cooked| i64::from(cooked) - i64::from(served));
            vec![Cell::Text(day.date.to_string()), day.cooked.into(), served.into(), left.into()]
        };
        let rows = self.days.iter().map(row).collect();
        let mut table = self.table("waste", ("浪费", "Waste"), &heads, rows, Some(3));
        self.t(
            "剩下 = 烧了 − 吃到了。“烧了”由厨房在菜单页填写；没有填的显示“–”。",
            "Left over = cooked − served. The kitchen types in what was cooked on the page of menus; “–” where it did not.",
        )
        .clone_into(&mut table.note);
        table
    }

    /// A table of this reader's language.
    pub(super) fn table(
        &self,
        name: &'static str,
        (zh, en): (&str, &str),
        headings: &[&str],
        rows: Vec<Vec<Cell>>,
        chart: Option<usize>,
    ) -> Table {
        let headings: Vec<String> = headings.iter().map(ToString::to_string).collect();
        let unit = |column: usize| headings.get(column).cloned().unwrap_or_default();
        Table {
            name,
            title: self.t(zh, en).to_owned(),
            note: String::new(),
            adds: true,
            chart: chart.map(|column| (column, unit(column))),
            headings,
            rows,
        }
    }
}
