//! The only glue between views and Slint: one file a screen, small maps in both directions.

mod called;
mod confirm;
mod dark;
mod display;
mod done;
mod door;
mod facts;
mod frame;
mod home;
mod keypad;
mod letters;
mod list;
mod notice;
mod options;
mod overlays;
mod paper_only;
mod pictures;
mod slides;
mod stop;
mod ways;
mod week;

use std::rc::{Rc, Weak};

use slint::{Model, ModelRc, SharedString, VecModel};

use super::controller::view::{Choice, Fact, Screen, View};
use super::controller::{Action, Input};
use super::generated::{Choice as SlintChoice, Fact as SlintFact, KioskWindow, Shown};
use super::window::Inner;

/// Connects every callback of the window.
pub(super) fn connect(inner: &Rc<Inner>) {
    let touches = Touches(Rc::downgrade(inner));
    let window = &inner.window;
    frame::connect(window, &touches);
    overlays::connect(window, &touches);
    display::connect(window, &touches);
    home::connect(window, &touches);
    options::connect(window, &touches);
    door::connect(window, &touches);
    keypad::connect(window, &touches);
    letters::connect(window, &touches);
    confirm::connect(window, &touches);
    done::connect(window, &touches);
    ways::connect(window, &touches);
    week::connect(window, &touches);
    list::connect(window, &touches);
    facts::connect(window, &touches);
    stop::connect(window, &touches);
    notice::connect(window, &touches);
    paper_only::connect(window, &touches);
    slides::connect(window, &touches);
    dark::connect(window, &touches);
    window.on_scanned(move |text| {
        if let Some(inner) = touches.0.upgrade() {
            inner.take(Input::Scanned(text.into()));
        }
    });
}

/// Shows a view. On another page every list is a new one, so that it begins at its first page;
/// on the same page only the rows that differ change, and a finger on one keeps its key.
pub(super) fn show(window: &KioskWindow, view: &View, another_page: bool) {
    let lists = Lists { anew: another_page };
    frame::show(window, view);
    overlays::show(window, view);
    display::show(window, view, &lists);
    let shown = match &view.screen {
        Screen::Home(home) => {
            home::show(window, home, &lists);
            Shown::Home
        }
        Screen::Options(options) => {
            options::show(window, options, &lists);
            Shown::Options
        }
        Screen::Door(door) => {
            door::show(window, door, &lists);
            Shown::Door
        }
        Screen::Keypad(keypad) => {
            keypad::show(window, keypad);
            Shown::Keypad
        }
        Screen::Letters(letters) => {
            letters::show(window, letters);
            Shown::Letters
        }
        Screen::Confirm(confirm) => {
            confirm::show(window, confirm, &lists);
            Shown::Confirm
        }
        Screen::Week(week) => {
            week::show(window, week, &lists);
            Shown::Week
        }
        Screen::Done(done) => {
            done::show(window, done);
            Shown::Done
        }
        Screen::Ways(ways) => {
            ways::show(window, ways, &lists);
            Shown::Ways
        }
        Screen::List(list) => {
            list::show(window, list, &lists);
            Shown::List
        }
        Screen::Facts(facts) => {
            facts::show(window, facts, &lists);
            Shown::Facts
        }
        Screen::Called(called) => {
            called::show(window, called, &lists);
            Shown::Called
        }
        Screen::Stop(stop) => {
            stop::show(window, stop, &lists);
            Shown::Stop
        }
        Screen::Notice(notice) => {
            notice::show(window, notice, &lists);
            Shown::Notice
        }
        Screen::PaperOnly(paper_only) => {
            paper_only::show(window, paper_only, &lists);
            Shown::PaperOnly
        }
        Screen::Slides(slides) => {
            slides::show(window, slides, &lists);
            Shown::Slides
        }
        Screen::Dark(words) => {
            dark::show(window, words);
            Shown::Dark
        }
    };
    window.set_shown(shown);
}

/// Where touches go.
#[derive(Clone)]
struct Touches(Weak<Inner>);

impl Touches {
    /// A touch with one fixed meaning.
    fn send(&self, action: Action) {
        if let Some(inner) = self.0.upgrade() {
            inner.touched(action);
        }
    }

    /// A touch on one of the choices that the view holds.
    fn choose(&self, index: i32, of: impl Fn(&Screen) -> Option<&Vec<Choice>>) {
        self.choose_in_view(index, |view| of(&view.screen));
    }

    /// A touch on one of the choices that lie over the page.
    fn choose_in_view(&self, index: i32, of: impl Fn(&View) -> Option<&Vec<Choice>>) {
        let Some(inner) = self.0.upgrade() else { return };
        let action = {
            let view = inner.view.borrow();
            let choices = of(&view);
            usize::try_from(index)
                .ok()
                .and_then(|index| choices?.get(index))
                .map(|choice| choice.action.clone())
        };
        if let Some(action) = action {
            inner.touched(action);
        }
    }

    /// A callback that always means the same.
    fn always(&self, action: Action) -> impl Fn() + 'static {
        let touches = self.clone();
        move || touches.send(action.clone())
    }

    /// A callback with the place of a choice.
    fn chooser(
        &self,
        of: impl Fn(&Screen) -> Option<&Vec<Choice>> + Copy + 'static,
    ) -> impl Fn(i32) + 'static {
        let touches = self.clone();
        move |index| touches.choose(index, of)
    }
}

/// How lists are brought to the window.
struct Lists {
    anew: bool,
}

impl Lists {
    /// The rows for a list that shows `present`: new, or `present` with the differing rows set.
    fn renew<T: Clone + PartialEq + 'static>(
        &self,
        present: ModelRc<T>,
        rows: Vec<T>,
    ) -> ModelRc<T> {
        let same_length = present.row_count() == rows.len();
        match present.as_any().downcast_ref::<VecModel<T>>() {
            Some(model) if !self.anew && same_length => {
                for (at, row) in rows.into_iter().enumerate() {
                    if model.row_data(at).as_ref() != Some(&row) {
                        model.set_row_data(at, row);
                    }
                }
                present
            }
            _ => ModelRc::new(VecModel::from(rows)),
        }
    }

    fn choices(&self, present: ModelRc<SlintChoice>, choices: &[Choice]) -> ModelRc<SlintChoice> {
        self.renew(present, choices.iter().map(choice).collect())
    }

    fn facts(&self, present: ModelRc<SlintFact>, facts: &[Fact]) -> ModelRc<SlintFact> {
        let row = |fact: &Fact| SlintFact {
            name: fact.name.as_str().into(),
            value: fact.value.as_str().into(),
        };
        self.renew(present, facts.iter().map(row).collect())
    }

    fn texts(&self, present: ModelRc<SharedString>, texts: &[String]) -> ModelRc<SharedString> {
        self.renew(present, texts.iter().map(SharedString::from).collect())
    }
}

fn choice(choice: &Choice) -> SlintChoice {
    SlintChoice {
        text: choice.text.as_str().into(),
        note: choice.note.as_str().into(),
        label: choice.label.as_str().into(),
        chosen: choice.chosen,
        open: choice.open,
    }
}
