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

-- Counting 计票. A bundle is `size` ballots of the mixed boxes, in no order that means anything.
-- state: open, one_entry, equal, differ, settled. attempt: the one being entered; attempts up to
-- `since` belong to an earlier count (count.reopen) and are kept as history.
CREATE TABLE bundle (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    bundle BIGINT NOT NULL,
    size BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (unit, round, bundle)
);
-- Who entered it as which hand, 'a' or 'b'. form: rows, totals.
CREATE TABLE bundle_hand (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    bundle BIGINT NOT NULL,
    hand TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    actor TEXT NOT NULL,
    form TEXT NOT NULL,
    invalid BIGINT NOT NULL,
    blank BIGINT NOT NULL,
    PRIMARY KEY (unit, round, bundle, hand, attempt)
);
-- One section of one ballot as a hand read it; names are sorted and parted by tabs.
CREATE TABLE bundle_section (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    bundle BIGINT NOT NULL,
    hand TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    ballot BIGINT NOT NULL,
    post TEXT NOT NULL,
    marks TEXT NOT NULL,
    write_ins TEXT NOT NULL,
    against TEXT NOT NULL,
    defect TEXT NOT NULL,
    PRIMARY KEY (unit, round, bundle, ballot, post, hand, attempt)
);
CREATE TABLE bundle_total (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    bundle BIGINT NOT NULL,
    hand TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    post TEXT NOT NULL,
    person TEXT NOT NULL,
    votes BIGINT NOT NULL,
    against BIGINT NOT NULL,
    abstain BIGINT NOT NULL,
    PRIMARY KEY (unit, round, bundle, post, person, hand, attempt)
);
-- Where the two hands differ now. ballot 0: totals. field: "chair marks", "member P00012 votes".
CREATE TABLE bundle_diff (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    bundle BIGINT NOT NULL,
    ballot BIGINT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (unit, round, bundle, ballot, field)
);
-- Rulings on doubtful ballots 疑难票认定: valid, section_void, entry_void, void.
CREATE TABLE ballot_ruling (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    bundle BIGINT NOT NULL,
    ballot BIGINT NOT NULL,
    ruling TEXT NOT NULL,
    reason TEXT NOT NULL,
    favour BIGINT NOT NULL,
    against BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, round, bundle, ballot)
);
-- What count.close found: votes per person, sections per post.
CREATE TABLE count_vote (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    post TEXT NOT NULL,
    place BIGINT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    printed BIGINT NOT NULL,
    votes BIGINT NOT NULL,
    PRIMARY KEY (unit, round, post, person)
);
CREATE TABLE count_section (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    post TEXT NOT NULL,
    valid BIGINT NOT NULL,
    invalid BIGINT NOT NULL,
    blank BIGINT NOT NULL,
    PRIMARY KEY (unit, round, post)
);
-- Counting checked by a sample 计票抽查. state: drawn, agrees, differs.
CREATE TABLE tally_audit (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    round BIGINT NOT NULL,
    method TEXT NOT NULL,
    risk_permille BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (unit, seq)
);
CREATE TABLE tally_sample (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    bundle BIGINT NOT NULL,
    ballot BIGINT NOT NULL,
    PRIMARY KEY (unit, seq, bundle, ballot)
);

-- The outcome of a round. facts and result: canonical JSON, a question and answer of `cunxuan law`
-- (check poll), so that anybody can derive it again. law: the packs it was derived by.
CREATE TABLE outcome (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    law TEXT NOT NULL,
    facts TEXT NOT NULL,
    result TEXT NOT NULL,
    announced_on TEXT,
    PRIMARY KEY (unit, round)
);
-- What a round left of each post. next: done, re_vote, second_poll, woman_seat, may_stop, repeat.
CREATE TABLE outcome_post (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    post TEXT NOT NULL,
    place BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    vacant BIGINT NOT NULL,
    next TEXT NOT NULL,
    PRIMARY KEY (unit, round, post)
);
-- Who may stand in the round that `next` asks for. part: tied, second.
CREATE TABLE outcome_next (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    post TEXT NOT NULL,
    part TEXT NOT NULL,
    place BIGINT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (unit, round, post, part, person)
);
-- Who won a seat. state: elected, pending (a write-in under review), ineligible, declined, void.
CREATE TABLE seated (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    post TEXT NOT NULL,
    place BIGINT NOT NULL,
    body TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    sex TEXT NOT NULL,
    votes BIGINT NOT NULL,
    write_in BIGINT NOT NULL,
    state TEXT NOT NULL,
    since_day TEXT,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, round, post, person)
);
-- Vacancies kept 缺额暂缺.
CREATE TABLE vacancy (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    post TEXT NOT NULL,
    seats BIGINT NOT NULL,
    acting TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (unit, seq)
);
-- Certificates 当选证书. state: issued, cancelled.
CREATE TABLE certificate (
    unit TEXT NOT NULL,
    no TEXT NOT NULL,
    person TEXT NOT NULL,
    post TEXT NOT NULL,
    term_from TEXT NOT NULL,
    term_to TEXT NOT NULL,
    on_day TEXT NOT NULL,
    seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (unit, no)
);
-- Sealed packets 封存. seq: of ballot.seal.
CREATE TABLE sealed_packet (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    kind TEXT NOT NULL,
    seal_no TEXT NOT NULL,
    papers BIGINT NOT NULL,
    custodian TEXT NOT NULL,
    place TEXT NOT NULL,
    keep_until TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, round, kind, seal_no)
);
