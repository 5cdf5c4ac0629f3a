//! The device dock: a second window in which a visitor plays printer, panel, card reader and time.
//!
//! Nothing here is simulated: the dock steers the simulated devices and shows what they show.
//! An appliance never opens it. The kiosk's window comes first, as it brings the fonts.

mod moves;
mod paper;
mod show;
#[cfg(test)]
mod tests;
mod words;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use clubhouse_hardware::panel::{PanelEvent, SimulatedPanel};
use clubhouse_hardware::printer::{Fault, SimulatedPrinter};
use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementRoot};
use jiff::{SignedDuration, Timestamp};
use slint::{ComponentHandle, ModelRc, Timer, TimerMode, VecModel};

use crate::clock::Clock;
use crate::domain::Calendar;
use crate::kiosk::generated::{DockAdapter, DockPaper, DockWindow};
use crate::kiosk::headless::TouchError;
use paper::Strip;

/// Time between two looks at the devices.
const BEAT: Duration = Duration::from_millis(250);
/// Millimetres on a new roll.
const NEW_ROLL_MM: u32 = 50_000;

/// Why the dock can't be shown.
#[derive(Debug, thiserror::Error)]
pub enum DockError {
    /// No display, or a display that refuses.
    #[error("the device dock's window can't be opened: {0}")]
    Platform(#[from] slint::PlatformError),
}

/// What the dock steers and whom it tells.
pub struct DockParts {
    /// The printer whose paper hangs out.
    pub printer: SimulatedPrinter,
    /// The panel with lamp, buzzer and buttons.
    pub panel: SimulatedPanel,
    /// The demonstration's clock.
    pub clock: Clock,
    /// The days with lunch and their cut-offs.
    pub calendar: Calendar,
    /// Sample cards: what stands on each, and what a reader reads off it.
    pub cards: Vec<(String, String)>,
    /// Told what a reader read.
    pub scanned: Box<dyn Fn(&str)>,
    /// Told after the clock was moved.
    pub moved: Box<dyn Fn()>,
}

/// The dock, on the thread that owns the windows. Dropping it closes the window.
pub struct Dock {
    inner: Rc<Inner>,
    _beat: Timer,
}

struct Inner {
    window: DockWindow,
    parts: DockParts,
    papers: Rc<VecModel<DockPaper>>,
    strip: RefCell<Strip>,
    /// The printer's version, with the window's scale, as last drawn.
    drawn: Cell<Option<(u64, f32)>>,
    panel_seen: Cell<Option<u64>>,
    card: Cell<usize>,
    present: Cell<bool>,
    buzzed: Cell<Duration>,
    buzz_beats: Cell<u32>,
}

impl Dock {
    /// Makes the window; it looks after itself while an event loop runs.
    pub fn open(parts: DockParts) -> Result<Self, DockError> {
        let window = DockWindow::new()?;
        let papers = Rc::new(VecModel::default());
        let adapter = window.global::<DockAdapter>();
        adapter.set_papers(ModelRc::from(papers.clone()));
        adapter.set_paper_width(Strip::width(parts.printer.width_dots()));
        let inner = Rc::new(Inner {
            buzzed: Cell::new(parts.panel.buzzed_for()),
            window,
            parts,
            papers,
            strip: RefCell::default(),
            drawn: Cell::new(None),
            panel_seen: Cell::new(None),
            card: Cell::new(0),
            present: Cell::new(false),
            buzz_beats: Cell::new(0),
        });
        connect(&inner);
        inner.refresh();
        let beat = Timer::default();
        let weak = Rc::downgrade(&inner);
        beat.start(TimerMode::Repeated, BEAT, move || {
            if let Some(inner) = weak.upgrade() {
                let left = inner.buzz_beats.get();
                inner.buzz_beats.set(left.saturating_sub(1));
                if left == 1 {
                    inner.panel_seen.set(None);
                }
                inner.refresh();
            }
        });
        Ok(Self { inner, _beat: beat })
    }

    /// Shows the window.
    pub fn show(&self) -> Result<(), DockError> {
        Ok(self.inner.window.show()?)
    }

    /// Looks at the devices now, not only at the next beat.
    pub fn refresh(&self) {
        self.inner.refresh();
    }

    /// The window, for its place, its size and its picture.
    pub fn window(&self) -> &slint::Window {
        self.inner.window.window()
    }

    /// The labels of all keys, as `Chinese / English`.
    pub fn labels(&self) -> Vec<String> {
        let labels = self.keys().filter_map(|key| key.accessible_label());
        labels.map(String::from).collect()
    }

    /// Presses the key with this label, or with this as the Chinese half of its label.
    pub fn touch(&self, label: &str) -> Result<(), TouchError> {
        let called_so = |key: &ElementHandle| {
            key.accessible_label().is_some_and(|found| {
                found == label || found.split(" / ").next().is_some_and(|zh| zh == label)
            })
        };
        let Some(key) = self.keys().find(called_so) else {
            return Err(TouchError::NotThere { label: label.to_owned(), there: self.labels() });
        };
        if key.accessible_enabled() == Some(false) {
            return Err(TouchError::NotEnabled { label: label.to_owned() });
        }
        key.invoke_accessible_default_action();
        Ok(())
    }

    fn keys(&self) -> impl Iterator<Item = ElementHandle> {
        let root = self.inner.window.root_element();
        let buttons = root.query_descendants().match_accessible_role(AccessibleRole::Button);
        buttons.find_all().into_iter()
    }
}

impl Drop for Dock {
    fn drop(&mut self) {
        // A window that can't be hidden is gone already.
        let _ = self.inner.window.hide();
    }
}

fn connect(inner: &Rc<Inner>) {
    let key = |act: fn(&Inner)| {
        let inner = Rc::downgrade(inner);
        move || {
            if let Some(inner) = inner.upgrade() {
                act(&inner);
                inner.refresh();
            }
        }
    };
    let adapter = inner.window.global::<DockAdapter>();
    adapter.on_ten_minutes(key(|dock| dock.advance(SignedDuration::from_mins(10))));
    adapter.on_one_hour(key(|dock| dock.advance(SignedDuration::from_hours(1))));
    adapter.on_to_cut_off(key(|dock| dock.jump(moves::next_cut_off)));
    adapter.on_next_day(key(|dock| dock.jump(moves::next_day)));

    adapter.on_help(key(|dock| dock.press(PanelEvent::HelpPressed)));
    adapter.on_presence(key(|dock| {
        dock.present.set(!dock.present.get());
        dock.press(PanelEvent::Presence(dock.present.get()));
    }));

    adapter.on_previous_card(key(|dock| dock.turn_cards(false)));
    adapter.on_next_card(key(|dock| dock.turn_cards(true)));
    adapter.on_read_card(key(|dock| {
        if let Some((_, text)) = dock.parts.cards.get(dock.card.get()) {
            (dock.parts.scanned)(text);
        }
    }));

    adapter.on_take_paper(key(|dock| drop(dock.parts.printer.take_paper())));
    adapter.on_run_out(key(|dock| {
        dock.parts.printer.set_fault(Fault::PaperOut, true);
    }));
    adapter.on_new_roll(key(|dock| {
        dock.parts.printer.set_fault(Fault::PaperLow, false);
        dock.parts.printer.load_paper(Some(NEW_ROLL_MM));
    }));
    adapter.on_cover(key(|dock| dock.toggle(Fault::CoverOpen)));
    adapter.on_cable(key(|dock| dock.toggle(Fault::Disconnected)));
    adapter.on_power(key(|dock| dock.toggle(Fault::PoweredOff)));
}

impl Inner {
    fn advance(&self, span: SignedDuration) {
        self.parts.clock.advance(span);
        (self.parts.moved)();
    }

    fn jump(&self, to: fn(&Calendar, Timestamp) -> Option<Timestamp>) {
        if let Some(moment) = to(&self.parts.calendar, self.parts.clock.now()) {
            self.parts.clock.set(moment);
            (self.parts.moved)();
        }
    }

    fn press(&self, event: PanelEvent) {
        if !self.parts.panel.press(event) {
            tracing::warn!(?event, "nobody listens to the simulated panel");
        }
    }

    fn turn_cards(&self, onward: bool) {
        let count = self.parts.cards.len().max(1);
        let step = if onward { 1 } else { count - 1 };
        self.card.set((self.card.get() + step) % count);
    }

    fn toggle(&self, fault: Fault) {
        let printer = &self.parts.printer;
        printer.set_fault(fault, !printer.has_fault(fault));
    }
}
