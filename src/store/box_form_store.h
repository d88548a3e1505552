/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rounds with a ballot for each post 分职选票: issued, spoiled, left, recovered and counted by
 * form. Empty where one ballot carries all posts: box_store and round_store say it then.
 */
#pragma once

#include "store/db.h"

/* One form at one box: the sums so far. */
struct box_form {
    const char *unit;
    int64_t round;
    int64_t box;
    int64_t form;
    int64_t issued;
    int64_t issued_proxy;
    int64_t scribed;
    int64_t spoiled;
    int64_t unused;
    int64_t recovered;       /* foreign papers in it */
    int64_t not_official;    /* of these */
    const char *reported_at; /* HH:MM of the last report */
};

struct box_form_report {
    const char *unit;
    int64_t seq;
    int64_t form;
    int64_t round;
    int64_t box;
    const char *at;
    int64_t issued;
    int64_t issued_proxy;
    int64_t scribed;
    int64_t spoiled;
};

/* One form in the whole round. */
struct round_form {
    const char *unit;
    int64_t round;
    int64_t form;
    int64_t issued; /* I of these ballots */
    int64_t spoiled;
    int64_t unused;
    int64_t reserve;
    int64_t recovered; /* C */
    int64_t not_official;
    int64_t valid;           /* V */
    int64_t invalid;         /* X */
    int64_t blank;           /* B */
    const char *void_ground; /* "" unless the vote with these ballots is not valid */
};

/* A report, kept; the box's sums are those of the latest hour. */
enum err box_form_store_report(struct ctx *ctx, struct db *db,
                               const struct box_form_report *report) WARN_UNUSED;
/* All reports of a round, by time. */
enum err box_form_store_reports(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                                struct box_form_report **ret_list, size_t *ret_count) WARN_UNUSED;
/* By box and form. */
enum err box_form_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                             struct box_form **ret_list, size_t *ret_count) WARN_UNUSED;
/* unit, round, box, form and unused are read. */
enum err
box_form_store_set_unused(struct ctx *ctx, struct db *db, const struct box_form *form) WARN_UNUSED;
/* unit, round, box, form, recovered and not_official are read; the round's C of the form too. */
enum err
box_form_store_recover(struct ctx *ctx, struct db *db, const struct box_form *form) WARN_UNUSED;
/* Ballots of the form handed to the box. */
enum err box_form_store_allotted(struct ctx *ctx, struct db *db, const struct box_form *form,
                                 int64_t *ret_count) WARN_UNUSED;

/* poll.close; issued, recovered are sums over the boxes. */
enum err
round_form_store_put(struct ctx *ctx, struct db *db, const struct round_form *form) WARN_UNUSED;
/* By form; none: one ballot carries all posts. */
enum err round_form_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                               struct round_form **ret_list, size_t *ret_count) WARN_UNUSED;
/* void_ground, valid, invalid and blank. */
enum err
round_form_store_set(struct ctx *ctx, struct db *db, const struct round_form *form) WARN_UNUSED;
