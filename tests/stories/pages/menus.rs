//! The menu, a week on one page.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use clubhouse_kiosk::domain::{Category, Fen, Fulfilment, Role, ServiceDate};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::pictures::{dish_file, dishes_folder};
use clubhouse_kiosk::store::audit;

use crate::support::pages::{Browser, Pages};
use crate::support::{Clubhouse, tuesday, wish};

/// The fields of a day's form, as they stand in it, with some filled in anew.
fn form(
    browser: &Browser<'_>,
    date: ServiceDate,
    changes: &[(&str, &str)],
) -> Vec<(String, String)> {
    let page = browser.get(&format!("/menus/{date}")).text;
    let mut fields: Vec<(String, String)> = Vec::new();
    for input in page.split("<input ").skip(1) {
        let attribute = |name: &str| {
            let (_, rest) = input.split('>').next()?.split_once(&format!("{name}=\""))?;
            rest.split('"').next().map(ToOwned::to_owned)
        };
        let tag = input.split('>').next().unwrap();
        let unticked = tag.contains("type=\"checkbox\"") && !tag.contains("checked");
        let (Some(name), false) = (attribute("name"), unticked) else { continue };
        // What follows the menu's form are the pictures.
        if name == "day" {
            break;
        }
        if name != "form_token" || !fields.iter().any(|(n, _)| n == "form_token") {
            fields.push((name, attribute("value").unwrap_or_default()));
        }
    }
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

fn send(
    browser: &Browser<'_>,
    date: ServiceDate,
    fields: &[(String, String)],
) -> crate::support::pages::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.send(&format!("/menus/{date}"), &fields)
}

#[test]
fn the_week_stands_on_one_page_and_a_day_is_changed() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let kitchen = pages.signed_in(Role::Kitchen);
    kitchen.get("/menus").says(&[
        "11月23日 周一",
        "11月29日 周日",
        "红烧大排",
        "Braised pork chop",
    ]);

    let date = tuesday();
    let changes =
        [("zh0", "清蒸鲈鱼"), ("en0", "Steamed bass"), ("has0", "fish"), ("price_guest", "25.50")];
    let saved = send(&kitchen, date, &form(&kitchen, date, &changes));
    assert_eq!(saved.location, format!("/menus?week=2026-11-23#d{date}"));
    let menu = clubhouse.counter.day(date).unwrap().menu.unwrap();
    assert_eq!(
        (menu.dishes[0].zh.as_str(), menu.prices[&Category::Guest]),
        ("清蒸鲈鱼", Fen(2550))
    );
    kitchen.get("/menus").says(&["清蒸鲈鱼", "含 鱼"]);
}

#[test]
fn a_form_that_is_not_right_comes_back_with_everything_in_it() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let kitchen = pages.signed_in(Role::Kitchen);
    let before = clubhouse.counter.day(tuesday()).unwrap().menu;
    for (name, value, said) in [
        ("en0", "", "每道菜要有中文名和英文名"),
        ("portions", "many", "份数要写整数"),
        ("price_senior", "1,5", "价格要写成"),
    ] {
        let changes = [("zh0", "狮子头"), (name, value)];
        let answer = send(&kitchen, tuesday(), &form(&kitchen, tuesday(), &changes));
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.says(&[said, "value=\"狮子头\""]);
    }
    assert_eq!(clubhouse.counter.day(tuesday()).unwrap().menu, before);
}

#[test]
fn whoever_was_slower_is_told_and_loses_nothing() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let (office, kitchen) = (pages.signed_in(Role::Office), pages.signed_in(Role::Kitchen));
    let slow = form(&office, tuesday(), &[("zh0", "狮子头"), ("en0", "Meatballs")]);
    send(&kitchen, tuesday(), &form(&kitchen, tuesday(), &[("portions", "77")]));

    let answer = send(&office, tuesday(), &slow);
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let answer = answer.says(&["别人改了这一天", "77 份", "value=\"狮子头\""]);
    let menu = clubhouse.counter.day(tuesday()).unwrap().menu.unwrap();
    assert_eq!((menu.portions, menu.dishes[0].zh.as_str()), (77, "红烧大排"));

    // Having read it, the office saves all the same.
    let version = answer.after("name=\"version\" value=\"");
    let again: Vec<(String, String)> = slow
        .into_iter()
        .map(|(n, v)| if n == "version" { (n, version.clone()) } else { (n, v) })
        .collect();
    assert_eq!(send(&office, tuesday(), &again).status, StatusCode::SEE_OTHER);
    assert_eq!(clubhouse.counter.day(tuesday()).unwrap().menu.unwrap().dishes[0].zh, "狮子头");
}

#[test]
fn a_day_with_orders_says_how_many_and_the_history_keeps_what_was_on_the_menu() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let kitchen = pages.signed_in(Role::Kitchen);
    for _ in 0..3 {
        clubhouse.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    }
    let path = format!("/menus/{}", tuesday());
    kitchen.get(&path).says(&["这一天已有订单： <strong>3</strong>"]);
    send(&kitchen, tuesday(), &form(&kitchen, tuesday(), &[("zh0", "狮子头")]));
    let changes = clubhouse.house.store.read(|db| Ok::<_, Error>(audit::changes(db, 1, 0)?));
    let change = changes.unwrap().remove(0);
    assert_eq!((change.account.as_str(), change.what.as_str()), ("kitchen", "menu.saved"));
    assert!(change.detail.contains("红烧大排") && change.detail.contains("狮子头"));
    assert!(change.detail.contains("\"orders\":3"), "{}", change.detail);
}

#[test]
fn a_week_is_copied_to_where_there_is_none_at_the_usual_prices() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let prices = [("price_senior", "16"), ("subsidy_senior", "4"), ("price_guest", "28")];
    let version = office.get("/money/prices").after("name=\"version\" value=\"");
    let mut fields = prices.to_vec();
    fields.push(("version", &version));
    assert_eq!(
        office.fill("/money/prices", "/money/prices", &fields).status,
        StatusCode::SEE_OTHER
    );

    // Far enough ahead that nothing is written there.
    let to = "2027-03-03";
    let copy = [("from", "2026-11-23"), ("to", to)];
    let answer = office.fill("/menus", "/menus/copy-week", &copy);
    assert!(answer.location.starts_with("/menus?week=2027-03-01&written="), "{}", answer.location);
    office.get(&answer.location).says(&["复制了", "红烧大排", "老年餐 16 元"]);
    let again = office.fill("/menus", "/menus/copy-week", &copy);
    assert!(again.location.contains("written=0"), "{}", again.location);

    let day = clubhouse.counter.day("2027-03-02".parse().unwrap()).unwrap();
    assert_eq!(day.menu.unwrap().prices[&Category::Senior], Fen::yuan(16));
    // A single day does not take the place of another.
    let one = office.fill("/menus", "/menus/2026-11-24/copy", &[("to", "2027-03-02")]);
    one.says(&["没有复制"]);
}

#[test]
fn a_day_is_closed_with_a_reason_unless_orders_stand_and_opened_again() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let reason = [("reason", "灶台坏了")];
    clubhouse.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    office.fill("/menus", "/menus/2026-11-24/close", &reason).says(&["这一天还有订单"]);
    office.fill("/menus", "/menus/2026-11-25/close", &[("reason", " ")]).says(&["请写停餐的原因"]);
    office.fill("/menus", "/menus/2026-11-25/close", &reason);
    office.get("/menus").says(&["灶台坏了"]);
    let wednesday: ServiceDate = "2026-11-25".parse().unwrap();
    assert_eq!(
        clubhouse.counter.calendar().unwrap().closed(wednesday).as_deref(),
        Some("灶台坏了")
    );
    office.fill("/menus", "/menus/2026-11-25/open", &[]);
    office.get("/menus").hides(&["灶台坏了"]);
    // Who was slower does not write over what another clerk typed in.
    let cooked = |portions, seen| {
        let fields = [("portions", portions), ("seen", seen)];
        office.fill("/menus", "/menus/2026-11-24/cooked", &fields).status
    };
    assert_eq!(cooked("90", ""), StatusCode::SEE_OTHER);
    assert_eq!(cooked("80", ""), StatusCode::FORBIDDEN);
    assert_eq!(cooked("80", "90"), StatusCode::SEE_OTHER);
    // What is over stays.
    office.fill("/menus", "/menus/2026-11-20/close", &reason).says(&["已经过去"]);
}

fn picture(
    browser: &Browser<'_>,
    token: &str,
    dish: &str,
    bytes: &[u8],
) -> crate::support::pages::Answer {
    let mut body = Vec::new();
    for (name, value) in [("form_token", token), ("day", "2026-11-24"), ("dish", dish)] {
        let part =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--edge\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"../../x.jpg\"\r\n\r\n",
    );
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = Request::post("/menus/picture")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body))
        .unwrap();
    browser.ask(request)
}

/// A small grey picture.
fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 64, 48);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&[128; 64 * 48]).unwrap();
    bytes
}

#[test]
fn a_picture_from_a_telephone_is_kept_and_what_is_none_is_refused() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let kitchen = pages.signed_in(Role::Kitchen);
    let token = kitchen.get("/menus").after("name=\"form_token\" value=\"");
    let folder = dishes_folder(clubhouse.house.folder());

    let nothing = picture(&kitchen, &token, "红烧大排", b"no picture at all");
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says(&["这不是能显示的图片"]);
    picture(&kitchen, &token, "../secret", &png()).says(&["不能当文件名"]);
    assert_eq!(picture(&kitchen, "stolen", "红烧大排", &png()).status, StatusCode::FORBIDDEN);
    let big = picture(&kitchen, &token, "红烧大排", &vec![0; 17 * 1024 * 1024]);
    assert_eq!(big.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(dish_file(&folder, "红烧大排"), None);

    assert_eq!(picture(&kitchen, &token, "红烧大排", &png()).status, StatusCode::SEE_OTHER);
    assert_eq!(dish_file(&folder, "红烧大排"), Some(folder.join("红烧大排.png")));
    let left = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(left, 1, "no half-written file stays");
    let shown = kitchen.get("/menus/picture?dish=%E7%BA%A2%E7%83%A7%E5%A4%A7%E6%8E%92");
    assert_eq!(shown.headers[header::CONTENT_TYPE], "image/png");
    kitchen.get("/menus/2026-11-24").says(&["alt=\"红烧大排\""]);
}
