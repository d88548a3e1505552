/* SPDX-License-Identifier: Apache-2.0 */
/* People away and newcomers: notice, reply, consent (acts.md 6.5; 组织法 §13). */
#include <string.h>

#include "act/roll_people.h"
#include "domain/calendar.h"
#include "store/identity_store.h"
#include "store/request_store.h"

/* --- roll.notify 通知外出村民 --- */

static const struct field NOTIFIED[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "外出村民", "person"),
    FIELD_CHOICES("channel", FIELD_REQUIRED, "通知方式", "channel",
                  "letter phone message relative"),
    FIELD(FIELD_DATE, "sent_on", FIELD_REQUIRED, "通知日期", "sent on"),
    FIELDS_END,
};

static const struct field ROLL_NOTIFY_FIELDS[] = {
    FIELD_ROWS("rows", FIELD_REQUIRED, "通知", "notices", NOTIFIED),
    FIELD(FIELD_DATE, "reply_by", FIELD_REQUIRED, "答复截止日期", "reply by"),
    FIELDS_END,
};

static enum err
roll_notify_check(struct call *call)
{
    struct roll_people people;
    const struct date reply_by = call_date(call, "reply_by");
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    const struct calendar_bases bases = {.polling_day = people.polling_day,
                                         .vec_formed = DATE_NONE,
                                         .posted = DATE_NONE,
                                         .received = DATE_NONE,
                                         .list = DATE_NONE,
                                         .formed = DATE_NONE,
                                         .meeting = DATE_NONE};
    const struct date last = calendar_deadline(call->pack, CALENDAR_VOTER_LIST_POSTED, &bases);
    if (date_is_set(people.polling_day) && date_is_set(last) && date_compare(reply_by, last) > 0)
        call_block(call, RULE_SEQ_06, "答复截止 %s 晚于名单公布的最后一天 %s",
                   "replies are due %s, after the last day to post the roll (%s)",
                   date_format(call->ctx, reply_by), date_format(call->ctx, last));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const struct date sent = row_date(call_row(call, "rows", i), "sent_on");
        if (date_compare(sent, call->today) > 0)
            call_block(call, RULE_SEQ_06, "rows[%zu]：通知日期还没有到",
                       "rows[%zu]: sent in the future", i + 1);
        if (date_compare(sent, reply_by) > 0)
            call_block(call, RULE_SEQ_06, "rows[%zu]：通知日期晚于答复截止日期",
                       "rows[%zu]: sent after replies are due", i + 1);
    }
    return ERR_OK;
}

static struct away
away_of(const struct roll_people *people, const char *unit, const char *person)
{
    const struct away *known = roll_people_away(people, person);
    if (known)
        return *known;
    return (struct away){.unit = unit,
                         .person = person,
                         .place = "",
                         .phone_cipher = "",
                         .sent_on = DATE_NONE,
                         .channel = "",
                         .reply_by = DATE_NONE,
                         .wish = "",
                         .replied_on = DATE_NONE,
                         .reply_channel = ""};
}

static enum err
roll_notify_apply(struct call *call)
{
    struct roll_people people;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        struct away away = away_of(&people, call->unit, row_text(row, "person"));
        away.sent_on = row_date(row, "sent_on");
        away.channel = row_text(row, "channel");
        away.reply_by = call_date(call, "reply_by");
        TRY(away_store_set(call->ctx, call->db, &away));
    }
    return ERR_OK;
}

ACT_CODE(roll_notify, ROLL_NOTIFY_FIELDS, roll_notify_check, roll_notify_apply, NULL);

/* --- roll.reply 外出村民回执 --- */

static const struct field ROLL_REPLY_FIELDS[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "外出村民", "person"),
    FIELD_CHOICES("wish", FIELD_REQUIRED, "是否参加选举", "takes part", "y n"),
    FIELD_CHOICES("channel", FIELD_REQUIRED, "答复方式", "channel", "written phone message"),
    FIELD(FIELD_DATE, "received_on", FIELD_REQUIRED, "收到日期", "received on"),
    FIELD(FIELD_FILE, "paper", 0, "回执扫描件", "reply"),
    FIELDS_END,
};

static void
reply_dates_check(struct call *call, const struct away *away)
{
    const struct date received = call_date(call, "received_on");
    if (date_is_set(away->sent_on) && date_compare(received, away->sent_on) < 0)
        call_block(call, RULE_SEQ_06, "收到日期早于通知日期 %s",
                   "received before it was asked (%s)", date_format(call->ctx, away->sent_on));
    if (date_is_set(away->reply_by) && date_compare(received, away->reply_by) > 0)
        call_warn(call, RULE_REG_03, "答复晚于截止日期 %s，名单确认前仍予登记",
                  "the reply came after %s; before the roll is confirmed it still counts",
                  date_format(call->ctx, away->reply_by));
    if (!call_is(call, "channel", "written"))
        call_warn(call, RULE_REG_03, "答复不是书面的，请补书面回执",
                  "the reply is not in writing: have it sent");
}

static enum err
roll_reply_check(struct call *call)
{
    struct roll_people people;
    const char *code = call_text(call, "person");
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    call_not_future(call, "received_on");
    roll_day_check(call, &people);
    const struct away *away = roll_people_away(&people, code);
    const struct person *person = roll_people_find(&people, code);
    const struct voter voter = roll_voter_of(&people, code);
    if (!away) {
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "%s 不在外出人员名册上，也没有通知过",
                                "%s is not on the list of people away and was not notified",
                                person->name),
                     "先办理 roll.notify，或者导入外出人员（register.import kind=away）",
                     "do roll.notify or register.import kind=away first");
        return ERR_OK;
    }
    reply_dates_check(call, away);
    struct roll_subject subject = roll_subject_of(&people, person, HEAD_AWAY);
    subject.wish = WISH_YES;
    if (call_is(call, "wish", "y"))
        return roll_person_judge(call, &people, person, &subject, SEVERITY_BLOCK);
    /* Who lives here is on the list by law, whatever he wishes (组织法 §13 一项). */
    if (voter.head == HEAD_RESIDENT && strcmp(voter.state, "draft") == 0)
        call_block(call, RULE_REG_03, "%s 登记为在本村居住（第一类），不因本人表示而不列入",
                   "%s is listed as living here (head 1): no wish takes him off", person->name);
    return ERR_OK;
}

static enum err
roll_reply_apply(struct call *call)
{
    struct roll_people people;
    const char *code = call_text(call, "person");
    const bool wishes = call_is(call, "wish", "y");
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    struct away away = away_of(&people, call->unit, code);
    away.wish = call_text(call, "wish");
    away.replied_on = call_date(call, "received_on");
    away.reply_channel = call_text(call, "channel");
    TRY(away_store_set(call->ctx, call->db, &away));
    struct voter voter = roll_voter_of(&people, code);
    const struct person *person = roll_people_find(&people, code);
    voter.state = wishes ? "draft" : "not_listed";
    voter.head = HEAD_AWAY;
    voter.reason = wishes ? "" : "declined";
    TRY(voter_store_set(call->ctx, call->db, &voter));
    return wishes ? identity_store_set(call->ctx, call->db, call->unit, IDENTITY_ROLL,
                                       person->id_mac, code)
                  : identity_store_remove(call->ctx, call->db, call->unit, IDENTITY_ROLL,
                                          person->id_mac);
}

ACT_CODE(roll_reply, ROLL_REPLY_FIELDS, roll_reply_check, roll_reply_apply, NULL);

/* --- roll.consent 非户籍人员申请与会议同意 --- */

static const struct field NEWCOMERS[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "申请人", "person"),
    FIELD(FIELD_DATE, "applied_on", FIELD_REQUIRED, "申请日期", "applied on"),
    FIELD(FIELD_DATE, "resident_since", 0, "居住起始日期", "resident since"),
    FIELD(FIELD_DATE, "village_work_since", 0, "从事村务起始日期", "village work since"),
    FIELD(FIELD_TEXT, "home_unit", FIELD_REQUIRED, "户籍所在村", "home unit"),
    FIELD(FIELD_FILE, "certificate", 0, "户籍地证明", "certificate"),
    FIELDS_END,
};

static const struct field ROLL_CONSENT_FIELDS[] = {
    FIELD(FIELD_SEQ, "assembly_seq", FIELD_REQUIRED, "会议记录号", "assembly"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "申请人", "newcomers", NEWCOMERS),
    FIELDS_END,
};

static enum err
consent_row_check(struct call *call, const struct roll_people *people, const json_t *row,
                  struct date held_on)
{
    const struct person *person = roll_people_find(people, row_text(row, "person"));
    struct roll_subject subject = roll_subject_of(people, person, HEAD_NO_HOUSEHOLD);
    subject.applied_on = row_date(row, "applied_on");
    subject.consented = true;
    if (date_is_set(row_date(row, "resident_since")))
        subject.resident_since = row_date(row, "resident_since");
    if (date_is_set(row_date(row, "village_work_since")))
        subject.village_work_since = row_date(row, "village_work_since");
    roll_newcomer_check(call, &(struct roll_newcomer){person->name, subject.applied_on, held_on,
                                                      row_text(row, "certificate")[0] != '\0'});
    return roll_person_judge(call, people, person, &subject, SEVERITY_BLOCK);
}

static enum err
roll_consent_check(struct call *call)
{
    struct date held_on;
    struct roll_people people;
    struct roll roll;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    roll_day_check(call, &people);
    roll_frozen_check(call, &roll);
    TRY(roll_assembly_check(call, call_int(call, "assembly_seq"), &held_on));
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(consent_row_check(call, &people, call_row(call, "rows", i), held_on));
    return ERR_OK;
}

/* After posting the consent alone lists nobody: roll.add does, and roll.supplement posts it. */
static enum err
consent_row_apply(struct call *call, const struct roll_people *people, const struct roll *roll,
                  const json_t *row)
{
    const char *code = row_text(row, "person");
    const struct person *person = roll_people_find(people, code);
    struct voter voter = roll_voter_of(people, code);
    voter.applied_on = row_date(row, "applied_on");
    if (date_is_set(row_date(row, "resident_since")))
        voter.resident_since = row_date(row, "resident_since");
    if (date_is_set(row_date(row, "village_work_since")))
        voter.village_work_since = row_date(row, "village_work_since");
    voter.home = row_text(row, "home_unit");
    voter.consent_seq = call_int(call, "assembly_seq");
    voter.head = HEAD_NO_HOUSEHOLD;
    if (roll->posted_seq == 0) {
        voter.state = "draft";
        voter.reason = "";
        TRY(identity_store_set(call->ctx, call->db, call->unit, IDENTITY_ROLL, person->id_mac,
                               code));
    } else if (voter.state[0] == '\0') {
        voter.state = "not_listed";
        voter.reason = "assembly_consented";
    }
    return voter_store_set(call->ctx, call->db, &voter);
}

static enum err
roll_consent_apply(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(consent_row_apply(call, &people, &roll, call_row(call, "rows", i)));
    return roll_reopen(call, &roll);
}

ACT_CODE(roll_consent, ROLL_CONSENT_FIELDS, roll_consent_check, roll_consent_apply, NULL);
