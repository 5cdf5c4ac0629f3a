//! `[speech]`: the program that reads the screen aloud and calls numbers, and when it does.

use serde::{Deserialize, Deserializer, de};

use super::between;
use crate::kiosk::words::Lang;

/// The most arguments a program is given.
const MOST_ARGUMENTS: u32 = 64;

/// The voice of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Speech {
    /// The program that speaks, by name or path; empty for a house without a voice.
    pub program: String,
    /// How it is given the text.
    #[serde(deserialize_with = "text_by")]
    pub text: TextBy,
    /// Its arguments for Chinese; `{volume}` stands for the volume.
    pub zh: Vec<String>,
    /// Its arguments for English.
    pub en: Vec<String>,
    /// The usual volume, in per cent of what the program calls normal.
    pub volume: u32,
    /// The volume of calls, and of reading for who asks for a louder voice.
    pub loud: u32,
    /// Whether each new page is read by itself.
    pub always: bool,
    /// Whether numbers that are ready are called aloud.
    pub calls: bool,
    /// Seconds after which a number that still stands at the window is called once more; 0 for never.
    pub repeat_s: u16,
}

/// How a program is given the text it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextBy {
    /// On its standard input, where no other user of the machine can see it.
    Stdin,
    /// As its last argument.
    Argument,
}

impl Default for Speech {
    fn default() -> Self {
        let arguments = |voice: &str| {
            ["--stdin", "-v", voice, "-s", "140", "-a", "{volume}"].map(String::from).to_vec()
        };
        Self {
            program: "espeak-ng".into(),
            text: TextBy::Stdin,
            // Its other Mandarin voice, cmn, says most characters as if their pinyin were English.
            zh: arguments("cmn-latn-pinyin"),
            en: arguments("en-gb"),
            volume: 100,
            loud: 160,
            always: false,
            calls: true,
            repeat_s: 20,
        }
    }
}

impl Speech {
    pub(super) fn check(&self) -> Result<(), String> {
        between("speech.volume", self.volume, 0, 200)?;
        between("speech.loud", self.loud, 0, 200)?;
        between("speech.repeat_s", self.repeat_s.into(), 0, 600)?;
        for (key, arguments) in [("speech.zh", &self.zh), ("speech.en", &self.en)] {
            let count = u32::try_from(arguments.len()).unwrap_or(u32::MAX);
            between(&format!("{key}, number of arguments"), count, 0, MOST_ARGUMENTS)?;
        }
        Ok(())
    }

    /// The arguments for a language, with the volume filled in.
    pub fn arguments(&self, lang: Lang, loud: bool) -> Vec<String> {
        let volume = if loud { self.loud } else { self.volume }.to_string();
        lang.pick(&self.zh, &self.en).iter().map(|a| a.replace("{volume}", &volume)).collect()
    }
}

fn text_by<'de, D: Deserializer<'de>>(d: D) -> Result<TextBy, D::Error> {
    match String::deserialize(d)?.as_str() {
        "stdin" => Ok(TextBy::Stdin),
        "argument" => Ok(TextBy::Argument),
        other => Err(de::Error::custom(format!(
            "“{other}” is no way to give a text; allowed: stdin, argument"
        ))),
    }
}
