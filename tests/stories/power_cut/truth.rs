//! What is on a disk against what was told before a moment. Says the first thing that is wrong, so
//! that a disk on which something must be wrong can be looked at as well.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::promises::{From, Promise, Promises, Version};

/// What is wrong.
pub type Wrong = String;

struct Row {
    id: String,
    date: String,
    number: u32,
    version: Version,
    way: String,
    resident: Option<String>,
}

/// A database that a program may be working on.
pub fn open(path: &Path) -> Connection {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    db.busy_timeout(Duration::from_secs(20)).unwrap();
    db
}

/// All of it in one state: orders as promised before `cut`, and books that add up.
pub fn audit(db: &Connection, promises: &Promises, cut: u64) -> Result<usize, Wrong> {
    db.execute_batch("BEGIN").map_err(|e| e.to_string())?;
    let audited = rows(db).and_then(|rows| {
        numbers(db, &rows)?;
        promises.with(|all| orders(&rows, all, cut))?;
        days(db, promises, cut)?;
        sound(db)?;
        Ok(rows.len())
    });
    // Nothing was changed: the end of reading can't fail in a way that matters.
    let _ = db.execute_batch("COMMIT");
    audited
}

fn rows(db: &Connection) -> Result<Vec<Row>, Wrong> {
    let sql = "SELECT id, service_date, number, portions, preferences, total_fen, fulfilment, resident_id, state
               FROM orders ORDER BY service_date, number";
    let mut statement = db.prepare(sql).map_err(|e| e.to_string())?;
    let rows = statement.query_map([], |row| {
        let wishes: serde_json::Value =
            serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default();
        let version = Version {
            portions: row.get(3)?,
            note: wishes["note"].as_str().unwrap_or_default().to_owned(),
            total_fen: Some(row.get(5)?),
            cancelled: row.get::<_, String>(8)? == "cancelled",
        };
        Ok(Row {
            id: row.get(0)?,
            date: row.get(1)?,
            number: row.get(2)?,
            version,
            way: row.get(6)?,
            resident: row.get(7)?,
        })
    });
    rows.and_then(Iterator::collect).map_err(|e| e.to_string())
}

/// Numbers of each date count up without a gap, and the day knows the last one.
fn numbers(db: &Connection, rows: &[Row]) -> Result<(), Wrong> {
    let mut last: BTreeMap<&str, u32> = BTreeMap::new();
    for row in rows {
        let before = last.entry(&row.date).or_default();
        if row.number != *before + 1 {
            return Err(format!("{}: number {} follows {before}", row.date, row.number));
        }
        *before = row.number;
    }
    let days: Vec<(String, u32)> =
        list(db, "SELECT service_date, last_number FROM service_days", |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    for (date, number) in days {
        if last.get(date.as_str()).copied().unwrap_or(0) != number {
            return Err(format!("{date} says that its last number is {number}"));
        }
    }
    Ok(())
}

fn orders(rows: &[Row], promises: &[Promise], cut: u64) -> Result<(), Wrong> {
    let by_id: BTreeMap<&str, &Row> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
    let by_note: BTreeMap<&str, &Row> = rows
        .iter()
        .filter(|row| !row.version.note.is_empty())
        .map(|row| (row.version.note.as_str(), row))
        .collect();
    let mut known = BTreeSet::new();
    let mut doubtful = Vec::new();
    for promise in promises.iter().filter(|p| p.wishes[0].asked <= cut) {
        let (versions, may_miss) = promise.may_be(cut);
        let found = match (&promise.told, may_miss) {
            // What was told later may be there by now.
            (Some((id, _)), _) => by_id.get(id.as_str()),
            (None, _) => by_note.get(promise.wishes[0].version.note.as_str()),
        };
        let Some(row) = found else {
            if !may_miss {
                return Err(format!("an acknowledged order is missing: {promise:?}"));
            }
            if promise.from == From::Screen && !promise.refused {
                doubtful.push(promise);
            }
            continue;
        };
        if promise.refused {
            return Err(format!("an order that was refused is there: {promise:?}"));
        }
        let same_number = promise.told.as_ref().is_none_or(|(_, number)| *number == row.number);
        let same = same_number
            && row.date == promise.date.to_string()
            && row.way == promise.way.as_str()
            && (promise.resident.is_none() || promise.resident == row.resident)
            && versions.iter().any(|version| fits(version, &row.version));
        if !same {
            return Err(format!(
                "number {} of {} is not as promised: {:?}, {promise:?}",
                row.number, row.date, row.version
            ));
        }
        known.insert(row.id.as_str());
    }
    for row in rows.iter().filter(|row| !known.contains(row.id.as_str())) {
        // At the screen a touch was under way whose number nobody saw.
        let at = doubtful.iter().position(|p| {
            row.date == p.date.to_string()
                && row.way == p.way.as_str()
                && row.version.portions == p.wishes[0].version.portions
        });
        match at {
            Some(at) => {
                doubtful.swap_remove(at);
            }
            None => return Err(format!("nobody asked for number {} of {}", row.number, row.date)),
        }
    }
    Ok(())
}

/// A version that was asked for has no price before it is told.
fn fits(promised: &Version, found: &Version) -> bool {
    let total = promised.total_fen.is_none() || promised.total_fen == found.total_fen;
    let same = promised.portions == found.portions && promised.note == found.note;
    total && same && promised.cancelled == found.cancelled
}

/// What the staff were told of days and doors.
fn days(db: &Connection, promises: &Promises, cut: u64) -> Result<(), Wrong> {
    for date in promises.closed(cut) {
        let sql =
            "SELECT count(*) FROM service_days WHERE service_date = ?1 AND closed_at IS NOT NULL";
        let closed: u32 =
            db.query_row(sql, [date.to_string()], |row| row.get(0)).map_err(|e| e.to_string())?;
        if closed != 1 {
            return Err(format!("{date} was told to be closed, and is not"));
        }
    }
    let visits: Vec<String> = list(db, "SELECT order_id FROM visits", |row| row.get(0))?;
    let visits: BTreeSet<String> = visits.into_iter().collect();
    match promises.visited(cut).into_iter().find(|order| !visits.contains(order)) {
        Some(order) => Err(format!("the visit for {order} was told to be written down")),
        None => Ok(()),
    }
}

/// Books that add up whatever was promised: each line finds nothing on a sound disk.
const SOUND: [(&str, &str); 9] = [
    (
        "a posting does not add up",
        "SELECT posting FROM ledger_entries GROUP BY posting HAVING sum(amount_fen) <> 0",
    ),
    (
        "portions sold are not those ordered",
        "SELECT d.service_date FROM service_days d LEFT JOIN orders o
            ON o.service_date = d.service_date AND o.state <> 'cancelled'
         GROUP BY d.service_date HAVING d.sold <> coalesce(sum(o.portions), 0)",
    ),
    (
        "more was sold than there is",
        "SELECT d.service_date FROM service_days d JOIN menus m USING (service_date) WHERE d.sold > m.portions",
    ),
    (
        "an order's money is not what its state says",
        "SELECT o.id FROM orders o LEFT JOIN (
            SELECT order_id, sum(iif(account = 'sales', -amount_fen, 0)) AS sold,
                sum(iif(account = 'receivable', amount_fen, 0)) AS owed
            FROM ledger_entries GROUP BY order_id) l ON l.order_id = o.id
         WHERE CASE
            WHEN o.state = 'cancelled' OR (o.state = 'not_collected' AND o.payment = 'due')
                THEN coalesce(l.sold, 0) <> 0 OR coalesce(l.owed, 0) <> 0
            WHEN o.state = 'returned' THEN coalesce(l.owed, 0) <> 0
            ELSE coalesce(l.sold, 0) <> o.total_fen OR (coalesce(l.owed, 0) > 0) <> (o.payment = 'due') END",
    ),
    (
        "a prepaid account is not its top-ups less what was bought from it",
        "SELECT l.resident_id FROM ledger_entries l WHERE l.account = 'prepaid'
         GROUP BY l.resident_id HAVING -sum(l.amount_fen) <> (
            SELECT coalesce(-sum(t.amount_fen), 0) FROM ledger_entries t
            WHERE t.resident_id = l.resident_id AND t.account = 'prepaid' AND t.order_id IS NULL) - (
            SELECT coalesce(sum(o.total_fen), 0) FROM orders o
            WHERE o.resident_id = l.resident_id AND o.payment = 'paid' AND o.method = 'account')",
    ),
    (
        "an order is without one of its papers",
        "SELECT o.id FROM orders o, (SELECT 'kitchen' AS kind UNION SELECT 'slip') k
         WHERE NOT EXISTS (SELECT 1 FROM print_jobs j WHERE j.order_id = o.id AND j.kind = k.kind)",
    ),
    (
        "a kitchen ticket went out twice without its mark",
        "SELECT order_id FROM print_jobs WHERE kind = 'kitchen' AND duplicate = 0
            AND order_id IS NOT NULL AND state IN ('sending', 'sent', 'confirmed', 'uncertain')
         GROUP BY order_id HAVING count(*) > 1",
    ),
    (
        "a door is on two rounds, or an order that is not delivered on one",
        "SELECT s.order_id FROM stops s JOIN rounds r ON r.id = s.round_id JOIN orders o ON o.id = s.order_id
         WHERE r.state IN ('planned', 'out')
         GROUP BY s.order_id HAVING count(*) > 1 OR max(o.fulfilment <> 'delivery') = 1",
    ),
    ("a row points to nothing", "SELECT \"table\" FROM pragma_foreign_key_check"),
];

fn sound(db: &Connection) -> Result<(), Wrong> {
    for (what, sql) in SOUND {
        let found: Vec<String> = list(db, sql, |row| row.get(0))?;
        if !found.is_empty() {
            return Err(format!("{what}: {found:?}"));
        }
    }
    Ok(())
}

fn list<T>(
    db: &Connection,
    sql: &str,
    map: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Wrong> {
    let mut statement = db.prepare(sql).map_err(|e| e.to_string())?;
    let found = statement.query_map([], |row| map(row)).and_then(Iterator::collect);
    found.map_err(|e| e.to_string())
}

/// Every file that bears the name of a backup is whole and holds what was told before `told`.
pub fn backups(
    data: &Path,
    promises: &Promises,
    told: &BTreeMap<String, u64>,
) -> Result<usize, Wrong> {
    let Ok(folder) = std::fs::read_dir(data.join("backups")) else { return Ok(0) };
    let mut seen = 0;
    for entry in folder {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "sqlite") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // No journal lies beside a copy that is whole, so none is looked for.
        let uri = format!("file:{}?immutable=1", path.display());
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let db = Connection::open_with_flags(uri, flags).map_err(|e| format!("{name}: {e}"))?;
        let verdict: String = db
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .map_err(|e| format!("{name}: {e}"))?;
        if verdict != "ok" {
            return Err(format!("{name}: {verdict}"));
        }
        let rows = rows(&db).map_err(|e| format!("{name}: {e}"))?;
        numbers(&db, &rows).and_then(|()| sound(&db)).map_err(|e| format!("{name}: {e}"))?;
        if let Some(begun) = told.get(&name) {
            let here: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            let missing = promises.with(|all| {
                all.iter()
                    .filter(|p| p.wishes[0].told.is_some_and(|told| told <= *begun))
                    .filter_map(|p| p.told.clone())
                    .find(|(id, _)| !here.contains(id.as_str()))
            });
            if let Some((_, number)) = missing {
                return Err(format!("{name} lacks number {number}"));
            }
        }
        seen += 1;
    }
    Ok(seen)
}
