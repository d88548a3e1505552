/* SPDX-License-Identifier: Apache-2.0 */
/* Proxies 委托投票 (acts.md 6.7): proxy.register, proxy.refuse, proxy.cancel, proxy.post. */
#include "domain/proxy.h"

#include <string.h>

#include "act/polling.h"
#include "domain/calendar.h"
#include "store/kin_store.h"
#include "store/person_store.h"
#include "store/proxy_store.h"
#include "store/station_store.h"
#include "store/voter_store.h"

/* --- proxy.register 办理委托投票 --- */

#define RELATIONS                                                                                  \
    "spouse parent child sibling grandparent grandchild child_in_law parent_in_law "               \
    "sibling_in_law uncle_aunt nephew_niece none"

static const struct field PROXY_REGISTER_FIELDS[] = {
    FIELD(FIELD_INT, "round", 0, "轮次", "round"),
    FIELD(FIELD_VILLAGER, "principal", FIELD_REQUIRED, "委托人", "principal"),
    FIELD(FIELD_VILLAGER, "proxy", FIELD_REQUIRED, "受托人", "proxy"),
    FIELD_CHOICES("relation", FIELD_REQUIRED, "受托人是委托人的", "relation", RELATIONS),
    FIELD(FIELD_TEXT, "away", FIELD_REQUIRED, "外出事由", "away"),
    FIELD(FIELD_DATE, "filed_on", FIELD_REQUIRED, "办理日期", "filed on"),
    FIELDS_PAPER,
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* PRX-05: neither for nomination nor in Party polls. */
static void
proxy_kind_check(struct call *call, const struct round *round)
{
    if (strcmp(round->kind, "nomination") == 0 || strcmp(round->body, "village") != 0)
        call_block(call, RULE_PRX_05, "提名和党内选举不得委托投票",
                   "there are no proxies for nomination and Party polls");
}

static enum err
proxy_signed_check(struct call *call)
{
    static const char *const PARTIES[] = {"principal", "proxy"};
    for (size_t i = 0; i < COUNT_OF(PARTIES); i++) {
        bool signs = false;
        for (size_t j = 0; j < call_count(call, "signed_by") && !signs; j++)
            TRY(person_is_same(call->ctx, call->db, call->unit, call_text(call, PARTIES[i]),
                               call_person(call, "signed_by", j), &signs));
        if (!signs)
            call_block(call, RULE_PRX_01, "委托书须由委托人和受托人签名（缺 %s）",
                       "principal and proxy both sign (%s is missing)", PARTIES[i]);
    }
    return ERR_OK;
}

/* What already stands between the two: the principal's certificate, the proxy's own, the list of a
 * mobile box. */
static enum err
proxy_standing_check(struct call *call, const char *principal, bool *ret_redelegates)
{
    struct proxy other;
    struct proxy *held;
    size_t count;
    bool mobile;
    enum err err = proxy_store_of_principal(call->ctx, call->db, call->unit, principal, &other);
    if (err == ERR_OK)
        call_block(call, RULE_SEQ_07, "委托人已办理委托（第 %lld 号记录）",
                   "the principal has given a proxy already (entry %lld)", (long long)other.seq);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    TRY(assist_store_has(call->ctx, call->db, call->unit, "mobile", principal, &mobile));
    if (mobile)
        call_block(call, RULE_PRX_01, "委托人在流动票箱名单上，由本人投票",
                   "the principal is on the list of a mobile box and votes in person");
    /* PRX-04: a chain of two is delegating again, whichever link came first. */
    TRY(proxy_store_held_by(call->ctx, call->db, call->unit, principal, &held, &count));
    err =
        proxy_store_of_principal(call->ctx, call->db, call->unit, call_text(call, "proxy"), &other);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_redelegates = err == ERR_OK || count > 0;
    return ERR_OK;
}

static enum err
proxy_relation(struct call *call, const char *principal, const char *proxy,
               enum relation *ret_relation)
{
    enum relation known;
    enum relation named = RELATION_NONE;
    if (!relation_find(call_text(call, "relation"), &named))
        BUG("a relation the field list does not allow");
    TRY(kin_store_relation(call->ctx, call->db, call->unit, principal, proxy, &known));
    if (known != RELATION_NONE && known != named)
        call_warn(call, RULE_PRX_01, "已申报的关系为%s，与填写的%s不符",
                  "the relation declared is %s, not %s",
                  text_pick(call->ctx, relation_title(known)),
                  text_pick(call->ctx, relation_title(named)));
    *ret_relation = named;
    return ERR_OK;
}

static enum err
proxy_facts_gather(struct call *call, const struct round *round, struct proxy_facts *ret_facts)
{
    const char *principal = call_text(call, "principal");
    const char *proxy = call_text(call, "proxy");
    struct proxy *held;
    size_t count;
    struct proxy_facts facts = {
        .polling_day = round->polling_day,
        .filed = call_date(call, "filed_on"),
        .principal_away = true, /* the field `away` says why; it is required */
        .principal_has_reason = true,
    };
    facts.on_site = date_compare(facts.filed, round->polling_day) == 0;
    TRY(voter_store_is_registered(call->ctx, call->db, call->unit, principal,
                                  &facts.principal_registered));
    TRY(voter_store_is_registered(call->ctx, call->db, call->unit, proxy, &facts.proxy_registered));
    TRY(polling_is_candidate(call, proxy, &facts.candidate));
    TRY(proxy_store_held_by(call->ctx, call->db, call->unit, proxy, &held, &count));
    facts.holds = (int64_t)count;
    TRY(proxy_relation(call, principal, proxy, &facts.relation));
    TRY(proxy_standing_check(call, principal, &facts.redelegated));
    *ret_facts = facts;
    return ERR_OK;
}

static enum err
proxy_register_check(struct call *call)
{
    struct round round;
    struct proxy_facts facts;
    struct proxy_result result;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found)
        return ERR_OK;
    proxy_kind_check(call, &round);
    call_not_future(call, "filed_on");
    if (strcmp(call_text(call, "principal"), call_text(call, "proxy")) == 0)
        call_block(call, RULE_PRX_01, "委托人和受托人是同一个人",
                   "principal and proxy are one person");
    if (polling_block_opened(call, &round))
        return ERR_OK;
    TRY(proxy_signed_check(call));
    TRY(proxy_facts_gather(call, &round, &facts));
    proxy_decide(call->ctx, call->pack, &facts, &result);
    call_take(call, &result.ruling.findings, SEVERITY_BLOCK);
    return ERR_OK;
}

static enum err
proxy_register_apply(struct call *call)
{
    struct proxy *held;
    size_t count;
    TRY(proxy_store_held_by(call->ctx, call->db, call->unit, call_text(call, "proxy"), &held,
                            &count));
    const struct proxy proxy = {
        .unit = call->unit,
        .seq = call->seq,
        .principal = call_text(call, "principal"),
        .proxy = call_text(call, "proxy"),
        .relation = call_text(call, "relation"),
        .place = (int64_t)count + 1,
        .filed_on = call_date(call, "filed_on"),
        .state = "registered",
        .reason = "",
    };
    return proxy_store_add(call->ctx, call->db, &proxy);
}

ACT_CODE(proxy_register, PROXY_REGISTER_FIELDS, proxy_register_check, proxy_register_apply, NULL);

/* --- proxy.refuse 不予办理委托 --- */

static const struct field PROXY_REFUSE_FIELDS[] = {
    FIELD(FIELD_INT, "round", 0, "轮次", "round"),
    FIELD(FIELD_VILLAGER, "principal", FIELD_REQUIRED, "委托人", "principal"),
    FIELD(FIELD_PERSON, "proxy", FIELD_REQUIRED, "受托人", "proxy"),
    FIELD(FIELD_DATE, "filed_on", FIELD_REQUIRED, "申请日期", "filed on"),
    FIELD_CHOICES("rule", FIELD_REQUIRED, "依据的规则", "rule",
                  "PRX-01 PRX-02 PRX-03 PRX-04 CAL-06"),
    FIELD(FIELD_DATE, "told_on", FIELD_REQUIRED, "告知日期", "told on"),
    FIELDS_END,
};

static enum err
proxy_refuse_check(struct call *call)
{
    call_not_future(call, "filed_on");
    call_not_future(call, "told_on");
    if (date_compare(call_date(call, "told_on"), call_date(call, "filed_on")) < 0)
        call_block(call, RULE_SEQ_06, "告知日期早于申请日期", "told before it was filed");
    return ERR_OK;
}

static enum err
proxy_refuse_apply(struct call *call)
{
    const struct proxy proxy = {
        .unit = call->unit,
        .seq = call->seq,
        .principal = call_text(call, "principal"),
        .proxy = call_text(call, "proxy"),
        .relation = "",
        .filed_on = call_date(call, "filed_on"),
        .state = "refused",
        .reason = call_text(call, "rule"),
    };
    return proxy_store_add(call->ctx, call->db, &proxy);
}

ACT_CODE(proxy_refuse, PROXY_REFUSE_FIELDS, proxy_refuse_check, proxy_refuse_apply, NULL);

/* --- proxy.cancel 终止委托 --- */

static const struct field PROXY_CANCEL_FIELDS[] = {
    FIELD(FIELD_INT, "round", 0, "轮次", "round"),
    FIELD(FIELD_SEQ, "proxy_seq", FIELD_REQUIRED, "委托记录号", "proxy"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason",
                  "principal_returned principal_withdrew proxy_became_candidate proxy_struck "
                  "principal_struck died"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELD_CHOICES("not_issued", 0, "选票尚未发出", "not issued", "y"),
    FIELD(FIELD_PERSON, "issuer", 0, "发票人", "issuer"),
    FIELDS_END,
};

/* PRX-06: on the polling day the issuer vouches that the ballot was not given out; the sums of the
 * boxes must still allow it, for nobody records who got which ballot. */
static enum err
proxy_ballot_check(struct call *call, const struct round *round)
{
    struct box_totals totals;
    int64_t posted = 0;
    if (!polling_reached(round, ROUND_OPEN))
        return ERR_OK;
    if (polling_reached(round, ROUND_CLOSED)) {
        call_block(call, RULE_PRX_06, "投票已经结束，委托已经用过或者作废",
                   "the poll is over: the proxy is used or gone");
        return ERR_OK;
    }
    if (!call_has(call, "not_issued") || !call_has(call, "issuer"))
        call_block(call, RULE_PRX_06, "选举日终止委托，须由发票人证明该委托票尚未发出",
                   "on the polling day the issuer vouches that its ballot was not issued");
    TRY(box_store_totals(call->ctx, call->db, call->unit, round->round, &totals));
    TRY(proxy_store_count(call->ctx, call->db, call->unit, "posted", &posted));
    if (totals.issued_proxy >= posted)
        call_block(call, RULE_PRX_06, "已发委托票 %lld 张，委托共 %lld 件：该委托票已经发出",
                   "%lld ballots for principals are issued, %lld proxies posted: it is issued",
                   (long long)totals.issued_proxy, (long long)posted);
    return ERR_OK;
}

static enum err
proxy_cancel_check(struct call *call)
{
    struct round round;
    struct proxy proxy = {.state = ""};
    const int64_t seq = call_int(call, "proxy_seq");
    bool found;
    call_not_future(call, "on");
    const enum err err = proxy_store_find(call->ctx, call->db, call->unit, seq, &proxy);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || strcmp(proxy.state, "refused") == 0) {
        call_block(call, RULE_SEQ_01, "第 %lld 号记录不是已办理的委托",
                   "entry %lld is no registered proxy", (long long)seq);
        return ERR_OK;
    }
    if (strcmp(proxy.state, "ended") == 0)
        call_block(call, RULE_SEQ_07, "该委托已经终止（第 %lld 号记录）",
                   "that proxy has ended (entry %lld)", (long long)proxy.ended_seq);
    if (date_compare(call_date(call, "on"), proxy.filed_on) < 0)
        call_block(call, RULE_SEQ_06, "终止日期早于办理日期", "ended before it was filed");
    TRY(polling_round(call, &round, &found));
    return found ? proxy_ballot_check(call, &round) : ERR_OK;
}

static enum err
proxy_cancel_apply(struct call *call)
{
    return proxy_store_end(call->ctx, call->db, call->unit, call_int(call, "proxy_seq"),
                           call_text(call, "reason"), call->seq);
}

ACT_CODE(proxy_cancel, PROXY_CANCEL_FIELDS, proxy_cancel_check, proxy_cancel_apply, NULL);

/* --- proxy.post 公布委托投票名单 --- */

static const struct field PROXY_POST_FIELDS[] = {
    FIELD(FIELD_INT, "round", 0, "轮次", "round"),
    FIELDS_POSTING,
    FIELDS_END,
};

static enum err
proxy_post_check(struct call *call)
{
    struct round round;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found || polling_block_opened(call, &round))
        return ERR_OK;
    call_not_future(call, "posted_on");
    const struct calendar_bases bases = {.polling_day = round.polling_day};
    const struct date last = calendar_day(call->pack, PACK_PROXY_POSTED_BY, &bases);
    const struct date posted = call_date(call, "posted_on");
    if (date_is_set(last) && date_compare(posted, last) > 0 && !round.after_round)
        call_block(call, RULE_CAL_06, "委托名单公布日 %s > 最后一日 %s（%s）",
                   "proxies posted on %s > last day %s (%s)", date_words(call->ctx, posted),
                   date_words(call->ctx, last),
                   pack_source(call->ctx, call->pack, PACK_PROXY_POSTED_BY));
    return ERR_OK;
}

static enum err
proxy_post_apply(struct call *call)
{
    return proxy_store_post(call->ctx, call->db, call->unit);
}

ACT_CODE(proxy_post, PROXY_POST_FIELDS, proxy_post_check, proxy_post_apply, NULL);
