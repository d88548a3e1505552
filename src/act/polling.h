/* SPDX-License-Identifier: Apache-2.0 */
/* What the acts before and on the polling day share: which round, who stands, who is whose kin. */
#pragma once

#include "act/act.h"
#include "domain/words.h"
#include "store/box_store.h"
#include "store/round_store.h"

/* The round an act speaks of: its field `round`; without one, the last round of the villagers'
 * committee vote that is no nomination. ERR_NOT_FOUND without words. */
enum err polling_round_find(const struct call *call, struct round *ret_round) WARN_UNUSED;
/* The same for a check: if there is none, or it is void, SEQ-01 is found and *ret_found is false.
 */
enum err polling_round(struct call *call, struct round *ret_round, bool *ret_found) WARN_UNUSED;
/* True if the round has come as far as `state` (a void one has not). */
bool polling_reached(const struct round *round, enum round_state state);
/* SEQ-04 if the round has opened; true then. */
bool polling_block_opened(struct call *call, const struct round *round);
/* True for a round that round.order made: its posts and people are in round_store. */
bool polling_is_ordered(const struct round *round);
/* The box of that number in the round: SEQ-01 and *ret_found false if there is none. */
enum err polling_box(struct call *call, const struct round *round, int64_t number,
                     struct box *ret_box, bool *ret_found) WARN_UNUSED;

/* People, as in person fields, in some order. Zeroed is empty. */
struct polling_people {
    const char **list;
    size_t count;
};
void polling_people_add(const struct call *call, struct polling_people *people, const char *person);
/* By strokes where the pack says so (ORD-01, NOM-09); else as they are. */
enum err polling_people_order(const struct call *call, struct polling_people *people) WARN_UNUSED;

/* Who stands in the round for that post (NULL: for any), in the order of the ballot. */
enum err polling_candidates(const struct call *call, const struct round *round, const char *post,
                            struct polling_people *ret_people) WARN_UNUSED;
/* True if the person is a nominee 初步人选 or candidate of the villagers' committee, or stands in
 * one of its rounds. */
enum err
polling_is_candidate(const struct call *call, const char *person, bool *ret_is) WARN_UNUSED;
/* Seats of the post in the round; 0 if the post is not voted on. */
enum err polling_seats(const struct call *call, const struct round *round, const char *post,
                       int64_t *ret_seats) WARN_UNUSED;

/* --- facts of earlier stages, in polling_facts.c --- */

/* The formal candidates of the body for a post (NULL: any), by place on the posted list;
 * *ret_placed false if some have no place on it yet. */
enum err polling_listed(const struct call *call, const char *body, const char *post,
                        struct polling_people *people, bool *ret_placed) WARN_UNUSED;
enum err polling_is_nominee(const struct call *call, const char *person, bool *ret_is) WARN_UNUSED;
enum err polling_seats_fixed(const struct call *call, const char *body, const char *post,
                             int64_t *ret_seats) WARN_UNUSED;
/* A mode of rules.adopt without candidates 无候选人直选. */
enum err polling_without_candidates(const struct call *call, bool *ret_without) WARN_UNUSED;

/* Trained for election duty 业务培训 (ORG-02). */
enum err polling_is_trained(const struct call *call, const char *person, bool *ret_is) WARN_UNUSED;
/* A pledge of that kind stands (CND-01): responsibility, candidate, staff, three_promises. */
enum err polling_has_pledged(const struct call *call, const char *person, const char *kind,
                             bool *ret_has) WARN_UNUSED;
/* A sanction stands against the person (CND-02). */
enum err
polling_is_sanctioned(const struct call *call, const char *person, bool *ret_is) WARN_UNUSED;
/* An objection 异议 that must be decided before the poll is not. */
enum err polling_objections_open(const struct call *call, bool *ret_open) WARN_UNUSED;
/* CND-03: an open complaint 举报 about the procedure is to be explained. */
enum err polling_complaints_check(struct call *call) WARN_UNUSED;
