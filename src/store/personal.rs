//! Everything that is kept of one resident: to hand it out, and to take it out.

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Transaction, params};
use serde_json::{Map, Value};

use super::StoreError;
use super::convert::{millis, parsed};
use super::retention::empty_paper;
use crate::domain::{Door, ResidentId, ServiceDate};

/// Each list of an export: its name, and the rows of it. `?1` is the resident's id, `?2` how their door
/// is written in papers.
const LISTS: [(&str, &str); 16] = [
    ("resident", "SELECT * FROM residents WHERE id = ?1 AND ?2 = ?2"),
    ("cards", "SELECT * FROM cards WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY issued_at"),
    ("family_contacts", "SELECT * FROM family_contacts WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY position"),
    ("days_away", "SELECT * FROM pauses WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY id"),
    ("knock_consents", "SELECT * FROM knock_consents WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY id"),
    ("knocks", "SELECT * FROM knocks WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY at"),
    ("orders", "SELECT * FROM orders WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY service_date, number"),
    ("order_history", "SELECT e.* FROM order_events e JOIN orders o ON o.id = e.order_id
        WHERE o.resident_id = ?1 AND ?2 = ?2 ORDER BY e.id"),
    ("orders_left_half_done", "SELECT * FROM unfinished_orders WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY id"),
    ("money", "SELECT * FROM ledger_entries WHERE (resident_id = ?1
        OR order_id IN (SELECT id FROM orders WHERE resident_id = ?1)) AND ?2 = ?2 ORDER BY id"),
    ("visits", "SELECT v.* FROM visits_now v JOIN orders o ON o.id = v.order_id
        WHERE o.resident_id = ?1 AND ?2 = ?2 ORDER BY v.at"),
    ("welfare_checks", "SELECT * FROM welfare_checks WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY opened_at"),
    ("check_steps", "SELECT s.* FROM check_steps s JOIN welfare_checks c ON c.id = s.check_id
        WHERE c.resident_id = ?1 AND ?2 = ?2 ORDER BY s.id"),
    ("papers", "SELECT kind, service_date, state, created_at, iif(order_id IS NULL, NULL, ticket) AS ticket
        FROM print_jobs WHERE order_id IN (SELECT id FROM orders WHERE resident_id = ?1)
            OR instr(ticket, ?2) > 0 ORDER BY seq"),
    (
        "changed_at_the_desk",
        "SELECT at, account, what, detail FROM desk_history WHERE subject = ?1 AND ?2 = ?2 ORDER BY id",
    ),
    ("looked_at", "SELECT at, account, page FROM audit_reads WHERE resident_id = ?1 AND ?2 = ?2 ORDER BY id"),
];

/// Everything kept of a resident, list by list, each row as a JSON object. A paper that speaks of
/// several people is named and not quoted.
pub fn export(
    db: &Connection,
    resident: ResidentId,
    door: &Door,
) -> Result<Vec<(&'static str, Vec<Value>)>, StoreError> {
    let mut lists = Vec::new();
    for (name, sql) in LISTS {
        let mut statement = db.prepare_cached(sql)?;
        let columns: Vec<String> =
            statement.column_names().into_iter().map(ToOwned::to_owned).collect();
        let rows = statement.query_map(params![resident.to_string(), written(door)], |row| {
            let mut object = Map::new();
            for (at, column) in columns.iter().enumerate() {
                object.insert(column.clone(), value(column, row.get_ref(at)?));
            }
            Ok(Value::Object(object))
        })?;
        lists.push((name, rows.collect::<Result<_, _>>()?));
    }
    Ok(lists)
}

/// A column as a person reads it: moments as such, JSON as JSON.
fn value(column: &str, cell: ValueRef<'_>) -> Value {
    let moment = column == "at" || column.ends_with("_at");
    match cell {
        ValueRef::Integer(ms) if moment => Timestamp::from_millisecond(ms)
            .map_or(Value::from(ms), |at| Value::from(at.to_string())),
        ValueRef::Integer(number) => Value::from(number),
        ValueRef::Real(number) => Value::from(number),
        ValueRef::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let is_json = text.starts_with(['{', '[']);
            let read = is_json.then(|| serde_json::from_str(&text).ok()).flatten();
            read.unwrap_or_else(|| Value::from(text.into_owned()))
        }
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    }
}

/// A door as the papers' JSON has it.
fn written(door: &Door) -> String {
    let building = Value::from(door.building.as_str());
    format!("\"building\":{building},\"floor\":{},\"flat\":{}}}", door.floor, door.flat)
}

/// Whether a paper that speaks of a resident is still to be printed.
pub fn paper_waits(db: &Connection, resident: ResidentId, door: &Door) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT 1 FROM print_jobs WHERE state IN ('queued', 'sending') AND (instr(ticket, ?2) > 0
            OR order_id IN (SELECT id FROM orders WHERE resident_id = ?1))",
    )?;
    Ok(statement.exists(params![resident.to_string(), written(door)])?)
}

/// Takes a resident's name, door, telephone and everything said of them out of every table. Their
/// orders stay as numbers, the ledger stays as it is.
pub fn erase(
    tx: &Transaction<'_>,
    resident: ResidentId,
    door: &Door,
    now: Timestamp,
) -> Result<(), StoreError> {
    empty_papers(tx, resident, door)?;
    let id = resident.to_string();
    let orders = "(SELECT id FROM orders WHERE resident_id = ?1)";
    let checks = "(SELECT id FROM welfare_checks WHERE resident_id = ?1)";
    for sql in [
        format!("UPDATE visits SET left_with = '' WHERE left_with <> '' AND order_id IN {orders}"),
        format!("UPDATE visit_corrections SET left_with = '' WHERE left_with <> '' AND order_id IN {orders}"),
        format!("UPDATE check_steps SET note = '' WHERE note <> '' AND check_id IN {checks}"),
        "UPDATE welfare_checks SET resident_id = NULL, floor = 0, flat = 0, finding = '', closed_by = ''
            WHERE resident_id = ?1".to_owned(),
        "UPDATE orders SET resident_id = NULL, floor = iif(floor IS NULL, NULL, 0),
            flat = iif(flat IS NULL, NULL, 0), allergies = '[]',
            preferences = json_set(preferences, '$.note', '') WHERE resident_id = ?1".to_owned(),
        "DELETE FROM family_contacts WHERE resident_id = ?1".to_owned(),
        "DELETE FROM pauses WHERE resident_id = ?1".to_owned(),
        "DELETE FROM knock_consents WHERE resident_id = ?1".to_owned(),
        "DELETE FROM knocks WHERE resident_id = ?1".to_owned(),
        "DELETE FROM cards WHERE resident_id = ?1".to_owned(),
        "DELETE FROM unfinished_orders WHERE resident_id = ?1".to_owned(),
        "UPDATE audit_reads SET resident_id = NULL WHERE resident_id = ?1".to_owned(),
    ] {
        tx.execute(&sql, [&id])?;
    }
    tx.execute("UPDATE round_changes SET said = '' WHERE instr(said, ?1) > 0", [written(door)])?;
    tx.execute("DELETE FROM wrong_tries WHERE door = ?1", [door.to_string()])?;
    tx.execute(
        "UPDATE residents SET name = '', floor = 0, flat = 0, phone = '', allergies = '[]', usual = '{}',
            door_note = '', eat_by = NULL, archived_at = coalesce(archived_at, ?2) WHERE id = ?1",
        params![id, millis(now)],
    )?;
    Ok(())
}

/// Takes everything out of the papers that speak of a resident.
fn empty_papers(tx: &Transaction<'_>, resident: ResidentId, door: &Door) -> Result<(), StoreError> {
    let papers: Vec<(i64, ServiceDate, String)> = {
        let mut statement = tx.prepare_cached(
            "SELECT seq, service_date, ticket FROM print_jobs
             WHERE order_id IN (SELECT id FROM orders WHERE resident_id = ?1) OR instr(ticket, ?2) > 0",
        )?;
        let rows = statement.query_map(params![resident.to_string(), written(door)], |row| {
            Ok((row.get(0)?, parsed(row, "service_date")?, row.get(2)?))
        })?;
        rows.collect::<Result<_, _>>()?
    };
    for (seq, date, ticket) in &papers {
        let same = papers.iter().find(|(_, on, said)| on == date && said == ticket);
        empty_paper(tx, *seq, same.map_or(*seq, |(first, ..)| *first), *date, ticket)?;
    }
    Ok(())
}
