/* SPDX-License-Identifier: Apache-2.0 */
/* Inspection 组织考察 and the decision on it 研究、审定 (acts.md 6.2). */
#include <string.h>

#include "act/people.h"
#include "store/candidate_store.h"

static const struct field INSPECT_APPRAISAL[] = {
    FIELD(FIELD_TEXT, "choice", 0, "等次", "choice"),
    FIELD(FIELD_INT, "count", 0, "票数", "count"),
    FIELDS_END,
};
static const struct field INSPECT_RECORD_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "考察对象", "person"),
    FIELD(FIELD_PERSONS, "team", FIELD_REQUIRED, "考察组", "team"),
    FIELD(FIELD_DATE, "held_on", FIELD_REQUIRED, "日期", "held on"),
    FIELD_ROWS("appraisal", 0, "民主测评", "appraisal", INSPECT_APPRAISAL),
    FIELD(FIELD_INT, "talks", FIELD_REQUIRED, "谈话人数", "talks"),
    FIELD(FIELD_TEXT, "visits", FIELD_WORDING, "走访", "visits"),
    FIELD_CHOICES("result", FIELD_REQUIRED, "结果", "result", "recommended not_recommended"),
    FIELD(FIELD_TEXT, "doc_no", FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", 0, "文件日期", "document date"),
    FIELD(FIELD_FILE, "file", 0, "文件扫描件", "document"),
    FIELDS_END,
};

static enum err
inspect_record_check(struct call *call)
{
    const char *person = call_text(call, "person");
    struct review_step concluded;
    struct candidate secretary;
    call_not_future(call, "held_on");
    TRY(people_step(call, person, "conclusion", &concluded));
    if (strcmp(concluded.result, "qualified") != 0)
        call_block(call, RULE_SEQ_01, "%s 没有联审合格的结论", "%s is not qualified by the review",
                   person);
    const enum err err =
        candidate_store_find(call->ctx, call->db, call->unit, call_text(call, "body"), person,
                             "party_secretary", &secretary);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_OK && call->actor->role != ROLE_CO)
        call_block(call, RULE_PTY_02, "党组织书记人选由县里考察",
                   "the county inspects a secretary-to-be");
    return ERR_OK;
}

static enum err
inspect_record_apply(struct call *call)
{
    return people_step_put(call, call_text(call, "person"), "inspect", call_text(call, "result"));
}

ACT_CODE(inspect_record, INSPECT_RECORD_FIELDS, inspect_record_check, inspect_record_apply, NULL);

/* --- inspect.decide --- */

static const struct field DECIDE_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人选", "person"),
    FIELD_CHOICES("approved", FIELD_REQUIRED, "是否同意", "approved", "y n"),
    FIELDS_END,
};
static const struct field INSPECT_DECIDE_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD_CHOICES("stage", FIELD_REQUIRED, "层级", "stage", "department leading_group township"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "人选", "rows", DECIDE_ROWS),
    FIELDS_DOC,
    FIELDS_END,
};

/* department: the county office; leading_group: the county's deciders; township: the township. */
static void
stage_check(struct call *call)
{
    static const struct {
        const char *stage;
        enum role role;
    } STAGES[] = {{"department", ROLE_CO}, {"leading_group", ROLE_CS}, {"township", ROLE_TS}};
    for (size_t i = 0; i < COUNT_OF(STAGES); i++) {
        if (call_is(call, "stage", STAGES[i].stage) && call->actor->role != STAGES[i].role)
            call_block(call, RULE_PTY_02, "%s 一级不由这个账号决定",
                       "this account does not decide at the stage %s", STAGES[i].stage);
    }
    if (call_is(call, "stage", "township") && people_body_is(call, "party"))
        call_block(call, RULE_PTY_02, "党组织人选由县里研究、审议",
                   "people for the Party organisation are decided by the county");
}

static enum err
decide_row_check(struct call *call, const json_t *row)
{
    const char *person = row_text(row, "person");
    struct review_step inspected;
    struct review_step step;
    TRY(people_step(call, person, "inspect", &inspected));
    if (!inspected.result[0])
        call_block(call, RULE_SEQ_01, "%s 还没有考察（inspect.record）",
                   "%s is not inspected yet (inspect.record)", person);
    if (call->actor_name && strcmp(inspected.by_user, call->actor_name) == 0)
        call_block(call, RULE_SEQ_08, "考察和决定须是不同的人",
                   "inspected and decided by one person");
    TRY(people_step(call, person, call_text(call, "stage"), &step));
    if (step.result[0])
        call_block(call, RULE_SEQ_07, "%s 这一级已有决定", "%s is decided at this stage", person);
    if (!call_is(call, "stage", "leading_group"))
        return ERR_OK;
    TRY(people_step(call, person, "department", &step));
    if (strcmp(step.result, "y") != 0)
        call_block(call, RULE_SEQ_01, "%s 还没有部务会同意", "%s: the department has not approved",
                   person);
    return ERR_OK;
}

static enum err
inspect_decide_check(struct call *call)
{
    stage_check(call);
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(decide_row_check(call, call_row(call, "rows", i)));
    return ERR_OK;
}

static enum err
inspect_decide_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        TRY(people_step_put(call, row_text(row, "person"), call_text(call, "stage"),
                            row_text(row, "approved")));
        if (row_is(row, "approved", "n"))
            TRY(candidate_store_set_state(call->ctx, call->db, call->unit, call_text(call, "body"),
                                          row_text(row, "person"), "disqualified"));
    }
    return ERR_OK;
}

ACT_CODE(inspect_decide, INSPECT_DECIDE_FIELDS, inspect_decide_check, inspect_decide_apply, NULL);
