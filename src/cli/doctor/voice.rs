//! The voice: whether its program and a sound card are there.

use super::Findings;
use crate::config::Settings;
use crate::speech;

/// What the kernel says of the machine's sound cards.
const CARDS: &str = "/proc/asound/cards";

/// Looks whether something could be said; says nothing aloud.
pub fn look(findings: &mut Findings, settings: &Settings) {
    let speech = &settings.speech;
    if speech.program.is_empty() {
        return findings.ok("voice", "off: speech.program is empty, so the kiosk says nothing");
    }
    match speech::find(&speech.program) {
        Err(error) => findings.look("voice", error),
        Ok(path) => {
            let path = path.display();
            let words = format!("{path}; hear it by “clubhouse-kiosk say 您好”");
            match std::fs::read_to_string(CARDS) {
                Ok(cards) if cards.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
                    findings.ok("voice", words);
                }
                // A demonstration is looked at, wherever it runs.
                _ if settings.demonstration.is_some() => {
                    findings.ok("voice", format!("{words} (no sound card here)"));
                }
                _ => findings.look(
                    "voice",
                    format!(
                        "{path} is there, but this machine shows no sound card; plug in a loudspeaker, or set speech.program to \"\""
                    ),
                ),
            }
        }
    }
}
