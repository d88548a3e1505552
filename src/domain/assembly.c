/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/assembly.h"

#include "domain/majority.h"

/* Attendance of at least numerator/denominator of the members; 0/0 stands for more than half. */
struct kind_row {
    struct text title;
    int numerator, denominator;
};

static const struct kind_row KINDS[ASSEMBLY_KIND_COUNT] = {
    [ASSEMBLY_VILLAGERS] = {{"村民会议", "villagers' assembly"}, 0, 0},
    [ASSEMBLY_HOUSEHOLDS] = {{"户代表参加的村民会议", "assembly of households"}, 2, 3},
    [ASSEMBLY_REPRESENTATIVES] = {{"村民代表会议", "assembly of representatives"}, 2, 3},
    [ASSEMBLY_GROUP] = {{"村民小组会议", "group meeting"}, 2, 3},
};

struct text
assembly_title(enum assembly_kind kind)
{
    return KINDS[kind].title;
}

int64_t
assembly_quorum(enum assembly_kind kind, int64_t total)
{
    const struct kind_row *row = &KINDS[kind];
    return row->denominator ? least_fraction(total, row->numerator, row->denominator)
                            : least_majority(total);
}

void
assembly_decide(struct ctx *ctx, const struct assembly_facts *facts,
                struct assembly_result *ret_result)
{
    const int64_t quorum = assembly_quorum(facts->kind, facts->total);
    struct assembly_result result = {.quorum = facts->present >= quorum};
    const bool majority = more_than_half(facts->favour, facts->present);
    result.passed = result.quorum && majority;
    ruling_test(ctx, &result.ruling, RULE_VEC_01, !result.quorum,
                text_format(ctx, "%s应到 %lld 人，至少 %lld 人到会，实到 %lld 人：%s",
                            "%s of %lld: at least %lld must attend, %lld attend: %s",
                            text_pick(ctx, KINDS[facts->kind].title), (long long)facts->total,
                            (long long)quorum, (long long)facts->present,
                            result.quorum ? text_format(ctx, "达到法定人数", "a quorum")
                                          : text_format(ctx, "不足法定人数", "no quorum")));
    ruling_note(ctx, &result.ruling, RULE_VEC_01,
                text_format(ctx, "同意 %lld ×2 %s 到会 %lld：%s",
                            "%lld in favour ×2 %s %lld present: %s", (long long)facts->favour,
                            majority ? ">" : "≤", (long long)facts->present,
                            result.passed ? text_format(ctx, "通过", "passed")
                                          : text_format(ctx, "未通过", "not passed")));
    *ret_result = result;
}
