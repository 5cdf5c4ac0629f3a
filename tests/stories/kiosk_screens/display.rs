//! The display key: size, contrast and language, live on every screen and gone with the person.

use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Action, Contrast, Input, Look, TextSize};
use clubhouse_kiosk::kiosk::gallery::{SCENES, open};
use clubhouse_kiosk::kiosk::words::Lang;

use crate::support::kiosk::Bare;
use crate::support::screens::{Played, fonts, on_its_own_thread};

const STRONG: Look = Look { size: TextSize::Large, contrast: Contrast::High };

#[test]
fn english_is_behind_the_display_key_and_goes_with_the_person() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        let signs: Vec<_> = kiosk.screen.texts().into_iter().map(|(text, _)| text).collect();
        assert!(signs.contains(&"Aa".to_owned()) && signs.contains(&"EN".to_owned()), "{signs:?}");
        kiosk.touches(&["显示", "English", "Close", "Eat here", "Next"]);
        assert!(kiosk.screen.has("Place order"));
        kiosk.touches(&["Display", "中文", "关上"]);
        assert!(kiosk.screen.has("确认下单"));
        kiosk.touches(&["显示", "English", "Close", "Home"]);
        assert!(kiosk.screen.has("堂食"), "the next person reads Chinese");
    });
}

#[test]
fn large_words_and_high_contrast_show_at_once() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        let word = |kiosk: &Played| {
            let layout = kiosk.screen.layout();
            let target = layout.targets.iter().find(|t| t.label == "关上").expect("the sheet");
            target.words[0].body_mm
        };
        kiosk.touch("显示");
        let usual = word(&kiosk);
        kiosk.touch("大字");
        assert!(word(&kiosk) > usual * 1.15, "{} after {usual}", word(&kiosk));
        let paper = |kiosk: &Played| {
            kiosk.screen.palette().into_iter().find(|(name, _)| *name == "paper").expect("paper").1
        };
        kiosk.touch("高对比");
        assert_eq!(paper(&kiosk), [0, 0, 0]);
        kiosk.touches(&["普通", "正常字"]);
        assert_eq!(paper(&kiosk), [0xfa, 0xf7, 0xf1]);
        assert!((word(&kiosk) - usual).abs() < 0.01);
        kiosk.touch("关上");
        assert!(kiosk.screen.has("堂食"), "the sheet is gone");
    });
}

#[test]
fn every_screen_has_the_display_key() {
    on_its_own_thread(|| {
        let fonts = fonts();
        for scene in SCENES {
            let screen = open(&fonts, Panel::TEN_INCH, Lang::Zh, scene).expect("a window");
            if matches!(screen.kiosk().view().screen, Screen::Slides(_) | Screen::Dark(_)) {
                // One touch anywhere, and it is there.
                screen.touch("碰一下点餐").expect("a touch that wakes");
            }
            assert!(screen.has("显示"), "{} has no display key", scene.name);
        }
    });
}

/// Somebody with weak eyes in the middle of an order.
fn dressed() -> Bare {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([
        Action::Way(Fulfilment::EatIn),
        Action::Display,
        Action::Size(STRONG.size),
        Action::Contrast(STRONG.contrast),
        Action::Language(Lang::En),
        Action::CloseDisplay,
    ]);
    let view = kiosk.controller.view();
    assert_eq!((view.look, view.lang), (STRONG, Lang::En));
    kiosk
}

fn assert_as_the_next_person_finds_it(kiosk: &Bare) {
    let view = kiosk.controller.view();
    assert_eq!((view.look, view.lang, view.display), (Look::default(), Lang::Zh, None));
}

#[test]
fn starting_over_forgets_how_it_was_shown() {
    let mut kiosk = dressed();
    kiosk.touch(Action::Next);
    assert_eq!(kiosk.controller.view().look, STRONG, "it holds from page to page");
    kiosk.touch(Action::StartOver);
    assert_as_the_next_person_finds_it(&kiosk);
}

#[test]
fn going_away_forgets_how_it_was_shown() {
    let mut kiosk = dressed();
    kiosk.put(Input::Tick { seconds: 80 });
    assert_as_the_next_person_finds_it(&kiosk);
}

#[test]
fn on_the_first_screen_it_is_forgotten_too() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Display, Action::Size(TextSize::Large)]);
    kiosk.put(Input::Tick { seconds: 79 });
    assert_eq!(kiosk.controller.view().look.size, TextSize::Large);
    kiosk.put(Input::Tick { seconds: 1 });
    assert_as_the_next_person_finds_it(&kiosk);
}

#[test]
fn setting_the_display_changes_nothing_of_the_order() {
    let mut kiosk = dressed();
    kiosk.touches([
        Action::Next,
        Action::Display,
        Action::Size(TextSize::Normal),
        Action::CloseDisplay,
    ]);
    assert_eq!(kiosk.placed().len(), 0);
    kiosk.touch(Action::Confirm);
    assert_eq!(kiosk.placed().len(), 1);
}
