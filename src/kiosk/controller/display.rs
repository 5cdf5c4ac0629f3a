//! How the screen is shown to the person at it: size of the words, contrast, language, voice.
//!
//! All of it changes at once, lies over every page, and is forgotten when the person leaves.

use super::view::{Choice, Display};
use super::{Action, Controller};
use crate::kiosk::words::Lang;

/// How large the words are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum TextSize {
    /// As designed for the panel.
    #[default]
    Normal,
    /// About a quarter larger, where the panel has room; lists get more pages instead.
    Large,
}

/// How strongly words stand out from their ground.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Contrast {
    /// Dark ink on warm paper, 10:1 and more.
    #[default]
    Normal,
    /// White and pale yellow on black, 20:1 and more.
    High,
}

impl TextSize {
    /// Both, the usual one first.
    pub const ALL: [TextSize; 2] = [TextSize::Normal, TextSize::Large];
}

impl Contrast {
    /// Both, the usual one first.
    pub const ALL: [Contrast; 2] = [Contrast::Normal, Contrast::High];
}

/// Size and contrast together: what the person chose, beside the language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// How large the words are.
    pub size: TextSize,
    /// How strongly they stand out.
    pub contrast: Contrast,
}

impl Controller {
    /// Takes a touch that concerns the display; says whether it was one.
    pub(super) fn touched_display(&mut self, action: &Action) -> bool {
        match action {
            Action::Display => self.display_open = true,
            Action::CloseDisplay => self.display_open = false,
            Action::Size(size) => self.look.size = *size,
            Action::Contrast(contrast) => self.look.contrast = *contrast,
            Action::Language(lang) => self.lang = *lang,
            _ => return false,
        }
        true
    }

    /// The screen as the next person finds it.
    pub(super) fn forget_display(&mut self) {
        self.lang = self.home_lang;
        self.look = Look::default();
        self.display_open = false;
    }

    /// Whether the screen is not as the next person would find it.
    pub(super) fn display_changed(&self) -> bool {
        self.display_open || self.lang != self.home_lang || self.look != Look::default()
    }

    /// The choices of the sheet, two beside each other.
    pub(super) fn show_display(&self) -> Display {
        let words = |zh, en| self.lang.pick(zh, en);
        let size = |text: &str, label: &str, size| {
            Choice::new(text, Action::Size(size)).label(label).chosen(self.look.size == size)
        };
        let contrast = |text: &str, label: &str, contrast| {
            let choice = Choice::new(text, Action::Contrast(contrast)).label(label);
            choice.chosen(self.look.contrast == contrast)
        };
        // Each language is called by its own name: whoever reads only that one finds it.
        let lang =
            |text: &str, lang| Choice::new(text, Action::Language(lang)).chosen(self.lang == lang);
        let mut choices = vec![
            size(words("正常字", "Normal"), words("正常字", "Normal text"), TextSize::Normal),
            size(words("大字", "Large"), words("大字", "Large text"), TextSize::Large),
            contrast(words("普通", "Colours"), words("普通", "Usual colours"), Contrast::Normal),
            contrast(words("高对比", "Contrast"), words("高对比", "High contrast"), Contrast::High),
            lang("中文", Lang::Zh),
            lang("English", Lang::En),
        ];
        let voice = self.show_voice();
        if voice.listen {
            choices.push(Choice::new(words("念给我听", "Listen"), Action::Listen));
            let louder = Choice::new(words("响一点", "Louder"), Action::Loudness);
            choices.push(louder.chosen(voice.loud));
        }
        Display { choices }
    }
}
