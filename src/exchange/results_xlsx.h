/* SPDX-License-Identifier: Apache-2.0 */
/* The statistics table of results, one row a village, as XLSX. */
#pragma once

#include "base/ctx.h"

struct result_seat {
    const char *post;
    const char *name;
    int64_t votes;
};

/* 分职选票: the ballots of one post. */
struct result_form {
    const char *posts; /* words of the post it carries: chair */
    int64_t issued;
    int64_t recovered;
    int64_t valid;
    int64_t invalid;
    const char *void_ground; /* "" unless its vote was not valid */
};

/* R I C V of the first valid round (of the last round, if none is); rounds: of the villagers'
 * committee, void ones too. With a ballot for each post I C V are those of the first form that was
 * valid, and `forms` has all. */
struct village_result {
    const char *code;
    const char *name;
    int64_t registered;
    int64_t issued;
    int64_t recovered;
    int64_t valid;
    int64_t invalid;
    struct result_form *forms; /* of that round, by form; none: one ballot carries all posts */
    size_t form_count;
    struct result_seat *seats; /* elected, by post as printed, then by votes */
    size_t seat_count;
    int64_t rounds;
    const char *state;    /* word of the village's state: preparing … sealed, deferred */
    bool exercise;        /* 演练: no election */
    const char *happened; /* what was out of the ordinary, for people; "" if nothing */
};

/* Writes the file anew. ERR_IO. */
enum err results_xlsx_write(struct ctx *ctx, const char *path, const struct village_result *list,
                            size_t count) WARN_UNUSED;
