//! Reads the database for the panel, on a thread of its own: what needs somebody, and which
//! deliveries are new. The help button's call is written here.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::alarm::{Alarm, Sound};
use super::lamp::Needs;
use crate::config::Deliveries;
use crate::counter::Counter;
use crate::domain::ServiceDate;
use crate::error::Error;
use crate::house::House;
use crate::paper_only::{PaperOnly, Switch, TIGHT};
use crate::printing::Board;
use crate::store::{days, help_calls, orders};
use crate::upkeep;

/// How often the house is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How often disk, copies and stick are looked at.
const UPKEEP: Duration = Duration::from_secs(10);
/// How far back a day that was not closed still matters, in days.
const OPEN_DAYS: i64 = 14;
/// How often an open call for help is heard again.
const HELP_REPEATS: u32 = 20;

/// What the other thread found last; cheap to clone.
#[derive(Clone)]
pub struct Follower {
    needs: Arc<Mutex<Needs>>,
    pressed: SyncSender<()>,
}

/// What the reading thread works with.
pub struct Work {
    house: House,
    counter: Counter,
    board: Board,
    alarm: Alarm,
    needs: Arc<Mutex<Needs>>,
    pressed: Receiver<()>,
    deliveries: Option<(ServiceDate, u32)>,
    broken: bool,
    upkeep: Option<(Instant, bool)>,
    help_heard: Option<(Instant, u32)>,
}

/// One look into the database.
struct Seen {
    today: ServiceDate,
    help: bool,
    left_open: bool,
    deliveries: u32,
    planned: bool,
}

impl Follower {
    /// Makes the two ends.
    pub fn new(house: House, board: Board, alarm: Alarm) -> (Self, Work) {
        // One press that waits is enough: a call that is open stays the same call.
        let (sender, pressed) = sync_channel(1);
        let needs = Arc::<Mutex<Needs>>::default();
        let mut work = Work {
            counter: Counter::new(house.clone()),
            house,
            board,
            alarm,
            needs: needs.clone(),
            pressed,
            deliveries: None,
            broken: false,
            upkeep: None,
            help_heard: None,
        };
        // What was ordered before the start is no news; what comes from now on is.
        work.deliveries = work.read().ok().map(|seen| (seen.today, seen.deliveries));
        (Self { needs, pressed: sender }, work)
    }

    /// What needs somebody.
    pub fn needs(&self) -> Needs {
        *self.needs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a call for help written down; returns at once.
    pub(super) fn call_help(&self) {
        // A full channel has one that waits.
        let _ = self.pressed.try_send(());
    }
}

impl Work {
    /// Looks once a second until told to stop.
    pub fn run(mut self, stopping: &AtomicBool) {
        while !stopping.load(Ordering::Relaxed) {
            self.look();
            let wait_until = Instant::now() + LOOK;
            while let Some(left) = wait_until.checked_duration_since(Instant::now()) {
                match self.pressed.recv_timeout(left.min(LOOK / 4)) {
                    Ok(()) => {
                        // The buzzer sounds even when the call can't be written down.
                        if let Err(error) = self.counter.call_help() {
                            tracing::error!(%error, "a call for help can't be shown at the desk");
                        }
                        break;
                    }
                    Err(RecvTimeoutError::Timeout) if !stopping.load(Ordering::Relaxed) => {}
                    Err(_) => break,
                }
            }
        }
    }

    fn look(&mut self) {
        let staff = Switch::new(self.house.folder()).is_on();
        let before = *self.needs.lock().unwrap_or_else(PoisonError::into_inner);
        let store = &self.house.store;
        let mut needs = Needs {
            paper_only: self.alarm.paper_only() || staff || store.has_room(TIGHT).is_err(),
            ..before
        };
        match self.read() {
            Ok(seen) => {
                (needs.help, needs.soon) = (seen.help, seen.left_open || self.upkeep());
                self.call_for_deliveries(&seen);
                self.call_again(seen.help);
            }
            Err(Error::Store(error)) if PaperOnly::from_store(&error).is_some() => {
                needs.paper_only = true;
            }
            Err(error) => tracing::warn!(%error, "the lamp does not know how the day stands"),
        }
        *self.needs.lock().unwrap_or_else(PoisonError::into_inner) = needs;
        // Staff who switch it know that they did.
        let broken = needs.paper_only && !staff || !self.board.worst().prints();
        if broken && !self.broken {
            self.alarm.sound(Sound::Fault);
        }
        self.broken = broken;
    }

    fn read(&self) -> Result<Seen, Error> {
        let now = self.house.clock.now();
        self.house.store.read(|db| {
            let today = self.house.calendar(db)?.today(now);
            let open = days::left_open(db, today.plus_days(-OPEN_DAYS), today)?;
            Ok(Seen {
                today,
                help: !help_calls::open(db)?.is_empty(),
                left_open: open.is_some(),
                deliveries: orders::deliveries(db, today)?,
                planned: days::get(db, today)?.planned_at.is_some(),
            })
        })
    }

    /// Whether disk, copies or stick need somebody.
    fn upkeep(&mut self) -> bool {
        match self.upkeep {
            Some((at, needed)) if at.elapsed() < UPKEEP => needed,
            _ => {
                let needed = !upkeep::needs(&self.house).is_empty();
                self.upkeep = Some((Instant::now(), needed));
                needed
            }
        }
    }

    /// A delivery for today; what was ordered ahead, or before the start, is no news.
    fn call_for_deliveries(&mut self, seen: &Seen) {
        let before = self.deliveries.replace((seen.today, seen.deliveries));
        let news = before.is_some_and(|(date, n)| date == seen.today && n < seen.deliveries);
        match self.house.settings.panel.deliveries {
            Deliveries::All | Deliveries::Late if news && seen.planned => {
                self.alarm.sound(Sound::LateDelivery);
            }
            Deliveries::All if news => self.alarm.sound(Sound::Delivery),
            _ => {}
        }
    }

    /// A call for help that nobody answers is heard again, until it is clear that nobody is in.
    fn call_again(&mut self, open: bool) {
        let every = Duration::from_secs(u64::from(self.house.settings.panel.help_repeat_s));
        if !open || every.is_zero() {
            self.help_heard = None;
            return;
        }
        let (at, times) = *self.help_heard.get_or_insert((Instant::now(), 0));
        if at.elapsed() >= every && times < HELP_REPEATS {
            self.alarm.sound(Sound::Help);
            self.help_heard = Some((Instant::now(), times + 1));
        }
    }
}
