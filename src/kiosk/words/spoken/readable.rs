//! Words of the screen made readable for a synthesiser: digits become words, signs become pauses.

use super::numerals;
use crate::kiosk::words::Lang;

/// A text of the screen as it is read aloud. Only letters or characters, pauses and, in English,
/// digits are left; `5:30`, `18.50 元`, `1203室` and `×2` are said as a neighbour would.
pub fn readable(lang: Lang, text: &str) -> String {
    let text = if lang == Lang::En {
        text.replace("PIN", "pin").replace("OK", "okay")
    } else {
        text.to_owned()
    };
    let mut reader = Reader { lang, rest: &text, said: String::new() };
    while reader.step() {}
    match lang {
        Lang::Zh => tidy(&reader.said, '，', "，、：；。？！"),
        Lang::En => english(&tidy(&reader.said, ',', ",:;.?!")),
    }
}

struct Reader<'a> {
    lang: Lang,
    rest: &'a str,
    said: String,
}

impl<'a> Reader<'a> {
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        if first.is_ascii_digit() {
            self.number();
            return true;
        }
        if let (Lang::En, Some(rest)) = (self.lang, self.rest.strip_prefix("Bldg ")) {
            self.building(rest);
            return true;
        }
        self.rest = &self.rest[first.len_utf8()..];
        match self.lang {
            Lang::Zh => self.chinese(first),
            Lang::En => self.latin(first),
        }
        true
    }

    /// The digits that come next, taken off.
    fn digits(&mut self) -> String {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        digits.to_owned()
    }

    /// Two digits behind `mark`, taken off if they are there.
    fn two_behind(&mut self, mark: char) -> Option<u32> {
        let rest = self.rest.strip_prefix(mark)?;
        let two = rest.get(..2)?.bytes().all(|b| b.is_ascii_digit()).then(|| rest.get(..2))??;
        self.rest = &rest[2..];
        two.parse().ok()
    }

    fn number(&mut self) {
        let digits = self.digits();
        let value = digits.parse::<u32>().ok();
        let minute = self.two_behind(':');
        let hundredths = if minute.is_none() { self.two_behind('.') } else { None };
        let said = match (self.lang, value, minute, hundredths) {
            (Lang::Zh, Some(hour), Some(minute), _) => numerals::time(hour, minute),
            (Lang::Zh, Some(yuan), _, Some(fen)) => {
                let rest = self.rest.trim_start().strip_prefix('元');
                self.rest = rest.unwrap_or(self.rest);
                numerals::money(yuan, fen)
            }
            (Lang::Zh, Some(value), None, None) => {
                let rest = self.rest.trim_start();
                let leading_zero = digits.len() > 1 && digits.starts_with('0');
                if rest.starts_with('室') || leading_zero {
                    numerals::one_by_one(&digits)
                } else {
                    numerals::count_before(value, rest)
                }
            }
            (Lang::Zh, None, ..) => numerals::one_by_one(&digits),
            (Lang::En, Some(hour), Some(0), _) => format!("{hour} o'clock"),
            (Lang::En, Some(hour), Some(minute @ 1..=9), _) => format!("{hour} oh {minute}"),
            (Lang::En, Some(hour), Some(minute), _) => format!("{hour} {minute}"),
            (Lang::En, Some(yuan), _, Some(fen)) => {
                self.rest = self.rest.strip_prefix(" yuan").unwrap_or(self.rest);
                format!("{yuan} yuan {fen}")
            }
            (Lang::En, ..) => {
                let room = ["room ", "Room "].iter().any(|word| self.said.ends_with(word));
                if room { spelled(&digits) } else { digits }
            }
        };
        self.said.push_str(&said);
        // 12 份 is one word.
        let rest = self.rest.trim_start_matches(' ');
        if self.lang == Lang::Zh && rest.chars().next().is_some_and(is_han) {
            self.rest = rest;
        }
    }

    /// `Bldg 7-1203`; the building's own name may end with a letter.
    fn building(&mut self, rest: &'a str) {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (building, rest) = rest.split_at(end);
        self.said.push_str("building ");
        self.said.push_str(building);
        self.rest = rest;
        if let Some(room) = rest.strip_prefix('-') {
            self.rest = room;
            let room = self.digits();
            self.said.push_str(", room ");
            self.said.push_str(&spelled(&room));
        }
    }

    fn say(&mut self, words: &[&str]) {
        self.said.extend(words.iter().copied());
    }

    fn chinese(&mut self, c: char) {
        match c {
            '–' | '—' => self.said.push('到'),
            '\n' | '…' | '.' => self.said.push('。'),
            ':' => self.said.push('：'),
            ';' => self.said.push('；'),
            '!' => self.said.push('！'),
            '?' => self.said.push('？'),
            '￥' | '×' | '＊' | '＿' | '●' | '“' | '”' => {}
            ' ' if self.rest.starts_with(|c: char| c.is_ascii_digit()) => {}
            // Letters of a code are said one by one.
            c if c.is_ascii_uppercase() => {
                self.said.push(c);
                if self.rest.starts_with(|c: char| c.is_ascii_uppercase()) {
                    self.said.push('、');
                }
            }
            c if is_han(c) || c.is_ascii_alphabetic() || "，、：；。？！".contains(c) => {
                self.said.push(c);
            }
            // Any other sign, and a space, is a pause, so that what stands around it is not run together.
            _ => self.said.push('，'),
        }
    }

    fn latin(&mut self, c: char) {
        let next = self.rest.chars().next();
        let before = self.said.chars().last();
        match c {
            '×' => {
                let count = self.digits();
                let word = if count == "1" { "portion" } else { "portions" };
                self.say(&[&count, " ", word]);
            }
            '–' | '—' => self.said.push_str(" to "),
            '\n' | '…' | '。' | '；' => self.said.push('.'),
            '·' | '(' | ')' | '/' | '→' | '：' | '，' | '、' => self.said.push(','),
            '￥' => {
                // ￥20 is said behind the number.
                let amount = self.digits();
                self.say(&[&amount, " yuan"]);
                if let Some(fen) = self.two_behind('.') {
                    self.say(&[" ", &fen.to_string()]);
                }
            }
            // An apostrophe stands between letters; a quotation mark does not.
            '\'' | '’' => {
                let inside = before.is_some_and(char::is_alphabetic)
                    && next.is_some_and(char::is_alphabetic);
                self.said.push_str(if inside { "'" } else { "" });
            }
            '-' => self.said.push(' '),
            c if c.is_ascii_alphanumeric() || " ,.:;?!".contains(c) => {
                self.said.push(c);
                let code = c.is_ascii_uppercase() && next.is_some_and(|c| c.is_ascii_uppercase());
                self.said.push_str(if code { ", " } else { "" });
            }
            // A Chinese name has no sound here.
            _ => {}
        }
    }
}

/// Whether a character is read, by its block: the unified ideographs with their extensions.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇')
}

fn spelled(digits: &str) -> String {
    digits.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// One pause at a time, the strongest of those that meet; none at the beginning.
fn tidy(text: &str, weakest: char, pauses: &str) -> String {
    let strength = |c: char| match c {
        '。' | '.' => 3,
        '？' | '！' | '?' | '!' => 4,
        c if c == weakest => 1,
        _ => 2,
    };
    let mut said = String::with_capacity(text.len());
    let mut pause: Option<char> = None;
    let mut space = false;
    for c in text.chars() {
        if pauses.contains(c) {
            if pause.is_none_or(|p| strength(c) > strength(p)) {
                pause = Some(c);
            }
        } else if c == ' ' {
            space = true;
        } else {
            if let Some(pause) = pause.take().filter(|_| !said.is_empty()) {
                said.push(pause);
                space = weakest == ',';
            }
            if std::mem::take(&mut space) && !said.is_empty() {
                said.push(' ');
            }
            said.push(c);
        }
    }
    said.extend(pause.filter(|p| !said.is_empty() && *p != weakest));
    said
}

/// Short forms in full.
fn english(text: &str) -> String {
    const FULL: [(&str, &str); 21] = [
        ("No.", "number"),
        ("min", "minutes"),
        ("Mon", "Monday"),
        ("Tue", "Tuesday"),
        ("Wed", "Wednesday"),
        ("Thu", "Thursday"),
        ("Fri", "Friday"),
        ("Sat", "Saturday"),
        ("Sun", "Sunday"),
        ("Jan", "January"),
        ("Feb", "February"),
        ("Mar", "March"),
        ("Apr", "April"),
        ("Jun", "June"),
        ("Jul", "July"),
        ("Aug", "August"),
        ("Sep", "September"),
        ("Oct", "October"),
        ("Nov", "November"),
        ("Dec", "December"),
        ("Bldg", "building"),
    ];
    let full = |word: &str| {
        let bare = word.trim_end_matches([',', ';', ':', '?', '!']);
        let tail = &word[bare.len()..];
        let plain = bare.trim_end_matches('.');
        FULL.iter()
            .find_map(|(short, long)| {
                let end = if bare == *short {
                    ""
                } else if plain == *short {
                    &bare[plain.len()..]
                } else {
                    return None;
                };
                Some(format!("{long}{end}{tail}"))
            })
            .unwrap_or_else(|| word.to_owned())
    };
    text.split(' ').map(full).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
