//! The same window without a display: opened at any panel's measures, touched by accessible label.
//!
//! Pixels come from the software renderer, clicks are real pointer events, time is mocked. One
//! thread has one backend; windows are opened on it one after the other.

mod failure;
mod finger;
mod measure;
mod painted;
mod picture;

pub use failure::HeadlessFailure;
pub use measure::{Breaks, Kind, Layout, Target, Words};
pub use painted::{Frame, Painted, Spot};
pub use picture::PictureError;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use i_slint_backend_testing::{
    AccessibleRole, ElementHandle, ElementRoot, TestingBackend, TestingBackendOptions,
    mock_elapsed_time,
};
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalSize};

use super::controller::{Input, VoiceRules};
use super::panel::Panel;
use super::protocol::{Reply, Request};
use super::window::{Kiosk, KioskError};
use super::words::Lang;
use crate::fonts::Fonts;
use crate::speech::Utterance;

/// Seconds with nobody there until the screen goes dark, as in the sample settings.
const BLANK_AFTER_S: u32 = 600;

/// Why a touch did not happen.
#[derive(Debug, thiserror::Error)]
pub enum TouchError {
    /// Nothing on the screen has this label.
    #[error("nothing on the screen is called “{label}”; there is: {}", there.join(" | "))]
    NotThere {
        /// The label.
        label: String,
        /// The labels that are there.
        there: Vec<String>,
    },
    /// It is there, but greyed out.
    #[error("“{label}” can't be pressed now")]
    NotEnabled {
        /// The label.
        label: String,
    },
    /// Another thing lies under the finger.
    #[error("“{label}” lies outside the window")]
    OffScreen {
        /// The label.
        label: String,
    },
}

/// Something that can be touched, as laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Its accessible label.
    pub label: String,
    /// Whether it can be pressed.
    pub enabled: bool,
    /// Left, top, width and height in millimetres.
    pub mm: [f32; 4],
}

/// A kiosk without a display.
pub struct Headless {
    kiosk: Kiosk,
    panel: Panel,
    asked: Rc<RefCell<VecDeque<Request>>>,
    heard: Rc<RefCell<Vec<Option<Utterance>>>>,
}

/// Makes the headless backend the one of this thread; a second call changes nothing.
fn use_backend() {
    let options = TestingBackendOptions {
        mock_time: true,
        threading: false,
        renderer_name: Some("software".into()),
    };
    // Already set by an earlier window of this thread: that one serves.
    let _ = slint::platform::set_platform(Box::new(TestingBackend::new(options)));
}

/// Lets the layout come to rest: what a page shows can change how much room its lists have.
fn settle() {
    const PASSES: usize = 3;
    for _ in 0..PASSES {
        mock_elapsed_time(Duration::from_millis(1));
    }
}

impl Headless {
    /// Opens the window at the measures of a panel.
    pub fn open(panel: Panel, fonts: &Fonts, lang: Lang) -> Result<Self, KioskError> {
        use_backend();
        let asked = Rc::new(RefCell::new(VecDeque::new()));
        let queue = asked.clone();
        let kiosk = Kiosk::new(
            panel,
            fonts,
            lang,
            Box::new(move |request| queue.borrow_mut().push_back(request)),
        )?;
        let heard = Rc::new(RefCell::new(Vec::new()));
        let mouth = heard.clone();
        let speak = move |utterance| mouth.borrow_mut().push(utterance);
        kiosk.set_voice(VoiceRules::default(), Box::new(speak));
        kiosk.set_blanking(BLANK_AFTER_S, Box::new(|_| {}));
        kiosk.show(false)?;
        let size = LogicalSize::new(panel.width_px as f32, panel.height_px as f32);
        kiosk.window().dispatch_event(WindowEvent::Resized { size });
        kiosk.window().dispatch_event(WindowEvent::WindowActiveChanged(true));
        settle();
        Ok(Self { kiosk, panel, asked, heard })
    }

    /// An input of any kind, past the window.
    pub fn input(&self, input: Input) {
        self.kiosk.input(input);
        settle();
    }

    /// The kiosk inside.
    pub fn kiosk(&self) -> &Kiosk {
        &self.kiosk
    }

    /// The oldest request that nobody has taken yet.
    pub fn next_request(&self) -> Option<Request> {
        self.asked.borrow_mut().pop_front()
    }

    /// What was said aloud since the last look, and where it was cut off.
    pub fn heard(&self) -> Vec<Option<Utterance>> {
        self.heard.take()
    }

    /// Brings the answer to the oldest request.
    pub fn deliver(&self, reply: Reply) {
        self.kiosk.deliver(reply);
        settle();
    }

    /// Answers everything that was asked, and what the answers lead to.
    pub fn answer(&self, mut answer: impl FnMut(Request) -> Reply) {
        while let Some(request) = self.next_request() {
            self.deliver(answer(request));
        }
    }

    /// Lets seconds pass.
    pub fn tick(&self, seconds: u32) {
        mock_elapsed_time(Duration::from_secs(u64::from(seconds)));
        self.kiosk.tick(seconds);
        settle();
    }

    /// Types as a reader does, Enter included.
    pub fn type_text(&self, text: &str) {
        let send = |text: slint::SharedString| {
            self.kiosk.window().dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
            self.kiosk.window().dispatch_event(WindowEvent::KeyReleased { text });
        };
        for character in text.chars() {
            send(character.into());
        }
        send(slint::platform::Key::Return.into());
        settle();
    }

    /// Presses and releases a finger in the middle of what has this label.
    pub fn touch(&self, label: &str) -> Result<(), TouchError> {
        let element = self.find(label).ok_or_else(|| TouchError::NotThere {
            label: label.to_owned(),
            there: self.labels(),
        })?;
        if element.accessible_enabled() == Some(false) {
            return Err(TouchError::NotEnabled { label: label.to_owned() });
        }
        let (at, size) = (element.absolute_position(), element.size());
        let (x, y) = (at.x + size.width / 2.0, at.y + size.height / 2.0);
        let inside = (0.0..self.panel.width_px as f32).contains(&x)
            && (0.0..self.panel.height_px as f32).contains(&y);
        if !inside {
            return Err(TouchError::OffScreen { label: label.to_owned() });
        }
        element.mock_single_click(PointerEventButton::Left);
        // Nobody touches again sooner; and the guard against shaky fingers is let go.
        mock_elapsed_time(Duration::from_millis(500));
        settle();
        Ok(())
    }

    /// Like [`Headless::touch`], turning the pages of a list until the label is found.
    pub fn touch_in_list(&self, label: &str) -> Result<(), TouchError> {
        const MOST_PAGES: usize = 50;
        for _ in 0..MOST_PAGES {
            if self.find(label).is_some() {
                break;
            }
            let turned = ["下一页", "Next page"].iter().any(|next| self.touch(next).is_ok());
            if !turned {
                break;
            }
        }
        self.touch(label)
    }

    /// Whether something on the screen has this label.
    pub fn has(&self, label: &str) -> bool {
        self.find(label).is_some()
    }

    /// The labels of everything that can be touched, in order.
    pub fn labels(&self) -> Vec<String> {
        self.keys().into_iter().map(|key| key.label).collect()
    }

    /// Everything that can be touched, as laid out.
    pub fn keys(&self) -> Vec<Key> {
        let scale = (
            self.panel.width_mm / self.panel.width_px as f32,
            self.panel.height_mm / self.panel.height_px as f32,
        );
        self.elements(AccessibleRole::Button)
            .into_iter()
            .map(|element| {
                let (at, size) = (element.absolute_position(), element.size());
                Key {
                    label: element.accessible_label().unwrap_or_default().into(),
                    enabled: element.accessible_enabled() != Some(false),
                    mm: [
                        at.x * scale.0,
                        at.y * scale.1,
                        size.width * scale.0,
                        size.height * scale.1,
                    ],
                }
            })
            .collect()
    }

    /// The words that are drawn as text, with left, top, width and height in pixels.
    pub fn texts(&self) -> Vec<(String, [f32; 4])> {
        self.elements(AccessibleRole::Text)
            .into_iter()
            .map(|element| {
                let (at, size) = (element.absolute_position(), element.size());
                (
                    element.accessible_label().unwrap_or_default().into(),
                    [at.x, at.y, size.width, size.height],
                )
            })
            .collect()
    }

    fn find(&self, label: &str) -> Option<ElementHandle> {
        self.elements(AccessibleRole::Button)
            .into_iter()
            .find(|element| element.accessible_label().is_some_and(|l| l == label))
    }

    fn elements(&self, role: AccessibleRole) -> Vec<ElementHandle> {
        self.kiosk
            .component()
            .root_element()
            .query_descendants()
            .match_accessible_role(role)
            // Elements that the compiler folded into one item have one label.
            .match_predicate(|element| element.accessible_label().is_some())
            .find_all()
    }
}

impl Drop for Headless {
    fn drop(&mut self) {
        // The window ends before the next one of this thread begins.
        let _ = self.kiosk.component().hide();
    }
}
