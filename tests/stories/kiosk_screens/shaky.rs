//! A shaky finger: what starts and ends in its target counts, once.

use std::time::Duration;

use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::words::Lang;

use crate::support::screens::{Played, on_its_own_thread};

const MS: fn(u64) -> Duration = Duration::from_millis;

/// The middle of what has this label, in millimetres.
fn middle(kiosk: &Played, label: &str) -> [f32; 2] {
    let keys = kiosk.screen.keys();
    let key = keys.iter().find(|key| key.label == label).expect("the key is there");
    let [x, y, w, h] = key.mm;
    [x + w / 2.0, y + h / 2.0]
}

fn tap(kiosk: &mut Played, label: &str) {
    let at = middle(kiosk, label);
    kiosk.screen.finger_down(at);
    kiosk.screen.finger_up(at);
    kiosk.answer();
}

fn portions(kiosk: &Played) -> String {
    match kiosk.screen.kiosk().view().screen {
        Screen::Options(options) => options.portions,
        other => panic!("{other:?}"),
    }
}

fn typed(kiosk: &Played) -> String {
    match kiosk.screen.kiosk().view().screen {
        Screen::Keypad(keypad) => keypad.typed.replace(' ', ""),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_second_touch_within_four_tenths_of_a_second_is_no_second_press() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touch("堂食");
        tap(&mut kiosk, "加");
        kiosk.screen.pass(MS(150));
        tap(&mut kiosk, "加");
        kiosk.screen.pass(MS(200));
        tap(&mut kiosk, "加");
        assert_eq!(portions(&kiosk), "2 份", "three trembling touches, one press");
        kiosk.screen.pass(MS(100));
        tap(&mut kiosk, "加");
        assert_eq!(portions(&kiosk), "3 份", "half a second after the first is meant");
    });
}

#[test]
fn the_next_screen_is_not_pressed_by_the_tail_of_a_touch() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touch("堂食");
        tap(&mut kiosk, "下一步");
        kiosk.screen.pass(MS(100));
        tap(&mut kiosk, "确认下单");
        assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::Confirm(_)));
        kiosk.screen.pass(MS(400));
        tap(&mut kiosk, "确认下单");
        assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::Done(_)));
    });
}

#[test]
fn digits_are_typed_as_quickly_as_one_likes() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touches(&["值班", "志愿者"]);
        for digit in ["1", "1", "7"] {
            tap(&mut kiosk, digit);
            kiosk.screen.pass(MS(80));
        }
        assert_eq!(typed(&kiosk), "117");
    });
}

#[test]
fn a_touch_that_ends_elsewhere_or_began_elsewhere_does_not_count() {
    on_its_own_thread(|| {
        for (from, to) in [("堂食", "自取"), ("我的订单", "堂食")] {
            let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
            let (from, to) = (middle(&kiosk, from), middle(&kiosk, to));
            kiosk.screen.finger_down(from);
            kiosk.screen.finger_moves(to);
            kiosk.screen.finger_up(to);
            kiosk.answer();
            assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::Home(_)));
        }
    });
}

#[test]
fn a_finger_that_trembles_inside_its_key_presses_it() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        let [x, y] = middle(&kiosk, "堂食");
        kiosk.screen.finger_down([x, y]);
        for (dx, dy) in [(3.0, 1.0), (-4.0, 2.0), (2.0, -3.0)] {
            kiosk.screen.pass(MS(60));
            kiosk.screen.finger_moves([x + dx, y + dy]);
        }
        kiosk.screen.finger_up([x + 2.0, y - 3.0]);
        kiosk.answer();
        assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::Options(_)));
    });
}
