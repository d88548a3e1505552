-- SPDX-License-Identifier: Apache-2.0
-- Registration and the roll of voters 登记、选民名单: an index of the ledger.

-- One row a village. state: open (registration announced), draft, confirmed, posted, frozen.
-- confirmed_seq stays once the roll was ever confirmed: some reasons of change close then (ROL-01).
CREATE TABLE roll (
    unit TEXT NOT NULL,
    state TEXT NOT NULL,
    from_on TEXT,
    to_on TEXT,
    confirmed_seq BIGINT NOT NULL,
    posted_seq BIGINT NOT NULL,
    posted_on TEXT,
    posted_count BIGINT NOT NULL,
    list_hash TEXT NOT NULL,
    frozen_seq BIGINT NOT NULL,
    PRIMARY KEY (unit)
);

-- Who is, is to be, or is not on the roll. state: draft, listed, not_listed, pending, struck.
-- head: 1, 2, 3 of 组织法 §13; 0 if never listed. The rest is of head 3 (newcomers).
CREATE TABLE voter (
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    state TEXT NOT NULL,
    head BIGINT NOT NULL,
    reason TEXT NOT NULL,
    home TEXT NOT NULL,
    resident_since TEXT,
    village_work_since TEXT,
    applied_on TEXT,
    consent_seq BIGINT NOT NULL,
    PRIMARY KEY (unit, person)
);

-- Changes of a posted roll. state: pending until roll.supplement, then published.
CREATE TABLE roll_change (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    head BIGINT NOT NULL,
    reason TEXT NOT NULL,
    old_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    on_day TEXT,
    objection_seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    published_seq BIGINT NOT NULL,
    PRIMARY KEY (unit, seq)
);

-- The one thing villages share: who (by keyed hash) stands in which register (kind register: 户籍册)
-- or on which roll (kind roll), so that nobody is on two (REG-04).
CREATE TABLE identity (
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    id_mac TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (unit, kind, id_mac)
);
CREATE INDEX identity_mac ON identity (id_mac);

-- Deprived of political rights 剥夺政治权利, as the last list said. person: "" if not found.
CREATE TABLE deprivation (
    unit TEXT NOT NULL,
    line BIGINT NOT NULL,
    person TEXT NOT NULL,
    id_mac TEXT NOT NULL,
    name TEXT NOT NULL,
    from_on TEXT,
    to_on TEXT,
    paper TEXT NOT NULL,
    PRIMARY KEY (unit, line)
);

-- People of the register who live elsewhere: where, when told, what they answered (wish y, n or "").
CREATE TABLE away (
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    place TEXT NOT NULL,
    phone_cipher TEXT NOT NULL,
    sent_on TEXT,
    channel TEXT NOT NULL,
    reply_by TEXT,
    wish TEXT NOT NULL,
    replied_on TEXT,
    reply_channel TEXT NOT NULL,
    PRIMARY KEY (unit, person)
);

-- The last election's list 上届名单, for comparison. person: "" if not in the register now.
CREATE TABLE last_roll (
    unit TEXT NOT NULL,
    line BIGINT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (unit, line)
);

-- Voters' cards 参选证 by group, and who has not got his yet.
CREATE TABLE card (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    line BIGINT NOT NULL,
    grp TEXT NOT NULL,
    printed BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    signed BIGINT NOT NULL,
    PRIMARY KEY (unit, seq, line)
);
CREATE TABLE card_undelivered (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (unit, seq, person)
);
