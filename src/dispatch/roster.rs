//! Who is on duty, and who signs in.

use jiff::civil::Time;
use rusqlite::Connection;
use std::fmt::Write as _;

use super::Dispatch;
use super::version::digest;
use crate::domain::{Refusal, Round, ServiceDate, Shift, Volunteer};
use crate::error::Error;
use crate::store::{duty, rounds, volunteers};

/// A change of the roster of one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyChange {
    /// On duty; for who is so already the new hours hold.
    On {
        /// The badge.
        badge: u32,
        /// From when, local; none means from the first departure.
        from: Option<Time>,
        /// Until when, local; none for no end.
        until: Option<Time>,
    },
    /// Off duty.
    Off {
        /// The badge.
        badge: u32,
    },
}

impl Dispatch {
    /// Puts volunteers on duty by their badges; all of them or none.
    pub fn put_on_duty(&self, date: ServiceDate, badges: &[u32]) -> Result<Vec<Volunteer>, Error> {
        self.put_on_duty_between(date, badges, None, None)
    }

    /// Puts volunteers on duty from and until a local time; all of them or none. For who is on duty
    /// already the new hours hold.
    pub fn put_on_duty_between(
        &self,
        date: ServiceDate,
        badges: &[u32],
        from: Option<Time>,
        until: Option<Time>,
    ) -> Result<Vec<Volunteer>, Error> {
        if let (Some(from), Some(until)) = (from, until)
            && from >= until
        {
            return Err(Refusal::DutyEndsFirst { from, until }.into());
        }
        self.house.store.write(|tx| {
            for badge in badges {
                let volunteer =
                    volunteers::by_badge(tx, *badge)?.ok_or(Refusal::UnknownVolunteer)?;
                duty::add(tx, date, volunteer.id, (from, until), self.house.clock.now())?;
            }
            Ok(duty::on(tx, date)?)
        })
    }

    /// Takes a volunteer off duty.
    pub fn take_off_duty(&self, date: ServiceDate, badge: u32) -> Result<(), Error> {
        self.house.store.write(|tx| {
            self.as_seen(tx, date)?;
            let volunteer = volunteers::by_badge(tx, badge)?.ok_or(Refusal::UnknownVolunteer)?;
            if duty::remove(tx, date, volunteer.id)? {
                Ok(())
            } else {
                Err(Refusal::NotOnDuty { date }.into())
            }
        })
    }

    /// Who is on duty, by badge.
    pub fn on_duty(&self, date: ServiceDate) -> Result<Vec<Volunteer>, Error> {
        self.house.store.read(|db| Ok(duty::on(db, date)?))
    }

    /// Who is on duty with their hours, by badge.
    pub fn shifts(&self, date: ServiceDate) -> Result<Vec<Shift>, Error> {
        self.house.store.read(|db| Ok(duty::shifts(db, date)?))
    }

    /// Lets a volunteer in by badge and PIN: who they are, and today's round once planned. The first
    /// time on a date is noted on the roster.
    pub fn sign_in(&self, badge: u32, pin: &str) -> Result<(Volunteer, Option<Round>), Error> {
        let now = self.house.clock.now();
        let (volunteer, round, today, new) = self.house.store.read(|db| {
            let today = self.house.calendar(db)?.today(now);
            let volunteer = volunteers::by_badge(db, badge)?
                .filter(|v| v.pin == pin)
                .ok_or(Refusal::UnknownVolunteer)?;
            let shifts = duty::shifts(db, today)?;
            let shift = shifts.iter().find(|s| s.volunteer.id == volunteer.id);
            let new = shift.ok_or(Refusal::NotOnDuty { date: today })?.came_at.is_none();
            let round = rounds::of_volunteer(db, today, volunteer.id)?;
            Ok::<_, Error>((volunteer, round, today, new))
        })?;
        if new {
            self.house
                .store
                .write(|tx| Ok::<_, Error>(duty::came(tx, today, volunteer.id, now)?))?;
        }
        Ok((volunteer, round))
    }

    /// The rounds of a date that stand.
    pub fn rounds(&self, date: ServiceDate) -> Result<Vec<Round>, Error> {
        self.house.store.read(|db| Ok(rounds::on(db, date)?))
    }

    /// The shifts of seven days from a date on, with the version of the roster they make.
    pub fn roster_week(&self, from: ServiceDate) -> Result<(Vec<Vec<Shift>>, String), Error> {
        self.house.store.read(|db| {
            let week = week(db, from)?;
            let version = version(&week);
            Ok((week, version))
        })
    }

    /// Changes the roster of a date of a week, unless somebody else changed that week's since it was
    /// shown, or the date is over.
    pub fn change_roster(
        &self,
        from: ServiceDate,
        seen: &str,
        date: ServiceDate,
        change: DutyChange,
    ) -> Result<(), Error> {
        if let DutyChange::On { from: Some(from), until: Some(until), .. } = change
            && from >= until
        {
            return Err(Refusal::DutyEndsFirst { from, until }.into());
        }
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            as_seen(tx, from, seen)?;
            if date < self.house.calendar(tx)?.today(now) {
                return Err(Refusal::DayOver { date }.into());
            }
            super::open_day(tx, date)?;
            let (DutyChange::On { badge, .. } | DutyChange::Off { badge }) = change;
            let who = volunteers::by_badge(tx, badge)?.ok_or(Refusal::UnknownVolunteer)?.id;
            match change {
                DutyChange::On { from, until, .. } => duty::add(tx, date, who, (from, until), now)?,
                DutyChange::Off { .. } if !duty::remove(tx, date, who)? => {
                    return Err(Refusal::NotOnDuty { date }.into());
                }
                DutyChange::Off { .. } => {}
            }
            Ok(())
        })
    }

    /// Puts on duty in a week who was so seven days before, with the same hours: from today on, on
    /// days with lunch, and only who is not on that day's roster yet. How many shifts that were.
    pub fn copy_roster(&self, to: ServiceDate, seen: &str) -> Result<usize, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            as_seen(tx, to, seen)?;
            let calendar = self.house.calendar(tx)?;
            let today = calendar.today(now);
            let mut copied = 0;
            for (days, before) in (0..).zip(week(tx, to.plus_days(-7))?) {
                let date = to.plus_days(days);
                if date < today || calendar.closed(date).is_some() {
                    continue;
                }
                if super::open_day(tx, date).is_err() {
                    continue;
                }
                let already = duty::on(tx, date)?;
                for shift in before {
                    // Whoever left the list meanwhile is not put on it again.
                    let known = volunteers::by_badge(tx, shift.volunteer.badge)?.is_some();
                    let id = shift.volunteer.id;
                    if known && !already.iter().any(|v| v.id == id) {
                        duty::add(tx, date, id, (shift.from, shift.until), now)?;
                        copied += 1;
                    }
                }
            }
            Ok(copied)
        })
    }
}

fn week(db: &Connection, from: ServiceDate) -> Result<Vec<Vec<Shift>>, Error> {
    (0..7).map(|days| Ok(duty::shifts(db, from.plus_days(days))?)).collect()
}

fn as_seen(db: &Connection, from: ServiceDate, seen: &str) -> Result<(), Error> {
    if version(&week(db, from)?) == seen { Ok(()) } else { Err(Refusal::RosterChanged.into()) }
}

/// Who has come changes no version.
fn version(week: &[Vec<Shift>]) -> String {
    let mut text = String::new();
    for day in week {
        for shift in day {
            let _ = write!(text, "{} {:?} {:?};", shift.volunteer.id, shift.from, shift.until);
        }
        text.push('\n');
    }
    digest(&text)
}
