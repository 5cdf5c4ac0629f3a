//! Answers the screen's requests by the use cases: one request, one reply.

mod health;
mod sight;
mod updates;

use clubhouse_hardware::printer::Status;
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;

use super::protocol::{
    DayOutcome, DayResult, DoubtfulPaper, OnDuty, PapersView, Reply, Request, ShownOrder,
    StaffLine, StaffView, Today,
};
use crate::clock_trust::Watch;
use crate::counter::{Counter, DayPlaced, KIOSK, NewOrder, STAFF};
use crate::dispatch::{Dispatch, HandInLine};
use crate::domain::{
    Order, OrderState, Outcome, PaymentMethod, PaymentState, PrintQueue, Refusal, RoundId,
    ServiceDate,
};
use crate::error::Error;
use crate::house::House;
use crate::panel_watch::Alarm;
use crate::paper_only::Switch;
use crate::pictures::Shelf;
use crate::printing::{self, Bell, Board};
use crate::registry::Registry;
use crate::store::{print_jobs, queue_moves};
use crate::upkeep;

/// The clerk behind the screen.
pub struct Worker {
    pub(super) house: House,
    pub(super) counter: Counter,
    pub(super) dispatch: Dispatch,
    registry: Registry,
    board: Board,
    bell: Bell,
    pub(super) alarm: Alarm,
    pins: WrongPins,
    health: health::Health,
    shelf: Option<Shelf>,
    /// Where sticks are mounted.
    stick: PathBuf,
    watch: Watch,
}

impl Worker {
    /// Makes the clerk of a house; `bell` wakes the printers, `alarm` calls the staff.
    pub fn new(house: House, board: Board, bell: Bell, alarm: Alarm) -> Self {
        Self {
            counter: Counter::new(house.clone()),
            dispatch: Dispatch::new(house.clone()),
            registry: Registry::new(house.clone()),
            health: health::Health::new(Switch::new(house.folder())),
            shelf: None,
            stick: crate::update::STICK.into(),
            watch: Watch::new(house.clock.clone(), &house.settings),
            house,
            board,
            bell,
            alarm,
            pins: WrongPins::default(),
        }
    }

    /// Does what is asked. A failure is logged here, once, and said without its detail.
    pub fn answer(&mut self, request: Request) -> Reply {
        if let Some(reply) = self.kept_from(&request) {
            self.alarm.note_paper_only(self.health.paper_only().is_some());
            return reply;
        }
        let reply = match self.act(request) {
            Ok(reply) => {
                self.bell.ring();
                reply
            }
            Err(error) => self.failed(error),
        };
        self.alarm.note_paper_only(self.health.paper_only().is_some());
        reply
    }

    // A table of what can be asked.
    #[allow(clippy::too_many_lines)]
    fn act(&mut self, request: Request) -> Result<Reply, Error> {
        Ok(match request {
            Request::Refresh { date } => self.look(date)?,
            Request::Slide { turn } => self.slide(turn),
            Request::Buildings => Reply::Buildings(self.registry.buildings()?),
            Request::Identify(credential) => {
                Reply::Identified(Box::new(self.counter.identify(&credential)?))
            }
            Request::Place(wish) => {
                self.check_open()?;
                let order = self.counter.place(&wish, KIOSK)?;
                Reply::Placed(Box::new(self.shown(order)))
            }
            Request::FindByCode(code) => {
                let order = self.counter.by_code(&code)?;
                Reply::Orders(vec![self.shown(order)])
            }
            Request::OrdersOf(resident) => {
                let orders = self.counter.orders_of(resident)?;
                Reply::Orders(orders.into_iter().map(|o| self.shown(o)).collect())
            }
            Request::Week(resident) => Reply::Week(self.counter.week(resident)?),
            Request::PlaceWeek(wishes) => self.place_days(&wishes)?,
            Request::PrintForm(resident) => {
                self.counter.print_form(resident)?;
                Reply::FormQueued
            }
            Request::KeepUnfinished(left) => {
                self.counter.keep_unfinished(&left)?;
                Reply::Kept
            }
            Request::FollowedUp(id) => {
                self.counter.followed_up(id)?;
                self.staff()?
            }
            Request::Amend(id, change) => {
                let order = self.counter.amend(id, &change, KIOSK)?;
                Reply::Amended(Box::new(self.shown(order)))
            }
            Request::Cancel(id) => Reply::Cancelled(Box::new(self.counter.cancel(id, KIOSK)?)),
            Request::SignIn { badge, pin } => self.sign_in(badge, &pin)?,
            Request::TakeSlip(round) => Reply::SlipTaken(Box::new(self.dispatch.take_slip(round)?)),
            Request::HandIn { round, lines } => self.hand_in(round, &lines)?,
            Request::StaffSignIn { pin } => {
                self.pins.check(None, self.house.clock.now(), || {
                    Ok(pin == self.house.settings.staff.pin)
                })?;
                self.staff()?
            }
            Request::Advance { number } => {
                self.counter.advance(self.date()?, number, STAFF)?;
                self.staff()?
            }
            Request::ScannedTicket { date, number } => {
                let order = self.counter.advance(date, number, STAFF)?;
                Reply::Scanned { number, ready: order.state == OrderState::Ready }
            }
            Request::PaidCash { number } => {
                let order = self.counter.by_number(self.date()?, number)?;
                self.counter.pay(order.id, PaymentMethod::Cash, STAFF)?;
                self.staff()?
            }
            Request::Papers => self.papers()?,
            Request::Reprint(id) => {
                printing::reprint(&self.house, id)?;
                self.papers()?
            }
            Request::FoundPaper(id) => {
                printing::found(&self.house, id)?;
                self.papers()?
            }
            Request::MoveQueue(queue, printer) => {
                printing::move_queue(&self.house, queue, Some(&printer), STAFF)?;
                let moves =
                    self.house.store.read(|db| Ok::<_, Error>(queue_moves::current(db)?))?;
                self.board.follow(moves);
                self.papers()?
            }
            Request::PaperOnly(on) => self.switch_to_paper(on)?,
            Request::ConfirmClock(at) => self.confirm_clock(at)?,
            Request::SellOut => {
                self.counter.sell_out(self.date()?)?;
                self.staff()?
            }
            Request::SellAgain => {
                self.counter.sell_again(self.date()?)?;
                self.staff()?
            }
            Request::OrderPapers { number } => self.order_papers(number)?,
            Request::Number { number } => self.number(number)?,
            Request::Correct { number, outcome, left_with, cash } => {
                self.correct(number, outcome, left_with, cash)?
            }
            Request::DayEnd => self.day_end()?,
            Request::CloseDay => self.close_day()?,
            Request::Updates => self.updates(),
            Request::InstallUpdate { file, checksum } => self.install_update(&file, &checksum),
            Request::UndoHandIn { round, orders } => {
                Reply::HandInUndone(Box::new(self.dispatch.undo_hand_in(round, &orders)?))
            }
            Request::Help => self.help()?,
        })
    }

    /// The buzzer sounds even when the call can't be written down.
    fn help(&self) -> Result<Reply, Error> {
        self.alarm.call_help();
        self.counter.call_help()?;
        Ok(Reply::HelpCalled)
    }

    /// A day that breaks is logged here, once; the others are placed all the same.
    fn place_week(&self, wishes: &[NewOrder]) -> Vec<DayResult> {
        let result = |day: DayPlaced| DayResult {
            date: day.date,
            way: day.fulfilment,
            outcome: match day.outcome {
                Ok(order) => DayOutcome::Placed(Box::new(order)),
                Err(Error::Refused(refusal)) => DayOutcome::Refused(refusal),
                Err(error) => {
                    tracing::error!(%error, date = %day.date, "a day of several was not ordered");
                    DayOutcome::Failed
                }
            },
        };
        self.counter.place_week(wishes, KIOSK).into_iter().map(result).collect()
    }

    pub(super) fn date(&self) -> Result<ServiceDate, Error> {
        Ok(self.counter.calendar()?.today(self.house.clock.now()))
    }

    fn today(&self, date: Option<ServiceDate>) -> Result<Today, Error> {
        let calendar = self.counter.calendar()?;
        let now = self.house.clock.now();
        let today = calendar.today(now);
        let date = date.unwrap_or(today);
        let day = self.counter.day(date)?;
        let doubtful =
            self.house.store.read(|db| Ok::<_, Error>(print_jobs::doubtful(db, today)?))?;
        let t = &calendar.times;
        let hm = |time: jiff::civil::Time| time.strftime("%-H:%M").to_string();
        Ok(Today {
            now,
            today,
            clock: hm(calendar.local(now).time()),
            date,
            bookable: calendar.bookable(now),
            pictures: self.pictures(day.menu.as_ref()),
            slides: self.slides(),
            menu: day.menu,
            left: day.left,
            phase: day.phase,
            times: [t.delivery_cut_off, t.collection_cut_off, t.service_from, t.service_until]
                .map(hm),
            next: day.next,
            called: self.counter.called(today)?,
            printer: self.printer(),
            doubtful_papers: doubtful,
        })
    }

    /// The worse of the two printers that an order at this screen needs.
    fn printer(&self) -> Status {
        let kitchen = self.board.queue_status(PrintQueue::Kitchen);
        if kitchen.prints() { self.board.queue_status(PrintQueue::Counter) } else { kitchen }
    }

    /// What is on disk is shown even if the next look at the database fails.
    fn shown(&self, order: Order) -> ShownOrder {
        let changeable = self.counter.changeable(&order).unwrap_or(false);
        ShownOrder { order, changeable }
    }

    fn sign_in(&mut self, badge: u32, pin: &str) -> Result<Reply, Error> {
        let now = self.house.clock.now();
        let dispatch = &self.dispatch;
        let mut entered = None;
        self.pins.check(Some(badge), now, || match dispatch.sign_in(badge, pin) {
            Ok(found) => {
                entered = Some(found);
                Ok(true)
            }
            Err(error) if matches!(error.refusal(), Some(Refusal::UnknownVolunteer)) => Ok(false),
            Err(error) => Err(error),
        })?;
        let (volunteer, round) = entered.ok_or(Refusal::UnknownVolunteer)?;
        let meals = round.iter().flat_map(|r| &r.stops).map(|s| u32::from(s.portions)).sum();
        Ok(Reply::OnDuty(Box::new(OnDuty { volunteer, round, meals })))
    }

    fn hand_in(&self, round: RoundId, lines: &[HandInLine]) -> Result<Reply, Error> {
        let handed = self.dispatch.hand_in(round, lines)?;
        let mut delivered = 0;
        let mut others = Vec::new();
        for stop in &handed.stops {
            match stop.visited {
                Some(Outcome::Delivered) => delivered += 1,
                Some(outcome) => others.push((stop.number, outcome)),
                None => {}
            }
        }
        if others.iter().any(|(_, outcome)| *outcome == Outcome::NoAnswer) {
            self.alarm.no_answer();
        }
        Ok(Reply::HandedIn { delivered, others })
    }

    fn papers(&self) -> Result<Reply, Error> {
        let (date, now) = (self.date()?, self.house.clock.now());
        let (forecasts, troubled, waiting) = self.house.store.read(|db| {
            Ok::<_, Error>((
                printing::forecasts(db, &self.house, date)?,
                print_jobs::troubled(db, date)?,
                print_jobs::waiting(db, now)?,
            ))
        })?;
        let printers = forecasts.into_iter().map(|(forecast, _)| {
            let status = self.board.status(&forecast.printer);
            (forecast.printer, status, forecast.left.papers)
        });
        let doubtful = troubled.into_iter().map(|job| DoubtfulPaper {
            id: job.id,
            title: job.ticket.title_zh(),
            number: job.ticket.number(),
            state: job.state,
        });
        let queues = PrintQueue::ALL.iter().map(|queue| (*queue, self.board.serving(*queue)));
        Ok(Reply::Papers(Box::new(PapersView {
            printers: printers.collect(),
            queues: queues.collect(),
            troubled: doubtful.collect(),
            waiting,
        })))
    }

    fn staff(&self) -> Result<Reply, Error> {
        let due = |o: &Order| o.payment == PaymentState::Due && o.state != OrderState::Cancelled;
        let date = self.date()?;
        let zone = self.house.settings.calendar();
        let unfinished = self.counter.unfinished(date, true)?.into_iter().map(|half| {
            let at = zone.local(half.record.left_at).time().strftime("%-H:%M").to_string();
            (at, half)
        });
        let open = self
            .counter
            .orders(date)?
            .into_iter()
            .filter(|o| !o.state.is_final() || (due(o) && o.state == OrderState::Collected))
            .map(|order| StaffLine { order })
            .collect();
        Ok(Reply::Staff(Box::new(StaffView {
            open,
            unfinished: unfinished.collect(),
            left: self.counter.day(date)?.left,
            held_back: self.counter.held_back(date)?,
            updates: self.offers_updates(),
            clock: self.clock_in_doubt(),
            upkeep: upkeep::needs(&self.house),
        })))
    }
}

/// Wrong PINs at this screen: five in a quarter of an hour, then it waits. A right one forgives those
/// for the same badge, or for the staff, and no others: who knows one PIN gets no more tries at another.
#[derive(Default)]
struct WrongPins {
    at: Vec<(Option<u32>, Timestamp)>,
}

impl WrongPins {
    const MOST: usize = 5;
    const WAIT: SignedDuration = SignedDuration::from_mins(15);

    fn check(
        &mut self,
        whose: Option<u32>,
        now: Timestamp,
        right: impl FnOnce() -> Result<bool, Error>,
    ) -> Result<(), Error> {
        self.at.retain(|(_, at)| *at + Self::WAIT > now);
        if self.at.len() >= Self::MOST {
            let until = self.at.last().map_or(now, |(_, last)| *last + Self::WAIT);
            return Err(Refusal::LockedOut { until }.into());
        }
        if right()? {
            self.at.retain(|(other, _)| *other != whose);
            return Ok(());
        }
        self.at.push((whose, now));
        Err(Refusal::WrongDigits { tries_left: (Self::MOST - self.at.len()) as u32 }.into())
    }
}
