/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a finished count, and samples drawn to check it 计票抽查. */
#pragma once

#include "store/db.h"

struct count_vote {
    const char *unit;
    int64_t round;
    const char *post;
    int64_t place;
    const char *person;
    const char *name;
    bool printed;
    int64_t votes;
};

struct count_section {
    const char *unit;
    int64_t round;
    const char *post;
    int64_t valid;
    int64_t invalid;
    int64_t blank;
};

struct tally_audit {
    const char *unit;
    int64_t seq; /* of tally_audit.draw */
    int64_t round;
    const char *method; /* ballot, bundle */
    int64_t risk_permille;
    const char *state; /* drawn, agrees, differs */
};

struct tally_sample {
    const char *unit;
    int64_t seq;
    int64_t bundle;
    int64_t ballot; /* 0: the whole bundle */
};

/* count.close: figures in place of those of an earlier count. */
enum err
count_store_clear(struct ctx *ctx, struct db *db, const char *unit, int64_t round) WARN_UNUSED;
enum err
count_store_add_vote(struct ctx *ctx, struct db *db, const struct count_vote *vote) WARN_UNUSED;
enum err count_store_add_section(struct ctx *ctx, struct db *db,
                                 const struct count_section *section) WARN_UNUSED;
/* By post and place: printed names in ballot order, then written ones by votes. */
enum err count_store_votes(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           struct count_vote **ret_list, size_t *ret_count) WARN_UNUSED;
enum err count_store_sections(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                              struct count_section **ret_list, size_t *ret_count) WARN_UNUSED;

enum err
tally_audit_store_add(struct ctx *ctx, struct db *db, const struct tally_audit *audit) WARN_UNUSED;
enum err tally_audit_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                                struct tally_audit *ret_audit) WARN_UNUSED;
/* The last of the round; ERR_NOT_FOUND without words. */
enum err tally_audit_store_last(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                                struct tally_audit *ret_audit) WARN_UNUSED;
enum err tally_audit_store_set_state(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                                     const char *state) WARN_UNUSED;
enum err tally_audit_store_add_sample(struct ctx *ctx, struct db *db,
                                      const struct tally_sample *sample) WARN_UNUSED;
enum err tally_audit_store_samples(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                                   struct tally_sample **ret_list, size_t *ret_count) WARN_UNUSED;
