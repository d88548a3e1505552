/* SPDX-License-Identifier: Apache-2.0 */
/* Where a unit stands: the board of a township, the way of a village, the towns of a county. */
#pragma once

#include "base/date.h"

/* --- township --- */

struct town_step {
    struct text title;
};

/* state: done, next, late, waits; words say the same without colour. */
struct town_cell {
    const char *state;
    const char *path; /* the act, or the entry's list */
    const char *words;
    const char *day; /* 3月20日, short */
};

struct town_row {
    const char *unit;
    const char *name;
    const char *state;
    struct text state_words;
    struct date polling_day;
    const char *due; /* what is due first, in words; "" */
    const char *due_path;
    bool is_late;
    int64_t done;
    struct town_cell *cells;
    size_t cells_count;
};

struct town_sort {
    const char *word;
    struct text title;
    bool is_here;
};

struct town_view {
    const char *unit;
    const char *name;
    const char *code;
    int64_t villages;
    int64_t sealed;
    int64_t polling; /* notice of the poll is out, result not announced */
    int64_t late;
    int64_t deferred;
    struct town_sort *sorts;
    size_t sorts_count;
    struct town_step *steps;
    size_t steps_count;
    int64_t steps_all;
    struct town_row *rows;
    size_t rows_count;
};

/* --- village --- */

struct way_act {
    const char *unit;
    const char *id;
    struct text title;
    const char *by;    /* blocked: why */
    const char *opens; /* blocked: id of the act that opens the way; "" */
    struct text opens_title;
    const char *roles;  /* who does it */
    bool may;           /* the signed-in account does */
    int64_t times;      /* how often it stands */
    int64_t seq;        /* of the last entry */
    struct date on_day; /* of the last entry */
    const char *who;    /* entered it */
    const char *hash;   /* begins so */
};

struct way_stage {
    const char *title;
    struct way_act *done;
    size_t done_count;
    struct way_act *open;
    size_t open_count;
    struct way_act *blocked;
    size_t blocked_count;
    bool is_now; /* something can be done here and something was done before or is due */
};

struct way_due {
    const char *unit;
    struct date day;
    const char *what;
    const char *act; /* "" if none */
    const char *source;
    bool is_late;
};

struct way_fact {
    struct text label;
    const char *value;
};

struct way_view {
    const char *unit;
    const char *name;
    const char *code;
    const char *state; /* of the stream */
    bool is_opened;
    struct way_due *dues;
    size_t dues_count;
    struct way_stage *stages;
    size_t stages_count;
    struct way_fact *facts;
    size_t facts_count;
};

/* --- county --- */

struct county_view {
    const char *name;
    const struct unit_line *rows;
    size_t rows_count;
};
struct unit_line {
    const char *unit;
    const char *name;
};
