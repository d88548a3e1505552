-- SPDX-License-Identifier: Apache-2.0
-- Streams taken out to another machine 取出件 (H3). An index of the ledger.

-- state: out, back, void. token_hash: SM3 of the proof the kit must bring back. public_key: PEM of
-- the key with which it signs. file: what was brought back, "" if not. ended_seq: kit.bring_back or
-- kit.void, 0 if none.
CREATE TABLE kit (
    unit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    holder TEXT NOT NULL,
    machine TEXT NOT NULL,
    back_by TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    public_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL,
    file TEXT NOT NULL,
    ended_seq BIGINT NOT NULL,
    PRIMARY KEY (unit, seq)
);
