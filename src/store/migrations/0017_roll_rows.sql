-- SPDX-License-Identifier: Apache-2.0
-- People and their identities as one tree each, in the order of their keys: an import then writes
-- a row once and not again into the index of its key. The number within a village is found through
-- identity, so person needs no index of it. (The words behind the parenthesis are SQLite's alone.)

CREATE TABLE person_rows (
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
) WITHOUT ROWID;
INSERT INTO person_rows SELECT unit, person, name, sex, birth, nation, party, grp, household,
    relation_to_head, education, in_register, id_cipher, id_mac, phone_cipher FROM person;
DROP TABLE person;
ALTER TABLE person_rows RENAME TO person;
CREATE INDEX person_name ON person (unit, name);

CREATE TABLE identity_rows (
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    id_mac TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (unit, kind, id_mac)
) WITHOUT ROWID;
INSERT INTO identity_rows SELECT unit, kind, id_mac, person FROM identity;
DROP TABLE identity;
ALTER TABLE identity_rows RENAME TO identity;
CREATE INDEX identity_mac ON identity (id_mac);
