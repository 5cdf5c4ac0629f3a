-- People who run lunch from a browser: accounts, sessions, what they did and what they looked at.

CREATE TABLE accounts (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    role        TEXT NOT NULL CHECK (role IN ('office', 'kitchen', 'dispatcher', 'building_leader')),
    building    TEXT REFERENCES buildings (number),
    password    TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    disabled_at INTEGER,
    CHECK (role <> 'building_leader' OR building IS NOT NULL)
) STRICT;

-- A session is found by the hash of its token: whoever reads the file can't use it.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    form_token TEXT NOT NULL,
    began_at   INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account_id);

CREATE TABLE wrong_passwords (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL,
    address TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX wrong_passwords_by_time ON wrong_passwords (at);

-- What was changed at the desk, and which resident's data was looked at; appended only.
CREATE TABLE desk_history (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    account TEXT NOT NULL,
    what    TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    detail  TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX desk_history_by_time ON desk_history (at);
CREATE TABLE audit_reads (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    account     TEXT NOT NULL,
    page        TEXT NOT NULL,
    resident_id TEXT
) STRICT;
CREATE INDEX audit_reads_by_resident ON audit_reads (resident_id) WHERE resident_id IS NOT NULL;
CREATE TRIGGER desk_history_append BEFORE UPDATE ON desk_history BEGIN SELECT RAISE(ABORT, 'desk_history is append-only'); END;
CREATE TRIGGER audit_reads_append BEFORE UPDATE OF at, account, page ON audit_reads BEGIN SELECT RAISE(ABORT, 'audit_reads is append-only'); END;

-- Somebody at the screen or with the button needs a person.
CREATE TABLE help_calls (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    answered_at INTEGER,
    answered_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX help_calls_open ON help_calls (at) WHERE answered_at IS NULL;
