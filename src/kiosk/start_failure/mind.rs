//! What the page of a failed start shows and does; it knows no window.

use crate::kiosk::words::Lang;
use crate::start_trouble::{Both, StartTrouble};

/// Wrong PINs until the keypad rests.
const MOST_WRONG: u32 = 5;
/// Seconds that it rests.
const REST_S: u32 = 60;
/// The most digits of a PIN.
const MOST_DIGITS: usize = 8;
/// The fewest.
const LEAST_DIGITS: usize = 4;
/// Seconds without a touch after which a keypad gives way to the page.
const LEFT_AFTER_S: u32 = 60;

/// A touch, or something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The other language.
    Language,
    /// The offer, and the yes behind the PIN.
    Offer,
    /// Back to the page.
    Back,
    /// A digit of the PIN.
    Digit(u8),
    /// The last digit taken back.
    Erase,
    /// The PIN is typed.
    Enter,
    /// A second passed.
    Tick,
    /// The copy is in place, or what went wrong.
    Restored(Result<(), String>),
}

/// Where the page is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Told,
    Pin,
    Question,
    Restoring,
    Done(Result<(), String>),
}

/// What is on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The language.
    pub lang: Lang,
    /// What to do, in large words.
    pub title: String,
    /// Rows of a heading and a sentence.
    pub rows: Vec<[String; 2]>,
    /// The detail, and where the rest is.
    pub detail: String,
    /// The key of the offer, or its yes; empty where there is none.
    pub way: String,
    /// Whether there is something to go back from.
    pub back: bool,
    /// The PIN's keypad: what to type, the dots, whether they are enough.
    pub keypad: Option<(String, String, bool)>,
    /// Whether the restore is under way.
    pub busy: bool,
}

/// The page of a failed start.
pub struct Mind {
    lang: Lang,
    /// Whether the other language can be written.
    bilingual: bool,
    trouble: StartTrouble,
    step: Step,
    typed: String,
    wrong: u32,
    rest_s: u32,
    idle_s: u32,
}

impl Mind {
    /// The page of a trouble. Without letters for Chinese it stays English.
    pub fn new(trouble: StartTrouble, chinese: bool) -> Self {
        let lang = if chinese { Lang::Zh } else { Lang::En };
        Self {
            lang,
            bilingual: chinese,
            trouble,
            step: Step::Told,
            typed: String::new(),
            wrong: 0,
            rest_s: 0,
            idle_s: 0,
        }
    }

    /// Another trouble has taken the place of the one shown. Whoever is at the keypad stays there
    /// as long as there is something to allow.
    pub fn tell(&mut self, trouble: StartTrouble) {
        if trouble.offer.is_none() && matches!(self.step, Step::Pin | Step::Question) {
            self.step = Step::Told;
        }
        self.trouble = trouble;
    }

    /// The kind of trouble shown.
    pub fn trouble(&self) -> &StartTrouble {
        &self.trouble
    }

    /// Whether the database is being restored, or just was.
    pub fn is_mending(&self) -> bool {
        matches!(self.step, Step::Restoring | Step::Done(Ok(())))
    }

    /// Whether the copy is in place.
    pub fn is_restored(&self) -> bool {
        self.step == Step::Done(Ok(()))
    }

    /// Whether the other language can be chosen.
    pub fn is_bilingual(&self) -> bool {
        self.bilingual
    }

    /// Takes an input; says whether the restore is wanted now.
    pub fn handle(&mut self, input: Input) -> bool {
        if input != Input::Tick {
            self.idle_s = 0;
        }
        match input {
            Input::Language if self.bilingual => self.lang = self.lang.other(),
            Input::Language => {}
            Input::Tick => self.passed(),
            Input::Back => {
                if !self.is_mending() {
                    self.step = Step::Told;
                    self.typed.clear();
                }
            }
            Input::Offer => return self.offered(),
            Input::Digit(digit) => {
                if self.step == Step::Pin && self.rest_s == 0 && self.typed.len() < MOST_DIGITS {
                    self.typed.push(char::from(b'0' + digit.min(9)));
                }
            }
            Input::Erase => {
                self.typed.pop();
            }
            Input::Enter => self.entered(),
            Input::Restored(done) => {
                if self.step == Step::Restoring {
                    self.step = Step::Done(done);
                }
            }
        }
        false
    }

    fn passed(&mut self) {
        self.rest_s = self.rest_s.saturating_sub(1);
        self.idle_s = self.idle_s.saturating_add(1);
        let left = matches!(self.step, Step::Pin | Step::Question | Step::Done(Err(_)));
        if left && self.idle_s >= LEFT_AFTER_S {
            self.step = Step::Told;
            self.typed.clear();
        }
    }

    fn offered(&mut self) -> bool {
        if self.trouble.offer.is_none() {
            return false;
        }
        match self.step {
            Step::Told | Step::Done(Err(_)) => {
                self.typed.clear();
                self.step = Step::Pin;
                false
            }
            Step::Question => {
                self.step = Step::Restoring;
                true
            }
            Step::Pin | Step::Restoring | Step::Done(Ok(())) => false,
        }
    }

    fn entered(&mut self) {
        let Some(offer) = &self.trouble.offer else { return };
        if self.step != Step::Pin || self.rest_s > 0 || self.typed.len() < LEAST_DIGITS {
            return;
        }
        if self.typed == offer.pin {
            self.wrong = 0;
            self.step = Step::Question;
        } else {
            self.wrong += 1;
            if self.wrong >= MOST_WRONG {
                self.wrong = 0;
                self.rest_s = REST_S;
            }
        }
        self.typed.clear();
    }

    /// What is on the page now.
    pub fn view(&self) -> View {
        let lang = self.lang;
        let say = |both: &Both| lang.pick(both.zh.as_str(), both.en.as_str()).to_owned();
        let trouble = &self.trouble;
        let title = match &self.step {
            Step::Told | Step::Pin => say(&trouble.title),
            Step::Question => lang.pick("恢复备份吗？", "Restore the copy?").to_owned(),
            Step::Restoring => lang.pick("正在恢复", "Restoring").to_owned(),
            Step::Done(Ok(())) => lang.pick("恢复好了", "Restored").to_owned(),
            Step::Done(Err(_)) => lang.pick("没有恢复成", "Not restored").to_owned(),
        };
        View {
            lang,
            title,
            rows: self.rows(&say),
            detail: self.detail(),
            way: self.way().to_owned(),
            back: matches!(self.step, Step::Pin | Step::Question | Step::Done(Err(_))),
            keypad: (self.step == Step::Pin).then(|| self.keypad()),
            busy: self.step == Step::Restoring,
        }
    }

    fn rows(&self, say: &dyn Fn(&Both) -> String) -> Vec<[String; 2]> {
        let (lang, trouble) = (self.lang, &self.trouble);
        let alone = |text: String| vec![[String::new(), text]];
        let offer = trouble.offer.as_ref().map(|offer| say(&offer.words)).unwrap_or_default();
        match &self.step {
            Step::Told | Step::Pin => [
                (lang.pick("怎么了", "What happened"), &trouble.what),
                (lang.pick("放心", "What is safe"), &trouble.safe),
                (lang.pick("工作人员请这样做", "What the staff do"), &trouble.todo),
            ]
            .map(|(heading, both)| [heading.to_owned(), say(both)])
            .to_vec(),
            Step::Question | Step::Restoring => alone(offer),
            Step::Done(Ok(())) => alone(
                lang.pick(
                    "点餐机马上自己再开一次。",
                    "The kiosk starts again by itself in a moment.",
                )
                .to_owned(),
            ),
            Step::Done(Err(why)) => {
                let kept = lang.pick(
                    "什么也没有动。打维护电话。",
                    "Nothing was changed. Call whoever looks after the machine.",
                );
                vec![[String::new(), kept.to_owned()], [String::new(), shortened(why)]]
            }
        }
    }

    fn detail(&self) -> String {
        if self.step != Step::Told {
            return String::new();
        }
        let rest = self.lang.pick("其余见日志：", "Journal: ");
        format!("{}\n{rest}journalctl -u clubhouse-kiosk", self.trouble.detail)
    }

    fn way(&self) -> &'static str {
        let lang = self.lang;
        match self.step {
            Step::Told if self.trouble.offer.is_some() => lang.pick("恢复备份", "Restore copy"),
            Step::Question => lang.pick("恢复", "Restore"),
            Step::Done(Err(_)) => lang.pick("再试一次", "Try again"),
            _ => "",
        }
    }

    fn keypad(&self) -> (String, String, bool) {
        let lang = self.lang;
        let text = if self.rest_s > 0 {
            match lang {
                Lang::Zh => format!("错得太多，过 {} 秒再试", self.rest_s),
                Lang::En => format!("Too many wrong: again in {} s", self.rest_s),
            }
        } else if self.wrong > 0 {
            lang.pick("密码不对，再输一次", "Wrong PIN: try again").to_owned()
        } else {
            lang.pick("工作人员密码", "Staff PIN").to_owned()
        };
        (text, "●".repeat(self.typed.len()), self.typed.len() >= LEAST_DIGITS)
    }
}

/// A message from elsewhere, as long as the page can bear.
fn shortened(text: &str) -> String {
    const MOST: usize = 120;
    let line = text.lines().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST - 1).chain(['…']).collect()
}
