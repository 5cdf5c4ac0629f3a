//! Cards of a building at once, on A4, and one as a slip.

use axum::http::StatusCode;
use clubhouse_kiosk::counter::{Credential, is_card_code};
use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::store::print_jobs;
use clubhouse_kiosk::tickets::Ticket;

use crate::support::pages::Pages;
use crate::support::{Clubhouse, tuesday};

#[test]
fn a_building_gets_its_cards_at_once_and_ten_on_a_page() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let sheet = "/people/cards/sheet?building=7";
    office.get(sheet).says(&["先发卡"]);
    assert_eq!(office.get("/people/cards/sheet").location, "/people/cards");
    let people = clubhouse.counter.cards_of("7").unwrap();
    let first = people[0].resident.id;
    let kept = clubhouse.counter.issue_card(first).unwrap();
    let done = office.fill("/people/cards?building=7", "/people/cards", &[("building", "7")]);
    office.get(&done.location).says(&[&format!("发了 {} 张卡", people.len() - 1)]);
    let now = clubhouse.counter.cards_of("7").unwrap();
    assert!(now.iter().all(|h| h.code.as_deref().is_some_and(is_card_code)));
    assert_eq!(now[0].code.as_ref(), Some(&kept), "a card that works is not replaced");
    let page = office.get(sheet);
    assert_eq!(page.text.matches("<svg").count(), people.len());
    assert_eq!(page.text.matches("class=\"sheet\"").count(), people.len().div_ceil(10));
    // A sheet bears no full name and no code in letters.
    page.hides(&["C1.", &people[0].resident.name]);
}

#[test]
fn a_card_is_printed_as_a_slip_and_an_archived_ones_works_no_more() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let somebody = clubhouse.senior(0);
    let page = format!("/people/residents/{}", somebody.id);
    let print = || office.fill(&page, &format!("{page}/card/print"), &[("seen", "")]);
    assert_eq!(print().status, StatusCode::UNPROCESSABLE_ENTITY, "there is none yet");
    let code = clubhouse.counter.issue_card(somebody.id).unwrap();
    office.get(&print().location).says(&["在打印"]);
    let jobs = clubhouse.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, tuesday())?));
    let slip = |job: print_jobs::PrintJob| match job.ticket {
        Ticket::Card(slip) => Some((slip.code, slip.name)),
        _ => None,
    };
    let slips: Vec<_> = jobs.unwrap().into_iter().filter_map(slip).collect();
    assert_eq!(slips, [(code.clone(), somebody.masked_name())]);
    let known = |code: &str| clubhouse.counter.identify(&Credential::Card(code.to_owned()));
    assert_eq!(known(&code).unwrap().resident.id, somebody.id);
    office.fill(&page, &format!("{page}/archive"), &[("archive", "true")]);
    assert!(known(&code).is_err(), "whoever moved away orders no more");
    office.fill(&page, &format!("{page}/archive"), &[("archive", "false")]);
    assert!(known(&code).is_ok());
}
