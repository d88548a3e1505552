/* SPDX-License-Identifier: Apache-2.0 */
/* The village election committee, its decisions, and the rules the village adopted. */
#pragma once

#include "store/db.h"

struct committee_member {
    const char *unit;
    const char *person;
    const char *kind; /* member, alternate */
    const char *post; /* chair, vice_chair, member */
    int64_t votes;
    int64_t place;     /* as listed, 1 … */
    const char *state; /* in, left, waiting */
};

enum err committee_store_put(struct ctx *ctx, struct db *db,
                             const struct committee_member *member) WARN_UNUSED;
/* Those in office (state in), by post and place. */
enum err committee_store_members(struct ctx *ctx, struct db *db, const char *unit,
                                 struct committee_member **ret_list, size_t *ret_count) WARN_UNUSED;
/* Alternates not called yet, in the order of votes. */
enum err committee_store_waiting(struct ctx *ctx, struct db *db, const char *unit,
                                 struct committee_member **ret_list, size_t *ret_count) WARN_UNUSED;
/* The member in office who is that person (by code or name); ERR_NOT_FOUND without words. */
enum err committee_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                              struct committee_member *ret_member) WARN_UNUSED;
enum err committee_store_set_state(struct ctx *ctx, struct db *db, const char *unit,
                                   const char *person, const char *state) WARN_UNUSED;
/* Members ever elected or called minus those in office: places open now. */
enum err committee_store_open_places(struct ctx *ctx, struct db *db, const char *unit,
                                     int64_t *ret_places) WARN_UNUSED;

struct committee_decision {
    const char *unit;
    int64_t seq;
    int64_t item;
    const char *matter;
    int64_t favour;
    int64_t members;
    bool passed;
};

enum err decision_store_add(struct ctx *ctx, struct db *db,
                            const struct committee_decision *decision) WARN_UNUSED;
/* True if the meeting entry `seq` exists and every item of it passed (VEC-07). */
enum err decision_store_passed(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                               bool *ret_passed) WARN_UNUSED;

struct adopted_rules {
    const char *unit;
    const char *kind; /* work_plan, election_rules */
    int64_t seq;
    const char *bars;
    const char *mode;  /* nomination, nomination_and_primary, self_nomination, no_candidates, "" */
    bool audit_sample; /* a tally audit is asked before the announcement */
};

enum err
rules_store_put(struct ctx *ctx, struct db *db, const struct adopted_rules *rules) WARN_UNUSED;
/* The election rules in force; ERR_NOT_FOUND without words. */
enum err rules_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                          struct adopted_rules *ret_rules) WARN_UNUSED;
enum err rules_store_put_place(struct ctx *ctx, struct db *db, const char *unit, const char *post,
                               int64_t candidates) WARN_UNUSED;
/* Candidates the rules set for the post; 0 if they are silent. */
enum err rules_store_places(struct ctx *ctx, struct db *db, const char *unit, const char *post,
                            int64_t *ret_candidates) WARN_UNUSED;
