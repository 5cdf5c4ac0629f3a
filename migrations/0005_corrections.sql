-- What was first said of a visit stays; what holds is its last correction. A correction without an
-- outcome takes the visit back: the meal is on its way again.
CREATE TABLE visit_corrections (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id   TEXT NOT NULL REFERENCES visits (order_id),
    round_id   TEXT REFERENCES rounds (id),
    outcome    TEXT CHECK (outcome IN ('delivered', 'left_with', 'no_answer', 'refused', 'cancelled')),
    left_with  TEXT NOT NULL DEFAULT '',
    cash_fen   INTEGER NOT NULL DEFAULT 0 CHECK (cash_fen >= 0),
    meals_back INTEGER NOT NULL DEFAULT 0 CHECK (meals_back >= 0),
    visited_at INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    actor      TEXT NOT NULL
) STRICT;
CREATE INDEX visit_corrections_by_order ON visit_corrections (order_id, id);
CREATE TRIGGER visit_corrections_append BEFORE UPDATE ON visit_corrections BEGIN SELECT RAISE(ABORT, 'visit_corrections is append-only'); END;
CREATE TRIGGER visit_corrections_keep BEFORE DELETE ON visit_corrections BEGIN SELECT RAISE(ABORT, 'visit_corrections is append-only'); END;

CREATE VIEW visits_now AS
    SELECT v.id, v.order_id,
        iif(c.id IS NULL, v.round_id, c.round_id) AS round_id,
        iif(c.id IS NULL, v.outcome, c.outcome) AS outcome,
        iif(c.id IS NULL, v.left_with, c.left_with) AS left_with,
        iif(c.id IS NULL, v.cash_fen, c.cash_fen) AS cash_fen,
        iif(c.id IS NULL, v.meals_back, c.meals_back) AS meals_back,
        iif(c.id IS NULL, v.at, c.visited_at) AS at
    FROM visits v LEFT JOIN visit_corrections c
        ON c.id = (SELECT max(l.id) FROM visit_corrections l WHERE l.order_id = v.order_id)
    WHERE c.id IS NULL OR c.outcome IS NOT NULL;

-- Which postings of the ledger were made for what happened at the door, so that a correction can
-- balance those and leave payments at the desk alone.
CREATE TABLE visit_postings (
    posting  TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES visits (order_id)
) STRICT;
CREATE INDEX visit_postings_by_order ON visit_postings (order_id);
CREATE TRIGGER visit_postings_append BEFORE UPDATE ON visit_postings BEGIN SELECT RAISE(ABORT, 'visit_postings is append-only'); END;
CREATE TRIGGER visit_postings_keep BEFORE DELETE ON visit_postings BEGIN SELECT RAISE(ABORT, 'visit_postings is append-only'); END;
INSERT INTO visit_postings (posting, order_id)
    SELECT DISTINCT l.posting, l.order_id FROM ledger_entries l
    JOIN visits v ON v.order_id = l.order_id AND v.at = l.at;

-- The portions that were for sale before the desk stopped selling; null while they are sold.
ALTER TABLE menus ADD COLUMN portions_before INTEGER CHECK (portions_before >= 0);
