//! The rounds that a plan touches: their rows, their history, their papers.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Transaction;
use serde_json::json;

use super::keep::{Became, Keep, RoundNews};
use super::papers::{self, Bags};
use crate::counter::{STAFF, count_orders};
use crate::domain::{
    Fulfilment, OrderId, OrderState, PrintQueue, Refusal, Round, RoundChange, RoundState, Volunteer,
};
use crate::error::Error;
use crate::printing::outbox::{Paper, post};
use crate::store::{days, orders, round_changes, rounds, volunteers};
use crate::tickets::Ticket;
use crate::tickets::content::{CountDelta, RoundEnd, RoundSlip};

/// A round whose slip does not hold any more, or which is new.
pub(super) struct Touched {
    old: Option<(Round, RoundSlip)>,
    now: Round,
    who: Volunteer,
    end: Option<RoundEnd>,
}

impl Touched {
    /// Notes what a round's slip said, before anything is changed.
    pub fn new(
        tx: &Transaction<'_>,
        keep: &Keep<'_>,
        old: Option<&Round>,
        now: &Round,
        who: Volunteer,
        end: Option<RoundEnd>,
    ) -> Result<Self, Error> {
        let said = |old: &Round| -> Result<_, Error> {
            let walker = volunteers::get(tx, old.volunteer)?.ok_or(Refusal::UnknownVolunteer)?;
            let said = papers::slip_of(tx, &keep.standing.calendar, old, &walker)?;
            Ok((old.clone(), said))
        };
        Ok(Self { old: old.map(said).transpose()?, now: now.clone(), who, end })
    }

    /// Writes the round and what it said until now.
    pub fn write(
        &self,
        tx: &Transaction<'_>,
        reason: RoundChange,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Some((old, said)) = &self.old else {
            return Ok(rounds::insert(tx, &self.now, now)?);
        };
        round_changes::append(tx, old.id, old.revision, reason, said, now)?;
        match self.end {
            None => rounds::update(tx, &self.now, now)?,
            Some(RoundEnd::Withdrawn) => rounds::set_state(tx, old.id, RoundState::Withdrawn, now)?,
            Some(RoundEnd::BrokenOff) => {
                rounds::update(tx, &self.now, now)?;
                rounds::set_state(tx, old.id, self.now.state, now)?;
                let open = old.stops.iter().filter(|s| s.visited.is_none());
                for stop in open {
                    back_in_the_kitchen(tx, stop.order, old.number, now)?;
                }
            }
        }
        Ok(())
    }

    /// What became of it.
    pub fn news(&self) -> RoundNews {
        let numbers = |r: &Round| r.stops.iter().map(|s| s.number).collect::<Vec<u32>>();
        let before = self.old.as_ref().map_or_else(Vec::new, |(old, _)| numbers(old));
        let after = match self.end {
            Some(RoundEnd::Withdrawn) => Vec::new(),
            _ => numbers(&self.now),
        };
        let without = |list: &[u32], other: &[u32]| {
            list.iter().copied().filter(|n| !other.contains(n)).collect()
        };
        RoundNews {
            round: self.now.number,
            badge: self.who.badge,
            became: match (&self.old, self.end) {
                (None, _) => Became::Planned,
                (Some(_), None) => Became::Changed,
                (_, Some(RoundEnd::Withdrawn)) => Became::Withdrawn,
                (_, Some(RoundEnd::BrokenOff)) => Became::BrokenOff,
            },
            added: without(&after, &before),
            removed: without(&before, &after),
        }
    }
}

/// A meal that left and did not arrive is carried again from the kitchen.
fn back_in_the_kitchen(
    tx: &Transaction<'_>,
    order: OrderId,
    round: u32,
    now: Timestamp,
) -> Result<(), Error> {
    let mut order = orders::get(tx, order)?.ok_or(Refusal::UnknownOrder)?;
    if order.state != OrderState::OnRound {
        return Ok(());
    }
    order.state = OrderState::Placed;
    orders::update(tx, &order, now)?;
    let detail = json!({ "off_round": round });
    Ok(orders::event(tx, order.id, now, orders::Event::Amended, STAFF, &detail)?)
}

/// Queues every paper that the touched rounds need: notes on strips that no longer hold, strips,
/// slips and delta slips.
pub(super) fn queue(
    tx: &Transaction<'_>,
    keep: &Keep<'_>,
    touched: &[Touched],
    now: Timestamp,
) -> Result<(), Error> {
    let standing = keep.standing;
    let after = rounds::on(tx, standing.date)?;
    let bags = Bags {
        house: keep.house,
        calendar: &standing.calendar,
        now,
        hot: SignedDuration::from_mins(keep.house.settings.times.hot_limit_min.into()),
        before: &standing.rounds,
        after: &after,
    };
    let old = touched.iter().filter_map(|t| t.old.as_ref()).map(|(old, _)| old);
    let all: Vec<Round> = old.chain(touched.iter().map(|t| &t.now)).cloned().collect();
    bags.void_strips(tx, &all)?;
    let (ended, going_on): (Vec<&Touched>, Vec<_>) = touched.iter().partition(|t| t.end.is_some());
    for one in ended.into_iter().chain(going_on) {
        papers::changed(tx, &bags, &one.now, &one.who, keep.reason, one.end)?;
    }
    cook_again(tx, keep, &bags.made_again(), now)
}

/// Tells the kitchen of meals that left, did not arrive, and are wanted again.
fn cook_again(
    tx: &Transaction<'_>,
    keep: &Keep<'_>,
    again: &[OrderId],
    now: Timestamp,
) -> Result<(), Error> {
    let date = keep.standing.date;
    if again.is_empty() || days::get(tx, date)?.counted_at.is_none() {
        return Ok(());
    }
    let all = orders::on(tx, date)?;
    let mut total = count_orders(all.iter().filter(|o| o.state != OrderState::Cancelled)).total();
    for order in all.iter().filter(|o| again.contains(&o.id)) {
        total += u32::from(order.portions.get());
        let strip = Ticket::CountDelta(CountDelta {
            date,
            change: i32::from(order.portions.get()),
            words: order.preferences.words_zh().join(" "),
            fulfilment: Fulfilment::Delivery,
            total,
            at: keep.standing.calendar.local(now).time(),
        });
        let paper = Paper::of_meal(PrintQueue::Kitchen, &keep.standing.calendar, date, now, strip);
        post(tx, paper.about(order.id), now)?;
    }
    Ok(())
}
