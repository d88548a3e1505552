-- SPDX-License-Identifier: Apache-2.0
-- Before the poll and the poll: stations, boxes, staff, people helped, proxies, ballot forms and
-- their stock. All are an index of the ledger. No table here joins a voter to a ballot, to a box
-- or to a time: ballots are reported per box, as sums so far (BAL-01).

-- Central venue 中心会场, stations 投票站, mobile boxes 流动票箱 of a round. route: JSON, "" if none.
CREATE TABLE station (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    opens TEXT NOT NULL,
    closes TEXT NOT NULL,
    booths BIGINT NOT NULL,
    route TEXT NOT NULL,
    reason TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, round, name)
);

-- Ballot boxes. state: set, sealed, open, closed, gathered, opened. issued, issued_proxy, scribed,
-- spoiled: sums reported so far; allotted and unused: ballots (sets of forms) at the box.
CREATE TABLE box (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    box BIGINT NOT NULL,
    station TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    seal_no TEXT NOT NULL,
    allotted BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    issued_proxy BIGINT NOT NULL,
    scribed BIGINT NOT NULL,
    spoiled BIGINT NOT NULL,
    unused BIGINT NOT NULL,
    recovered BIGINT NOT NULL,
    not_official BIGINT NOT NULL,
    reported_at TEXT NOT NULL,
    PRIMARY KEY (unit, round, box)
);

-- Reports of a box, for turnout by the hour.
CREATE TABLE box_report (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    round BIGINT NOT NULL,
    box BIGINT NOT NULL,
    at TEXT NOT NULL,
    issued BIGINT NOT NULL,
    issued_proxy BIGINT NOT NULL,
    scribed BIGINT NOT NULL,
    spoiled BIGINT NOT NULL,
    PRIMARY KEY (unit, seq)
);

-- Staff 选举工作人员. state: on_duty, ended. person: a code, or 外:name.
CREATE TABLE staff (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    person TEXT NOT NULL,
    duty TEXT NOT NULL,
    box BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, round, person, duty, box)
);

-- People who vote at a mobile box, or with a scribe 代写. kind: mobile, scribe.
CREATE TABLE assist (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    reason TEXT NOT NULL,
    box BIGINT NOT NULL,
    scribe TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, round, kind, person)
);

-- Proxies 委托投票. seq: entry of the certificate. state: registered, posted, ended, refused.
CREATE TABLE proxy (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    principal TEXT NOT NULL,
    proxy TEXT NOT NULL,
    relation TEXT NOT NULL,
    place BIGINT NOT NULL,
    filed_on TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    ended_seq BIGINT NOT NULL,
    PRIMARY KEY (unit, seq)
);
CREATE INDEX proxy_principal ON proxy (unit, principal);
CREATE INDEX proxy_holder ON proxy (unit, proxy);

-- Ballot forms 选票样式 and their stock. state: designed, printed, retired (kept sealed, not used).
CREATE TABLE ballot_form (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    form BIGINT NOT NULL,
    layout TEXT NOT NULL,
    size TEXT NOT NULL,
    colour TEXT NOT NULL,
    state TEXT NOT NULL,
    printed BIGINT NOT NULL,
    spoiled BIGINT NOT NULL,
    seal_no TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, round, form)
);

-- Posts on a form, with their lines for 另选他人.
CREATE TABLE ballot_form_post (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    form BIGINT NOT NULL,
    post TEXT NOT NULL,
    place BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    write_in_lines BIGINT NOT NULL,
    PRIMARY KEY (unit, round, form, post)
);

-- Names on a form, in the order printed.
CREATE TABLE ballot_form_candidate (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    form BIGINT NOT NULL,
    post TEXT NOT NULL,
    place BIGINT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (unit, round, form, post, place)
);

-- Ballots handed to boxes 领用.
CREATE TABLE box_stock (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    box BIGINT NOT NULL,
    form BIGINT NOT NULL,
    allotted BIGINT NOT NULL,
    PRIMARY KEY (unit, round, box, form)
);

-- End of the poll of a round: what was left over.
CREATE TABLE poll_close (
    unit TEXT NOT NULL,
    round BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    issued_proxy BIGINT NOT NULL,
    scribed BIGINT NOT NULL,
    spoiled BIGINT NOT NULL,
    unused BIGINT NOT NULL,
    reserve BIGINT NOT NULL,
    fate TEXT NOT NULL,
    seal_no TEXT NOT NULL,
    PRIMARY KEY (unit, round)
);
