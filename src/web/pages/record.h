/* SPDX-License-Identifier: Apache-2.0 */
/* The record of a unit: all entries, and one in full. */
#pragma once

#include "base/date.h"

struct log_row {
    const char *unit;
    int64_t seq;
    const char *at; /* 2021-03-20 09:00 */
    const char *who;
    const char *title;
    const char *act;
    const char *state; /* "" if it stands, else in words */
    const char *hash;  /* begins so */
};

struct log_view {
    const char *unit;
    const char *name;
    int64_t all;
    const char *newer; /* address; "" */
    const char *older;
    struct log_row *rows;
    size_t rows_count;
};

/* A field of an entry; depth: 0, or 1 for a column of a table's row. */
struct entry_line {
    const char *label;
    const char *value;
    bool is_group; /* a heading over the lines of a row */
    bool is_inner;
};

struct entry_waiver {
    const char *rule;
    const char *words; /* the reason, or the approval */
};

struct entry_view {
    const char *unit;
    const char *name;
    int64_t seq;
    const char *title;
    const char *act;
    const char *at;
    const char *who;
    const char *state;
    const char *prev_hash;
    const char *hash;
    bool is_new;   /* just submitted */
    bool is_blind; /* the other hand's figures while the count goes on: not shown */
    struct entry_line *lines;
    size_t lines_count;
    struct entry_waiver *waivers;
    size_t waivers_count;
    const char *json; /* as it lies in the ledger */
};
