/* SPDX-License-Identifier: Apache-2.0 */
/* The board of a township: its villages against the main steps of the way, at one look. */
#pragma once

#include "act/way.h"

enum cell_state {
    CELL_WAITS, /* not done, others come first */
    CELL_NEXT,  /* the first one not done */
    CELL_LATE,  /* not done and its legal day is past */
    CELL_DONE,
};

struct board_cell {
    enum cell_state state;
    struct date day; /* done on; else the last legal day, if there is one */
};

enum { BOARD_STEPS_MAX = 16 };

struct board_step {
    struct text title;
    const char *act;
    const char *list; /* of the act; NULL: any */
};
/* The columns, in order. */
const struct board_step *board_steps(size_t *ret_count);

struct board_row {
    const char *unit;
    const char *name;
    const char *state; /* none, open, deferred, out, sealed */
    struct date polling_day;
    struct board_cell cells[BOARD_STEPS_MAX];
    int64_t done;           /* cells done */
    const struct due *next; /* what is due first; NULL: nothing */
    int64_t late;           /* dues past their day */
};

/* Villages directly below `parent`, by code. */
enum err board_load(struct ctx *ctx, struct gate *gate, const char *parent, struct date today,
                    struct board_row **ret_rows, size_t *ret_count) WARN_UNUSED;
