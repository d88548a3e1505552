-- SPDX-License-Identifier: Apache-2.0
-- Signing in. No part of the record: a replay leaves these tables alone.

-- A password 口令 (argon2id) and the wrong ones since the last right one. common table
CREATE TABLE credential (
    name TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    must_change BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    changed_at TEXT NOT NULL
);

-- Who is signed in. Only the hash of the token that the browser holds. ended: '' while it goes on,
-- else why it ended: signed_out, replaced, idle, closed. common table
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    csrf TEXT NOT NULL,
    address TEXT NOT NULL,
    began BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    ended TEXT NOT NULL,
    notice TEXT NOT NULL
);
CREATE INDEX session_name ON session (name, ended);

-- What happened to accounts and sessions. id: instant and chance, so that order is time. common table
CREATE TABLE security_event (
    id TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    detail TEXT NOT NULL
);
