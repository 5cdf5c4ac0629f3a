-- A drawing of the compound that is being mended; each change is a row, so that the last one can be
-- taken back. Empty while none is.
CREATE TABLE compound_drafts (
    version  INTEGER PRIMARY KEY AUTOINCREMENT,
    compound TEXT NOT NULL,
    remarks  TEXT NOT NULL DEFAULT '[]',
    account  TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
