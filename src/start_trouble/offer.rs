//! The newest good copy, offered in the place of a damaged database.

use std::sync::Arc;

use super::{Both, RestoreOffer};
use crate::backup;
use crate::clock::Clock;
use crate::config::Settings;
use crate::running::Running;

/// The offer of these settings; nothing where there is no sound copy. Looks through the copies, so it
/// waits for the disk.
pub fn offer(settings: &Settings, database: &str) -> Option<RestoreOffer> {
    let copy = match backup::newest_good(settings) {
        Ok(copy) => copy,
        Err(error) => {
            tracing::warn!(%error, "no copy can be offered");
            return None;
        }
    };
    let made = copy.made;
    let words = Both::new(
        format!(
            "恢复到 {}月{}日 {} 的备份？这之后的单只在厨房的纸单上。坏的文件留着。",
            made.month(),
            made.day(),
            made.strftime("%H:%M")
        ),
        format!(
            "Go back to the copy of {}? Orders after that are only on the kitchen's paper. The damaged file is kept.",
            made.strftime("%-d %B, %H:%M")
        ),
    );
    let (folder, database) = (settings.data.clone(), settings.data.join(database));
    let restore = move || {
        let _ours = Running::take(&folder).map_err(|error| error.to_string())?;
        let kept = backup::restore(&copy, &database, Clock::system().now());
        let kept = kept.map_err(|error| error.to_string())?;
        let kept = kept.map(|file| file.display().to_string()).unwrap_or_default();
        tracing::warn!(copy = %copy.path.display(), kept, "a copy was restored by the staff");
        Ok(())
    };
    Some(RestoreOffer { words, pin: settings.staff.pin.clone(), restore: Arc::new(restore) })
}
