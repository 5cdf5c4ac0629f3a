-- Where papers came out, how much paper they took, and who sent a queue elsewhere.

ALTER TABLE print_attempts ADD COLUMN printer TEXT NOT NULL DEFAULT '';
-- Dots of 1/8 mm down the paper; counted as soon as any of it may have come out.
ALTER TABLE print_attempts ADD COLUMN dots INTEGER NOT NULL DEFAULT 0 CHECK (dots >= 0);
CREATE INDEX print_attempts_by_printer ON print_attempts (printer, at);
CREATE INDEX print_jobs_by_date ON print_jobs (service_date);

-- The last row of a printer is the roll in it, or, once it has an end, the one that is missing.
CREATE TABLE paper_rolls (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    printer  TEXT NOT NULL,
    -- Null if nobody saw it put in, so that nothing can be said of what is left.
    since    INTEGER,
    low_at   INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX paper_rolls_by_printer ON paper_rolls (printer, id);

-- The last row of a queue holds; an empty printer means the one of the settings.
CREATE TABLE queue_moves (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    queue   TEXT NOT NULL CHECK (queue IN ('kitchen', 'counter', 'rounds')),
    printer TEXT NOT NULL,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL
) STRICT;
CREATE TRIGGER queue_moves_append BEFORE UPDATE ON queue_moves BEGIN SELECT RAISE(ABORT, 'queue_moves is append-only'); END;
CREATE TRIGGER queue_moves_keep BEFORE DELETE ON queue_moves BEGIN SELECT RAISE(ABORT, 'queue_moves is append-only'); END;
