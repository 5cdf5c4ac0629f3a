-- What the office counts and decides about money, and what the kitchen cooked.

-- Cash counted at the close of a calendar day; the last row of a day holds, none is overwritten.
CREATE TABLE cash_counts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    date         TEXT NOT NULL,
    at           INTEGER NOT NULL,
    account      TEXT NOT NULL,
    counted_fen  INTEGER NOT NULL CHECK (counted_fen >= 0),
    -- What the ledger had for that day at that moment.
    expected_fen INTEGER NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    CHECK (counted_fen = expected_fen OR reason <> '')
) STRICT;
CREATE INDEX cash_counts_by_date ON cash_counts (date, id);
CREATE TRIGGER cash_counts_append BEFORE UPDATE ON cash_counts BEGIN SELECT RAISE(ABORT, 'cash_counts is append-only'); END;
CREATE TRIGGER cash_counts_keep BEFORE DELETE ON cash_counts BEGIN SELECT RAISE(ABORT, 'cash_counts is append-only'); END;

-- What a portion costs the eater on new days, and what is added to it by whoever subsidises lunch.
CREATE TABLE price_rules (
    category    TEXT PRIMARY KEY CHECK (category IN ('senior', 'hardship', 'volunteer', 'guest')),
    price_fen   INTEGER NOT NULL CHECK (price_fen >= 0),
    subsidy_fen INTEGER NOT NULL DEFAULT 0 CHECK (subsidy_fen >= 0),
    changed_at  INTEGER NOT NULL
) STRICT;

-- Portions that were really cooked, as the kitchen typed them in.
CREATE TABLE cooked_portions (
    service_date TEXT PRIMARY KEY,
    portions     INTEGER NOT NULL CHECK (portions >= 0),
    changed_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX ledger_by_time ON ledger_entries (at);
