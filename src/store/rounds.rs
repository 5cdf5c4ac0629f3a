//! Rounds and their stops.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use super::convert::{broken, maybe_parsed, maybe_timestamp, millis, parsed, timestamp};
use crate::domain::{Door, Fen, Round, RoundId, RoundState, ServiceDate, Stop, VolunteerId};

/// Writes a new round with its stops.
pub fn insert(tx: &Transaction<'_>, round: &Round, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO rounds (id, service_date, number, volunteer_id, trip, revision, state, depart_at,
            duration_s, created_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)",
    )?
    .execute(params![
        round.id.to_string(),
        round.date.to_string(),
        round.number,
        round.volunteer.to_string(),
        round.trip,
        round.revision,
        round.state.as_str(),
        millis(round.depart_at),
        round.duration_s,
        millis(now),
    ])?;
    insert_stops(tx, round)
}

/// Writes who walks a round, when, and its stops; number and state stay.
pub fn update(tx: &Transaction<'_>, round: &Round, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE rounds SET volunteer_id = ?2, trip = ?3, revision = ?4, depart_at = ?5,
            duration_s = ?6, changed_at = ?7
         WHERE id = ?1",
    )?
    .execute(params![
        round.id.to_string(),
        round.volunteer.to_string(),
        round.trip,
        round.revision,
        millis(round.depart_at),
        round.duration_s,
        millis(now),
    ])?;
    tx.prepare_cached("DELETE FROM stops WHERE round_id = ?1")?.execute([round.id.to_string()])?;
    insert_stops(tx, round)
}

fn insert_stops(tx: &Transaction<'_>, round: &Round) -> Result<(), StoreError> {
    let mut stop = tx.prepare_cached(
        "INSERT INTO stops (round_id, position, order_id, arrive_at, pinned) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (s, position) in round.stops.iter().zip(0_i64..) {
        stop.execute(params![
            round.id.to_string(),
            position,
            s.order.to_string(),
            millis(s.arrive_at),
            s.pinned
        ])?;
    }
    Ok(())
}

/// Sets how far a round has come.
pub fn set_state(
    tx: &Transaction<'_>,
    id: RoundId,
    state: RoundState,
    now: Timestamp,
) -> Result<(), StoreError> {
    // The moment of leaving and the moment of coming back are noted once.
    tx.prepare_cached(
        "UPDATE rounds SET state = ?2, changed_at = ?3,
            left_at = CASE WHEN ?2 = 'out' THEN coalesce(left_at, ?3) ELSE left_at END,
            back_at = CASE WHEN ?2 = 'handed_in' THEN coalesce(back_at, ?3) ELSE back_at END
         WHERE id = ?1",
    )?
    .execute(params![id.to_string(), state.as_str(), millis(now)])?;
    Ok(())
}

/// Takes back that a round was handed in: it is out as before.
pub fn reopen(tx: &Transaction<'_>, id: RoundId, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE rounds SET state = 'out', changed_at = ?2, back_at = NULL WHERE id = ?1",
    )?
    .execute(params![id.to_string(), millis(now)])?;
    Ok(())
}

/// A round by id.
pub fn get(db: &Connection, id: RoundId) -> Result<Option<Round>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM rounds WHERE id = ?1")?;
    let mut rows = statement.query_map([id.to_string()], read)?;
    rows.next().transpose()?.map(|round| with_stops(db, round)).transpose()
}

/// The rounds of a date that stand, by number.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<Round>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM rounds WHERE service_date = ?1 AND state <> 'withdrawn' ORDER BY number",
    )?;
    let rows = statement.query_map([date.to_string()], read)?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(|round| with_stops(db, round)).collect()
}

/// The round of a volunteer on a date that stands: the first that is not handed in, or the last one.
pub fn of_volunteer(
    db: &Connection,
    date: ServiceDate,
    volunteer: VolunteerId,
) -> Result<Option<Round>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM rounds WHERE service_date = ?1 AND volunteer_id = ?2 AND state <> 'withdrawn'
         ORDER BY state = 'handed_in', CASE state WHEN 'handed_in' THEN -trip ELSE trip END, number
         LIMIT 1",
    )?;
    let mut rows = statement.query_map(params![date.to_string(), volunteer.to_string()], read)?;
    rows.next().transpose()?.map(|round| with_stops(db, round)).transpose()
}

/// The last round number given on a date, withdrawn ones included.
pub fn last_number(db: &Connection, date: ServiceDate) -> Result<u32, StoreError> {
    Ok(db
        .prepare_cached("SELECT coalesce(max(number), 0) FROM rounds WHERE service_date = ?1")?
        .query_row([date.to_string()], |row| row.get(0))?)
}

fn with_stops(db: &Connection, mut round: Round) -> Result<Round, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT s.order_id, s.arrive_at, s.pinned, o.number, o.building, o.floor, o.flat, o.portions,
                (SELECT v.outcome FROM visits_now v WHERE v.order_id = s.order_id) AS outcome,
                (SELECT v.at FROM visits_now v WHERE v.order_id = s.order_id) AS visited_at,
                (SELECT coalesce(sum(l.amount_fen), 0) FROM ledger_entries l
                 WHERE l.order_id = o.id AND l.account = 'receivable') AS owed
         FROM stops s JOIN orders o ON o.id = s.order_id
         WHERE s.round_id = ?1 ORDER BY s.position",
    )?;
    let rows = statement.query_map([round.id.to_string()], |row| {
        let building: Option<String> = row.get("building")?;
        Ok(Stop {
            order: parsed(row, "order_id")?,
            number: row.get("number")?,
            door: Door {
                building: building.ok_or_else(|| broken(&"a stop without a door"))?,
                floor: row.get("floor")?,
                flat: row.get("flat")?,
            },
            portions: row.get("portions")?,
            arrive_at: timestamp(row, "arrive_at")?,
            collect: Fen(row.get("owed")?),
            visited: maybe_parsed(row, "outcome")?,
            visited_at: maybe_timestamp(row, "visited_at")?,
            pinned: row.get("pinned")?,
        })
    })?;
    round.stops = rows.collect::<Result<_, _>>()?;
    Ok(round)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Round> {
    Ok(Round {
        id: parsed(row, "id")?,
        date: parsed(row, "service_date")?,
        number: row.get("number")?,
        volunteer: parsed(row, "volunteer_id")?,
        trip: row.get("trip")?,
        revision: row.get("revision")?,
        state: parsed(row, "state")?,
        depart_at: timestamp(row, "depart_at")?,
        duration_s: row.get("duration_s")?,
        left_at: maybe_timestamp(row, "left_at")?,
        back_at: maybe_timestamp(row, "back_at")?,
        stops: Vec::new(),
    })
}
