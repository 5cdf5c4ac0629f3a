//! A clubhouse with its screen's clerk, its pages and its interface for programs, and what is asked of
//! them.

use std::cell::RefCell;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{Request as Asked, header};
use clubhouse_hardware::printer::{PaperWidth, SimulatedPrinter};
use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::counter::Credential;
use clubhouse_kiosk::counter::NewOrder;
use clubhouse_kiosk::dispatch::Dispatch;
use clubhouse_kiosk::domain::{
    Fen, Fulfilment, Payment, Portions, Preferences, Resident, Role, Scope,
};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::{self, Bell, Board};
use clubhouse_kiosk::privacy::Privacy;
use clubhouse_kiosk::programs::Programs;
use clubhouse_kiosk::schedule;
use clubhouse_kiosk::web::{self, Web};
use http_body_util::BodyExt;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::lunches::Lunches;
use crate::years;

const PASSWORD: &str = "three dishes, twenty yuan";

/// A clubhouse.
pub struct Place {
    house: House,
    clerk: RefCell<Clerk>,
    app: Router,
    runtime: tokio::runtime::Runtime,
    cookie: String,
    token: String,
    /// Who eats every day and pays from the account, and a card.
    eater: Resident,
    card: String,
}

/// Something that is asked, and the store beside which ten years are held: 0 is the first day, 1 the
/// first year.
pub struct Work {
    pub name: &'static str,
    pub beside: usize,
    pub before: fn(&Place),
    pub run: fn(&Place),
}

impl Place {
    pub fn open(path: &Path) -> Self {
        let house = years::open(path);
        let printer = SimulatedPrinter::new(PaperWidth::Mm80);
        let board = Board::new(house.settings.clone(), &printer).unwrap();
        let (alarm, _calls) = Alarm::new();
        let clerk = Clerk::new(house.clone(), board.clone(), Bell::default(), alarm.clone());
        let (_told, changes) = watch::channel(0);
        let web = Web::new(house.clone(), board, Bell::default(), alarm, changes);
        let accounts = Accounts::new(house.clone());
        let name = format!("bench-{:x}", rand::random::<u32>());
        accounts.add(&name, Role::Office, None, PASSWORD).unwrap();
        let (cookie, _) = accounts.sign_in(&name, PASSWORD, "here").unwrap();
        let token = Programs::new(house.clone()).add("bench", &name, Scope::Orders).unwrap();
        let lunches = Lunches::of(&house);
        let eater = lunches.residents[11 * 37 % lunches.residents.len()].clone();
        let card = lunches.counter.issue_card(eater.id).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self {
            clerk: RefCell::new(clerk),
            app: web::app(web),
            house,
            runtime,
            cookie,
            token,
            eater,
            card,
        }
    }

    pub fn size(&self) -> String {
        let count = |table: &str| {
            let sql = format!("SELECT count(*) FROM {table}");
            self.house
                .store
                .read(|db| {
                    Ok::<_, Error>(db.query_row(&sql, [], |row| row.get::<_, u32>(0)).unwrap())
                })
                .unwrap()
        };
        let bytes = std::fs::metadata(self.house.store.path()).unwrap().len();
        format!(
            "{} orders, {} events, {} ledger entries, {} papers, {} looks; {:.0} MB",
            count("orders"),
            count("order_events"),
            count("ledger_entries"),
            count("print_jobs"),
            count("audit_reads"),
            bytes as f64 / 1e6
        )
    }

    fn screen(&self, request: Request) -> Reply {
        let reply = self.clerk.borrow_mut().answer(request);
        assert!(
            !matches!(reply, Reply::Failed(_) | Reply::Refused(_) | Reply::PaperOnly(_)),
            "{reply:?}"
        );
        reply
    }

    fn page(&self, path: &str) {
        let cookie = format!("desk={}", self.cookie);
        self.ask(Asked::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap());
    }

    fn program(&self, path: &str) {
        let bearer = format!("Bearer {}", self.token);
        self.ask(
            Asked::get(path).header(header::AUTHORIZATION, bearer).body(Body::empty()).unwrap(),
        );
    }

    fn ask(&self, request: Asked<Body>) {
        let path = request.uri().to_string();
        let (status, length) = self.runtime.block_on(async {
            let response = self.app.clone().oneshot(request).await.unwrap();
            let status = response.status();
            (status, response.into_body().collect().await.unwrap().to_bytes().len())
        });
        assert!(status.is_success() && length > 0, "{path}: {status}");
    }

    fn order(&self, resident: bool, payment: Payment) {
        let wish = NewOrder {
            date: years::TODAY.parse().unwrap(),
            fulfilment: Fulfilment::TakeAway,
            portions: Portions::ONE,
            preferences: Preferences::default(),
            category: self.eater.category,
            resident: resident.then_some(self.eater.id),
            door: None,
            payment,
        };
        let Reply::Placed(shown) = self.screen(Request::Place(wish)) else { panic!("not placed") };
        assert!(shown.order.total > Fen::ZERO);
    }

    fn write(&self, sql: &str) {
        let store = &self.house.store;
        store.write(|tx| Ok::<_, Error>(tx.execute(sql, []).unwrap())).unwrap();
    }

    /// Papers of the orders that were placed here are taken away, so that queues stay as they were.
    fn tidy(&self) {
        let done = "UPDATE print_jobs SET state = 'confirmed' WHERE state IN ('queued', 'sending')";
        self.write(done);
    }

    /// The night before, the last day that had names was this one.
    fn one_day_is_old(&self) {
        let back = "INSERT INTO retention (what, before, at) VALUES
                ('orders', '2025-11-19', 0), ('visits', '2025-11-24', 0), ('audit', '2025-11-24', 0), ('history', '2025-11-24', 0)
            ON CONFLICT (what) DO UPDATE SET before = iif(what = 'orders', excluded.before, '2027-01-01')";
        self.write(back);
    }

    fn forget(&self) {
        Privacy::new(self.house.clone()).forget().unwrap();
    }

    fn nothing_is_old(&self) {
        self.one_day_is_old();
        let done = "UPDATE retention SET before = '2027-01-01'";
        self.write(done);
    }
}

const fn nothing(_: &Place) {}

const fn work(name: &'static str, run: fn(&Place)) -> Work {
    Work { name, beside: 0, before: nothing, run }
}

/// Beside the first year.
const fn long(name: &'static str, run: fn(&Place)) -> Work {
    Work { name, beside: 1, before: nothing, run }
}

pub const WORK: &[Work] = &[
    work("screen: first screen", |p| drop(p.screen(Request::Refresh { date: None }))),
    work("screen: a card is read", |p| {
        drop(p.screen(Request::Identify(Credential::Card(p.card.clone()))));
    }),
    work("screen: a door and its digits", |p| {
        let digits = p.eater.last_digits().unwrap().to_owned();
        let door = p.eater.door.clone();
        drop(p.screen(Request::Identify(Credential::Digits { door, digits })));
    }),
    work("screen: the eater's orders", |p| drop(p.screen(Request::OrdersOf(p.eater.id)))),
    work("screen: the days ahead", |p| drop(p.screen(Request::Week(p.eater.id)))),
    Work {
        name: "screen: confirm, paid later",
        beside: 0,
        before: Place::tidy,
        run: |p| p.order(false, Payment::Later),
    },
    Work {
        name: "screen: confirm, from the account",
        beside: 0,
        before: Place::tidy,
        run: |p| p.order(true, Payment::FromAccount),
    },
    work("screen: staff", |p| {
        let pin = p.house.settings.staff.pin.clone();
        drop(p.screen(Request::StaffSignIn { pin }));
    }),
    // The forecast looks back over the same weeks in either.
    long("screen: papers", |p| drop(p.screen(Request::Papers))),
    work("screen: a number", |p| drop(p.screen(Request::Number { number: 7 }))),
    work("screen: the end of the day", |p| drop(p.screen(Request::DayEnd))),
    work("the clock is looked at", |p| {
        let (_, failed) = schedule::tick(&p.house);
        assert!(failed.is_empty(), "{failed:?}");
    }),
    work("what a cut left is settled", |p| assert_eq!(printing::recover(&p.house).unwrap(), 0)),
    work("rounds are read", |p| {
        drop(Dispatch::new(p.house.clone()).rounds(years::TODAY.parse().unwrap()).unwrap());
    }),
    work("desk: today", |p| p.page("/today")),
    work("desk: rounds", |p| p.page("/rounds?date=2026-11-24")),
    work("desk: doors", |p| p.page("/checks")),
    work("desk: whom to knock at", |p| p.page("/knock")),
    work("desk: hand-over", |p| p.page("/hand-over")),
    work("desk: numbers at the window", |p| p.page("/display/numbers")),
    work("desk: roster", |p| p.page("/roster")),
    work("desk: menus", |p| p.page("/menus")),
    work("desk: money", |p| p.page("/money")),
    work("desk: the money of a day", |p| p.page("/money/day?date=2026-11-24")),
    work("desk: a resident", |p| p.page(&format!("/people/residents/{}", p.eater.id))),
    work("desk: order for a resident", |p| p.page(&format!("/orders/{}", p.eater.id))),
    work("desk: changes", |p| p.page("/history")),
    work("desk: looks", |p| p.page("/history?show=looks")),
    work("desk: figures of a day", |p| p.page("/figures?from=2026-11-20&until=2026-11-20")),
    long("desk: figures of a month", |p| p.page("/figures?from=2026-10-01&until=2026-10-31")),
    long("desk: figures of a year", |p| p.page("/figures?from=2025-11-25&until=2026-11-24")),
    long("desk: an account's month", |p| {
        p.page(&format!("/money/account/{}?month=2026-10", p.eater.id));
    }),
    work("program: the days", |p| p.program("/api/v1/days")),
    work("program: a resident", |p| p.program(&format!("/api/v1/residents/{}", p.eater.id))),
    work("program: a resident's orders", |p| {
        p.program(&format!("/api/v1/residents/{}/orders", p.eater.id));
    }),
    Work {
        name: "night: nothing is old",
        beside: 0,
        before: Place::nothing_is_old,
        run: Place::forget,
    },
    Work {
        name: "night: a day is forgotten",
        beside: 1,
        before: Place::one_day_is_old,
        run: Place::forget,
    },
];
