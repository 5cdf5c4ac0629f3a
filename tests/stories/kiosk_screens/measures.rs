//! The measures of every screen as laid out: four panels, two languages, two sizes, two contrasts.

use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Contrast, Look, TextSize};
use clubhouse_kiosk::kiosk::gallery::{SCENES, open, open_as};
use clubhouse_kiosk::kiosk::headless::{Breaks, Kind, Layout, Target, Words};
use clubhouse_kiosk::kiosk::words::Lang;

use crate::support::layout::faults;
use crate::support::screens::{fonts, on_its_own_thread};

/// Every size and contrast.
fn looks() -> impl Iterator<Item = Look> {
    TextSize::ALL
        .into_iter()
        .flat_map(|size| Contrast::ALL.into_iter().map(move |contrast| Look { size, contrast }))
}

/// Looks at every scene on one panel in one language.
fn look_at_all(panel: Panel, lang: Lang) {
    on_its_own_thread(move || {
        let fonts = fonts();
        let mut found = Vec::new();
        for scene in SCENES {
            let screen = open(&fonts, panel, lang, scene).expect("a headless window");
            let asks = screen.kiosk().view().idle.is_some();
            // Nobody is there who could have chosen anything.
            let asleep =
                matches!(screen.kiosk().view().screen, Screen::Slides(_) | Screen::Dark(_));
            for look in looks().filter(|look| !asleep || *look == Look::default()) {
                // A touch would answer “are you still there?”: that scene is begun anew.
                let anew = asks.then(|| open_as(&fonts, panel, lang, look, scene));
                let anew = anew.map(|opened| opened.expect("a headless window"));
                let screen = anew.as_ref().unwrap_or(&screen);
                if !asks && !asleep {
                    screen.dress(look);
                }
                for fault in faults(&screen.layout(), panel) {
                    let Look { size, contrast } = look;
                    found.push(format!(
                        "{} {} {panel} {size:?} {contrast:?}: {fault}",
                        scene.name,
                        lang.code()
                    ));
                }
            }
        }
        assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    });
}

/// A key of 20 mm with one word that fits.
fn good(at: [f32; 2]) -> Target {
    let words = Words {
        text: "下一步".into(),
        kind: Kind::Main,
        told_elsewhere: false,
        body_mm: 9.0,
        mm: [at[0] + 1.0, at[1] + 5.0, 27.0, 10.4],
        want_mm: [27.0, 10.4],
        line_mm: 10.4,
        breaks: Breaks::Never,
    };
    let (label, mm) = (format!("at {} {}", at[0], at[1]), [at[0], at[1], 30.0, 20.0]);
    Target { label, listed: false, mm, words: vec![words] }
}

/// What the ruler says of two keys after one of them was spoiled.
fn told(spoil: impl FnOnce(&mut Target)) -> String {
    let mut targets = vec![good([10.0, 10.0]), good([45.0, 10.0])];
    spoil(&mut targets[1]);
    faults(&Layout { targets, words: Vec::new() }, Panel::TEN_INCH).join("; ")
}

#[test]
fn the_ruler_finds_each_kind_of_fault() {
    assert_eq!(told(|_| {}), "");
    assert!(told(|key| key.mm[3] = 19.0).contains("30.0×19.0 mm, needs 20"));
    assert!(told(|key| key.mm[0] = 44.0).contains("4.0 mm apart, need 5"));
    assert!(told(|key| key.mm[0] = 190.0).contains("leaves the panel"));
    assert!(told(|key| key.label = "at 10 10".into()).contains("two keys are called"));
    assert!(told(|key| key.words[0].body_mm = 8.9).contains("8.9 mm high, needs 9"));
    assert!(told(|key| key.words[0].want_mm[0] = 28.0).contains("28.0 mm wide, has 27.0"));
    assert!(told(|key| key.words[0].mm[3] = 8.0).contains("10.4 mm high, has 8.0"));
    assert!(told(|key| key.words[0].mm[0] = 50.0).contains("larger than its key"));
    let two_lines = told(|key| {
        key.words[0].breaks = Breaks::Lines;
        key.words[0].want_mm[0] = 40.0;
    });
    assert!(two_lines.contains("20.8 mm high, has 10.4"), "{two_lines}");
    let over = told(|key| key.words.push(key.words[0].clone()));
    assert!(over.contains("lie over each other"), "{over}");
}

#[test]
fn ten_inches_in_chinese() {
    look_at_all(Panel::TEN_INCH, Lang::Zh);
}

#[test]
fn ten_inches_in_english() {
    look_at_all(Panel::TEN_INCH, Lang::En);
}

#[test]
fn fifteen_inches_in_chinese() {
    look_at_all(Panel::FIFTEEN_INCH, Lang::Zh);
}

#[test]
fn fifteen_inches_in_english() {
    look_at_all(Panel::FIFTEEN_INCH, Lang::En);
}

#[test]
fn fifteen_inches_standing_in_chinese() {
    look_at_all(Panel::FIFTEEN_INCH_PORTRAIT, Lang::Zh);
}

#[test]
fn fifteen_inches_standing_in_english() {
    look_at_all(Panel::FIFTEEN_INCH_PORTRAIT, Lang::En);
}

#[test]
fn seven_inches_standing_in_chinese() {
    look_at_all(Panel::SEVEN_INCH_PORTRAIT, Lang::Zh);
}

#[test]
fn seven_inches_standing_in_english() {
    look_at_all(Panel::SEVEN_INCH_PORTRAIT, Lang::En);
}
