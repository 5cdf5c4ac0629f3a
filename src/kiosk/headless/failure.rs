//! The page of a failed start without a display.

use std::path::Path;

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementRoot, mock_elapsed_time};
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalSize};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use super::measure::layout_of;
use super::picture::png_of;
use super::{Layout, PictureError, TouchError, settle, use_backend};
use crate::fonts::Letters;
use crate::kiosk::Panel;
use crate::kiosk::start_failure::{Input, News, StartFailure, View};
use crate::kiosk::window::KioskError;
use crate::kiosk::words::Lang;
use crate::start_trouble::StartTrouble;

/// The page of a failed start, at a panel's measures.
pub struct HeadlessFailure {
    page: StartFailure,
    panel: Panel,
    restores: Rc<Cell<u32>>,
}

impl HeadlessFailure {
    /// Opens the page in a language.
    pub fn open(
        panel: Panel,
        letters: &Letters,
        lang: Lang,
        trouble: StartTrouble,
    ) -> Result<Self, KioskError> {
        use_backend();
        let restores = Rc::new(Cell::new(0));
        let asked = restores.clone();
        let page = StartFailure::new(
            panel,
            letters,
            trouble,
            Box::new(move |_| asked.set(asked.get() + 1)),
        )?;
        page.show(panel, false)?;
        let size = LogicalSize::new(panel.width_px as f32, panel.height_px as f32);
        page.component().window().dispatch_event(WindowEvent::Resized { size });
        page.component().window().dispatch_event(WindowEvent::WindowActiveChanged(true));
        if page.view().lang != lang {
            page.input(Input::Language);
        }
        settle();
        Ok(Self { page, panel, restores })
    }

    /// How often the restore was asked for.
    pub fn restores(&self) -> u32 {
        self.restores.get()
    }

    /// What is on the page.
    pub fn view(&self) -> View {
        self.page.view()
    }

    /// What other threads found out; says whether the page's work is done.
    pub fn hear(&self, news: News) -> bool {
        let done = self.page.hear(news);
        settle();
        done
    }

    /// Lets seconds pass.
    pub fn tick(&self, seconds: u32) {
        for _ in 0..seconds {
            self.page.input(Input::Tick);
        }
        mock_elapsed_time(Duration::from_secs(u64::from(seconds)));
        settle();
    }

    /// Presses and releases a finger in the middle of what has this label.
    pub fn touch(&self, label: &str) -> Result<(), TouchError> {
        let keys = self.keys();
        let element = keys.iter().find(|key| key.accessible_label().is_some_and(|l| l == label));
        let element = element.ok_or_else(|| TouchError::NotThere {
            label: label.to_owned(),
            there: self.labels(),
        })?;
        if element.accessible_enabled() == Some(false) {
            return Err(TouchError::NotEnabled { label: label.to_owned() });
        }
        element.mock_single_click(PointerEventButton::Left);
        mock_elapsed_time(Duration::from_millis(500));
        settle();
        Ok(())
    }

    /// The labels of everything that can be touched.
    pub fn labels(&self) -> Vec<String> {
        let label = |key: &ElementHandle| key.accessible_label().unwrap_or_default().into();
        self.keys().iter().map(label).collect()
    }

    fn keys(&self) -> Vec<ElementHandle> {
        self.page
            .component()
            .root_element()
            .query_descendants()
            .match_accessible_role(AccessibleRole::Button)
            .match_predicate(|element| element.accessible_label().is_some())
            .find_all()
    }

    /// The page as laid out.
    pub fn layout(&self) -> Layout {
        layout_of(&self.page.component().root_element(), self.panel)
    }

    /// Writes the picture of the page to a PNG file.
    pub fn save_png(&self, file: &Path) -> Result<(), PictureError> {
        Ok(std::fs::write(file, png_of(&self.page.component().window().take_snapshot()?)?)?)
    }
}

impl Drop for HeadlessFailure {
    fn drop(&mut self) {
        // The window ends before the next one of this thread begins.
        let _ = self.page.component().hide();
    }
}
