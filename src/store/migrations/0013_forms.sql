-- SPDX-License-Identifier: Apache-2.0
-- Rounds with a ballot for each post 分职选票: what is kept of every form. With one ballot for all
-- posts these tables are empty: the figures are those of box, poll_close and vote_round.

-- One form at one box: sums reported so far, left over, recovered (not_official ⊂ recovered).
CREATE TABLE box_form (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    box BIGINT NOT NULL,
    form BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    issued_proxy BIGINT NOT NULL,
    scribed BIGINT NOT NULL,
    spoiled BIGINT NOT NULL,
    unused BIGINT NOT NULL,
    recovered BIGINT NOT NULL,
    not_official BIGINT NOT NULL,
    reported_at TEXT NOT NULL,
    PRIMARY KEY (unit, round, box, form)
);
-- Reports of one form at one box, by the hour.
CREATE TABLE box_form_report (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    form BIGINT NOT NULL,
    round BIGINT NOT NULL,
    box BIGINT NOT NULL,
    at TEXT NOT NULL,
    issued BIGINT NOT NULL,
    issued_proxy BIGINT NOT NULL,
    scribed BIGINT NOT NULL,
    spoiled BIGINT NOT NULL,
    PRIMARY KEY (unit, seq, form)
);
-- One form in the whole round, from poll.close on. void_ground: "" unless its vote is not valid;
-- valid, invalid, blank: after count.close.
CREATE TABLE round_form (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    form BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    spoiled BIGINT NOT NULL,
    unused BIGINT NOT NULL,
    reserve BIGINT NOT NULL,
    recovered BIGINT NOT NULL,
    not_official BIGINT NOT NULL,
    valid BIGINT NOT NULL,
    invalid BIGINT NOT NULL,
    blank BIGINT NOT NULL,
    void_ground TEXT NOT NULL,
    PRIMARY KEY (unit, round, form)
);
-- Which form the ballots of a bundle are of: a bundle has one kind of ballots.
CREATE TABLE bundle_form (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    bundle BIGINT NOT NULL,
    form BIGINT NOT NULL,
    PRIMARY KEY (unit, round, bundle)
);
