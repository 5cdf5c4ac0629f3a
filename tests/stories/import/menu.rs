//! Menus: the usual week and its exceptions.

use clubhouse_kiosk::domain::{Category, Fen};
use clubhouse_kiosk::import::{read_menu, write_menu};

use super::day;

const MENU: &str = r#"
closed = [{ date = "2026-10-01", reason = "国庆节" }]
[tue]
portions = 300
prices = { senior = 20, guest = 28.5, hardship = "9.90" }
dishes = [
  { zh = "红烧大排", en = "Pork chop", allergens = ["pork"], substitute = { zh = "鸡腿", en = "Chicken leg", allergens = [] } },
]
[date."2026-11-24"]
portions = 120
"#;

#[test]
fn menus_come_from_the_week_and_its_exceptions() {
    let template = read_menu(MENU).unwrap();
    let usual = template.menu_for(day("2026-11-17")).unwrap();
    assert_eq!(usual.portions, 300);
    assert_eq!(usual.prices[&Category::Guest], Fen(2850));
    assert_eq!(usual.prices[&Category::Hardship], Fen(990));
    let dated = template.menu_for(day("2026-11-24")).unwrap();
    assert_eq!((dated.portions, dated.dishes), (120, usual.dishes));
    assert_eq!(template.menu_for(day("2026-11-25")), None);
    assert_eq!(template.menu_for(day("2026-10-01")), None);
    assert_eq!(template.closed_weekdays().len(), 6);
    assert_eq!(read_menu(&write_menu(&template)).unwrap(), template);
}

#[test]
fn a_wrong_menu_names_its_place() {
    for (from, to, sentence) in [
        (
            "prices = { senior = 20, guest = 28.5, hardship = \"9.90\" }",
            "",
            "the menu of tue has no price",
        ),
        ("senior = 20, guest = 28.5, hardship = \"9.90\"", "", "the menu of tue has no price"),
        ("senior = 20", "senior = -20", "the menu of tue has -20 as the price for senior"),
        ("senior = 20", "senior = nan", "as the price for senior"),
        ("senior = 20", "senior = 1e30", "as the price for senior"),
        ("senior = 20", "old = 20", "has “old” as a price group; it must be one of senior"),
        ("portions = 300", "", "the menu of tue has no portions"),
        ("portions = 300", "portions = 0", "the menu of tue has 0 as portions"),
        ("portions = 120", "portions = -5", "the menu of 2026-11-24 has -5 as portions"),
        ("\"pork\"", "\"prok\"", "“prok” as an allergen of 红烧大排"),
        ("zh = \"红烧大排\"", "zh = \" \"", "the Chinese name of a dish"),
        ("en = \"Pork chop\", ", "", "missing field `en`"),
        (
            "[date.\"2026-11-24\"]",
            "[date.\"2026-10-01\"]",
            "2026-10-01 is closed (国庆节) and has a menu",
        ),
        ("[date.\"2026-11-24\"]", "[date.\"2026-11-25\"]", "the menu of 2026-11-25 has no dishes"),
        ("[date.\"2026-11-24\"]", "[date.\"2026-02-30\"]", "“2026-02-30” is not a date"),
        ("\"国庆节\"", "\"\"", "2026-10-01 has no reason"),
        ("[tue]", "[tues]", "line 3, column 2: unknown field `tues`"),
        ("portions = 300", "portions = ", "cannot be read at line 4"),
    ] {
        assert!(MENU.contains(from), "{from}");
        let error = read_menu(&MENU.replacen(from, to, 1)).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
    assert!(read_menu("").unwrap_err().to_string().contains("no menu"));
}
