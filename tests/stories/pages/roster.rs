//! The roster at the desk: a week of shifts, a day of it, who has come, how many are needed.

use axum::http::StatusCode;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::domain::{Role, ServiceDate};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::store::audit;

use crate::support::pages::{Answer, Browser, Pages};
use crate::support::{Clubhouse, delivery, tuesday};

fn seen(browser: &Browser<'_>, page: &str) -> String {
    browser.get(page).after("name=\"seen\" value=\"")
}

/// Presses a button of the week, with hours.
fn press(browser: &Browser<'_>, seen: &str, button: (&str, &str), hours: (&str, &str)) -> Answer {
    let fields =
        [("week", "2026-11-23"), ("seen", seen), ("from", hours.0), ("until", hours.1), button];
    browser.fill("/roster", "/roster/set", &fields)
}

/// Badge, from and until of a date.
fn shifts(c: &Clubhouse, date: &str) -> Vec<(u32, String)> {
    let date: ServiceDate = date.parse().unwrap();
    let hours = |s: &clubhouse_kiosk::domain::Shift| {
        let clock = |t: Option<jiff::civil::Time>| t.map(|t| t.strftime("%H:%M").to_string());
        format!("{}-{}", clock(s.from).unwrap_or_default(), clock(s.until).unwrap_or_default())
    };
    c.dispatch.shifts(date).unwrap().iter().map(|s| (s.volunteer.badge, hours(s))).collect()
}

#[test]
fn a_week_is_filled_cell_by_cell_with_hours_and_emptied_again() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    dispatcher.get("/roster").says(&["11月23日 周一", "11月29日 周日", "＋", "scope=\"row\""]);
    let put = ("put", "2026-11-25/101");
    let answer = press(&dispatcher, &seen(&dispatcher, "/roster"), put, ("11:00", "12:30"));
    dispatcher.get(&answer.location).says(&["排上了", "11:00–12:30"]);
    assert_eq!(shifts(&c, "2026-11-25"), [(101, "11:00-12:30".to_owned())]);
    press(&dispatcher, &seen(&dispatcher, "/roster"), ("put", "2026-11-25/102"), ("", ""));
    press(&dispatcher, &seen(&dispatcher, "/roster"), ("take", "2026-11-25/101"), ("", ""));
    assert_eq!(shifts(&c, "2026-11-25"), [(102, "-".to_owned())]);

    // What is over, ends before it begins, or was not chosen, is refused.
    let now = seen(&dispatcher, "/roster");
    let over = press(&dispatcher, &now, ("put", "2026-11-23/101"), ("", ""));
    over.says(&["11月23日 周一 已经过去了"]);
    press(&dispatcher, &now, put, ("12:30", "11:00")).says(&["结束的时间要比开始晚"]);
    press(&dispatcher, &now, put, ("noon", "")).says(&["时间要写成 11:20"]);
    press(&dispatcher, &now, ("none", ""), ("", "")).says(&["没有选哪一天"]);
    press(&dispatcher, &now, ("put", "2026-11-25/9999"), ("", ""));
    assert_eq!(shifts(&c, "2026-11-25"), [(102, "-".to_owned())]);
}

#[test]
fn of_two_clerks_the_slower_one_is_told() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let (one, other) = (pages.signed_in(Role::Dispatcher), pages.signed_in(Role::Office));
    let old = seen(&other, "/roster");
    press(&one, &seen(&one, "/roster"), ("put", "2026-11-26/101"), ("", ""));
    let answer = press(&other, &old, ("put", "2026-11-26/102"), ("", ""));
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.says(&["刚才别人改了排班"]);
    assert_eq!(shifts(&c, "2026-11-26").len(), 1);
    let copied = other.fill("/roster", "/roster/copy", &[("week", "2026-11-23"), ("seen", &old)]);
    assert_eq!(copied.status, StatusCode::CONFLICT);
}

#[test]
fn last_weeks_roster_is_copied_where_nothing_stands_yet() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    for (date, badges) in [("2026-11-25", [101, 102]), ("2026-11-27", [103, 104])] {
        c.dispatch.put_on_duty(date.parse().unwrap(), &badges).unwrap();
    }
    // Already there with other hours.
    let thursday = "2026-12-04".parse().unwrap();
    let noon = jiff::civil::time(12, 0, 0, 0);
    c.dispatch.put_on_duty_between(thursday, &[103], Some(noon), None).unwrap();
    let week = "2026-11-30";
    let version = seen(&dispatcher, &format!("/roster?week={week}"));
    let answer = dispatcher.fill("/roster", "/roster/copy", &[("week", week), ("seen", &version)]);
    dispatcher.get(&answer.location).says(&["复制了 3 个班"]);
    assert_eq!(shifts(&c, "2026-12-02").len(), 2);
    assert_eq!(shifts(&c, "2026-12-04"), [(103, "12:00-".to_owned()), (104, "-".to_owned())]);
}

#[test]
fn who_signs_in_at_the_screen_has_come_and_the_first_time_counts() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    c.dispatch.put_on_duty(tuesday(), &[101, 102]).unwrap();
    let page = "/roster/2026-11-24";
    dispatcher.get(page).says(&["还没有"]);
    let pin = c.registry.volunteers().unwrap().into_iter().find(|v| v.badge == 101).unwrap().pin;
    let old = seen(&dispatcher, "/roster");
    c.at("10:40");
    let wrong = if pin == "0000" { "0001" } else { "0000" };
    assert!(c.dispatch.sign_in(101, wrong).is_err());
    dispatcher.get(page).hides(&["10:40"]);
    c.dispatch.sign_in(101, &pin).unwrap();
    c.at("11:30");
    c.dispatch.sign_in(101, &pin).unwrap();
    let told = dispatcher.get(page).says(&["✓ 10:40", "还没有"]).hides(&["11:30"]);
    assert_eq!(told.text.matches("class=\"good\">✓").count(), 1);
    dispatcher.get("/roster").says(&["已到"]);
    // Nobody's form grows old by it.
    let answer = press(&dispatcher, &old, ("put", "2026-11-26/103"), ("", ""));
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[test]
fn how_many_are_needed_is_asked_of_the_planner() {
    let mut settings = Settings::default();
    settings.rounds.plan_s = 1;
    let c = Clubhouse::with(settings);
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let page = "/roster/2026-11-24";
    let ask = || {
        dispatcher.fill(page, "/roster/2026-11-24/need", &[]);
        for _ in 0..40 {
            let page = dispatcher.get(page);
            if !page.text.contains("正在算") {
                return page;
            }
            dispatcher.get("/rounds/events");
        }
        panic!("the planner does not end");
    };
    ask().says(&["还没有外送，不用人"]);
    for nth in 0..12 {
        c.counter.place(&delivery(&c.senior(nth * 11)), "kiosk").unwrap();
    }
    ask().says(&["12 户外送，像名单上这样的志愿者", "人就够"]);
    c.dispatch.put_on_duty(tuesday(), &[101, 102, 103, 104]).unwrap();
    ask().says(&["12 户外送，值班的 4 人里"]);
}

#[test]
fn the_list_to_read_out_has_names_hours_and_numbers() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    dispatcher.get("/roster/reminders").says(&["还没有排人"]);
    let until = jiff::civil::time(12, 15, 0, 0);
    c.dispatch.put_on_duty_between(tuesday(), &[101], None, Some(until)).unwrap();
    c.dispatch.put_on_duty(tuesday(), &[102]).unwrap();
    let all = c.registry.volunteers().unwrap();
    let [one, other] = [101, 102].map(|b| all.iter().find(|v| v.badge == b).unwrap().clone());
    let lines = [
        format!("{} 到 12:15 {}", one.name, one.phone),
        format!("{} 11:00 起 {}", other.name, other.phone),
    ];
    for page in ["/roster/reminders", "/roster/2026-11-24"] {
        dispatcher.get(page).says(&["11月24日 周二 中午送餐", &lines[0], &lines[1]]);
    }
}

#[test]
fn who_goes_home_after_the_plan_leaves_no_door_behind() {
    let c = Clubhouse::new();
    for nth in 0..10 {
        c.counter.place(&delivery(&c.senior(nth * 11)), "kiosk").unwrap();
    }
    c.dispatch.put_on_duty(tuesday(), &[101, 102, 103]).unwrap();
    c.at("10:05");
    let options = Options { seed: 7, iterations: Some(500), threads: 1 };
    c.dispatch.plan_rounds(tuesday(), &options, &Unattended).unwrap();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let gone = c.dispatch.rounds(tuesday()).unwrap().remove(0).volunteer;
    let all = c.registry.volunteers().unwrap();
    let badge = all.iter().find(|v| v.id == gone).unwrap().badge;

    let button = format!("2026-11-24/{badge}");
    let answer = press(&dispatcher, &seen(&dispatcher, "/roster"), ("take", &button), ("", ""));
    assert_eq!(answer.location, "/rounds?date=2026-11-24");
    for _ in 0..40 {
        if !dispatcher.get("/rounds").text.contains("正在排路线") {
            break;
        }
        dispatcher.get("/rounds/events");
    }
    dispatcher.get("/rounds").says(&[&format!("{badge} 退出了")]);
    let rounds = c.dispatch.rounds(tuesday()).unwrap();
    assert!(rounds.iter().all(|r| r.volunteer != gone));
    assert_eq!(rounds.iter().map(|r| r.stops.len()).sum::<usize>(), 10);
    let changes = c.house.store.read(|db| Ok::<_, Error>(audit::changes(db, 5, 0)?)).unwrap();
    assert!(changes.iter().any(|change| change.what == "duty.off"));
    // Who comes after the plan is told how to be given doors.
    let back = press(&dispatcher, &seen(&dispatcher, "/roster"), ("put", &button), ("", ""));
    dispatcher.get(&back.location).says(&["路线已经排好"]);
}
