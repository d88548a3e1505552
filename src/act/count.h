/* SPDX-License-Identifier: Apache-2.0 */
/* What the acts of count and outcome share. */
#pragma once

#include "act/tally.h"
#include "domain/poll.h"
#include "store/outcome_store.h"

/* The field of every act on a round. */
#define FIELD_ROUND FIELD(FIELD_INT, "round", FIELD_REQUIRED, "第几次投票", "round")

/* SEQ-01 unless the round has come as far as `state` (and is not void); `act` opens the way. */
void
round_need(struct call *call, const struct round *round, enum round_state state, const char *act);
/* SEQ-07 if the round is past `state` already. */
void round_not_past(struct call *call, const struct round *round, enum round_state state);
/* SEQ-01 unless the actor is on duty with that duty in the round (monitor, tally …). The election
 * committee's own account has all duties of the venue. */
enum err duty_need(struct call *call, const struct round *round, const char *duty) WARN_UNUSED;
/* True if the actor is that user, or both accounts belong to one person (SEQ-08). */
enum err actor_is(struct call *call, const char *user, bool *ret_is) WARN_UNUSED;
/* Marks all standing entries of `act` in the round as void. */
enum err round_unsay(struct call *call, const char *act, int64_t round) WARN_UNUSED;
/* The title of a post's word, in the language of the context. */
const char *post_words(struct ctx *ctx, const char *word);

/* Whom a name in the facts of an outcome stands for. */
struct outcome_who {
    const char *name;   /* as in the facts; namesakes get their code behind it */
    const char *person; /* code, or the name as written on ballots */
    const char *sex;
    bool write_in;
};

/* The question of a round's outcome: `given` of a poll case (docs/law-cases.md). */
struct outcome_facts {
    json_t *given; /* owned by ctx->mem */
    struct outcome_who *who;
    size_t who_count;
};

/* From the tables: counted votes, who is registered, of age, kin, and who was seated before. */
enum err outcome_facts_load(struct call *call, const struct tally_form *form,
                            struct outcome_facts *ret_facts) WARN_UNUSED;
/* NULL if the name is not in the facts. */
const struct outcome_who *outcome_who_find(const struct outcome_facts *facts, const char *name);
/* Answers it by the law named: `result` of the case and the whole answer, its why in the language
 * of the context. ERR_INVALID if the facts cannot be. */
enum err outcome_answer(struct ctx *ctx, const char *law, json_t *given, const json_t **ret_result,
                        const json_t **ret_answer) WARN_UNUSED;
/* What is open of a post after a re-vote filled its seats: the question of the first round asked
 * again with the winners elected before. *ret_second: codes of who may stand. */
enum err outcome_rest(struct call *call, const struct round *round, struct outcome_post *post,
                      const json_t **ret_second) WARN_UNUSED;
/* 1 for first, its repeats and re-votes; 2 for what follows a first poll. */
enum err
outcome_stage(struct call *call, const struct round *round, int64_t *ret_stage) WARN_UNUSED;
/* A seat of the round has fallen vacant (write-in not confirmed, election void): nobody moves up;
 * what comes next and who may stand is worked out anew. */
enum err outcome_reopen_seat(struct call *call, const struct seated *seated) WARN_UNUSED;
/* OUT-08 一人一职: who is elected in the round to a higher post than he holds in the body from
 * another leaves the lower one, which falls vacant. Does nothing a second time. */
enum err outcome_lower_leave(struct call *call, int64_t round) WARN_UNUSED;
/* `seated` fell: the lower seat its person left for it is his again, unless it was ordered to be
 * voted on, or kept vacant, already. */
enum err outcome_lower_return(struct call *call, const struct seated *seated) WARN_UNUSED;
/* The same for everybody of the round. */
enum err outcome_lower_return_all(struct call *call, int64_t round) WARN_UNUSED;
/* True if a is a higher post of the villagers' committee than b: chair, vice-chair, others. */
bool post_is_higher(const char *a, const char *b);
/* Sets the round settled if nothing of it is pending or open any more. */
enum err outcome_settle(struct call *call, int64_t round) WARN_UNUSED;
