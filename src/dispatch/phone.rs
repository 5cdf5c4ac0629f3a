//! The volunteer's phone: the link on the slip, and what is reported through it.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use sha2::Sha256;

use super::papers::slip_of;
use super::visits::{deliverable, end_if_done, leave};
use super::{Dispatch, HandInLine};
use crate::domain::{Order, OrderId, Outcome, Refusal, Round, RoundId, RoundState};
use crate::error::Error;
use crate::house::House;
use crate::store::{StoreError, orders, phone, residents, rounds, volunteers};
use crate::tickets::content::RoundSlip;

/// The history's name for a volunteer's phone.
const PHONE: &str = "phone";
/// Letters of a token: none that look like another; five bits each.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// How many: 160 bits, which nobody guesses.
const LENGTH: usize = 32;
/// The longest id that a phone may give a report.
const ID_MAX: usize = 64;

/// One report: what happened at a door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// An id that the phone made up; a report that comes twice bears the same.
    pub id: String,
    /// What happened. The cash is what the slip says.
    pub line: HandInLine,
    /// When, by the phone.
    pub at: Timestamp,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ticked {
    /// It is on record, now or from an earlier time it came.
    Recorded,
    /// It can't be taken, and why; sending it again changes nothing.
    Refused(String),
}

/// What the phone's page shows.
#[derive(Debug, Clone)]
pub struct PhoneRound {
    /// The round as it is now.
    pub round: Round,
    /// What its slip would say now.
    pub slip: RoundSlip,
    /// The telephone numbers of its stops; empty where none is known.
    pub phones: Vec<String>,
}

impl Dispatch {
    /// The round of today that a token opens; nothing else does, and no other token.
    pub fn phone_round(&self, token: &str) -> Result<Option<PhoneRound>, Error> {
        self.house.store.read(|db| {
            let Some(round) = self.round_of(db, token)? else { return Ok(None) };
            let calendar = self.house.calendar(db)?;
            let walker = volunteers::get(db, round.volunteer)?.ok_or(Refusal::UnknownVolunteer)?;
            let slip = slip_of(db, &calendar, &round, &walker)?;
            let phones = round.stops.iter().map(|stop| phone_of(db, stop.order));
            let phones = phones.collect::<Result<_, _>>()?;
            Ok(Some(PhoneRound { round, slip, phones }))
        })
    }

    /// Takes a report: each once, however often it comes, at the time at which it happened.
    pub fn tick(&self, token: &str, tick: &Tick) -> Result<Ticked, Error> {
        if tick.id.is_empty() || tick.id.len() > ID_MAX {
            return Err(Refusal::NoRound.into());
        }
        self.house.store.write(|tx| {
            let round = self.round_of(tx, token)?.ok_or(Refusal::NoRound)?;
            if let Some(refused) = phone::known(tx, &tick.id)? {
                return Ok(if refused.is_empty() {
                    Ticked::Recorded
                } else {
                    Ticked::Refused(refused)
                });
            }
            let now = self.house.writing_time(tx)?;
            // A phone's clock may be wrong; nothing happened later than now or before the plan.
            let at = tick.at.min(now).max(round.depart_at.min(now));
            let refused = match may_be_ticked(tx, &round, tick) {
                Ok(()) => String::new(),
                Err(Error::Refused(refusal)) => refusal.to_string(),
                Err(error) => return Err(error),
            };
            if refused.is_empty() {
                if round.state == RoundState::Planned {
                    leave(tx, &round, now)?;
                }
                self.visit(tx, Some(round.id), &tick.line, now, at, PHONE)?;
                end_if_done(tx, round.id, now)?;
            }
            let kept = phone::Tick {
                id: &tick.id,
                round: round.id,
                order: tick.line.order,
                outcome: tick.line.outcome,
                at,
                refused: &refused,
            };
            phone::insert(tx, &kept, now)?;
            Ok(if refused.is_empty() { Ticked::Recorded } else { Ticked::Refused(refused) })
        })
    }

    fn round_of(&self, db: &Connection, token: &str) -> Result<Option<Round>, Error> {
        let Some(secret) = phone::secret(db)? else { return Ok(None) };
        let today = self.house.calendar(db)?.today(self.house.clock.now());
        let all = rounds::on(db, today)?;
        Ok(all
            .into_iter()
            .filter(|round| round.state != RoundState::Withdrawn)
            .find(|round| is_token_of(&secret, round.id, token)))
    }
}

/// The telephone number of whoever ordered; empty if none is known.
fn phone_of(db: &Connection, order: OrderId) -> Result<String, StoreError> {
    let resident = orders::get(db, order)?.and_then(|order| order.resident);
    let resident = resident.map(|id| residents::get(db, id)).transpose()?.flatten();
    Ok(resident.map(|r| r.phone).unwrap_or_default())
}

/// Whether a report can be taken, looked at before anything is written.
fn may_be_ticked(tx: &Transaction<'_>, round: &Round, tick: &Tick) -> Result<(), Error> {
    let Some(stop) = round.stops.iter().find(|s| s.order == tick.line.order) else {
        return Err(Refusal::UnknownOrder.into());
    };
    if tick.line.outcome == Outcome::Cancelled {
        return Err(Refusal::UnknownOrder.into());
    }
    let _: Order = deliverable(tx, stop.order)?;
    super::open_day(tx, round.date)
}

/// The address that a round's slip names, if the house has one for phones.
pub(super) fn link(
    tx: &Transaction<'_>,
    house: &House,
    round: RoundId,
) -> Result<String, StoreError> {
    let base = house.settings.web.public_url.trim_end_matches('/');
    if base.is_empty() {
        return Ok(String::new());
    }
    let secret = if let Some(secret) = phone::secret(tx)? {
        secret
    } else {
        let made = crate::accounts::random_token();
        phone::keep_secret(tx, &made)?;
        made
    };
    Ok(format!("{base}/r/{}", token_of(&secret, round)))
}

/// HMAC-SHA256 (RFC 2104) of the round under the house's secret.
fn mac(secret: &str, round: RoundId) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(round.0.as_bytes());
    Some(mac)
}

fn token_of(secret: &str, round: RoundId) -> String {
    let Some(mac) = mac(secret, round) else { return String::new() };
    let bytes = mac.finalize().into_bytes();
    bytes.iter().take(LENGTH).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

fn is_token_of(secret: &str, round: RoundId, token: &str) -> bool {
    let right = token_of(secret, round);
    // Every letter is compared, so that the time it takes tells nothing.
    token.len() == LENGTH
        && right.len() == LENGTH
        && right.bytes().zip(token.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
