/* SPDX-License-Identifier: Apache-2.0 */
/* roll.amend 更正登记事项 (acts.md 6.5). */
#include "act/roll_amend.h"

#include <string.h>

#include "act/roll_seal.h"
#include "act/upheld.h"
#include "exchange/roll_clean.h"
#include "store/identity_store.h"

static const struct field ROLL_AMEND_FIELDS[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "选民", "person"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "更正事项", "what is amended",
                  "name sex birth id_number group household head nation party contact"),
    FIELD(FIELD_TEXT, "old", FIELD_REQUIRED, "原登记", "old"),
    FIELD(FIELD_TEXT, "new", FIELD_REQUIRED, "更正为", "new"),
    FIELD(FIELD_SEQ, "objection_seq", 0, "异议记录号", "objection"),
    FIELD(FIELD_FILE, "evidence", 0, "证明", "evidence"),
    FIELDS_END,
};

/* What is amended is a column of the register, cleaned as its cells are. */
static const struct amend_row {
    const char *reason;
    enum roll_column column;
} AMENDS[] = {
    {"name", ROLL_COL_NAME},   {"sex", ROLL_COL_SEX},       {"birth", ROLL_COL_BIRTH},
    {"group", ROLL_COL_GROUP}, {"head", ROLL_COL_HEAD},     {"household", ROLL_COL_HOUSEHOLD},
    {"party", ROLL_COL_PARTY}, {"nation", ROLL_COL_NATION},
};

static enum roll_column
amend_column(const char *reason)
{
    for (size_t i = 0; i < COUNT_OF(AMENDS); i++) {
        if (strcmp(AMENDS[i].reason, reason) == 0)
            return AMENDS[i].column;
    }
    return ROLL_COLUMN_COUNT; /* id_number, contact: sealed */
}

/* The value as the tables keep it; false if it is none. Program words (full, m) pass too. */
static bool
value_clean(struct ctx *ctx, const char *reason, const char *text, const char **ret_value)
{
    enum roll_fault fault;
    const enum roll_column column = amend_column(reason);
    const bool is_word = column == ROLL_COL_PARTY &&
                         (strcmp(text, "full") == 0 || strcmp(text, "probationary") == 0 ||
                          strcmp(text, "none") == 0);
    if (is_word) {
        *ret_value = text;
        return true;
    }
    return roll_cell_clean(ctx, column, text, ret_value, &fault) && (*ret_value)[0] != '\0';
}

/* What stands now. */
static const char *
value_now(struct ctx *ctx, const struct roll_people *people, const struct person *person,
          enum roll_column column)
{
    const struct voter *voter = roll_people_voter(people, person->person);
    if (column == ROLL_COL_HEAD)
        return mem_printf(ctx->mem, "%d", voter ? (int)voter->head : 0);
    if (column == ROLL_COL_BIRTH)
        return date_format(ctx, person->birth);
    if (column == ROLL_COL_NAME)
        return person->name;
    if (column == ROLL_COL_SEX)
        return person->sex;
    if (column == ROLL_COL_GROUP)
        return person->grp;
    if (column == ROLL_COL_HOUSEHOLD)
        return person->household;
    return column == ROLL_COL_PARTY ? person->party : person->nation;
}

static enum err
head_or_birth_check(struct call *call, const struct roll_people *people,
                    const struct person *person, enum roll_column column, const char *value)
{
    struct roll_subject subject = roll_subject_of(people, person, 0);
    if (column == ROLL_COL_HEAD)
        subject = roll_subject_of(people, person, value[0] - '0');
    else if (column == ROLL_COL_BIRTH)
        (void)date_parse(value, &subject.birth);
    else
        return ERR_OK;
    if (column == ROLL_COL_BIRTH && person->id_mac[0])
        finding_todo(call,
                     call_block(call, RULE_IDN_01, "%s 的出生日期由公民身份号码得出",
                                "the birthday of %s comes from his identity number", person->name),
                     "号码有误的更正号码（reason=id_number）",
                     "if the number is wrong, amend the number (reason=id_number)");
    return roll_person_judge(call, people, person, &subject, SEVERITY_BLOCK);
}

static enum err
plain_check(struct call *call, const struct roll_people *people, const struct person *person)
{
    const char *reason = call_text(call, "reason");
    const enum roll_column column = amend_column(reason);
    const char *old_value = "", *new_value;
    if (!value_clean(call->ctx, reason, call_text(call, "new"), &new_value))
        return FAIL_FIELD(call->ctx, "new", "new：“%s”不能作为%s", "new: \"%s\" is no %s",
                          call_text(call, "new"), reason);
    const char *now = value_now(call->ctx, people, person, column);
    const bool read = value_clean(call->ctx, reason, call_text(call, "old"), &old_value);
    if (!read || strcmp(old_value, now) != 0)
        call_block(call, RULE_SEQ_07, "原登记是“%s”，不是“%s”", "what stands is \"%s\", not \"%s\"",
                   now, call_text(call, "old"));
    return head_or_birth_check(call, people, person, column, new_value);
}

/* IDN-01 was tested where the number was sealed, at the edge: here nobody can read it. */
static enum err
id_check(struct call *call, const struct roll_people *people, const struct person *person)
{
    struct sealed_id old_id = {.mac = ""}, new_id;
    struct roll_subject subject = roll_subject_of(people, person, 0);
    if (!roll_sealed_id_read(call->ctx, call_text(call, "new"), &new_id))
        return FAIL_FIELD(call->ctx, "new", "new：公民身份号码没有加密（前端未处理）",
                          "new: the identity number is not sealed");
    const bool read = roll_sealed_id_read(call->ctx, call_text(call, "old"), &old_id);
    if (strcmp(read ? old_id.mac : "", person->id_mac) != 0)
        call_block(call, RULE_SEQ_07, "原登记的号码不是这一个", "another number stands there now");
    const struct roll_row row = {
        .cells = {[ROLL_COL_NAME] = "", [ROLL_COL_BIRTH] = "", [ROLL_COL_ID_MAC] = new_id.mac}};
    const struct person *other = roll_people_match(people, &row);
    if (other && strcmp(other->person, person->person) != 0)
        call_block(call, RULE_REG_04, "这个号码已登记在另一人（%s）名下",
                   "this number stands with somebody else (%s)", other->person);
    (void)date_parse(new_id.birth, &subject.birth);
    subject.id_mac = new_id.mac;
    return roll_person_judge(call, people, person, &subject, SEVERITY_BLOCK);
}

static enum err
contact_check(struct call *call)
{
    const char *cipher;
    if (!roll_sealed_phone_read(call->ctx, call_text(call, "new"), &cipher))
        return FAIL_FIELD(call->ctx, "new", "new：电话没有加密（前端未处理）",
                          "new: the telephone number is not sealed");
    return ERR_OK;
}

static enum err
roll_amend_check(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    const char *code = call_text(call, "person");
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    roll_frozen_check(call, &roll);
    roll_day_check(call, &people);
    TRY(upheld_check(call, "roll", code));
    const struct person *person = roll_people_find(&people, code);
    const struct voter voter = roll_voter_of(&people, code);
    if (strcmp(voter.state, "draft") != 0 && strcmp(voter.state, "listed") != 0)
        call_block(call, RULE_SEQ_07, "%s 不在名单上", "%s is not on the roll", person->name);
    if (call_is(call, "reason", "id_number"))
        return id_check(call, &people, person);
    return call_is(call, "reason", "contact") ? contact_check(call)
                                              : plain_check(call, &people, person);
}

static enum err
id_do(struct call *call, const struct person *person, const char *value)
{
    struct sealed_id id;
    struct person changed = *person;
    if (!roll_sealed_id_read(call->ctx, value, &id))
        return FAIL(call->ctx, ERR_STORE, "号码没有加密", "the number is not sealed");
    changed.id_cipher = id.cipher;
    changed.id_mac = id.mac;
    changed.sex = id.sex;
    (void)date_parse(id.birth, &changed.birth);
    TRY(person_store_update(call->ctx, call->db, &changed));
    if (person->in_register) {
        TRY(identity_store_remove(call->ctx, call->db, call->unit, IDENTITY_REGISTER,
                                  person->id_mac));
        TRY(identity_store_set(call->ctx, call->db, call->unit, IDENTITY_REGISTER, id.mac,
                               person->person));
    }
    TRY(identity_store_remove(call->ctx, call->db, call->unit, IDENTITY_ROLL, person->id_mac));
    return identity_store_set(call->ctx, call->db, call->unit, IDENTITY_ROLL, id.mac,
                              person->person);
}

static enum err
plain_do(struct call *call, const struct person *person, enum roll_column column, const char *value)
{
    struct person changed = *person;
    if (column == ROLL_COL_NAME)
        changed.name = value;
    else if (column == ROLL_COL_SEX)
        changed.sex = value;
    else if (column == ROLL_COL_BIRTH)
        (void)date_parse(value, &changed.birth);
    else if (column == ROLL_COL_GROUP)
        changed.grp = value;
    else if (column == ROLL_COL_HOUSEHOLD)
        changed.household = value;
    else if (column == ROLL_COL_PARTY)
        changed.party = value;
    else
        changed.nation = value;
    return person_store_update(call->ctx, call->db, &changed);
}

enum err
roll_amend_do(struct call *call, const struct roll_people *people, const char *person,
              const char *reason, const char *value)
{
    const struct person *known = roll_people_find(people, person);
    const enum roll_column column = amend_column(reason);
    struct person changed = *known;
    const char *clean = "";
    if (strcmp(reason, "id_number") == 0)
        return id_do(call, known, value);
    if (strcmp(reason, "contact") == 0) {
        (void)roll_sealed_phone_read(call->ctx, value, &changed.phone_cipher);
        return person_store_update(call->ctx, call->db, &changed);
    }
    (void)value_clean(call->ctx, reason, value, &clean);
    if (column != ROLL_COL_HEAD)
        return plain_do(call, known, column, clean);
    struct voter voter = roll_voter_of(people, person);
    voter.head = clean[0] - '0';
    return voter_store_set(call->ctx, call->db, &voter);
}

static enum err
roll_amend_apply(struct call *call)
{
    struct roll_people people;
    struct roll roll;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(roll_get(call, &roll));
    if (!roll.posted_seq) {
        TRY(roll_amend_do(call, &people, call_text(call, "person"), call_text(call, "reason"),
                          call_text(call, "new")));
        return roll_reopen(call, &roll);
    }
    const struct roll_change change = {
        .unit = call->unit,
        .seq = call->seq,
        .kind = "amend",
        .person = call_text(call, "person"),
        .head = roll_voter_of(&people, call_text(call, "person")).head,
        .reason = call_text(call, "reason"),
        .old_value = call_text(call, "old"),
        .new_value = call_text(call, "new"),
        .on_day = call->today,
        .objection_seq = call_int(call, "objection_seq"),
        .state = "pending",
    };
    return roll_change_store_add(call->ctx, call->db, &change);
}

ACT_CODE(roll_amend, ROLL_AMEND_FIELDS, roll_amend_check, roll_amend_apply, NULL);
