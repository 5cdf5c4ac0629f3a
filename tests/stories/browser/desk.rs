//! The desk's day, by clicks and keys.

use clubhouse_kiosk::domain::{Fulfilment, OrderState, Role};

use super::chromium::{Chromium, Size};
use super::is_asked_for;
use super::served::Served;
use crate::support::{Clubhouse, tuesday, wish};

#[test]
fn a_clerk_orders_for_somebody_and_the_day_at_the_desk_sees_it_come_in() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    let served = Served::of(&c);
    let kitchen = Chromium::signed_in(&served, Size::Desk, Role::Kitchen);
    kitchen.go("/today");
    let leader = Chromium::signed_in(&served, Size::Phone, Role::BuildingLeader);
    leader.go("/orders");
    let here =
        |r: &clubhouse_kiosk::domain::Resident| r.door.building == "7" && r.allergies.is_empty();
    let somebody = c.residents().into_iter().find(here).unwrap();
    leader.type_into("input[name=find]", &format!("7-{}", somebody.door.room()));
    leader.click("main form button");
    leader.click(&format!("a[href='/orders/{}']", somebody.id));
    leader.choose("select[name=way]", "外送");
    leader.press("下单");
    leader.says("办好了");

    let order = c.counter.orders(tuesday()).unwrap().pop().unwrap();
    assert_eq!((order.resident, order.fulfilment), (Some(somebody.id), Fulfilment::Delivery));
    // The kitchen's page was open all the time; nobody reloaded it.
    let came = format!("document.querySelector('main').innerText.includes('{}')", order.number);
    kitchen.until(&came);
    kitchen.until("/外送\\s*1/.test(document.querySelector('main').innerText)");

    leader.click("details summary");
    leader.press("取消这一单");
    leader.until("document.querySelector('form[action$=cancel]') === null");
    let gone = c.counter.by_number(tuesday(), order.number).unwrap();
    assert_eq!(gone.state, OrderState::Cancelled);
}

#[test]
fn the_kitchen_calls_a_number_and_the_television_shows_it() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    let order = c.counter.place(&wish(Fulfilment::TakeAway), "kiosk").unwrap();
    c.at("11:05");
    let served = Served::of(&c);
    let television = Chromium::open(&served, Size::Desk);
    television.go("/display");
    let kitchen = Chromium::signed_in(&served, Size::Desk, Role::Kitchen);
    kitchen.go("/hand-over");
    kitchen.type_into("input[name=code]", &order.number.to_string());
    kitchen.press("下一步");
    let shown = format!(
        "[...document.querySelectorAll('main li, main p')].some(e => e.innerText.trim() === '{}')",
        order.number
    );
    television.until(&shown);
    kitchen.press("取走了");
    television.until(&format!("!({shown})"));
    let now = c.counter.by_number(tuesday(), order.number).unwrap();
    assert_eq!(now.state, OrderState::Collected);
}

#[test]
fn whoever_still_has_the_old_form_open_is_told() {
    if !is_asked_for() {
        return;
    }
    let c = Clubhouse::new();
    let somebody = c.senior(0);
    let mut asked = wish(Fulfilment::EatIn);
    asked.resident = Some(somebody.id);
    let order = c.counter.place(&asked, "kiosk").unwrap();
    let served = Served::of(&c);
    let page = format!("/orders/{}", somebody.id);
    let clerks = [Role::Office, Role::Dispatcher].map(|role| {
        let clerk = Chromium::signed_in(&served, Size::Desk, role);
        clerk.go(&page);
        clerk.click("details summary");
        clerk
    });
    for (clerk, portions) in clerks.iter().zip(["3", "2"]) {
        clerk.choose("form[action$=amend] [name=portions]", portions);
        clerk.press("改好");
    }
    clerks[0].says("办好了");
    clerks[1].says("刚才有人改过了");
    let now = c.counter.by_number(tuesday(), order.number).unwrap();
    assert_eq!(now.portions.get(), 3);
}
