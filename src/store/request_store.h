/* SPDX-License-Identifier: Apache-2.0 */
/* Requests to a higher level 请示、备案 and what assemblies passed. */
#pragma once

#include "store/db.h"

struct request {
    const char *unit;
    int64_t seq;
    const char *kind; /* of acts.md 6.0a */
    const char *post; /* "" if for no post in particular */
    const char *subject;
    const char *state;    /* asked, granted, refused, filed, noted */
    const char *asked_by; /* user */
    const char *asked_person;
    const char *to_unit;
    int64_t cause_seq;
    int64_t decided_seq; /* 0: not decided */
    const char *decided_by;
    struct date valid_until;
};

enum err
request_store_add(struct ctx *ctx, struct db *db, const struct request *request) WARN_UNUSED;
enum err request_store_add_person(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                                  const char *person) WARN_UNUSED;
enum err request_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                            struct request *ret_request) WARN_UNUSED;
enum err
request_store_decide(struct ctx *ctx, struct db *db, const struct request *request) WARN_UNUSED;
enum err request_store_list(struct ctx *ctx, struct db *db, const char *unit,
                            struct request **ret_list, size_t *ret_count) WARN_UNUSED;
/* What is looked for; NULL: any. state NULL: granted, filed or noted. A request without post covers
 * all posts; one whose valid_until is before `day` covers nothing. */
struct request_wanted {
    const char *unit;
    const char *kind;
    const char *state;
    const char *person;
    const char *post;
    struct date day;
};
/* The last request that covers it; ERR_NOT_FOUND without words. */
enum err request_store_covering(struct ctx *ctx, struct db *db, const struct request_wanted *wanted,
                                struct request *ret_request) WARN_UNUSED;

/* One item voted on by an assembly. */
struct assembly_item {
    const char *unit;
    int64_t seq;
    int64_t item;     /* 1 … */
    const char *kind; /* villagers, households, representatives, group */
    struct date held_on;
    const char *matter;
    const char *grp; /* "" unless kind is group */
    int64_t favour;
    int64_t present;
    bool passed;
};

enum err
assembly_store_add(struct ctx *ctx, struct db *db, const struct assembly_item *item) WARN_UNUSED;
/* The item of that matter in the assembly entry `seq`; ERR_NOT_FOUND without words. */
enum err assembly_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                             const char *matter, struct assembly_item *ret_item) WARN_UNUSED;
/* All items of the unit on that matter that passed (of entries that stand), by seq. */
enum err assembly_store_passed(struct ctx *ctx, struct db *db, const char *unit, const char *matter,
                               struct assembly_item **ret_list, size_t *ret_count) WARN_UNUSED;
