//! The monkey at the glass: fingers on the screens as laid out, from any scene, on every panel, in
//! both languages, sizes and contrasts. Also where nothing is, and as a tremor does it.

use std::collections::VecDeque;
use std::time::Duration;

use clubhouse_kiosk::domain::Refusal;
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::view::{Screen, View};
use clubhouse_kiosk::kiosk::controller::{Contrast, Look, TextSize};
use clubhouse_kiosk::kiosk::gallery::{SCENES, Sample, open_as};
use clubhouse_kiosk::kiosk::headless::{Headless, Target};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;

use super::finger::{is_typing, lies_on, on_any, spot};
use crate::stories::campaign::chance::Chance;
use crate::support::layout::faults;

/// Touches within which every state is left.
const MOST_TO_LEAVE: usize = 6;
/// A touch sooner than this after another is no second press.
const TREMOR_MS: usize = 400;
/// The labels of keys that close what lies over a page, or lead home, in the order tried.
const LEAVING: [&str; 10] = [
    "我还在",
    "I'm here",
    "知道了",
    "关上",
    "Close",
    "重来",
    "Home",
    "好了，回首页",
    "Done",
    "返回",
];

/// One screen under the monkey's fingers.
pub struct Glass {
    pub screen: Headless,
    sample: Sample,
    panel: Panel,
    /// The language of the house.
    lang: Lang,
    told: String,
    trail: VecDeque<String>,
    /// The label of the key on which the last finger went down and up.
    pressed: String,
    pub touches: usize,
    /// What was asked and not answered yet.
    open: VecDeque<Request>,
}

impl Glass {
    pub fn open(chance: &mut Chance, fonts: &Fonts, panel: Panel) -> Self {
        let scene = &SCENES[chance.below(SCENES.len())];
        let lang = chance.pick(&Lang::ALL);
        let look =
            Look { size: chance.pick(&TextSize::ALL), contrast: chance.pick(&Contrast::ALL) };
        let screen = open_as(fonts, panel, lang, look, scene).expect("a headless window");
        let mut sample = Sample::default();
        (scene.set_up)(&mut sample);
        let told = format!("{} {} {panel} {look:?}", scene.name, lang.code());
        screen.pass(Duration::from_secs(1));
        // Some scenes stand before an answer.
        let open = std::iter::from_fn(|| screen.next_request()).collect();
        Self {
            screen,
            sample,
            panel,
            lang,
            told,
            trail: VecDeque::new(),
            pressed: String::new(),
            touches: 0,
            open,
        }
    }

    fn view(&self) -> View {
        self.screen.kiosk().view()
    }

    /// What can be touched now; a screen without anything to touch would be a dead end.
    fn targets(&self) -> Vec<Target> {
        let targets = self.screen.layout().targets;
        assert!(!targets.is_empty(), "nothing to touch");
        targets
    }

    /// Presses here and lifts there; says on which keys.
    fn stroke(&mut self, from: [f32; 2], to: [f32; 2]) -> (String, String) {
        let targets = self.targets();
        let key = |at| targets.iter().find(|t| lies_on(t, at)).map_or("", |t| t.label.as_str());
        let (down, up) = (key(from).to_owned(), key(to).to_owned());
        self.trail.push_back(format!("“{down}” to “{up}” at {from:.1?} {to:.1?}"));
        self.pressed = if down == up { down.clone() } else { String::new() };
        self.screen.finger_down(from);
        self.screen.pass(Duration::from_millis(60));
        self.screen.finger_moves(to);
        self.screen.pass(Duration::from_millis(20));
        self.screen.finger_up(to);
        self.touches += 1;
        (down, up)
    }

    /// Nothing was pressed, so nothing is another.
    fn changes_nothing(&mut self, before: &View) {
        assert_eq!(&self.view(), before, "what was no press changed the screen");
        assert_eq!(self.screen.next_request(), None, "what was no press asked for something");
    }

    /// Takes what was asked by the last stroke; an order only by the key that says so.
    fn asked(&mut self) {
        while let Some(request) = self.screen.next_request() {
            if let Request::Place(_) | Request::PlaceWeek(_) = request {
                let confirmed = ["确认下单", "Place order"].contains(&self.pressed.as_str());
                assert!(confirmed, "“{}” ordered something", self.pressed);
            }
            self.open.push_back(request);
        }
    }

    /// What was asked is mostly answered: rightly, by a “no”, or by a fault.
    fn answer(&mut self, chance: &mut Chance) {
        self.asked();
        if chance.percent(10) {
            return;
        }
        for _ in 0..20 {
            let Some(request) = self.open.pop_front() else { return };
            let reply = match chance.below(20) {
                0 => Reply::Refused(Refusal::SoldOut { left: 0 }),
                1 => Reply::Refused(Refusal::WrongDigits { tries_left: 2 }),
                2 => Reply::Failed("the disk is full".into()),
                _ => self.sample.answer(request),
            };
            self.screen.deliver(reply);
            self.pressed.clear();
            self.asked();
        }
        panic!("answers lead to questions without end");
    }

    pub fn any_stroke(&mut self, chance: &mut Chance) {
        let targets = self.targets();
        let on = |chance: &mut Chance| on_any(chance, &targets);
        let before = self.view();
        match chance.below(100) {
            0..55 => {
                let at = on(chance);
                self.stroke(at, at);
            }
            55..70 => {
                let at = self.anywhere(chance);
                let (key, _) = self.stroke(at, at);
                if key.is_empty() {
                    self.changes_nothing(&before);
                }
            }
            70..80 => {
                let (from, to) = (on(chance), self.anywhere(chance));
                let (down, up) = self.stroke(from, to);
                if down != up {
                    self.changes_nothing(&before);
                }
            }
            80..93 => self.tremble(chance),
            93..96 => {
                let text =
                    chance.pick(&["C1.sample.0", "O1.ABCDEH", "R1.2026-11-24.15", "H1.3", "6901"]);
                self.trail.push_back(format!("reads {text}"));
                self.pressed.clear();
                self.screen.type_text(text);
            }
            _ => {
                let seconds = chance.pick(&[1, 15, 30, 61, 81]);
                self.trail.push_back(format!("{seconds} s"));
                self.pressed.clear();
                self.screen.tick(seconds);
            }
        }
        self.answer(chance);
    }

    /// A second touch comes too soon, on the same place or on what is there by then.
    fn tremble(&mut self, chance: &mut Chance) {
        let targets = self.targets();
        let first = on_any(chance, &targets);
        let keys = self.screen.keys();
        let (key, _) = self.stroke(first, first);
        self.answer(chance);
        let pressed = keys.iter().any(|k| k.label == key && k.enabled);
        if !pressed || is_typing(&key) {
            // Digits and letters are typed as quickly as one likes; a key without effect counts not.
            return;
        }
        let before = self.view();
        let since = chance.between(0, TREMOR_MS - 200) as u64;
        self.screen.pass(Duration::from_millis(since));
        let targets = self.targets();
        let second = on_any(chance, &targets);
        let (again, _) = self.stroke(second, second);
        if !is_typing(&again) {
            self.changes_nothing(&before);
        }
    }

    fn anywhere(&self, chance: &mut Chance) -> [f32; 2] {
        [
            self.panel.width_mm * chance.below(1000) as f32 / 1000.0,
            self.panel.height_mm * chance.below(1000) as f32 / 1000.0,
        ]
    }

    /// The way out that is on the screen, by real touches.
    pub fn go_home(&mut self, chance: &mut Chance) {
        for _ in 0..MOST_TO_LEAVE {
            let view = self.view();
            let bare = view.help.is_none() && view.display.is_none() && view.idle.is_none();
            if bare && is_first(&view) {
                return;
            }
            let targets = self.targets();
            let way = LEAVING.iter().find_map(|label| targets.iter().find(|t| t.label == *label));
            let labels: Vec<_> = targets.iter().map(|t| t.label.as_str()).collect();
            let way = way.unwrap_or_else(|| panic!("no way out among {labels:?}"));
            let at = spot(chance, way);
            self.screen.pass(Duration::from_millis(500));
            self.stroke(at, at);
            self.answer(chance);
        }
        panic!("a dead end: {:?}", self.view().screen);
    }

    /// Some time after the last touch the screen is as the next person expects it.
    pub fn is_forgotten(&mut self) {
        self.pressed.clear();
        self.screen.tick(81);
        let view = self.view();
        assert_eq!((view.lang, view.look), (self.lang, Look::default()));
        assert!(is_first(&view), "somebody's page stays: {view:#?}");
        if let Screen::Home(home) = &view.screen {
            assert!(home.greeting.is_empty() && home.as_last.is_empty() && !home.week, "{home:#?}");
        }
        assert!(!view.voice.loud && view.help.is_none() && view.display.is_none(), "{view:#?}");
    }

    /// What is wrong with the screen as it is laid out now.
    pub fn laid_out(&self) {
        let wrong = faults(&self.screen.layout(), self.panel);
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// The first screen, or what stands there while nobody can order or nobody is there.
fn is_first(view: &View) -> bool {
    let sleeps = matches!(view.screen, Screen::Slides(_) | Screen::Dark(_));
    sleeps || matches!(view.screen, Screen::Home(_) | Screen::PaperOnly(_))
}

impl Drop for Glass {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let trail: Vec<&str> = self.trail.iter().map(String::as_str).collect();
            println!("from the scene {}:\n{}", self.told, trail.join("\n"));
        }
    }
}
