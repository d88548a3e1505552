/* SPDX-License-Identifier: Apache-2.0 */
/* Rules and polling day 选举办法、选举日 (acts.md 6.4). */
#include <string.h>

#include "act/gate.h"
#include "domain/calendar.h"
#include "domain/surplus.h"
#include "store/committee_store.h"
#include "store/prep_store.h"
#include "store/request_store.h"
#include "store/round_store.h"
#include "store/seat_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* --- rules.adopt 通过选举办法 --- */

static const struct field RULES_PLACES[] = {
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", "chair vice_chair member women_member"),
    FIELD(FIELD_INT, "candidates", FIELD_REQUIRED, "候选人数", "candidates"),
    FIELDS_END,
};
static const struct field RULES_ADOPT_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "work_plan election_rules"),
    FIELD(FIELD_SEQ, "assembly_seq", FIELD_REQUIRED, "会议记录号", "assembly"),
    FIELD(FIELD_FILE, "text", FIELD_REQUIRED, "文本", "text"),
    FIELD(FIELD_TEXT, "bars", 0, "“十不选”细则", "bars"),
    FIELD_ROWS("candidates", 0, "候选人名额", "candidates per post", RULES_PLACES),
    FIELD_CHOICES("mode", 0, "选举方式", "mode",
                  "nomination nomination_and_primary self_nomination no_candidates"),
    FIELD_CHOICES("audit_sample", 0, "计票抽查", "audit sample", "y n"),
    FIELDS_POSTING,
    FIELDS_END,
};

/* NOM-04: more candidates than seats, by pack at most so many. */
static enum err
places_check(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "candidates"); i++) {
        const json_t *row = call_row(call, "candidates", i);
        struct surplus_facts facts = {
            .body = SURPLUS_VILLAGE,
            .candidates = row_int(row, "candidates"),
        };
        struct surplus_result result;
        TRY(seat_store_seats(call->ctx, call->db, call->unit, "village", row_text(row, "post"),
                             &facts.seats));
        if (!post_find(row_text(row, "post"), &facts.post) || facts.seats == 0) {
            call_block(call, RULE_NOM_04, "%s 没有职数", "there is no seat for %s",
                       row_text(row, "post"));
            continue;
        }
        surplus_decide(call->ctx, call->pack, &facts, &result);
        if (result.ok)
            continue;
        call_block(call, RULE_ORG_03, "%s：应选 %lld 人，候选人 %lld 人不合差额（至少 %lld 人）",
                   "%s: %lld seats, %lld candidates (at least %lld)", row_text(row, "post"),
                   (long long)facts.seats, (long long)facts.candidates, (long long)result.need);
        call_take(call, &result.ruling.findings, SEVERITY_BLOCK);
    }
    return ERR_OK;
}

static void
mode_check(struct call *call)
{
    if (call_is(call, "mode", "self_nomination") && !pack_yes(call->pack, PACK_SELF_NOMINATION_MAY))
        call_block(call, RULE_CAL_08, "本地规则没有自荐竞职的方式",
                   "self-nomination is no mode of this place's law");
    if (call_is(call, "mode", "no_candidates")) {
        if (!pack_yes(call->pack, PACK_NO_CANDIDATES_MAY))
            call_block(call, RULE_BAL_04, "本地规则没有无候选人直选的方式",
                       "a poll without candidates is no mode of this place's law");
        else
            call_approve(call, RULE_BAL_04, "no_candidates", "无候选人直选须报镇备案",
                         "a poll without candidates is filed with the town");
    }
}

static enum err
rules_adopt_check(struct call *call)
{
    struct assembly_item item = {.passed = false};
    const bool rules = call_is(call, "kind", "election_rules");
    call_not_future(call, "posted_on");
    const enum err err =
        assembly_store_find(call->ctx, call->db, call->unit, call_int(call, "assembly_seq"),
                            call_text(call, "kind"), &item);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (!item.passed)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "会议没有通过 %s", "no assembly passed %s",
                                call_text(call, "kind")),
                     "先开会表决（assembly.hold）", "hold an assembly first (assembly.hold)");
    if (rules && !call_has(call, "mode"))
        return FAIL_FIELD(call->ctx, "mode", "mode：选举办法要写明选举方式",
                          "mode: election rules say how candidates are found");
    const bool bars = !pack_is_none(call->pack, PACK_ELIGIBLE_BARS) &&
                      call->pack->values[PACK_ELIGIBLE_BARS].count > 0;
    if (rules && bars && !call_has(call, "bars"))
        call_block(call, RULE_ELG_02, "“十不选”要写入选举办法，经会议通过才能用",
                   "the ten bars must stand in the rules and be passed before use");
    mode_check(call);
    return places_check(call);
}

static enum err
rules_adopt_apply(struct call *call)
{
    const struct adopted_rules rules = {
        .unit = call->unit,
        .kind = call_text(call, "kind"),
        .seq = call->seq,
        .bars = call_text(call, "bars"),
        .mode = call_text(call, "mode"),
        .audit_sample = call_is(call, "audit_sample", "y"),
    };
    TRY(rules_store_put(call->ctx, call->db, &rules));
    for (size_t i = 0; i < call_count(call, "candidates"); i++) {
        const json_t *row = call_row(call, "candidates", i);
        TRY(rules_store_put_place(call->ctx, call->db, call->unit, row_text(row, "post"),
                                  row_int(row, "candidates")));
    }
    return ERR_OK;
}

ACT_CODE(rules_adopt, RULES_ADOPT_FIELDS, rules_adopt_check, rules_adopt_apply, NULL);

/* --- day.fix, day.change 选举日 --- */

#define BODIES "party party_officers discipline village supervision"

static const struct field DAY_FIX_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", BODIES),
    FIELD(FIELD_DATE, "polling_day", FIELD_REQUIRED, "选举日", "polling day"),
    FIELD(FIELD_DATE, "begins_on", 0, "选举工作开始日", "begins on"),
    FIELDS_POSTING,
    FIELDS_END,
};

/* The postings with a last day before D. */
static const struct {
    const char *act;
    const char *list;
    enum calendar_event event;
    enum rule rule;
} DATED[] = {
    {"roll.post", NULL, CALENDAR_VOTER_LIST_POSTED, RULE_CAL_01},
    {"candidates.post", "formal", CALENDAR_CANDIDATES_POSTED, RULE_CAL_04},
    {"poll.notice", NULL, CALENDAR_POLLING_NOTICE_POSTED, RULE_CAL_05},
};

/* For a polling day: every posting that stands was early enough, every one to come still can be. */
static enum err
dated_check(struct call *call, const struct pack *pack, struct date day)
{
    const struct calendar_bases bases = {
        .polling_day = day,
        .vec_formed = DATE_NONE,
        .posted = DATE_NONE,
        .received = DATE_NONE,
        .list = DATE_NONE,
        .formed = DATE_NONE,
        .meeting = DATE_NONE,
    };
    for (size_t i = 0; i < COUNT_OF(DATED); i++) {
        const struct date last = calendar_deadline(pack, DATED[i].event, &bases);
        const struct standing_query query = {
            .unit = call->unit, .act = DATED[i].act, .list = DATED[i].list, .round = -1};
        struct standing posting;
        const enum err err = standing_store_last(call->ctx, call->db, &query, &posting);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        const struct date when = err == ERR_OK ? posting.on_day : call->today;
        if (date_is_set(last) && date_compare(when, last) > 0)
            call_block(call, DATED[i].rule, "%s 最迟 %s，%s %s", "%s is due on %s at latest, %s %s",
                       text_pick(call->ctx, calendar_event_title(DATED[i].event)),
                       date_format(call->ctx, last),
                       err == ERR_OK ? text_format(call->ctx, "已公布于", "it was posted on")
                                     : text_format(call->ctx, "而今天是", "today is"),
                       date_format(call->ctx, when));
    }
    return ERR_OK;
}

/* CAL-14: not further from the end of the term than the pack allows. */
static enum err
term_check(struct call *call, const struct pack *pack, struct date day)
{
    struct stream stream;
    TRY(stream_store_find(call->ctx, call->db, call->unit, &stream));
    if (!date_is_set(stream.last_term_to))
        return ERR_OK;
    const struct date last = calendar_latest_shift(pack, stream.last_term_to);
    const struct date first = calendar_earliest_shift(pack, stream.last_term_to);
    if ((date_is_set(last) && date_compare(day, last) > 0) ||
        (date_is_set(first) && date_compare(day, first) < 0))
        call_block(call, RULE_CAL_14, "选举日 %s 离任期届满 %s 太远（%s 至 %s）",
                   "polling day %s is too far from the end of the term %s (%s to %s)",
                   date_format(call->ctx, day), date_format(call->ctx, stream.last_term_to),
                   date_format(call->ctx, first), date_format(call->ctx, last));
    return ERR_OK;
}

static enum err
law_of_day(struct call *call, struct date day, const struct pack **ret_pack)
{
    struct pack *national;
    struct pack *pack;
    struct stream stream;
    TRY(stream_store_find(call->ctx, call->db, call->unit, &stream));
    TRY(pack_combine(call->ctx, &call->gate->shelf, "auto", day, &national));
    const char *law = stream.packs[0]
                          ? mem_printf(call->ctx->mem, "%s+%s", national->name, stream.packs)
                          : national->name;
    TRY(pack_combine(call->ctx, &call->gate->shelf, law, DATE_NONE, &pack));
    *ret_pack = pack;
    return ERR_OK;
}

static enum err
day_fix_check(struct call *call)
{
    const struct pack *pack;
    struct plan plan;
    const struct date day = call_date(call, "polling_day");
    call_not_future(call, "posted_on");
    if (date_compare(day, call->today) < 0)
        call_block(call, RULE_SEQ_06, "选举日 %s 已过", "polling day %s is past",
                   date_format(call->ctx, day));
    if (!call_is(call, "body", "village"))
        return ERR_OK;
    TRY(law_of_day(call, day, &pack));
    TRY(dated_check(call, pack, day));
    TRY(term_check(call, pack, day));
    const enum err err = plan_store_find(call->ctx, call->db, call->unit, &plan);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    if (date_compare(day, plan.polling_from) < 0 || date_compare(day, plan.polling_to) > 0)
        call_explain(call, RULE_CAL_15, "选举日 %s 不在方案的 %s 至 %s 之间",
                     "polling day %s is outside the plan's %s to %s", date_format(call->ctx, day),
                     date_format(call->ctx, plan.polling_from),
                     date_format(call->ctx, plan.polling_to));
    return ERR_OK;
}

static enum err
day_fix_apply(struct call *call)
{
    int64_t number;
    const struct date day = call_date(call, "polling_day");
    const struct round round = {
        .unit = call->unit,
        .body = call_text(call, "body"),
        .kind = "first",
        .polling_day = day,
        .opened_seq = call->seq,
    };
    TRY(day_store_set(call->ctx, call->db, call->unit, round.body, day));
    if (call_is(call, "body", "village"))
        TRY(task_store_date(call->ctx, call->db, call->unit, day));
    return round_store_open(call->ctx, call->db, &round, &number);
}

ACT_CODE(day_fix, DAY_FIX_FIELDS, day_fix_check, day_fix_apply, NULL);

static const struct field DAY_CHANGE_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", BODIES),
    FIELD(FIELD_DATE, "new_day", FIELD_REQUIRED, "新选举日", "new day"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason",
                  "force_majeure epidemic late_statutory_act no_surplus breach"),
    FIELD(FIELD_SEQ, "approval_seq", FIELD_REQUIRED, "批准记录号", "approval"),
    FIELDS_POSTING,
    FIELDS_END,
};

static enum err
day_change_check(struct call *call)
{
    const struct pack *pack;
    struct request request;
    const struct date day = call_date(call, "new_day");
    call_not_future(call, "posted_on");
    if (date_compare(day, call->today) < 0)
        call_block(call, RULE_SEQ_06, "选举日 %s 已过", "polling day %s is past",
                   date_format(call->ctx, day));
    const enum err err = request_store_covering(
        call->ctx, call->db,
        &(struct request_wanted){
            .unit = call->unit, .kind = "day_change", .state = "granted", .day = call->today},
        &request);
    if (err == ERR_NOT_FOUND)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "镇里没有批准变更选举日",
                                "the township has not granted the change"),
                     "先办理 approval.request kind=day_change 及批复",
                     "first approval.request kind=day_change and its decision");
    else
        TRY(err);
    if (!call_is(call, "body", "village"))
        return ERR_OK;
    TRY(law_of_day(call, day, &pack));
    TRY(dated_check(call, pack, day));
    return term_check(call, pack, day);
}

static enum err
day_change_apply(struct call *call)
{
    const struct date day = call_date(call, "new_day");
    TRY(day_store_set(call->ctx, call->db, call->unit, call_text(call, "body"), day));
    if (call_is(call, "body", "village"))
        TRY(task_store_date(call->ctx, call->db, call->unit, day));
    return round_store_set_day(call->ctx, call->db, call->unit, call_text(call, "body"), day);
}

ACT_CODE(day_change, DAY_CHANGE_FIELDS, day_change_check, day_change_apply, NULL);
