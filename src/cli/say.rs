//! `say`: a sentence through the speech program, to try it.

use std::path::Path;

use super::{Ended, Failure, open};
use crate::kiosk::words::Lang;
use crate::kiosk::words::spoken::readable;
use crate::speech::{self, Kind, Utterance};

/// Say a sentence aloud, as the screen would.
///
/// Uses the program, arguments and volume of [speech] in the settings and waits until it is said.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to say; written as on the screen, such as "12 号，请到窗口取餐".
    text: String,
    /// The language: zh or en.
    #[arg(long, value_name = "LANG", default_value = "zh", value_parser = lang)]
    lang: Lang,
    /// At the volume of calls.
    #[arg(long)]
    loud: bool,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::ALL
        .into_iter()
        .find(|l| l.code() == text)
        .ok_or_else(|| format!("“{text}” is no language of the voice; allowed: zh, en"))
}

/// Says it.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let settings = open::settings(config)?;
    let text = readable(args.lang, &args.text);
    if text.is_empty() {
        return Err(Failure::input(
            "nothing in this text can be read aloud in this language; --lang en reads Latin letters",
        ));
    }
    let utterance = Utterance { lang: args.lang, text, loud: args.loud, kind: Kind::Call };
    speech::say_and_wait(&settings.speech, &utterance).map_err(Failure::failed)?;
    say!("said ({}): {}", settings.speech.program, utterance.text);
    if !speech::sound_card() {
        say!("this machine shows no sound card, so perhaps nobody heard it");
    }
    Ok(Ended::Done)
}
