-- The volunteer's phone: what its links are made of, and what it reported.

CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- A report is known by the id that the phone gave it, so that one sent twice counts once.
CREATE TABLE phone_ticks (
    id          TEXT PRIMARY KEY,
    round_id    TEXT NOT NULL REFERENCES rounds (id),
    order_id    TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    at          INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    refused     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER phone_ticks_append BEFORE UPDATE ON phone_ticks BEGIN SELECT RAISE(ABORT, 'phone_ticks is append-only'); END;
