//! Every page that somebody can open, on both sizes and in both languages: nothing runs over the
//! edge, the browser has nothing to complain about, and axe-core finds no serious fault. Pictures and
//! the HTML as it was served are kept for people and for the HTML checker.

use std::path::PathBuf;

use axum::http::Method;
use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{Fulfilment, Outcome, Role, RoundState};
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::web::rules;

use super::chromium::{Chromium, Size};
use super::is_asked_for;
use super::served::Served;
use crate::support::pages::PASSWORD;
use crate::support::{Clubhouse, delivery, tuesday, wish};

const PLAN: Options = Options { seed: 7, iterations: Some(500), threads: 1 };

/// Pages that are no pages: parts of others, files, streams, things in another format.
const NO_PAGES: &[&str] =
    &["/events", ".csv", ".xlsx", ".json", ".geojson", "/numbers", "/live", "/picture", "/{file}"];
const NO_PAGES_UNDER: &[&str] = &["/static", "/api", "/language", "/r/"];

#[test]
fn every_page_fits_its_window_and_has_no_serious_fault() {
    if !is_asked_for() {
        return;
    }
    let c = a_day_under_way();
    let paths = paths(&c);
    let served = Served::of(&c);
    let axe = std::env::var_os("AXE").map(|file| std::fs::read_to_string(file).unwrap());
    let kept = std::env::var_os("BROWSER_KEEP").map(PathBuf::from);
    let mut faults = Vec::new();
    let mut seen = 0;
    for size in [Size::Desk, Size::Phone] {
        let browser = Chromium::signed_in(&served, size, Role::Office);
        for lang in ["zh", "en"] {
            browser.go(&format!("/language/{lang}?back=/today"));
            browser.complaints();
            for path in &paths {
                browser.go(path);
                seen += 1;
                let name = format!("{}-{lang}-{size:?}", path.trim_start_matches('/'))
                    .replace(['/', '?', '='], "_");
                if let Some(folder) = &kept {
                    std::fs::create_dir_all(folder).unwrap();
                    std::fs::write(folder.join(format!("{name}.png")), browser.picture(size))
                        .unwrap();
                    if size == Size::Desk {
                        let html = browser.later(SOURCE);
                        let html = html.as_str().unwrap_or_default();
                        std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
                    }
                }
                let wide = browser.value("document.documentElement.scrollWidth").as_u64().unwrap();
                if wide > u64::from(size.pixels().0) {
                    faults.push(format!("{name}: {wide} pixels wide"));
                }
                faults
                    .extend(browser.complaints().into_iter().map(|said| format!("{name}: {said}")));
                if let Some(axe) = &axe {
                    browser.later(&format!("{axe}; arguments[arguments.length - 1]();"));
                    let found = browser.later(LOOK);
                    for fault in found.as_array().into_iter().flatten() {
                        faults.push(format!("{name}: {}", fault.as_str().unwrap_or_default()));
                    }
                }
            }
        }
    }
    assert!(seen >= 40, "only {seen} pages were looked at");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The page as the server sends it.
const SOURCE: &str = "const done = arguments[arguments.length - 1];
    fetch(location.href).then(r => r.text()).then(done);";

/// Serious and critical faults by WCAG 2.2 A and AA, with the first places.
const LOOK: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(r =>
        done(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
            .map(v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))));";

/// Noon with orders of each way, rounds out, and a door that did not open.
fn a_day_under_way() -> Clubhouse {
    let c = Clubhouse::new();
    c.counter.issue_card(c.senior(0).id).unwrap();
    for nth in 0..6 {
        c.counter.place(&delivery(&c.senior(nth)), "kiosk").unwrap();
    }
    for way in [Fulfilment::EatIn, Fulfilment::TakeAway] {
        c.counter.place(&wish(way), "kiosk").unwrap();
    }
    c.dispatch.put_on_duty(tuesday(), &[101, 102]).unwrap();
    c.at("10:05");
    let plan = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    c.at("10:50");
    let round = c.dispatch.take_slip(plan.rounds[0].id).unwrap();
    c.at("11:40");
    let lines: Vec<_> = round
        .stops
        .iter()
        .enumerate()
        .map(|(nth, stop)| HandInLine {
            order: stop.order,
            outcome: if nth == 0 { Outcome::NoAnswer } else { Outcome::Delivered },
            left_with: String::new(),
            cash: None,
        })
        .collect();
    c.dispatch.hand_in(round.id, &lines).unwrap();
    // A new drawing lies there, with a building that can't be reached.
    let mut drawing = c.registry.compound().unwrap();
    let entrance = drawing.buildings[6].entrance;
    drawing.edges.retain(|e| e.a != entrance && e.b != entrance);
    let office =
        Accounts::new(c.house.clone()).add("drawer", Role::Office, None, PASSWORD).unwrap();
    c.registry.begin_draft(&office, &drawing, &["building 7: floors are a guess".into()]).unwrap();
    c
}

/// What stands in the place of what varies, by the beginning of the path.
fn filled(path: &str, c: &Clubhouse) -> Option<String> {
    let resident = c.senior(0).id.to_string();
    let walked = c.dispatch.rounds(tuesday()).unwrap();
    let walked = walked.iter().find(|round| round.state == RoundState::HandedIn);
    let volunteer = walked.unwrap().volunteer.to_string();
    let something = [
        ("/menus/", "2026-11-24"),
        ("/figures/certificate/", volunteer.as_str()),
        ("/money/account/", &resident),
        ("/orders/", &resident),
        ("/people/residents/", &resident),
        ("/people/volunteers/", &volunteer),
        ("/people/buildings/", "7"),
    ];
    let Some((start, rest)) = path.split_once('{') else { return Some(path.to_owned()) };
    let (_, end) = rest.split_once('}').unwrap();
    let (_, value) = something.iter().find(|(under, _)| start.starts_with(under))?;
    Some(format!("{start}{value}{end}"))
}

/// Every page that can be looked at.
fn paths(c: &Clubhouse) -> Vec<String> {
    let pages = rules().into_iter().filter(|rule| {
        rule.method == Method::GET
            && !NO_PAGES_UNDER.iter().any(|start| rule.path.starts_with(start))
            && !NO_PAGES.iter().any(|end| rule.path.ends_with(end))
    });
    pages.filter_map(|rule| filled(rule.path, c)).collect()
}
