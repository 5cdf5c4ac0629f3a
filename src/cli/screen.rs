//! The display of an appliance: what keeps the picture away is said, and waited for, while printers,
//! clock and pages go on working.

use std::time::{Duration, Instant};

use super::ends::Ends;
use crate::display::{DisplayTrouble, Output, Roots, Wishes, look, outputs};

/// How often the sockets are looked at while no display is there.
const LOOK: Duration = Duration::from_secs(1);
/// After which time it is tried again although nothing was seen to change.
const TRY_EVERY: Duration = Duration::from_secs(30);
/// How often the end of the program is looked for.
const STEP: Duration = Duration::from_millis(200);

/// The display as this process wants it.
pub struct Screen {
    roots: Roots,
    wishes: Wishes,
    told: Option<DisplayTrouble>,
}

impl Screen {
    /// That of this machine.
    pub fn of_machine() -> Self {
        Self { roots: Roots::default(), wishes: Wishes::of_process(), told: None }
    }

    /// Whether the window is drawn on the kernel's display: then it can come later.
    pub fn is_kernels(&self) -> bool {
        self.wishes.is_kernels()
    }

    /// What can be seen to keep the picture away before a window is tried.
    pub fn trouble(&self) -> Option<DisplayTrouble> {
        if !self.is_kernels() {
            return None;
        }
        if !cfg!(feature = "appliance") {
            return Some(DisplayTrouble::NotBuilt);
        }
        look(&self.roots, &self.wishes)
    }

    /// What is behind a window's failure.
    pub fn behind(&self, said: &str) -> DisplayTrouble {
        let built = cfg!(feature = "appliance");
        DisplayTrouble::behind(&self.roots, &self.wishes, built, said)
    }

    /// Says once what is the matter, in the journal and to whoever asks systemd.
    pub fn tell(&mut self, trouble: DisplayTrouble) {
        if self.told.as_ref() == Some(&trouble) {
            return;
        }
        tracing::error!(
            "{trouble}. Printers, clock and the desk's pages work; the screen opens by itself once it can"
        );
        status(&format!("no picture: {trouble}"));
        self.told = Some(trouble);
    }

    /// The picture is there.
    pub fn opened(&mut self) {
        if self.told.take().is_some() {
            tracing::info!("the display is there; the screen opens");
            // What the heartbeat said before was written over; an update's health check reads the word.
            status("serving: the screen is open");
        }
    }

    /// Waits until the sockets are not as they were, or it is time to try all the same.
    pub fn wait(&self, ends: &Ends) {
        let (began, before) = (Instant::now(), self.seen());
        let mut looked = began;
        while began.elapsed() < TRY_EVERY && !ends.reached() {
            std::thread::sleep(STEP);
            if looked.elapsed() >= LOOK {
                looked = Instant::now();
                if self.seen() != before {
                    return;
                }
            }
        }
    }

    fn seen(&self) -> (Vec<Output>, Option<DisplayTrouble>) {
        (outputs(&self.roots), look(&self.roots, &self.wishes))
    }
}

/// Rests before another process tries; `alive` is called meanwhile.
pub fn rest(ends: &Ends, alive: impl Fn()) {
    let began = Instant::now();
    while began.elapsed() < TRY_EVERY * 2 && !ends.reached() {
        alive();
        std::thread::sleep(STEP);
    }
}

/// Tells systemd in a line how the kiosk is; without systemd there is nobody to tell.
pub fn status(line: &str) {
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Status(line)]);
}
