-- Other programs that order for residents, each with a token of its own. Only the token's hash is kept.

CREATE TABLE programs (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    scope      TEXT NOT NULL CHECK (scope IN ('menu', 'orders')),
    token_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    used_at    INTEGER,
    revoked_at INTEGER
) STRICT;

-- What a program asked for under which key, so that a request sent twice orders once.
CREATE TABLE program_requests (
    program_id TEXT NOT NULL REFERENCES programs (id),
    key        TEXT NOT NULL,
    digest     TEXT NOT NULL,
    order_id   TEXT NOT NULL REFERENCES orders (id),
    at         INTEGER NOT NULL,
    PRIMARY KEY (program_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX program_requests_by_time ON program_requests (at);
