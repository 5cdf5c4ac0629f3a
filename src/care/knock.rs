//! The knock list: who eats here by habit and was not seen today, for those who agreed.
//!
//! A regular is who ordered on at least `care.regular_days` of the last `care.regular_of` days with
//! lunch that fell on today's weekday. A regular without an order for today is on the list once
//! nothing can be ordered any more; whoever ordered to eat in or to collect and did not come, regular
//! or not, once lunch is over. Nobody is on it who is away, whose record is archived, for whom a check
//! is open, or at whose door somebody has been today.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde_json::json;
use std::collections::HashSet;

use super::Care;
use crate::dispatch::Dispatch;
use crate::domain::{
    Calendar, CareRefusal, Fulfilment, KnockOutcome, KnockReason, OrderState, PrintQueue, Refusal,
    Resident, ResidentId, ServiceDate, resident,
};
use crate::error::Error;
use crate::printing::outbox::{Paper, post};
use crate::store::knocks::{self, Knock};
use crate::store::{audit, buildings, care, checks, orders, residents, volunteers};
use crate::tickets::Ticket;
use crate::tickets::content::{KnockDoor, KnockSlip};

/// Somebody to knock for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnockLine {
    /// Who.
    pub resident: Resident,
    /// Why.
    pub reason: KnockReason,
}

/// The knock list of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnockList {
    /// The day.
    pub date: ServiceDate,
    /// From when on regulars without an order are on it.
    pub orders_over: Timestamp,
    /// From when on those who did not come are on it.
    pub lunch_over: Timestamp,
    /// Doors to knock at, in the order of the compound's doors.
    pub open: Vec<KnockLine>,
    /// Doors at which somebody was.
    pub done: Vec<(Resident, Knock)>,
}

impl Care {
    /// Today's list, of one building if one is named.
    pub fn knock_list(&self, building: Option<&str>) -> Result<KnockList, Error> {
        self.house.store.read(|db| self.list(db, building))
    }

    /// Writes down what a knock found. If nobody answered, a welfare check is opened at once.
    pub fn knocked(
        &self,
        id: ResidentId,
        outcome: KnockOutcome,
        finding: &str,
        who: &str,
    ) -> Result<(), Error> {
        let finding = finding.trim();
        if finding.is_empty() && outcome == KnockOutcome::Fine {
            return Err(Refusal::FindingMissing.into());
        }
        if finding.chars().count() > crate::dispatch::NOTE_MAX {
            return Err(Refusal::NoteTooLong { max: crate::dispatch::NOTE_MAX }.into());
        }
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let list = self.list(tx, None)?;
            let line = list.open.iter().find(|line| line.resident.id == id);
            let line = line.ok_or(CareRefusal::NotOnKnockList)?;
            crate::dispatch::open_day(tx, list.date)?;
            let knock = Knock {
                resident: id,
                reason: line.reason,
                outcome,
                finding: finding.to_owned(),
                who: who.to_owned(),
                at: now,
            };
            if !knocks::close(tx, list.date, &knock)? {
                return Err(CareRefusal::NotOnKnockList.into());
            }
            if outcome == KnockOutcome::NoAnswer {
                let dispatch = Dispatch::new(self.house.clone());
                dispatch.open_check_after_knock(tx, &line.resident, now)?;
            }
            let detail = json!({ "reason": line.reason, "outcome": outcome });
            Ok(audit::changed(tx, who, "knock.closed", &id.to_string(), &detail, now)?)
        })
    }

    /// Prints the list, a slip for each building with a door on it; how many there are.
    pub fn print_knock_list(&self, building: Option<&str>, who: &str) -> Result<usize, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let list = self.list(tx, building)?;
            let slips = self.post_slips(tx, &list, now)?;
            if slips > 0 {
                let detail = json!({ "slips": slips });
                audit::changed(tx, who, "knock.printed", &list.date.to_string(), &detail, now)?;
            }
            Ok(slips)
        })
    }

    fn post_slips(
        &self,
        tx: &Transaction<'_>,
        list: &KnockList,
        now: Timestamp,
    ) -> Result<usize, Error> {
        let mut slips = 0;
        for building in buildings::all(tx)? {
            let here = list.open.iter().filter(|l| l.resident.door.building == building.number);
            let doors: Vec<_> = here.map(door).collect();
            if doors.is_empty() {
                continue;
            }
            let leader = volunteers::leader_of(tx, &building.number)?;
            let ticket = Ticket::KnockSlip(KnockSlip {
                date: list.date,
                building: building.number,
                leader: leader.map_or_else(String::new, |l| resident::surname(&l.name).to_owned()),
                at: self.house.settings.calendar().local(now).time(),
                doors,
            });
            post(tx, Paper::report(PrintQueue::Rounds, list.date, now, ticket), now)?;
            slips += 1;
        }
        Ok(slips)
    }

    fn list(&self, db: &Connection, building: Option<&str>) -> Result<KnockList, Error> {
        let calendar = self.house.calendar(db)?;
        let now = self.house.clock.now();
        let date = calendar.today(now);
        let missed = self.missed(db, &calendar, date, now)?;
        let been = knocks::on(db, date)?;
        let mut done = Vec::new();
        for knock in been {
            let there = residents::get(db, knock.resident)?;
            done.extend(there.map(|resident| (resident, knock)));
        }
        let seen: HashSet<ResidentId> = done.iter().map(|(r, _)| r.id).collect();
        let here = |r: &Resident| building.is_none_or(|b| r.door.building == b);
        done.retain(|(resident, _)| here(resident));
        let mut open = Vec::new();
        for (id, reason) in missed {
            let Some(resident) = residents::get(db, id)?.filter(here) else { continue };
            if !seen.contains(&id) && checks::open_of_resident(db, id)?.is_none() {
                open.push(KnockLine { resident, reason });
            }
        }
        let buildings = buildings::all(db)?;
        let place = |building: &str| buildings.iter().position(|b| b.number == building);
        open.sort_by_cached_key(|KnockLine { resident, .. }| {
            let door = &resident.door;
            (place(&door.building), door.floor, door.flat, resident.id)
        });
        Ok(KnockList {
            date,
            orders_over: calendar.at(date, calendar.times.collection_cut_off),
            lunch_over: calendar.at(date, calendar.times.service_until),
            open,
            done,
        })
    }

    /// Who agreed, is not away, and was not seen.
    fn missed(
        &self,
        db: &Connection,
        calendar: &Calendar,
        date: ServiceDate,
        now: Timestamp,
    ) -> Result<Vec<(ResidentId, KnockReason)>, Error> {
        let has_lunch = crate::store::menus::get(db, date)?.is_some();
        if !has_lunch
            || calendar.closed(date).is_some()
            || now < calendar.at(date, calendar.times.collection_cut_off)
        {
            return Ok(Vec::new());
        }
        let over = now >= calendar.at(date, calendar.times.service_until);
        let rules = self.house.settings.care;
        let regulars = knocks::regulars(db, date, rules.regular_days, rules.regular_of)?;
        let away = care::all_paused(db, date)?;
        let today = orders::on(db, date)?;
        let mut missed = Vec::new();
        for id in care::all_agreed(db)? {
            if away.contains(&id) {
                continue;
            }
            let own = || {
                let standing = |o: &&crate::domain::Order| o.state != OrderState::Cancelled;
                today.iter().filter(move |o| o.resident == Some(id)).filter(standing)
            };
            if own().next().is_none() {
                if regulars.contains(&id) {
                    missed.push((id, KnockReason::NotOrdered));
                }
                continue;
            }
            // Whoever fetched one meal of several was here; a delivery has its own visit.
            let waits = own().all(|o| {
                o.fulfilment != Fulfilment::Delivery
                    && matches!(
                        o.state,
                        OrderState::Placed | OrderState::Ready | OrderState::NotCollected
                    )
            });
            if over && waits {
                missed.push((id, KnockReason::NotCome));
            }
        }
        Ok(missed)
    }
}

fn door(line: &KnockLine) -> KnockDoor {
    KnockDoor {
        door: line.resident.door.clone(),
        surname: line.resident.surname().to_owned(),
        reason: line.reason,
        door_note: line.resident.door_note.clone(),
    }
}
