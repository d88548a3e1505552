/* SPDX-License-Identifier: Apache-2.0 */
/* Survey, analysis, rectification, deferral 摸底、研判、整顿、暂缓 (acts.md 6.1). */
#include <string.h>

#include "act/gate.h"
#include "domain/calendar.h"
#include "store/prep_store.h"
#include "store/request_store.h"
#include "store/stream_store.h"

/* --- survey.file 摸底调查 --- */

static const struct field SURVEY_INCUMBENTS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人员", "person"),
    FIELD(FIELD_TEXT, "post", FIELD_REQUIRED, "现任职务", "post"),
    FIELD_CHOICES("fit", FIELD_REQUIRED, "去留", "fit", "fit unfit leaves"),
    FIELDS_END,
};
static const struct field SURVEY_PROSPECTS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人员", "person"),
    FIELD(FIELD_TEXT, "post", 0, "拟任职务", "post"),
    FIELD_CHOICES("source", FIELD_REQUIRED, "来源", "source",
                  "incumbent capable_farmer returning_migrant coop_head veteran local_graduate "
                  "party_builder student_official teacher_or_doctor legal_helper social_worker "
                  "retired_official first_secretary seconded other"),
    FIELD_CHOICES("young_college", FIELD_REQUIRED, "35 岁以下大专", "≤35 with college", "y n"),
    FIELD_CHOICES("woman", FIELD_REQUIRED, "女", "woman", "y n"),
    FIELD_CHOICES("willing", 0, "愿意", "willing", "y n"),
    FIELDS_END,
};
static const struct field SURVEY_RISKS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "风险", "kind", "interference petition opinion epidemic"),
    FIELD_CHOICES("level", FIELD_REQUIRED, "等级", "level", "low middle high"),
    FIELD(FIELD_TEXT, "plan", FIELD_REQUIRED, "预案", "plan"),
    FIELDS_END,
};
static const struct field SURVEY_FILE_FIELDS[] = {
    FIELD(FIELD_DATE, "filed_on", FIELD_REQUIRED, "日期", "filed on"),
    FIELD(FIELD_PERSONS, "team", FIELD_REQUIRED, "调查人", "team"),
    FIELD(FIELD_TEXT, "methods", FIELD_REQUIRED | FIELD_WORDING, "方式", "methods"),
    FIELD(FIELD_INT, "population", FIELD_REQUIRED, "人口", "population"),
    FIELD(FIELD_INT, "households", FIELD_REQUIRED, "户数", "households"),
    FIELD(FIELD_INT, "groups", FIELD_REQUIRED, "村民小组数", "groups"),
    FIELD(FIELD_INT, "party_full", FIELD_REQUIRED, "正式党员", "full members"),
    FIELD(FIELD_INT, "party_probationary", FIELD_REQUIRED, "预备党员", "probationary members"),
    FIELD_ROWS("incumbents", FIELD_REQUIRED, "现任", "incumbents", SURVEY_INCUMBENTS),
    FIELD_ROWS("prospects", FIELD_REQUIRED, "人选", "prospects", SURVEY_PROSPECTS),
    FIELD(FIELD_TEXT, "adverse", FIELD_WORDING, "不利因素", "adverse factors"),
    FIELD_ROWS("risks", FIELD_REQUIRED, "风险", "risks", SURVEY_RISKS),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static bool
rows_have(const struct call *call, const char *table, const char *column, const char *word)
{
    for (size_t i = 0; i < call_count(call, table); i++) {
        if (row_is(call_row(call, table, i), column, word))
            return true;
    }
    return false;
}

static enum err
survey_file_check(struct call *call)
{
    static const char *const RISKS[] = {"interference", "petition", "opinion", "epidemic"};
    call_not_future(call, "filed_on");
    if (!rows_have(call, "prospects", "young_college", "y"))
        call_explain(call, RULE_ORG_04, "没有摸到 35 周岁以下大专以上人选",
                     "nobody of 35 or less with college was found");
    if (!rows_have(call, "prospects", "woman", "y"))
        call_explain(call, RULE_ORG_04, "没有摸到女性人选", "no woman was found");
    for (size_t i = 0; i < COUNT_OF(RISKS); i++) {
        if (!rows_have(call, "risks", "kind", RISKS[i]))
            call_warn(call, RULE_ORG_04, "四类风险缺少 %s 的预案", "no plan for the risk %s",
                      RISKS[i]);
    }
    return ERR_OK;
}

static enum err
survey_file_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "incumbents"); i++) {
        const json_t *row = call_row(call, "incumbents", i);
        const struct prep_person person = {
            .unit = call->unit,
            .list = "incumbent",
            .seq = call->seq,
            .person = row_text(row, "person"),
            .detail = row_text(row, "post"),
            .on_day = call_date(call, "filed_on"),
        };
        TRY(prep_person_add(call->ctx, call->db, &person));
    }
    return ERR_OK;
}

ACT_CODE(survey_file, SURVEY_FILE_FIELDS, survey_file_check, survey_file_apply, NULL);

/* --- analysis.file 分析研判 --- */

static const struct field ANALYSIS_MEASURES[] = {
    FIELD(FIELD_TEXT, "problem", 0, "问题", "problem"),
    FIELD(FIELD_TEXT, "measure", 0, "措施", "measure"),
    FIELD(FIELD_PERSON, "person", 0, "责任人", "person"),
    FIELDS_END,
};
static const struct field ANALYSIS_OUTLINE[] = {
    FIELD(FIELD_TEXT, "post", 0, "职务", "post"),
    FIELD(FIELD_PERSON, "person", 0, "人选", "person"),
    FIELDS_END,
};
static const struct field ANALYSIS_FILE_FIELDS[] = {
    FIELD(FIELD_DATE, "filed_on", FIELD_REQUIRED, "日期", "filed on"),
    FIELD(FIELD_TEXT, "problems", FIELD_REQUIRED | FIELD_WORDING, "问题", "problems"),
    FIELD_ROWS("measures", 0, "措施", "measures", ANALYSIS_MEASURES),
    FIELD_ROWS("outline", 0, "人事安排", "outline", ANALYSIS_OUTLINE),
    FIELD_CHOICES("one_shoulder", FIELD_REQUIRED, "一肩挑", "one shoulder", "y n"),
    FIELD_CHOICES("advice", FIELD_REQUIRED, "意见", "advice", "proceed rectify_first defer"),
    FIELD(FIELD_PERSONS, "signed_by", FIELD_REQUIRED, "签批人", "signed by"),
    FIELD(FIELD_TEXT, "doc_no", FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", 0, "文件日期", "document date"),
    FIELD(FIELD_FILE, "file", 0, "文件", "document"),
    FIELDS_END,
};

static enum err
analysis_file_check(struct call *call)
{
    struct request request;
    call_not_future(call, "filed_on");
    const enum err err = request_store_covering(
        call->ctx, call->db,
        &(struct request_wanted){
            .unit = call->unit, .kind = "prospects", .state = "granted", .day = call->today},
        &request);
    if (err == ERR_NOT_FOUND)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "摸底人选还没有审定",
                                "the prospects are not approved yet"),
                     "先办理 approval.request kind=prospects 及批复",
                     "first approval.request kind=prospects and its decision");
    else
        TRY(err);
    if (call_is(call, "one_shoulder", "n"))
        call_explain(call, RULE_ELG_04, "不能实现“一肩挑”，须专项说明",
                     "secretary and chair are not one person: explain");
    return ERR_OK;
}

ACT_CODE(analysis_file, ANALYSIS_FILE_FIELDS, analysis_file_check, NULL, NULL);

/* --- rectify.open, rectify.close 整顿 --- */

static const struct field RECTIFY_OPEN_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind",
                  "weak_village complex_village audit_issue"),
    FIELD(FIELD_TEXT, "problems", FIELD_REQUIRED | FIELD_WORDING, "问题", "problems"),
    FIELD(FIELD_TEXT, "policy", FIELD_REQUIRED | FIELD_WORDING, "一村一策", "policy"),
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "责任人", "person"),
    FIELD(FIELD_DATE, "due_on", FIELD_REQUIRED, "期限", "due on"),
    FIELDS_END,
};

static enum err
rectify_open_apply(struct call *call)
{
    const struct matter matter = {
        .unit = call->unit,
        .seq = call->seq,
        .kind = "rectify",
        .about = call_text(call, "kind"),
        .due_on = call_date(call, "due_on"),
    };
    return matter_store_open(call->ctx, call->db, &matter);
}

ACT_CODE(rectify_open, RECTIFY_OPEN_FIELDS, NULL, rectify_open_apply, NULL);

static const struct field RECTIFY_CLOSE_FIELDS[] = {
    FIELD(FIELD_SEQ, "open_seq", FIELD_REQUIRED, "整顿记录号", "rectification"),
    FIELD(FIELD_DATE, "closed_on", FIELD_REQUIRED, "销号日期", "closed on"),
    FIELD(FIELD_TEXT, "result", FIELD_REQUIRED | FIELD_WORDING, "结果", "result"),
    FIELDS_PAPER,
    FIELDS_END,
};

static enum err
rectify_close_check(struct call *call)
{
    struct matter matter = {.kind = ""};
    call_not_future(call, "closed_on");
    const enum err err =
        matter_store_find(call->ctx, call->db, call->unit, call_int(call, "open_seq"), &matter);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (strcmp(matter.kind, "rectify") != 0)
        call_block(call, RULE_SEQ_01, "没有这件整顿", "there is no such rectification");
    else if (matter.closed_seq)
        call_block(call, RULE_SEQ_07, "已经销号", "it is closed already");
    else if (date_compare(call_date(call, "closed_on"), matter.due_on) > 0)
        call_explain(call, RULE_CND_03, "销号晚于期限 %s", "closed after the due day %s",
                     date_format(call->ctx, matter.due_on));
    return ERR_OK;
}

static enum err
rectify_close_apply(struct call *call)
{
    return matter_store_close(call->ctx, call->db, call->unit, call_int(call, "open_seq"),
                              call->seq);
}

ACT_CODE(rectify_close, RECTIFY_CLOSE_FIELDS, rectify_close_check, rectify_close_apply, NULL);

/* --- defer.order, defer.resume 暂缓、恢复换届 --- */

static const struct field DEFER_ORDER_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", "all party village"),
    FIELD(FIELD_SEQ, "approval_seq", FIELD_REQUIRED, "批准记录号", "approval"),
    FIELD(FIELD_DATE, "until", FIELD_REQUIRED, "暂缓至", "until"),
    FIELD(FIELD_TEXT, "reason", FIELD_REQUIRED, "原因", "reason"),
    FIELD(FIELD_SEQ, "assembly_seq", 0, "会议记录号", "assembly"),
    FIELD(FIELD_PERSONS, "signed_by", 0, "签批人", "signed by"),
    FIELDS_END,
};

static enum err
defer_approval_check(struct call *call)
{
    struct request request = {.kind = "", .state = ""};
    const int64_t seq = call_int(call, "approval_seq");
    /* The request, or the entry that decided it. */
    struct request *list;
    size_t count;
    TRY(request_store_list(call->ctx, call->db, call->unit, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (list[i].seq == seq || list[i].decided_seq == seq)
            request = list[i];
    }
    if (strcmp(request.kind, "deferral") != 0 || strcmp(request.state, "granted") != 0)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "县里没有批准暂缓",
                                "the county has not granted a deferral"),
                     "先办理 approval.request kind=deferral 及县批复",
                     "first approval.request kind=deferral and the county's decision");
    return ERR_OK;
}

static enum err
defer_order_check(struct call *call)
{
    struct ctx *ctx = call->ctx;
    struct stream stream;
    struct assembly_item item;
    TRY(defer_approval_check(call));
    TRY(stream_store_find(ctx, call->db, call->unit, &stream));
    const struct date last = calendar_latest_shift(call->pack, stream.last_term_to);
    if (date_is_set(last) && date_is_set(stream.last_term_to) &&
        date_compare(call_date(call, "until"), last) > 0)
        call_block(call, RULE_CAL_14, "任期 %s 届满，最迟暂缓到 %s",
                   "the term ended on %s: at latest %s", date_format(ctx, stream.last_term_to),
                   date_format(ctx, last));
    const enum err err =
        call_has(call, "assembly_seq")
            ? assembly_store_find(ctx, call->db, call->unit, call_int(call, "assembly_seq"),
                                  "deferral", &item)
            : ERR_NOT_FOUND;
    if (err == ERR_NOT_FOUND || (err == ERR_OK && !item.passed))
        call_explain(call, RULE_CAL_14, "没有经村民会议或者村民代表会议同意暂缓（江西办法 §4）",
                     "no assembly agreed to the deferral (Jiangxi rules, article 4)");
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
defer_order_apply(struct call *call)
{
    return stream_store_set_state(call->ctx, call->db, call->unit, "deferred",
                                  mem_printf(call->ctx->mem, "%s → %s", call_text(call, "reason"),
                                             date_format(call->ctx, call_date(call, "until"))));
}

ACT_CODE(defer_order, DEFER_ORDER_FIELDS, defer_order_check, defer_order_apply, NULL);

static const struct field DEFER_RESUME_FIELDS[] = {
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "恢复日期", "on"),
    FIELD(FIELD_DATE, "new_polling_day", 0, "新选举日", "new polling day"),
    FIELD(FIELD_TEXT, "doc_no", FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", 0, "文件日期", "document date"),
    FIELD(FIELD_FILE, "file", 0, "文件", "document"),
    FIELDS_END,
};

static enum err
defer_resume_check(struct call *call)
{
    struct ctx *ctx = call->ctx;
    struct stream stream;
    struct matter *open;
    size_t count;
    call_not_future(call, "on");
    TRY(stream_store_find(ctx, call->db, call->unit, &stream));
    if (strcmp(stream.state, "deferred") != 0)
        call_block(call, RULE_SEQ_07, "没有暂缓，不用恢复", "it is not deferred");
    TRY(matter_store_open_list(ctx, call->db, call->unit, "rectify", &open, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(open[i].about, "audit_issue") != 0)
            call_block(call, RULE_ORG_05, "第 %lld 号整顿还没有销号",
                       "rectification %lld is still open", (long long)open[i].seq);
    }
    const struct date last = calendar_latest_shift(call->pack, stream.last_term_to);
    if (date_is_set(last) && date_compare(call_date(call, "new_polling_day"), last) > 0)
        call_block(call, RULE_CAL_14, "选举日最迟 %s", "polling day at latest %s",
                   date_format(ctx, last));
    return ERR_OK;
}

static enum err
defer_resume_apply(struct call *call)
{
    return stream_store_set_state(call->ctx, call->db, call->unit, "open", "");
}

ACT_CODE(defer_resume, DEFER_RESUME_FIELDS, defer_resume_check, defer_resume_apply, NULL);
