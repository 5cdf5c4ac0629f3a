//! What is said of a page: its question, then what stands there in sentences, then the keys.
//!
//! A function of the view, so that what is heard is what is seen. Digits that are typed are never
//! said, and what only the person's card told is said only to who asks for it.

mod numerals;
mod pages;
mod readable;

pub use readable::readable;

use super::Lang;
use crate::kiosk::controller::view::{Choice, Screen, View};

/// The most sentences of a page, however long its lists are.
const MOST_SENTENCES: usize = 40;

/// Who wants to hear a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The person asked for it.
    Asked,
    /// Pages are read by themselves, for whoever stands near.
    ByItself,
}

/// What is said of what is on the screen.
pub fn spoken(view: &View, wanted: Wanted) -> String {
    let lang = view.lang;
    let mut said = Sentences { lang, said: Vec::new() };
    if let Some(seconds) = view.idle {
        said.say(lang.pick("还在吗？", "Are you still there?"));
        said.say(match lang {
            Lang::Zh => format!("不按的话，{seconds} 秒后回首页，没有下的单不算"),
            Lang::En => format!(
                "Without a touch, the home page returns in {seconds} seconds, and an order not yet placed does not count"
            ),
        });
        said.press(&[lang.pick("我还在", "I'm here")]);
        return said.whole();
    }
    said.say(&view.toast);
    if view.busy {
        said.say(lang.pick("请稍候，正在办", "One moment, please"));
        return said.whole();
    }
    said.say(&view.title);
    match &view.screen {
        Screen::Home(home) => said.home(home, &view.status, wanted),
        Screen::Options(options) => said.options(options, &view.so_far),
        Screen::Door(door) => said.door(door),
        Screen::Week(week) => said.week(week, &view.so_far),
        Screen::Keypad(keypad) => said.keypad(keypad),
        Screen::Confirm(confirm) => said.confirm(confirm),
        Screen::Done(done) => said.done(done),
        Screen::Ways(ways) => said.ways(ways),
        Screen::Letters(letters) => said.letters(letters),
        Screen::List(list) => said.list(list),
        Screen::Facts(facts) => said.facts(facts),
        Screen::Called(called) => said.called(called),
        Screen::Stop(stop) => said.stop(stop),
        Screen::Notice(notice) => said.notice(notice),
        Screen::PaperOnly(paper_only) => said.paper_only(paper_only),
        Screen::Slides(slides) => said.slides(slides),
        Screen::Dark(words) => said.say(words),
    }
    if let Some(help) = &view.help {
        said.say(lang.pick("怎么用？", "How it works."));
        said.say(&help.text);
        if help.called {
            said.say(lang.pick("已经叫了工作人员，请稍等", "The staff are called"));
        } else {
            said.say(lang.pick("要人帮忙，按“叫工作人员”", "For help, press 'Call staff'"));
        }
    }
    said.whole()
}

/// The call of numbers that are ready, in one sentence.
pub fn call(lang: Lang, numbers: &[u32]) -> String {
    let named = |number: &u32| match lang {
        Lang::Zh => format!("{number} 号"),
        Lang::En => format!("number {number}"),
    };
    let numbers: Vec<String> = numbers.iter().map(named).collect();
    let numbers = numbers.join(lang.pick("、", ", "));
    readable(
        lang,
        &match lang {
            Lang::Zh => format!("{numbers}，请到窗口取餐。"),
            Lang::En => format!("{numbers}: please come to the window."),
        },
    )
}

/// Sentences, one after the other.
struct Sentences {
    lang: Lang,
    said: Vec<String>,
}

impl Sentences {
    /// A sentence; nothing if there is nothing to read.
    fn say(&mut self, text: impl AsRef<str>) {
        let mut sentence = readable(self.lang, text.as_ref());
        if sentence.is_empty() || self.said.len() >= MOST_SENTENCES {
            return;
        }
        if !sentence.ends_with(['。', '？', '！', '.', '?', '!']) {
            sentence.truncate(sentence.trim_end_matches(['，', '、', '：', ',', ':', ';']).len());
            sentence.push_str(self.lang.pick("。", "."));
        }
        self.said.push(sentence);
    }

    /// A name and its value; nothing if the value has no sound in this language.
    fn fact(&mut self, name: &str, value: &str) {
        if readable(self.lang, value).is_empty() {
            return;
        }
        self.say(format!("{name}{}{value}", self.lang.pick("：", ": ")));
    }

    /// Choices of which some are chosen, with their second lines.
    fn choices(&mut self, choices: &[Choice]) {
        for choice in choices {
            let chosen = if choice.chosen { self.lang.pick("，已选", ", chosen") } else { "" };
            self.say(format!("{}{chosen}", self.in_full(choice)));
        }
    }

    /// Rows of a list; that one is marked is for the eye.
    fn rows(&mut self, rows: &[Choice]) {
        for row in rows {
            self.say(self.in_full(row));
        }
    }

    /// A choice with its second line.
    fn in_full(&self, choice: &Choice) -> String {
        let pause = if choice.note.is_empty() { "" } else { self.lang.pick("，", ", ") };
        format!("{}{pause}{}", choice.text, choice.note)
    }

    /// The keys that lead on.
    fn press(&mut self, keys: &[impl AsRef<str>]) {
        self.press_for(self.lang.pick("请按：", "Press "), keys);
    }

    /// The keys that lead on, behind what they are for.
    fn press_for(&mut self, what: &str, keys: &[impl AsRef<str>]) {
        let keys: Vec<&str> = keys.iter().map(AsRef::as_ref).filter(|k| !k.is_empty()).collect();
        let Some((last, first)) = keys.split_last() else { return };
        let (between, or) = self.lang.pick(("；", "；或"), ("; ", "; or "));
        let or = if first.is_empty() { "" } else { or };
        self.say(format!("{what}{}{or}{last}", first.join(between)));
    }

    /// The keys of choices that lead on, each with its second line.
    fn press_one_of(&mut self, choices: &[Choice]) {
        let keys: Vec<String> =
            choices.iter().filter(|c| c.open).map(|c| self.in_full(c)).collect();
        self.press(&keys);
    }

    fn whole(self) -> String {
        self.said.join(self.lang.pick("", " "))
    }
}

#[cfg(all(test, feature = "rehearsal"))]
mod tests;
