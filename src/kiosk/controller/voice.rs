//! Reading the page aloud: on asking, or by itself after a short quiet; the next touch cuts it off.

use super::page::Page;
use super::view::{self, Toast};
use super::{Controller, Effect};
use crate::kiosk::words::Lang;
use crate::kiosk::words::spoken::{Wanted, spoken};
use crate::speech::{Kind, Utterance};

/// Seconds without a touch before a new page is read by itself.
const QUIET_S: u32 = 1;

/// What the house wants of its voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoiceRules {
    /// Whether there is a voice at all.
    pub speaks: bool,
    /// Whether each new page is read by itself.
    pub always: bool,
    /// Whether numbers that are ready are called aloud.
    pub calls: bool,
    /// Seconds after which a number still at the window is called once more; 0 for never.
    pub repeat_s: u32,
}

impl Default for VoiceRules {
    fn default() -> Self {
        Self { speaks: true, always: false, calls: true, repeat_s: 20 }
    }
}

/// What the controller remembers of the voice.
#[derive(Debug, Default)]
pub(super) struct Voice {
    pub(super) rules: VoiceRules,
    /// The person wants it louder.
    loud: bool,
    /// Something may still be being read.
    reading: bool,
    /// The person asked for what is being read.
    asked: bool,
    /// Seconds of quiet since there was something new to read.
    quiet: Option<u32>,
}

/// What the person hears of a state; another one is a new page for the ear.
#[derive(Debug, PartialEq)]
pub(super) struct Heard {
    pages: usize,
    page: std::mem::Discriminant<Page>,
    lang: Lang,
    help: bool,
    asked_if_there: bool,
    visit: u64,
}

impl Controller {
    /// The same with other rules for its voice.
    #[must_use]
    pub fn with_voice(mut self, rules: VoiceRules) -> Self {
        self.set_voice(rules);
        self
    }

    /// Gives it other rules for its voice.
    pub fn set_voice(&mut self, rules: VoiceRules) {
        self.voice.rules = rules;
    }

    pub(super) fn show_voice(&self) -> view::Voice {
        view::Voice { listen: self.voice.rules.speaks, loud: self.voice.loud }
    }

    pub(super) fn heard(&self) -> Heard {
        Heard {
            pages: self.pages.len(),
            page: std::mem::discriminant(self.page()),
            lang: self.lang,
            help: self.help_open,
            asked_if_there: self.seconds_to_answer().is_some(),
            visit: self.visit,
        }
    }

    /// Notes what is new for the ear. Nobody is read to who has just left.
    pub(super) fn heard_something_new(&mut self, before: &Heard) {
        let now = self.heard();
        let nobody = matches!(self.page(), Page::Slides(_));
        if nobody || now.visit != before.visit {
            self.voice.quiet = None;
        } else if now != *before && self.voice.rules.always && self.voice.rules.speaks {
            self.hush();
            self.voice.quiet = Some(0);
        }
    }

    /// Reads the page to the person who asked.
    pub(super) fn listen(&mut self) {
        if self.voice.rules.speaks {
            self.voice.asked = true;
            self.read(Wanted::Asked);
        }
    }

    /// Another volume, heard at once where something was wanted to be heard.
    pub(super) fn change_loudness(&mut self) {
        self.voice.loud ^= true;
        if self.voice.asked || self.voice.rules.always {
            self.listen();
        }
    }

    /// Whether the voice is not as the next person would find it.
    pub(super) fn voice_changed(&self) -> bool {
        self.voice.loud
    }

    fn read(&mut self, wanted: Wanted) {
        self.voice.quiet = None;
        self.voice.reading = true;
        let text = spoken(&self.view(), wanted);
        let (lang, loud) = (self.lang, self.voice.loud);
        self.effects.push(Effect::Say(Utterance { lang, text, loud, kind: Kind::Page }));
    }

    /// Stops what is being read.
    pub(super) fn hush(&mut self) {
        self.voice.quiet = None;
        if std::mem::take(&mut self.voice.reading) {
            self.effects.push(Effect::Hush);
        }
    }

    /// The person left: the next one starts with the usual volume and in silence.
    pub(super) fn forget_voice(&mut self) {
        self.hush();
        self.voice.loud = false;
        self.voice.asked = false;
    }

    /// What was to be said could not be said; who asked for it is told.
    pub(super) fn stayed_silent(&mut self) {
        self.voice.reading = false;
        if std::mem::take(&mut self.voice.asked) {
            self.toast = Some(Toast::NoVoice);
        }
    }

    pub(super) fn tick_voice(&mut self, seconds: u32) {
        let busy = self.busy();
        let Some(quiet) = &mut self.voice.quiet else { return };
        *quiet = quiet.saturating_add(seconds);
        if *quiet >= QUIET_S && !busy {
            self.read(Wanted::ByItself);
        }
    }
}
