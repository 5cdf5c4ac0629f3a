//! The pages of failed starts: every kind of trouble, and the way behind the PIN.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::GalleryError;
use crate::fonts::{Fonts, Letters};
use crate::kiosk::headless::HeadlessFailure;
use crate::kiosk::panel::Panel;
use crate::kiosk::start_failure::News;
use crate::kiosk::window::KioskError;
use crate::kiosk::words::Lang;
use crate::start_trouble::{Both, Cause, RestoreOffer, StartTrouble};

/// A page of a failed start in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureScene {
    /// As it opens.
    Told(Cause),
    /// A damaged database with a good copy.
    Offer,
    /// Its PIN.
    Pin,
    /// Its question.
    Question,
    /// While it is restored.
    Restoring,
    /// Afterwards.
    Restored,
    /// Where it did not work.
    NotRestored,
}

/// Every scene.
pub fn failure_scenes() -> impl Iterator<Item = FailureScene> {
    use FailureScene::{NotRestored, Offer, Pin, Question, Restored, Restoring, Told};
    let later = [Offer, Pin, Question, Restoring, Restored, NotRestored];
    Cause::ALL.into_iter().map(Told).chain(later)
}

/// What the journal says of a trouble, as long as it gets.
const fn said(cause: Cause) -> &'static str {
    match cause {
        Cause::Settings => {
            "the settings /etc/clubhouse-kiosk/clubhouse.toml are not right:\nTOML parse error at line 41, column 1\n   |\n41 | colour = 3\n"
        }
        Cause::Folder => {
            "the data folder /var/lib/clubhouse-kiosk can't be made: Permission denied (os error 13). Nothing was changed; choose another with “data” in the settings"
        }
        Cause::Damaged => {
            "the database /var/lib/clubhouse-kiosk/lunch.sqlite is damaged (Tree 5 page 12: btreeInitPage() returns error code 11)"
        }
        Cause::Newer => {
            "the database /var/lib/clubhouse-kiosk/lunch.sqlite was written by a newer version of this program (schema 14, this program knows 11)"
        }
        Cause::Fonts => {
            "no font with full Chinese coverage was found in /usr/share/fonts/opentype/noto: install fonts-noto-cjk or set fonts.folder"
        }
        Cause::Panel => {
            "this program may not use the pins (/dev/gpiochip0): its user has to be in the group gpio"
        }
        _ => "the disk can't be read or written (disk I/O error); nothing was changed",
    }
}

/// The PIN of the sample.
const PIN: &str = "2468";

fn offered() -> StartTrouble {
    let words = Both::new(
        "恢复到 11月23日 14:02 的备份？这之后的单只在厨房的纸单上。坏的文件留着。",
        "Go back to the copy of 23 November, 14:02? Orders after that are only on the kitchen's paper. The damaged file is kept.",
    );
    let restore = Arc::new(|| Ok(()));
    StartTrouble::new(Cause::Damaged, said(Cause::Damaged)).with_offer(Some(RestoreOffer {
        words,
        pin: PIN.to_owned(),
        restore,
    }))
}

impl FailureScene {
    /// The first part of its picture's name.
    pub fn name(self) -> String {
        match self {
            Self::Told(cause) => format!("start-failure-{}", cause.name()),
            Self::Offer => "start-failure-offer".to_owned(),
            Self::Pin => "start-failure-pin".to_owned(),
            Self::Question => "start-failure-question".to_owned(),
            Self::Restoring => "start-failure-restoring".to_owned(),
            Self::Restored => "start-failure-restored".to_owned(),
            Self::NotRestored => "start-failure-not-restored".to_owned(),
        }
    }

    /// Opens the page and goes there by touches.
    pub fn open(
        self,
        fonts: &Fonts,
        panel: Panel,
        lang: Lang,
    ) -> Result<HeadlessFailure, KioskError> {
        let trouble = match self {
            Self::Told(cause) => StartTrouble::new(cause, said(cause)),
            _ => offered(),
        };
        let page = HeadlessFailure::open(panel, &Letters::Ours(fonts.clone()), lang, trouble)?;
        let enter = lang.pick("确定", "OK");
        let mut labels = vec![page.view().way];
        match self {
            Self::Told(_) | Self::Offer => labels.clear(),
            Self::Pin => labels.extend(["2", "4"].map(str::to_owned)),
            _ => {
                labels.extend(PIN.chars().map(String::from));
                labels.push(enter.to_owned());
            }
        }
        for label in labels {
            touch(&page, &label);
        }
        if matches!(self, Self::Restoring | Self::Restored | Self::NotRestored) {
            touch(&page, &page.view().way);
        }
        match self {
            Self::Restored => {
                page.hear(News::Restored(Ok(())));
            }
            Self::NotRestored => {
                let why = "the copy /media/clubhouse-backup/lunch-2026-11-23.sqlite can't be read: Input/output error (os error 5)";
                page.hear(News::Restored(Err(why.to_owned())));
            }
            _ => {}
        }
        Ok(page)
    }
}

/// A touch that leads on; where it does not, the picture shows it.
fn touch(page: &HeadlessFailure, label: &str) {
    if let Err(error) = page.touch(label) {
        tracing::error!(%error, "a scene of the gallery is not reached");
    }
}

/// Draws the wanted pages of failed starts at one panel in one language.
pub(super) fn draw(
    fonts: &Fonts,
    folder: &Path,
    panel: Panel,
    lang: Lang,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<PathBuf>, GalleryError> {
    let mut files = Vec::new();
    for scene in failure_scenes().filter(|scene| wanted(&scene.name())) {
        let page = scene.open(fonts, panel, lang)?;
        let file = folder.join(format!("{}-{}-{panel}.png", scene.name(), lang.code()));
        page.save_png(&file)
            .map_err(|source| GalleryError::Picture { file: file.clone(), source })?;
        files.push(file);
    }
    Ok(files)
}
