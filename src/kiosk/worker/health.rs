//! Whether orders can be taken: what the store last said, and the staff's switch.

use jiff::{SignedDuration, Timestamp};

use crate::paper_only::{AMPLE, PaperOnly, Switch, TIGHT};
use crate::store::{Store, StoreError};

/// How long a write that went well is believed; one page a minute wears no card out.
const BELIEVED: SignedDuration = SignedDuration::from_secs(60);

/// The health of the store, as far as orders need it.
pub(super) struct Health {
    switch: Switch,
    /// Holds where the file of the switch can't be written.
    switched_on: bool,
    stopped: Option<PaperOnly>,
    /// When a write last went well.
    well_at: Option<Timestamp>,
}

impl Health {
    pub(super) fn new(switch: Switch) -> Self {
        Self { switch, switched_on: false, stopped: None, well_at: None }
    }

    /// Why no orders are taken, as far as is known.
    pub(super) fn paper_only(&self) -> Option<PaperOnly> {
        if self.switched_on || self.switch.is_on() { Some(PaperOnly::Staff) } else { self.stopped }
    }

    /// Looks again: at the room on the disk, and by a write unless one went well a short while ago.
    pub(super) fn look(&mut self, store: &Store, now: Timestamp) -> Option<PaperOnly> {
        let believed = self.stopped.is_none()
            && self.well_at.is_some_and(|at| at <= now && now < at + BELIEVED);
        let full = self.stopped == Some(PaperOnly::DiskFull);
        let looked = store.has_room(if full { AMPLE } else { TIGHT });
        match looked.and_then(|()| if believed { Ok(()) } else { store.probe() }) {
            Ok(()) if believed => {}
            Ok(()) => self.well(now),
            Err(error) => {
                self.heard(&error);
            }
        }
        self.paper_only()
    }

    /// A write went well.
    pub(super) fn well(&mut self, now: Timestamp) {
        self.well_at = Some(now);
        if self.stopped.take().is_some() {
            tracing::info!("the store can be written again; the screen takes orders");
        }
    }

    /// The store failed; says why no orders can be taken, if it is that. Logged once.
    pub(super) fn heard(&mut self, error: &StoreError) -> Option<PaperOnly> {
        let why = PaperOnly::from_store(error)?;
        if self.stopped != Some(why) {
            tracing::error!(%error, "the store can't be written: orders go on paper until it can");
        }
        self.stopped = Some(why);
        Some(why)
    }

    /// Staff turn the switch.
    pub(super) fn switch(&mut self, on: bool) {
        self.switched_on = false;
        if let Err(error) = self.switch.set(on) {
            tracing::warn!(%error, on, "the file of paper-only mode can't be changed");
            // Until the next start it is remembered here. What can't be removed stays on.
            self.switched_on = on;
        }
        tracing::info!(on, "staff switched paper-only mode");
    }
}
