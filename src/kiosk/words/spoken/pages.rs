//! Page by page: what is read of it, and its keys.

use super::{Sentences, Wanted};
use crate::kiosk::controller::view::{
    Called, Confirm, Done, Door, Facts, Home, Keypad, Letters, List, Notice, Options, PaperOnly,
    Slides, Stop, Ways, Week,
};
use crate::kiosk::words::Lang;

/// The most rows of a list that are read; a list of the staff may be long.
const MOST_ROWS: usize = 12;

impl Sentences {
    pub(super) fn home(&mut self, home: &Home, status: &str, wanted: Wanted) {
        let lang = self.lang;
        if wanted == Wanted::Asked {
            self.say(&home.greeting);
        }
        self.say(format!("{}{}{}", home.date, lang.pick("，", ", "), home.clock));
        let colon = if home.dishes.is_empty() { "" } else { lang.pick("：", ": ") };
        let dishes = home.dishes.join(lang.pick("、", ", "));
        self.say(format!("{}{colon}{dishes}", home.headline));
        self.say(&home.text);
        self.say(&home.price);
        self.say(&home.facts);
        self.say(status);
        if !home.called.is_empty() {
            let numbers = home.called.split_whitespace().collect::<Vec<_>>();
            self.fact(
                lang.pick("现在可以取餐的号码", "Ready now"),
                &numbers.join(lang.pick("、", ", ")),
            );
        }
        if let ([last, ..], Wanted::Asked) = (home.as_last.as_slice(), wanted) {
            self.say(self.in_full(last));
        }
        if home.open {
            self.press_one_of(&home.ways);
        } else {
            let dates: Vec<&str> =
                home.dates.iter().filter(|d| !d.chosen).map(|d| d.text.as_str()).collect();
            self.press_for(lang.pick("要订别的日子，请按：", "For another day, press "), &dates);
        }
    }

    /// Each day with its dishes and what is ticked for it.
    pub(super) fn week(&mut self, week: &Week, so_far: &str) {
        let lang = self.lang;
        let ways = (week.cells.len() / week.days.len().max(1)).max(1);
        for (day, cells) in week.days.iter().zip(week.cells.chunks(ways)) {
            self.fact(&day.name, &day.value);
            for ticked in cells.iter().filter(|cell| cell.chosen) {
                self.say(format!("{}{}", self.in_full(ticked), lang.pick("，已选", ", chosen")));
            }
        }
        self.say(so_far);
        self.press_one_of(&week.form);
    }

    pub(super) fn options(&mut self, options: &Options, so_far: &str) {
        let lang = self.lang;
        self.say(&options.warning);
        self.fact(lang.pick("现在", "Now"), &options.portions);
        self.choices(&options.categories);
        if !so_far.is_empty() {
            self.fact(lang.pick("您的订单", "Your order"), so_far);
        }
        let wishes = options.wishes.iter().chain(&options.substitute).map(|wish| {
            let chosen = if wish.chosen { lang.pick("，已选", ", chosen") } else { "" };
            let (arrow, changed) = lang.pick((" → ", "换成"), ("→", "changed to"));
            format!("{}{chosen}", self.in_full(wish).replace(arrow, changed))
        });
        let wishes: Vec<String> = wishes.collect();
        self.fact(
            lang.pick("有要求可以选", "You may ask for"),
            &wishes.join(lang.pick("；", "; ")),
        );
        self.say(match (lang, options.fewer, options.more) {
            (_, false, false) => "",
            (Lang::Zh, false, true) => "要多一份，按“加”",
            (Lang::Zh, true, false) => "要少一份，按“减”",
            (Lang::Zh, true, true) => "要多一份，按“加”；要少一份，按“减”",
            (Lang::En, false, true) => "For one more, press plus",
            (Lang::En, true, false) => "For one less, press minus",
            (Lang::En, true, true) => "For one more, press plus; for one less, minus",
        });
        self.press(&[if options.editing {
            lang.pick("改好了", "Save")
        } else {
            lang.pick("下一步", "Next")
        }]);
    }

    pub(super) fn door(&mut self, door: &Door) {
        let lang = self.lang;
        if !door.chosen.is_empty() {
            self.fact(lang.pick("已经选了", "So far"), &door.chosen);
        }
        if door.card {
            self.say(lang.pick("有卡，请放到读卡处", "If you have a card, hold it to the reader"));
        }
        if door.loading {
            self.say(lang.pick("请稍候", "One moment, please"));
        }
        let (first, last) = (door.choices.first(), door.choices.last());
        if let (Some(first), Some(last)) = (first, last) {
            self.say(match lang {
                Lang::Zh => format!("可以选{}到{}", first.label, last.label),
                Lang::En => format!("Choose from {} to {}", first.label, last.label),
            });
        }
    }

    /// The digits typed are nobody else's to hear; how many there are may be said.
    pub(super) fn keypad(&mut self, keypad: &Keypad) {
        let lang = self.lang;
        self.say(&keypad.text);
        let typed = keypad.typed.chars().filter(|c| !c.is_whitespace()).count();
        if typed > 0 {
            self.say(match lang {
                Lang::Zh => format!("已经按了 {typed} 位"),
                Lang::En if typed == 1 => "1 digit typed".to_owned(),
                Lang::En => format!("{typed} digits typed"),
            });
        }
        self.say(lang.pick(
            "按数字，再按“确定”；按错了，按“删除”",
            "Press the digits, then 'OK'; after a wrong one, 'Delete'",
        ));
    }

    pub(super) fn confirm(&mut self, confirm: &Confirm) {
        let lang = self.lang;
        self.say(&confirm.warning);
        for row in &confirm.rows {
            self.fact(&row.name, &row.value);
        }
        self.fact(lang.pick("一共", "Together"), &confirm.total);
        self.say(&confirm.payment);
        self.choices(&confirm.payments);
        self.say(lang.pick(
            "对，请按“确认下单”；不对，请按“返回”",
            "If it is right, press 'Place order'; if not, press 'Back'",
        ));
    }

    pub(super) fn done(&mut self, done: &Done) {
        let lang = self.lang;
        self.say(match lang {
            Lang::Zh => format!("您的号码是 {} 号", done.number),
            Lang::En => format!("Your number is {}", done.number),
        });
        self.say(&done.text);
        self.say(&done.money);
        self.say(&done.paper);
        if !done.paper_ok {
            self.fact(lang.pick("查单字母", "Letters to find it"), &done.code);
        }
        self.press(&[lang.pick("好了，回首页", "Done")]);
    }

    pub(super) fn ways(&mut self, ways: &Ways) {
        self.say(&ways.text);
        self.press_one_of(&ways.ways);
    }

    pub(super) fn letters(&mut self, letters: &Letters) {
        let lang = self.lang;
        let typed = letters.typed.split_whitespace().collect::<Vec<_>>().join(", ");
        if !typed.is_empty() {
            self.fact(lang.pick("已经按了", "Typed"), &typed);
        }
        self.say(lang.pick(
            "请按小票上的六个字母，再按“确定”",
            "Press the six letters on your slip, then 'OK'",
        ));
    }

    pub(super) fn list(&mut self, list: &List) {
        let lang = self.lang;
        self.say(&list.text);
        let read = list.rows.len().min(MOST_ROWS);
        self.rows(&list.rows[..read]);
        let more = list.rows.len() - read;
        if more > 0 {
            self.say(match lang {
                Lang::Zh => format!("后面还有 {more} 个"),
                Lang::En => format!("{more} more follow"),
            });
        }
        self.press_one_of(&list.next);
    }

    pub(super) fn facts(&mut self, facts: &Facts) {
        self.say(&facts.headline);
        for row in &facts.rows {
            self.fact(&row.name, &row.value);
        }
        self.say(&facts.text);
        self.press_one_of(&facts.ways);
    }

    pub(super) fn called(&mut self, called: &Called) {
        let lang = self.lang;
        if called.numbers.is_empty() {
            self.say(lang.pick(
                "现在还没有叫号，做好了会显示在这里",
                "No number is called yet. They will appear here",
            ));
        } else {
            let numbers = called.numbers.join(lang.pick(" 号、", ", "));
            self.say(match lang {
                Lang::Zh => format!("这些号码做好了：{numbers} 号，请到窗口取餐"),
                Lang::En => {
                    format!("These numbers are ready: {numbers}. Please come to the window")
                }
            });
        }
    }

    pub(super) fn stop(&mut self, stop: &Stop) {
        let lang = self.lang;
        self.say(&stop.headline);
        self.choices(&stop.outcomes);
        self.choices(&stop.keepers);
        self.choices(&stop.cash);
        self.press(&[lang.pick("记下", "Note it")]);
    }

    pub(super) fn notice(&mut self, notice: &Notice) {
        self.say(&notice.headline);
        self.say(&notice.text);
        self.press_one_of(&notice.ways);
    }

    pub(super) fn paper_only(&mut self, paper_only: &PaperOnly) {
        self.say(&paper_only.headline);
        self.say(&paper_only.lost);
        for line in paper_only.text.lines() {
            self.say(line);
        }
        self.say(&paper_only.staff);
        self.press_one_of(&paper_only.ways);
    }

    /// Title and name of a photograph are in the language of who took it; they are for the eye.
    pub(super) fn slides(&mut self, slides: &Slides) {
        let colon = if slides.dishes.is_empty() { "" } else { self.lang.pick("：", ": ") };
        let dishes = slides.dishes.join(self.lang.pick("、", ", "));
        self.say(format!("{}{colon}{dishes}", slides.headline));
        self.say(&slides.text);
        self.say(&slides.call);
    }
}
