//! Prepaid accounts, the ledger of a day, the cash in the box.

use axum::http::StatusCode;
use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::domain::{Fen, Fulfilment, PaymentMethod, Role};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::store::{audit, print_jobs};
use clubhouse_kiosk::tickets::Ticket;
use clubhouse_kiosk::till::{Till, TillError};

use crate::support::pages::{Browser, Pages};
use crate::support::{Clubhouse, tuesday, wish};

fn seen(browser: &Browser<'_>, page: &str) -> String {
    browser.get(page).after("name=\"seen\" value=\"")
}

/// The account slips in the outbox: amount and balance.
fn slips(clubhouse: &Clubhouse) -> Vec<(Fen, Fen)> {
    let jobs = clubhouse.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, tuesday())?));
    let slip = |job: print_jobs::PrintJob| match job.ticket {
        Ticket::Account(slip) => Some((slip.amount, slip.balance)),
        _ => None,
    };
    jobs.unwrap().into_iter().filter_map(slip).collect()
}

#[test]
fn somebody_is_found_by_door_or_name_topped_up_and_paid_out() {
    let mut clubhouse = Clubhouse::new();
    let senior = clubhouse.senior(0);
    let before = clubhouse.counter.balance(senior.id).unwrap();
    {
        let pages = Pages::of(&clubhouse);
        let office = pages.signed_in(Role::Office);
        let page = format!("/money/account/{}", senior.id);
        let door = format!("/money?q={}-{}", senior.door.building, senior.door.room());
        office.get(&door).says(&[&senior.name, &page]);
        office.get("/money?q=nobody").says(&["没有找到"]);

        let movements = seen(&office, &page);
        let fields = [("amount", "50.5"), ("method", "cash"), ("seen", movements.as_str())];
        let up = office.fill(&page, &format!("{page}/top-up"), &fields);
        office.get(&up.location).says(&["记好了", "+50.50"]);
        let now = before + Fen(5050);
        assert_eq!(clubhouse.counter.balance(senior.id).unwrap(), now);

        // A second click, or another clerk, does not book twice.
        office.fill(&page, &format!("{page}/top-up"), &fields).says(&["这一次没有记"]);
        for bad in ["0", "-5", "1e3", "10000.01", ""] {
            let movements = seen(&office, &page);
            let fields = [("amount", bad), ("method", "cash"), ("seen", movements.as_str())];
            office.fill(&page, &format!("{page}/top-up"), &fields).says(&["金额要大于 0"]);
        }
        assert_eq!(clubhouse.counter.balance(senior.id).unwrap(), now);

        let movements = seen(&office, &page);
        office.fill(&page, &format!("{page}/refund"), &[("seen", &movements)]);
        assert_eq!(clubhouse.counter.balance(senior.id).unwrap(), Fen::ZERO);
        office.get(&page).says(&["没有可退的余额"]);
        assert_eq!(slips(&clubhouse), [(Fen(5050), now), (-now, Fen::ZERO)]);
    }
    assert_eq!(clubhouse.print(), 2, "both slips come out");
}

#[test]
fn a_statement_runs_from_what_was_brought_forward_to_what_is_carried_on() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let senior = clubhouse.senior(1);
    let held = clubhouse.counter.balance(senior.id).unwrap();
    clubhouse.counter.top_up(senior.id, Fen::yuan(30), PaymentMethod::Other).unwrap();
    let page = format!("/money/account/{}", senior.id);
    let after = (held + Fen::yuan(30)).to_string();
    office.get(&page).says(&["2026年11月", "充值", "+30", &after]);
    office.get(&format!("{page}?month=2026-12")).says(&["2026年12月", &after]).hides(&["+30"]);
    // That the office looked is on record.
    let looks = clubhouse.house.store.read(|db| Ok::<_, Error>(audit::looks(db, 9, 0)?)).unwrap();
    assert!(looks.iter().any(|look| {
        look.account == "office"
            && look.page == "account"
            && look.resident == Some(senior.id.to_string())
    }));
}

#[test]
fn cash_that_differs_needs_a_reason_and_one_that_moved_needs_another_look() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let senior = clubhouse.senior(0);
    let before = seen(&office, "/money/day").parse::<i64>().unwrap();
    clubhouse.counter.top_up(senior.id, Fen::yuan(100), PaymentMethod::Cash).unwrap();
    let order = clubhouse.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    let stale = seen(&office, "/money/day");
    clubhouse.counter.pay(order.id, PaymentMethod::Cash, "desk").unwrap();
    let cash = Fen(before) + Fen::yuan(100) + order.total;

    let count = |counted: &str, reason: &str, seen: &str| {
        let fields =
            [("date", "2026-11-24"), ("counted", counted), ("reason", reason), ("seen", seen)];
        office.fill("/money/day", "/money/day", &fields)
    };
    let counted = cash.to_string();
    count(&counted, "", &stale).says(&["刚才已经有人记了账"]);
    let now = seen(&office, "/money/day");
    assert_eq!(now, cash.0.to_string());
    let short = (cash - Fen::yuan(5)).to_string();
    count(&short, "  ", &now).says(&["请写明原因"]);
    office.get("/money/day").hides(&["! -5"]);
    assert_eq!(count(&short, "找错了钱", &now).status, StatusCode::SEE_OTHER);
    office.get("/money/day").says(&["! -5", "找错了钱", "✓ 每一笔都平"]);
    count(&counted, "", &now);
    office.get("/money/day").says(&["✓ 0", "找错了钱"]);
}

#[test]
fn a_posting_that_does_not_add_up_is_shown_as_a_fault() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    office.get("/money/day").says(&["每一笔都平"]).hides(&["账本有错"]);
    let file = rusqlite::Connection::open(clubhouse.house.store.path()).unwrap();
    file.execute(
        "INSERT INTO ledger_entries (posting, at, account, amount_fen) VALUES ('broken', ?1, 'cash', 700)",
        [clubhouse.house.clock.now().as_millisecond()],
    )
    .unwrap();
    office.get("/money/day").says(&["账本有错", "! 不平，差 7"]);
}

#[test]
fn prices_are_kept_and_a_stale_form_is_refused() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let version = office.get("/money/prices").after("name=\"version\" value=\"");
    let fields = |senior: &'static str| {
        vec![
            ("version", version.as_str()),
            ("price_senior", senior),
            ("subsidy_senior", "4"),
            ("price_guest", "28"),
        ]
    };
    let save = |senior| office.fill("/money/prices", "/money/prices", &fields(senior));
    save("16,5").says(&["什么也没有改"]);
    assert_eq!(save("16").status, StatusCode::SEE_OTHER);
    office.get("/money/prices").says(&["value=\"16\"", "20 元"]);
    save("12").says(&["这一次没有记"]);
    office.get("/money/prices").says(&["value=\"16\""]).hides(&["value=\"12\""]);
}

#[test]
fn of_eight_clerks_who_saw_the_same_account_one_books() {
    let clubhouse = Clubhouse::new();
    let senior = clubhouse.senior(0);
    let accounts = Accounts::new(clubhouse.house.clone());
    let clerk = accounts.add("clerk", Role::Office, None, crate::support::pages::PASSWORD).unwrap();
    let till = Till::new(clubhouse.house.clone());
    let seen = till.statement(senior.id, tuesday(), tuesday()).unwrap();
    let book =
        || till.top_up(senior.id, Fen::yuan(50), PaymentMethod::Cash, seen.movements, &clerk);
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let clerks: Vec<_> = (0..8).map(|_| scope.spawn(book)).collect();
        clerks.into_iter().map(|clerk| clerk.join().unwrap()).collect()
    });
    let booked = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let told = outcomes.iter().filter(|o| matches!(o, Err(TillError::ChangedMeanwhile))).count();
    assert_eq!((booked, told), (1, 7), "{outcomes:?}");
    assert_eq!(clubhouse.counter.balance(senior.id).unwrap(), seen.balance + Fen::yuan(50));
    assert_eq!(slips(&clubhouse).len(), 1);
}
