//! The window of a start that failed: it stays until the start works, the way behind the staff's
//! PIN is taken, or it is closed.

mod mind;

pub use mind::{Input, Mind, View};

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use slint::{ComponentHandle, LogicalSize, ModelRc, Timer, TimerMode, VecModel};

use super::generated::{
    Fact, Frame, KeypadAdapter, StartFailureAdapter, StartFailureWindow, Theme,
};
use super::panel::Panel;
use super::window::{self, KioskError};
use super::words::Lang;
use crate::fonts::Letters;
use crate::start_trouble::{RestoreOffer, StartTrouble};

/// How often news are looked for; a second's tick follows from it.
const LOOK: Duration = Duration::from_millis(250);
/// Looks in a second.
const LOOKS: u32 = 4;
/// Looks for which a good end stays before the window goes.
const GOOD_END: u32 = 3 * LOOKS;

/// What other threads found out.
pub enum News {
    /// Everything the start needs is there.
    Works,
    /// It still fails, for this reason.
    Fails(Box<StartTrouble>),
    /// The restore ended.
    Restored(Result<(), String>),
}

/// The window of a failed start, on the thread that owns it.
pub struct StartFailure {
    inner: Rc<Inner>,
}

struct Inner {
    window: StartFailureWindow,
    mind: RefCell<Mind>,
    shown: RefCell<Option<View>>,
    restore: Box<dyn Fn(RestoreOffer)>,
}

impl StartFailure {
    /// Creates the window for a panel. `restore` begins to restore and returns at once; its end
    /// comes as [`News::Restored`].
    pub fn new(
        panel: Panel,
        letters: &Letters,
        trouble: StartTrouble,
        restore: Box<dyn Fn(RestoreOffer)>,
    ) -> Result<Self, KioskError> {
        let window = StartFailureWindow::new()?;
        if let Letters::Ours(fonts) = letters {
            window::register(fonts)?;
        }
        window.window().set_size(LogicalSize::new(panel.width_px as f32, panel.height_px as f32));
        let chinese = !matches!(letters, Letters::Latin);
        let inner = Rc::new(Inner {
            window,
            mind: RefCell::new(Mind::new(trouble, chinese)),
            shown: RefCell::new(None),
            restore,
        });
        inner.connect();
        inner.fit(panel);
        inner.show();
        Ok(Self { inner })
    }

    /// Shows the window; over the whole screen on an appliance.
    pub fn show(&self, panel: Panel, full_screen: bool) -> Result<(), KioskError> {
        self.inner.window.show()?;
        self.inner.window.window().set_fullscreen(full_screen);
        self.inner.fit(panel);
        Ok(())
    }

    /// Keeps the window until the start works again, a copy is restored, or it is closed. `alive`
    /// is called with every look.
    pub fn run(self, news: Receiver<News>, alive: impl Fn() + 'static) -> Result<(), KioskError> {
        let inner = self.inner.clone();
        let (looks, ended) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
        let clock = Timer::default();
        clock.start(TimerMode::Repeated, LOOK, move || {
            alive();
            looks.set(looks.get().wrapping_add(1));
            if looks.get().is_multiple_of(LOOKS) {
                inner.take(Input::Tick);
            }
            let mut works = false;
            while let Ok(news) = news.try_recv() {
                works |= inner.heard(news);
            }
            if inner.mind.borrow().is_restored() {
                ended.set(ended.get() + 1);
            }
            if works || ended.get() >= GOOD_END {
                // An event loop that is gone needs no ending.
                let _ = slint::quit_event_loop();
            }
        });
        Ok(slint::run_event_loop()?)
    }

    /// An input, past the window.
    pub fn input(&self, input: Input) {
        self.inner.take(input);
    }

    /// What is on the page.
    pub fn view(&self) -> View {
        self.inner.mind.borrow().view()
    }

    /// What other threads found out; says whether the window's work is done.
    pub fn hear(&self, news: News) -> bool {
        self.inner.heard(news)
    }

    #[cfg(feature = "rehearsal")]
    pub(super) fn component(&self) -> &StartFailureWindow {
        &self.inner.window
    }
}

impl Inner {
    fn connect(self: &Rc<Self>) {
        let send = |input: Input| {
            let inner = Rc::downgrade(self);
            move || {
                if let Some(inner) = inner.upgrade() {
                    inner.take(input.clone());
                }
            }
        };
        let adapter = self.window.global::<StartFailureAdapter>();
        adapter.on_language(send(Input::Language));
        adapter.on_offer(send(Input::Offer));
        adapter.on_go_back(send(Input::Back));
        let keypad = self.window.global::<KeypadAdapter>();
        keypad.on_erase(send(Input::Erase));
        keypad.on_enter(send(Input::Enter));
        let inner = Rc::downgrade(self);
        keypad.on_digit(move |digit| {
            if let (Some(inner), Ok(digit)) = (inner.upgrade(), u8::try_from(digit)) {
                inner.take(Input::Digit(digit));
            }
        });
    }

    fn fit(&self, panel: Panel) {
        window::fit(&self.window.global::<Theme>(), self.window.window(), panel);
    }

    fn take(&self, input: Input) {
        let wanted = self.mind.borrow_mut().handle(input);
        let offer = self.mind.borrow().trouble().offer.clone();
        if wanted && let Some(offer) = offer {
            (self.restore)(offer);
        }
        self.show();
    }

    fn heard(&self, news: News) -> bool {
        match news {
            // Whoever restores is shown how that ends.
            News::Works => !self.mind.borrow().is_mending(),
            News::Fails(trouble) => {
                self.mind.borrow_mut().tell(*trouble);
                self.show();
                false
            }
            News::Restored(done) => {
                self.take(Input::Restored(done));
                false
            }
        }
    }

    fn show(&self) {
        let view = self.mind.borrow().view();
        if self.shown.borrow().as_ref() == Some(&view) {
            return;
        }
        if let Err(error) = slint::select_bundled_translation(view.lang.bundle()) {
            tracing::warn!(lang = view.lang.code(), %error, "the screen's translation is missing");
        }
        self.window.global::<Theme>().set_english(view.lang == Lang::En);
        self.window.global::<Frame>().set_busy(view.busy);
        let adapter = self.window.global::<StartFailureAdapter>();
        adapter.set_headline(view.title.as_str().into());
        let row = |[name, value]: &[String; 2]| Fact {
            name: name.as_str().into(),
            value: value.as_str().into(),
        };
        let rows: Vec<Fact> = view.rows.iter().map(row).collect();
        adapter.set_rows(ModelRc::new(VecModel::from(rows)));
        adapter.set_detail(view.detail.as_str().into());
        adapter.set_way(view.way.as_str().into());
        adapter.set_back(view.back);
        adapter.set_bilingual(self.mind.borrow().is_bilingual());
        adapter.set_keypad(view.keypad.is_some());
        if let Some((text, typed, enough)) = &view.keypad {
            let keypad = self.window.global::<KeypadAdapter>();
            keypad.set_text(text.as_str().into());
            keypad.set_typed(typed.as_str().into());
            keypad.set_places("".into());
            keypad.set_enough(*enough);
        }
        *self.shown.borrow_mut() = Some(view);
    }
}
