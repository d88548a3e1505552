/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ballot boxes 票箱 of a round. What is reported is always the sum so far of a box; nobody's ballot
 * is ever recorded (BAL-01).
 */
#pragma once

#include "store/db.h"

/* set → sealed (ballots handed out) → open → closed → gathered → opened (recovered). */
enum box_state {
    BOX_SET,
    BOX_SEALED,
    BOX_OPEN,
    BOX_CLOSED,
    BOX_GATHERED,
    BOX_OPENED,
    BOX_STATE_COUNT
};

const char *box_state_word(enum box_state state);
/* BOX_STATE_COUNT if there is none of that name. */
enum box_state box_state_find(const char *word);

struct box {
    const char *unit;
    int64_t round;
    int64_t box; /* number */
    const char *station;
    const char *kind; /* of the station: central, station, mobile */
    const char *state;
    const char *seal_no;
    int64_t allotted; /* ballots handed to it; with a form per post: complete sets */
    int64_t issued;   /* in voters' hands; those handed back spoiled are not in it */
    int64_t issued_proxy;
    int64_t scribed;
    int64_t spoiled;
    int64_t unused;
    int64_t recovered;       /* foreign papers in it */
    int64_t not_official;    /* of these */
    const char *reported_at; /* HH:MM of the last report; "" if none */
};

/* Sums over the boxes of a round. */
struct box_totals {
    int64_t boxes;
    int64_t allotted;
    int64_t issued;
    int64_t issued_proxy;
    int64_t scribed;
    int64_t spoiled;
    int64_t unused;
    int64_t recovered;
    int64_t not_official;
};

/* One report: the sums of one box at one hour. */
struct box_report {
    const char *unit;
    int64_t seq;
    int64_t round;
    int64_t box;
    const char *at;
    int64_t issued;
    int64_t issued_proxy;
    int64_t scribed;
    int64_t spoiled;
};

/* A new box, state set, empty; of one that is there: its station. */
enum err box_store_put(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t box,
                       const char *station, const char *kind) WARN_UNUSED;
/* Takes away the boxes of a station (it is set anew before the poll). */
enum err box_store_clear_station(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                                 const char *station) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err box_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                        int64_t box, struct box *ret_box) WARN_UNUSED;
/* By number. */
enum err box_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                        struct box **ret_list, size_t *ret_count) WARN_UNUSED;
enum err box_store_totals(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                          struct box_totals *ret_totals) WARN_UNUSED;
/* How many boxes of the round have not come as far as `state` (every box gathered: 0). */
enum err box_store_count_before(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                                enum box_state state, int64_t *ret_count) WARN_UNUSED;

/* seal_no NULL: as it was. */
enum err box_store_set_state(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                             int64_t box, enum box_state state, const char *seal_no) WARN_UNUSED;
/* ballot.issue, box.close: the sums of the box so far, kept for turnout by the hour. One of an
 * earlier hour than the last (a correction) leaves the box as it is. */
enum err
box_store_report(struct ctx *ctx, struct db *db, const struct box_report *report) WARN_UNUSED;
/* All reports of a round, by time and box. */
enum err box_store_reports(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           struct box_report **ret_list, size_t *ret_count) WARN_UNUSED;
enum err box_store_set_unused(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                              int64_t box, int64_t unused) WARN_UNUSED;
/* box.recover: C of the box; state opened. */
enum err box_store_recover(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           int64_t box, int64_t recovered, int64_t not_official) WARN_UNUSED;
