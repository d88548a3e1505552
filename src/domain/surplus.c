/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/surplus.h"

#include "domain/majority.h"

/* 选举条例 §13: at least a fifth more; seed plan: at least 1.5 times. */
enum { PARTY_SHARE = 5, INITIAL_NUMERATOR = 3, INITIAL_DENOMINATOR = 2 };

static int64_t
village_most(const struct pack *pack, const struct surplus_facts *facts)
{
    enum pack_key key = PACK_SURPLUS_MEMBER_MOST;
    if (facts->post == POST_CHAIR)
        key = PACK_SURPLUS_CHAIR_MOST;
    if (facts->post == POST_VICE_CHAIR)
        key = PACK_SURPLUS_VICE_MOST;
    return pack_is_none(pack, key) ? SURPLUS_NO_LIMIT : facts->seats + pack_int(pack, key);
}

static int64_t
strict_need(const struct surplus_facts *facts)
{
    switch (facts->body) {
    case SURPLUS_VILLAGE:
        return facts->seats + 1;
    case SURPLUS_PARTY_COMMITTEE:
        return facts->seats + least_fraction(facts->seats, 1, PARTY_SHARE);
    case SURPLUS_PARTY_INITIAL:
        return least_fraction(facts->seats, INITIAL_NUMERATOR, INITIAL_DENOMINATOR);
    case SURPLUS_PARTY_OFFICERS:
        break;
    }
    return facts->seats;
}

/* The plan's own examples of 1.5 times (3 seats 5, 5 seats 7) follow no one rounding: a table. */
static int64_t
table_need(const struct pack *pack, const struct surplus_facts *facts, int64_t strict)
{
    int need = 0;
    if (facts->body == SURPLUS_PARTY_INITIAL &&
        pack_table_find(pack, PACK_PARTY_INITIAL_TABLE, (int)facts->seats, &need))
        return need;
    return strict;
}

static enum rule
rule_of(enum surplus_body body)
{
    if (body == SURPLUS_VILLAGE)
        return RULE_NOM_04;
    return body == SURPLUS_PARTY_INITIAL ? RULE_PTY_02 : RULE_PTY_03;
}

void
surplus_decide(struct ctx *ctx, const struct pack *pack, const struct surplus_facts *facts,
               struct surplus_result *ret_result)
{
    struct surplus_result result = {.need_strict = strict_need(facts), .most = SURPLUS_NO_LIMIT};
    const enum rule rule = rule_of(facts->body);
    result.need = table_need(pack, facts, result.need_strict);
    if (facts->body == SURPLUS_VILLAGE)
        result.most = village_most(pack, facts);
    const bool few = facts->candidates < result.need;
    const bool many = result.most != SURPLUS_NO_LIMIT && facts->candidates > result.most;
    result.ok = !few && !many;
    ruling_test(ctx, &result.ruling, rule, few,
                text_format(ctx, "应选 %lld 人，候选人 %lld %s 至少 %lld 人",
                            "%lld seats, %lld candidates %s at least %lld", (long long)facts->seats,
                            (long long)facts->candidates, few ? "<" : "≥", (long long)result.need));
    if (result.most != SURPLUS_NO_LIMIT)
        ruling_test(ctx, &result.ruling, rule, many,
                    text_format(ctx, "候选人 %lld %s 至多 %lld 人",
                                "%lld candidates %s at most %lld", (long long)facts->candidates,
                                many ? ">" : "≤", (long long)result.most));
    *ret_result = result;
}
