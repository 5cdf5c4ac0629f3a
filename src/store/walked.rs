//! What rounds of past dates say of people: at which doors they are known, and how long they walked.

use rusqlite::{Connection, params};
use std::collections::BTreeMap;

use super::StoreError;
use super::convert::parsed;
use crate::domain::{Door, ServiceDate, VolunteerId};

/// The doors at which each volunteer handed over a meal from `from` on and before `until`.
pub fn known_doors(
    db: &Connection,
    from: ServiceDate,
    until: ServiceDate,
) -> Result<BTreeMap<VolunteerId, Vec<Door>>, StoreError> {
    let mut statement = db.prepare_cached(
        // From the orders of these dates on: a round carries those of its own date.
        "SELECT DISTINCT r.volunteer_id, o.building, o.floor, o.flat
         FROM orders o CROSS JOIN visits_now v ON v.order_id = o.id CROSS JOIN rounds r ON r.id = v.round_id
         WHERE o.service_date >= ?1 AND o.service_date < ?2
            AND v.outcome IN ('delivered', 'left_with') AND o.building IS NOT NULL
         ORDER BY r.volunteer_id, o.building, o.floor, o.flat",
    )?;
    let rows = statement.query_map(params![from.to_string(), until.to_string()], |row| {
        let door = Door {
            building: row.get("building")?,
            floor: row.get("floor")?,
            flat: row.get("flat")?,
        };
        Ok((parsed(row, "volunteer_id")?, door))
    })?;
    let mut known: BTreeMap<VolunteerId, Vec<Door>> = BTreeMap::new();
    for row in rows {
        let (volunteer, door) = row?;
        known.entry(volunteer).or_default().push(door);
    }
    Ok(known)
}

/// Seconds each volunteer was out on rounds from `from` on and before `until`.
pub fn seconds(
    db: &Connection,
    from: ServiceDate,
    until: ServiceDate,
) -> Result<BTreeMap<VolunteerId, i64>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT volunteer_id, sum(duration_s) FROM rounds
         WHERE service_date >= ?1 AND service_date < ?2 AND state IN ('out', 'handed_in')
         GROUP BY volunteer_id ORDER BY volunteer_id",
    )?;
    let rows = statement.query_map(params![from.to_string(), until.to_string()], |row| {
        Ok((parsed(row, "volunteer_id")?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
