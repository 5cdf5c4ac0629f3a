//! Who is near the screen.

use std::sync::Arc;
use tokio::sync::watch;

/// Who is near the screen: told by the panel's sensor, waited for by the window.
///
/// Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Arrivals {
    bell: Arc<tokio::sync::Notify>,
    there: Arc<watch::Sender<Option<bool>>>,
}

impl Default for Arrivals {
    fn default() -> Self {
        Self { bell: Arc::default(), there: Arc::new(watch::channel(None).0) }
    }
}

impl Arrivals {
    /// Somebody is there now.
    pub fn ring(&self) {
        self.there.send_replace(Some(true));
        self.bell.notify_one();
    }

    /// Nobody is there any more.
    pub fn left(&self) {
        self.there.send_replace(Some(false));
    }

    /// The sensor does not work any more: who is there is not known.
    pub fn unknown(&self) {
        self.there.send_replace(None);
    }

    /// Waits for the next one; one that rang while nobody waited counts.
    pub async fn next(&self) {
        self.bell.notified().await;
    }

    /// Whether somebody is there, as the sensor last said; `None` until it has said anything, as
    /// in a house without one. The receiver can be looked at and waited on.
    pub fn somebody_there(&self) -> watch::Receiver<Option<bool>> {
        self.there.subscribe()
    }
}
