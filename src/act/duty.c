/* SPDX-License-Identifier: Apache-2.0 */
#include "act/duty.h"

#include <string.h>

#include "domain/vec.h"
#include "store/candidate_store.h"
#include "store/committee_store.h"
#include "store/kin_store.h"
#include "store/person_store.h"

enum err
duty_are_kin(struct call *call, const char *a, const char *b, enum kin_scope scope, bool *ret_kin)
{
    enum relation relation;
    TRY(kin_store_relation(call->ctx, call->db, call->unit, a, b, &relation));
    *ret_kin = kin_in_scope(scope, relation);
    return ERR_OK;
}

/* What the pack asks of a member, given who stands: does he stand himself, is his kin? */
static enum err
member_facts(struct call *call, const struct committee_member *member,
             const struct candidate *standing, size_t count, struct vec_member *ret_facts)
{
    struct vec_member facts = {.name = member->person, .kin_nominated = RELATION_NONE};
    const bool confirmed = pack_word(call->pack, PACK_VEC_LEAVES_WHEN) == VEC_LEAVES_CONFIRMED;
    for (size_t i = 0; i < count; i++) {
        enum relation relation;
        bool same;
        if (confirmed && strcmp(standing[i].state, "formal") != 0)
            continue;
        TRY(person_is_same(call->ctx, call->db, call->unit, member->person, standing[i].person,
                           &same));
        facts.nominated = facts.nominated || same;
        TRY(kin_store_relation(call->ctx, call->db, call->unit, member->person, standing[i].person,
                               &relation));
        const struct vec_member by_kin = {.name = member->person, .kin_nominated = relation};
        if (!same && vec_must_leave(call->pack, &by_kin))
            facts.kin_nominated = relation;
    }
    *ret_facts = facts;
    return ERR_OK;
}

enum err
duty_leave_check(struct call *call)
{
    struct committee_member *members;
    struct candidate *standing;
    size_t member_count;
    size_t standing_count;
    TRY(committee_store_members(call->ctx, call->db, call->unit, &members, &member_count));
    TRY(candidate_store_standing(call->ctx, call->db, call->unit, "village", &standing,
                                 &standing_count));
    for (size_t i = 0; i < member_count && standing_count; i++) {
        struct vec_member facts;
        const char *name;
        TRY(member_facts(call, &members[i], standing, standing_count, &facts));
        if (!vec_must_leave(call->pack, &facts))
            continue;
        TRY(person_name(call->ctx, call->db, call->unit, members[i].person, &name));
        finding_todo(call,
                     call_block(call, RULE_VEC_04, "选举委员会成员 %s %s，须先退出",
                                "committee member %s %s and must leave first", name,
                                facts.nominated
                                    ? text_format(call->ctx, "被提名为候选人", "is nominated")
                                    : text_format(call->ctx, "的近亲属被提名为候选人",
                                                  "has a near relative nominated")),
                     "办理 vec.leave（本人谢绝提名的办 candidate.answer）",
                     "enter vec.leave (or candidate.answer, if he declines)");
    }
    return ERR_OK;
}
