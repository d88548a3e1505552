/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/proxy.h"

#include "domain/calendar.h"

static bool
is_kept(const struct pack *pack, const struct proxy_facts *facts)
{
    return facts->principal_away ||
           (pack_yes(pack, PACK_PROXY_SPECIAL_REASONS) && facts->principal_has_reason);
}

/* PRX-01: who may give a proxy, and to whom. */
static void
judge_people(struct ctx *ctx, const struct pack *pack, const struct proxy_facts *facts,
             struct ruling *ruling)
{
    const bool anybody = pack_word(pack, PACK_PROXY_WHO) == PROXY_ANY_REGISTERED;
    const bool related = anybody || kin_in_scope(KIN_NEAR, facts->relation);
    if (!facts->principal_registered)
        ruling_test(ctx, ruling, RULE_PRX_01, true,
                    text_format(ctx, "委托人不在选民名单上", "the principal is not on the roll"));
    if (!is_kept(pack, facts))
        ruling_test(ctx, ruling, RULE_PRX_01, true,
                    text_format(ctx, "委托人选举期间不外出，应当本人投票",
                                "the principal is not away and votes in person"));
    if (!facts->proxy_registered)
        ruling_test(ctx, ruling, RULE_PRX_01, true,
                    text_format(ctx, "受托人不在选民名单上", "the proxy is not on the roll"));
    ruling_test(
        ctx, ruling, RULE_PRX_01, !related,
        text_format(ctx, "受托人与委托人：%s；%s：%s（%s）", "proxy to principal: %s; %s: %s (%s)",
                    text_pick(ctx, relation_title(facts->relation)),
                    text_pick(ctx, pack_key_row(PACK_PROXY_WHO)->title),
                    anybody ? text_format(ctx, "登记参加选举的村民", "any registered villager")
                            : text_pick(ctx, kin_scope_title(KIN_NEAR)),
                    pack_source(ctx, pack, PACK_PROXY_WHO)));
}

static void
judge_cap(struct ctx *ctx, const struct pack *pack, const struct proxy_facts *facts,
          struct ruling *ruling)
{
    const int cap = pack_int(pack, PACK_PROXY_CAP);
    const bool full = facts->holds >= cap;
    ruling_test(ctx, ruling, RULE_PRX_02, full,
                text_format(ctx, "已受 %lld 人委托，加本次 %lld 人 %s 上限 %d 人（%s）",
                            "holds %lld, with this one %lld %s at most %d (%s)",
                            (long long)facts->holds, (long long)facts->holds + 1, full ? ">" : "≤",
                            cap, pack_source(ctx, pack, PACK_PROXY_CAP)));
    if (facts->candidate && !pack_yes(pack, PACK_PROXY_CANDIDATES_MAY))
        ruling_test(ctx, ruling, RULE_PRX_03, true,
                    text_format(ctx, "受托人是候选人", "the proxy is a candidate"));
    if (facts->redelegated && !pack_yes(pack, PACK_PROXY_AGAIN_MAY))
        ruling_test(ctx, ruling, RULE_PRX_04, true,
                    text_format(ctx, "受托人再转委托他人", "the proxy would delegate again"));
}

static void
judge_day(struct ctx *ctx, const struct pack *pack, const struct proxy_facts *facts,
          struct ruling *ruling)
{
    const struct calendar_bases bases = {.polling_day = facts->polling_day};
    const struct date last = calendar_deadline(pack, CALENDAR_PROXY_FILED, &bases);
    const bool late = date_is_set(last) && date_compare(facts->filed, last) > 0;
    if (date_is_set(last))
        ruling_test(ctx, ruling, RULE_CAL_06, late,
                    text_format(ctx, "办理日 %s %s 最后一日 %s（%s）",
                                "filed on %s %s last day %s (%s)", date_words(ctx, facts->filed),
                                late ? ">" : "≤", date_words(ctx, last),
                                pack_source(ctx, pack, PACK_PROXY_FILED_BY)));
    if (facts->on_site && !pack_yes(pack, PACK_PROXY_ON_SITE))
        ruling_test(ctx, ruling, RULE_CAL_06, true,
                    text_format(ctx, "不得在投票现场临时委托（%s）", "no proxies on the spot (%s)",
                                pack_source(ctx, pack, PACK_PROXY_ON_SITE)));
}

void
proxy_decide(struct ctx *ctx, const struct pack *pack, const struct proxy_facts *facts,
             struct proxy_result *ret_result)
{
    struct proxy_result result = {0};
    judge_people(ctx, pack, facts, &result.ruling);
    judge_cap(ctx, pack, facts, &result.ruling);
    judge_day(ctx, pack, facts, &result.ruling);
    result.ok = result.ruling.findings.count == 0;
    *ret_result = result;
}
