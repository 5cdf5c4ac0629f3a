//! The speech program: found, started, given its text, cut off, and waited for.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::Utterance;
use crate::config::{Speech, TextBy};

/// The most bytes of text: the smallest pipe holds them, so that giving them never waits.
const MOST_BYTES: usize = 4000;
/// How often a program that speaks is looked at.
pub(super) const BEAT: Duration = Duration::from_millis(25);
/// How long a program that was killed may take to be gone.
const DYING: Duration = Duration::from_secs(2);
/// How long the command line waits for a sentence.
const PATIENCE: Duration = Duration::from_mins(2);

/// Why something was not said.
#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    /// The settings name no program.
    #[error("the settings name no speech program (speech.program); the kiosk says nothing")]
    Off,
    /// The program is not there.
    #[error(
        "the speech program {program} is not there{hint}; the screen works without it. Set speech.program to another one, or to \"\" for a house without a voice"
    )]
    Missing {
        /// The program of the settings.
        program: String,
        /// How to install it, if that is known.
        hint: &'static str,
    },
    /// The program can't be started.
    #[error("the speech program {program} can't be started: {source}; try it by “say”")]
    Start {
        /// The program of the settings.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The program ended badly.
    #[error(
        "the speech program {program} failed ({status}); try it by “say”, and look at its arguments and the sound card"
    )]
    Failed {
        /// The program of the settings.
        program: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// The program did not end.
    #[error("the speech program {program} did not end within {seconds} s and was stopped")]
    Endless {
        /// The program of the settings.
        program: String,
        /// How long it was given, in seconds.
        seconds: u64,
    },
    /// Programs that were killed are still there.
    #[error(
        "the speech program {program} hangs in the sound driver; restart the machine when lunch is over"
    )]
    Stuck {
        /// The program of the settings.
        program: String,
    },
}

/// How a program that was started came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It said everything.
    Said,
    /// It was cut off.
    CutOff,
}

/// Where a program is: itself if it is a path, else the first one of `PATH`.
pub fn find(program: &str) -> Result<PathBuf, SpeechError> {
    let runs = |path: &Path| {
        path.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
    };
    let found = if program.contains('/') {
        Some(PathBuf::from(program)).filter(|path| runs(path))
    } else {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&folders).map(|f| f.join(program)).find(|path| runs(path))
    };
    let hint = match program {
        "espeak-ng" => " (apt install espeak-ng)",
        "ekho" => " (apt install ekho)",
        _ => "",
    };
    found.ok_or_else(|| match program {
        "" => SpeechError::Off,
        _ => SpeechError::Missing { program: program.to_owned(), hint },
    })
}

/// What the kernel says of the machine's sound cards.
const CARDS: &str = "/proc/asound/cards";

/// Whether the machine has a sound card; a speech program may end well without one.
pub fn sound_card() -> bool {
    std::fs::read_to_string(CARDS)
        .is_ok_and(|cards| cards.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// Says something and waits until it is said; what the program complains of goes to stderr.
pub fn say_and_wait(settings: &Speech, utterance: &Utterance) -> Result<(), SpeechError> {
    let mut left = Vec::new();
    let never = |beat| {
        std::thread::sleep(beat);
        false
    };
    let child = start(settings, utterance, Stdio::inherit())?;
    follow(settings, child, PATIENCE, &mut left, never).map(|_| ())
}

/// Says something; `cut_off` waits for a beat or less and says whether it is enough. Whatever the
/// end, the program and all it started are gone and waited for, or stand in `left`.
pub(super) fn say(
    settings: &Speech,
    utterance: &Utterance,
    longest: Duration,
    left: &mut Vec<Child>,
    cut_off: impl FnMut(Duration) -> bool,
) -> Result<Ending, SpeechError> {
    let child = start(settings, utterance, Stdio::null())?;
    follow(settings, child, longest, left, cut_off)
}

/// Waits for the end of a program, or brings it about.
fn follow(
    settings: &Speech,
    mut child: Child,
    longest: Duration,
    left: &mut Vec<Child>,
    mut cut_off: impl FnMut(Duration) -> bool,
) -> Result<Ending, SpeechError> {
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(Ending::Said),
            Ok(Some(status)) => {
                return Err(SpeechError::Failed { program: settings.program.clone(), status });
            }
            Ok(None) => {}
            Err(source) => {
                end(child, left);
                return Err(SpeechError::Start { program: settings.program.clone(), source });
            }
        }
        if began.elapsed() >= longest {
            end(child, left);
            let seconds = longest.as_secs();
            return Err(SpeechError::Endless { program: settings.program.clone(), seconds });
        }
        if cut_off(BEAT) {
            end(child, left);
            return Ok(Ending::CutOff);
        }
    }
}

/// Starts the program in a process group of its own and gives it the text. No shell is involved.
fn start(
    settings: &Speech,
    utterance: &Utterance,
    complaints: Stdio,
) -> Result<Child, SpeechError> {
    let text = one_line(&utterance.text);
    let mut command = Command::new(find(&settings.program)?);
    command
        .args(settings.arguments(utterance.lang, utterance.loud))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(complaints)
        .process_group(0);
    match settings.text {
        TextBy::Stdin => command.stdin(Stdio::piped()),
        // A text is no option.
        TextBy::Argument => command.arg(text.trim_start_matches('-')),
    };
    let mut child = command
        .spawn()
        .map_err(|source| SpeechError::Start { program: settings.program.clone(), source })?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ended before it read tells by its status what was wrong.
        let _ = stdin.write_all(text.as_bytes()).and_then(|()| stdin.write_all(b"\n"));
    }
    Ok(child)
}

/// Ends a program with all it started, and waits until it is gone.
fn end(mut child: Child, left: &mut Vec<Child>) {
    // A group that is gone already needs no signal.
    let _ = kill_process_group(Pid::from_child(&child), Signal::KILL);
    let asked = Instant::now();
    while asked.elapsed() < DYING {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    left.push(child);
}

/// The text in one line and short enough, cut behind a sentence where there is one.
fn one_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.len() <= MOST_BYTES {
        return text;
    }
    let head = &text[..text.floor_char_boundary(MOST_BYTES)];
    let end = head
        .char_indices()
        .rfind(|(_, c)| "。？！.?!".contains(*c))
        .map_or(head.len(), |(at, c)| at + c.len_utf8());
    head[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_with_a_sentence_and_never_fills_a_pipe() {
        let long = "今天的午餐。".repeat(400);
        let cut = one_line(&long);
        assert!(cut.len() <= MOST_BYTES && cut.len() > MOST_BYTES - 30, "{}", cut.len());
        assert!(cut.ends_with('。'));
        assert_eq!(one_line(" 您好\n \t欢迎 "), "您好 欢迎");
        assert_eq!(one_line(&"好".repeat(2000)).chars().count(), 1333);
    }
}
