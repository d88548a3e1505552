/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/supervise.h"

#include <string.h>

static void
judge_size(struct ctx *ctx, const struct pack *pack, const struct supervise_facts *facts,
           struct ruling *ruling)
{
    const int least = pack_int(pack, PACK_SUPERVISE_LEAST);
    const int most = pack_int(pack, PACK_SUPERVISE_MOST);
    const int64_t size = (int64_t)facts->member_count;
    const bool even = pack_yes(pack, PACK_SUPERVISE_ODD) && (size & 1) == 0;
    ruling_test_as(ctx, ruling, RULE_SUP_01, SEVERITY_BLOCK, size < least || size > most,
                   text_format(ctx, "监督委员会 %lld 人，应为 %d 至 %d 人",
                               "%lld supervisors, from %d to %d", (long long)size, least, most));
    if (even)
        ruling_test_as(ctx, ruling, RULE_SUP_01, SEVERITY_BLOCK, true,
                       text_format(ctx, "%lld 人不是奇数（%s）", "%lld is not odd (%s)",
                                   (long long)size, pack_source(ctx, pack, PACK_SUPERVISE_ODD)));
}

static bool
is_on_committee(const struct supervise_facts *facts, const struct supervise_member *member)
{
    bool found = member->committee_member;
    for (size_t i = 0; i < facts->committee_count; i++)
        found = found || strcmp(facts->committee[i], member->name) == 0;
    return found;
}

static const char *
find_bar(struct ctx *ctx, const struct supervise_facts *facts,
         const struct supervise_member *member)
{
    if (is_on_committee(facts, member))
        return text_format(ctx, "%s是村民委员会成员", "%s sits on the villagers' committee",
                           member->name);
    if (kin_in_scope(KIN_NEAR, member->relation))
        return text_format(ctx, "%s是村民委员会成员的近亲属（%s）",
                           "%s is near kin of a committee member (%s)", member->name,
                           text_pick(ctx, relation_title(member->relation)));
    if (member->post == SUPERVISE_ACCOUNTANT || member->post == SUPERVISE_CLERK ||
        member->post == SUPERVISE_COOP_HEAD)
        return text_format(ctx, "%s是村会计、文书或者集体经济组织负责人",
                           "%s keeps the accounts, the papers or heads the cooperative",
                           member->name);
    return NULL;
}

static void
judge_members(struct ctx *ctx, const struct supervise_facts *facts, struct ruling *ruling)
{
    bool finance = false;
    for (size_t i = 0; i < facts->member_count; i++) {
        const char *bar = find_bar(ctx, facts, &facts->members[i]);
        finance = finance || facts->members[i].finance;
        if (bar)
            ruling_test_as(ctx, ruling, RULE_SUP_02, SEVERITY_BLOCK, true, bar);
    }
    ruling_test_as(ctx, ruling, RULE_SUP_03, SEVERITY_BLOCK, !finance,
                   finance ? text_format(ctx, "有成员具备财会、管理知识", "one knows accounts")
                           : text_format(ctx, "无人具备财会、管理知识", "nobody knows accounts"));
}

static void
judge_chair(struct ctx *ctx, const struct pack *pack, const struct supervise_member *chair,
            struct ruling *ruling)
{
    if (chair->post == SUPERVISE_PARTY_SECRETARY)
        ruling_test_as(ctx, ruling, RULE_SUP_03, SEVERITY_WARN, true,
                       text_format(ctx, "主任%s是党组织书记，原则上不兼任",
                                   "the chair %s is the Party secretary, in principle not",
                                   chair->name));
    if (pack_yes(pack, PACK_SUPERVISE_CHAIR_DISCIPLINE) && chair->post != SUPERVISE_DISCIPLINE)
        ruling_test_as(ctx, ruling, RULE_SUP_03, SEVERITY_WARN, true,
                       text_format(ctx, "主任%s不是纪检委员（%s）",
                                   "the chair %s is not the discipline member (%s)", chair->name,
                                   pack_source(ctx, pack, PACK_SUPERVISE_CHAIR_DISCIPLINE)));
}

void
supervise_decide(struct ctx *ctx, const struct pack *pack, const struct supervise_facts *facts,
                 struct supervise_result *ret_result)
{
    struct supervise_result result = {0};
    judge_size(ctx, pack, facts, &result.ruling);
    judge_members(ctx, facts, &result.ruling);
    if (facts->member_count > 0)
        judge_chair(ctx, pack, &facts->members[0], &result.ruling);
    result.ok = !findings_have_severity(&result.ruling.findings, SEVERITY_BLOCK);
    *ret_result = result;
}
