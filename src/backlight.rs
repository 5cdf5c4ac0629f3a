//! The panel's light, where the kernel has a switch for it: `bl_power` of each backlight.
//!
//! Written on a thread of its own, because a panel on a slow bus takes its time. A monitor on HDMI
//! has no such switch; there the black picture is all.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How often the thread looks whether the program ends.
const LOOK: Duration = Duration::from_millis(500);
/// The most backlights of one machine; more are a mistake in the settings.
const MOST: usize = 16;
/// What the kernel calls light and none: `FB_BLANK_UNBLANK`, `FB_BLANK_POWERDOWN` of `linux/fb.h`.
const ON_OFF: [&str; 2] = ["0", "4"];

/// The light's switch; cheap to clone, all clones are the same.
#[derive(Clone)]
pub struct Backlight {
    wanted: Arc<Wanted>,
}

#[derive(Default)]
struct Wanted {
    /// The last wish that was not fulfilled yet.
    wish: Mutex<Option<bool>>,
    changed: Condvar,
}

impl Backlight {
    /// The switch of the backlights in `folder`, and the work that turns it until `stopping` is set.
    /// The light is on before it begins and after it ends.
    pub fn new(folder: &Path, stopping: Arc<AtomicBool>) -> (Self, impl FnOnce() + Send + use<>) {
        let wanted = Arc::new(Wanted::default());
        let (inbox, folder) = (wanted.clone(), folder.to_owned());
        (Self { wanted }, move || work(&inbox, &folder, &stopping))
    }

    /// Switches the light on or off; returns at once.
    pub fn switch(&self, on: bool) {
        *self.wanted.wish.lock().unwrap_or_else(PoisonError::into_inner) = Some(on);
        self.wanted.changed.notify_all();
    }
}

/// Switches the light on, whatever a run before left; waits for the panel.
pub fn switch_on(folder: &Path) {
    turn(folder, true);
}

fn work(inbox: &Wanted, folder: &Path, stopping: &AtomicBool) {
    // A run that was cut off in the dark left it so.
    let mut lit = true;
    turn(folder, true);
    while !stopping.load(Ordering::Relaxed) {
        let wish = inbox.wish.lock().unwrap_or_else(PoisonError::into_inner);
        let news = inbox.changed.wait_timeout_while(wish, LOOK, |wish| wish.is_none());
        let wish = news.unwrap_or_else(PoisonError::into_inner).0.take();
        if let Some(on) = wish {
            lit = on;
            turn(folder, on);
        }
    }
    if !lit {
        turn(folder, true);
    }
}

/// Switches every backlight; one that refuses is named in the log.
fn turn(folder: &Path, on: bool) {
    for switch in switches(folder) {
        if let Err(error) = std::fs::write(&switch, ON_OFF[usize::from(!on)]) {
            let switch = switch.display();
            tracing::warn!(%error, "the panel's light can't be switched by {switch}; the picture goes black all the same. Install the shipped udev rule, which gives it to the group video");
        }
    }
}

/// The switches of the backlights in a folder, by name.
pub fn switches(folder: &Path) -> Vec<PathBuf> {
    // A machine without a backlight has no such folder.
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST);
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.path().join("bl_power")).filter(|file| file.exists()).collect();
    found.sort();
    found
}
