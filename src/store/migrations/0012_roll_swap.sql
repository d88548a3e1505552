-- SPDX-License-Identifier: Apache-2.0
-- Surnames of equal strokes whose order an office chose 笔画笔顺相同的姓氏: an index of the ledger.
CREATE TABLE roll_swap (
    unit TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (unit, first, second)
);
