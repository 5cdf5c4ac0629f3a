-- Looking after people: checks that need no order, the steps that were taken, who may be told, days
-- away, the knock list; and which texts may go once their months are over.

-- A check may begin with a knock at the door of somebody who ordered nothing. Its date and its door
-- are its own, so that they stay when an order loses its names.
CREATE TABLE checks_0012 (
    id           TEXT PRIMARY KEY,
    service_date TEXT NOT NULL,
    order_id     TEXT UNIQUE REFERENCES orders (id),
    resident_id  TEXT REFERENCES residents (id),
    leader_id    TEXT REFERENCES volunteers (id),
    building     TEXT NOT NULL REFERENCES buildings (number),
    floor        INTEGER NOT NULL,
    flat         INTEGER NOT NULL,
    opened_at    INTEGER NOT NULL,
    closed_at    INTEGER,
    finding      TEXT NOT NULL DEFAULT '',
    closed_by    TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO checks_0012 (id, service_date, order_id, resident_id, leader_id, building, floor, flat, opened_at,
        closed_at, finding, closed_by)
    SELECT c.id, o.service_date, c.order_id, c.resident_id, c.leader_id, o.building, o.floor, o.flat,
        c.opened_at, c.closed_at, c.finding, c.closed_by
    FROM welfare_checks c JOIN orders o ON o.id = c.order_id;
DROP TABLE welfare_checks;
ALTER TABLE checks_0012 RENAME TO welfare_checks;
CREATE INDEX welfare_open ON welfare_checks (opened_at) WHERE closed_at IS NULL;
CREATE INDEX welfare_by_date ON welfare_checks (service_date);
CREATE INDEX welfare_by_resident ON welfare_checks (resident_id) WHERE resident_id IS NOT NULL;

-- Two people who press at once meet at the position: one of them is told so.
CREATE TABLE check_steps (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    check_id TEXT NOT NULL REFERENCES welfare_checks (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    step     TEXT NOT NULL CHECK (step IN ('phone', 'leader', 'desk', 'family')),
    outcome  TEXT NOT NULL CHECK (outcome IN ('reached', 'no_answer', 'handed_on')),
    who      TEXT NOT NULL,
    at       INTEGER NOT NULL,
    note     TEXT NOT NULL DEFAULT '',
    UNIQUE (check_id, position)
) STRICT;
CREATE TRIGGER check_steps_append BEFORE UPDATE ON check_steps
    WHEN NOT (NEW.note = '' AND (NEW.id, NEW.check_id, NEW.position, NEW.step, NEW.outcome, NEW.who, NEW.at)
        IS (OLD.id, OLD.check_id, OLD.position, OLD.step, OLD.outcome, OLD.who, OLD.at))
    BEGIN SELECT RAISE(ABORT, 'check_steps is append-only'); END;
CREATE TRIGGER check_steps_keep BEFORE DELETE ON check_steps BEGIN SELECT RAISE(ABORT, 'check_steps is append-only'); END;

-- Who may be told when nobody answers a resident's door, the first to be called first.
CREATE TABLE family_contacts (
    resident_id TEXT NOT NULL REFERENCES residents (id),
    position    INTEGER NOT NULL CHECK (position BETWEEN 1 AND 4),
    name        TEXT NOT NULL,
    relation    TEXT NOT NULL DEFAULT '',
    phone       TEXT NOT NULL,
    PRIMARY KEY (resident_id, position)
) STRICT;

-- Days on which a resident is not expected; without an end until somebody writes one.
CREATE TABLE pauses (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id TEXT NOT NULL REFERENCES residents (id),
    from_date   TEXT NOT NULL,
    until_date  TEXT,
    kind        TEXT NOT NULL CHECK (kind IN ('away', 'hospital', 'other')),
    note        TEXT NOT NULL DEFAULT '',
    added_at    INTEGER NOT NULL,
    added_by    TEXT NOT NULL,
    CHECK (until_date IS NULL OR until_date >= from_date)
) STRICT;
CREATE INDEX pauses_by_resident ON pauses (resident_id);
CREATE INDEX pauses_by_end ON pauses (until_date);

-- Whether a resident may be knocked for: the last row holds, none means no.
CREATE TABLE knock_consents (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id TEXT NOT NULL REFERENCES residents (id),
    agreed      INTEGER NOT NULL CHECK (agreed IN (0, 1)),
    said_by     TEXT NOT NULL,
    at          INTEGER NOT NULL,
    account     TEXT NOT NULL
) STRICT;
CREATE INDEX knock_consents_by_resident ON knock_consents (resident_id, id);
CREATE TRIGGER knock_consents_append BEFORE UPDATE ON knock_consents BEGIN SELECT RAISE(ABORT, 'knock_consents is append-only'); END;

-- What was found at a door of the knock list; the list itself is worked out from the orders.
CREATE TABLE knocks (
    service_date TEXT NOT NULL,
    resident_id  TEXT NOT NULL REFERENCES residents (id),
    reason       TEXT NOT NULL CHECK (reason IN ('not_ordered', 'not_come')),
    outcome      TEXT NOT NULL CHECK (outcome IN ('fine', 'no_answer')),
    finding      TEXT NOT NULL DEFAULT '',
    who          TEXT NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (service_date, resident_id)
) STRICT;

-- What keeps its figures and loses its names: an update of these tables passes only if it empties the
-- named texts and leaves every other column as it was.
DROP TRIGGER visits_append;
CREATE TRIGGER visits_append BEFORE UPDATE ON visits
    WHEN NOT (NEW.left_with = '' AND (NEW.id, NEW.order_id, NEW.round_id, NEW.outcome, NEW.cash_fen, NEW.meals_back, NEW.at)
        IS (OLD.id, OLD.order_id, OLD.round_id, OLD.outcome, OLD.cash_fen, OLD.meals_back, OLD.at))
    BEGIN SELECT RAISE(ABORT, 'visits is append-only'); END;
DROP TRIGGER visit_corrections_append;
CREATE TRIGGER visit_corrections_append BEFORE UPDATE ON visit_corrections
    WHEN NOT (NEW.left_with = '' AND (NEW.id, NEW.order_id, NEW.round_id, NEW.outcome, NEW.cash_fen, NEW.meals_back, NEW.visited_at, NEW.at, NEW.actor)
        IS (OLD.id, OLD.order_id, OLD.round_id, OLD.outcome, OLD.cash_fen, OLD.meals_back, OLD.visited_at, OLD.at, OLD.actor))
    BEGIN SELECT RAISE(ABORT, 'visit_corrections is append-only'); END;
DROP TRIGGER round_changes_append;
CREATE TRIGGER round_changes_append BEFORE UPDATE ON round_changes
    WHEN NOT (NEW.said = '' AND (NEW.id, NEW.round_id, NEW.at, NEW.revision, NEW.reason)
        IS (OLD.id, OLD.round_id, OLD.at, OLD.revision, OLD.reason))
    BEGIN SELECT RAISE(ABORT, 'round_changes is append-only'); END;

-- How far the nightly task has come: everything before this date has lost its names.
CREATE TABLE retention (
    what   TEXT PRIMARY KEY CHECK (what IN ('orders', 'visits', 'audit', 'history')),
    before TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;
