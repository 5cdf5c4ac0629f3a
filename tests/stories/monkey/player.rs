//! The monkey: draws a step, does it, looks.

use std::collections::VecDeque;

use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::{Action, Controller, Effect, Input, VoiceRules};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::{Lang, money};

use super::books::Books;
use super::club::Club;
use super::eyes::{Eyes, Out};
use super::hand;
use crate::stories::campaign::chance::Chance;

/// Steps that a failure tells.
const TOLD: usize = 120;
/// Touches of “back” within which every page is left.
const MOST_BACKS: usize = 20;
/// Seconds without a touch within which every page is left: two unanswered requests, the question,
/// the count.
const LONGEST_WAIT_S: u32 = 160;
/// Seconds after which a monkey's screen goes dark: soon, for it does not rest for long.
const BLANK_AFTER_S: u32 = 90;

/// A monkey at a screen.
pub struct Monkey {
    seed: u64,
    stream: u64,
    step: usize,
    chance: Chance,
    club: Club,
    screen: Controller,
    out: VecDeque<Out>,
    eyes: Eyes,
    books: Books,
    trail: VecDeque<String>,
    homes: [usize; 3],
    printed: usize,
    /// Steps for which nothing is answered.
    stuck: usize,
}

impl Monkey {
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut chance = Chance::new(seed, stream);
        let rules = VoiceRules { always: chance.percent(50), ..VoiceRules::default() };
        Self {
            seed,
            stream,
            step: 0,
            chance,
            club: Club::open(),
            screen: Controller::new(Lang::Zh).with_voice(rules).with_blanking(BLANK_AFTER_S),
            out: VecDeque::new(),
            eyes: Eyes::default(),
            books: Books::default(),
            trail: VecDeque::new(),
            homes: [0; 3],
            printed: 0,
            stuck: 0,
        }
    }

    /// Plays so many steps, then looks into the books.
    pub fn play(mut self, steps: usize) {
        self.put(&Input::Start);
        while self.step < steps {
            self.any_step();
            self.maybe_answer();
        }
        for way in 0..3 {
            self.go_home(way);
            self.answer_all();
        }
        self.books.audit(&self.club);
        println!(
            "monkey {}: {} steps until {}, {} orders, {} changed, {} taken back, {} papers, home by {:?}",
            self.stream,
            self.step,
            self.club.today(),
            self.books.len(),
            self.books.changed,
            self.books.cancelled,
            self.printed,
            self.homes,
        );
    }

    fn any_step(&mut self) {
        if self.screen.busy() && self.chance.percent(30) {
            // Nobody touches much while they wait.
            let seconds = self.chance.pick(&[3, 20, 21]);
            self.wait(seconds);
            return;
        }
        match self.chance.below(1000) {
            0..700 => {
                let touches =
                    hand::touches(&mut self.chance, &self.screen, &self.club, &self.books);
                for action in touches {
                    self.put(&Input::Touch(action));
                }
            }
            700..760 => {
                let text = hand::scan(&mut self.chance, &self.club, &self.books);
                self.put(&Input::Scanned(text));
            }
            760..880 => {
                let seconds = self.chance.pick(&[1, 1, 1, 2, 5, 9, 15, 19, 21, 45, 61, 79, 81]);
                self.wait(seconds);
            }
            880..900 => {
                self.club.jump(&mut self.chance);
                self.tell(&format!("it is {}", self.club.now()));
                self.put(&Input::Tick { seconds: 1 });
            }
            900..920 => {
                let numbers = self.club.house.counter.called_today().unwrap();
                self.put(&Input::AtWindow(numbers));
            }
            920..930 => self.put(&Input::Changed),
            930..933 => self.put(&Input::Unspoken),
            933 => self.put(&Input::Presence),
            934 => self.put(&Input::Absence),
            935..950 => {
                let fault = self.club.fault(&mut self.chance);
                self.tell(&fault);
            }
            950..960 => self.printed += usize::from(self.club.print()),
            _ => {
                let way = self.chance.below(3);
                self.go_home(way);
            }
        }
    }

    fn wait(&mut self, seconds: u32) {
        self.club.pass(i64::from(seconds));
        self.put(&Input::Tick { seconds });
    }

    fn put(&mut self, input: &Input) {
        self.step += 1;
        self.tell(&format!("{input:?}"));
        let (page, view) = (self.screen.page().clone(), self.screen.view());
        let waited = self.screen.busy();
        self.eyes.quiet(input, waited);
        let effects = self.screen.handle(input.clone());
        if waited && !self.screen.busy() && *input == Input::Touch(Action::Back) {
            self.eyes.given_up();
        }
        for effect in effects {
            match effect {
                Effect::Ask(request) => {
                    let out: Vec<&Out> = self.out.iter().collect();
                    let asked = self.eyes.asked(input, &page, &view, request, &out);
                    self.out.push_back(asked);
                }
                Effect::Say(utterance) => {
                    assert!(!utterance.text.trim().is_empty(), "nothing was said of {page:?}");
                }
                Effect::Hush | Effect::Light(_) => {}
            }
        }
        assert_eq!(self.screen.requests_out(), self.out.len());
        assert!(self.out.len() < 64, "more requests are out than the clerk's queue holds");
        self.eyes.look(input, &self.screen, &self.club);
    }

    /// Mostly at once; now and then the disk is so slow that many things happen meanwhile.
    fn maybe_answer(&mut self) {
        if self.stuck > 0 {
            self.stuck -= 1;
        } else if self.chance.percent(2) {
            self.stuck = self.chance.between(3, 40);
        } else if !self.chance.percent(12) {
            self.answer_all();
        }
    }

    fn answer_all(&mut self) {
        // An answer may ask again, but never for ever.
        for _ in 0..100 {
            if self.out.is_empty() {
                return;
            }
            self.answer();
        }
        panic!("answers lead to questions without end");
    }

    /// The clerk answers the oldest request; now and then the disk fails before anything is done.
    fn answer(&mut self) {
        let Some(out) = self.out.pop_front() else { return };
        let reply = if self.chance.percent(2) {
            Reply::Failed("the disk is full".into())
        } else {
            self.club.clerk.answer(out.request.clone())
        };
        assert!(
            !matches!(&reply, Reply::Failed(why) if why != "the disk is full"),
            "{:?} failed: {reply:?}",
            out.request
        );
        self.books.note(&reply);
        if let (Reply::Placed(shown), Some(told)) = (&reply, &out.told) {
            let total = shown.order.total;
            let either = Lang::ALL.map(|lang| money(lang, total));
            assert!(either.contains(told), "{told} was confirmed, {total:?} is asked for");
        }
        if let Request::Place(_) = out.request {
            self.tell(&format!("  answered {reply:?}"));
        }
        self.eyes.answered(&out, &reply);
        self.put(&Input::Reply(reply));
        if let Page::Done(shown) = self.screen.page() {
            assert!(self.books.has_number(&shown.order.number.to_string()));
        }
    }

    /// No dead end: one touch, some touches of “back”, or some patience lead to the first screen.
    fn go_home(&mut self, way: usize) {
        self.homes[way] += 1;
        match way {
            0 => self.put(&Input::Touch(Action::StartOver)),
            1 => {
                for _ in 0..MOST_BACKS {
                    self.answer_all();
                    if self.is_home() {
                        break;
                    }
                    let view = self.screen.view();
                    if view.display.is_some() {
                        self.put(&Input::Touch(Action::CloseDisplay));
                    }
                    if view.help.is_some() {
                        self.put(&Input::Touch(Action::CloseHelp));
                    }
                    self.put(&Input::Touch(Action::Back));
                }
            }
            _ => {
                let answered = self.chance.percent(50);
                let mut waited = 0;
                while waited < LONGEST_WAIT_S {
                    let seconds = self.chance.between(1, 20) as u32;
                    self.wait(seconds);
                    waited += seconds;
                    if answered {
                        self.answer_all();
                    }
                }
            }
        }
        assert!(self.is_home(), "a dead end: {:?}", self.screen.page());
        assert!(way == 1 || !self.screen.busy());
    }

    fn is_home(&self) -> bool {
        matches!(self.screen.page(), Page::Home | Page::Slides(_))
    }

    fn tell(&mut self, what: &str) {
        if self.trail.len() == TOLD {
            self.trail.pop_front();
        }
        self.trail.push_back(what.chars().take(160).collect());
    }
}

impl Drop for Monkey {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let trail: Vec<&str> = self.trail.iter().map(String::as_str).collect();
            println!(
                "MONKEY_SEED={} monkey {} at step {}, after:\n{}",
                self.seed,
                self.stream,
                self.step,
                trail.join("\n")
            );
        }
    }
}
