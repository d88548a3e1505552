/* SPDX-License-Identifier: Apache-2.0 */
/* roll.add, roll.strike 增加、注销登记 (acts.md 6.5, reasons §4). */
#include <string.h>

#include "act/roll_people.h"
#include "act/roll_seal.h"
#include "act/upheld.h"
#include "store/identity_store.h"

/* --- roll.add 增加登记 --- */

/* `person` for somebody known here; for who stands in no table yet, what a row of a roll would say
 * (name … certificate). id_number is sealed at the edge (act/roll_seal.h). */
static const struct field ROLL_ADD_FIELDS[] = {
    FIELD(FIELD_VILLAGER, "person", 0, "村民（已在名册中的）", "person (if known here)"),
    FIELD_CHOICES("head", FIELD_REQUIRED, "登记类别", "head", "1 2 3"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "事由", "reason",
                  "turned_18 moved_in rights_restored wish_expressed assembly_consented omitted "
                  "released_elsewhere capacity_restored"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "决定日期", "decided on"),
    FIELD(FIELD_SEQ, "objection_seq", 0, "异议记录号", "objection"),
    FIELD(FIELD_FILE, "evidence", 0, "证明", "evidence"),
    FIELD(FIELD_TEXT, "name", 0, "姓名（不在名册中的）", "name (if not known here)"),
    FIELD_CHOICES("sex", 0, "性别", "sex", "m f"),
    FIELD(FIELD_DATE, "birth", 0, "出生日期", "born on"),
    FIELD(FIELD_TEXT, "id_number", 0, "公民身份号码", "identity number"),
    FIELD(FIELD_UNIT, "group", 0, "村民小组", "group"),
    FIELD(FIELD_TEXT, "household", 0, "户号", "household"),
    FIELD(FIELD_TEXT, "nation", 0, "民族", "nation"),
    FIELD_CHOICES("stationed", 0, "是否驻村单位人员", "of a unit stationed here", "y n"),
    FIELD(FIELD_TEXT, "home_unit", 0, "户籍所在村", "home unit"),
    FIELD(FIELD_DATE, "resident_since", 0, "居住起始日期", "resident since"),
    FIELD(FIELD_DATE, "village_work_since", 0, "从事村务起始日期", "village work since"),
    FIELD(FIELD_DATE, "applied_on", 0, "申请日期", "applied on"),
    FIELD(FIELD_SEQ, "assembly_seq", 0, "会议记录号", "assembly"),
    FIELD(FIELD_FILE, "certificate", 0, "户籍地证明", "certificate"),
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

/* Somebody in no table yet, as roll.import would make him of a row. */
static struct person
newcomer_of(struct call *call, const struct roll_people *people)
{
    struct sealed_id id = {.cipher = "", .mac = "", .birth = "", .sex = ""};
    const bool read = roll_sealed_id_read(call->ctx, call_text(call, "id_number"), &id);
    struct person person = {
        .unit = call->unit,
        .person = roll_person_code(call->ctx, roll_people_last(people) + 1),
        .name = call_text(call, "name"),
        .sex = read ? id.sex : call_text(call, "sex"),
        .birth = call_date(call, "birth"),
        .nation = call_text(call, "nation"),
        .party = "none",
        .grp = call_text(call, "group"),
        .household = call_text(call, "household"),
        .relation_to_head = "",
        .education = "",
        .in_register = !call_is(call, "head", "3"),
        .id_cipher = id.cipher,
        .id_mac = id.mac,
        .phone_cipher = "",
    };
    if (read)
        (void)date_parse(id.birth, &person.birth);
    return person;
}

/* Who is added: known here, or new. */
static struct person
person_added(struct call *call, const struct roll_people *people)
{
    return call_has(call, "person") ? *roll_people_find(people, call_text(call, "person"))
                                    : newcomer_of(call, people);
}

static struct roll_subject
subject_added(struct call *call, const struct roll_people *people, const struct person *person)
{
    struct roll_subject subject = roll_subject_of(people, person, call_text(call, "head")[0] - '0');
    subject.stationed = call_is(call, "stationed", "y");
    if (call_is(call, "reason", "wish_expressed"))
        subject.wish = WISH_YES;
    if (call_has(call, "person"))
        return subject;
    subject.resident_since = call_date(call, "resident_since");
    subject.village_work_since = call_date(call, "village_work_since");
    subject.applied_on = call_date(call, "applied_on");
    subject.consented = call_has(call, "assembly_seq"); /* which one: newcomer_check */
    return subject;
}

/* What a row of a roll must have. */
static enum err
newcomer_fields(struct call *call)
{
    static const char *const NEEDED[] = {"name", "group"};
    struct sealed_id id = {.birth = "", .sex = ""};
    const bool numbered = call_has(call, "id_number");
    for (size_t i = 0; i < COUNT_OF(NEEDED); i++) {
        if (!call_has(call, NEEDED[i]))
            return FAIL_FIELD(call->ctx, NEEDED[i],
                              "%s：不在名册中的人须填（已在名册中的填 person）",
                              "%s: needed of who is not known here (else give person)", NEEDED[i]);
    }
    if (!numbered && !(call_has(call, "birth") && call_has(call, "sex")))
        return FAIL_FIELD(call->ctx, "id_number", "id_number：没有号码的须填 birth 和 sex",
                          "id_number: without it give birth and sex");
    if (numbered && !roll_sealed_id_read(call->ctx, call_text(call, "id_number"), &id))
        return FAIL_FIELD(call->ctx, "id_number", "id_number：公民身份号码没有加密（前端未处理）",
                          "id_number: the identity number is not sealed");
    if (numbered && ((call_has(call, "birth") && !call_is(call, "birth", id.birth)) ||
                     (call_has(call, "sex") && !call_is(call, "sex", id.sex))))
        call_block(call, RULE_IDN_01, "出生日期或者性别与公民身份号码不符",
                   "birthday or sex differ from the identity number");
    return ERR_OK;
}

static enum err
newcomer_check(struct call *call, const struct roll_people *people, const struct person *person)
{
    struct date held_on;
    struct roll_row row = {.row = 0};
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++)
        row.cells[i] = "";
    row.cells[ROLL_COL_NAME] = person->name;
    row.cells[ROLL_COL_BIRTH] = date_format(call->ctx, person->birth);
    row.cells[ROLL_COL_ID_MAC] = person->id_mac;
    const struct person *known = roll_people_match(people, &row);
    if (known)
        finding_todo(call,
                     call_block(call, RULE_SEQ_07, "%s 已在名册中（%s）",
                                "%s is known here already (%s)", person->name, known->person),
                     "改填 person=%s", "give person=%s instead", known->person);
    if (!call_has(call, "evidence"))
        finding_todo(call,
                     call_block(call, RULE_REG_02, "不在名册中的人须有证明（户口簿、身份证等）",
                                "somebody not known here needs evidence"),
                     "附上证明（evidence）", "attach it (evidence)");
    if (!call_is(call, "head", "3"))
        return ERR_OK;
    TRY(roll_assembly_check(call, call_int(call, "assembly_seq"), &held_on));
    roll_newcomer_check(call, &(struct roll_newcomer){person->name, call_date(call, "applied_on"),
                                                      held_on, call_has(call, "certificate")});
    return ERR_OK;
}

static enum err
add_law_check(struct call *call, const struct roll_people *people, const struct person *person)
{
    const struct roll_subject subject = subject_added(call, people, person);
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
    const bool known = call_has(call, "person");
    if (!known)
        TRY(newcomer_fields(call));
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    const struct person person = person_added(call, &people);
    call_not_future(call, "on");
    roll_day_check(call, &people);
    roll_frozen_check(call, &roll);
    capacity_check(call, "capacity_restored", RULE_ROL_01);
    const struct voter voter = roll_voter_of(&people, person.person);
    if (is_on_roll(&voter) || strcmp(voter.state, "pending") == 0)
        call_block(call, RULE_SEQ_07, "%s 已经登记", "%s is registered already", person.name);
    TRY(upheld_check(call, "roll", known ? person.person : person.name));
    if (!known)
        TRY(newcomer_check(call, &people, &person));
    return add_law_check(call, &people, &person);
}

static struct roll_change
change_of(struct call *call, const char *kind, const struct voter *voter)
{
    return (struct roll_change){
        .unit = call->unit,
        .seq = call->seq,
        .kind = kind,
        .person = voter->person,
        .head = voter->head,
        .reason = call_text(call, "reason"),
        .old_value = "",
        .new_value = "",
        .on_day = call_date(call, "on"),
        .objection_seq = call_int(call, "objection_seq"),
        .state = "pending",
    };
}

/* The register has him from now on, if his household is here. */
static enum err
newcomer_apply(struct call *call, const struct person *person)
{
    TRY(person_store_add(call->ctx, call->db, person));
    if (!person->in_register)
        return ERR_OK;
    return identity_store_set(call->ctx, call->db, call->unit, IDENTITY_REGISTER, person->id_mac,
                              person->person);
}

static void
voter_fill(struct call *call, struct voter *voter)
{
    voter->home = call_text(call, "home_unit");
    voter->resident_since = call_date(call, "resident_since");
    voter->village_work_since = call_date(call, "village_work_since");
    voter->applied_on = call_date(call, "applied_on");
    voter->consent_seq = call_int(call, "assembly_seq");
}

static enum err
roll_add_apply(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    const struct person person = person_added(call, &people);
    struct voter voter = roll_voter_of(&people, person.person);
    if (!call_has(call, "person")) {
        TRY(newcomer_apply(call, &person));
        voter_fill(call, &voter);
    }
    voter.head = call_text(call, "head")[0] - '0';
    voter.reason = call_text(call, "reason");
    voter.state = roll.posted_seq ? "pending" : "draft";
    TRY(voter_store_set(call->ctx, call->db, &voter));
    /* Taken at once, not only when posted: nobody else may list him meanwhile (REG-04). */
    TRY(identity_store_set(call->ctx, call->db, call->unit, IDENTITY_ROLL, person.id_mac,
                           person.person));
    if (!roll.posted_seq)
        return roll_reopen(call, &roll);
    const struct roll_change change = change_of(call, "add", &voter);
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
        const struct roll_change change = change_of(call, "strike", &voter);
        return roll_change_store_add(call->ctx, call->db, &change);
    }
    voter.state = "struck";
    voter.reason = call_text(call, "reason");
    TRY(voter_store_set(call->ctx, call->db, &voter));
    TRY(identity_store_remove(call->ctx, call->db, call->unit, IDENTITY_ROLL, person->id_mac));
    return roll_reopen(call, &roll);
}

ACT_CODE(roll_strike, ROLL_STRIKE_FIELDS, roll_strike_check, roll_strike_apply, NULL);
