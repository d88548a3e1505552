/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan 实施方案: adopted by the town, checked against law and pack, turned into dated tasks in
 * every village. The form of the file is described in docs/formats.md (cunxuan-plan-1).
 */
#include <string.h>

#include "act/gate.h"
#include "domain/calendar.h"
#include "exchange/plan_file.h"
#include "store/blob_store.h"
#include "store/prep_store.h"
#include "store/stream_store.h"

static enum err
plan_read(struct call *call, const char *name, json_t **ret_plan)
{
    struct db_bytes bytes;
    TRY(blob_store_get(call->ctx, call->blobs, name + strlen("sm3:"), &bytes));
    return plan_file_read(call->ctx, (const char *)bytes.bytes, bytes.length, ret_plan);
}

/* --- plan.adopt --- */

static const struct field PLAN_READINGS[] = {
    FIELD(FIELD_TEXT, "point", FIELD_REQUIRED, "要点", "point"),
    FIELD(FIELD_TEXT, "reading", FIELD_REQUIRED, "所取读法", "reading"),
    FIELDS_END,
};

static const struct field PLAN_ADOPT_FIELDS[] = {
    FIELD(FIELD_FILE, "file", FIELD_REQUIRED, "方案文件", "plan file"),
    FIELD_ROWS("readings", 0, "方案自相矛盾处的读法", "readings", PLAN_READINGS),
    FIELD(FIELD_DATE, "polling_from", FIELD_REQUIRED, "投票日起", "polling from"),
    FIELD(FIELD_DATE, "polling_to", FIELD_REQUIRED, "投票日止", "polling to"),
    FIELD(FIELD_TEXT, "bars", 0, "“十不选”细化", "bars"),
    FIELD(FIELD_PERSONS, "signed_by", FIELD_REQUIRED, "签发人", "signed by"),
    FIELD(FIELD_TEXT, "doc_no", FIELD_REQUIRED | FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", FIELD_REQUIRED, "文件日期", "document date"),
    FIELDS_END,
};

/* A rule of the law the plan breaks: ORG-03, and the rule itself. */
static void
plan_against(struct call *call, enum rule rule, const char *text)
{
    call_block(call, RULE_ORG_03, "方案与 %s 抵触：%s", "the plan is against %s: %s",
               rule_id(call->ctx, rule, 0), text);
    call_block(call, rule, "%s", "%s", text);
}

static const enum rule EVENT_RULES[CALENDAR_EVENT_COUNT] = {
    [CALENDAR_AUDIT_PUBLISHED] = RULE_CAL_12,       [CALENDAR_VEC_FORMED] = RULE_CAL_15,
    [CALENDAR_VOTER_LIST_POSTED] = RULE_CAL_01,     [CALENDAR_OBJECTION_RECEIVED] = RULE_CAL_02,
    [CALENDAR_OBJECTION_DECIDED] = RULE_CAL_03,     [CALENDAR_CANDIDATES_POSTED] = RULE_CAL_04,
    [CALENDAR_POLLING_NOTICE_POSTED] = RULE_CAL_05, [CALENDAR_PROXY_FILED] = RULE_CAL_06,
    [CALENDAR_CANDIDATE_WITHDRAWN] = RULE_CAL_07,   [CALENDAR_RESULT_ANNOUNCED] = RULE_CAL_09,
    [CALENDAR_SECOND_POLLING_DAY] = RULE_CAL_10,    [CALENDAR_COMMITTEE_FORMED] = RULE_CAL_15,
    [CALENDAR_HANDOVER_DONE] = RULE_CAL_11,         [CALENDAR_CERTIFICATES_ISSUED] = RULE_CAL_11,
    [CALENDAR_ARCHIVE_DONE] = RULE_CAL_15,
};

static enum err
deadline_check(struct call *call, const char *word, const char *text,
               const struct calendar_bases *bases)
{
    struct ctx *ctx = call->ctx;
    enum calendar_event event;
    struct date planned;
    if (!calendar_event_find(word, &event) || !text || !plan_file_date(text, bases, &planned))
        return FAIL_FIELD(ctx, "file", "file：deadlines.%s 读不懂（%s）",
                          "file: deadlines.%s is not understood (%s)", word, text ? text : "");
    const struct date last = calendar_deadline(call->pack, event, bases);
    if (!date_is_set(last))
        return ERR_OK;
    /* The time to object is the villagers' right: it may be longer, not shorter. */
    const int late = date_days_between(last, planned);
    const bool wrong = event == CALENDAR_OBJECTION_RECEIVED ? late < 0 : late > 0;
    if (wrong)
        plan_against(call, EVENT_RULES[event],
                     text_format(ctx, "%s：方案为 %s，依法最迟（或至少到）%s",
                                 "%s: the plan says %s, the law %s",
                                 text_pick(ctx, calendar_event_title(event)),
                                 date_format(ctx, planned), date_format(ctx, last)));
    return ERR_OK;
}

static enum err
deadlines_check(struct call *call, const json_t *plan)
{
    const char *word;
    json_t *value;
    const struct date from = call_date(call, "polling_from");
    struct calendar_bases bases = {
        .polling_day = from,
        .vec_formed = DATE_NONE,
        .posted = date_add_days(from, -30),
        .received = date_add_days(from, -25),
        .list = date_add_days(from, -10),
        .formed = from,
        .meeting = DATE_NONE,
    };
    (void)date_parse(json_text_of(json_object_get(plan, "deadlines"), "vec_formed"),
                     &bases.vec_formed);
    json_object_foreach(json_object_get(plan, "deadlines"), word, value)
        TRY(deadline_check(call, word, json_string_value(value), &bases));
    return ERR_OK;
}

/* Sizes: the committee 3–7 (ELG-04), the election committee (VEC-02), more candidates than seats.
 */
static void
sizes_check(struct call *call, const json_t *plan)
{
    struct ctx *ctx = call->ctx;
    size_t index;
    json_t *band;
    json_array_foreach(json_object_get(json_object_get(plan, "seats"), "bands"), index, band)
    {
        const json_t *seats = json_object_get(band, "village");
        const int64_t total = json_integer_value(json_object_get(seats, "chair")) +
                              json_integer_value(json_object_get(seats, "vice_chair")) +
                              json_integer_value(json_object_get(seats, "member"));
        if (total < pack_int(call->pack, PACK_COMMITTEE_LEAST) ||
            total > pack_int(call->pack, PACK_COMMITTEE_MOST))
            plan_against(
                call, RULE_ELG_04,
                text_format(ctx, "村民委员会 %lld 人", "a committee of %lld", (long long)total));
    }
    const json_t *committee = json_object_get(plan, "election_committee");
    const int64_t vec = json_integer_value(json_object_get(committee, "seats"));
    if (committee && vec < pack_int(call->pack, PACK_VEC_LEAST))
        plan_against(call, RULE_VEC_02,
                     text_format(ctx, "选举委员会 %lld 人", "an election committee of %lld",
                                 (long long)vec));
    const json_t *surplus = json_object_get(plan, "surplus");
    if (surplus && json_integer_value(json_object_get(surplus, "village")) < 1)
        plan_against(call, RULE_NOM_04,
                     text_format(ctx, "候选人不多于应选名额", "no more candidates than seats"));
}

static enum err
plan_adopt_check(struct call *call)
{
    json_t *plan;
    call_not_future(call, "doc_on");
    if (date_compare(call_date(call, "polling_from"), call_date(call, "polling_to")) > 0)
        call_block(call, RULE_SEQ_06, "投票日起晚于止", "polling_from is after polling_to");
    TRY(plan_read(call, call_text(call, "file"), &plan));
    TRY(deadlines_check(call, plan));
    sizes_check(call, plan);
    return ERR_OK;
}

static void
task_date(const char *text, struct task *task)
{
    bool from_poll;
    plan_file_task_date(text, &task->due_on, &from_poll, &task->offset_days);
    task->base = from_poll ? "D" : "";
}

static const char *
member_text(const json_t *object, const char *key)
{
    const char *text = json_text_of(object, key);
    return text ? text : "";
}

static enum err
plan_adopt_receive(struct call *call)
{
    json_t *file;
    size_t index;
    json_t *row;
    const struct plan plan = {
        .unit = call->unit,
        .file = call_text(call, "file"),
        .polling_from = call_date(call, "polling_from"),
        .polling_to = call_date(call, "polling_to"),
        .bars = call_text(call, "bars"),
    };
    TRY(plan_store_put(call->ctx, call->db, &plan));
    TRY(plan_read(call, plan.file, &file));
    json_array_foreach(json_object_get(file, "tasks"), index, row)
    {
        struct task task = {
            .unit = call->unit,
            .task = member_text(row, "id"),
            .title = member_text(row, "title"),
            .act = member_text(row, "act"),
            .body = member_text(row, "body"),
            .role = member_text(row, "role"),
            .person = "",
            .state = "open",
        };
        task_date(json_text_of(row, "latest"), &task);
        TRY(task_store_put(call->ctx, call->db, &task));
    }
    return ERR_OK;
}

static enum err
plan_adopt_apply(struct call *call)
{
    const struct plan plan = {
        .unit = call->unit,
        .file = call_text(call, "file"),
        .polling_from = call_date(call, "polling_from"),
        .polling_to = call_date(call, "polling_to"),
        .bars = call_text(call, "bars"),
    };
    return plan_store_put(call->ctx, call->db, &plan);
}

ACT_CODE(plan_adopt, PLAN_ADOPT_FIELDS, plan_adopt_check, plan_adopt_apply, plan_adopt_receive);

/* --- plan.change --- */

static const struct field PLAN_CHANGE_FIELDS[] = {
    FIELD(FIELD_TEXT, "item", FIELD_REQUIRED, "调整事项（任务号）", "item (task id)"),
    FIELD(FIELD_TEXT, "old", FIELD_REQUIRED, "原安排", "old"),
    FIELD(FIELD_TEXT, "new", FIELD_REQUIRED, "新安排", "new"),
    FIELD(FIELD_TEXT, "reason", FIELD_REQUIRED, "原因", "reason"),
    FIELD(FIELD_TEXT, "doc_no", FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", 0, "文件日期", "document date"),
    FIELD(FIELD_FILE, "file", 0, "文件", "document"),
    FIELDS_END,
};

/* The legal last day of a task's act, where the calendar knows it. */
static struct date
task_legal_day(const struct call *call, const struct task *task, struct date polling_day)
{
    static const struct {
        const char *act;
        enum calendar_event event;
    } LEGAL[] = {
        {"audit.publish", CALENDAR_AUDIT_PUBLISHED},
        {"roll.post", CALENDAR_VOTER_LIST_POSTED},
        {"candidates.post", CALENDAR_CANDIDATES_POSTED},
        {"poll.notice", CALENDAR_POLLING_NOTICE_POSTED},
        {"proxy.register", CALENDAR_PROXY_FILED},
        {"result.announce", CALENDAR_RESULT_ANNOUNCED},
    };
    const struct calendar_bases bases = {
        .polling_day = polling_day,
        .vec_formed = DATE_NONE,
        .posted = DATE_NONE,
        .received = DATE_NONE,
        .list = DATE_NONE,
        .formed = DATE_NONE,
        .meeting = DATE_NONE,
    };
    for (size_t i = 0; i < COUNT_OF(LEGAL); i++) {
        if (strcmp(LEGAL[i].act, task->act) == 0)
            return calendar_deadline(call->pack, LEGAL[i].event, &bases);
    }
    return DATE_NONE;
}

static enum err
plan_change_check(struct call *call)
{
    struct task task;
    struct task changed = {.base = "", .due_on = DATE_NONE};
    struct date polling_day;
    call_explain(call, RULE_ORG_03, "调整方案须说明理由", "a change of the plan needs a reason");
    const enum err err =
        task_store_find(call->ctx, call->db, call->unit, call_text(call, "item"), &task);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &polling_day));
    task_date(call_text(call, "new"), &changed);
    if (changed.base[0] && date_is_set(polling_day))
        changed.due_on = date_add_days(polling_day, (int)changed.offset_days);
    const struct date last = task_legal_day(call, &task, polling_day);
    if (date_is_set(last) && date_compare(changed.due_on, last) > 0)
        plan_against(call, RULE_CAL_15,
                     text_format(call->ctx, "%s 最迟 %s", "%s at latest on %s", task.title,
                                 date_format(call->ctx, last)));
    return ERR_OK;
}

static enum err
plan_change_apply(struct call *call)
{
    struct task task;
    struct date polling_day;
    const enum err err =
        task_store_find(call->ctx, call->db, call->unit, call_text(call, "item"), &task);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &polling_day));
    task_date(call_text(call, "new"), &task);
    if (task.base[0] && date_is_set(polling_day))
        task.due_on = date_add_days(polling_day, (int)task.offset_days);
    return task_store_put(call->ctx, call->db, &task);
}

ACT_CODE(plan_change, PLAN_CHANGE_FIELDS, plan_change_check, plan_change_apply, plan_change_apply);

/* --- task.update --- */

static const struct field TASK_UPDATE_FIELDS[] = {
    FIELD(FIELD_TEXT, "task", FIELD_REQUIRED, "任务号", "task"),
    FIELD_CHOICES("action", FIELD_REQUIRED, "操作", "action", "assign remind done not_applicable"),
    FIELD(FIELD_PERSON, "person", 0, "责任人", "person"),
    FIELD(FIELD_DATE, "due_on", 0, "期限", "due on"),
    FIELD(FIELD_TEXT, "note", FIELD_WORDING, "备注", "note"),
    FIELDS_END,
};

static enum err
task_update_check(struct call *call)
{
    struct task task;
    struct date polling_day;
    const enum err err =
        task_store_find(call->ctx, call->db, call->unit, call_text(call, "task"), &task);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_SEQ_01, "没有任务 %s", "there is no task %s",
                   call_text(call, "task"));
        return ERR_OK;
    }
    TRY(err);
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &polling_day));
    const struct date last = task_legal_day(call, &task, polling_day);
    if (date_is_set(last) && date_compare(call_date(call, "due_on"), last) > 0)
        call_warn(call, RULE_SEQ_06, "期限在法定最迟日 %s 之后", "due after the legal last day %s",
                  date_format(call->ctx, last));
    return ERR_OK;
}

static enum err
task_update_apply(struct call *call)
{
    struct task task;
    TRY(task_store_find(call->ctx, call->db, call->unit, call_text(call, "task"), &task));
    if (call_has(call, "person"))
        task.person = call_text(call, "person");
    if (call_has(call, "due_on")) {
        task.due_on = call_date(call, "due_on");
        task.base = "";
    }
    if (call_is(call, "action", "done") || call_is(call, "action", "not_applicable"))
        task.state = call_text(call, "action");
    return task_store_put(call->ctx, call->db, &task);
}

ACT_CODE(task_update, TASK_UPDATE_FIELDS, task_update_check, task_update_apply, NULL);
