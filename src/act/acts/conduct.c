/* SPDX-License-Identifier: Apache-2.0 */
/* Pledges, observation, complaints, incidents, sanctions 承诺、监督、举报、突发、查处
 * (acts.md 6.12). */
#include <string.h>

#include "act/gate.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/prep_store.h"
#include "store/standing_store.h"

/* --- pledge.sign --- */

static const struct field PLEDGE_SIGN_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind",
                  "responsibility candidate staff three_promises"),
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "签订人", "person"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELDS_PAPER,
    FIELDS_END,
};

static enum err
pledge_sign_check(struct call *call)
{
    call_not_future(call, "on");
    return ERR_OK;
}

ACT_CODE(pledge_sign, PLEDGE_SIGN_FIELDS, pledge_sign_check, NULL, NULL);

/* --- observation.note --- */

static const struct field OBSERVATION_NOTE_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "supervisor guidance npc county"),
    FIELD_CHOICES("node", FIELD_REQUIRED, "环节", "node",
                  "registration nomination review speech poll count handover other"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "内容", "text"),
    FIELD(FIELD_DATE, "correct_by", 0, "整改期限", "correct by"),
    FIELDS_END,
};

static enum err
observation_note_check(struct call *call)
{
    call_not_future(call, "on");
    return ERR_OK;
}

ACT_CODE(observation_note, OBSERVATION_NOTE_FIELDS, observation_note_check, NULL, NULL);

/* --- complaint.take, complaint.handle: the reporter stays with the handler --- */

static const struct field COMPLAINT_TAKE_FIELDS[] = {
    FIELD_CHOICES("channel", FIELD_REQUIRED, "渠道", "channel", "phone box letter visit upper"),
    FIELD(FIELD_DATE, "received_on", FIELD_REQUIRED, "收到日期", "received on"),
    FIELD_CHOICES("about", FIELD_REQUIRED, "事项", "about",
                  "bribery candidate roll staff procedure count other"),
    FIELD(FIELD_PERSONS, "persons", 0, "被反映人", "persons"),
    FIELD(FIELD_SEALED, "reporter", 0, "举报人（保密）", "reporter (sealed)"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "内容", "text"),
    FIELD(FIELD_FILE, "evidence", 0, "证据", "evidence"),
    FIELD(FIELD_DATE, "due_on", FIELD_REQUIRED, "办理期限", "due on"),
    FIELDS_END,
};

static enum err
complaint_take_check(struct call *call)
{
    call_not_future(call, "received_on");
    return ERR_OK;
}

static enum err
complaint_take_apply(struct call *call)
{
    const struct matter matter = {
        .unit = call->unit,
        .seq = call->seq,
        .kind = "complaint",
        .about = call_text(call, "about"),
        .due_on = call_date(call, "due_on"),
    };
    return matter_store_open(call->ctx, call->db, &matter);
}

ACT_CODE(complaint_take, COMPLAINT_TAKE_FIELDS, complaint_take_check, complaint_take_apply, NULL);

static const struct field COMPLAINT_HANDLE_FIELDS[] = {
    FIELD(FIELD_SEQ, "case_seq", FIELD_REQUIRED, "举报记录号", "case"),
    FIELD_CHOICES("action", FIELD_REQUIRED, "办理", "action", "assign investigate answer close"),
    FIELD(FIELD_PERSON, "person", 0, "承办人", "person"),
    FIELD(FIELD_DATE, "due_on", 0, "期限", "due on"),
    FIELD_CHOICES("result", 0, "结论", "result", "true partly false not_accepted"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "内容", "text"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELDS_END,
};

/* The open matter of that kind a field names; a finding if there is none. */
static enum err
matter_named(struct call *call, const char *field, const char *kind, struct matter *ret_matter)
{
    struct matter matter = {.kind = "", .due_on = DATE_NONE};
    const enum err err =
        matter_store_find(call->ctx, call->db, call->unit, call_int(call, field), &matter);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (strcmp(matter.kind, kind) != 0)
        call_block(call, RULE_SEQ_01, "%s：没有这一件", "%s: there is no such matter", field);
    else if (matter.closed_seq)
        call_block(call, RULE_SEQ_07, "%s：已经办结", "%s: closed already", field);
    *ret_matter = matter;
    return ERR_OK;
}

static void
late_check(struct call *call, const struct matter *matter)
{
    if (date_is_set(matter->due_on) && date_compare(call_date(call, "on"), matter->due_on) > 0)
        call_explain(call, RULE_CND_03, "已过期限 %s", "after the due day %s",
                     date_format(call->ctx, matter->due_on));
}

/* Nobody handles a complaint about himself. */
static enum err
accused_check(struct call *call, const char *handler)
{
    struct entry entry;
    bool same = false;
    TRY(ledger_store_find(call->ctx, call->blobs, call->unit, call_int(call, "case_seq"), &entry));
    const json_t *accused = json_object_get(entry.fields, "persons");
    for (size_t i = 0; i < json_array_size(accused) && handler[0] && !same; i++)
        TRY(person_is_same(call->ctx, call->db, call->unit,
                           json_string_value(json_array_get(accused, i)), handler, &same));
    if (same)
        finding_todo(call,
                     call_block(call, RULE_SEQ_08, "被反映人不能办理这件举报",
                                "the complaint is about its handler"),
                     "交给另一个人办（complaint.handle action=assign）",
                     "assign it to somebody else (complaint.handle action=assign)");
    return ERR_OK;
}

static enum err
complaint_handle_check(struct call *call)
{
    struct matter matter;
    bool own;
    call_not_future(call, "on");
    TRY(matter_named(call, "case_seq", "complaint", &matter));
    late_check(call, &matter);
    TRY(call_is_actor(call, call_text(call, "person"), &own));
    if (own && call_is(call, "action", "assign"))
        call_block(call, RULE_SEQ_08, "不能交给自己办", "it cannot be assigned to oneself");
    if (call_has_block(call))
        return ERR_OK;
    TRY(accused_check(call, call->actor->person));
    return accused_check(call, call_text(call, "person"));
}

static enum err
complaint_handle_apply(struct call *call)
{
    if (!call_is(call, "action", "close"))
        return ERR_OK;
    return matter_store_close(call->ctx, call->db, call->unit, call_int(call, "case_seq"),
                              call->seq);
}

ACT_CODE(complaint_handle, COMPLAINT_HANDLE_FIELDS, complaint_handle_check, complaint_handle_apply,
         NULL);

/* --- incident.record --- */

static const struct field INCIDENT_RECORD_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind",
                  "violence box_damaged ballots_damaged petition opinion epidemic weather power "
                  "procedural_breach other"),
    FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "时间", "at"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "情况", "text"),
    FIELD(FIELD_TEXT, "measures", FIELD_WORDING, "措施", "measures"),
    FIELD(FIELD_SEQ, "closes_seq", 0, "了结第几号", "closes"),
    FIELD(FIELD_DATE, "due_on", 0, "期限", "due on"),
    FIELDS_END,
};

static enum err
incident_record_check(struct call *call)
{
    struct matter matter;
    call_not_future(call, "on");
    if (!call_has(call, "closes_seq"))
        return ERR_OK;
    TRY(matter_named(call, "closes_seq", "incident", &matter));
    late_check(call, &matter);
    return ERR_OK;
}

static enum err
incident_record_apply(struct call *call)
{
    const struct matter matter = {
        .unit = call->unit,
        .seq = call->seq,
        .kind = "incident",
        .about = call_text(call, "kind"),
        .due_on = call_date(call, "due_on"),
    };
    if (call_has(call, "closes_seq"))
        return matter_store_close(call->ctx, call->db, call->unit, call_int(call, "closes_seq"),
                                  call->seq);
    return matter_store_open(call->ctx, call->db, &matter);
}

ACT_CODE(incident_record, INCIDENT_RECORD_FIELDS, incident_record_check, incident_record_apply,
         NULL);

/* --- sanction.order --- */

static const struct field SANCTION_ORDER_FIELDS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人员", "person"),
    FIELD_CHOICES("ground", FIELD_REQUIRED, "事由", "ground",
                  "bribery violence threat deceit forged_ballots false_count obstruction "
                  "false_material staff_breach duty_neglect"),
    FIELD_CHOICES("effect", FIELD_REQUIRED, "处理", "effect",
                  "strike_candidate void_election remove_staff interview accountability lookback "
                  "referred lift"),
    FIELD(FIELD_DATE, "found_on", FIELD_REQUIRED, "查实日期", "found on"),
    FIELD(FIELD_TEXT, "grounds", FIELD_REQUIRED | FIELD_WORDING, "依据", "grounds"),
    FIELD(FIELD_SEQ, "lifts_seq", 0, "解除第几号", "lifts"),
    FIELDS_DOC,
    FIELDS_END,
};

static enum err
sanction_order_check(struct call *call)
{
    struct matter matter;
    bool open;
    bool own;
    call_not_future(call, "found_on");
    TRY(call_is_actor(call, call_text(call, "person"), &own));
    if (own)
        call_block(call, RULE_SEQ_08, "不能处理自己的案件", "nobody decides his own case");
    if (!call_is(call, "effect", "lift"))
        return ERR_OK;
    TRY(matter_named(call, "lifts_seq", "sanction", &matter));
    TRY(standing_has(call->ctx, call->db, call->unit, "poll.open", NULL, NULL, &open));
    if (open)
        call_block(call, RULE_SEQ_04, "投票开始后不能解除", "not lifted after the poll has opened");
    call_explain(call, RULE_CND_02, "解除处理须有新的事实", "lifting needs new facts");
    return ERR_OK;
}

/* strike_candidate and void_election bar the person for this term (CND-02) until lifted. */
static enum err
sanction_order_apply(struct call *call)
{
    const struct matter matter = {
        .unit = call->unit,
        .seq = call->seq,
        .kind = "sanction",
        .about = call_text(call, "effect"),
        .due_on = DATE_NONE,
    };
    const struct prep_person person = {
        .unit = call->unit,
        .list = "sanctioned",
        .seq = call->seq,
        .person = call_text(call, "person"),
        .detail = call_text(call, "effect"),
        .on_day = call_date(call, "found_on"),
    };
    if (call_is(call, "effect", "lift"))
        return matter_store_close(call->ctx, call->db, call->unit, call_int(call, "lifts_seq"),
                                  call->seq);
    TRY(prep_person_add(call->ctx, call->db, &person));
    return matter_store_open(call->ctx, call->db, &matter);
}

ACT_CODE(sanction_order, SANCTION_ORDER_FIELDS, sanction_order_check, sanction_order_apply, NULL);
