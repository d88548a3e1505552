/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counting by two hands 计票: bundles of mixed ballots, what each hand read, where they differ,
 * and rulings on doubtful ballots. Nothing here leads to a voter, a box or a time of voting
 * (BAL-01).
 */
#pragma once

#include "store/db.h"

struct bundle {
    const char *unit;
    int64_t round;
    int64_t bundle;
    int64_t size;      /* ballots in it */
    const char *state; /* open, one_entry, equal, differ, settled */
    int64_t attempt;   /* the attempt being entered, from 1 */
    int64_t since;     /* attempts up to this one belong to an earlier count */
    int64_t form; /* 分职选票: of which form its ballots are; 0: one ballot carries all posts */
};

struct bundle_hand {
    const char *unit;
    int64_t round;
    int64_t bundle;
    const char *hand; /* a, b; s: what a monitor settled */
    int64_t attempt;
    int64_t seq;
    const char *actor; /* user */
    const char *form;  /* rows, totals */
    int64_t invalid;   /* totals: void ballots */
    int64_t blank;     /* totals: blank ballots */
};

/* One section of one ballot. Persons (codes, or names as written) are sorted, parted by tabs. */
struct bundle_section {
    const char *unit;
    int64_t round;
    int64_t bundle;
    const char *hand;
    int64_t attempt;
    int64_t ballot;
    const char *post;
    const char *marks;
    const char *write_ins;
    const char *against;
    const char *defect;
};

struct bundle_total {
    const char *unit;
    int64_t round;
    int64_t bundle;
    const char *hand;
    int64_t attempt;
    const char *post;
    const char *person; /* code, or name as written */
    int64_t votes;
    int64_t against;
    int64_t abstain;
};

struct bundle_diff {
    const char *unit;
    int64_t round;
    int64_t bundle;
    int64_t ballot; /* 0: totals */
    const char *field;
};

struct ballot_ruling {
    const char *unit;
    int64_t round;
    int64_t bundle;
    int64_t ballot;
    const char *ruling; /* valid, section_void, entry_void, void */
    const char *reason;
    int64_t favour;
    int64_t against;
    int64_t seq;
};

/* count.open: an open bundle at attempt 1. */
enum err bundle_store_add(struct ctx *ctx, struct db *db, const struct bundle *bundle) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err bundle_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           int64_t bundle, struct bundle *ret_bundle) WARN_UNUSED;
enum err bundle_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           struct bundle **ret_list, size_t *ret_count) WARN_UNUSED;
/* state, attempt and since. */
enum err bundle_store_set(struct ctx *ctx, struct db *db, const struct bundle *bundle) WARN_UNUSED;

enum err
bundle_store_add_hand(struct ctx *ctx, struct db *db, const struct bundle_hand *hand) WARN_UNUSED;
/* Every entry of the bundle, of earlier counts too, by attempt and hand. */
enum err
bundle_store_hands(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t bundle,
                   struct bundle_hand **ret_list, size_t *ret_count) WARN_UNUSED;
enum err bundle_store_add_section(struct ctx *ctx, struct db *db,
                                  const struct bundle_section *section) WARN_UNUSED;
/* Whose reading of which bundle. */
struct bundle_reading {
    const char *unit;
    int64_t round;
    int64_t bundle;   /* 0: all that are equal or settled */
    const char *hand; /* a, b */
};
/* What a hand's reading of the bundle (0: of all bundles of the round that are equal or settled)
 * is now: of each section the last attempt of this count; 's' wins over `hand`. By bundle, ballot,
 * post. */
enum err bundle_store_sections(struct ctx *ctx, struct db *db, const struct bundle_reading *reading,
                               struct bundle_section **ret_list, size_t *ret_count) WARN_UNUSED;
enum err bundle_store_add_total(struct ctx *ctx, struct db *db,
                                const struct bundle_total *total) WARN_UNUSED;
/* The same for totals. */
enum err bundle_store_totals(struct ctx *ctx, struct db *db, const struct bundle_reading *reading,
                             struct bundle_total **ret_list, size_t *ret_count) WARN_UNUSED;
enum err
bundle_store_add_diff(struct ctx *ctx, struct db *db, const struct bundle_diff *diff) WARN_UNUSED;
/* Of one bundle (0: of the round), by bundle, ballot, field. */
enum err
bundle_store_diffs(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t bundle,
                   struct bundle_diff **ret_list, size_t *ret_count) WARN_UNUSED;
enum err bundle_store_clear_diffs(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                                  int64_t bundle) WARN_UNUSED;

/* A ruling, in place of an earlier one on the same ballot. */
enum err
ruling_store_set(struct ctx *ctx, struct db *db, const struct ballot_ruling *ruling) WARN_UNUSED;
/* By bundle and ballot. */
enum err ruling_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           struct ballot_ruling **ret_list, size_t *ret_count) WARN_UNUSED;
/* count.reopen of a bundle. */
enum err ruling_store_clear(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                            int64_t bundle) WARN_UNUSED;
