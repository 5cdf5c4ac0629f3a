//! To where the demonstration's clock is moved: always forward, never to an hour without a use.

use jiff::{SignedDuration, Timestamp};

use crate::domain::Calendar;
use crate::domain::calendar::DayPhase;

/// A new day begins this long before its first cut-off, while everything can still be ordered.
const BEFORE_CUT_OFF: SignedDuration = SignedDuration::from_mins(20);

/// The next moment at which some ordering ends, today or on the next day with lunch.
pub(super) fn next_cut_off(calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
    let today = calendar.today(now);
    let times = &calendar.times;
    let left_today = [times.delivery_cut_off, times.collection_cut_off]
        .map(|time| calendar.at(today, time))
        .into_iter()
        .filter(|moment| *moment > now && calendar.closed(today).is_none())
        .min();
    left_today.or_else(|| {
        let next = calendar.next_open(today)?;
        Some(calendar.at(next, times.delivery_cut_off))
    })
}

/// The next day with lunch, a little before deliveries are cut off.
pub(super) fn next_day(calendar: &Calendar, now: Timestamp) -> Option<Timestamp> {
    let next = calendar.next_open(calendar.today(now))?;
    let cut_off = calendar.at(next, calendar.times.delivery_cut_off);
    Some(cut_off.checked_sub(BEFORE_CUT_OFF).unwrap_or(cut_off))
}

/// What can be ordered at a moment, in words.
pub(super) fn phase(calendar: &Calendar, now: Timestamp) -> String {
    let times = &calendar.times;
    match calendar.phase(calendar.today(now), now) {
        DayPhase::BeforeOpening { from } => {
            let from = from.strftime("%H:%M");
            format!("{from} 开始点餐 / orders from {from}")
        }
        DayPhase::Open => {
            let until = times.delivery_cut_off.strftime("%H:%M");
            format!("外送 {until} 截止 / deliveries until {until}")
        }
        DayPhase::CollectionOnly => {
            let until = times.collection_cut_off.strftime("%H:%M");
            format!("堂食、自取 {until} 截止 / eat-in and take-away until {until}")
        }
        DayPhase::OrdersClosed => "今天订餐已结束 / today's orders are closed".to_owned(),
        DayPhase::Closed { reason } => format!("今天不供餐：{reason} / closed today"),
    }
}
