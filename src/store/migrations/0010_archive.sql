-- SPDX-License-Identifier: Apache-2.0
-- After the election 后续工作: handover and archive. All are an index of the ledger.

-- What the old body handed to the new 工作移交. problem: "" if there is none.
CREATE TABLE handover_item (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    problem TEXT NOT NULL,
    settle_by TEXT,
    on_day TEXT NOT NULL,
    PRIMARY KEY (unit, seq)
);
-- Rows of a list of the archive 归档目录, by class (ARC-02). missing: why a paper is not there.
CREATE TABLE archive_item (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    place BIGINT NOT NULL,
    class BIGINT NOT NULL,
    title TEXT NOT NULL,
    entry_seq BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    missing TEXT NOT NULL,
    PRIMARY KEY (unit, seq, place)
);
-- Seals, the first and supplements. list_seq: the archive.list sealed with it.
CREATE TABLE archive_seal (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    on_day TEXT NOT NULL,
    custodian TEXT NOT NULL,
    keep_until TEXT NOT NULL,
    copies BIGINT NOT NULL,
    list_seq BIGINT NOT NULL,
    PRIMARY KEY (unit, seq)
);
-- Custody of the sealed archive. action: transfer, lend, return, destroy.
CREATE TABLE archive_move (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    action TEXT NOT NULL,
    on_day TEXT NOT NULL,
    holder TEXT NOT NULL,
    PRIMARY KEY (unit, seq)
);
