//! Lists, rounds and shut doors, by clicks and keys.

use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{Outcome, Role};
use clubhouse_kiosk::import::write_residents;
use clubhouse_kiosk::routing::{Options, Unattended};

use super::chromium::{Chromium, Size};
use super::is_asked_for;
use super::served::Served;
use crate::support::{Clubhouse, delivery, tuesday};

const PLAN: Options = Options { seed: 7, iterations: Some(500), threads: 1 };

#[test]
fn the_office_brings_a_list_sees_what_would_change_and_says_yes() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    let mut people = c.residents();
    people[0].phone = "13800001111".into();
    let list = c.house.folder().join("名单.csv");
    std::fs::write(&list, write_residents(&people)).unwrap();
    let served = Served::of(&c);
    let office = Chromium::signed_in(&served, Size::Desk, Role::Office);
    office.go("/people/residents/import");
    office.attach("#file", &list);
    office.press("先看看会改什么");
    office.says("修改 1");
    office.says("13800001111");
    assert!(c.residents().iter().all(|r| r.phone != "13800001111"), "only shown so far");
    office.press("照这样导入");
    office.says("已导入");
    assert_eq!(c.residents().iter().filter(|r| r.phone == "13800001111").count(), 1);
    office.go("/people/residents");
    office.type_into("input[type=search]", "13800001111");
    office.click("main form button");
    office.says("13800001111");
}

#[test]
fn the_dispatcher_plans_and_gives_a_door_to_somebody_else() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    for nth in 0..12 {
        c.counter.place(&delivery(&c.senior(nth * 11)), "kiosk").unwrap();
    }
    c.dispatch.put_on_duty(tuesday(), &[101, 102, 103, 104]).unwrap();
    c.at("10:05");
    c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    let rounds = || c.dispatch.rounds(tuesday()).unwrap();
    let before = rounds();
    assert!(before.len() > 1);
    let number = before[0].stops[0].number;
    let other = before[1].volunteer;
    let badge = c.registry.volunteers().unwrap().into_iter().find(|v| v.id == other).unwrap();
    let served = Served::of(&c);
    let dispatcher = Chromium::signed_in(&served, Size::Desk, Role::Dispatcher);
    dispatcher.go("/rounds");
    dispatcher.until("document.querySelectorAll('.map svg').length === 1");
    dispatcher.click("a[href$='/change']");
    dispatcher.type_into("form[action$=move] input[name=number]", &number.to_string());
    let words = format!("{} {}", badge.badge, badge.name);
    dispatcher.choose("form[action$=move] select[name=badge]", &words);
    dispatcher.click("form[action$=move] button");
    dispatcher
        .until("location.pathname === '/rounds' && document.querySelector('.answer') !== null");
    let after = rounds();
    let holder = after.iter().find(|r| r.stops.iter().any(|s| s.number == number)).unwrap();
    assert_eq!(holder.volunteer, other);
}

#[test]
fn a_shut_door_goes_from_step_to_step_until_somebody_writes_what_they_found() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    c.counter.place(&delivery(&c.senior(0)), "kiosk").unwrap();
    c.dispatch.put_on_duty(tuesday(), &[101]).unwrap();
    c.at("10:05");
    let round = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap().rounds.remove(0);
    c.at("11:00");
    let round = c.dispatch.take_slip(round.id).unwrap();
    let served = Served::of(&c);
    // The page stands open at the desk when the volunteer comes back.
    let desk = Chromium::signed_in(&served, Size::Phone, Role::Office);
    desk.go("/checks");
    desk.says("现在没有");
    c.at("11:20");
    let line = HandInLine {
        order: round.stops[0].order,
        outcome: Outcome::NoAnswer,
        left_with: String::new(),
        cash: None,
    };
    c.dispatch.record_visit(&line).unwrap();
    desk.says("给住户打电话");
    desk.type_into("input[name=note]", "响了十声");
    desk.press("没有人应");
    desk.says("响了十声");
    desk.until("document.querySelector('.next').innerText.includes('楼组长')");
    desk.type_into("input[name=finding]", "在浴室，没听见");
    desk.press("记下，结束");
    desk.says("✓ 11:20 在浴室，没听见");
    assert!(c.dispatch.open_checks().unwrap().is_empty());
}

#[test]
fn a_touch_on_the_map_names_the_points_of_a_path_that_is_missing() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    let mut drawing = c.registry.compound().unwrap();
    let entrance = drawing.buildings[6].entrance;
    let cut: Vec<_> =
        drawing.edges.iter().copied().filter(|e| e.a == entrance || e.b == entrance).collect();
    drawing.edges.retain(|e| e.a != entrance && e.b != entrance);
    let served = Served::of(&c);
    let drawer = clubhouse_kiosk::accounts::Accounts::new(c.house.clone())
        .list()
        .unwrap()
        .into_iter()
        .find(|account| account.role == Role::Office)
        .unwrap();
    c.registry.begin_draft(&drawer, &drawing, &[]).unwrap();
    let office = Chromium::signed_in(&served, Size::Desk, Role::Office);
    office.go("/compound/draft");
    office.says("有楼到不了");
    office.click("form[action$=join] input[name=a]");
    for end in [cut[0].a, cut[0].b] {
        office.value(&format!(
            "(() => {{ const p = document.querySelector('[data-point=\"{end}\"]').getBoundingClientRect();
               document.querySelector('.map svg').dispatchEvent(new MouseEvent('click',
                 {{ bubbles: true, clientX: p.x + p.width / 2, clientY: p.y + p.height / 2 }})); }})()"
        ));
    }
    let filled = "['a', 'b'].map(n => document.querySelector('form[action$=join] input[name=' + n + ']').value)";
    let ends = serde_json::json!([cut[0].a.to_string(), cut[0].b.to_string()]);
    assert_eq!(office.value(filled), ends);
    office.click("form[action$=join] button");
    office.says("每栋楼都走得到");
    office.press("启用这张图");
    office.until("location.pathname === '/compound'");
    let now = c.registry.compound().unwrap();
    assert!(now.edges.iter().any(|e| (e.a, e.b) == (cut[0].a, cut[0].b)));
}
