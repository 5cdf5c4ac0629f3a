//! Numbers that become ready: called once, shown while they are called, and called once more if they
//! still stand at the window.

use super::page::Page;
use super::view::Toast;
use super::{Controller, Effect};
use crate::kiosk::words::spoken;
use crate::speech::{Kind, Utterance};

/// Seconds a number that was just called stands out on the screen.
const STANDS_OUT_S: u32 = 20;
/// The most numbers in one call; more are no longer listened to, and all stand on the screen.
const MOST_IN_A_CALL: usize = 8;

/// What the controller remembers of the window.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// The numbers at the window; nothing before the first look.
    known: Option<Vec<u32>>,
    /// Somebody keeps an eye on the window, and tells sooner than the day is looked at.
    watched: bool,
    /// The numbers called lately.
    lately: Vec<Lately>,
}

/// A number that was called.
#[derive(Debug)]
struct Lately {
    number: u32,
    /// Seconds since its first call.
    seconds: u32,
    repeated: bool,
}

impl Controller {
    /// The window as it is now, from who watches it.
    pub(super) fn watched(&mut self, numbers: &[u32]) {
        self.calls.watched = true;
        self.at_window(numbers);
    }

    /// The window as it was when the day was looked at. Where somebody watches it, that is older
    /// than what is known.
    pub(super) fn looked_at(&mut self, numbers: &[u32]) {
        if !self.calls.watched {
            self.at_window(numbers);
        } else if let (Some(today), Some(known)) = (&mut self.today, &self.calls.known) {
            today.called.clone_from(known);
        }
    }

    /// The numbers at the window now, newest last. What stands there at the first look was called
    /// before this screen was opened.
    fn at_window(&mut self, numbers: &[u32]) {
        if let Some(today) = &mut self.today
            && today.called != numbers
        {
            today.called = numbers.to_vec();
        }
        let before = self.calls.known.replace(numbers.to_vec());
        self.calls.lately.retain(|lately| numbers.contains(&lately.number));
        let Some(before) = before else { return };
        let new: Vec<u32> = numbers.iter().copied().filter(|n| !before.contains(n)).collect();
        let Some(newest) = new.last() else { return };
        self.light_up();
        self.wake();
        // On any other page a message would move what the finger is about to touch.
        if matches!(self.page(), Page::Home) {
            self.toast = Some(match u32::try_from(new.len()) {
                Ok(1) | Err(_) => Toast::Ready(*newest),
                Ok(count) => Toast::SeveralReady(count),
            });
        }
        self.calls.lately.extend(new.iter().map(|number| Lately {
            number: *number,
            seconds: 0,
            repeated: false,
        }));
        self.call_aloud(&new);
    }

    /// The numbers being called, for the large line above the others.
    pub(super) fn being_called(&self) -> Vec<u32> {
        let lately = self.calls.lately.iter().filter(|l| l.seconds < STANDS_OUT_S || l.repeated);
        lately.map(|l| l.number).collect()
    }

    pub(super) fn tick_calls(&mut self, seconds: u32) {
        let repeat = self.voice.rules.repeat_s;
        let mut again = Vec::new();
        for lately in &mut self.calls.lately {
            lately.seconds = lately.seconds.saturating_add(seconds);
            if repeat > 0 && lately.seconds >= repeat && !lately.repeated {
                lately.repeated = true;
                again.push(lately.number);
            }
        }
        let kept = repeat.max(STANDS_OUT_S).saturating_add(STANDS_OUT_S);
        self.calls.lately.retain(|lately| lately.seconds < kept);
        self.call_aloud(&again);
    }

    fn call_aloud(&mut self, numbers: &[u32]) {
        if numbers.is_empty() || !self.voice.rules.calls || !self.voice.rules.speaks {
            return;
        }
        let newest = &numbers[numbers.len().saturating_sub(MOST_IN_A_CALL)..];
        let lang = self.home_lang;
        let text = spoken::call(lang, newest);
        self.effects.push(Effect::Say(Utterance { lang, text, loud: true, kind: Kind::Call }));
    }
}
