-- SPDX-License-Identifier: Apache-2.0
-- People before the poll: sheets, bars, nomination, review, lists, objections: an index of the ledger.

-- Sheet of a person 人选信息; the newest replaces the older.
CREATE TABLE person_sheet (
    unit TEXT NOT NULL,
    person TEXT NOT NULL,
    education TEXT NOT NULL,
    source TEXT NOT NULL,
    pay_elsewhere TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, person)
);

-- Facts and findings about bars “十不选”. kind: fact, finding. applies: y, n.
CREATE TABLE person_bar (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    bar TEXT NOT NULL,
    fact TEXT NOT NULL,
    decided_on TEXT,
    cured_on TEXT,
    applies TEXT NOT NULL,
    PRIMARY KEY (unit, seq)
);

-- The nomination under way 提名: one row a village.
CREATE TABLE nomination (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    round BIGINT NOT NULL,
    from_on TEXT,
    to_on TEXT,
    papers BIGINT NOT NULL,
    PRIMARY KEY (unit)
);

-- Votes on nomination papers, or of a primary. kind: nomination, primary.
CREATE TABLE nomination_vote (
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    post TEXT NOT NULL,
    person TEXT NOT NULL,
    votes BIGINT NOT NULL,
    PRIMARY KEY (unit, kind, post, person)
);

-- What a person said in writing: accept (of one post), decline, withdraw.
CREATE TABLE candidate_answer (
    unit TEXT NOT NULL,
    body TEXT NOT NULL,
    person TEXT NOT NULL,
    answer TEXT NOT NULL,
    post TEXT NOT NULL,
    PRIMARY KEY (unit, body, person)
);

-- Matrix person × desk 联审. opinion: asked, pass, refuse.
CREATE TABLE review_opinion (
    unit TEXT NOT NULL,
    body TEXT NOT NULL,
    person TEXT NOT NULL,
    desk TEXT NOT NULL,
    opinion TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, body, person, desk)
);

-- Steps a person has gone through. step: opened, conclusion, inspect, department, leading_group,
-- township. by_user: the account that entered it.
CREATE TABLE review_step (
    unit TEXT NOT NULL,
    body TEXT NOT NULL,
    person TEXT NOT NULL,
    step TEXT NOT NULL,
    result TEXT NOT NULL,
    by_user TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, body, person, step)
);

-- Lists of candidates as posted, frozen by hash (SM3). list: initial, preparatory, formal.
CREATE TABLE candidate_list (
    unit TEXT NOT NULL,
    body TEXT NOT NULL,
    list TEXT NOT NULL,
    seq BIGINT NOT NULL,
    posted_on TEXT,
    hash TEXT NOT NULL,
    PRIMARY KEY (unit, body, list)
);

-- Objections 异议. decision "" while open; in_time: it has a clock.
CREATE TABLE objection (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    subject TEXT NOT NULL,
    received_on TEXT,
    in_time BIGINT NOT NULL,
    decision TEXT NOT NULL,
    decided_seq BIGINT NOT NULL,
    PRIMARY KEY (unit, seq)
);
