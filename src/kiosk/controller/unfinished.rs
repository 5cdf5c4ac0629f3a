//! What a person leaves half done: kept for the staff, never placed, never dropped.

use super::page::{Draft, Page, WeekPage};
use super::{Controller, Purpose};
use crate::domain::{Reached, Unfinished};
use crate::kiosk::protocol::{DayOutcome, Reply, Request};

/// The most that are held while the clubhouse can't write them down.
const MOST_HELD: usize = 64;

/// Orders left half done that are not on disk yet.
#[derive(Debug, Default)]
pub struct Keeping {
    /// To be written down, the oldest first.
    held: Vec<Unfinished>,
    /// How many of those are in the request that is out.
    sent: usize,
    /// Left while being placed: half done only if the answer is a “no”.
    in_doubt: Vec<(u64, Vec<Unfinished>)>,
}

impl Controller {
    /// The person leaves: what they chose beyond the way of eating is kept.
    pub(super) fn keep_what_is_left(&mut self) {
        let left = self.left_half_done();
        if left.is_empty() {
            return;
        }
        let being_placed = self.waiting.iter().any(|waiting| {
            waiting.visit == self.visit
                && matches!(waiting.purpose, Purpose::Place | Purpose::PlaceWeek)
        });
        if being_placed {
            self.keeping.in_doubt.push((self.visit, left));
        } else {
            self.keep(left);
        }
    }

    /// The answer to an order whose person has gone.
    pub(super) fn placed_without_them(&mut self, visit: u64, reply: &Reply) {
        let Some(at) = self.keeping.in_doubt.iter().position(|(v, _)| *v == visit) else { return };
        let (_, mut left) = self.keeping.in_doubt.remove(at);
        match reply {
            Reply::Placed(_) => return,
            Reply::WeekPlaced(results) => left.retain(|order| {
                !results.iter().any(|day| {
                    day.date == order.date && matches!(day.outcome, DayOutcome::Placed(_))
                })
            }),
            _ => {}
        }
        self.keep(left);
    }

    fn keep(&mut self, left: Vec<Unfinished>) {
        self.keeping.held.extend(left);
        let over = self.keeping.held.len().saturating_sub(MOST_HELD);
        // What is in the request that is out can't be taken from the front.
        let from = self.keeping.sent.min(self.keeping.held.len() - over);
        self.keeping.held.drain(from..from + over);
        self.write_down();
    }

    /// Asks for what is held to be written down, unless that is under way.
    pub(super) fn write_down(&mut self) {
        if self.keeping.sent == 0 && !self.keeping.held.is_empty() {
            self.keeping.sent = self.keeping.held.len();
            let held = self.keeping.held.clone();
            self.ask(Purpose::KeepUnfinished, Request::KeepUnfinished(held));
        }
    }

    /// What could not be written down is tried again at the next look at the day.
    pub(super) fn written_down(&mut self, reply: &Reply) {
        let sent = std::mem::take(&mut self.keeping.sent);
        if matches!(reply, Reply::Kept) {
            self.keeping.held.drain(..sent.min(self.keeping.held.len()));
            self.write_down();
        }
    }

    fn left_half_done(&self) -> Vec<Unfinished> {
        let week = self.pages.iter().rev().find_map(|page| match page {
            Page::Week(week) | Page::WeekConfirm(week) => Some(week),
            _ => None,
        });
        match week {
            Some(week) => self.left_of_week(week),
            None => self.left_of_draft().into_iter().collect(),
        }
    }

    fn left_of_week(&self, week: &WeekPage) -> Vec<Unfinished> {
        let on_question = self.pages.iter().any(|page| matches!(page, Page::WeekConfirm(_)));
        let left = week.ticked().map(|(day, way)| Unfinished {
            date: day.date,
            fulfilment: way,
            portions: day.portions,
            preferences: day.preferences.clone(),
            resident: self.session.person.as_ref().map(|known| known.resident.id),
            reached: if on_question { Reached::Confirm } else { Reached::Week },
        });
        left.collect()
    }

    fn left_of_draft(&self) -> Option<Unfinished> {
        let today = self.today.as_ref()?;
        let draft = &self.session.draft;
        if draft.editing.is_some() {
            return None;
        }
        let on = |wanted: fn(&Page) -> bool| self.pages.iter().any(wanted);
        let reached = if on(|page| matches!(page, Page::Confirm)) {
            Reached::Confirm
        } else if on(|page| matches!(page, Page::Options)) {
            let category = Self::first_category(today);
            let plain = Draft { way: draft.way, category, ..Draft::default() };
            if self.session.person.is_none() && *draft == plain {
                return None;
            }
            Reached::Options
        } else if on(|page| {
            matches!(
                page,
                Page::Floor(super::page::WhoFor::Delivery, _)
                    | Page::Flat(super::page::WhoFor::Delivery, ..)
            )
        }) {
            Reached::Door
        } else {
            return None;
        };
        Some(Unfinished {
            date: today.date,
            fulfilment: draft.way,
            portions: draft.portions,
            preferences: draft.preferences.clone(),
            resident: self.session.person.as_ref().map(|known| known.resident.id),
            reached,
        })
    }
}
