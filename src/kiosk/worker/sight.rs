//! What the clerk adds to the day: pictures, slides, and whether orders are taken at all.

use super::Worker;
use jiff::civil::DateTime;

use crate::counter::NewOrder;
use crate::domain::{Menu, Refusal, ServiceDate};
use crate::error::Error;
use crate::kiosk::protocol::{Reply, Request, Slides};
use crate::paper_only::PaperOnly;
use crate::pictures::{Picture, Shelf, Sight};
use crate::store::days;

impl Worker {
    /// Gives the clerk pictures to show.
    #[must_use]
    pub fn with_pictures(mut self, pictures: Shelf) -> Self {
        self.shelf = Some(pictures);
        self
    }

    /// The day, or why nothing can be ordered on the screen.
    pub(super) fn look(&mut self, date: Option<ServiceDate>) -> Result<Reply, Error> {
        if self.house.clock.is_doubtful() {
            return Ok(Reply::PaperOnly(PaperOnly::Clock));
        }
        let now = self.house.clock.now();
        if let Some(why) = self.health.look(&self.house.store, now) {
            return Ok(Reply::PaperOnly(why));
        }
        Ok(Reply::Today(Box::new(self.today(date)?)))
    }

    /// Refuses an order at an hour at which the kiosk takes none.
    pub(super) fn check_open(&self) -> Result<(), Error> {
        match self.counter.calendar()?.opens_later(self.house.clock.now()) {
            Some(from) => Err(Refusal::NotYetOpen { from }.into()),
            None => Ok(()),
        }
    }

    /// Orders for several days, at an hour at which the kiosk takes any.
    pub(super) fn place_days(&self, wishes: &[NewOrder]) -> Result<Reply, Error> {
        self.check_open()?;
        Ok(Reply::WeekPlaced(self.place_week(wishes)))
    }

    /// The local time that the clock shows, if nobody knows whether it is right.
    pub(super) fn clock_in_doubt(&self) -> Option<DateTime> {
        let clock = &self.house.clock;
        clock.is_doubtful().then(|| self.house.settings.calendar().local(clock.now()))
    }

    /// Staff say what time it is, to the minute. A time before the newest record can't be.
    pub(super) fn confirm_clock(&mut self, at: DateTime) -> Result<Reply, Error> {
        let calendar = self.house.settings.calendar();
        let now = calendar.at(ServiceDate(at.date()), at.time());
        let latest = self.house.store.read(|db| Ok::<_, Error>(days::latest_moment(db)?))?;
        if let Some(latest) = latest.filter(|latest| now < *latest) {
            return Err(Refusal::ClockSetBack { now, latest }.into());
        }
        if let Err(error) = self.watch.confirm(now) {
            tracing::warn!(%error, "the confirmed time can't be noted; a restart asks again");
        }
        self.staff()
    }

    /// Turns the staff's switch.
    pub(super) fn switch_to_paper(&mut self, on: bool) -> Result<Reply, Error> {
        self.health.switch(on);
        self.staff()
    }

    /// Whether a wish would take or change an order while orders go on paper.
    pub(super) fn kept_from(&self, request: &Request) -> Option<Reply> {
        let orders =
            matches!(request, Request::Place(_) | Request::PlaceWeek(_) | Request::Amend(..));
        let why = self.health.paper_only().filter(|why| {
            // What the store said is tried again; what staff said holds.
            orders && *why == PaperOnly::Staff
        })?;
        Some(Reply::PaperOnly(why))
    }

    /// A failure, said at the screen without its detail and logged here, once.
    pub(super) fn failed(&mut self, error: Error) -> Reply {
        match error {
            Error::Refused(refusal) => Reply::Refused(refusal),
            Error::Store(error) => match self.health.heard(&error) {
                Some(why) => Reply::PaperOnly(why),
                None => broken(&Error::Store(error)),
            },
            error @ Error::Planning(_) => broken(&error),
        }
    }

    /// The pictures of the dishes of a menu that are at hand.
    pub(super) fn pictures(&self, menu: Option<&Menu>) -> Vec<Option<Picture>> {
        let dishes = menu.iter().flat_map(|menu| &menu.dishes);
        dishes.map(|dish| self.shelf.as_ref()?.dish(&dish.zh)).collect()
    }

    /// How slides take turns, if there are any.
    pub(super) fn slides(&self) -> Option<Slides> {
        let count = self.shelf.as_ref()?.slides();
        let idle = &self.house.settings.idle;
        (count > 0).then_some(Slides { count, after_s: idle.after_s, each_s: idle.each_s })
    }

    pub(super) fn slide(&self, turn: u32) -> Reply {
        Reply::Slide(self.shelf.as_ref().map_or(Sight::Nothing, |shelf| shelf.slide(turn)))
    }
}

fn broken(error: &Error) -> Reply {
    tracing::error!(%error, "a wish at the screen failed");
    Reply::Failed(error.to_string())
}
