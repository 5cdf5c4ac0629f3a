-- Orders that somebody began and did not confirm: the staff ask after them, nobody cooks them.
-- No name, no door: the resident's row has both, for those who may read it.

CREATE TABLE unfinished_orders (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    left_at        INTEGER NOT NULL,
    service_date   TEXT NOT NULL,
    fulfilment     TEXT NOT NULL CHECK (fulfilment IN ('eat-in', 'take-away', 'delivery')),
    portions       INTEGER NOT NULL CHECK (portions BETWEEN 1 AND 4),
    preferences    TEXT NOT NULL DEFAULT '{}',
    resident_id    TEXT REFERENCES residents (id),
    -- The question at which it was left.
    reached        TEXT NOT NULL CHECK (reached IN ('door', 'options', 'confirm', 'week')),
    followed_up_at INTEGER
) STRICT;
CREATE INDEX unfinished_by_date ON unfinished_orders (service_date);
