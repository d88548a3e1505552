/* SPDX-License-Identifier: Apache-2.0 */
/* Departure audit, training, meetings 审计、培训、会议 (acts.md 6.1). */
#include <string.h>

#include "act/gate.h"
#include "store/person_store.h"
#include "store/prep_store.h"
#include "store/standing_store.h"

/* --- audit.record 离任审计 --- */

static const struct field AUDIT_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人员", "person"),
    FIELD(FIELD_TEXT, "post", FIELD_REQUIRED, "职务", "post"),
    FIELD(FIELD_TEXT, "findings", FIELD_REQUIRED | FIELD_WORDING, "结论", "findings"),
    FIELD(FIELD_MONEY, "amount", 0, "金额", "amount"),
    FIELD_CHOICES("issue", FIELD_REQUIRED, "有无问题", "issue", "y n"),
    FIELDS_END,
};
static const struct field AUDIT_RECORD_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "departure_audit accounts_clearing"),
    FIELD(FIELD_TEXT, "by", FIELD_REQUIRED | FIELD_WORDING, "审计单位", "by"),
    FIELD(FIELD_DATE, "from", FIELD_REQUIRED, "审计期间起", "from"),
    FIELD(FIELD_DATE, "to", FIELD_REQUIRED, "审计期间止", "to"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "审计对象", "rows", AUDIT_ROWS),
    FIELD(FIELD_TEXT, "doc_no", FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", 0, "文件日期", "document date"),
    FIELD(FIELD_FILE, "file", 0, "文件", "document"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* Incumbents of the survey that none of the rows names. */
static enum err
missing_incumbents(struct call *call, size_t *ret_missing, const char **ret_first)
{
    struct prep_person *incumbents;
    size_t count;
    *ret_missing = 0;
    TRY(prep_person_list(call->ctx, call->db, call->unit, "incumbent", &incumbents, &count));
    for (size_t i = 0; i < count; i++) {
        bool named = false;
        for (size_t j = 0; j < call_count(call, "rows") && !named; j++)
            TRY(person_is_same(call->ctx, call->db, call->unit, incumbents[i].person,
                               row_text(call_row(call, "rows", j), "person"), &named));
        if (!named && (*ret_missing)++ == 0)
            TRY(person_name(call->ctx, call->db, call->unit, incumbents[i].person, ret_first));
    }
    return ERR_OK;
}

static enum err
audit_record_check(struct call *call)
{
    size_t missing;
    const char *first = "";
    if (date_compare(call_date(call, "from"), call_date(call, "to")) > 0)
        call_block(call, RULE_SEQ_06, "审计期间起晚于止", "the period ends before it begins");
    call_not_future(call, "to");
    TRY(missing_incumbents(call, &missing, &first));
    if (missing)
        call_warn(call, RULE_CAL_12, "还有 %zu 名现任未审计（%s 等）",
                  "%zu incumbents are not audited (%s …)", missing, first);
    return ERR_OK;
}

static enum err
audit_record_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct prep_person person = {
            .unit = call->unit,
            .list = "audited",
            .seq = call->seq,
            .person = row_text(row, "person"),
            .detail = row_text(row, "post"),
            .on_day = call_date(call, "to"),
        };
        TRY(prep_person_add(call->ctx, call->db, &person));
    }
    return ERR_OK;
}

ACT_CODE(audit_record, AUDIT_RECORD_FIELDS, audit_record_check, audit_record_apply, NULL);

/* --- audit.publish 公布审计结果 --- */

static const struct field AUDIT_PUBLISH_FIELDS[] = {
    FIELD(FIELD_SEQ, "audit_seq", FIELD_REQUIRED, "审计记录号", "audit"),
    FIELDS_POSTING,
    FIELDS_END,
};

static enum err
audit_publish_check(struct call *call)
{
    struct standing audit = {.act = "", .kind = "", .state = ""};
    struct prep_person *incumbents;
    size_t count;
    call_not_future(call, "posted_on");
    const enum err err =
        standing_store_find(call->ctx, call->db, call->unit, call_int(call, "audit_seq"), &audit);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (strcmp(audit.act, "audit.record") != 0 || strcmp(audit.state, "stands") != 0 ||
        strcmp(audit.kind, "departure_audit") != 0)
        call_block(call, RULE_SEQ_01, "第 %lld 号记录不是有效的离任审计",
                   "entry %lld is no standing departure audit",
                   (long long)call_int(call, "audit_seq"));
    TRY(prep_person_list(call->ctx, call->db, call->unit, "incumbent", &incumbents, &count));
    for (size_t i = 0; i < count; i++) {
        bool audited;
        const char *name;
        TRY(prep_person_has(call->ctx, call->db, call->unit, "audited", incumbents[i].person,
                            &audited));
        TRY(person_name(call->ctx, call->db, call->unit, incumbents[i].person, &name));
        if (!audited)
            call_block(call, RULE_CAL_12, "现任 %s 没有审计", "%s was not audited", name);
    }
    return ERR_OK;
}

ACT_CODE(audit_publish, AUDIT_PUBLISH_FIELDS, audit_publish_check, NULL, NULL);

/* --- training.hold 培训 --- */

static const struct field TRAINING_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人员", "person"),
    FIELD(FIELD_TEXT, "duty", FIELD_REQUIRED, "职责", "duty"),
    FIELD_CHOICES("attended", FIELD_REQUIRED, "到课", "attended", "y n"),
    FIELDS_END,
};
static const struct field TRAINING_HOLD_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "election_staff induction"),
    FIELD(FIELD_DATE, "held_on", FIELD_REQUIRED, "日期", "held on"),
    FIELD(FIELD_TEXT, "topics", FIELD_REQUIRED | FIELD_WORDING, "内容", "topics"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "签到", "rows", TRAINING_ROWS),
    FIELD(FIELD_FILE, "file", 0, "签到册", "file"),
    FIELDS_END,
};

static enum err
training_hold_check(struct call *call)
{
    size_t absent = 0;
    call_not_future(call, "held_on");
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        absent += row_is(call_row(call, "rows", i), "attended", "n");
    if (absent)
        call_warn(call, RULE_ORG_02, "%zu 人没有到课", "%zu people did not attend", absent);
    return ERR_OK;
}

static enum err
training_hold_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct prep_person person = {
            .unit = call->unit,
            .list = "trained",
            .seq = call->seq,
            .person = row_text(row, "person"),
            .detail = row_text(row, "duty"),
            .on_day = call_date(call, "held_on"),
        };
        if (row_is(row, "attended", "y"))
            TRY(prep_person_add(call->ctx, call->db, &person));
    }
    return ERR_OK;
}

ACT_CODE(training_hold, TRAINING_HOLD_FIELDS, training_hold_check, training_hold_apply,
         training_hold_apply);

/* --- meeting.hold 会议 --- */

static const struct field MEETING_HOLD_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind",
                  "mobilisation policy_education discipline_education briefing"),
    FIELD(FIELD_DATE, "held_on", FIELD_REQUIRED, "日期", "held on"),
    FIELD(FIELD_TEXT, "place", FIELD_WORDING, "地点", "place"),
    FIELD(FIELD_INT, "invited", FIELD_REQUIRED, "应到", "invited"),
    FIELD(FIELD_INT, "attended", FIELD_REQUIRED, "实到", "attended"),
    FIELD(FIELD_PERSONS, "absent", 0, "缺席", "absent"),
    FIELD(FIELD_FILE, "minutes", 0, "会议纪要", "minutes"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static enum err
meeting_hold_check(struct call *call)
{
    call_not_future(call, "held_on");
    if (call_int(call, "attended") > call_int(call, "invited"))
        return FAIL_FIELD(call->ctx, "attended", "attended：实到多于应到",
                          "attended: more than were invited");
    if (call_int(call, "attended") < call_int(call, "invited"))
        call_warn(call, RULE_ORG_02, "实到少于应到", "fewer attended than were invited");
    return ERR_OK;
}

ACT_CODE(meeting_hold, MEETING_HOLD_FIELDS, meeting_hold_check, NULL, NULL);
