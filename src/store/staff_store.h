/* SPDX-License-Identifier: Apache-2.0 */
/* Staff of the poll 选举工作人员: who has which duty at which box. */
#pragma once

#include "store/db.h"

struct staff {
    const char *unit;
    int64_t round;
    const char *person; /* as in person fields */
    const char *duty;   /* chief_monitor, monitor, issuer, caller, tally, scribe, mobile, order */
    int64_t box;        /* 0: no box in particular */
    const char *state;  /* on_duty, ended */
    const char *reason; /* why it ended; "" */
    int64_t seq;        /* entry of the appointment */
};

/* Adds the duty; one that had ended begins again. */
enum err staff_store_put(struct ctx *ctx, struct db *db, const struct staff *staff) WARN_UNUSED;
/* Everybody of the round, ended ones too, by box, duty and person. */
enum err staff_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                          struct staff **ret_list, size_t *ret_count) WARN_UNUSED;
/* On duty in that round (-1: in any), with that duty (NULL: any)? A chief monitor is a monitor. */
enum err staff_store_has_duty(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                              const char *person, const char *duty, bool *ret_has) WARN_UNUSED;
/* How many are on duty in the round with that duty at that box; those of no box in particular
 * count where `box` is 0 only. A chief monitor is a monitor. */
enum err staff_store_count(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           const char *duty, int64_t box, int64_t *ret_count) WARN_UNUSED;
/* Ends all duties of the person, in every round that is not over. */
enum err staff_store_end(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                         const char *reason) WARN_UNUSED;
