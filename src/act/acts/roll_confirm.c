/* SPDX-License-Identifier: Apache-2.0 */
/* roll.confirm 审核确认名单 (acts.md 6.5). */
#include <string.h>

#include "act/roll_people.h"
#include "store/committee_store.h"
#include "store/standing_store.h"

static const struct field NOT_LISTED[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "村民", "person"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "不列入事由", "reason",
                  "declined no_reply deprived registered_elsewhere moved_out not_entitled died "
                  "duplicate under_age incapable"),
    FIELDS_END,
};

static const struct field ROLL_CONFIRM_FIELDS[] = {
    FIELD(FIELD_SEQ, "vec_meet_seq", FIELD_REQUIRED, "选举委员会会议记录号", "committee meeting"),
    FIELD_ROWS("not_listed", 0, "不列入名单人员", "not listed", NOT_LISTED),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "确认日期", "confirmed on"),
    FIELDS_END,
};

static bool
names_person(const struct call *call, const char *person)
{
    for (size_t i = 0; i < call_count(call, "not_listed"); i++) {
        if (row_is(call_row(call, "not_listed", i), "person", person))
            return true;
    }
    return false;
}

/* VEC-07: the committee's meeting that decided it, by more than half of its members. */
static enum err
meeting_check(struct call *call)
{
    struct standing standing = {.act = "", .state = ""};
    const int64_t seq = call_int(call, "vec_meet_seq");
    const enum err err = standing_store_find(call->ctx, call->db, call->unit, seq, &standing);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || strcmp(standing.act, "vec.meet") != 0 ||
        strcmp(standing.state, "stands") != 0) {
        finding_todo(call,
                     call_block(call, RULE_VEC_07, "第 %lld 号记录不是选举委员会会议",
                                "entry %lld is no meeting of the election committee",
                                (long long)seq),
                     "先开选举委员会会议（vec.meet）", "hold the meeting first (vec.meet)");
        return ERR_OK;
    }
    bool passed;
    TRY(decision_store_passed(call->ctx, call->db, call->unit, seq, &passed));
    if (!passed)
        call_block(call, RULE_VEC_07, "第 %lld 号会议没有过半数成员同意",
                   "the meeting of entry %lld did not carry it", (long long)seq);
    if (date_compare(standing.on_day, call_date(call, "on")) > 0)
        call_block(call, RULE_SEQ_06, "确认日期早于会议日期 %s",
                   "confirmed before the meeting of %s", date_format(call->ctx, standing.on_day));
    return ERR_OK;
}

static void
dates_check(struct call *call, const struct roll *roll, const struct roll_people *people)
{
    const struct date on = call_date(call, "on");
    struct date last = DATE_NONE;
    call_not_future(call, "on");
    if (date_is_set(roll->to_on) && date_compare(on, roll->to_on) <= 0)
        call_block(call, RULE_SEQ_06, "登记到 %s 才截止", "registration is open until %s",
                   date_format(call->ctx, roll->to_on));
    for (size_t i = 0; i < people->away_count; i++) {
        if (people->away[i].wish[0] == '\0' && date_compare(people->away[i].reply_by, last) > 0)
            last = people->away[i].reply_by;
    }
    if (date_is_set(last) && date_compare(on, last) <= 0)
        call_block(call, RULE_SEQ_06, "外出村民的答复到 %s 才截止",
                   "people away may reply until %s", date_format(call->ctx, last));
}

/* 方案: 不参加、逾期未答复 hold for people away, who were asked. */
static void
wish_reason_check(struct call *call, const struct away *away, const struct person *person,
                  const char *reason)
{
    const bool declined = strcmp(reason, "declined") == 0;
    if (!declined && strcmp(reason, "no_reply") != 0)
        return;
    if (!away)
        finding_todo(call,
                     call_block(call, RULE_REG_03,
                                "%s 不是外出人员，不能因“%s”不列入（在本村居住的依法列入）",
                                "%s is not away: \"%s\" is no reason (who lives here is listed)",
                                person->name, reason),
                     "列入名单（roll.add head=1），或者先记为外出人员",
                     "list him (roll.add head=1), or record that he is away");
    else if (declined && strcmp(away->wish, "n") != 0)
        call_explain(call, RULE_REG_03, "没有 %s 表示不参加的回执",
                     "no reply says that %s declined", person->name);
    else if (!declined && (!date_is_set(away->sent_on) || away->wish[0]))
        call_explain(call, RULE_REG_03, "%s 没有通知记录，或者已有回执",
                     "%s was not notified, or has replied", person->name);
}

static enum err
not_listed_check(struct call *call, const struct roll_people *people, const json_t *row)
{
    const char *code = row_text(row, "person");
    const char *reason = row_text(row, "reason");
    const struct person *person = roll_people_find(people, code);
    const struct voter voter = roll_voter_of(people, code);
    bool deprived;
    if (strcmp(voter.state, "draft") == 0 || strcmp(voter.state, "listed") == 0)
        finding_todo(call,
                     call_block(call, RULE_SEQ_07, "%s 在名单上，不能又列为不列入",
                                "%s is on the roll and cannot be explained away", person->name),
                     "先注销登记（roll.strike）", "strike him first (roll.strike)");
    wish_reason_check(call, roll_people_away(people, code), person, reason);
    if (strcmp(reason, "deprived") == 0) {
        TRY(deprivation_store_holds(call->ctx, call->db, call->unit, code, person->id_mac,
                                    people->polling_day, &deprived));
        if (!deprived)
            call_block(call, RULE_REG_01, "剥权名册上没有 %s，或者到选举日已经期满",
                       "%s is not among the deprived, or his term is over on polling day",
                       person->name);
    }
    if (strcmp(reason, "incapable") == 0 && !pack_yes(call->pack, PACK_REGISTER_UNABLE_LEFT_OUT))
        call_block(call, RULE_REG_05, "%s：规则包没有“丧失行为能力不列入”的规定",
                   "%s: the pack does not leave incapable people out", person->name);
    return ERR_OK;
}

/* ROL-02: every adult of the register is listed or has a reason. */
static enum err
coverage_check(struct call *call, const struct roll_people *people)
{
    struct voter_line *list;
    size_t count, missing = 0;
    const char *names = "";
    TRY(voter_store_uncovered(call->ctx, call->db, call->unit, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (!date_is_set(list[i].birth) || !register_is_adult(list[i].birth, people->polling_day) ||
            names_person(call, list[i].person))
            continue;
        if (missing++ < 10)
            names = text_format(call->ctx, "%s%s%s（%s）", "%s%s%s (%s)", names,
                                missing > 1 ? text_pick(call->ctx, (struct text){"、", ", "}) : "",
                                list[i].name, list[i].person);
    }
    if (missing)
        finding_todo(call,
                     call_block(call, RULE_ROL_02,
                                "户籍册上有 %zu 名成年人既不在名单上，也没有不列入的事由：%s",
                                "%zu adults of the register are neither listed nor explained: %s",
                                missing, names),
                     "补登记（roll.add），或者在 not_listed 里写明事由",
                     "list them (roll.add), or give a reason in not_listed");
    return ERR_OK;
}

static enum err
voters_check(struct call *call, const struct roll_people *people)
{
    for (size_t i = 0; i < people->voter_count; i++) {
        const struct voter *voter = &people->voters[i];
        if (strcmp(voter->state, "draft") != 0 && strcmp(voter->state, "listed") != 0)
            continue;
        const struct person *person = roll_people_find(people, voter->person);
        const struct roll_subject subject = roll_subject_of(people, person, 0);
        if (call->findings->count < ROLL_FINDINGS_MOST)
            TRY(roll_person_judge(call, people, person, &subject, SEVERITY_BLOCK));
    }
    return ERR_OK;
}

static enum err
roll_confirm_check(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    roll_day_check(call, &people);
    if (call_has_block(call))
        return ERR_OK;
    if (strcmp(roll.state, "open") == 0)
        finding_todo(call, call_block(call, RULE_SEQ_01, "还没有登记册", "there is no roll yet"),
                     "先导入登记册（roll.import）", "import the roll first (roll.import)");
    if (strcmp(roll.state, "confirmed") == 0)
        call_block(call, RULE_SEQ_07, "名单已经确认", "the roll is confirmed already");
    dates_check(call, &roll, &people);
    TRY(meeting_check(call));
    for (size_t i = 0; i < call_count(call, "not_listed"); i++)
        TRY(not_listed_check(call, &people, call_row(call, "not_listed", i)));
    TRY(coverage_check(call, &people));
    return voters_check(call, &people);
}

static enum err
roll_confirm_apply(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    for (size_t i = 0; i < call_count(call, "not_listed"); i++) {
        const json_t *row = call_row(call, "not_listed", i);
        struct voter voter = roll_voter_of(&people, row_text(row, "person"));
        voter.state = "not_listed";
        voter.reason = row_text(row, "reason");
        TRY(voter_store_set(call->ctx, call->db, &voter));
    }
    TRY(voter_store_move(call->ctx, call->db, call->unit, "draft", "listed"));
    roll.state = "confirmed";
    roll.confirmed_seq = call->seq;
    return roll_store_set(call->ctx, call->db, &roll);
}

ACT_CODE(roll_confirm, ROLL_CONFIRM_FIELDS, roll_confirm_check, roll_confirm_apply, NULL);
