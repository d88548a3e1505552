/* SPDX-License-Identifier: Apache-2.0 */
/* Objections 异议、申诉 (acts.md 6.2). */
#include <string.h>

#include "act/cure.h"
#include "act/people.h"
#include "domain/calendar.h"
#include "store/nomination_store.h"
#include "store/standing_store.h"

#define SUBJECTS "vec roll initial preparatory formal proxy result procedure"

/* What hangs, who hears it. act NULL: nothing need hang. */
static const struct {
    const char *subject;
    const char *act;
    const char *list;
    unsigned roles;
} HEARD[] = {
    {"vec", "vec.post", NULL, ROLE_VC},
    {"roll", "roll.post", NULL, ROLE_EC},
    {"initial", "candidates.post", "initial", ROLE_EC | ROLE_PB | ROLE_TO},
    {"preparatory", "candidates.post", "preparatory", ROLE_PB | ROLE_TO},
    {"formal", "candidates.post", "formal", ROLE_EC | ROLE_PB | ROLE_TO},
    {"proxy", "proxy.post", NULL, ROLE_EC},
    {"result", "result.announce", NULL, ROLE_TO | ROLE_CO},
    {"procedure", NULL, NULL, ROLE_TO | ROLE_CO},
};

static size_t
heard_find(const char *subject)
{
    size_t i = 0;
    while (i + 1 < COUNT_OF(HEARD) && strcmp(HEARD[i].subject, subject) != 0)
        i++;
    return i;
}

static enum err
hearer_check(struct call *call, const char *subject)
{
    if (HEARD[heard_find(subject)].roles & call->actor->role)
        return ERR_OK;
    return FORBID(call->ctx, HEARD[heard_find(subject)].roles, "对 %s 的异议不由这个账号受理",
                  "this account does not hear objections to %s", subject);
}

/* --- objection.file --- */

static const struct field OBJECTION_FILE_FIELDS[] = {
    FIELD_CHOICES("subject", FIELD_REQUIRED, "对象", "subject", SUBJECTS),
    FIELD(FIELD_SEQ, "posting_seq", 0, "公布记录号", "posting"),
    FIELD(FIELD_TEXT, "applicant", FIELD_REQUIRED, "申请人", "applicant"),
    FIELD(FIELD_PERSONS, "persons", 0, "涉及的人", "persons"),
    FIELD(FIELD_TEXT, "matter", FIELD_REQUIRED | FIELD_WORDING, "事项", "matter"),
    FIELD(FIELD_DATE, "received_on", FIELD_REQUIRED, "收到日期", "received on"),
    FIELDS_PAPER,
    FIELDS_END,
};

/* The posting it is about: the one named, else the last; ERR_NOT_FOUND without words. */
static enum err
posting_find(struct call *call, struct standing *ret_posting)
{
    const size_t at = heard_find(call_text(call, "subject"));
    struct standing posting;
    if (!call_has(call, "posting_seq")) {
        const struct standing_query query = {
            .unit = call->unit, .act = HEARD[at].act, .list = HEARD[at].list, .round = -1};
        return standing_store_last(call->ctx, call->db, &query, ret_posting);
    }
    TRY(standing_store_find(call->ctx, call->db, call->unit, call_int(call, "posting_seq"),
                            &posting));
    const bool supplement =
        strcmp(HEARD[at].act, "roll.post") == 0 && strcmp(posting.act, "roll.supplement") == 0;
    if ((strcmp(posting.act, HEARD[at].act) != 0 && !supplement) ||
        (HEARD[at].list && strcmp(posting.list, HEARD[at].list) != 0) ||
        strcmp(posting.state, "stands") != 0)
        return ERR_NOT_FOUND;
    *ret_posting = posting;
    return ERR_OK;
}

/* The last day (CAL-02): roll by its own key (组织法 §14), other lists by the plan; none for
 * results and procedure. */
static struct date
last_day(const struct call *call, const struct standing *posting)
{
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    bases.posted = posting->on_day;
    if (call_is(call, "subject", "result") || call_is(call, "subject", "procedure"))
        return DATE_NONE;
    return calendar_day(call->pack,
                        call_is(call, "subject", "roll") ? PACK_ROLL_OBJECTION_BY
                                                         : PACK_OBJECTION_OTHER_BY,
                        &bases);
}

/* Late: refused where the pack says so (河南实施办法 §21), else recorded without a clock. */
static void
late_tell(struct call *call, struct date last)
{
    const char *source = pack_source(call->ctx, call->pack, PACK_OBJECTION_LATE_TAKEN);
    if (pack_yes(call->pack, PACK_OBJECTION_LATE_TAKEN))
        call_warn(call, RULE_CAL_02, "异议最迟 %s 提出：记录在案，不计期限（%s）",
                  "objections closed on %s: recorded, without a clock (%s)",
                  date_format(call->ctx, last), source);
    else
        call_block(call, RULE_CAL_02, "异议最迟 %s 提出，逾期不予受理（%s）",
                   "objections closed on %s and late ones are refused (%s)",
                   date_format(call->ctx, last), source);
}

static enum err
objection_file_check(struct call *call)
{
    struct standing posting;
    const char *subject = call_text(call, "subject");
    call_not_future(call, "received_on");
    TRY(hearer_check(call, subject));
    if (!HEARD[heard_find(subject)].act)
        return ERR_OK;
    const enum err err = posting_find(call, &posting);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_SEQ_01, "没有公布在榜的 %s", "no posting of %s stands", subject);
        return ERR_OK;
    }
    TRY(err);
    if (date_compare(call_date(call, "received_on"), posting.on_day) < 0)
        call_block(call, RULE_SEQ_06, "收到日期早于公布日期 %s",
                   "received before the posting of %s", date_format(call->ctx, posting.on_day));
    const struct date last = last_day(call, &posting);
    if (date_is_set(last) && date_compare(call_date(call, "received_on"), last) > 0)
        late_tell(call, last);
    return ERR_OK;
}

static enum err
objection_file_apply(struct call *call)
{
    struct standing posting = {.on_day = DATE_NONE};
    struct objection objection = {
        .unit = call->unit,
        .seq = call->seq,
        .subject = call_text(call, "subject"),
        .received_on = call_date(call, "received_on"),
        .in_time = true,
        .decision = "",
    };
    if (HEARD[heard_find(objection.subject)].act) {
        const enum err err = posting_find(call, &posting);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
    }
    const struct date last = last_day(call, &posting);
    if (date_is_set(last))
        objection.in_time = date_compare(objection.received_on, last) <= 0;
    return objection_store_add(call->ctx, call->db, &objection);
}

ACT_CODE(objection_file, OBJECTION_FILE_FIELDS, objection_file_check, objection_file_apply, NULL);

/* --- objection.decide --- */

static const struct field OBJECTION_DECIDE_FIELDS[] = {
    FIELD(FIELD_SEQ, "objection_seq", FIELD_REQUIRED, "异议记录号", "objection"),
    FIELD_CHOICES("decision", FIELD_REQUIRED, "决定", "decision",
                  "upheld partly rejected not_accepted"),
    FIELD(FIELD_TEXT, "grounds", FIELD_REQUIRED | FIELD_WORDING, "理由", "grounds"),
    FIELD(FIELD_DATE, "decided_on", FIELD_REQUIRED, "决定日期", "decided on"),
    FIELD(FIELD_DATE, "told_on", FIELD_REQUIRED, "告知日期", "told on"),
    FIELDS_POSTING,
    FIELDS_END,
};

/* 组织法 §14: within three days of receipt, and published. */
static void
decision_day_check(struct call *call, const struct objection *objection)
{
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    const struct date decided = call_date(call, "decided_on");
    bases.received = objection->received_on;
    if (date_compare(decided, objection->received_on) < 0)
        call_block(call, RULE_SEQ_06, "决定日期早于收到日期 %s",
                   "decided before it was received (%s)",
                   date_format(call->ctx, objection->received_on));
    if (date_compare(call_date(call, "told_on"), decided) < 0)
        call_block(call, RULE_SEQ_06, "告知早于决定", "told before it was decided");
    const struct date last = calendar_day(call->pack, PACK_ROLL_DECISION_BY, &bases);
    if (strcmp(objection->subject, "roll") == 0 && objection->in_time && date_is_set(last) &&
        date_compare(decided, last) > 0)
        call_explain(call, RULE_CAL_03, "申诉 %s 收到，最迟 %s 处理，%s 才决定",
                     "received on %s, due by %s, decided on %s",
                     date_format(call->ctx, objection->received_on), date_format(call->ctx, last),
                     date_format(call->ctx, decided));
}

static enum err
objection_decide_check(struct call *call)
{
    struct objection objection;
    call_not_future(call, "decided_on");
    call_not_future(call, "told_on");
    call_not_future(call, "posted_on");
    const enum err err = objection_store_find(call->ctx, call->db, call->unit,
                                              call_int(call, "objection_seq"), &objection);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_SEQ_01, "没有这件异议", "there is no such objection");
        return ERR_OK;
    }
    TRY(err);
    TRY(hearer_check(call, objection.subject));
    if (objection.decision[0])
        call_block(call, RULE_SEQ_07, "已有处理决定（第 %lld 号记录）",
                   "decided already (entry %lld)", (long long)objection.decided_seq);
    decision_day_check(call, &objection);
    return ERR_OK;
}

static enum err
objection_decide_apply(struct call *call)
{
    return objection_store_decide(call->ctx, call->db, call->unit, call_int(call, "objection_seq"),
                                  call_text(call, "decision"), call->seq);
}

ACT_CODE(objection_decide, OBJECTION_DECIDE_FIELDS, objection_decide_check, objection_decide_apply,
         NULL);
