//! The clubhouse behind the monkey's screen: real clerk, real printer worker, a clock that jumps.

use std::collections::BTreeMap;

use clubhouse_hardware::printer::Fault;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::domain::{
    Calendar, Category, Fen, PaymentMethod, Resident, ServiceDate, Volunteer,
};
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::{Bell, Step};
use clubhouse_kiosk::rehearsal::sample;
use clubhouse_kiosk::routing::{Control, Options};
use clubhouse_kiosk::schedule;
use jiff::civil::time;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::stories::campaign::chance::Chance;
use crate::support::{Clubhouse, tuesday};

/// Days for which there is a menu.
const DAYS: i64 = 900;
/// Residents who come to this kiosk.
const FRIENDS: usize = 14;
/// Volunteers on duty every day.
const ON_DUTY: usize = 4;
/// Faults that a look at the printer meets at once; the others are waited out in real time.
const FAULTS: [Fault; 7] = [
    Fault::PaperOut,
    Fault::PaperLow,
    Fault::CoverOpen,
    Fault::Offline,
    Fault::CutterError,
    Fault::Disconnected,
    Fault::PoweredOff,
];

/// A planner that takes its first idea.
struct AtOnce;

impl Control for AtOnce {
    fn elapsed_fraction(&self) -> Option<f64> {
        Some(1.0)
    }
}

/// Somebody who comes to the kiosk.
pub struct Friend {
    pub resident: Resident,
    pub card: String,
}

/// The clubhouse.
pub struct Club {
    pub house: Clubhouse,
    pub clerk: Clerk,
    pub friends: Vec<Friend>,
    pub volunteers: Vec<Volunteer>,
    pub calendar: Calendar,
    looked_at: Timestamp,
    _folder: TempDir,
}

impl Club {
    pub fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let settings = Settings { data: folder.path().to_owned(), ..Settings::default() };
        let house = Clubhouse::with(settings);
        write_menus(&house);
        let friends: Vec<Friend> = some_of_each(&house.residents())
            .into_iter()
            .map(|resident| Friend {
                card: house.counter.issue_card(resident.id).unwrap(),
                resident,
            })
            .collect();
        for friend in friends.iter().step_by(2) {
            house.counter.top_up(friend.resident.id, Fen::yuan(400), PaymentMethod::Other).unwrap();
        }
        let blocked = friends.last().unwrap().resident.id;
        house.counter.block_cards(blocked).unwrap();
        let (alarm, _calls) = Alarm::new();
        let clerk = Clerk::new(house.house.clone(), house.board.clone(), Bell::default(), alarm);
        let volunteers = house.registry.volunteers().unwrap().into_iter().take(ON_DUTY).collect();
        let calendar = house.counter.calendar().unwrap();
        let looked_at = house.house.clock.now();
        let club = Self { house, clerk, friends, volunteers, calendar, looked_at, _folder: folder };
        club.morning();
        club
    }

    pub fn now(&self) -> Timestamp {
        self.house.house.clock.now()
    }

    pub fn today(&self) -> ServiceDate {
        self.calendar.today(self.now())
    }

    /// Time passes; what the clock sets off happens about once in five minutes.
    pub fn pass(&mut self, seconds: i64) {
        self.house.house.clock.advance(SignedDuration::from_secs(seconds));
        if self.now().duration_since(self.looked_at) >= SignedDuration::from_mins(5) {
            self.look();
        }
    }

    /// Some time later; once lunch is over, on the morning of the next lunch.
    pub fn jump(&mut self, chance: &mut Chance) {
        let minutes = chance.between(3, 40) as i64;
        self.house.house.clock.advance(SignedDuration::from_mins(minutes));
        let evening = self.calendar.at(self.today(), time(13, 30, 0, 0));
        if self.now() > evening
            && let Some(next) = self.calendar.next_open(self.today())
        {
            let early = chance.between(0, 150) as i64;
            let morning = self.calendar.at(next, time(7, 15, 0, 0));
            self.house.house.clock.set(morning + SignedDuration::from_mins(early));
            self.morning();
        }
        self.look();
    }

    /// Somebody is on duty, and the roll is full.
    fn morning(&self) {
        let badges: Vec<u32> = self.volunteers.iter().map(|v| v.badge).collect();
        self.house.dispatch.put_on_duty(self.today(), &badges).unwrap();
    }

    fn look(&mut self) {
        self.looked_at = self.now();
        let today = self.today();
        let late = self.now() >= self.calendar.at(today, self.calendar.times.delivery_cut_off);
        if late && !self.house.dispatch.is_planned(today).unwrap() {
            // Without deliveries there is nothing to plan.
            let _ = self.house.dispatch.plan_rounds(today, &Options::default(), &AtOnce);
        }
        let (_, failed) = schedule::tick(&self.house.house);
        assert!(failed.is_empty(), "what the clock sets off failed: {failed:?}");
    }

    /// A fault comes or goes.
    pub fn fault(&self, chance: &mut Chance) -> String {
        let fault = chance.pick(&FAULTS);
        let on = chance.percent(40);
        self.house.printer.set_fault(fault, on);
        if !on {
            for other in FAULTS {
                self.house.printer.set_fault(other, false);
            }
        }
        format!("fault {fault} {on}")
    }

    /// The printer works on one paper at most.
    pub fn print(&mut self) -> bool {
        matches!(self.house.step(), Step::Worked(_))
    }
}

/// Several days are nearly sold out.
fn write_menus(house: &Clubhouse) {
    let week = sample::week();
    let menus: Vec<_> = (0..DAYS)
        .filter_map(|days| {
            let mut menu = week.menu_for(tuesday().plus_days(days))?;
            menu.portions = if days % 3 == 0 { 24 } else { 200 };
            Some(menu)
        })
        .collect();
    house.counter.write_menus(&menus, &BTreeMap::new()).unwrap();
}

/// People of every price group, some with allergies, neighbours behind one door among them.
fn some_of_each(residents: &[Resident]) -> Vec<Resident> {
    let mut chosen: Vec<Resident> = Vec::new();
    let mut take = |wanted: &dyn Fn(&Resident) -> bool, count: usize| {
        let more: Vec<Resident> = residents
            .iter()
            .filter(|r| r.last_digits().is_some() && wanted(r))
            .filter(|r| chosen.iter().all(|c| c.id != r.id))
            .take(count)
            .cloned()
            .collect();
        chosen.extend(more);
    };
    take(&|r| !r.allergies.is_empty(), 4);
    take(&|r| r.category == Category::Hardship, 2);
    take(&|r| r.category == Category::Guest, 1);
    take(&|r| r.category == Category::Senior, FRIENDS);
    chosen.truncate(FRIENDS);
    chosen
}
