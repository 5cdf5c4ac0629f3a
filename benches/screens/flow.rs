//! The ways through the screens, gone by accessible label as a finger goes them.

use std::fmt::Write;
use std::time::{Duration, Instant};

use clubhouse_kiosk::counter::Counter;
use clubhouse_kiosk::domain::{Category, Resident};
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::kiosk::Kiosk;
use clubhouse_kiosk::kiosk::headless::{Painted, Spot};
use clubhouse_kiosk::registry::Registry;

use super::figures::Taken;

/// Between two touches of a person, and longer than the guard against shaky fingers.
const PAUSE: Duration = Duration::from_millis(500);
/// Nothing takes longer than this.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pages of a list that are turned to find something.
const MOST_PAGES: usize = 20;

/// Somebody who orders: with a card, or by door and digits.
pub struct Person {
    /// Who.
    pub resident: Resident,
    /// Their card.
    pub card: String,
}

/// Residents with cards, who may have lunch carried.
pub fn people(house: &House, wanted: usize) -> Vec<Person> {
    let counter = Counter::new(house.clone());
    let all = Registry::new(house.clone()).residents().unwrap();
    let fit = |r: &Resident| {
        r.allergies.is_empty() && r.category == Category::Senior && r.last_digits().is_some()
    };
    let chosen = all.into_iter().filter(fit).take(wanted);
    let people: Vec<_> = chosen
        .map(|resident| Person { card: counter.issue_card(resident.id).unwrap(), resident })
        .collect();
    assert_eq!(people.len(), wanted, "too few residents");
    people
}

/// A finger with a stop-watch.
pub struct Hand<'a> {
    painted: &'a Painted,
    kiosk: &'a Kiosk,
    taken: Vec<Taken>,
}

impl<'a> Hand<'a> {
    /// A finger before the first screen.
    pub fn new(painted: &'a Painted, kiosk: &'a Kiosk) -> Self {
        let hand = Self { painted, kiosk, taken: Vec::new() };
        hand.rest();
        hand
    }

    /// What was measured since the last look.
    pub fn taken(&mut self) -> Vec<Taken> {
        std::mem::take(&mut self.taken)
    }

    /// Lets the person think, and everything come to rest.
    fn rest(&self) {
        self.painted.skip(PAUSE);
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let painted = self.painted.turn().is_some();
            let called = self.painted.wait(Duration::from_millis(2));
            if !painted && !called && !self.kiosk.view().busy {
                return;
            }
        }
    }

    fn spot(&self, label: &str) -> Spot {
        self.painted.spot(self.kiosk, label).unwrap_or_else(|| {
            panic!("no “{label}” among {}", self.painted.labels(self.kiosk).join(" | "))
        })
    }

    fn has(&self, label: &str) -> bool {
        self.painted.spot(self.kiosk, label).is_some()
    }

    /// Touches a key, and takes the time from the release to the next screen.
    pub fn touch(&mut self, step: &'static str, label: &str) {
        let at = self.spot(label);
        self.painted.press(at);
        // The pressed key is painted while the finger is down.
        while self.painted.turn().is_some() {}
        self.measure(step, |hand| hand.painted.release(at));
    }

    /// Touches a key of a list, turning its pages until it is there.
    fn touch_in_list(&mut self, step: &'static str, label: &str) {
        for _ in 0..MOST_PAGES {
            if self.has(label) {
                break;
            }
            self.touch("list, next page", "下一页");
        }
        self.touch(step, label);
    }

    fn card(&mut self, step: &'static str, card: &str) {
        self.measure(step, |hand| hand.kiosk.scanned(card));
    }

    fn digits(&mut self, digits: &str) {
        for digit in digits.chars() {
            self.touch("keypad: a digit", &digit.to_string());
        }
    }

    fn measure(&mut self, step: &'static str, happens: impl FnOnce(&Self)) {
        let (mut painting, mut frames, mut pixels) = (Duration::ZERO, 0, 0);
        let mut done = None;
        let start = Instant::now();
        happens(self);
        while start.elapsed() < PATIENCE {
            if let Some(frame) = self.painted.turn() {
                painting += frame.took;
                pixels += frame.pixels;
                frames += 1;
                done = Some(frame.done);
            } else if !self.kiosk.view().busy {
                break;
            } else {
                self.painted.wait(Duration::from_millis(20));
            }
        }
        let whole = done.unwrap_or_else(|| panic!("“{step}” painted nothing")) - start;
        assert!(whole < PATIENCE, "“{step}” did not come to an end");
        self.taken.push(Taken { step, whole, painting, frames, pixels });
        self.rest();
    }

    fn home(&mut self, step: &'static str) {
        let way = ["好了，回首页", "好的", "回首页", "重来"];
        let key = way.into_iter().find(|key| self.has(key)).unwrap_or("重来");
        self.touch(step, key);
    }
}

/// Where the keys of the simplest order lie: a line for each with step, x and y.
pub fn spots(hand: &mut Hand<'_>) -> String {
    let mut lines = String::new();
    for (step, label) in
        [("way", "堂食"), ("next", "下一步"), ("confirm", "确认下单"), ("home", "好了，回首页")]
    {
        let at = hand.spot(label);
        writeln!(lines, "{step}\t{:.0}\t{:.0}", at.x, at.y).unwrap();
        hand.touch("spots", label);
    }
    hand.taken();
    lines
}

/// Every flow once: two persons are known by door and by card.
pub fn everything(hand: &mut Hand<'_>, people: &[Person], staff_pin: &str) {
    eat_in(hand);
    by_door(hand, &people[0]);
    by_card(hand, &people[1]);
    look_up(hand);
    display(hand);
    staff(hand, staff_pin);
}

fn eat_in(hand: &mut Hand<'_>) {
    hand.touch("home → options", "堂食");
    hand.touch("options: one more", "加");
    hand.touch("options: less salt", "少盐");
    hand.touch("options → confirm", "下一步");
    hand.touch("confirm → options, by back", "返回");
    hand.touch("options → confirm", "下一步");
    hand.touch("confirm → done", "确认下单");
    hand.home("done → home");
}

fn by_door(hand: &mut Hand<'_>, person: &Person) {
    let door = &person.resident.door;
    hand.touch("home → door", "外送到家");
    hand.touch_in_list("door: building", &format!("{}号楼", door.building));
    hand.touch_in_list("door: floor", &format!("{}楼", door.floor));
    hand.touch_in_list("door: flat → keypad", &format!("{}室", door.room()));
    hand.digits(person.resident.last_digits().unwrap_or_default());
    hand.touch("keypad → options", "确定");
    hand.touch("options → confirm", "下一步");
    hand.touch("confirm → done", "确认下单");
    hand.home("done → home");
}

fn by_card(hand: &mut Hand<'_>, person: &Person) {
    hand.card("home: a card is read", &person.card);
    hand.touch("home → options", "外送到家");
    hand.touch("options → confirm", "下一步");
    hand.touch("confirm → done", "确认下单");
    hand.home("done → home");
}

fn look_up(hand: &mut Hand<'_>) {
    hand.touch("home → numbers called", "叫号");
    hand.touch("numbers called → home", "返回");
    hand.touch("home → my order", "我的订单");
    hand.touch("my order → letters", "用字母查");
    hand.touch("letters: a letter", "A");
    hand.touch("start over", "重来");
}

fn display(hand: &mut Hand<'_>) {
    hand.touch("home → options", "堂食");
    hand.touch("display: open", "显示");
    hand.touch("display: large", "大字");
    hand.touch("display: high contrast", "高对比");
    hand.touch("display: close", "关上");
    hand.touch("help: open", "帮助");
    hand.touch("help: close", "知道了");
    hand.touch("start over", "重来");
}

fn staff(hand: &mut Hand<'_>, pin: &str) {
    hand.touch("home → duty", "值班");
    hand.touch("duty → keypad", "工作人员");
    hand.digits(pin);
    hand.touch("keypad → staff", "确定");
    hand.touch("staff → numbers", "今天的号");
    hand.touch("numbers → staff", "返回");
    hand.touch("staff → papers", "打印");
    hand.touch("papers → staff", "返回");
    hand.touch("staff → end of day", "今天结束");
    hand.touch("start over", "重来");
}
