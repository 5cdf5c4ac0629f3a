//! The voice: whether its program and a sound card are there.

use super::Findings;
use crate::config::Settings;
use crate::speech;

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
            if speech::sound_card() {
                findings.ok("voice", words);
            } else if settings.demonstration.is_some() {
                // A demonstration is looked at, wherever it runs.
                findings.ok("voice", format!("{words} (no sound card here)"));
            } else {
                findings.look(
                    "voice",
                    format!(
                        "{path} is there, but this machine shows no sound card; plug in a loudspeaker, or set speech.program to \"\""
                    ),
                );
            }
        }
    }
}
