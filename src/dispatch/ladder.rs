//! The ladder of a door that stays shut: what is to be done next, since when, and by whom it was done.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::Dispatch;
use crate::domain::{
    CareRefusal, CheckId, FamilyContact, Ladder, NextStep, PauseKind, Refusal, Resident,
    ServiceDate, StepOutcome, TakenStep, Volunteer, WelfareCheck,
};
use crate::error::Error;
use crate::store::{care, check_steps, checks, residents, volunteers};

/// The most characters of what is noted of a step.
pub const NOTE_MAX: usize = 200;

/// A check with everything that somebody who takes its next step needs.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The check.
    pub check: WelfareCheck,
    /// How far it has come.
    pub ladder: Ladder,
    /// Who lives there, if known.
    pub resident: Option<Resident>,
    /// The building's leader, if there is one.
    pub leader: Option<Volunteer>,
    /// Who may be told.
    pub contacts: Vec<FamilyContact>,
    /// Why the resident was not expected on that day, if so.
    pub away: Option<PauseKind>,
    /// When what comes next should have been done.
    pub due_at: Timestamp,
    /// Whether that has passed, and the check is still open.
    pub late: bool,
}

impl Dispatch {
    /// Every open check, of one building if one is named, the oldest first.
    pub fn ladders(&self, building: Option<&str>) -> Result<Vec<Standing>, Error> {
        self.house.store.read(|db| self.standings(db, checks::all_open(db)?, building))
    }

    /// The checks of a date that are closed, with what was done.
    pub fn looked_in(
        &self,
        date: ServiceDate,
        building: Option<&str>,
    ) -> Result<Vec<Standing>, Error> {
        self.house.store.read(|db| {
            let mut closed = checks::on(db, date)?;
            closed.retain(|check| check.closed.is_some());
            self.standings(db, closed, building)
        })
    }

    /// Writes down the next step of a check. `seen` is the ladder's position when it was thought of:
    /// if somebody has taken a step since, it is refused and nothing is written twice.
    pub fn take_step(
        &self,
        id: CheckId,
        seen: u32,
        outcome: StepOutcome,
        note: &str,
        who: &str,
    ) -> Result<TakenStep, Error> {
        let note = note.trim();
        if note.chars().count() > NOTE_MAX {
            return Err(Refusal::NoteTooLong { max: NOTE_MAX }.into());
        }
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let check = checks::get(tx, id)?.filter(|check| check.closed.is_none());
            let check = check.ok_or(Refusal::NoOpenCheck)?;
            let ladder = check_steps::ladder(tx, &check)?;
            let NextStep::Ask(step) = ladder.next() else {
                return Err(CareRefusal::StepTaken.into());
            };
            if ladder.position != seen {
                return Err(CareRefusal::StepTaken.into());
            }
            let taken =
                TakenStep { step, outcome, who: who.to_owned(), at: now, note: note.to_owned() };
            check_steps::append(tx, id, seen, &taken)?;
            Ok(taken)
        })
    }

    fn standings(
        &self,
        db: &Connection,
        found: Vec<WelfareCheck>,
        building: Option<&str>,
    ) -> Result<Vec<Standing>, Error> {
        let here = |check: &WelfareCheck| building.is_none_or(|b| check.door.building == b);
        found.into_iter().filter(here).map(|check| self.standing(db, check)).collect()
    }

    fn standing(&self, db: &Connection, check: WelfareCheck) -> Result<Standing, Error> {
        let ladder = check_steps::ladder(db, &check)?;
        let resident = check.resident.map(|id| residents::get(db, id)).transpose()?.flatten();
        let leader = check.leader.map(|id| volunteers::get(db, id)).transpose()?.flatten();
        let contacts = match check.resident {
            Some(id) => care::contacts(db, id)?,
            None => Vec::new(),
        };
        let pause = check.resident.map(|id| care::paused(db, id, check.date)).transpose()?;
        let away = pause.flatten().map(|pause| pause.kind);
        let minutes = self.house.settings.care.minutes(ladder.next());
        let due_at = ladder.since() + SignedDuration::from_mins(i64::from(minutes));
        let late = check.closed.is_none() && due_at <= self.house.clock.now();
        Ok(Standing { check, ladder, resident, leader, contacts, away, due_at, late })
    }
}
