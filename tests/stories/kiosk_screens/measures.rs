//! The measures of every screen as laid out: four panels, two languages, two sizes, two contrasts.

use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::{Contrast, Look, TextSize};
use clubhouse_kiosk::kiosk::gallery::{SCENES, open, open_as};
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
            for look in looks() {
                // A touch would answer “are you still there?”: that scene is begun anew.
                let anew = asks.then(|| open_as(&fonts, panel, lang, look, scene));
                let anew = anew.map(|opened| opened.expect("a headless window"));
                let screen = anew.as_ref().unwrap_or(&screen);
                if !asks {
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
