//! The rounds at the desk: seen, planned, changed by hand, and refused to whoever saw another plan.

use axum::http::StatusCode;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{Outcome, PrintJobState, Role, Round};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::store::{audit, print_jobs};
use clubhouse_kiosk::tickets::Ticket;

use crate::support::pages::{Answer, Browser, Pages};
use crate::support::{Clubhouse, delivery, tuesday};

const PLAN: Options = Options { seed: 7, iterations: Some(500), threads: 1 };
/// Names and values of a form.
type Fields<'a> = &'a [(&'a str, &'a str)];

const CHANGE: &str = "/rounds/2026-11-24/change";

/// Twelve deliveries, four volunteers on duty, 10:05.
fn ordered() -> Clubhouse {
    let mut settings = Settings::default();
    settings.rounds.plan_s = 1;
    let c = Clubhouse::with(settings);
    for nth in 0..12 {
        c.counter.place(&delivery(&c.senior(nth * 11)), "kiosk").unwrap();
    }
    c.dispatch.put_on_duty(tuesday(), &[101, 102, 103, 104]).unwrap();
    c.at("10:05");
    c
}

/// The same, planned and printed.
pub(super) fn planned() -> Clubhouse {
    let mut c = ordered();
    let day = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    assert!(day.left_out.is_empty() && day.rounds.len() > 1);
    c.print();
    c
}

pub(super) fn rounds(c: &Clubhouse) -> Vec<Round> {
    c.dispatch.rounds(tuesday()).unwrap()
}

fn badge(c: &Clubhouse, round: &Round) -> String {
    let all = c.registry.volunteers().unwrap();
    all.iter().find(|v| v.id == round.volunteer).unwrap().badge.to_string()
}

pub(super) fn round_of(c: &Clubhouse, number: u32) -> Option<Round> {
    rounds(c).into_iter().find(|r| r.stops.iter().any(|s| s.number == number))
}

pub(super) fn queued(c: &Clubhouse) -> Vec<Ticket> {
    let jobs = c.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, tuesday())?)).unwrap();
    jobs.into_iter().filter(|j| j.state == PrintJobState::Queued).map(|j| j.ticket).collect()
}

fn history(c: &Clubhouse) -> Vec<String> {
    let all = c.house.store.read(|db| Ok::<_, Error>(audit::changes(db, 20, 0)?)).unwrap();
    all.into_iter().map(|change| change.what).collect()
}

/// The version that a page's forms bring along.
fn seen(browser: &Browser<'_>, page: &str) -> String {
    browser.get(page).after("name=\"seen\" value=\"")
}

fn send(browser: &Browser<'_>, verb: &str, seen: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("seen", seen)];
    all.extend_from_slice(fields);
    browser.fill(CHANGE, &format!("{CHANGE}/{verb}"), &all)
}

/// Changes the plan that stands, and waits until that is done.
pub(super) fn change(browser: &Browser<'_>, verb: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = send(browser, verb, &seen(browser, CHANGE), fields);
    assert_eq!(answer.location, "/rounds?date=2026-11-24", "{}", answer.text);
    settled(browser)
}

/// The page once no change is under way.
pub(super) fn settled(browser: &Browser<'_>) -> Answer {
    for _ in 0..40 {
        let page = browser.get("/rounds");
        if !page.text.contains("正在排路线") {
            return page;
        }
        // Comes when the change ends.
        browser.get("/rounds/events");
    }
    panic!("the planner does not end");
}

#[test]
fn the_day_is_planned_from_the_page_and_its_papers_are_queued() {
    let c = ordered();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    c.at("09:40");
    dispatcher.get("/rounds").says(&["10:00", "会自己排路线"]);
    c.at("10:05");
    let version = seen(&dispatcher, "/rounds");
    let answer =
        dispatcher.fill("/rounds", "/rounds/2026-11-24/change/plan", &[("seen", &version)]);
    assert_eq!(answer.location, "/rounds?date=2026-11-24");
    settled(&dispatcher).says(&["刚才的改动", "第 1 轮是新的", "已经送去打印", "<svg", "厨房 → "]);
    assert_eq!(rounds(&c).iter().map(|r| r.stops.len()).sum::<usize>(), 12);
    assert!(queued(&c).iter().any(|t| matches!(t, Ticket::RoundSlip(_))));
    assert!(history(&c).contains(&"rounds.planned".to_owned()));
    // Whoever still has the page without a plan does not plan it a second time.
    let late = dispatcher.fill("/rounds", "/rounds/2026-11-24/change/plan", &[("seen", &version)]);
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says(&["刚才别人改了路线"]);
}

#[test]
fn progress_is_seen_in_list_and_map_and_in_english() {
    let c = planned();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let round = rounds(&c).remove(0);
    let page = dispatcher.get("/rounds");
    let doors = format!("送到 0/{}", round.stops.len());
    page.says(&["等出发", &doors, "role=\"img\"", "scope=\"row\""]).hides(&[" style="]);
    c.at("11:00");
    c.dispatch.take_slip(round.id).unwrap();
    c.at("11:10");
    let line = HandInLine {
        order: round.stops[0].order,
        outcome: Outcome::NoAnswer,
        left_with: String::new(),
        cash: None,
    };
    c.dispatch.record_visit(&line).unwrap();
    pages.change();
    dispatcher.get("/rounds/events").says(&["event: changed"]);
    let doors = format!("送到 1/{}", round.stops.len());
    dispatcher.get("/rounds/live").says(&["在路上", &doors, "无人应门 11:10"]).hides(&["<html"]);
    dispatcher.get("/language/en?back=/rounds");
    dispatcher.get("/rounds").says(&["no answer 11:10", "Kitchen → ", "Doors"]);
}

#[test]
fn a_door_is_moved_its_slips_follow_and_the_slower_clerk_is_told() {
    let c = planned();
    let pages = Pages::of(&c);
    let (one, other) = (pages.signed_in(Role::Dispatcher), pages.signed_in(Role::Office));
    let [from, to] = [0, 1].map(|nth| rounds(&c).remove(nth));
    let (number, badge) = (from.stops[0].number.to_string(), badge(&c, &to));
    let old = seen(&other, CHANGE);

    let fields = [("number", number.as_str()), ("badge", &badge), ("place", "1")];
    let told = format!("第 {} 轮", to.number);
    change(&one, "move", &fields).says(&[&told, "多 1 户", "少 1 户", "已经送去打印"]);
    let now = round_of(&c, from.stops[0].number).unwrap();
    assert_eq!((now.number, now.stops[0].number), (to.number, from.stops[0].number));
    assert!(queued(&c).iter().any(|t| matches!(t, Ticket::RoundDelta(_))), "the slips follow");
    assert!(history(&c).contains(&"rounds.moved".to_owned()));

    let before = rounds(&c);
    let late = send(&other, "move", &old, &[("number", "7"), ("badge", &badge), ("place", "2")]);
    assert_eq!(late.status, StatusCode::CONFLICT);
    let chosen = format!("<option value=\"{badge}\" selected>");
    late.says(&[
        "刚才别人改了路线",
        "name=\"number\" inputmode=\"numeric\" required maxlength=\"5\" value=\"7\"",
        &chosen,
    ]);
    assert_eq!(rounds(&c), before);
}

#[test]
fn what_can_not_be_done_is_said_in_a_sentence_and_changes_nothing() {
    let c = planned();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let [out, to] = [0, 1].map(|nth| rounds(&c).remove(nth));
    c.at("11:00");
    c.dispatch.take_slip(out.id).unwrap();
    let (before, version) = (rounds(&c), seen(&dispatcher, CHANGE));
    let carried = out.stops[0].number.to_string();
    let (a, b) = (badge(&c, &out), badge(&c, &to));
    let left = format!("第 {} 轮已经出发了", out.number);
    let no: [(&str, Fields<'_>, &str); 9] = [
        ("move", &[("number", &carried), ("badge", &b)], &left),
        ("move", &[("number", "99"), ("badge", &b)], "没有这个号码"),
        ("move", &[("number", "3"), ("badge", "999")], "没有排班"),
        ("move", &[("number", "x"), ("badge", &b)], "号码要写数字"),
        ("move", &[("number", "3"), ("badge", &b), ("place", "0")], "1 到 200"),
        ("swap", &[("badge", &a), ("other", &b)], &left),
        ("swap", &[("badge", &b), ("other", &b)], "两位不同"),
        ("lift-back", &[("building", "1")], "没有记成坏的"),
        ("lift-out", &[("building", "999")], "没有 999 号楼"),
    ];
    for (verb, fields, said) in no {
        let answer = send(&dispatcher, verb, &version, fields);
        assert!(answer.status.is_client_error(), "{verb} {fields:?}: {}", answer.status);
        answer.says(&[said]);
    }
    assert_eq!(rounds(&c), before);
    assert_eq!(queued(&c).len(), 0);
    let nothing = send(&dispatcher, "burn", &version, &[]);
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_door_says_why_it_is_there_and_is_pinned_to_its_volunteer() {
    let c = planned();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let round = rounds(&c).remove(0);
    let number = round.stops[0].number;
    let page = format!("/rounds/2026-11-24/door/{number}");
    let all = c.registry.volunteers().unwrap();
    let name = &all.iter().find(|v| v.id == round.volunteer).unwrap().name;
    dispatcher.get(&page).says(&["为什么在这里", &format!("由 {} {name} 送", badge(&c, &round))]);
    let fields = [("number", number.to_string())];
    let fields = fields.each_ref().map(|(n, v)| (*n, v.as_str()));
    change(&dispatcher, "pin", &fields).says(&["固定给现在这位志愿者"]);
    dispatcher.get(&page).says(&["已固定", "不再固定"]);
    assert!(round_of(&c, number).unwrap().stops[0].pinned);
    change(&dispatcher, "unpin", &fields).says(&["可以换人送了"]);
    assert!(!round_of(&c, number).unwrap().stops[0].pinned);
    dispatcher.get("/rounds/2026-11-24/door/99").says(&["没有这个号码"]);
}

#[test]
fn two_change_their_rounds_one_goes_home_and_a_lift_stops() {
    let c = planned();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let [one, other] = [0, 1].map(|nth| rounds(&c).remove(nth));
    let (a, b) = (badge(&c, &one), badge(&c, &other));
    change(&dispatcher, "swap", &[("badge", &a), ("other", &b)]);
    let volunteer = |n: u32| rounds(&c).into_iter().find(|r| r.number == n).unwrap().volunteer;
    assert_eq!((volunteer(one.number), volunteer(other.number)), (other.volunteer, one.volunteer));

    change(&dispatcher, "off", &[("badge", &a)]).says(&[&format!("{a} 退出了")]);
    assert!(rounds(&c).iter().all(|r| r.volunteer != one.volunteer));
    assert_eq!(rounds(&c).iter().map(|r| r.stops.len()).sum::<usize>(), 12, "no door is lost");

    let lifts = c.registry.buildings().unwrap().into_iter().find(|b| b.lifts > 0).unwrap();
    let building = [("building", lifts.number.as_str())];
    change(&dispatcher, "lift-out", &building).says(&["电梯坏了："]);
    assert_eq!(c.dispatch.lifts_out(tuesday()).unwrap(), [lifts.number.as_str()]);
    change(&dispatcher, "lift-back", &building).hides(&["电梯坏了："]);
    let done = ["rounds.swapped", "duty.off", "lift.out", "lift.back"];
    assert!(done.iter().all(|what| history(&c).iter().any(|h| h == what)));
}

#[test]
fn what_is_over_stays_as_it_was() {
    let c = planned();
    let pages = Pages::of(&c);
    let version = c.dispatch.plan_version(tuesday()).unwrap();
    c.house.clock.set("2026-11-25T10:05:00+08:00".parse().unwrap());
    let dispatcher = pages.signed_in(Role::Dispatcher);
    dispatcher.get("/rounds?date=2026-11-24").says(&["第 1 轮"]).hides(&["把路线调好"]);
    let fields = [("seen", version.as_str())];
    let answer = dispatcher.fill("/rounds/2026-11-25/change", &format!("{CHANGE}/replan"), &fields);
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says(&["已经过去了"]);
    assert_eq!(dispatcher.get("/rounds?date=never").status, StatusCode::NOT_FOUND);
}
