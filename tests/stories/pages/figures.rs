//! Lunch in figures.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{Fulfilment, Portions, Role};
use clubhouse_kiosk::figures::{Cell, Table, csv};

use crate::support::pages::Pages;
use crate::support::{Clubhouse, wish};

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
    };
    let text = String::from_utf8(csv(&table).unwrap()).unwrap();
    assert!(text.contains("'=1+1,-2") && text.contains("'@x,-2"), "{text}");
}
