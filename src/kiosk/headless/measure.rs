//! The screen as laid out, in millimetres: what can be touched, and every word with the room that
//! it has and wants. What is too small, cut off or overlaid can be found without looking.

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementRoot};
use slint::ComponentHandle;

use super::Headless;
use crate::kiosk::Panel;
use crate::kiosk::controller::{Action, Input, Look};
use crate::kiosk::generated::Theme;

/// Everything on the screen that counts; below an open sheet nothing does.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// What can be touched.
    pub targets: Vec<Target>,
    /// Words that stand by themselves.
    pub words: Vec<Words>,
}

/// Something to touch.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Its accessible label.
    pub label: String,
    /// Whether it is one of many in a list or keypad; otherwise it is a key of a flow.
    pub listed: bool,
    /// Left, top, width and height in millimetres.
    pub mm: [f32; 4],
    /// The words on it.
    pub words: Vec<Words>,
}

/// Words in one piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// What they say.
    pub text: String,
    /// What they are.
    pub kind: Kind,
    /// Whether their end may be cut off, because the whole stands elsewhere.
    pub told_elsewhere: bool,
    /// The height of a Chinese glyph's body in millimetres.
    pub body_mm: f32,
    /// Left, top, width and height of the room they have, in millimetres.
    pub mm: [f32; 4],
    /// The width they want in one line, and the height, in millimetres.
    pub want_mm: [f32; 2],
    /// The height of a line in millimetres.
    pub line_mm: f32,
    /// What happens where the width is too small.
    pub breaks: Breaks,
}

/// What words are, as far as their size depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The word of a key, a dish, or the number: the large ones.
    Main,
    /// Any other.
    Other,
}

/// What words do that are wider than their room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// They are cut off.
    Never,
    /// They go on in the next line.
    Lines,
    /// They go on in the next line, and dots stand where there is none.
    LinesAndDots,
}

/// A line of this typeface in bodies, before the theme sets it closer: ascent and descent of the
/// horizontal header of Noto Sans CJK.
const NATURAL_LINE: f32 = 1.448;

impl Headless {
    /// Shows the screen to somebody who chose this size and contrast.
    pub fn dress(&self, look: Look) {
        self.input(Input::Touch(Action::Size(look.size)));
        self.input(Input::Touch(Action::Contrast(look.contrast)));
    }

    /// The screen as laid out.
    pub fn layout(&self) -> Layout {
        let root = self.kiosk.component().root_element();
        let sheet = root.query_descendants().match_inherits("Sheet").find_first();
        layout_of(&sheet.unwrap_or(root), self.panel)
    }

    /// The colour tokens of the theme in use, by name: red, green and blue.
    pub fn palette(&self) -> Vec<(&'static str, [u8; 3])> {
        let theme = self.kiosk.component().global::<Theme>();
        [
            ("paper", theme.get_paper()),
            ("card", theme.get_card()),
            ("ink", theme.get_ink()),
            ("soft", theme.get_soft()),
            ("accent", theme.get_accent()),
            ("accent-pressed", theme.get_accent_pressed()),
            ("on-accent", theme.get_on_accent()),
            ("tint", theme.get_tint()),
            ("pressed", theme.get_pressed()),
            ("closed", theme.get_closed()),
            ("warn", theme.get_warn()),
        ]
        .map(|(name, colour)| (name, [colour.red(), colour.green(), colour.blue()]))
        .to_vec()
    }
}

/// A page as laid out on a panel.
pub(super) fn layout_of(page: &ElementHandle, panel: Panel) -> Layout {
    let scale = [panel.width_mm / panel.width_px as f32, panel.height_mm / panel.height_px as f32];
    let targets: Vec<Target> = with_role(page, AccessibleRole::Button)
        .iter()
        .map(|element| Target {
            label: element.accessible_label().unwrap_or_default().into(),
            listed: element.accessible_id().is_some_and(|id| id == "choice"),
            mm: place(element, scale),
            words: words_of(element, scale),
        })
        .collect();
    let words = words_of(page, scale)
        .into_iter()
        .filter(|words| !targets.iter().any(|target| target.words.contains(words)))
        .collect();
    Layout { targets, words }
}

fn with_role(within: &ElementHandle, role: AccessibleRole) -> Vec<ElementHandle> {
    within
        .query_descendants()
        .match_accessible_role(role)
        // Elements that the compiler folded into one item have one label.
        .match_predicate(|element| element.accessible_label().is_some())
        .find_all()
}

fn place(element: &ElementHandle, scale: [f32; 2]) -> [f32; 4] {
    let (at, size) = (element.absolute_position(), element.size());
    [at.x * scale[0], at.y * scale[1], size.width * scale[0], size.height * scale[1]]
}

/// The words inside an element that say something.
fn words_of(within: &ElementHandle, scale: [f32; 2]) -> Vec<Words> {
    with_role(within, AccessibleRole::Text)
        .iter()
        .filter_map(|element| {
            let text: String = element.accessible_label()?.into();
            // Written by `Line` and `Body` in ui/widgets/text.slint.
            let id = element.accessible_id().unwrap_or_default();
            let mut parts = id.split(' ');
            let kind = parts.next().unwrap_or_default();
            let mut number = || parts.next().map(|part| part.parse::<f32>().unwrap_or(f32::NAN));
            let [body, width, height, leading] = [number()?, number()?, number()?, number()?];
            (!text.trim().is_empty()).then(|| Words {
                text,
                kind: if kind.starts_with("text") { Kind::Other } else { Kind::Main },
                told_elsewhere: kind.ends_with('?'),
                body_mm: body * scale[1],
                mm: place(element, scale),
                want_mm: [width * scale[0], height * scale[1]],
                line_mm: body * leading * NATURAL_LINE * scale[1],
                breaks: match id.rsplit(' ').next() {
                    Some("many") => Breaks::Lines,
                    Some("elided") => Breaks::LinesAndDots,
                    _ => Breaks::Never,
                },
            })
        })
        .collect()
}
