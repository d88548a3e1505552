/* SPDX-License-Identifier: Apache-2.0 */
#include "act/count.h"

#include <inttypes.h>
#include <string.h>

#include "act/state_words.h"
#include "store/person_store.h"
#include "store/staff_store.h"
#include "store/standing_store.h"
#include "store/user_store.h"

void
round_need(struct call *call, const struct round *round, enum round_state state, const char *act)
{
    const enum round_state is = round_state_find(round->state);
    if (is == ROUND_VOID) {
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "第 %" PRId64 " 次投票已认定无效（%s）",
                                "round %" PRId64 " is void (%s)", round->round, round->void_ground),
                     "只能重新选举：round.order kind=repeat",
                     "only a repeat is possible: round.order kind=repeat");
        return;
    }
    if (is >= state)
        return;
    finding_todo(call,
                 call_block(call, RULE_SEQ_01, "第 %" PRId64 " 次投票还没有到这一步（现在：%s）",
                            "round %" PRId64 " has not come so far (it is %s)", round->round,
                            state_words(call->ctx, STATE_ROUND, round->state)),
                 "先办理 %s", "do %s first", act);
}

void
round_not_past(struct call *call, const struct round *round, enum round_state state)
{
    const enum round_state is = round_state_find(round->state);
    if (is != ROUND_VOID && is > state)
        call_block(call, RULE_SEQ_07, "第 %" PRId64 " 次投票已过这一步（现在：%s）",
                   "round %" PRId64 " is past this step (it is %s)", round->round,
                   state_words(call->ctx, STATE_ROUND, round->state));
}

enum err
duty_need(struct call *call, const struct round *round, const char *duty)
{
    bool has = call->actor->role == ROLE_EC;
    if (!has && call->actor->person[0])
        TRY(staff_store_has_duty(call->ctx, call->db, call->unit, round->round, call->actor->person,
                                 duty, &has));
    if (!has)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "%s 没有本次投票的这项职责：%s",
                                "%s has not this duty in the round: %s", call->actor->name, duty),
                     "先确定工作人员（staff.appoint），账号须写明本人",
                     "appoint the person first (staff.appoint); the account must name the person");
    return ERR_OK;
}

enum err
actor_is(struct call *call, const char *user, bool *ret_is)
{
    struct user other;
    *ret_is = strcmp(call->actor->name, user) == 0;
    if (*ret_is || !call->actor->person[0])
        return ERR_OK;
    const enum err err = user_store_find(call->ctx, call->db, user, &other);
    if (err == ERR_NOT_FOUND || (err == ERR_OK && (!other.person || !other.person[0])))
        return ERR_OK;
    TRY(err);
    return person_is_same(call->ctx, call->db, call->unit, call->actor->person, other.person,
                          ret_is);
}

enum err
round_unsay(struct call *call, const char *act, int64_t round)
{
    const struct standing_query query = {.unit = call->unit, .act = act, .round = round};
    return standing_store_set_matching(call->ctx, call->db, &query, "void");
}

const char *
post_words(struct ctx *ctx, const char *word)
{
    enum post post;
    return post_find(word, &post) ? text_pick(ctx, post_title(post)) : word;
}
