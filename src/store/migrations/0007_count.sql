-- SPDX-License-Identifier: Apache-2.0
-- Rounds of voting, counting and outcome. All are an index of the ledger.
-- No table here joins a ballot to a voter, a time or a box: boxes are mixed before bundling (BAL-01).

-- One vote for one body 一次投票. Numbers run through the village's stream. kind: nomination, first,
-- repeat, re_vote, second_poll, woman_seat. state: see round_store.h. registered: R, fixed by
-- poll.open; issued: I; recovered: C; not_official ⊂ C; valid: V; invalid: X; blank: B.
CREATE TABLE vote_round (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    body TEXT NOT NULL,
    kind TEXT NOT NULL,
    polling_day TEXT,
    state TEXT NOT NULL,
    after_round BIGINT NOT NULL,
    opened_seq BIGINT NOT NULL,
    registered BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    recovered BIGINT NOT NULL,
    not_official BIGINT NOT NULL,
    valid BIGINT NOT NULL,
    invalid BIGINT NOT NULL,
    blank BIGINT NOT NULL,
    void_ground TEXT NOT NULL,
    PRIMARY KEY (unit, round)
);
CREATE TABLE round_post (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    post TEXT NOT NULL,
    place BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    PRIMARY KEY (unit, round, post)
);
-- Printed names, in ballot order. state: stands, struck.
CREATE TABLE round_candidate (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    post TEXT NOT NULL,
    place BIGINT NOT NULL,
    person TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (unit, round, post, person)
);
