-- SPDX-License-Identifier: Apache-2.0
-- Seats, kinship, people in a body's election: an index of the ledger.

-- Seats 职数 per body and post; typed: open, woman, young_college, veteran_officer, party_builder.
CREATE TABLE seat (
    unit TEXT NOT NULL,
    body TEXT NOT NULL,
    post TEXT NOT NULL,
    place BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    typed TEXT NOT NULL,
    PRIMARY KEY (unit, body, post)
);

-- Kinship 近亲属关系: what b is to a; each pair stands once in each direction. none: declared not kin.
CREATE TABLE kin (
    unit TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    relation TEXT NOT NULL,
    PRIMARY KEY (unit, a, b)
);

-- A person in a body's election. state: nominee, accepted, in_review, qualified, preparatory, formal,
-- elected, pending, tied, not_elected, declined, withdrawn, disqualified, struck, void.
CREATE TABLE candidate (
    unit TEXT NOT NULL,
    body TEXT NOT NULL,
    person TEXT NOT NULL,
    post TEXT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    votes BIGINT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (unit, body, person, post)
);
