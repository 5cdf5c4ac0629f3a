//! Lunch in figures.

use axum::http::StatusCode;
use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{Fulfilment, Outcome, Portions, Role};
use clubhouse_kiosk::figures::{Cell, Table, csv};

use clubhouse_kiosk::routing::{Options, Unattended};

use crate::support::pages::Pages;
use crate::support::{Clubhouse, delivery, tuesday, wish};

#[test]
fn meals_and_waste_are_counted_and_exported() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    for portions in [1, 2] {
        let order = clubhouse_kiosk::counter::NewOrder {
            portions: Portions::new(portions).unwrap(),
            ..wish(Fulfilment::EatIn)
        };
        let order = clubhouse.counter.place(&order, "kiosk").unwrap();
        clubhouse.counter.advance(order.date, order.number, "kitchen").unwrap();
        if portions == 2 {
            clubhouse.counter.advance(order.date, order.number, "kitchen").unwrap();
        }
    }
    office.fill("/menus", "/menus/2026-11-24/cooked", &[("portions", "9")]);
    let span = "?from=2026-11-01&until=2026-11-30";
    office.get(&format!("/figures{span}")).says(&[
        "<p class=\"number\">3</p>",
        "<svg",
        "红烧大排",
        "浪费",
        "<td class=\"num\">9</td><td class=\"num\">2</td><td class=\"num\">7</td>",
    ]);

    let days = office.get(&format!("/figures/table/days.csv{span}"));
    assert!(days.headers["content-disposition"].to_str().unwrap().contains("days_2026-11-01"));
    assert!(days.text.starts_with('\u{feff}'));
    days.says(&["日期,份数,堂食", "2026-11-24,3,3,0,0,0,0,0\r\n"]);
    let book = office.get(&format!("/figures/table/waste.xlsx{span}"));
    assert!(book.text.starts_with("PK"), "a workbook is a zip");
    for nowhere in ["/figures/table/days.exe", "/figures/table/secrets.csv"] {
        assert_eq!(office.get(nowhere).status, StatusCode::NOT_FOUND);
    }
    for bad in ["?from=2026-11-30&until=2026-11-01", "?from=2020-01-01", "?from=soon"] {
        office.get(&format!("/figures{bad}")).says(&["日期不对"]);
    }
}

#[test]
fn a_cell_that_looks_like_a_formula_is_text() {
    let table = Table {
        name: "t",
        title: String::new(),
        note: String::new(),
        headings: vec!["菜".into(), "n".into()],
        rows: ["=1+1", "+1", "-1", "@x"]
            .iter()
            .map(|text| vec![Cell::Text((*text).to_owned()), Cell::Count(-2)])
            .collect(),
        chart: None,
        adds: false,
    };
    let text = String::from_utf8(csv(&table).unwrap()).unwrap();
    assert!(text.contains("'=1+1,-2") && text.contains("'@x,-2"), "{text}");
}

#[test]
fn a_walk_is_timed_and_certified() {
    const PLAN: Options = Options { seed: 7, iterations: Some(500), threads: 1 };
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    for nth in 0..3 {
        clubhouse.counter.place(&delivery(&clubhouse.senior(nth * 7)), "kiosk").unwrap();
    }
    clubhouse.dispatch.put_on_duty(tuesday(), &[101]).unwrap();
    clubhouse.at("10:05");
    clubhouse.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    let round = clubhouse.dispatch.rounds(tuesday()).unwrap().remove(0);
    clubhouse.at("11:00");
    clubhouse.dispatch.take_slip(round.id).unwrap();
    let lines: Vec<HandInLine> = round
        .stops
        .iter()
        .map(|stop| HandInLine {
            order: stop.order,
            outcome: Outcome::Delivered,
            left_with: String::new(),
            cash: None,
        })
        .collect();
    clubhouse.at("11:07");
    clubhouse.dispatch.record_visit(&lines[0]).unwrap();
    clubhouse.at("11:40");
    clubhouse.dispatch.hand_in(round.id, &lines[1..]).unwrap();

    let office = pages.signed_in(Role::Office);
    let volunteers = clubhouse.registry.volunteers().unwrap();
    let volunteer = volunteers.iter().find(|v| v.id == round.volunteer).unwrap();
    let walked = format!(
        "{}</th><td class=\"num\">1</td><td class=\"num\">1</td><td class=\"num\">3</td><td class=\"num\">40</td>",
        volunteer.name
    );
    // One door was recorded on the way, after seven minutes; the others' time nobody knows.
    let timed = "2026-11-24</th><td class=\"num\">1</td><td class=\"num\">7</td>";
    let page = office.get("/figures").says(&[&walked, timed]);
    let path = page.after("href=\"/figures/certificate/");
    office.get(&format!("/figures/certificate/{}", path.replace("&amp;", "&"))).says(&[
        &volunteer.name,
        "志愿服务证明",
        "0.6 小时",
        "40 分钟",
    ]);
    let nobody = format!("/figures/certificate/{}", clubhouse.senior(0).id);
    assert_eq!(office.get(&nobody).status, StatusCode::NOT_FOUND);
}

#[test]
fn the_chart_of_a_long_span_has_a_bar_a_month() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let copied = |to: &str| {
        let copy = [("from", "2026-11-23"), ("to", to)];
        office.fill("/menus", "/menus/copy-week", &copy);
    };
    let cooked = |date: clubhouse_kiosk::domain::ServiceDate| {
        let path = format!("/menus/{date}/cooked");
        office.fill("/menus", &path, &[("portions", "10")]).status
    };
    let mut noted = 0;
    for week in 0..12 {
        let monday = tuesday().plus_days(6 + week * 7);
        copied(&monday.to_string());
        for day in 0..7 {
            noted += i64::from(cooked(monday.plus_days(day)) == StatusCode::SEE_OTHER);
        }
    }
    assert!(noted > 40, "{noted} days");
    office
        .get("/figures?from=2026-11-24&until=2027-03-31")
        .says(&[">2026-12</text>", ">2027-01</text>"]);
}
