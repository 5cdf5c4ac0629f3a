//! The window: creates the Slint component, gives it the fonts, and carries inputs and answers.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use slint::fontique_011::shared_collection;
use slint::{ComponentHandle, LogicalSize, Timer, TimerMode};

use super::adapters;
use super::controller::{Action, Controller, Effect, Input, View, VoiceRules};
use super::generated::{KioskWindow, Theme};
use super::panel::Panel;
use super::protocol::{Reply, Request};
use super::words::Lang;
use crate::fonts::Fonts;
use crate::pictures::{Fit, Sizes};
use crate::speech::Utterance;

/// Why the window can't be shown.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// No display, or a display that refuses.
    #[error("the kiosk's window can't be opened: {0}")]
    Platform(#[from] slint::PlatformError),
    /// The window's text stack does not accept the font.
    #[error("the Chinese font is not accepted by the window; install fonts-noto-cjk")]
    Font,
}

thread_local! {
    /// The kiosk of this thread, for answers that come from other threads.
    static CURRENT: RefCell<Weak<Inner>> = const { RefCell::new(Weak::new()) };
}

/// The touchscreen, on the thread that owns the window.
pub struct Kiosk {
    inner: Rc<Inner>,
    clock: Timer,
}

/// A handle that other threads keep to bring answers.
#[derive(Debug, Clone, Copy)]
pub struct KioskHandle(());

/// What the callbacks of the window share.
pub(super) struct Inner {
    pub(super) window: KioskWindow,
    panel: Panel,
    controller: RefCell<Controller>,
    pub(super) view: RefCell<View>,
    inputs: RefCell<VecDeque<Input>>,
    running: Cell<bool>,
    ask: Box<dyn Fn(Request)>,
    mouth: RefCell<Mouth>,
    light: RefCell<Light>,
}

/// Says an utterance, or stops reading the page; returns at once.
pub type Mouth = Box<dyn Fn(Option<Utterance>)>;

/// Switches the panel's light on or off; returns at once.
pub type Light = Box<dyn Fn(bool)>;

impl Kiosk {
    /// Creates the window for a panel. `ask` sends a request on its way and returns at once; the
    /// answer comes by [`Kiosk::deliver`] or [`KioskHandle::deliver`].
    pub fn new(
        panel: Panel,
        fonts: &Fonts,
        lang: Lang,
        ask: Box<dyn Fn(Request)>,
    ) -> Result<Self, KioskError> {
        let window = KioskWindow::new()?;
        register(fonts)?;
        window.window().set_size(LogicalSize::new(panel.width_px as f32, panel.height_px as f32));
        fit(&window.global::<Theme>(), window.window(), panel);

        let controller = Controller::new(lang);
        let view = controller.view();
        let inner = Rc::new(Inner {
            window,
            panel,
            controller: RefCell::new(controller),
            view: RefCell::new(view.clone()),
            inputs: RefCell::new(VecDeque::new()),
            running: Cell::new(false),
            ask,
            mouth: RefCell::new(Box::new(|_| {})),
            light: RefCell::new(Box::new(|_| {})),
        });
        adapters::connect(&inner);
        adapters::show(&inner.window, &view, true);
        CURRENT.with(|current| *current.borrow_mut() = Rc::downgrade(&inner));
        let kiosk = Self { inner, clock: Timer::default() };
        kiosk.inner.take(Input::Start);
        Ok(kiosk)
    }

    /// A handle for the threads that answer.
    pub fn handle(&self) -> KioskHandle {
        KioskHandle(())
    }

    /// Gives it a voice; without one it says nothing. `mouth` must return at once.
    pub fn set_voice(&self, rules: VoiceRules, mouth: Mouth) {
        *self.inner.mouth.borrow_mut() = mouth;
        self.inner.controller.borrow_mut().set_voice(rules);
        self.inner.redraw();
    }

    /// Lets the screen go dark after so many seconds with nobody there, 0 for never. `light` must
    /// return at once.
    pub fn set_blanking(&self, after_s: u32, light: Light) {
        *self.inner.light.borrow_mut() = light;
        self.inner.controller.borrow_mut().set_blanking(after_s);
    }

    /// Shows the window; over the whole screen on an appliance.
    pub fn show(&self, full_screen: bool) -> Result<(), KioskError> {
        self.inner.window.show()?;
        self.inner.window.window().set_fullscreen(full_screen);
        fit(&self.inner.window.global::<Theme>(), self.inner.window.window(), self.inner.panel);
        Ok(())
    }

    /// Lets seconds pass by themselves, while an event loop runs.
    pub fn start_clock(&self) {
        let inner = Rc::downgrade(&self.inner);
        self.clock.start(TimerMode::Repeated, std::time::Duration::from_secs(1), move || {
            if let Some(inner) = inner.upgrade() {
                inner.take(Input::Tick { seconds: 1 });
            }
        });
    }

    /// Brings the answer to the oldest request.
    pub fn deliver(&self, reply: Reply) {
        self.inner.take(Input::Reply(reply));
    }

    /// Lets seconds pass at once.
    pub fn tick(&self, seconds: u32) {
        self.inner.take(Input::Tick { seconds });
    }

    /// An input of any kind, past the window.
    pub fn input(&self, input: Input) {
        self.inner.take(input);
    }

    /// A text from a reader that does not type like a keyboard.
    pub fn scanned(&self, text: &str) {
        self.inner.take(Input::Scanned(text.to_owned()));
    }

    /// The sizes at which this window shows pictures, in its pixels.
    pub fn picture_sizes(&self) -> Sizes {
        let theme = self.inner.window.global::<Theme>();
        let px = |length: f32| (length.round() as u32).max(1);
        Sizes {
            dish: Fit::Fill {
                width: px(theme.get_dish_width()),
                height: px(theme.get_dish_height()),
                radius: px(theme.get_radius()),
            },
            slide: Fit::Inside {
                width: px(theme.get_photo_width()),
                height: px(theme.get_photo_height()),
            },
        }
    }

    /// What is on the screen.
    pub fn view(&self) -> View {
        self.inner.view.borrow().clone()
    }

    /// The window, for snapshots, events and hiding.
    pub fn window(&self) -> &slint::Window {
        self.inner.window.window()
    }

    #[cfg(feature = "rehearsal")]
    pub(super) fn component(&self) -> &KioskWindow {
        &self.inner.window
    }
}

impl KioskHandle {
    /// Brings the answer to the oldest request, from any thread. Says whether a window still runs.
    pub fn deliver(self, reply: Reply) -> bool {
        take(Input::Reply(reply))
    }

    /// Says that somebody stands before the screen. Says whether a window still runs.
    pub fn presence(self) -> bool {
        take(Input::Presence)
    }

    /// Says that nobody stands before the screen any more. Says whether a window still runs.
    pub fn absence(self) -> bool {
        take(Input::Absence)
    }

    /// Says that printers or papers are not as they were. Says whether a window still runs.
    pub fn changed(self) -> bool {
        take(Input::Changed)
    }

    /// Says which numbers stand at the window, newest last. Says whether a window still runs.
    pub fn at_window(self, numbers: Vec<u32>) -> bool {
        take(Input::AtWindow(numbers))
    }

    /// Says that something could not be said aloud. Says whether a window still runs.
    pub fn unspoken(self) -> bool {
        take(Input::Unspoken)
    }
}

/// Hands an input to the window on its own thread; says whether a window still runs.
fn take(input: Input) -> bool {
    slint::invoke_from_event_loop(move || {
        let inner = CURRENT.with(|current| current.borrow().upgrade());
        if let Some(inner) = inner {
            inner.take(input);
        }
    })
    .is_ok()
}

impl Inner {
    /// A finger, by its meaning.
    pub(super) fn touched(&self, action: Action) {
        self.take(Input::Touch(action));
    }

    /// Takes an input. One that arrives while another is worked on waits for its turn.
    pub(super) fn take(&self, input: Input) {
        self.inputs.borrow_mut().push_back(input);
        if self.running.replace(true) {
            return;
        }
        loop {
            let Some(input) = self.inputs.borrow_mut().pop_front() else { break };
            let effects = self.controller.borrow_mut().handle(input);
            for effect in effects {
                match effect {
                    Effect::Ask(request) => (self.ask)(request),
                    Effect::Say(utterance) => (self.mouth.borrow())(Some(utterance)),
                    Effect::Hush => (self.mouth.borrow())(None),
                    Effect::Light(on) => (self.light.borrow())(on),
                }
            }
            self.redraw();
        }
        self.running.set(false);
    }

    fn redraw(&self) {
        let view = self.controller.borrow().view();
        let before = self.view.replace(view.clone());
        if before != view {
            let another_page = before.page != view.page;
            adapters::show(&self.window, &view, another_page);
        }
    }
}

/// Lays the window out for the picture that is really shown: on the kernel's display that is the
/// display's own mode, turned as the installer wants it, whatever the settings say of its pixels.
pub(super) fn fit(theme: &Theme, window: &slint::Window, panel: Panel) {
    let size = window.size().to_logical(window.scale_factor());
    // A window system that has not said its size yet will show what was asked for.
    let shown = if size.width >= 1.0 && size.height >= 1.0 {
        panel.showing(size.width.round() as u32, size.height.round() as u32)
    } else {
        panel
    };
    theme.set_panel_width_mm(shown.width_mm);
    theme.set_panel_height_mm(shown.height_mm);
    theme.set_window_width(shown.width_px as f32);
    theme.set_window_height(shown.height_px as f32);
}

/// Gives the fonts to the text stack; both weights come under the one family of the window. The
/// other faces of their files come under families of their own, which nothing asks for.
pub(super) fn register(fonts: &Fonts) -> Result<(), KioskError> {
    let mut collection = shared_collection();
    for face in [&fonts.regular, &fonts.bold] {
        if collection.register_fonts(face.file.clone(), None).is_empty() {
            return Err(KioskError::Font);
        }
    }
    Ok(())
}
