-- The record itself. These tables are enduring; everything else is an index of the ledger and can
-- be made again from it (cunxuan rebuild). Public format: docs/formats.md.
-- A comment "common table" marks the few small tables that do not belong to a unit.

-- One append-only stream of entries per unit.
CREATE TABLE ledger (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    act TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    body TEXT NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (unit, seq)
);

-- Big content, named by its SM3 hash. common table
CREATE TABLE blob (
    hash BLOB NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
);

-- Signed statements "entry seq of this unit has this hash".
CREATE TABLE checkpoint (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash BLOB NOT NULL,
    at TEXT NOT NULL,
    key_fingerprint TEXT NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (unit, seq)
);

-- Who may enter acts. role: see src/store/user_store.h. common table
CREATE TABLE app_user (
    name TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    person TEXT,
    desk TEXT,
    created_at TEXT NOT NULL,
    active BIGINT NOT NULL
);

-- Settings of the installation. common table
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
