-- +goose Up
-- Every "sealed" column opens only with the passphrase. "version" is bound into the seal.

-- What the store knows of itself, its district and the last exchange.
CREATE TABLE meta (
    key     TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    sealed  BLOB    NOT NULL
) STRICT;

-- What the district last said of each record: enough to list it and to search it.
CREATE TABLE heads (
    n      INTEGER PRIMARY KEY,
    id     BLOB    NOT NULL UNIQUE,
    seq    INTEGER NOT NULL,
    sealed BLOB    NOT NULL
) STRICT;

-- The long registers of facts, opened when one is looked at.
CREATE TABLE bodies (
    n      INTEGER PRIMARY KEY,
    id     BLOB    NOT NULL UNIQUE,
    seq    INTEGER NOT NULL,
    sealed BLOB    NOT NULL
) STRICT;

-- The journal: the exact bytes of every operation saved here, and their places in the
-- chain. A place changes only when a new epoch begins. No index but the key: a save
-- writes as few pages as it can.
CREATE TABLE ops (
    n       INTEGER PRIMARY KEY,
    id      BLOB    NOT NULL,
    epoch   INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    link    BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The district's receipts of those operations.
CREATE TABLE receipts (
    op      BLOB    NOT NULL PRIMARY KEY,
    seq     INTEGER NOT NULL,
    sealed  BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- Visits being written. ended: 0 open, 1 dropped with a reason.
CREATE TABLE drafts (
    id      BLOB    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    ended   INTEGER NOT NULL DEFAULT 0,
    sealed  BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_changes (
    draft  BLOB    NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    n      INTEGER NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (draft, n)
) STRICT, WITHOUT ROWID;

-- What the district published, named by the SHA-256 of its content.
CREATE TABLE packs (
    hash   BLOB NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
