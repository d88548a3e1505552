/* SPDX-License-Identifier: Apache-2.0 */
/* roll.add, roll.strike 增加、注销登记 (acts.md 6.5, reasons §4). */
#include <string.h>

#include "act/roll_people.h"
#include "act/upheld.h"
#include "store/identity_store.h"

/* --- roll.add 增加登记 --- */

static const struct field ROLL_ADD_FIELDS[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "村民", "person"),
    FIELD_CHOICES("head", FIELD_REQUIRED, "登记类别", "head", "1 2 3"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "事由", "reason",
                  "turned_18 moved_in rights_restored wish_expressed assembly_consented omitted "
                  "released_elsewhere capacity_restored"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "决定日期", "decided on"),
    FIELD(FIELD_SEQ, "objection_seq", 0, "异议记录号", "objection"),
    FIELD(FIELD_FILE, "evidence", 0, "证明", "evidence"),
    FIELDS_END,
};

/* Incapable people are left out only where the pack says so (北京选举办法; REG-05). */
static void
capacity_check(struct call *call, const char *reason, enum rule rule)
{
    if (!call_is(call, "reason", reason) || pack_yes(call->pack, PACK_REGISTER_UNABLE_LEFT_OUT))
        return;
    call_block(call, rule, "本地规则包没有“丧失行为能力不列入”的规定（%s），不能用这个事由",
               "the pack does not leave incapable people out (%s): this reason is not open",
               pack_source(call->ctx, call->pack, PACK_REGISTER_UNABLE_LEFT_OUT));
}

static bool
is_on_roll(const struct voter *voter)
{
    return strcmp(voter->state, "draft") == 0 || strcmp(voter->state, "listed") == 0;
}

static enum err
add_law_check(struct call *call, const struct roll_people *people)
{
    const char *code = call_text(call, "person");
    const struct person *person = roll_people_find(people, code);
    struct roll_subject subject = roll_subject_of(people, person, call_text(call, "head")[0] - '0');
    if (call_is(call, "reason", "wish_expressed"))
        subject.wish = WISH_YES;
    if (person->id_mac[0] == '\0')
        call_warn(call, RULE_IDN_01, "%s 没有公民身份号码，无法查重",
                  "%s has no identity number: he cannot be looked for elsewhere", person->name);
    return roll_person_judge(call, people, person, &subject, SEVERITY_BLOCK);
}

static enum err
roll_add_check(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    const char *code = call_text(call, "person");
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    call_not_future(call, "on");
    roll_day_check(call, &people);
    roll_frozen_check(call, &roll);
    capacity_check(call, "capacity_restored", RULE_ROL_01);
    const struct voter voter = roll_voter_of(&people, code);
    if (is_on_roll(&voter) || strcmp(voter.state, "pending") == 0)
        call_block(call, RULE_SEQ_07, "%s 已经登记", "%s is registered already",
                   roll_people_find(&people, code)->name);
    TRY(upheld_check(call, "roll", code));
    return add_law_check(call, &people);
}

static struct roll_change
change_of(struct call *call, const char *kind, int64_t head)
{
    return (struct roll_change){
        .unit = call->unit,
        .seq = call->seq,
        .kind = kind,
        .person = call_text(call, "person"),
        .head = head,
        .reason = call_text(call, "reason"),
        .old_value = "",
        .new_value = "",
        .on_day = call_date(call, "on"),
        .objection_seq = call_int(call, "objection_seq"),
        .state = "pending",
    };
}

static enum err
roll_add_apply(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    struct voter voter = roll_voter_of(&people, call_text(call, "person"));
    const struct person *person = roll_people_find(&people, voter.person);
    voter.head = call_text(call, "head")[0] - '0';
    voter.reason = call_text(call, "reason");
    voter.state = roll.posted_seq ? "pending" : "draft";
    TRY(voter_store_set(call->ctx, call->db, &voter));
    /* Taken at once, not only when posted: nobody else may list him meanwhile (REG-04). */
    TRY(identity_store_set(call->ctx, call->db, call->unit, IDENTITY_ROLL, person->id_mac,
                           person->person));
    if (!roll.posted_seq)
        return roll_reopen(call, &roll);
    const struct roll_change change = change_of(call, "add", voter.head);
    return roll_change_store_add(call->ctx, call->db, &change);
}

ACT_CODE(roll_add, ROLL_ADD_FIELDS, roll_add_check, roll_add_apply, NULL);

/* --- roll.strike 注销登记 --- */

static const struct field ROLL_STRIKE_FIELDS[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "选民", "person"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "事由", "reason",
                  "died moved_out deprived registered_elsewhere duplicate under_age not_entitled "
                  "declined no_reply incapable"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "决定日期", "decided on"),
    FIELD(FIELD_SEQ, "objection_seq", 0, "异议记录号", "objection"),
    FIELD(FIELD_FILE, "evidence", FIELD_REQUIRED, "证明", "evidence"),
    FIELDS_END,
};

/* Wish and silence: only of people away, only before the list is confirmed. */
static void
wish_check(struct call *call, const struct roll *roll, const struct voter *voter, const char *name)
{
    if (!call_is(call, "reason", "declined") && !call_is(call, "reason", "no_reply"))
        return;
    if (roll->confirmed_seq)
        finding_todo(call,
                     call_block(call, RULE_ROL_01,
                                "名单已审核确认，“不参加”“未答复”不再是注销的事由",
                                "the roll was confirmed: declining and silence strike nobody now"),
                     "有异议的按异议程序办理（objection.file）", "an objection is objection.file");
    else if (voter->head == HEAD_RESIDENT)
        finding_todo(call,
                     call_block(call, RULE_REG_03,
                                "%s 户籍在本村并且在本村居住（第一类），不因未答复或者不参加而注销",
                                "%s lives here (head 1): neither silence nor wish strikes him",
                                name),
                     "确实外出的，先更正登记类别（roll.amend reason=head）",
                     "if he lives elsewhere, amend the head first (roll.amend reason=head)");
}

static enum err
roll_strike_check(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    bool pending;
    const char *code = call_text(call, "person");
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    const char *name = roll_people_find(&people, code)->name;
    const struct voter voter = roll_voter_of(&people, code);
    call_not_future(call, "on");
    roll_frozen_check(call, &roll);
    capacity_check(call, "incapable", RULE_REG_05);
    wish_check(call, &roll, &voter, name);
    TRY(roll_change_store_pending(call->ctx, call->db, call->unit, code, "strike", &pending));
    if (!is_on_roll(&voter) || pending)
        call_block(call, RULE_SEQ_07, "%s 不在名单上，或者已经注销",
                   "%s is not on the roll, or struck already", name);
    return upheld_check(call, "roll", code);
}

static enum err
roll_strike_apply(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    struct voter voter = roll_voter_of(&people, call_text(call, "person"));
    const struct person *person = roll_people_find(&people, voter.person);
    if (roll.posted_seq) {
        const struct roll_change change = change_of(call, "strike", voter.head);
        return roll_change_store_add(call->ctx, call->db, &change);
    }
    voter.state = "struck";
    voter.reason = call_text(call, "reason");
    TRY(voter_store_set(call->ctx, call->db, &voter));
    TRY(identity_store_remove(call->ctx, call->db, call->unit, IDENTITY_ROLL, person->id_mac));
    return roll_reopen(call, &roll);
}

ACT_CODE(roll_strike, ROLL_STRIKE_FIELDS, roll_strike_check, roll_strike_apply, NULL);
