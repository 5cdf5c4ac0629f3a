//! How `SQLite` goes about each statement of the store: none of those that somebody waits for looks
//! through a table that grows from day to day. The plan is the same for an empty database and for ten
//! years, for nobody gathers statistics.

use std::collections::BTreeMap;
use std::path::Path;

use clubhouse_kiosk::store::Store;
use rusqlite::Connection;
use tempfile::TempDir;

/// Tables that grow from day to day.
const GROWING: [&str; 24] = [
    "service_days",
    "menus",
    "orders",
    "order_events",
    "ledger_entries",
    "rounds",
    "print_jobs",
    "print_attempts",
    "stops",
    "visits",
    "visit_corrections",
    "visit_postings",
    "welfare_checks",
    "check_steps",
    "duty",
    "round_changes",
    "help_calls",
    "cash_counts",
    "knocks",
    "phone_ticks",
    "desk_history",
    "audit_reads",
    "cooked_portions",
    "program_requests",
];

/// What may look at everything, by how it begins, and why.
const MAY: [(&str, &str); 13] = [
    // Lists are brought in now and then; SQLite looks for rows that point to a new one.
    ("INSERT INTO volunteers", "a volunteer is written"),
    ("INSERT INTO residents", "a resident is written"),
    ("INSERT INTO buildings", "a building is written"),
    ("DELETE FROM buildings", "a compound is replaced by another one"),
    ("SELECT c.*, o.number FROM welfare_checks c LEFT JOIN orders o", "goes on with a WHERE"),
    (
        "SELECT service_date FROM menus",
        "pictures of every dish are looked for, at the command line",
    ),
    ("SELECT count(*) FROM orders", "a copy is proved"),
    // One person's data is handed out or taken out of every text, on demand.
    ("SELECT * FROM knocks WHERE resident_id", "handed out"),
    ("SELECT kind, service_date, state, created_at", "handed out"),
    ("SELECT at, account, what, detail FROM desk_history WHERE subject", "handed out"),
    ("DELETE FROM knocks WHERE resident_id", "taken out"),
    ("UPDATE round_changes SET said = '' WHERE instr", "taken out"),
    ("SELECT seq, service_date, ticket FROM print_jobs", "taken out"),
];

/// What stands in a statement's braces.
const BRACES: [(&str, &str); 5] = [
    ("{column}", "low_at"),
    ("{which}", "service_date < ?1"),
    ("{closed}", "service_date < ?1 AND closed_at IS NOT NULL"),
    ("{orders}", "(SELECT id FROM orders WHERE resident_id = ?1)"),
    ("{checks}", "(SELECT id FROM welfare_checks WHERE resident_id = ?1)"),
];

/// The texts in quotation marks of a source.
fn texts(source: &str) -> Vec<String> {
    let (mut found, mut text, mut inside) = (Vec::new(), String::new(), false);
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, inside) {
            ('\\', true) => text.extend(letters.next()),
            ('"', true) => {
                found.push(std::mem::take(&mut text));
                inside = false;
            }
            (letter, true) => text.push(letter),
            ('\'', false) if letters.peek() == Some(&'"') => drop(letters.next()),
            ('/', false) if letters.peek() == Some(&'/') => {
                while letters.next().is_some_and(|letter| letter != '\n') {}
            }
            ('"', false) => inside = true,
            _ => {}
        }
    }
    found
}

/// Every statement of the store, with the file it stands in.
fn statements() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let source = std::fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap();
        let consts: Vec<(String, String)> = source
            .split("\nconst ")
            .skip(1)
            .filter_map(|rest| {
                let (name, value) = rest.split_once(": &str =")?;
                Some((format!("{{{name}}}"), texts(value).into_iter().next()?))
            })
            .collect();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        for text in texts(source) {
            let begins = ["SELECT ", "UPDATE ", "DELETE ", "INSERT ", "WITH "];
            if !begins.iter().any(|word| text.trim_start().starts_with(word)) {
                continue;
            }
            let mut sql = text;
            for _ in 0..2 {
                for (name, value) in &consts {
                    sql = sql.replace(name, value);
                }
                for (name, value) in BRACES {
                    sql = sql.replace(name, value);
                }
            }
            // Of old lines, or of what has a date.
            let table = if sql.contains("service_date") { "orders" } else { "audit_reads" };
            let sql = sql.replace("{table}", table);
            // An empty object is data.
            let left = sql.replace("'{}'", "");
            assert!(!left.contains('{'), "{file}: say in BRACES what those of “{sql}” hold");
            all.push((file.clone(), sql));
        }
    }
    all
}

/// What the names after FROM, JOIN, UPDATE and INTO stand for.
fn aliases(sql: &str) -> BTreeMap<String, String> {
    let plain = sql.replace(['(', ')', ','], " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut known = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        if ["FROM", "JOIN", "UPDATE", "INTO"].contains(word)
            && let Some(table) = words.get(at + 1)
        {
            known.insert((*table).to_owned(), (*table).to_owned());
            if let Some(alias) = words.get(at + 2) {
                known.insert((*alias).to_owned(), (*table).to_owned());
            }
        }
    }
    known
}

/// Growing tables that a statement looks through from end to end.
fn scanned(db: &Connection, sql: &str) -> Result<Vec<String>, rusqlite::Error> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let count = statement.parameter_count();
    let nothing = vec![rusqlite::types::Null; count];
    let steps: Vec<String> = statement
        .query_map(rusqlite::params_from_iter(nothing), |row| row.get(3))?
        .collect::<Result<_, _>>()?;
    let sorted = steps.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
    // The first few in the order of a key, or of a partial index, are no more after ten years.
    let few = sql.contains("LIMIT") && !sorted;
    let known = aliases(sql);
    let through = steps.iter().filter_map(|step| {
        let name = step.strip_prefix("SCAN ")?.split_whitespace().next()?;
        let table = known.get(name).map_or(name, String::as_str);
        let partial = PARTIAL.iter().any(|index| step.contains(index));
        (GROWING.contains(&table) && !few && !partial).then(|| format!("{table}: {step}"))
    });
    Ok(through.collect())
}

/// Indexes of the few rows that are open.
const PARTIAL: [&str; 4] =
    ["print_jobs_waiting", "print_attempts_open", "welfare_open", "help_calls_open"];

#[test]
fn no_statement_looks_through_what_grows() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("lunch.sqlite");
    drop(Store::open(&path).unwrap());
    let db = Connection::open(&path).unwrap();
    let all = statements();
    assert!(all.len() > 150, "{} statements", all.len());
    let mut through = Vec::new();
    for (file, sql) in &all {
        let may = MAY.iter().any(|(begins, _)| sql.trim_start().starts_with(begins));
        let scanned = scanned(&db, sql).unwrap_or_else(|e| panic!("{file}: {e}: {sql}"));
        if !may && !scanned.is_empty() {
            let words: Vec<&str> = sql.split_whitespace().collect();
            through.push(format!("{file}: {scanned:?} in {}", words.join(" ")));
        }
    }
    assert!(through.is_empty(), "{through:#?}");
}
