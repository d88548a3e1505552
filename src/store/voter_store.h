/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The roll of voters 登记参加选举的村民名单: draft → confirmed → posted → frozen, and who is on it.
 *
 * R is the number of people on the published list: what roll.post posted, changed by what
 * roll.supplement published since. A change not yet published is no change (REG-06).
 */
#pragma once

#include "store/db.h"

struct roll {
    const char *unit;
    const char *state; /* open, draft, confirmed, posted, frozen */
    struct date from_on;
    struct date to_on;
    int64_t confirmed_seq; /* of the last roll.confirm, 0 if there never was one */
    int64_t posted_seq;
    struct date posted_on;
    int64_t posted_count;  /* R as first posted */
    const char *list_hash; /* SM3 of the canonical list as last published, hex */
    int64_t frozen_seq;
};

/* ERR_NOT_FOUND, without words, if registration was not announced. */
enum err roll_store_find(struct ctx *ctx, struct db *db, const char *unit,
                         struct roll *ret_roll) WARN_UNUSED;
/* Adds the row or replaces it. */
enum err roll_store_set(struct ctx *ctx, struct db *db, const struct roll *roll) WARN_UNUSED;

struct voter {
    const char *unit;
    const char *person;
    const char *state; /* draft, listed, not_listed, pending, struck */
    int64_t head;      /* 1, 2, 3 (组织法 §13), 0 if never listed */
    const char *reason;
    const char *home; /* head 3: where the household is */
    struct date resident_since;
    struct date village_work_since;
    struct date applied_on;
    int64_t consent_seq; /* head 3: the assembly that consented, 0 if none */
};

/* Adds the row or replaces it. */
enum err voter_store_set(struct ctx *ctx, struct db *db, const struct voter *voter) WARN_UNUSED;
/* Many new ones at once. */
enum err voter_store_add_all(struct ctx *ctx, struct db *db, const struct voter *list,
                             size_t count) WARN_UNUSED;
enum err voter_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                          struct voter *ret_voter) WARN_UNUSED;
/* All rows of the unit in any state, by person. */
enum err voter_store_list(struct ctx *ctx, struct db *db, const char *unit, struct voter **ret_list,
                          size_t *ret_count) WARN_UNUSED;
/* Every voter in state `from` gets state `to`. */
enum err voter_store_move(struct ctx *ctx, struct db *db, const char *unit, const char *from,
                          const char *to) WARN_UNUSED;

/* True if the person is on the list as published (or, before posting, as drafted). */
enum err voter_store_is_registered(struct ctx *ctx, struct db *db, const char *unit,
                                   const char *person, bool *ret_is) WARN_UNUSED;
/* R: people on the published list; 0 before roll.post. */
enum err
voter_store_count(struct ctx *ctx, struct db *db, const char *unit, int64_t *ret_count) WARN_UNUSED;
enum err voter_store_count_group(struct ctx *ctx, struct db *db, const char *unit, const char *grp,
                                 int64_t *ret_count) WARN_UNUSED;
/* From poll.open on nothing changes any more, for all rounds (SEQ-04, REG-06). */
enum err
voter_store_freeze(struct ctx *ctx, struct db *db, const char *unit, int64_t seq) WARN_UNUSED;
enum err
voter_store_is_frozen(struct ctx *ctx, struct db *db, const char *unit, bool *ret_is) WARN_UNUSED;

/* One line of the list. */
struct voter_line {
    const char *person;
    const char *name;
    const char *sex;
    struct date birth;
    const char *grp;
    const char *household;
    int64_t head;
    const char *state;
};
/* People in state `draft`, `listed` (NULL: both), by person code. Order of strokes: act/roll.h. */
enum err voter_store_lines(struct ctx *ctx, struct db *db, const char *unit, const char *state,
                           struct voter_line **ret_list, size_t *ret_count) WARN_UNUSED;
/* Groups 村民小组 of the people of the register and the roll, in the order of person codes. */
enum err voter_store_groups(struct ctx *ctx, struct db *db, const char *unit,
                            const char ***ret_groups, size_t *ret_count) WARN_UNUSED;
/* People of the household register with no row on the roll in any state (ROL-02: to be explained if
 * adult), by person. */
enum err voter_store_uncovered(struct ctx *ctx, struct db *db, const char *unit,
                               struct voter_line **ret_list, size_t *ret_count) WARN_UNUSED;

struct roll_change {
    const char *unit;
    int64_t seq;
    const char *kind; /* add, strike, amend */
    const char *person;
    int64_t head;
    const char *reason;
    const char *old_value;
    const char *new_value;
    struct date on_day; /* when the committee decided it */
    int64_t objection_seq;
    const char *state; /* pending, published */
    int64_t published_seq;
};
enum err
roll_change_store_add(struct ctx *ctx, struct db *db, const struct roll_change *change) WARN_UNUSED;
/* Those in that state (NULL: all), by seq. */
enum err roll_change_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *state,
                                struct roll_change **ret_list, size_t *ret_count) WARN_UNUSED;
/* All pending ones become published by entry `seq`. */
enum err roll_change_store_publish(struct ctx *ctx, struct db *db, const char *unit,
                                   int64_t seq) WARN_UNUSED;
/* True if the person has a pending change of that kind (NULL: any). */
enum err roll_change_store_pending(struct ctx *ctx, struct db *db, const char *unit,
                                   const char *person, const char *kind, bool *ret_is) WARN_UNUSED;
