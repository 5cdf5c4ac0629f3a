//! The volunteer's phone: what the slip's code opens, and what comes back through it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{Fen, Outcome, Role, Round, RoundState};
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::store::{print_jobs, visits};
use clubhouse_kiosk::tickets::Ticket;

use crate::support::pages::{Answer, Browser, Pages};
use crate::support::{Clubhouse, delivery, tuesday};

const PLAN: Options = Options { seed: 7, iterations: Some(500), threads: 1 };
/// 11:10 of the sample's Tuesday, in milliseconds since 1970.
const TEN_PAST: i64 = 1_795_489_800_000;

/// Three deliveries of 20 yuan on one round, its slip in the volunteer's hand, 11:00.
fn out() -> (Clubhouse, Round, String) {
    let mut settings = Settings::default();
    settings.web.public_url = "http://kiosk.example:8080/".into();
    let c = Clubhouse::with(settings);
    for nth in 0..3 {
        c.counter.place(&delivery(&c.senior(nth)), "kiosk").unwrap();
    }
    c.dispatch.put_on_duty(tuesday(), &[101]).unwrap();
    c.at("10:05");
    let round = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap().rounds.remove(0);
    c.at("11:00");
    let round = c.dispatch.take_slip(round.id).unwrap();
    let path = path_on_the_slip(&c);
    (c, round, path)
}

/// The code's address without the clubhouse's own part.
fn path_on_the_slip(c: &Clubhouse) -> String {
    let jobs = c.house.store.read(|db| print_jobs::on(db, tuesday())).unwrap();
    let link = jobs.into_iter().find_map(|job| match job.ticket {
        Ticket::RoundSlip(slip) => Some(slip.link),
        _ => None,
    });
    link.unwrap().strip_prefix("http://kiosk.example:8080").unwrap().to_owned()
}

/// A report as the phone writes it.
fn report(id: &str, round: &Round, stop: usize, outcome: &str) -> String {
    let order = round.stops[stop].order;
    format!(
        r#"{{"id":"{id}","order":"{order}","outcome":"{outcome}","left_with":"邻居","at":{TEN_PAST}}}"#
    )
}

fn send(phone: &Browser<'_>, path: &str, reports: &[String]) -> Answer {
    let request = Request::post(format!("{path}/ticks"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(format!("[{}]", reports.join(","))))
        .unwrap();
    phone.ask(request)
}

fn outcomes(c: &Clubhouse, round: &Round) -> Vec<Option<Outcome>> {
    let rounds = c.dispatch.rounds(tuesday()).unwrap();
    let now = rounds.into_iter().find(|r| r.id == round.id).unwrap();
    now.stops.iter().map(|s| s.visited).collect()
}

#[test]
fn the_code_on_the_slip_opens_the_round_and_nothing_else_does() {
    let (c, round, path) = out();
    let pages = Pages::of(&c);
    let phone = pages.browser();
    let page = phone.get(&path).says(&["收 20 元", "送到了", "打电话"]);
    let names: Vec<_> = (0..3).map(|n| c.senior(n).name).collect();
    page.hides(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(round.stops.len(), 3);

    // Neither one letter off, nor an id, nor the same code the day after.
    let (start, last) = path.split_at(path.len() - 1);
    let off = format!("{start}{}", if last == "a" { "b" } else { "a" });
    for wrong in [off.as_str(), &format!("/r/{}", round.id), "/r/1", "/r/'%20OR%201=1"] {
        let answer = phone.get(wrong);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        answer.says(&["照着手里的纸送就行"]);
    }
    c.house.clock.set("2026-11-25T11:00:00+08:00".parse().unwrap());
    assert_eq!(phone.get(&path).status, StatusCode::NOT_FOUND);
    let late = send(&phone, &path, &[report("a", &round, 0, "delivered")]);
    late.says(&["\"taken\":false"]);
    assert_eq!(outcomes(&c, &round), [None; 3]);
}

#[test]
fn what_was_kept_in_the_lift_arrives_once_in_order_with_its_true_time() {
    let (c, round, path) = out();
    let pages = Pages::of(&c);
    let phone = pages.browser();
    c.at("11:25");
    let kept = [report("a", &round, 0, "delivered"), report("b", &round, 1, "left_with")];
    send(&phone, &path, &kept).says(&["\"taken\":true"]).hides(&["\"taken\":false"]);
    // The answer was lost on the way; the phone sends both again, and the third.
    let again = [kept[0].clone(), kept[1].clone(), report("c", &round, 2, "no_answer")];
    send(&phone, &path, &again).hides(&["\"taken\":false"]);

    let said = [Outcome::Delivered, Outcome::LeftWith, Outcome::NoAnswer].map(Some);
    assert_eq!(outcomes(&c, &round), said);
    let first = c.house.store.read(|db| visits::current(db, round.stops[0].order)).unwrap();
    let visit = first.unwrap().1;
    assert_eq!((visit.at.as_millisecond(), visit.cash), (TEN_PAST, Fen::yuan(20)));
    assert_eq!(c.dispatch.open_checks().unwrap().len(), 1, "one door, one check");
    assert_eq!(c.dispatch.figures(tuesday()).unwrap().cash, Fen::yuan(40));
    let rounds = c.dispatch.rounds(tuesday()).unwrap();
    assert_eq!(rounds[0].state, RoundState::HandedIn);
    pages.signed_in(Role::Office).get("/today").says(&["没有人应门"]);
}

#[test]
fn a_report_that_comes_too_late_is_told_and_holds_up_no_other() {
    let (c, round, path) = out();
    let pages = Pages::of(&c);
    let phone = pages.browser();
    c.at("11:25");
    let at_the_desk = HandInLine {
        order: round.stops[0].order,
        outcome: Outcome::Refused,
        left_with: String::new(),
        cash: None,
    };
    c.dispatch.record_visit(&at_the_desk).unwrap();
    let reports = [report("a", &round, 0, "delivered"), report("b", &round, 1, "delivered")];
    let answer = send(&phone, &path, &reports);
    answer.says(&[r#""id":"a","taken":false"#, r#""id":"b","taken":true"#, "回来后告诉窗口"]);
    let said = [Some(Outcome::Refused), Some(Outcome::Delivered), None];
    assert_eq!(outcomes(&c, &round), said, "what the desk wrote stands");
    // It stays told, however often it comes.
    send(&phone, &path, &reports[..1]).says(&["\"taken\":false"]);
}

#[test]
fn what_is_no_report_changes_nothing() {
    let (c, round, path) = out();
    let pages = Pages::of(&c);
    let phone = pages.browser();
    for nonsense in ["", "{}", "[{\"id\":1}]", "[[[[", "null"] {
        let request = Request::post(format!("{path}/ticks")).body(Body::from(nonsense)).unwrap();
        assert_eq!(phone.ask(request).status, StatusCode::UNPROCESSABLE_ENTITY, "{nonsense}");
    }
    let id = "x".repeat(65);
    for lie in [
        report("a", &round, 0, "eaten"),
        report("b", &round, 0, "cancelled"),
        report("", &round, 0, "delivered"),
        report(&id, &round, 0, "delivered"),
        report("c", &round, 0, "delivered").replace(&round.stops[0].order.to_string(), "7"),
    ] {
        send(&phone, &path, &[lie]).says(&["\"taken\":false"]);
    }
    assert_eq!(outcomes(&c, &round), [None; 3]);
}

/// The legs of the map in the order in which they are drawn: their number and class.
fn legs(page: &Answer) -> Vec<(usize, String)> {
    let leg = |part: &str| {
        let (class, rest) = part.split_once('"')?;
        let number = rest.split_once("data-leg=\"")?.1.split('"').next()?.parse().ok()?;
        Some((number, class.to_owned()))
    };
    page.text
        .split("<g class=\"")
        .filter_map(|part| leg(part).filter(|(_, c)| c != "legs"))
        .collect()
}

#[test]
fn the_map_shows_the_next_leg_and_names_the_rounds_own_buildings_only() {
    let (c, round, path) = out();
    let pages = Pages::of(&c);
    let phone = pages.browser();
    let page = phone.get(&path).says(&["role=\"img\"", "厨房", ">北<"]);
    let buildings: Vec<&str> = round.stops.iter().map(|s| s.door.building.as_str()).collect();
    let mut walked = buildings.clone();
    walked.dedup();
    let named =
        |number: &str| page.text.contains(&format!("text-anchor=\"middle\">{number}</text>"));
    for building in c.registry.buildings().unwrap() {
        assert_eq!(named(&building.number), buildings.contains(&building.number.as_str()));
    }
    // One leg to each building and one back; the first is the next, and lies on top.
    let drawn = legs(&page);
    assert_eq!(drawn.len(), walked.len() + 1);
    assert_eq!(drawn.last().unwrap(), &(0, "leg now".to_owned()));

    let all: Vec<String> =
        (0..3).map(|nth| report(&format!("t{nth}"), &round, nth, "delivered")).collect();
    c.at("11:25");
    send(&phone, &path, &all);
    let page = phone.get(&path);
    let back = page.after("id=\"map\" data-back=\"");
    assert_eq!(legs(&page).last().unwrap(), &(back.parse().unwrap(), "leg now".to_owned()));
    assert!(legs(&page).iter().filter(|(_, class)| class == "leg done").count() == walked.len());
}
