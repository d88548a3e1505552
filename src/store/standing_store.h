/* SPDX-License-Identifier: Apache-2.0 */
/* What stands 有效: the index by which later acts find earlier ones. */
#pragma once

#include "store/db.h"

/* Key columns are "" (round: 0) where the act has no such field. `on_day` is the act's own date:
 * the first of its fields on, held_on, posted_on, … that it has. */
struct standing {
    const char *unit;
    int64_t seq;
    const char *act;
    const char *body;
    const char *kind;
    int64_t round;
    const char *list;
    const char *subject;
    struct date on_day;
    const char *at;
    const char *state; /* stands, withdrawn, replaced, void */
};

/* What to look for: NULL (round: -1) matches anything. */
struct standing_query {
    const char *unit;
    const char *act;
    const char *body;
    const char *kind;
    int64_t round;
    const char *list;
    const char *subject;
};

enum err
standing_store_add(struct ctx *ctx, struct db *db, const struct standing *standing) WARN_UNUSED;
/* The entries that stand and match, by seq. */
enum err standing_store_list(struct ctx *ctx, struct db *db, const struct standing_query *query,
                             struct standing **ret_list, size_t *ret_count) WARN_UNUSED;
/* The last of them; ERR_NOT_FOUND without words. */
enum err standing_store_last(struct ctx *ctx, struct db *db, const struct standing_query *query,
                             struct standing *ret_standing) WARN_UNUSED;
enum err standing_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                             struct standing *ret_standing) WARN_UNUSED;
/* All entries of the unit in any state, by seq. */
enum err standing_store_all(struct ctx *ctx, struct db *db, const char *unit,
                            struct standing **ret_list, size_t *ret_count) WARN_UNUSED;
/* What stands in the units directly below `parent`, once per unit, act, body and list, by unit:
 * on_day is the last. */
struct standing_last {
    const char *unit;
    const char *act;
    const char *body;
    const char *list;
    struct date on_day;
};
enum err standing_store_below(struct ctx *ctx, struct db *db, const char *parent,
                              struct standing_last **ret_list, size_t *ret_count) WARN_UNUSED;
/* Sets the state of one entry, or of every standing one that matches the query. */
enum err standing_store_set(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                            const char *state) WARN_UNUSED;
enum err
standing_store_set_matching(struct ctx *ctx, struct db *db, const struct standing_query *query,
                            const char *state) WARN_UNUSED;

/* Short forms: does `act` stand in the unit (of that kind or body, NULL any)? */
enum err standing_has(struct ctx *ctx, struct db *db, const char *unit, const char *act,
                      const char *body, const char *kind, bool *ret_has) WARN_UNUSED;
enum err standing_has_round(struct ctx *ctx, struct db *db, const char *unit, const char *act,
                            int64_t round, bool *ret_has) WARN_UNUSED;
