//! Orders left half done, on the terminal.

use super::super::Failure;
use super::super::resident::short;
use crate::counter::{Counter, HalfDone};
use crate::domain::Refusal;
use crate::house::House;

/// Notes a follow-up if one is named, then lists what still wants somebody to ask.
pub fn run(
    house: &House,
    counter: &Counter,
    followed_up: Option<i64>,
    all: bool,
) -> Result<(), Failure> {
    if let Some(mark) = followed_up {
        counter.followed_up(mark).map_err(|error| match error.refusal() {
            Some(Refusal::UnknownOrder) => Failure::input(format!(
                "no order left half done has the mark {mark} and still wants asking; “order unfinished” lists them"
            )),
            _ => error.into(),
        })?;
        say!("{mark} is noted as asked after");
    }
    let calendar = house.settings.calendar();
    let left = counter.unfinished(calendar.today(house.clock.now()), !all)?;
    for half in &left {
        let at = calendar.local(half.record.left_at).strftime("%m-%d %H:%M").to_string();
        say!("{}", line(&at, half));
    }
    match left.len() {
        0 => say!("nobody left an order half done"),
        1 => say!("1 order was left half done; nothing of it is cooked or printed"),
        n => say!("{n} orders were left half done; nothing of them is cooked or printed"),
    }
    Ok(())
}

/// One in a line: mark, when, who, what, how far.
fn line(at: &str, half: &HalfDone) -> String {
    let order = &half.record.order;
    let who = half
        .who
        .as_ref()
        .map_or_else(|| "-".to_owned(), |(name, door)| format!("{name} {}", short(door)));
    let asked = if half.record.followed_up_at.is_some() { "  asked after" } else { "" };
    let line = format!(
        "{:>4}  {at}  {who:<14} for {}  {:<9} x{}  left at {:<8} {}{asked}",
        half.record.id,
        order.date,
        order.fulfilment.as_str(),
        order.portions.get(),
        order.reached.as_str(),
        order.preferences.words_zh().join(" "),
    );
    line.trim_end().to_owned()
}
