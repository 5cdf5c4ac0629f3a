//! Who is on duty, and who signs in.

use jiff::civil::Time;

use super::Dispatch;
use crate::domain::{Refusal, Round, ServiceDate, Shift, Volunteer};
use crate::error::Error;
use crate::store::{duty, rounds, volunteers};

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

    /// Lets a volunteer in by badge and PIN: who they are, and today's round once planned.
    pub fn sign_in(&self, badge: u32, pin: &str) -> Result<(Volunteer, Option<Round>), Error> {
        self.house.store.read(|db| {
            let today = self.house.calendar(db)?.today(self.house.clock.now());
            let volunteer = volunteers::by_badge(db, badge)?
                .filter(|v| v.pin == pin)
                .ok_or(Refusal::UnknownVolunteer)?;
            if !duty::on(db, today)?.iter().any(|v| v.id == volunteer.id) {
                return Err(Refusal::NotOnDuty { date: today }.into());
            }
            let round = rounds::of_volunteer(db, today, volunteer.id)?;
            Ok((volunteer, round))
        })
    }

    /// The rounds of a date that stand.
    pub fn rounds(&self, date: ServiceDate) -> Result<Vec<Round>, Error> {
        self.house.store.read(|db| Ok(rounds::on(db, date)?))
    }
}
