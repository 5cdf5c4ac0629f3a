//! Cards as the desk deals with them. Who did what stands in the history in the same transaction;
//! a card's own text never does.

use rusqlite::Connection;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Counter;
use super::cards::card_code;
use crate::domain::{Account, PrintQueue, Refusal, Resident, ResidentId};
use crate::error::Error;
use crate::printing::outbox::{Paper, post};
use crate::store::{audit, cards, residents};
use crate::tickets::Ticket;
use crate::tickets::content::CardSlip;

/// A card that works, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardHolder {
    /// Whose.
    pub resident: Resident,
    /// The card's text; none for somebody without one.
    pub code: Option<String>,
}

/// What a page shows of a card, to tell whether it is still the same: never its text.
pub fn card_version(code: Option<&str>) -> String {
    let digest = Sha256::digest(code.unwrap_or_default());
    digest.iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

impl Counter {
    /// Issues a card in place of the one that was `seen`, which stops working. False, and nothing
    /// is done, if the card is another one by now: a card just handed out must not die unseen.
    pub fn replace_card(&self, who: &Account, id: ResidentId, seen: &str) -> Result<bool, Error> {
        self.house.store.write(|tx| {
            residents::get(tx, id)?.ok_or(Refusal::UnknownResident)?;
            let old = cards::current(tx, id)?;
            if card_version(old.as_deref()) != seen || residents::is_archived(tx, id)? {
                return Ok(false);
            }
            let now = self.house.clock.now();
            cards::issue(tx, &card_code(rand::random()), id, now)?;
            let what = if old.is_some() { "card.replaced" } else { "card.issued" };
            audit::changed(tx, &who.name, what, &id.to_string(), &json!({}), now)?;
            Ok(true)
        })
    }

    /// Blocks the card that was `seen`. False, and nothing is done, if it is another one by now.
    pub fn block_card(&self, who: &Account, id: ResidentId, seen: &str) -> Result<bool, Error> {
        self.house.store.write(|tx| {
            let old = cards::current(tx, id)?;
            if old.is_none() || card_version(old.as_deref()) != seen {
                return Ok(false);
            }
            let now = self.house.clock.now();
            cards::block_all(tx, id, now)?;
            audit::changed(tx, &who.name, "card.blocked", &id.to_string(), &json!({}), now)?;
            Ok(true)
        })
    }

    /// Everybody of a building with the card that works.
    pub fn cards_of(&self, building: &str) -> Result<Vec<CardHolder>, Error> {
        self.house.store.read(|db| holders(db, building))
    }

    /// Issues a card to everybody of a building who has none that works; returns how many.
    pub fn issue_missing_cards(&self, who: &Account, building: &str) -> Result<usize, Error> {
        self.house.store.write(|tx| {
            let now = self.house.clock.now();
            let holders = holders(tx, building)?;
            let without = holders.iter().filter(|h| h.code.is_none());
            let mut issued = 0;
            for CardHolder { resident, .. } in without {
                cards::issue(tx, &card_code(rand::random()), resident.id, now)?;
                let id = resident.id.to_string();
                audit::changed(tx, &who.name, "card.issued", &id, &json!({}), now)?;
                issued += 1;
            }
            Ok(issued)
        })
    }

    /// Prints the card that works as a slip at the counter. False if there is none.
    pub fn print_card(&self, who: &Account, id: ResidentId) -> Result<bool, Error> {
        self.house.store.write(|tx| {
            let someone = residents::get(tx, id)?.ok_or(Refusal::UnknownResident)?;
            let Some(code) = cards::current(tx, id)? else { return Ok(false) };
            let now = self.house.writing_time(tx)?;
            let calendar = self.house.calendar(tx)?;
            let date = calendar.today(now);
            let slip = Ticket::Card(CardSlip {
                date,
                at: calendar.local(now),
                house: self.house.settings.name.clone(),
                name: someone.masked_name(),
                code,
            });
            post(tx, Paper::report(PrintQueue::Counter, date, now, slip), now)?;
            audit::changed(tx, &who.name, "card.printed", &id.to_string(), &json!({}), now)?;
            Ok(true)
        })
    }
}

fn holders(db: &Connection, building: &str) -> Result<Vec<CardHolder>, Error> {
    let all = residents::all(db)?.into_iter().filter(|r| r.door.building == building);
    all.map(|resident| {
        let code = cards::current(db, resident.id)?;
        Ok(CardHolder { resident, code })
    })
    .collect()
}
