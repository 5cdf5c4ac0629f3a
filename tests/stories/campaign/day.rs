//! A service day of one club: orders and troubles as they are drawn, and in the end everything
//! put right, printed out and looked at.

use std::time::{Duration, Instant};

use clubhouse_kiosk::domain::{Calendar, Fulfilment, OrderId, PrintQueue, ResidentId, ServiceDate};
use jiff::SignedDuration;
use jiff::civil::{Time, time};

use super::chance::Chance;
use super::child::Ask;
use super::club::{Club, PRINTERS};
use super::faults::{Trouble, interrupt, put_right};
use super::truth::Auditor;

/// When the first resident comes, when deliveries close, and when the last order is taken.
const FIRST: Time = time(6, 30, 0, 0);
const DELIVERIES: Time = time(10, 30, 0, 0);
const LAST: Time = time(11, 25, 0, 0);
/// Lunch is over, and what was not printed is worth nothing.
const OVER: Time = time(12, 31, 0, 0);
/// Longer than any queue of a campaign takes.
const LONGEST: Duration = Duration::from_mins(2);
/// How long a queue may stand still before somebody pulls the cable for a moment, the first time.
const STANDSTILL: Duration = Duration::from_secs(1);

/// What the days of a club are made of.
pub struct Days<'a> {
    pub chance: &'a mut Chance,
    pub calendar: &'a Calendar,
    pub residents: &'a [ResidentId],
    /// The longest clean shutdown so far.
    pub longest_close: Duration,
    pub kills: usize,
    pub closes: usize,
    notes: usize,
}

impl<'a> Days<'a> {
    pub fn new(
        chance: &'a mut Chance,
        calendar: &'a Calendar,
        residents: &'a [ResidentId],
    ) -> Self {
        let longest_close = Duration::ZERO;
        Self { chance, calendar, residents, longest_close, kills: 0, closes: 0, notes: 0 }
    }

    /// Plays one day; `enough` may end it early.
    pub fn play(
        &mut self,
        club: &mut Club,
        auditor: &mut Auditor,
        date: ServiceDate,
        enough: &dyn Fn(&Club) -> bool,
    ) {
        let morning = self.calendar.at(date, FIRST);
        club.now = club.now.max(morning);
        if !club.is_open() {
            club.open();
        }
        club.clock(morning);
        let last = self.calendar.at(date, LAST);
        while club.now < last && !enough(club) {
            self.some_minutes(club, date);
            if self.chance.percent(30) {
                print_out(club, auditor);
                auditor.papers(&mut club.presses);
            }
        }
        self.evening(club, auditor, date);
    }

    /// A few people at the kiosk, and whatever goes wrong meanwhile.
    fn some_minutes(&mut self, club: &mut Club, date: ServiceDate) {
        if !club.is_open() {
            club.open();
        }
        let minutes = self.chance.below(20) as i64;
        let passed = SignedDuration::from_secs(minutes * 60 + self.chance.below(60) as i64);
        club.clock((club.now + passed).min(self.calendar.at(date, LAST)));
        if self.chance.percent(6) {
            self.send_elsewhere(club);
        }
        for _ in 0..self.chance.between(1, 3) {
            for press in 0..PRINTERS.len() {
                if self.chance.percent(50) {
                    Trouble::draw(self.chance).happen(&club.presses[press].printer);
                }
            }
            for _ in 0..self.chance.between(1, 6) {
                self.visitor(club, date);
            }
            club.listen(Duration::from_micros(self.chance.below(40_000) as u64));
            if self.chance.percent(50) {
                let loose = self.chance.percent(40);
                for press in &club.presses {
                    put_right(&press.printer);
                    if loose {
                        Trouble::loose_cable(self.chance).happen(&press.printer);
                    }
                }
            }
        }
        match self.chance.below(100) {
            0..=24 => self.kill(club),
            25..=36 => self.close(club),
            _ => club.listen_to_all(),
        }
        club.collect();
    }

    /// One touch at the kiosk: mostly a new order.
    fn visitor(&mut self, club: &mut Club, date: ServiceDate) {
        let deliveries = club.now < self.calendar.at(date, DELIVERIES);
        let ways = if deliveries { Fulfilment::ALL } else { &Fulfilment::ALL[..2] };
        self.notes += 1;
        let note = format!("第{}条", self.notes);
        let portions = self.chance.between(1, 4) as u8;
        let known = self.chance.below(100);
        let mine = (known < 16).then(|| self.changeable(club, date, deliveries)).flatten();
        club.ask(match mine {
            Some(order) if known < 6 => Ask::Cancel { order },
            Some(order) => Ask::Amend { order, portions, note },
            None => {
                let way = self.chance.pick(ways);
                let known = way == Fulfilment::Delivery;
                let resident = known.then(|| self.chance.pick(self.residents));
                Ask::Place { date, way, portions, resident, note }
            }
        });
    }

    /// An order that its owner holds a number for, and that nobody is changing.
    fn changeable(&mut self, club: &Club, date: ServiceDate, early: bool) -> Option<OrderId> {
        // After the cut-off a delivery is not changed any more, and the way is not kept here.
        let mine = club.promises.iter().filter(|(_, p)| {
            early && p.date == date && !p.busy && p.versions.iter().all(|v| !v.cancelled)
        });
        let mine: Vec<OrderId> = mine.map(|(id, _)| *id).collect();
        (!mine.is_empty()).then(|| self.chance.pick(&mine))
    }

    fn send_elsewhere(&mut self, club: &mut Club) {
        let queue = self.chance.pick(&[PrintQueue::Kitchen, PrintQueue::Counter]);
        let printer = self.chance.percent(50).then(|| self.chance.pick(&PRINTERS).to_owned());
        club.ask(Ask::Move { queue, printer });
    }

    /// SIGKILL after so many more dots on paper, or so many microseconds.
    fn kill(&mut self, club: &mut Club) {
        if self.chance.percent(50) {
            let printer = &club.presses[self.chance.below(2)].printer;
            let target = printer.version() + self.chance.below(2_500) as u64;
            let until = Instant::now() + Duration::from_millis(150);
            while printer.version() < target && Instant::now() < until {
                printer.wait_for_change(printer.version(), until.duration_since(Instant::now()));
            }
        } else {
            club.listen(Duration::from_micros(self.chance.below(60_000) as u64));
        }
        club.kill();
        self.kills += 1;
    }

    fn close(&mut self, club: &mut Club) {
        self.longest_close = self.longest_close.max(club.close());
        self.closes += 1;
    }

    /// The day ends well, or with a printer that is broken until lunch is over.
    fn evening(&mut self, club: &mut Club, auditor: &mut Auditor, date: ServiceDate) {
        if self.chance.percent(25) {
            print_out(club, auditor);
            for press in &club.presses {
                Trouble::Now(clubhouse_hardware::printer::Fault::CoverOpen).happen(&press.printer);
            }
            for _ in 0..3 {
                self.visitor(club, date);
            }
            club.listen_to_all();
            club.clock(self.calendar.at(date, OVER));
            club.listen_to_all();
        }
        print_out(club, auditor);
        auditor.papers(&mut club.presses);
        auditor.day(club, date);
    }
}

/// All is well again: everything that is due comes out.
fn print_out(club: &mut Club, auditor: &Auditor) {
    club.presses.iter().for_each(|press| put_right(&press.printer));
    if !club.is_open() {
        club.open();
    }
    let until = Instant::now() + LONGEST;
    let (mut before, mut since, mut patience) = (u32::MAX, Instant::now(), STANDSTILL);
    loop {
        club.ask(Ask::Ring);
        club.listen_to_all();
        let open = auditor.open_papers(club.now);
        if open == 0 {
            return;
        }
        assert!(Instant::now() < until, "{open} papers are still waiting");
        if open != before {
            (before, since) = (open, Instant::now());
        } else if since.elapsed() > patience {
            club.presses.iter().for_each(|press| interrupt(&press.printer));
            // Getting back into step takes some time after the worst places to stop at.
            (since, patience) = (Instant::now(), patience * 3);
        }
        let stove = &club.presses[0].printer;
        stove.wait_for_change(stove.version(), Duration::from_millis(40));
        club.collect();
    }
}
