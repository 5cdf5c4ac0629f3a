//! The window's voice, and who watches what is to be called.

use crate::config::Speech;
use crate::counter::Counter;
use crate::house::House;
use crate::kiosk::controller::VoiceRules;
use crate::kiosk::{Kiosk, KioskHandle};
use crate::speech::Voice;

use super::LOOK;

/// Gives the window the voice of the house.
pub(super) fn give(kiosk: &Kiosk, voice: &Voice, speech: &Speech) {
    let rules = VoiceRules {
        speaks: !speech.program.is_empty(),
        always: speech.always,
        calls: speech.calls,
        repeat_s: speech.repeat_s.into(),
    };
    let voice = voice.clone();
    let mouth = move |utterance| match utterance {
        Some(utterance) => voice.say(utterance),
        None => voice.hush(),
    };
    kiosk.set_voice(rules, Box::new(mouth));
}

/// Tells the window which numbers stand to be collected, whoever marked them and wherever, and when
/// something could not be said aloud.
pub(super) async fn watch_window(house: House, voice: Voice, window: KioskHandle) {
    let mut beat = tokio::time::interval(LOOK);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut shown, mut failures) = (None, voice.failures());
    loop {
        beat.tick().await;
        let counter = Counter::new(house.clone());
        let looked = tokio::task::spawn_blocking(move || counter.called_today()).await;
        // A database that can't be read is told by everything else that needs it.
        if let Ok(Ok(numbers)) = looked
            && shown.as_ref() != Some(&numbers)
        {
            shown = Some(numbers.clone());
            if !window.at_window(numbers) {
                break;
            }
        }
        if std::mem::replace(&mut failures, voice.failures()) != failures && !window.unspoken() {
            break;
        }
    }
}
