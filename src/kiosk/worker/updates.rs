//! Updates on the stick, as the staff's page shows them.

use std::path::{Path, PathBuf};

use super::Worker;
use crate::kiosk::protocol::Reply;
use crate::kiosk::updates::{Offered, Trouble, UpdatesView};
use crate::update::{self, Checksum, RequestError, Standing};

/// Versions that are shown; each is read whole.
const SHOWN: usize = 3;

impl Worker {
    /// The same, with sticks mounted elsewhere.
    #[must_use]
    pub fn with_stick(self, stick: impl Into<PathBuf>) -> Self {
        Self { stick: stick.into(), ..self }
    }

    /// Whether the staff's keys offer updates: a package lies on the stick, or one is under way.
    pub(super) fn offers_updates(&self) -> bool {
        update::pending(self.house.folder()) || update::any(&self.stick)
    }

    /// What is on the stick and newer.
    pub(super) fn updates(&self) -> Reply {
        Reply::Updates(Box::new(self.look_for_updates(None)))
    }

    /// Asks for the package whose checksum was confirmed.
    pub(super) fn install_update(&self, file: &Path, checksum: &str) -> Reply {
        let data = self.house.folder();
        let asked =
            checksum.parse::<Checksum>().map_err(|_| Trouble::Changed).and_then(|confirmed| {
                match update::request(data, file, &confirmed, false) {
                    Ok(_) | Err(RequestError::Pending) => Ok(()),
                    Err(error) => {
                        tracing::warn!(%error, "an update that was confirmed does not begin");
                        let changed = matches!(error, RequestError::Checksum { .. });
                        Err(if changed { Trouble::Changed } else { Trouble::Unreadable })
                    }
                }
            });
        Reply::Updates(Box::new(self.look_for_updates(asked.err())))
    }

    fn look_for_updates(&self, trouble: Option<Trouble>) -> UpdatesView {
        let data = self.house.folder();
        let installed = update::installed_version();
        // No stick is no trouble: the page says that there is nothing on it.
        let found = update::look(&self.stick).unwrap_or_default();
        let mut newer: Vec<_> = found
            .into_iter()
            .filter_map(|(file, package)| Some((file, package.ok()?)))
            .filter(|(_, package)| update::standing(package, &installed) == Standing::Newer)
            .collect();
        newer.sort_by(|(_, a), (_, b)| update::compare(&b.version, &a.version));
        newer.truncate(SHOWN);
        let offered = newer.into_iter().map(|(file, package)| Offered {
            checksum: package.groups(),
            version: package.version,
            file,
        });
        UpdatesView {
            offered: offered.collect(),
            under_way: update::pending(data),
            last: update::report(data),
            installed,
            trouble,
        }
    }
}
