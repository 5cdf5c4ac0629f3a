//! What the machine will need from a person soon: room on its disk, a copy that is too old, a stick.
//!
//! Nothing here stops lunch; what does is [`crate::paper_only`].

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use crate::backup;
use crate::disk;
use crate::house::House;

/// With fewer free bytes than this somebody should make room: a year of lunches fits.
pub const NEARLY_FULL: u64 = 512 << 20;
/// A copy older than this has missed a closed day, whatever the weekend.
const OLD: SignedDuration = SignedDuration::from_hours(5 * 24);

/// Something that should be seen to in the next days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Little room is left on the disk: so many megabytes.
    Room(u64),
    /// The last copy on this machine is older than it should be; when it was made.
    OldCopy(DateTime),
    /// The stick for copies is not there; when the last copy went to it.
    NoStick(Option<DateTime>),
    /// The stick is there, but its last copy is old.
    OldStick(Option<DateTime>),
}

/// What a house needs soon, most pressing first. Looks at the disk, never at the database.
pub fn needs(house: &House) -> Vec<Need> {
    let mut needs = Vec::new();
    if let Some(free) = disk::free(house.store.path()).filter(|free| *free < NEARLY_FULL) {
        needs.push(Need::Room(free >> 20));
    }
    if house.settings.demonstration.is_some() {
        return needs;
    }
    let calendar = house.settings.calendar();
    let now = house.clock.now();
    let local = |at: Timestamp| calendar.local(at);
    let is_old = |made: DateTime| made < local(now - OLD);
    let copies = backup::backups(&backup::folder(house)).unwrap_or_default();
    // A house that never closed a day has nothing to lose yet.
    if let Some(made) = copies.last().and_then(|path| backup::time_of(path)).filter(|m| is_old(*m))
    {
        needs.push(Need::OldCopy(made));
    }
    if let Some(place) = backup::place(&house.settings) {
        let last = place.last.map(local);
        if !place.there {
            needs.push(Need::NoStick(last));
        } else if !copies.is_empty() && last.is_none_or(is_old) {
            needs.push(Need::OldStick(last));
        }
    }
    needs
}
