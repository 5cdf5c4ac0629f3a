//! Who is there: a card, or a door and the last four digits of the telephone number.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Transaction};

use super::{Counter, Credential, Known, is_card_code};
use crate::domain::{Door, Habit, Order, OrderCode, OrderState, Refusal, Resident, ResidentId};
use crate::error::Error;
use crate::store::{buildings, cards, care, ledger, orders, residents};

impl Counter {
    /// Who shows this. Wrong digits are counted, and lock the door for a while.
    pub fn identify(&self, credential: &Credential) -> Result<Known, Error> {
        // A wrong try must be written although the answer is a refusal.
        let found = self.house.store.write(|tx| -> Result<Result<Known, Refusal>, Error> {
            let resident = match credential {
                Credential::Card(code) => by_card(tx, code)?,
                Credential::Digits { door, digits } => self.by_digits(tx, door, digits)?,
            };
            Ok(match resident {
                Ok(resident) => Ok(self.known(tx, resident)?),
                Err(refusal) => Err(refusal),
            })
        })?;
        Ok(found?)
    }

    /// A resident by id, with what their account holds.
    pub fn resident(&self, id: ResidentId) -> Result<Known, Error> {
        self.house.store.read(|db| {
            let resident = residents::get(db, id)?.ok_or(Refusal::UnknownResident)?;
            self.known(db, resident)
        })
    }

    /// The order with these letters on its slip, today's or ahead.
    pub fn by_code(&self, code: &OrderCode) -> Result<Order, Error> {
        self.house.store.read(|db| {
            let today = self.house.calendar(db)?.today(self.house.clock.now());
            orders::by_code(db, today, code)?.ok_or_else(|| Refusal::UnknownOrder.into())
        })
    }

    /// A known resident's orders, today's and ahead.
    pub fn orders_of(&self, resident: ResidentId) -> Result<Vec<Order>, Error> {
        self.house.store.read(|db| {
            let today = self.house.calendar(db)?.today(self.house.clock.now());
            Ok(orders::of_resident(db, resident, today)?)
        })
    }

    /// What is known of a resident.
    fn known(&self, db: &Connection, resident: Resident) -> Result<Known, Error> {
        let today = self.house.calendar(db)?.today(self.house.clock.now());
        let mut standing = orders::of_resident(db, resident.id, today)?;
        standing.retain(|order| order.state != OrderState::Cancelled);
        let last = orders::last_of_resident(db, resident.id)?;
        let away = care::paused(db, resident.id, today)?;
        Ok(Known {
            balance: ledger::balance(db, resident.id)?,
            // Nothing is proposed to somebody who is away today; they can order like anybody.
            habit: Habit::of(&resident, last.as_ref()).filter(|_| away.is_none()),
            standing,
            resident,
        })
    }

    fn by_digits(
        &self,
        tx: &Transaction<'_>,
        door: &Door,
        digits: &str,
    ) -> Result<Result<Resident, Refusal>, Error> {
        let now = self.house.clock.now();
        let rules = &self.house.settings.ordering;
        let lock = SignedDuration::from_mins(i64::from(rules.lock_min));
        match buildings::get(tx, &door.building)? {
            Some(building) if building.has(door.floor, door.flat) => {}
            _ => {
                let (building, room) = (door.building.clone(), door.room());
                return Ok(Err(Refusal::UnknownDoor { building, room }));
            }
        }
        let tries = cards::wrong_tries(tx, door, now - lock)?;
        if tries.len() >= rules.wrong_tries as usize {
            let until = tries.last().map_or(now, |last: &Timestamp| *last + lock);
            return Ok(Err(Refusal::LockedOut { until }));
        }
        let mut matching = residents::at_door(tx, door)?;
        matching.retain(|r| r.last_digits() == Some(digits));
        // Two people with the same digits behind one door are told apart by the desk only.
        if matching.len() == 1
            && let Some(resident) = matching.pop()
        {
            cards::forget_tries(tx, door)?;
            return Ok(Ok(resident));
        }
        cards::wrong_try(tx, door, now)?;
        let tries_left = rules.wrong_tries - tries.len() as u32 - 1;
        Ok(Err(Refusal::WrongDigits { tries_left }))
    }
}

fn by_card(tx: &Transaction<'_>, code: &str) -> Result<Result<Resident, Refusal>, Error> {
    let code = code.trim();
    if !is_card_code(code) {
        return Ok(Err(Refusal::UnknownCard));
    }
    let Some(card) = cards::get(tx, code)? else {
        return Ok(Err(Refusal::UnknownCard));
    };
    if card.blocked {
        return Ok(Err(Refusal::BlockedCard));
    }
    Ok(residents::get(tx, card.resident)?.ok_or(Refusal::UnknownResident))
}
