/* SPDX-License-Identifier: Apache-2.0 */
/* People in a body's election 候选人: from nominee to elected. */
#pragma once

#include "store/db.h"

struct candidate {
    const char *unit;
    const char *body;
    const char *person;
    const char *post;
    const char *state; /* nominee … void, see 0005_people.sql */
    const char *source;
    int64_t votes; /* of the nomination */
    int64_t place; /* on the posted list; 0 before */
};

enum err
candidate_store_put(struct ctx *ctx, struct db *db, const struct candidate *candidate) WARN_UNUSED;
/* The row of that person and post; ERR_NOT_FOUND without words. */
enum err candidate_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                              const char *person, const char *post,
                              struct candidate *ret_candidate) WARN_UNUSED;
/* All of a body, by post, place, votes falling. state NULL: any. */
enum err
candidate_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                     const char *state, struct candidate **ret_list, size_t *ret_count) WARN_UNUSED;
/* Sets the state of a person in all posts of the body. */
enum err
candidate_store_set_state(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                          const char *person, const char *state) WARN_UNUSED;
/* Everybody of the body becomes void: the nomination begins anew. */
enum err candidate_store_void(struct ctx *ctx, struct db *db, const char *unit,
                              const char *body) WARN_UNUSED;
/* True if he stands: nominee … formal, not declined, withdrawn, disqualified, struck. */
enum err candidate_store_is_nominee(struct ctx *ctx, struct db *db, const char *unit,
                                    const char *body, const char *person, bool *ret_is) WARN_UNUSED;
/* True if he is on the formal list (or preparatory, party). */
enum err candidate_store_is_formal(struct ctx *ctx, struct db *db, const char *unit,
                                   const char *body, const char *person, bool *ret_is) WARN_UNUSED;
/* Everybody who stands now in any post of the body, once each. */
enum err
candidate_store_standing(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                         struct candidate **ret_list, size_t *ret_count) WARN_UNUSED;
