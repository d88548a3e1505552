/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The order of acts as data: which earlier acts must stand (needs), which must not (never).
 *
 * A list of terms separated by spaces; every term must hold (needs) or none may (never). A term is
 *
 *     roll.post                      it stands in the unit's stream
 *     seats.fix[body=village]        … with that value of a key field
 *     count.close[round]             … with the same value of the field as this act has
 *     day.fix[body=village]|term.x   either of them
 *
 *     rules.adopt[mode=no_candidates] the village's election rules have that mode
 *
 * Key fields are those of the standing index: body, kind, round, list, subject. An act received
 * from a higher level counts like the village's own. A received act and a later replacement count
 * as well; withdrawn, replaced and void ones do not.
 */
#pragma once

#include "act/act.h"

struct need {
    const char *term; /* the term as written */
    bool holds;
    const struct act *opens; /* the act that would open the way */
};

/* Evaluates each term of `list` for the call's unit. `fields` may lack the keys (cunxuan next):
 * such a term then holds if any value stands. */
enum err needs_check(struct call *call, const char *list, struct need **ret_needs,
                     size_t *ret_count) WARN_UNUSED;
/* True if the act `user` names `used` among its needs (by id). */
bool needs_mentions(const struct act *user, const char *used);
/* A test's look at the catalogue: every term names an act and keys that exist. Names the first bad
 * term in *ret_bad. */
bool needs_are_sound(struct ctx *ctx, const struct act *act, const char **ret_bad);
