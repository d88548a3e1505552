/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/recall.h"

#include "domain/majority.h"

/* Shares of those who may ask (组织法 §16). */
enum { ELECTORS_SHARE = 5, REPRESENTATIVES_SHARE = 3 };

static enum recall_answer
answer(bool yes)
{
    return yes ? RECALL_YES : RECALL_NO;
}

/* One way of asking; adds its sentence. */
static bool
has_enough(struct ctx *ctx, struct ruling *ruling, struct text who, int64_t share,
           const int64_t *part_and_whole)
{
    const int64_t whole = part_and_whole[1];
    if (whole == RECALL_NONE)
        return false;
    const int64_t part = part_and_whole[0] == RECALL_NONE ? 0 : part_and_whole[0];
    const bool enough = at_least(part, whole, 1, share);
    ruling_note(ctx, ruling, RULE_RCL_01,
                text_format(ctx, "%s联名 %lld ×%lld %s %lld", "%s: %lld sign ×%lld %s %lld",
                            text_pick(ctx, who), (long long)part, (long long)share,
                            enough ? "≥" : "<", (long long)whole));
    return enough;
}

static void
decide_request(struct ctx *ctx, const struct recall_facts *facts, struct recall_result *result)
{
    const int64_t electors[] = {facts->signatures, facts->electors};
    const int64_t representatives[] = {facts->representative_signatures, facts->representatives};
    if (facts->electors == RECALL_NONE && facts->representatives == RECALL_NONE)
        return;
    const bool by_electors = has_enough(ctx, &result->ruling, (struct text){"选民", "electors"},
                                        ELECTORS_SHARE, electors);
    const bool by_representatives =
        has_enough(ctx, &result->ruling, (struct text){"村民代表", "representatives"},
                   REPRESENTATIVES_SHARE, representatives);
    result->accepted = answer(by_electors || by_representatives);
    ruling_test(ctx, &result->ruling, RULE_RCL_01, result->accepted == RECALL_NO,
                result->accepted == RECALL_YES
                    ? text_format(ctx, "罢免要求应予受理", "the request must be taken up")
                    : text_format(ctx, "联名不足，罢免要求不予受理",
                                  "too few sign, the request is refused"));
}

static void
decide_vote(struct ctx *ctx, const struct recall_facts *facts, struct recall_result *result)
{
    if (facts->registered == RECALL_NONE)
        return;
    const bool valid = more_than_half(facts->recovered, facts->registered);
    const bool majority = more_than_half(facts->agree, facts->recovered);
    const bool recalled = valid && majority && result->accepted != RECALL_NO;
    result->valid = answer(valid);
    result->recalled = answer(recalled);
    ruling_test(ctx, &result->ruling, RULE_RCL_02, !valid,
                text_format(ctx, "收回 %lld ×2 %s 登记 %lld",
                            "%lld recovered ×2 %s %lld registered", (long long)facts->recovered,
                            valid ? ">" : "≤", (long long)facts->registered));
    ruling_test(ctx, &result->ruling, RULE_RCL_02, !recalled,
                text_format(ctx, "同意 %lld ×2 %s 收回 %lld：%s",
                            "%lld agree ×2 %s %lld recovered: %s", (long long)facts->agree,
                            majority ? ">" : "≤", (long long)facts->recovered,
                            recalled ? text_format(ctx, "罢免成立", "recalled")
                                     : text_format(ctx, "罢免不成立", "not recalled")));
}

void
recall_decide(struct ctx *ctx, const struct recall_facts *facts, struct recall_result *ret_result)
{
    struct recall_result result = {0};
    decide_request(ctx, facts, &result);
    decide_vote(ctx, facts, &result);
    if (result.ruling.why.count == 0)
        ruling_note(ctx, &result.ruling, RULE_RCL_01,
                    text_format(ctx, "未提供联名和表决的数字，无从判断",
                                "neither signatures nor a vote are given"));
    *ret_result = result;
}
