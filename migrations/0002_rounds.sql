-- What the service planner knows of people and of the day, and what became of rounds that stood.
-- Times of day are local text, `11:45`; null means none.

ALTER TABLE volunteers ADD COLUMN climbs INTEGER NOT NULL DEFAULT 1 CHECK (climbs IN (0, 1));
ALTER TABLE volunteers ADD COLUMN home_building TEXT REFERENCES buildings (number);
ALTER TABLE volunteers ADD COLUMN max_trips INTEGER NOT NULL DEFAULT 1 CHECK (max_trips BETWEEN 1 AND 20);

ALTER TABLE residents ADD COLUMN eat_by TEXT CHECK (eat_by GLOB '[0-2][0-9]:[0-5][0-9]');

ALTER TABLE duty ADD COLUMN from_time TEXT CHECK (from_time GLOB '[0-2][0-9]:[0-5][0-9]');
ALTER TABLE duty ADD COLUMN until_time TEXT CHECK (until_time GLOB '[0-2][0-9]:[0-5][0-9]');

-- A lift that was out stays on record with the moment it was back.
CREATE TABLE lifts_out (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    service_date TEXT NOT NULL,
    building     TEXT NOT NULL REFERENCES buildings (number),
    at           INTEGER NOT NULL,
    back_at      INTEGER
) STRICT;
CREATE UNIQUE INDEX lifts_out_now ON lifts_out (service_date, building) WHERE back_at IS NULL;

-- Which of its volunteer's trips a round is, and how often it was changed before it left.
ALTER TABLE rounds ADD COLUMN trip INTEGER NOT NULL DEFAULT 1 CHECK (trip >= 1);
ALTER TABLE rounds ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1);
ALTER TABLE rounds ADD COLUMN left_at INTEGER;
ALTER TABLE rounds ADD COLUMN back_at INTEGER;
UPDATE rounds SET left_at = changed_at WHERE state = 'out';
UPDATE rounds SET back_at = changed_at WHERE state = 'handed_in';

-- The door stays with the round's volunteer, whatever is planned anew.
ALTER TABLE stops ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));

-- What a slip said before its round was changed: appended, never overwritten.
CREATE TABLE round_changes (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    at       INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    reason   TEXT NOT NULL CHECK (reason IN ('off_duty', 'late_order', 'cancelled', 'lift', 'by_hand',
                 'replanned', 'planned_anew')),
    said     TEXT NOT NULL
) STRICT;
CREATE INDEX round_changes_by_round ON round_changes (round_id);
CREATE TRIGGER round_changes_append BEFORE UPDATE ON round_changes BEGIN SELECT RAISE(ABORT, 'round_changes is append-only'); END;
CREATE TRIGGER round_changes_keep BEFORE DELETE ON round_changes BEGIN SELECT RAISE(ABORT, 'round_changes is append-only'); END;

-- Known doors and minutes walked over a month are read from rounds and visits.
CREATE INDEX visits_by_round ON visits (round_id) WHERE round_id IS NOT NULL;
CREATE INDEX print_jobs_by_round ON print_jobs (round_id) WHERE round_id IS NOT NULL;
