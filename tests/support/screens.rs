//! The screens without a display, with a clubhouse that answers.

use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::gallery::Sample;
use clubhouse_kiosk::kiosk::headless::Headless;
use clubhouse_kiosk::kiosk::protocol::Request;
use clubhouse_kiosk::kiosk::words::Lang;

pub fn fonts() -> Fonts {
    Fonts::load(None).expect("fonts-noto-cjk is installed")
}

/// A screen whose clubhouse answers between touches.
pub struct Played {
    pub screen: Headless,
    pub sample: Sample,
    pub asked: Vec<Request>,
}

impl Played {
    pub fn open(panel: Panel, lang: Lang) -> Self {
        let screen = Headless::open(panel, &fonts(), lang).expect("a headless window");
        let mut played = Self { screen, sample: Sample::default(), asked: Vec::new() };
        played.answer();
        played
    }

    pub fn answer(&mut self) {
        while let Some(request) = self.screen.next_request() {
            self.asked.push(request.clone());
            self.screen.deliver(self.sample.answer(request));
        }
    }

    /// A reader types like a keyboard.
    pub fn read(&mut self, code: &str) {
        self.screen.type_text(code);
        self.answer();
    }

    pub fn touch(&mut self, label: &str) {
        self.screen.touch_in_list(label).unwrap_or_else(|error| panic!("{error}"));
        self.answer();
    }

    pub fn touches(&mut self, labels: &[&str]) {
        for label in labels {
            self.touch(label);
        }
    }
}

/// The headless backend belongs to its thread: every screen story has one of its own.
pub fn on_its_own_thread(story: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(story)
        .expect("a thread")
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}
