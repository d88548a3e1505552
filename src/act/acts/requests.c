/* SPDX-License-Identifier: Apache-2.0 */
/* Requests to a higher level 请示、备案 and their answers (acts.md 6.0, 6.0a). */
#include <string.h>

#include "act/cure.h"
#include "act/gate.h"
#include "store/person_store.h"
#include "store/request_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"

/* What may be asked: by whom, decided by whom, with which answer. Some pass two levels; the one
 * named here gives the answer that opens the way. */
struct request_kind {
    const char *name;
    unsigned asked_by;
    unsigned decided_by;
    const char *answer; /* granted, filed or noted; refused is always possible where granted is */
};

static const struct request_kind KINDS[] = {
    {"prospects", ROLE_TO, ROLE_TO | ROLE_TS, "granted"},
    {"analysis", ROLE_TO, ROLE_CS, "noted"},
    {"explanation", ROLE_TO | ROLE_PB, ROLE_CO, "noted"},
    {"deferral", ROLE_TO, ROLE_CS, "granted"},
    {"early", ROLE_TO, ROLE_CS, "granted"},
    {"party_election", ROLE_PB, ROLE_TS, "granted"},
    {"party_candidates", ROLE_PB, ROLE_TS, "granted"},
    {"should_attend", ROLE_PB, ROLE_TS | ROLE_CO, "granted filed"},
    {"party_result", ROLE_PB, ROLE_TS, "granted"},
    {"secretary_filing", ROLE_TS, ROLE_CO, "filed"},
    {"over_age", ROLE_TS | ROLE_TO, ROLE_CS, "granted"},
    {"age_line", ROLE_PB | ROLE_EC, ROLE_TS, "granted"},
    {"tolerance", ROLE_TS, ROLE_CS, "granted"},
    {"dispatch", ROLE_TS, ROLE_CO, "granted"},
    {"mobile_box", ROLE_EC, ROLE_TS, "granted"},
    {"day_change", ROLE_EC, ROLE_TS, "granted"},
    {"second_poll_late", ROLE_EC, ROLE_TS, "granted"},
    {"result_delay", ROLE_EC, ROLE_TS, "granted"},
    {"no_candidates", ROLE_EC, ROLE_TS, "filed"},
    {"vec_filing", ROLE_EC, ROLE_TO, "filed"},
    {"rules_filing", ROLE_EC, ROLE_TO, "filed"},
    {"result_filing", ROLE_EC, ROLE_TO, "filed"},
    {"midterm", ROLE_PB | ROLE_VC, ROLE_CO, "filed"},
};

static const struct request_kind *
kind_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
        if (strcmp(KINDS[i].name, name) == 0)
            return &KINDS[i];
    }
    BUG("a kind of request the field list does not allow");
}

/* --- approval.request --- */

static const struct field REQUEST_FIGURES[] = {
    FIELD(FIELD_TEXT, "name", 0, "项目", "name"),
    FIELD(FIELD_TEXT, "value", 0, "数值", "value"),
    FIELDS_END,
};

static const struct field APPROVAL_REQUEST_FIELDS[] = {
    FIELD_CHOICES(
        "kind", FIELD_REQUIRED, "种类", "kind",
        "prospects analysis explanation deferral early party_election party_candidates "
        "should_attend party_result secretary_filing over_age age_line tolerance dispatch "
        "mobile_box day_change second_poll_late result_delay no_candidates vec_filing "
        "rules_filing result_filing midterm"),
    FIELD(FIELD_UNIT, "to", FIELD_REQUIRED, "报送单位", "to"),
    FIELD(FIELD_TEXT, "subject", FIELD_REQUIRED | FIELD_WORDING, "事由", "subject"),
    FIELD(FIELD_PERSONS, "persons", 0, "涉及人员", "persons"),
    FIELD(FIELD_TEXT, "post", 0, "职务", "post"),
    FIELD_ROWS("figures", 0, "数字", "figures", REQUEST_FIGURES),
    FIELD(FIELD_SEQ, "cause_seq", 0, "起因记录", "cause"),
    FIELD(FIELD_TEXT, "doc_no", FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", 0, "文件日期", "document date"),
    FIELD(FIELD_FILE, "file", 0, "文件", "document"),
    FIELDS_END,
};

static enum err
approval_request_check(struct call *call)
{
    struct ctx *ctx = call->ctx;
    const struct request_kind *kind = kind_find(call_text(call, "kind"));
    struct request open;
    struct unit to;
    if (!(kind->asked_by & call->actor->role))
        return FORBID(ctx, kind->asked_by, "%s 不能提出这种请示（%s）",
                      "%s may not make this kind of request (%s)", call->actor->name, kind->name);
    TRY(unit_store_resolve(ctx, call->db, call_text(call, "to"), &to));
    call_not_future(call, "doc_on");
    const char *person = call_count(call, "persons") ? call_person(call, "persons", 0) : NULL;
    const enum err err = request_store_covering(
        ctx, call->db,
        &(struct request_wanted){.unit = call->unit,
                                 .kind = kind->name,
                                 .state = "asked",
                                 .person = person,
                                 .post = call_has(call, "post") ? call_text(call, "post") : NULL,
                                 .day = call->today},
        &open);
    if (err == ERR_OK)
        call_block(call, RULE_SEQ_07, "同一事项已有请示（第 %lld 号记录）尚未批复",
                   "the same matter is asked already (entry %lld) and not answered",
                   (long long)open.seq);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
approval_request_apply(struct call *call)
{
    const struct request request = {
        .unit = call->unit,
        .seq = call->seq,
        .kind = call_text(call, "kind"),
        .post = call_text(call, "post"),
        .subject = call_text(call, "subject"),
        .state = "asked",
        .asked_by = call->actor_name,
        .asked_person = "",
        .to_unit = call_text(call, "to"),
        .cause_seq = call_int(call, "cause_seq"),
        .decided_by = "",
        .valid_until = DATE_NONE,
    };
    TRY(request_store_add(call->ctx, call->db, &request));
    for (size_t i = 0; i < call_count(call, "persons"); i++)
        TRY(request_store_add_person(call->ctx, call->db, call->unit, call->seq,
                                     call_person(call, "persons", i)));
    return ERR_OK;
}

ACT_CODE(approval_request, APPROVAL_REQUEST_FIELDS, approval_request_check, approval_request_apply,
         NULL);

/* --- approval.decide --- */

static const struct field APPROVAL_DECIDE_FIELDS[] = {
    FIELD(FIELD_SEQ, "request_seq", FIELD_REQUIRED, "请示记录号", "request"),
    FIELD_CHOICES("decision", FIELD_REQUIRED, "批复意见", "decision",
                  "granted refused filed noted"),
    FIELD(FIELD_TEXT, "conditions", FIELD_WORDING, "附加条件", "conditions"),
    FIELD(FIELD_DATE, "valid_until", 0, "有效期至", "valid until"),
    FIELD(FIELD_FILE, "upper_consent", 0, "上级同意文件", "consent from above"),
    FIELD(FIELD_PERSON, "signed_by", FIELD_REQUIRED, "签批人", "signed by"),
    FIELDS_DOC,
    FIELDS_END,
};

/* Who asked never answers, and who signed the request never signs the reply. */
static enum err
decider_check(struct call *call, const struct request *request)
{
    struct user asker;
    const enum err err = user_store_find(call->ctx, call->db, request->asked_by, &asker);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    const char *person = err == ERR_OK && asker.person ? asker.person : "";
    bool decides = false;
    bool signs = false;
    TRY(call_is_actor(call, person, &decides));
    if (person[0])
        TRY(person_is_same(call->ctx, call->db, call->unit, person, call_text(call, "signed_by"),
                           &signs));
    if (decides || signs || strcmp(request->asked_by, call->actor->name) == 0)
        call_block(call, RULE_SEQ_08, "请示人不能自己批复", "who asked cannot decide");
    return ERR_OK;
}

static enum err
decision_check(struct call *call, const struct request_kind *kind)
{
    const char *decision = call_text(call, "decision");
    const bool may_refuse = strstr(kind->answer, "granted") != NULL;
    /* A paper reply from above is entered below: by the township, in a kit by the committee; the
     * upper level confirms it later. */
    if (!(kind->decided_by & call->actor->role)) {
        const unsigned by_paper = ROLE_TO | ROLE_EC;
        if (!(by_paper & call->actor->role))
            return FORBID(call->ctx, kind->decided_by | by_paper, "%s 不能批复这种请示（%s）",
                          "%s may not decide this kind of request (%s)", call->actor->name,
                          kind->name);
        call_explain(call, RULE_SEQ_08, "代上级录入纸质批复，须说明",
                     "a paper reply entered for the upper level: say why");
    }
    if (!field_choice_has(kind->answer, decision) &&
        !(may_refuse && strcmp(decision, "refused") == 0))
        return FAIL_FIELD(call->ctx, "decision", "decision：这种请示的答复应为 %s",
                          "decision: this kind is answered with %s", kind->answer);
    if (strcmp(kind->name, "tolerance") == 0 && strcmp(decision, "granted") == 0 &&
        !call_has(call, "upper_consent"))
        return FAIL_FIELD(call->ctx, "upper_consent", "upper_consent：容错须附市委组织部同意文件",
                          "upper_consent: tolerance needs the city's consent");
    return ERR_OK;
}

static enum err
approval_decide_check(struct call *call)
{
    struct request request;
    const int64_t seq = call_int(call, "request_seq");
    const enum err err = request_store_find(call->ctx, call->db, call->unit, seq, &request);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_SEQ_01, "第 %lld 号记录不是有效的请示",
                   "entry %lld is no standing request", (long long)seq);
        return ERR_OK;
    }
    TRY(err);
    call_not_future(call, "doc_on");
    const struct request_kind *kind = kind_find(request.kind);
    const bool two_steps = strcmp(request.kind, "should_attend") == 0 &&
                           strcmp(request.state, "granted") == 0 &&
                           call_is(call, "decision", "filed");
    if (strcmp(request.state, "asked") != 0 && !two_steps)
        call_block(call, RULE_SEQ_07, "这件请示已经批复（第 %lld 号记录）",
                   "that request is decided already (entry %lld)", (long long)request.decided_seq);
    TRY(decider_check(call, &request));
    return decision_check(call, kind);
}

static enum err
approval_decide_apply(struct call *call)
{
    const struct request request = {
        .unit = call->unit,
        .seq = call_int(call, "request_seq"),
        .state = call_text(call, "decision"),
        .decided_seq = call->seq,
        .decided_by = call->actor_name,
        .valid_until = call_date(call, "valid_until"),
    };
    return request_store_decide(call->ctx, call->db, &request);
}

ACT_CODE(approval_decide, APPROVAL_DECIDE_FIELDS, approval_decide_check, approval_decide_apply,
         NULL);
