/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks streams of entries: numbers, links, hashes, canonical form, columns. As every entry keeps
 * the hash before it, each can be hashed alone: rows are handed to several threads in batches and
 * hashed eight at a time. Memory does not grow with the number of rows.
 */
#pragma once

#include "ledger/entry.h"

enum chain_fault {
#define X(symbol, zh, en) CHAIN_##symbol,
#include "ledger/chain_faults.def"
#undef X
};

/* The first bad entry of a stream. */
struct chain_break {
    enum chain_fault fault;
    char unit[64]; /* cut off if damage made it longer */
    int64_t seq;
};

struct chain_result {
    int64_t entries;
    int64_t streams;
    struct chain_break *breaks; /* in the order of the rows; at most one a stream */
    size_t break_count;
};

/* A check in progress; all calls from one thread. threads: how many in all, at least 1. */
struct chain_check;
struct chain_check *chain_check_new(void *mem, int threads);
/* The next row: units one after another, each by seq from 1 on. The row is copied. */
void chain_check_add(struct chain_check *check, const struct entry_row *row);
/* Waits for the threads and says what was found, in the memory of the check. */
struct chain_result chain_check_end(struct chain_check *check);

struct text chain_fault_text(enum chain_fault fault);
/* "361023114001 第 17 号记录：内容与哈希不符…" */
const char *chain_break_words(struct ctx *ctx, const struct chain_break *found);
