//! Every screen and state, drawn from made-up data: what a designer looks at, and what docs show.

mod failures;
mod paintings;
mod sample;
mod sample_desk;
mod scenes;
mod scenes_update;
mod scenes_week;
mod week;

pub use failures::{FailureScene, failure_scenes};
pub use sample::{Sample, order, round, service_date};
pub use scenes::{SCENES, Scene, Step};

use std::path::{Path, PathBuf};

use super::controller::{Contrast, Input, Look, TextSize};
use super::headless::{Headless, PictureError};
use super::panel::Panel;
use super::window::KioskError;
use super::words::Lang;
use crate::fonts::Fonts;

/// Why the gallery is not complete.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    /// The window can't be opened.
    #[error(transparent)]
    Kiosk(#[from] KioskError),
    /// A picture can't be made.
    #[error("{file}: {source}", file = file.display())]
    Picture {
        /// The file that was to be written.
        file: PathBuf,
        /// What went wrong.
        source: PictureError,
    },
}

/// Draws every scene at every panel in both languages: `home-zh-1280x800.png` and so on.
pub fn draw_all(fonts: &Fonts, folder: &Path) -> Result<Vec<PathBuf>, GalleryError> {
    let mut files = Vec::new();
    for panel in Panel::ALL {
        for lang in Lang::ALL {
            files.extend(draw(fonts, folder, panel, lang, Look::default(), |_| true)?);
        }
    }
    Ok(files)
}

/// Draws the wanted scenes at one panel in one language, for somebody who chose this look.
pub fn draw(
    fonts: &Fonts,
    folder: &Path,
    panel: Panel,
    lang: Lang,
    look: Look,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<PathBuf>, GalleryError> {
    let mut files = Vec::new();
    for scene in SCENES.iter().filter(|scene| wanted(scene.name)) {
        let screen = open_as(fonts, panel, lang, look, scene)?;
        let file =
            folder.join(format!("{}-{}{}-{panel}.png", scene.name, lang.code(), suffix(look)));
        screen
            .save_png(&file)
            .map_err(|source| GalleryError::Picture { file: file.clone(), source })?;
        files.push(file);
    }
    // Nobody can choose a look before the kiosk has started.
    if look == Look::default() {
        files.extend(failures::draw(fonts, folder, panel, lang, wanted)?);
    }
    Ok(files)
}

/// What the name of a picture says of its look.
fn suffix(look: Look) -> &'static str {
    match (look.size, look.contrast) {
        (TextSize::Normal, Contrast::Normal) => "",
        (TextSize::Large, Contrast::Normal) => "-large",
        (TextSize::Normal, Contrast::High) => "-contrast",
        (TextSize::Large, Contrast::High) => "-large-contrast",
    }
}

/// Opens a window and plays a scene on it.
pub fn open(
    fonts: &Fonts,
    panel: Panel,
    lang: Lang,
    scene: &Scene,
) -> Result<Headless, KioskError> {
    open_as(fonts, panel, lang, Look::default(), scene)
}

/// Opens a window, sets size and contrast, and plays a scene on it.
pub fn open_as(
    fonts: &Fonts,
    panel: Panel,
    lang: Lang,
    look: Look,
    scene: &Scene,
) -> Result<Headless, KioskError> {
    let screen = Headless::open(panel, fonts, lang)?;
    let mut sample = Sample::default();
    (scene.set_up)(&mut sample);
    screen.dress(look);
    screen.answer(|request| sample.answer(request));
    for step in (scene.steps)(&sample) {
        match step {
            Step::Touch(action) => {
                screen.input(Input::Touch(action));
                screen.answer(|request| sample.answer(request));
            }
            Step::Scan(text) => {
                screen.kiosk().scanned(text);
                screen.answer(|request| sample.answer(request));
            }
            Step::Answer(reply) => {
                screen.next_request();
                screen.deliver(*reply);
                screen.answer(|request| sample.answer(request));
            }
            Step::Ask(action) => screen.input(Input::Touch(action)),
            Step::Tick(seconds) => {
                screen.tick(seconds);
                screen.answer(|request| sample.answer(request));
            }
            Step::Wait(seconds) => screen.tick(seconds),
        }
    }
    Ok(screen)
}
