/* SPDX-License-Identifier: Apache-2.0 */
/* Staff of the poll 选举工作人员 (acts.md 6.7): staff.appoint, staff.remove. */
#include <string.h>

#include "act/polling.h"
#include "domain/polling.h"
#include "store/kin_store.h"
#include "store/person_store.h"
#include "store/request_store.h"
#include "store/staff_store.h"
#include "store/standing_store.h"

/* --- staff.appoint 确定选举工作人员 --- */

static const struct field STAFF_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "姓名", "person"),
    FIELD_CHOICES("duty", FIELD_REQUIRED, "职责", "duty",
                  "chief_monitor monitor issuer caller tally scribe mobile order"),
    FIELD(FIELD_INT, "box", 0, "票箱号", "box"),
    FIELDS_END,
};

static const struct field STAFF_APPOINT_FIELDS[] = {
    FIELD(FIELD_INT, "round", 0, "轮次", "round"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "工作人员", "rows", STAFF_ROWS),
    FIELD(FIELD_SEQ, "assembly_seq", 0, "会议记录号", "assembly"),
    FIELDS_POSTING,
    FIELDS_END,
};

/* CND-01: 保证书 of the staff; CND-02: no sanction; ORG-02: trained. */
static enum err
staff_fit_check(struct call *call, const char *person, const char *name)
{
    bool trained, pledged, sanctioned;
    TRY(polling_is_trained(call, person, &trained));
    if (!trained)
        finding_todo(call,
                     call_block(call, RULE_ORG_02, "%s 没有参加选举业务培训",
                                "%s is not trained for election duty", name),
                     "先培训（training.hold）", "train him or her first (training.hold)");
    TRY(polling_has_pledged(call, person, "staff", &pledged));
    if (!pledged)
        finding_todo(call,
                     call_block(call, RULE_CND_01, "%s 没有签订工作人员保证书",
                                "%s has not signed the staff's pledge", name),
                     "先签订（pledge.sign kind=staff）", "have it signed (pledge.sign kind=staff)");
    TRY(polling_is_sanctioned(call, person, &sanctioned));
    if (sanctioned)
        call_block(call, RULE_CND_02, "%s 有查处决定在案", "a sanction stands against %s", name);
    return ERR_OK;
}

static enum err
staff_kin_check(struct call *call, const struct polling_people *candidates, const char *value,
                const char *name)
{
    for (size_t i = 0; i < candidates->count; i++) {
        struct polling_person person = {.name = name};
        TRY(person_is_same(call->ctx, call->db, call->unit, value, candidates->list[i],
                           &person.is_candidate));
        TRY(person_name(call->ctx, call->db, call->unit, candidates->list[i], &person.candidate));
        TRY(kin_store_relation(call->ctx, call->db, call->unit, value, candidates->list[i],
                               &person.relation));
        polling_staff_check(call->ctx, call->pack, &person, call->findings);
    }
    return ERR_OK;
}

static enum err
staff_row_check(struct call *call, const struct round *round,
                const struct polling_people *candidates, const json_t *row)
{
    const char *person = row_text(row, "person");
    const char *name;
    struct box box;
    bool found;
    TRY(person_name(call->ctx, call->db, call->unit, person, &name));
    if (row_int(row, "box"))
        TRY(polling_box(call, round, row_int(row, "box"), &box, &found));
    TRY(staff_fit_check(call, person, name));
    return staff_kin_check(call, candidates, person, name);
}

/* How many of the rows, and of those appointed before, are monitors at the box. */
static enum err
monitors_check(struct call *call, const struct round *round)
{
    struct box *boxes;
    size_t count;
    TRY(box_store_list(call->ctx, call->db, call->unit, round->round, &boxes, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t monitors = 0;
        bool touched = false;
        TRY(staff_store_count(call->ctx, call->db, call->unit, round->round, "monitor",
                              boxes[i].box, &monitors));
        for (size_t j = 0; j < call_count(call, "rows"); j++) {
            const json_t *row = call_row(call, "rows", j);
            const bool here = row_int(row, "box") == boxes[i].box;
            touched |= here;
            monitors +=
                here && (row_is(row, "duty", "monitor") || row_is(row, "duty", "chief_monitor"));
        }
        if (touched)
            polling_monitors_check(call->ctx, call->pack, boxes[i].box, monitors, call->findings);
    }
    return ERR_OK;
}

static enum err
staff_assembly_check(struct call *call)
{
    struct assembly_item item = {0};
    enum err err = ERR_NOT_FOUND;
    if (call_has(call, "assembly_seq"))
        err = assembly_store_find(call->ctx, call->db, call->unit, call_int(call, "assembly_seq"),
                                  "staff", &item);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || !item.passed)
        call_explain(call, RULE_POL_02, "工作人员名单没有经会议通过",
                     "the staff is not passed by an assembly");
    return ERR_OK;
}

/* After poll.open only the place of somebody removed is filled. */
static enum err
staff_open_check(struct call *call, const struct round *round)
{
    struct staff *list;
    size_t count;
    if (!polling_reached(round, ROUND_OPEN))
        return ERR_OK;
    TRY(staff_store_list(call->ctx, call->db, call->unit, round->round, &list, &count));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        bool replaces = false;
        for (size_t j = 0; j < count; j++)
            replaces |= strcmp(list[j].state, "ended") == 0 && row_is(row, "duty", list[j].duty) &&
                        row_int(row, "box") == list[j].box;
        if (!replaces)
            call_block(call, RULE_SEQ_04, "投票已经开始，只能补撤换的工作人员",
                       "the poll is open: only the place of somebody removed is filled");
    }
    return ERR_OK;
}

static enum err
staff_appoint_check(struct call *call)
{
    struct round round;
    struct polling_people candidates;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found)
        return ERR_OK;
    call_not_future(call, "posted_on");
    TRY(staff_open_check(call, &round));
    TRY(polling_candidates(call, &round, NULL, &candidates));
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(staff_row_check(call, &round, &candidates, call_row(call, "rows", i)));
    TRY(monitors_check(call, &round));
    return staff_assembly_check(call);
}

static enum err
staff_appoint_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct staff staff = {
            .unit = call->unit,
            .round = round.round,
            .person = row_text(row, "person"),
            .duty = row_text(row, "duty"),
            .box = row_int(row, "box"),
            .state = "on_duty",
            .reason = "",
            .seq = call->seq,
        };
        TRY(staff_store_put(call->ctx, call->db, &staff));
    }
    return ERR_OK;
}

ACT_CODE(staff_appoint, STAFF_APPOINT_FIELDS, staff_appoint_check, staff_appoint_apply, NULL);

/* --- staff.remove 撤换工作人员 --- */

static const struct field STAFF_REMOVE_FIELDS[] = {
    FIELD(FIELD_INT, "round", 0, "轮次", "round"),
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "姓名", "person"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason",
                  "candidate kin_of_candidate resigned absent sanction"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELD(FIELD_PERSON, "replaced_by", 0, "接替人", "replaced by"),
    FIELDS_END,
};

static enum err
staff_remove_check(struct call *call)
{
    bool has;
    call_not_future(call, "on");
    TRY(staff_store_has_duty(call->ctx, call->db, call->unit, -1, call_text(call, "person"), NULL,
                             &has));
    if (!has)
        call_block(call, RULE_SEQ_01, "%s 没有在任的工作职责", "%s has no duty",
                   call_text(call, "person"));
    if (call_has(call, "replaced_by"))
        call_warn(call, RULE_POL_02, "接替人须另行确定（staff.appoint）",
                  "the substitute is appointed by staff.appoint");
    return ERR_OK;
}

static enum err
staff_remove_apply(struct call *call)
{
    return staff_store_end(call->ctx, call->db, call->unit, call_text(call, "person"),
                           call_text(call, "reason"));
}

ACT_CODE(staff_remove, STAFF_REMOVE_FIELDS, staff_remove_check, staff_remove_apply, NULL);
