//! What is wrong with a screen as laid out, each fault in a sentence.

use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::headless::{Breaks, Kind, Layout, Target, Words};

/// Rounding to whole pixels, in millimetres.
const SLACK: f32 = 0.25;
/// A type's size is exact but for binary fractions.
const TYPE_SLACK: f32 = 0.01;

/// The least measures on a panel, in millimetres.
pub struct Least {
    pub key: f32,
    pub key_gap: f32,
    pub choice: f32,
    pub choice_gap: f32,
    pub main: f32,
    pub other: f32,
}

impl Least {
    /// Those for panels of 13 inches and more, of 10 to 13, and smaller ones.
    pub fn on(panel: Panel) -> Self {
        let (key, key_gap, choice, choice_gap, main, other) =
            match panel.width_mm.hypot(panel.height_mm) {
                d if d >= 325.0 => (20.0, 5.0, 16.0, 3.0, 12.0, 7.0),
                d if d >= 252.0 => (20.0, 5.0, 14.0, 3.0, 9.0, 5.5),
                _ => (15.0, 4.0, 12.0, 2.5, 7.0, 4.8),
            };
        Self { key, key_gap, choice, choice_gap, main, other }
    }
}

/// Everything that is wrong with a screen.
pub fn faults(layout: &Layout, panel: Panel) -> Vec<String> {
    let least = Least::on(panel);
    let mut faults = Vec::new();
    if layout.targets.is_empty() {
        faults.push("no way on".to_owned());
    }
    for (at, target) in layout.targets.iter().enumerate() {
        target_faults(target, panel, &least, &mut faults);
        for other in &layout.targets[at + 1..] {
            pair_faults(target, other, &least, &mut faults);
        }
    }
    for (at, words) in layout.words.iter().enumerate() {
        words_faults(words, panel, &least, &mut faults);
        for target in layout.targets.iter().filter(|t| meet(ink(words), t.mm)) {
            faults.push(format!("“{}” lies over the key “{}”", words.text, target.label));
        }
        for other in layout.words[at + 1..].iter().filter(|o| meet(ink(words), ink(o))) {
            faults.push(format!("“{}” and “{}” lie over each other", words.text, other.text));
        }
    }
    faults
}

fn target_faults(target: &Target, panel: Panel, least: &Least, faults: &mut Vec<String>) {
    let [_, _, w, h] = target.mm;
    let name = &target.label;
    let side = if target.listed { least.choice } else { least.key };
    if name.is_empty() {
        faults.push("a key without a name".to_owned());
    }
    if w.min(h) + SLACK < side {
        faults.push(format!("“{name}” is {w:.1}×{h:.1} mm, needs {side}"));
    }
    if !inside(target.mm, [0.0, 0.0, panel.width_mm, panel.height_mm]) {
        faults.push(format!("“{name}” leaves the panel: {}", shown(target.mm)));
    }
    for (at, words) in target.words.iter().enumerate() {
        words_faults(words, panel, least, faults);
        if !inside(ink(words), target.mm) {
            let (ink, key) = (shown(ink(words)), shown(target.mm));
            faults
                .push(format!("“{}” ({ink}) is larger than its key “{name}” ({key})", words.text));
        }
        for other in target.words[at + 1..].iter().filter(|o| meet(ink(words), ink(o))) {
            faults.push(format!("“{}” and “{}” lie over each other", words.text, other.text));
        }
    }
}

fn pair_faults(a: &Target, b: &Target, least: &Least, faults: &mut Vec<String>) {
    let air = if a.listed || b.listed { least.choice_gap } else { least.key_gap };
    let between =
        |at: usize| (b.mm[at] - a.mm[at] - a.mm[at + 2]).max(a.mm[at] - b.mm[at] - b.mm[at + 2]);
    let gap = between(0).max(between(1));
    if a.label == b.label {
        faults.push(format!("two keys are called “{}”", a.label));
    }
    if gap + SLACK < air {
        let (a, b) = (&a.label, &b.label);
        faults.push(format!("“{a}” and “{b}” are {gap:.1} mm apart, need {air}"));
    }
}

fn words_faults(words: &Words, panel: Panel, least: &Least, faults: &mut Vec<String>) {
    let text = &words.text;
    let body = if words.kind == Kind::Main { least.main } else { least.other };
    if words.body_mm + TYPE_SLACK < body {
        faults.push(format!("“{text}” is {:.1} mm high, needs {body}", words.body_mm));
    }
    if !inside(words.mm, [0.0, 0.0, panel.width_mm, panel.height_mm]) {
        faults.push(format!("“{text}” leaves the panel"));
    }
    let ([_, _, w, h], [want_w, want_h]) = (words.mm, words.want_mm);
    let wide = want_w > w + SLACK;
    if words.breaks != Breaks::Lines && wide && !words.told_elsewhere {
        faults.push(format!("“{text}” is cut off: {want_w:.1} mm wide, has {w:.1}"));
    }
    let high = if words.breaks == Breaks::Never { want_h } else { lines(words) * words.line_mm };
    if high.max(want_h) > h + SLACK {
        faults.push(format!("“{text}” is cut off: {high:.1} mm high, has {h:.1}"));
    }
}

/// The fewest lines that words can stand in.
fn lines(words: &Words) -> f32 {
    let of_their_own = (words.want_mm[1] / words.line_mm).round().max(1.0);
    match words.breaks {
        Breaks::Never => of_their_own,
        Breaks::Lines | Breaks::LinesAndDots => {
            // The space at which a line ends takes no room.
            let width = words.want_mm[0] - 0.3 * words.body_mm;
            of_their_own.max((width / words.mm[2]).ceil())
        }
    }
}

/// Where ink can be: a line of text is higher than the bodies in it.
fn ink(words: &Words) -> [f32; 4] {
    let [x, y, w, h] = words.mm;
    // Digits have neither a body's head nor its foot.
    let digits = words.text.chars().all(|c| c.is_ascii_digit());
    let body = words.body_mm * if digits { 0.76 } else { 1.0 };
    let above = ((words.line_mm - body) / 2.0).max(0.0);
    [x, y + above, w, h - 2.0 * above]
}

fn shown([x, y, w, h]: [f32; 4]) -> String {
    format!("{x:.1} {y:.1} {w:.1}×{h:.1}")
}

fn inside([x, y, w, h]: [f32; 4], room: [f32; 4]) -> bool {
    x + SLACK >= room[0]
        && y + SLACK >= room[1]
        && x + w <= room[0] + room[2] + SLACK
        && y + h <= room[1] + room[3] + SLACK
}

fn meet(a: [f32; 4], b: [f32; 4]) -> bool {
    let apart =
        |at: usize| a[at] + a[at + 2] <= b[at] + SLACK || b[at] + b[at + 2] <= a[at] + SLACK;
    !apart(0) && !apart(1)
}
