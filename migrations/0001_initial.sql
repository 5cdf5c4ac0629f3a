-- Times are milliseconds since 1970-01-01 UTC, dates are ISO days of the compound's own calendar,
-- money is integer fen, ids are UUIDv7 text. A column never changes its meaning.

-- The compound -----------------------------------------------------------------------------------

CREATE TABLE path_nodes (
    id    INTEGER PRIMARY KEY,
    x_mm  INTEGER NOT NULL,
    y_mm  INTEGER NOT NULL,
    kind  TEXT NOT NULL CHECK (kind IN ('junction', 'entrance', 'kitchen'))
) STRICT;

CREATE TABLE path_edges (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    a          INTEGER NOT NULL REFERENCES path_nodes (id),
    b          INTEGER NOT NULL REFERENCES path_nodes (id),
    decimetres INTEGER NOT NULL CHECK (decimetres >= 0),
    steps      INTEGER NOT NULL DEFAULT 0 CHECK (steps IN (0, 1))
) STRICT;

CREATE TABLE buildings (
    number           TEXT PRIMARY KEY,
    position         INTEGER NOT NULL,
    name             TEXT NOT NULL DEFAULT '',
    entrance         INTEGER NOT NULL REFERENCES path_nodes (id),
    floors           INTEGER NOT NULL CHECK (floors BETWEEN 1 AND 60),
    first_flat_floor INTEGER NOT NULL CHECK (first_flat_floor BETWEEN 1 AND 60),
    flats_per_floor  INTEGER NOT NULL CHECK (flats_per_floor BETWEEN 1 AND 99),
    lifts            INTEGER NOT NULL CHECK (lifts >= 0)
) STRICT;

-- People -----------------------------------------------------------------------------------------

CREATE TABLE residents (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    building    TEXT NOT NULL REFERENCES buildings (number),
    floor       INTEGER NOT NULL,
    flat        INTEGER NOT NULL,
    phone       TEXT NOT NULL DEFAULT '',
    category    TEXT NOT NULL CHECK (category IN ('senior', 'hardship', 'volunteer', 'guest')),
    allergies   TEXT NOT NULL DEFAULT '[]',
    usual       TEXT NOT NULL DEFAULT '{}',
    door_note   TEXT NOT NULL DEFAULT '',
    archived_at INTEGER
) STRICT;
CREATE INDEX residents_by_door ON residents (building, floor, flat) WHERE archived_at IS NULL;

CREATE TABLE cards (
    code        TEXT PRIMARY KEY,
    resident_id TEXT NOT NULL REFERENCES residents (id),
    issued_at   INTEGER NOT NULL,
    blocked_at  INTEGER
) STRICT;
CREATE INDEX cards_by_resident ON cards (resident_id);

CREATE TABLE wrong_tries (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    door TEXT NOT NULL,
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX wrong_tries_by_door ON wrong_tries (door, at);

CREATE TABLE volunteers (
    id          TEXT PRIMARY KEY,
    badge       INTEGER NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    phone       TEXT NOT NULL DEFAULT '',
    kind        TEXT NOT NULL CHECK (kind IN ('party_member', 'building_leader', 'neighbour')),
    leads       TEXT REFERENCES buildings (number),
    pin         TEXT NOT NULL,
    capacity    INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 200),
    max_round_s INTEGER NOT NULL CHECK (max_round_s BETWEEN 60 AND 28800),
    archived_at INTEGER
) STRICT;

-- Calendar and menu ------------------------------------------------------------------------------

CREATE TABLE closed_days (
    date   TEXT PRIMARY KEY,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE menus (
    service_date TEXT PRIMARY KEY,
    portions     INTEGER NOT NULL CHECK (portions >= 0),
    dishes       TEXT NOT NULL,
    prices       TEXT NOT NULL
) STRICT;

-- One row a service date: the counters that must never skip or oversell live here.
CREATE TABLE service_days (
    service_date TEXT PRIMARY KEY,
    last_number  INTEGER NOT NULL DEFAULT 0 CHECK (last_number >= 0),
    sold         INTEGER NOT NULL DEFAULT 0 CHECK (sold >= 0),
    counted_at   INTEGER,
    planned_at   INTEGER,
    closed_at    INTEGER
) STRICT;

-- Orders -----------------------------------------------------------------------------------------

CREATE TABLE orders (
    id            TEXT PRIMARY KEY,
    service_date  TEXT NOT NULL REFERENCES service_days (service_date),
    number        INTEGER NOT NULL CHECK (number >= 1),
    code          TEXT NOT NULL,
    fulfilment    TEXT NOT NULL CHECK (fulfilment IN ('eat-in', 'take-away', 'delivery')),
    portions      INTEGER NOT NULL CHECK (portions BETWEEN 1 AND 4),
    preferences   TEXT NOT NULL DEFAULT '{}',
    allergies     TEXT NOT NULL DEFAULT '[]',
    category      TEXT NOT NULL CHECK (category IN ('senior', 'hardship', 'volunteer', 'guest')),
    resident_id   TEXT REFERENCES residents (id),
    building      TEXT REFERENCES buildings (number),
    floor         INTEGER,
    flat          INTEGER,
    total_fen     INTEGER NOT NULL CHECK (total_fen >= 0),
    payment       TEXT NOT NULL CHECK (payment IN ('due', 'paid', 'refunded')),
    method        TEXT CHECK (method IN ('cash', 'account', 'other')),
    state         TEXT NOT NULL CHECK (state IN ('placed', 'ready', 'collected', 'on_round',
                      'delivered', 'returned', 'cancelled', 'not_collected')),
    placed_at     INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    UNIQUE (service_date, number),
    UNIQUE (service_date, code),
    CHECK (fulfilment <> 'delivery' OR building IS NOT NULL)
) STRICT;
CREATE INDEX orders_by_resident ON orders (resident_id, service_date);
CREATE INDEX orders_by_state ON orders (service_date, state);

CREATE TABLE order_events (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id TEXT NOT NULL REFERENCES orders (id),
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('placed', 'amended', 'cancelled', 'paid', 'refunded', 'ready',
                 'collected', 'on_round', 'visited', 'not_collected')),
    actor    TEXT NOT NULL,
    detail   TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX order_events_by_order ON order_events (order_id);

-- Double entry: the amounts of one posting add up to zero.
CREATE TABLE ledger_entries (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    posting      TEXT NOT NULL,
    at           INTEGER NOT NULL,
    service_date TEXT,
    account      TEXT NOT NULL CHECK (account IN ('cash', 'other', 'sales', 'receivable', 'prepaid')),
    amount_fen   INTEGER NOT NULL,
    order_id     TEXT REFERENCES orders (id),
    resident_id  TEXT REFERENCES residents (id),
    note         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX ledger_by_resident ON ledger_entries (resident_id) WHERE resident_id IS NOT NULL;
CREATE INDEX ledger_by_order ON ledger_entries (order_id) WHERE order_id IS NOT NULL;

-- Paper ------------------------------------------------------------------------------------------

CREATE TABLE print_jobs (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    queue        TEXT NOT NULL CHECK (queue IN ('kitchen', 'counter', 'rounds')),
    kind         TEXT NOT NULL,
    service_date TEXT NOT NULL,
    order_id     TEXT REFERENCES orders (id),
    round_id     TEXT REFERENCES rounds (id),
    due_at       INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    ticket       TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'confirmed', 'uncertain',
                     'failed', 'expired', 'superseded')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    duplicate    INTEGER NOT NULL DEFAULT 0 CHECK (duplicate IN (0, 1)),
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX print_jobs_waiting ON print_jobs (queue, due_at, seq) WHERE state IN ('queued', 'sending');
CREATE INDEX print_jobs_by_order ON print_jobs (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE print_attempts (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id   TEXT NOT NULL REFERENCES print_jobs (id),
    at       INTEGER NOT NULL,
    ended_at INTEGER,
    outcome  TEXT CHECK (outcome IN ('sent', 'confirmed', 'uncertain', 'not_sent')),
    reason   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX print_attempts_by_job ON print_attempts (job_id);

-- Delivery ---------------------------------------------------------------------------------------

CREATE TABLE duty (
    service_date TEXT NOT NULL,
    volunteer_id TEXT NOT NULL REFERENCES volunteers (id),
    added_at     INTEGER NOT NULL,
    PRIMARY KEY (service_date, volunteer_id)
) STRICT;

CREATE TABLE rounds (
    id           TEXT PRIMARY KEY,
    service_date TEXT NOT NULL,
    number       INTEGER NOT NULL,
    volunteer_id TEXT NOT NULL REFERENCES volunteers (id),
    state        TEXT NOT NULL CHECK (state IN ('planned', 'out', 'handed_in', 'withdrawn')),
    depart_at    INTEGER NOT NULL,
    duration_s   INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    UNIQUE (service_date, number)
) STRICT;

CREATE TABLE stops (
    round_id  TEXT NOT NULL REFERENCES rounds (id),
    position  INTEGER NOT NULL,
    order_id  TEXT NOT NULL REFERENCES orders (id),
    arrive_at INTEGER NOT NULL,
    PRIMARY KEY (round_id, position)
) STRICT;
CREATE INDEX stops_by_order ON stops (order_id);

CREATE TABLE visits (
    id         TEXT PRIMARY KEY,
    order_id   TEXT NOT NULL UNIQUE REFERENCES orders (id),
    round_id   TEXT REFERENCES rounds (id),
    outcome    TEXT NOT NULL CHECK (outcome IN ('delivered', 'left_with', 'no_answer', 'refused', 'cancelled')),
    left_with  TEXT NOT NULL DEFAULT '',
    cash_fen   INTEGER NOT NULL DEFAULT 0 CHECK (cash_fen >= 0),
    meals_back INTEGER NOT NULL DEFAULT 0 CHECK (meals_back >= 0),
    at         INTEGER NOT NULL
) STRICT;

CREATE TABLE welfare_checks (
    id          TEXT PRIMARY KEY,
    order_id    TEXT NOT NULL UNIQUE REFERENCES orders (id),
    resident_id TEXT REFERENCES residents (id),
    leader_id   TEXT REFERENCES volunteers (id),
    opened_at   INTEGER NOT NULL,
    closed_at   INTEGER,
    finding     TEXT NOT NULL DEFAULT '',
    closed_by   TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX welfare_open ON welfare_checks (opened_at) WHERE closed_at IS NULL;

-- History is appended, not overwritten.
CREATE TRIGGER order_events_append BEFORE UPDATE ON order_events BEGIN SELECT RAISE(ABORT, 'order_events is append-only'); END;
CREATE TRIGGER order_events_keep BEFORE DELETE ON order_events BEGIN SELECT RAISE(ABORT, 'order_events is append-only'); END;
CREATE TRIGGER ledger_append BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
CREATE TRIGGER ledger_keep BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger_entries is append-only'); END;
CREATE TRIGGER visits_append BEFORE UPDATE ON visits BEGIN SELECT RAISE(ABORT, 'visits is append-only'); END;
CREATE TRIGGER visits_keep BEFORE DELETE ON visits BEGIN SELECT RAISE(ABORT, 'visits is append-only'); END;
