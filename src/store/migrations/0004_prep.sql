-- SPDX-License-Identifier: Apache-2.0
-- Preparation 选举准备 and conduct 风气督导: an index of the ledger.

-- Dated tasks of a village, from the plan. state: open, done, not_applicable. offset_days is from the
-- polling day where the plan counts from it (base D), else the date is fixed (base '').
CREATE TABLE task (
    unit TEXT NOT NULL,
    task TEXT NOT NULL,
    title TEXT NOT NULL,
    act TEXT NOT NULL,
    body TEXT NOT NULL,
    role TEXT NOT NULL,
    person TEXT NOT NULL,
    base TEXT NOT NULL,
    offset_days BIGINT NOT NULL,
    due_on TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (unit, task)
);

-- The plan in force: file and polling span.
CREATE TABLE plan (
    unit TEXT NOT NULL,
    file TEXT NOT NULL,
    polling_from TEXT NOT NULL,
    polling_to TEXT NOT NULL,
    bars TEXT NOT NULL,
    PRIMARY KEY (unit)
);

-- People named in preparation. list: incumbent (survey), audited (departure audit), trained.
CREATE TABLE prep_person (
    unit TEXT NOT NULL,
    list TEXT NOT NULL,
    seq BIGINT NOT NULL,
    person TEXT NOT NULL,
    detail TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (unit, list, seq, person)
);

-- Matters that stay open until closed. kind: rectify (weak_village, complex_village, audit_issue),
-- incident, complaint.
CREATE TABLE matter (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    due_on TEXT,
    closed_seq BIGINT NOT NULL,
    PRIMARY KEY (unit, seq)
);
