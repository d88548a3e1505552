-- SPDX-License-Identifier: Apache-2.0
-- What every act needs: the units, the state of each stream, what stands, requests, assemblies,
-- people. All but `unit` are an index of the ledger and are made anew by a replay.

-- Common: the country's units as far as this installation knows them (统计用区划代码).
CREATE TABLE unit (
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    level BIGINT NOT NULL,
    parent TEXT NOT NULL,
    PRIMARY KEY (unit)
);

-- One row per opened stream (unit and term). state: open, deferred, out, sealed.
CREATE TABLE stream (
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    term_no BIGINT NOT NULL,
    packs TEXT NOT NULL,
    last_term_to TEXT,
    exercise BIGINT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (unit)
);

-- What stands 有效: one row per entry (for unit.receive, under the received act's id).
-- state: stands, withdrawn, replaced, void.
CREATE TABLE standing (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    act TEXT NOT NULL,
    body TEXT NOT NULL,
    kind TEXT NOT NULL,
    round BIGINT NOT NULL,
    list TEXT NOT NULL,
    subject TEXT NOT NULL,
    on_day TEXT,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (unit, seq)
);
CREATE INDEX standing_act ON standing (unit, act, state);

-- Polling day 选举日 of a body.
CREATE TABLE election_day (
    unit TEXT NOT NULL,
    body TEXT NOT NULL,
    polling_day TEXT NOT NULL,
    PRIMARY KEY (unit, body)
);

-- Requests 请示、备案. state: asked, granted, refused, filed, noted.
CREATE TABLE request (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    post TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_person TEXT NOT NULL,
    to_unit TEXT NOT NULL,
    cause_seq BIGINT NOT NULL,
    decided_seq BIGINT NOT NULL,
    decided_by TEXT NOT NULL,
    valid_until TEXT,
    PRIMARY KEY (unit, seq)
);
CREATE TABLE request_person (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (unit, seq, person)
);

-- Items voted on by an assembly 会议; passed: 1 if quorum and more than half of those present.
CREATE TABLE assembly_item (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    item BIGINT NOT NULL,
    kind TEXT NOT NULL,
    held_on TEXT NOT NULL,
    matter TEXT NOT NULL,
    grp TEXT NOT NULL,
    favour BIGINT NOT NULL,
    present BIGINT NOT NULL,
    passed BIGINT NOT NULL,
    PRIMARY KEY (unit, seq, item)
);

-- People of the village as its household register and roll name them. Numbers are encrypted
-- (id_cipher, phone_cipher) and found by their keyed hash (id_mac).
CREATE TABLE person (
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    sex TEXT NOT NULL,
    birth TEXT,
    nation TEXT NOT NULL,
    party TEXT NOT NULL,
    grp TEXT NOT NULL,
    household TEXT NOT NULL,
    relation_to_head TEXT NOT NULL,
    education TEXT NOT NULL,
    in_register BIGINT NOT NULL,
    id_cipher TEXT NOT NULL,
    id_mac TEXT NOT NULL,
    phone_cipher TEXT NOT NULL,
    PRIMARY KEY (unit, person)
);
CREATE INDEX person_name ON person (unit, name);
CREATE INDEX person_mac ON person (unit, id_mac);
