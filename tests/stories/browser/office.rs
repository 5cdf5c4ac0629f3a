//! The office's quiet hours: menu, money, roster, people and accounts, by clicks and keys.

use clubhouse_kiosk::domain::{Fen, Role};
use clubhouse_kiosk::programs::Programs;
use clubhouse_kiosk::store::duty;

use super::chromium::{Chromium, Size};
use super::is_asked_for;
use super::served::Served;
use crate::support::{Clubhouse, tuesday};

#[test]
fn the_menu_of_a_day_is_changed_and_copied_money_comes_in_and_the_figures_open() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    let served = Served::of(&c);
    let office = Chromium::signed_in(&served, Size::Desk, Role::Office);
    office.go("/menus");
    office.click("a[href='/menus/2026-11-24']");
    office.type_into("input[name=zh0]", "清蒸鲈鱼");
    office.type_into("input[name=portions]", "90");
    office.click(".menu-form button.primary");
    office.until("location.pathname === '/menus'");
    office.says("清蒸鲈鱼");
    let menu = c.counter.day(tuesday()).unwrap().menu.unwrap();
    assert_eq!((&*menu.dishes[0].zh, menu.portions), ("清蒸鲈鱼", 90));

    let senior = c.senior(0);
    office.go(&format!("/money/account/{}", senior.id));
    office.type_into("input[name=amount]", "66.50");
    office.click("form[action$=top-up] button");
    office.says("记好了");
    assert_eq!(c.counter.balance(senior.id).unwrap(), Fen(6650));
    office.go("/money/day");
    office.says("66.50");
    office.go("/figures");
    office.says("每道菜");
}

#[test]
fn a_volunteer_is_put_on_duty_and_a_resident_is_mended_and_cared_for() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    let served = Served::of(&c);
    let office = Chromium::signed_in(&served, Size::Desk, Role::Office);
    office.go("/roster");
    office.click("#b103 button[value*='2026-11-24']");
    office.until("document.querySelector('#b103 button.on') !== null");
    let shifts = c.house.store.read(|db| duty::shifts(db, tuesday())).unwrap();
    assert_eq!(shifts.len(), 1);
    office.go("/roster/2026-11-24");
    office.says("103");

    let senior = c.senior(0);
    office.go(&format!("/people/residents/{}", senior.id));
    office.type_into("input[name=door_note]", "敲门重一点，耳朵背");
    office.press("保存");
    office.until("document.body.innerText.includes('✓')");
    assert_eq!(c.counter.resident(senior.id).unwrap().resident.door_note, "敲门重一点，耳朵背");
    office.go(&format!("/people/residents/{}/care", senior.id));
    office.type_into("input[name=name1]", "王芳");
    office.type_into("input[name=relation1]", "女儿");
    office.type_into("input[name=phone1]", "13800001111");
    office.click("form[action$=contacts] button");
    office.until("document.querySelector('input[name=name1]').value === '王芳'");
    office.type_into("input[name=said_by]", "王芳");
    office.press("同意");
    office.until("/王芳/.test(document.body.innerText)");
    office.go(&format!("/people/residents/{}/card", senior.id));
    office.until("document.querySelector('svg') !== null || document.body.innerText.length > 0");
}

#[test]
fn the_office_lets_a_colleague_and_a_program_in_and_reads_who_did_what() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    let served = Served::of(&c);
    let office = Chromium::signed_in(&served, Size::Desk, Role::Office);
    office.go("/accounts");
    office.type_into("form[action='/accounts'] input[name=name]", "阿芳");
    office.type_into("form[action='/accounts'] input[name=password]", "four dishes and a soup");
    office.click("form[action='/accounts'] button");
    office.says("阿芳 可以用新密码登录了");
    office.go("/programs");
    office.type_into("input[name=name]", "tv");
    office.click("form[action='/programs'] button");
    office.until("document.querySelector('code.token') !== null");
    let token = office.value("document.querySelector('code.token').innerText");
    let known = Programs::new(c.house.clone()).of_token(token.as_str().unwrap()).unwrap();
    assert_eq!(known.unwrap().name, "tv");
    office.go("/history");
    office.says("加了账号");
    office.says("加了程序");
    assert!(!office.text().contains(token.as_str().unwrap()));
}
