//! Service days as they are lived through, by the use cases that the screen and the desk use: orders,
//! changes, money, rounds, doors, the close. For the long stories and for benches.

use std::collections::BTreeMap;

use clubhouse_kiosk::counter::{Amendment, Counter, KIOSK, NewOrder, STAFF};
use clubhouse_kiosk::dispatch::{Dispatch, HandInLine};
use clubhouse_kiosk::domain::{
    Category, Fen, Fulfilment, Menu, Order, OrderId, OrderState, Outcome, Payment, PaymentMethod,
    PaymentState, Portions, Preferences, Resident, ServiceDate,
};
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::registry::Registry;
use clubhouse_kiosk::rehearsal::sample;
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::schedule;
use jiff::civil::time;

/// Those who live through the days.
pub struct Lunches {
    pub house: House,
    pub counter: Counter,
    pub dispatch: Dispatch,
    pub residents: Vec<Resident>,
    menu: Menu,
    badges: Vec<u32>,
}

impl Lunches {
    /// The people of a furnished house.
    pub fn of(house: &House) -> Self {
        let (registry, counter) = (Registry::new(house.clone()), Counter::new(house.clone()));
        let (today, week) = (house.settings.calendar().today(house.clock.now()), sample::week());
        let menu = (0..7).find_map(|days| week.menu_for(today.plus_days(days)));
        let mut residents = registry.residents().unwrap();
        residents.retain(|r| r.allergies.is_empty() && r.category == Category::Senior);
        Self {
            counter,
            dispatch: Dispatch::new(house.clone()),
            menu: menu.expect("a menu in a week"),
            residents,
            badges: registry.volunteers().unwrap().iter().map(|v| v.badge).collect(),
            house: house.clone(),
        }
    }

    /// The desk writes the menu of a date.
    pub fn write_menu(&self, date: ServiceDate) {
        let menu = Menu { date, portions: 5_000, ..self.menu.clone() };
        self.counter.write_menus(&[menu], &BTreeMap::new()).unwrap();
    }

    /// The clock of the house.
    pub fn at(&self, date: ServiceDate, hour: i8, minute: i8) {
        self.house.clock.set(self.house.settings.calendar().at(date, time(hour, minute, 0, 0)));
    }

    /// Half past eight to ten: so many orders, some changed and some taken back.
    pub fn morning(&self, date: ServiceDate, orders: usize, print: &mut dyn FnMut()) -> Vec<Order> {
        self.at(date, 8, 30);
        // Whoever pays from the account brings money now and then.
        for nth in 0..orders.div_ceil(60) {
            let resident = &self.residents[nth * 11 * 37 % self.residents.len()];
            self.counter.top_up(resident.id, Fen::yuan(200), PaymentMethod::Other).unwrap();
        }
        let mut placed = Vec::new();
        for nth in 0..orders {
            let mut order = self.place(date, nth);
            if nth % 20 == 7 {
                let portions = Some(Portions::new(2).unwrap());
                let change = Amendment { portions, ..Amendment::default() };
                order = self.counter.amend(order.id, &change, KIOSK).unwrap();
            }
            if nth % 32 == 11 {
                order = self.counter.cancel(order.id, KIOSK).unwrap();
            }
            placed.push(order);
            if nth % 25 == 24 {
                self.at(date, 8, 30 + (nth * 29 / orders) as i8);
                print();
            }
        }
        placed
    }

    /// One in five is carried, and as many again are of somebody known.
    fn place(&self, date: ServiceDate, nth: usize) -> Order {
        let known = &self.residents[nth * 37 % self.residents.len()];
        let (fulfilment, resident) = match nth % 5 {
            0 => (Fulfilment::Delivery, Some(known.id)),
            1 => (Fulfilment::TakeAway, Some(known.id)),
            2 => (Fulfilment::TakeAway, None),
            _ => (Fulfilment::EatIn, None),
        };
        let held = resident.map_or(Fen::ZERO, |id| self.counter.balance(id).unwrap());
        let payment = if held >= Fen::yuan(40) { Payment::FromAccount } else { Payment::Later };
        let wish = NewOrder {
            date,
            fulfilment,
            portions: Portions::new(if nth % 7 == 3 { 2 } else { 1 }).unwrap(),
            preferences: Preferences {
                softer: nth.is_multiple_of(3),
                note: if nth.is_multiple_of(9) { "少放葱".into() } else { String::new() },
                ..Preferences::default()
            },
            category: Category::Senior,
            resident,
            door: None,
            payment,
        };
        self.counter.place(&wish, KIOSK).unwrap()
    }

    /// Ten o'clock: volunteers, rounds, and what the clock sets off.
    pub fn plan(&self, date: ServiceDate, day: usize) {
        let nobody = self.badges.len();
        let on_duty: Vec<u32> = (0..12).map(|nth| self.badges[(day * 3 + nth) % nobody]).collect();
        self.dispatch.put_on_duty(date, &on_duty).unwrap();
        self.at(date, 10, 1);
        let options = Options { iterations: Some(100), threads: 1, ..Options::default() };
        self.dispatch.plan_rounds(date, &options, &Unattended).unwrap();
        let (_, failed) = schedule::tick(&self.house);
        assert!(failed.is_empty(), "{failed:?}");
    }

    /// Eleven to half past twelve: the window, the doors; one in thirty does not open.
    pub fn serve(&self, date: ServiceDate, orders: &[Order]) {
        self.at(date, 11, 5);
        for round in self.dispatch.rounds(date).unwrap() {
            self.dispatch.take_slip(round.id).unwrap();
        }
        for (nth, order) in orders.iter().enumerate() {
            let here = order.fulfilment != Fulfilment::Delivery;
            // Nobody comes for a few.
            if !here || order.state == OrderState::Cancelled || nth % 50 == 49 {
                continue;
            }
            if order.payment == PaymentState::Due {
                self.counter.pay(order.id, PaymentMethod::Cash, STAFF).unwrap();
            }
            self.counter.ready(order.id, STAFF).unwrap();
            self.counter.collected(order.id, STAFF).unwrap();
        }
        self.at(date, 12, 5);
        let mut door = 0;
        let mut line = |order: OrderId| {
            door += 1;
            let outcome = if door % 30 == 29 { Outcome::NoAnswer } else { Outcome::Delivered };
            HandInLine { order, outcome, left_with: String::new(), cash: None }
        };
        for round in self.dispatch.rounds(date).unwrap() {
            let lines: Vec<_> = round.stops.iter().map(|stop| line(stop.order)).collect();
            self.dispatch.hand_in(round.id, &lines).unwrap();
        }
        // A door that no volunteer could take is carried by the desk.
        let carried = |o: &Order| o.fulfilment == Fulfilment::Delivery && !o.state.is_final();
        for order in self.counter.orders(date).unwrap().into_iter().filter(carried) {
            self.dispatch.record_visit(&line(order.id)).unwrap();
        }
        for check in self.dispatch.open_checks().unwrap() {
            self.dispatch.close_check(check.id, "在女儿家,平安", STAFF).unwrap();
        }
    }

    /// Twenty to one: the day is closed; its last number.
    pub fn close(&self, date: ServiceDate) -> u32 {
        self.at(date, 12, 40);
        self.dispatch.close_day(date).unwrap().last_number
    }

    /// A whole day; its last number.
    pub fn live_through(
        &self,
        date: ServiceDate,
        day: usize,
        orders: usize,
        print: &mut dyn FnMut(),
    ) -> u32 {
        self.write_menu(date);
        let placed = self.morning(date, orders, print);
        self.plan(date, day);
        print();
        self.serve(date, &placed);
        print();
        let last = self.close(date);
        print();
        last
    }
}
