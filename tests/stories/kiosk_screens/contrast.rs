//! How words stand out from their ground: by the tokens, and by what is drawn.
//!
//! Contrast is that of WCAG 2.2: (L + 0.05) / (l + 0.05) of the relative luminances.

use std::collections::HashMap;

use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::{Contrast, Look, TextSize};
use clubhouse_kiosk::kiosk::gallery::{SCENES, open_as};
use clubhouse_kiosk::kiosk::headless::{Headless, Words};
use clubhouse_kiosk::kiosk::words::Lang;

use crate::support::screens::{fonts, on_its_own_thread};

/// Every colour of words with every ground they stand on.
const PAIRS: [(&str, &[&str]); 4] = [
    ("ink", &["paper", "card", "tint", "pressed", "warn"]),
    ("soft", &["paper", "card", "closed"]),
    ("accent", &["paper", "card"]),
    ("on-accent", &["accent", "accent-pressed"]),
];

fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn needed(contrast: Contrast) -> f64 {
    match contrast {
        Contrast::Normal => 10.0,
        Contrast::High => 20.0,
    }
}

#[test]
fn black_on_white_is_twenty_one_to_one() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([119; 3], [255; 3]) - 4.48).abs() < 0.01, "the usual example of a near miss");
}

#[test]
fn every_colour_of_words_stands_out_from_every_ground_it_is_used_on() {
    on_its_own_thread(|| {
        let fonts = fonts();
        for strength in Contrast::ALL {
            let look = Look { size: TextSize::Normal, contrast: strength };
            let screen = open_as(&fonts, Panel::TEN_INCH, Lang::Zh, look, &SCENES[0])
                .expect("a headless window");
            let palette: HashMap<_, _> = screen.palette().into_iter().collect();
            for (words, grounds) in PAIRS {
                for ground in grounds {
                    let found = contrast(palette[words], palette[ground]);
                    let needed = needed(strength);
                    assert!(found >= needed, "{words} on {ground}: {found:.1} of {needed}");
                }
            }
        }
    });
}

/// The contrast that is drawn: the commonest colour where words stand is their ground, and the one
/// farthest from it is the ink in the middle of a stroke.
fn drawn(picture: &slint::SharedPixelBuffer<slint::Rgb8Pixel>, words: &Words, per_mm: f32) -> f64 {
    let [x, y, w, h] = words.mm.map(|mm| (mm * per_mm) as u32);
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    for row in y..(y + h).min(picture.height()) {
        for column in x..(x + w).min(picture.width()) {
            let pixel = picture.as_slice()[(row * picture.width() + column) as usize];
            *counts.entry([pixel.r, pixel.g, pixel.b]).or_default() += 1;
        }
    }
    let ground = *counts.iter().max_by_key(|(_, n)| **n).expect("words have room").0;
    counts.keys().map(|colour| contrast(*colour, ground)).fold(1.0, f64::max)
}

fn faint_words(screen: &Headless, panel: Panel, strength: Contrast) -> Vec<String> {
    let layout = screen.layout();
    let picture = screen.snapshot_rgb().expect("a picture");
    let on_keys = layout.targets.iter().flat_map(|target| &target.words);
    layout
        .words
        .iter()
        .chain(on_keys)
        .map(|words| (&words.text, drawn(&picture, words, panel.px_per_mm())))
        .filter(|(_, found)| *found < needed(strength))
        .map(|(text, found)| format!("“{text}” has {found:.1}"))
        .collect()
}

#[test]
fn what_is_drawn_stands_out_on_every_screen() {
    const PANEL: Panel = Panel::TEN_INCH;
    let looks = Contrast::ALL.map(|contrast| {
        std::thread::spawn(move || {
            let fonts = fonts();
            let look = Look { size: TextSize::Normal, contrast };
            let mut found = Vec::new();
            for scene in SCENES {
                let screen = open_as(&fonts, PANEL, Lang::Zh, look, scene).expect("a window");
                if screen.kiosk().view().look != look {
                    // Whoever chose it has left.
                    continue;
                }
                let faint = faint_words(&screen, PANEL, contrast);
                found.extend(faint.iter().map(|f| format!("{} {contrast:?}: {f}", scene.name)));
            }
            found
        })
    });
    let found: Vec<String> =
        looks.into_iter().flat_map(|look| look.join().expect("drawn")).collect();
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
