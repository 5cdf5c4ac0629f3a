//! What a changed plan brought, in sentences: which rounds are new, what speaks against it, which
//! doors are late or left out.

use jiff::SignedDuration;
use std::collections::BTreeMap;

use crate::dispatch::{Became, LateDoor, PlannedDay, RoundNews};
use crate::error::Error;
use crate::kiosk::words::{self, Lang};
use crate::routing::service::Warning;
use crate::web::planner::{Line, Told};
use crate::web::state::Web;

/// The most doors that one sentence names.
const NAMED: usize = 12;

/// Why nothing was changed.
pub fn refused(error: &Error) -> Told {
    Told { refused: true, asked: false, lines: vec![why(error)] }
}

/// An error as a sentence.
pub fn why(error: &Error) -> Line {
    match error {
        Error::Refused(refusal) => Line::warning(
            words::for_dispatcher(Lang::Zh, refusal),
            words::for_dispatcher(Lang::En, refusal),
        ),
        Error::Planning(why) => Line::warning(
            format!("这样排不了，什么也没有改：{why}"),
            format!("It can't be planned like this; nothing was changed: {why}"),
        ),
        Error::Store(error) => {
            tracing::error!(%error, "a plan could not be changed");
            Line::warning(
                "出错了，什么也没有改。请再试一次；再不行就叫管机器的人看日志。",
                "Something broke; nothing was changed. Try again; if it stays, have the log looked at.",
            )
        }
    }
}

/// What a plan brought; `lead` comes first.
pub fn planned(web: &Web, day: &PlannedDay, lead: Option<Line>) -> Result<Told, Error> {
    let names = super::names(web)?;
    let mut lines: Vec<Line> = lead.into_iter().collect();
    let known = lines.is_empty();
    lines.extend(day.news.iter().map(|news| news_of(&names, news)));
    if day.news.is_empty() && known {
        lines.push(Line::good("没有一轮要改单子。", "No slip has to change."));
    } else if !day.news.is_empty() {
        lines.push(Line::good(
            "这几轮的新单子已经送去打印。",
            "The papers of these rounds are sent to the printer.",
        ));
    }
    lines.extend(day.warnings.iter().filter_map(|w| warned(web, &names, day, w)));
    // Doors with one reason make one sentence.
    let mut left_out: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
    for left in &day.plan.plan.left_out {
        let number = day.estate.deliveries[left.stop].id.parse().unwrap_or(0);
        let why = (left.reason.zh(), left.reason.to_string());
        left_out.entry(why).or_default().push(number);
    }
    for ((zh, en), numbers) in left_out {
        let which = doors(&numbers);
        lines.push(Line::warning(
            format!("{}没有人能送：{zh}。", which.0),
            format!("Left out, {}: {en}.", which.1),
        ));
    }
    lines.extend(day.late.iter().map(late));
    Ok(Told { refused: false, asked: false, lines })
}

fn name(names: &BTreeMap<String, String>, badge: &str) -> String {
    names.get(badge).map_or_else(|| badge.to_owned(), |name| format!("{badge} {name}"))
}

/// `2 户（12、15 号）`, `2 doors (12, 15)`.
fn doors(numbers: &[u32]) -> (String, String) {
    let some: Vec<String> = numbers.iter().take(NAMED).map(u32::to_string).collect();
    let (zh, en) = (some.join("、"), some.join(", "));
    let more = if numbers.len() > NAMED { ("…", ", …") } else { ("", "") };
    let word = if numbers.len() == 1 { "door" } else { "doors" };
    let n = numbers.len();
    (format!("{n} 户（{zh}{} 号）", more.0), format!("{n} {word} ({en}{})", more.1))
}

fn news_of(names: &BTreeMap<String, String>, news: &RoundNews) -> Line {
    let (round, who) = (news.round, name(names, &news.badge.to_string()));
    let (added, removed) = (doors(&news.added), doors(&news.removed));
    match news.became {
        Became::Planned => Line::good(
            format!("第 {round} 轮是新的，{who}：{}。", added.0),
            format!("Round {round} is new, {who}: {}.", added.1),
        ),
        Became::Withdrawn => Line::good(
            format!("第 {round} 轮（{who}）取消了：{}。", removed.0),
            format!("Round {round} ({who}) is off: {}.", removed.1),
        ),
        Became::BrokenOff => Line::warning(
            format!("第 {round} 轮（{who}）送到一半停下：{}没送，从厨房重新送。", removed.0),
            format!(
                "Round {round} ({who}) ends on the way: {} left, carried again from the kitchen.",
                removed.1
            ),
        ),
        Became::Changed => {
            let (mut zh, mut en) = (Vec::new(), Vec::new());
            if !news.added.is_empty() {
                zh.push(format!("多 {}", added.0));
                en.push(format!("{} more", added.1));
            }
            if !news.removed.is_empty() {
                zh.push(format!("少 {}", removed.0));
                en.push(format!("{} fewer", removed.1));
            }
            if zh.is_empty() {
                zh.push("还是这几户，顺序、时间或送的人变了".to_owned());
                en.push("the same doors, another order, time or volunteer".to_owned());
            }
            Line::good(
                format!("第 {round} 轮（{who}）：{}。", zh.join("，")),
                format!("Round {round} ({who}): {}.", en.join(", ")),
            )
        }
    }
}

fn minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60
}

fn late(door: &LateDoor) -> Line {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if door.cold_s > 0 {
        zh.push(format!("路上比保温时间多 {} 分钟", minutes(door.cold_s)));
        en.push(format!("{} min beyond the hot limit", minutes(door.cold_s)));
    }
    if door.overdue_s > 0 {
        zh.push(format!("比最晚吃饭时间晚 {} 分钟", minutes(door.overdue_s)));
        en.push(format!("{} min after its resident must eat", minutes(door.overdue_s)));
    }
    Line::warning(
        format!("{} 号会晚：{}。", door.number, zh.join("，")),
        format!("No. {} is late: {}.", door.number, en.join(", ")),
    )
}

/// A warning; lateness is told with the late doors.
fn warned(
    web: &Web,
    names: &BTreeMap<String, String>,
    day: &PlannedDay,
    warning: &Warning,
) -> Option<Line> {
    let clock = |seconds: i64| web.clock(day.zero + SignedDuration::from_secs(seconds));
    let who = |badge: &str| name(names, badge);
    let (zh, en) = match warning {
        Warning::BagTooFull { volunteer, load, capacity } => (
            format!("{} 要带 {load} 份，袋子只装 {capacity} 份。", who(volunteer)),
            format!("{} would carry {load} meals; the bag holds {capacity}.", who(volunteer)),
        ),
        Warning::TooLong { volunteer, duration, limit } => (
            format!(
                "{} 要走 {} 分钟，平时最多 {} 分钟。",
                who(volunteer),
                minutes(*duration),
                minutes(*limit)
            ),
            format!(
                "{} would be out for {} min, and walks {} at most.",
                who(volunteer),
                minutes(*duration),
                minutes(*limit)
            ),
        ),
        Warning::OffDuty { volunteer, back, until } => (
            format!("{} {} 才回来，班到 {}。", who(volunteer), clock(*back), clock(*until)),
            format!(
                "{} would be back at {}, and is on duty until {}.",
                who(volunteer),
                clock(*back),
                clock(*until)
            ),
        ),
        Warning::TooManyTrips { volunteer, trips, allowed } => (
            format!("{} 要跑 {trips} 趟，平时最多 {allowed} 趟。", who(volunteer)),
            format!("{} would make {trips} trips, and makes {allowed} at most.", who(volunteer)),
        ),
        Warning::CannotClimb { volunteer, delivery } => (
            format!("{} 不爬楼，{delivery} 号要爬楼梯。", who(volunteer)),
            format!("{} does not climb, and No. {delivery} is up the stairs.", who(volunteer)),
        ),
        Warning::CarriedSlip { volunteer } => (
            format!("{} 已经出发，袋子和单子不是这样。", who(volunteer)),
            format!("{} has left: bag and slip say otherwise.", who(volunteer)),
        ),
        Warning::WasPinned { delivery, volunteer } => (
            format!("{delivery} 号原来固定给 {}。", who(volunteer)),
            format!("No. {delivery} was pinned to {}.", who(volunteer)),
        ),
        Warning::TooCold { .. } | Warning::TooLate { .. } => return None,
    };
    Some(Line::warning(format!("注意：{zh}"), format!("Mind: {en}")))
}
