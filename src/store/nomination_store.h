/* SPDX-License-Identifier: Apache-2.0 */
/* The nomination 提名, written answers, lists of candidates as posted, objections 异议. */
#pragma once

#include "store/db.h"

struct nomination {
    const char *unit;
    int64_t seq;   /* of nominate.announce */
    int64_t round; /* of kind nomination */
    struct date from_on;
    struct date to_on;
    int64_t papers; /* recovered; 0 before the result */
};

enum err nomination_store_put(struct ctx *ctx, struct db *db,
                              const struct nomination *nomination) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err nomination_store_find(struct ctx *ctx, struct db *db, const char *unit,
                               struct nomination *ret_nomination) WARN_UNUSED;

struct nomination_vote {
    const char *unit;
    const char *kind; /* nomination, primary */
    const char *post;
    const char *person;
    int64_t votes;
};

enum err
vote_store_add(struct ctx *ctx, struct db *db, const struct nomination_vote *vote) WARN_UNUSED;
/* Forgets all votes of nomination and primary: the nomination begins anew. */
enum err vote_store_clear(struct ctx *ctx, struct db *db, const char *unit) WARN_UNUSED;
/* Of a kind, by post, votes falling, person. */
enum err vote_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                         struct nomination_vote **ret_list, size_t *ret_count) WARN_UNUSED;

struct candidate_answer {
    const char *unit;
    const char *body;
    const char *person;
    const char *answer; /* accept, decline, withdraw */
    const char *post;   /* accept: for this one */
};

enum err
answer_store_put(struct ctx *ctx, struct db *db, const struct candidate_answer *answer) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err answer_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                           const char *person, struct candidate_answer *ret_answer) WARN_UNUSED;

struct candidate_list {
    const char *unit;
    const char *body;
    const char *list; /* initial, preparatory, formal */
    int64_t seq;
    struct date posted_on;
    const char *hash; /* SM3 of the list as posted, hex */
};

enum err
list_store_put(struct ctx *ctx, struct db *db, const struct candidate_list *list) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err list_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                         const char *list, struct candidate_list *ret_list) WARN_UNUSED;

struct objection {
    const char *unit;
    int64_t seq;
    const char *subject; /* vec, roll, initial, preparatory, formal, proxy, result, procedure */
    struct date received_on;
    bool in_time;         /* only then a clock runs */
    const char *decision; /* "" while open */
    int64_t decided_seq;
};

enum err
objection_store_add(struct ctx *ctx, struct db *db, const struct objection *objection) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err objection_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                              struct objection *ret_objection) WARN_UNUSED;
enum err objection_store_decide(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                                const char *decision, int64_t by_seq) WARN_UNUSED;
/* How many on that subject are not decided. */
enum err objection_store_open(struct ctx *ctx, struct db *db, const char *unit, const char *subject,
                              int64_t *ret_count) WARN_UNUSED;
