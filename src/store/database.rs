//! Opening the file, and the two ways to use it: read, and write in one immediate transaction.

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::StoreError;
use crate::disk::beside;

const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../migrations/0001_initial.sql")),
    M::up(include_str!("../../migrations/0002_rounds.sql")),
    M::up(include_str!("../../migrations/0003_paper.sql")),
    M::up(include_str!("../../migrations/0004_unfinished.sql")),
    M::up(include_str!("../../migrations/0005_corrections.sql")),
    M::up(include_str!("../../migrations/0006_by_date.sql")),
    M::up(include_str!("../../migrations/0007_desk.sql")),
    M::up(include_str!("../../migrations/0008_money.sql")),
    M::up(include_str!("../../migrations/0009_phone.sql")),
    M::up(include_str!("../../migrations/0010_rounds.sql")),
    M::up(include_str!("../../migrations/0011_care.sql")),
    M::up(include_str!("../../migrations/0012_programs.sql")),
    M::up(include_str!("../../migrations/0013_drafts.sql")),
    M::up(include_str!("../../migrations/0014_years.sql")),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// The number of the newest schema that this program knows.
pub fn newest_schema() -> i64 {
    STEPS.len() as i64
}

/// How long a writer waits for another one.
const BUSY: Duration = Duration::from_secs(5);

/// A file of so many bytes is looked at in a second, even by a Raspberry Pi from its card.
const SHORT_LOOK: u64 = 64 << 20;

/// Idle connections kept; more are opened under load and closed afterwards.
const POOL: usize = 4;

/// The database, shared by every part of the program.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    /// When a write last became durable.
    written: Mutex<Option<Instant>>,
}

impl Store {
    /// Opens the file, making it if there is none, checks it and brings it to this version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, Look::Whole)
    }

    /// Opens it for somebody who waits in front of the screen: the whole file is looked at now only
    /// if a look found it damaged, or if its last use was cut off and the look is short. Otherwise it
    /// is left to [`Store::check`], which takes seconds once a year is in it and a minute once ten are;
    /// what a power cut leaves, `SQLite` settles by its log.
    pub fn open_to_serve(path: &Path) -> Result<Self, StoreError> {
        let short = std::fs::metadata(path).is_ok_and(|file| file.len() <= SHORT_LOOK);
        let doubtful = mark_of(path).exists() || (was_cut_off(path) && short);
        Self::open_with(path, if doubtful { Look::Whole } else { Look::Head })
    }

    /// Looks at the whole file beside those who use it. If it is damaged, a mark beside the file
    /// lets nobody open it to serve before it is mended.
    pub fn check(&self) -> Result<(), StoreError> {
        let path = self.path();
        let verdict = check(path, &connect(path)?);
        if matches!(verdict, Err(StoreError::Damaged { .. })) {
            // Without it the damage is found again, only later.
            let _ = std::fs::write(mark_of(path), b"");
        }
        verdict
    }

    fn open_with(path: &Path, look: Look) -> Result<Self, StoreError> {
        let fresh = !path.exists();
        if fresh {
            make_private(path)?;
        }
        let mut connection = connect(path)?;
        if !fresh && look == Look::Whole {
            check(path, &connection)?;
            // A file that was put in its place is whole; without the mark there is none to remove.
            let _ = std::fs::remove_file(mark_of(path));
        }
        let known = newest_schema();
        let found: i64 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(|e| damaged(path, &e))?;
        if found > known {
            return Err(StoreError::Newer { path: path.to_owned(), found, known });
        }
        MIGRATIONS.to_latest(&mut connection)?;
        let idle = Mutex::new(vec![connection]);
        Ok(Self {
            shared: Arc::new(Shared { path: path.to_owned(), idle, written: Mutex::new(None) }),
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Reads a consistent state.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.take()?;
        let tx = connection.transaction().map_err(StoreError::from)?;
        let result = work(&tx);
        drop(tx);
        self.put_back(connection);
        result
    }

    /// Runs `work` in one immediate transaction: all of it is durable when this returns `Ok`, and
    /// none of it happened when it returns `Err`.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.take()?;
        let tx = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let value = work(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        *self.shared.written.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        self.put_back(connection);
        Ok(value)
    }

    /// Whether anybody's write became durable within this time.
    pub fn written_within(&self, time: Duration) -> bool {
        let written = *self.shared.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.is_some_and(|at| at.elapsed() < time)
    }

    /// Copies the whole database, as it is now, into a new file while others go on using it.
    ///
    /// One state is held meanwhile: without that, each order taken in between would start the copy anew.
    pub fn backup_to(&self, target: &Path) -> Result<(), StoreError> {
        let source = self.take()?;
        source.execute_batch("BEGIN")?;
        source.pragma_query_value(None, "schema_version", |_| Ok(()))?;
        let open = |source| StoreError::Open { path: target.to_owned(), source };
        make_private(target)?;
        let mut copy = Connection::open(target).map_err(open)?;
        {
            let backup = rusqlite::backup::Backup::new(&source, &mut copy)?;
            backup.run_to_completion(256, Duration::from_millis(5), None)?;
        }
        source.execute_batch("COMMIT")?;
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        check(target, &copy)?;
        self.put_back(source);
        Ok(())
    }

    /// Moves what is in the write-ahead log into the file, so that the file alone is everything. What
    /// somebody else still reads stays in the log, which is as safe.
    pub fn settle(&self) -> Result<(), StoreError> {
        let connection = self.take()?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        self.put_back(connection);
        Ok(())
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| connect(&self.shared.path), Ok)
    }

    fn put_back(&self, connection: Connection) {
        let mut idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < POOL {
            idle.push(connection);
        }
    }
}

/// How much of a file is looked at before it is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Its head: that it is a database, and of which version.
    Head,
    /// Every page.
    Whole,
}

/// The mark that a look found the file damaged.
fn mark_of(path: &Path) -> PathBuf {
    beside(path, "-damaged")
}

/// Whether whoever used the file last did not come to close it: then `SQLite`'s log is left.
fn was_cut_off(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |source| StoreError::Open { path: path.to_owned(), source };
    let connection = Connection::open_with_flags(path, flags).map_err(open)?;
    connection.busy_timeout(BUSY).map_err(open)?;
    let set = || -> rusqlite::Result<()> {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // Durable once told: an acknowledged order survives a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        connection.pragma_update(None, "trusted_schema", "OFF")
    };
    set().map_err(|e| match StoreError::from(e) {
        StoreError::Sql(e) if is_damage(&e) => damaged(path, &e),
        StoreError::Sql(e) => open(e),
        other => other,
    })?;
    Ok(connection)
}

/// Makes an empty file that only its owner reads: it will hold names and doors. `SQLite` gives the
/// same rights to the files beside it.
fn make_private(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::OpenOptionsExt;
    let made = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path);
    made.map(drop).map_err(|source| StoreError::Make { path: path.to_owned(), source })
}

fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
}

fn damaged(path: &Path, detail: &impl ToString) -> StoreError {
    StoreError::Damaged { path: path.to_owned(), detail: detail.to_string() }
}

/// `SQLite`'s own check of the whole file.
fn check(path: &Path, connection: &Connection) -> Result<(), StoreError> {
    let verdict: String = connection
        .pragma_query_value(None, "quick_check", |row| row.get(0))
        .map_err(|e| damaged(path, &e))?;
    // SQLite lists every broken page below a heading; the first says enough.
    let first = verdict.lines().find(|line| !line.starts_with("***")).unwrap_or(&verdict);
    if verdict == "ok" { Ok(()) } else { Err(damaged(path, &first)) }
}
