/* SPDX-License-Identifier: Apache-2.0 */
/* Registration announced, registers read in (acts.md 6.5). */
#include <string.h>

#include "act/roll_batch.h"
#include "act/roll_pairs.h"
#include "store/identity_store.h"
#include "store/stream_store.h"

/* --- registration.announce 公布选民登记 --- */

static const struct field STATIONS[] = {
    FIELD(FIELD_UNIT, "group", FIELD_REQUIRED, "村民小组", "group"),
    FIELD(FIELD_TEXT, "place", FIELD_REQUIRED, "地点", "place"),
    FIELD(FIELD_PERSON, "person", 0, "登记员", "registrar"),
    FIELDS_END,
};

static const struct field REGISTRATION_ANNOUNCE_FIELDS[] = {
    FIELD(FIELD_DATE, "from_on", FIELD_REQUIRED, "登记开始日期", "from"),
    FIELD(FIELD_DATE, "to_on", FIELD_REQUIRED, "登记截止日期", "to"),
    FIELD_ROWS("stations", FIELD_REQUIRED, "登记站", "stations", STATIONS),
    FIELDS_POSTING,
    FIELDS_END,
};

static bool
has_station(const struct call *call, const char *group)
{
    for (size_t i = 0; i < call_count(call, "stations"); i++) {
        if (row_is(call_row(call, "stations", i), "group", group))
            return true;
    }
    return false;
}

static enum err
registration_announce_check(struct call *call)
{
    const char **groups;
    size_t count;
    call_not_future(call, "posted_on");
    if (date_compare(call_date(call, "from_on"), call_date(call, "to_on")) > 0)
        call_block(call, RULE_SEQ_06, "登记截止日期在开始日期之前",
                   "registration ends before it begins");
    TRY(voter_store_groups(call->ctx, call->db, call->unit, &groups, &count));
    for (size_t i = 0; i < count; i++) {
        if (!has_station(call, groups[i]))
            call_warn(call, RULE_REG_06, "%s没有登记站", "group %s has no station", groups[i]);
    }
    return ERR_OK;
}

static enum err
registration_announce_apply(struct call *call)
{
    struct roll roll;
    TRY(roll_get(call, &roll));
    roll.from_on = call_date(call, "from_on");
    roll.to_on = call_date(call, "to_on");
    return roll_store_set(call->ctx, call->db, &roll);
}

ACT_CODE(registration_announce, REGISTRATION_ANNOUNCE_FIELDS, registration_announce_check,
         registration_announce_apply, NULL);

/* --- register.import 导入名册 --- */

static const struct field REGISTER_IMPORT_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "名册种类", "kind",
                  "household party_members deprived away last_roll"),
    FIELD(FIELD_DATE, "as_of", FIELD_REQUIRED, "截至日期", "as of"),
    FIELD(FIELD_TEXT, "source", FIELD_REQUIRED, "来源", "source"),
    FIELD(FIELD_FILE, "original", FIELD_REQUIRED, "原始文件", "original file"),
    FIELD(FIELD_FILE, "rows", FIELD_REQUIRED, "规整名册", "normalised rows"),
    FIELD_CHOICES("accept", FIELD_REQUIRED, "有误的行", "rows with errors", "whole good_rows"),
    FIELDS_END,
};

/* A person of the register standing in another village's register: a finding, not a refusal (REG-04
 * bites on the roll). */
static enum err
registers_compare(struct call *call, const struct roll_table *table)
{
    struct identity_hits hits;
    size_t told = 0;
    const char **macs = mem_array(call->ctx->mem, const char *, table->count);
    for (size_t i = 0; i < table->count; i++)
        macs[i] = table->rows[i].cells[ROLL_COL_ID_MAC];
    TRY(identity_store_elsewhere_all(call->ctx, call->db, call->unit, IDENTITY_REGISTER,
                                     (struct identity_wanted){macs, table->count}, &hits));
    for (size_t i = 0; i < table->count && told < ROLL_FINDINGS_MOST; i++) {
        const struct roll_row *row = &table->rows[i];
        const char *other = identity_hits_find(&hits, macs[i]);
        if (!other[0])
            continue;
        told++;
        TRY(roll_fault_report(call, SEVERITY_WARN,
                              text_format(call->ctx, "第 %lld 行 %s", "row %lld %s",
                                          (long long)row->line, row->cells[ROLL_COL_NAME]),
                              ROLL_COLUMN_COUNT, ROLL_FAULT_REGISTER_ELSEWHERE, other));
    }
    return ERR_OK;
}

static enum err
register_import_check(struct call *call)
{
    struct roll_table table;
    struct roll roll;
    const bool household = call_is(call, "kind", "household");
    call_not_future(call, "as_of");
    TRY(roll_get(call, &roll));
    if (household && (strcmp(roll.state, "confirmed") == 0 || roll.posted_seq))
        finding_todo(call,
                     call_block(call, RULE_SEQ_04, "名单已审核确认，户籍册不能再导入",
                                "the roll is confirmed: the register is closed"),
                     "个别变动用 roll.add、roll.strike、roll.amend",
                     "single changes are roll.add, roll.strike, roll.amend");
    TRY(roll_blob_read(call, "rows", &table));
    if (strcmp(roll_kind_word(table.kind), call_text(call, "kind")) != 0)
        return FAIL_FIELD(call->ctx, "rows", "rows 是“%s”名册，不是“%s”",
                          "rows is a table of kind %s, not %s", roll_kind_word(table.kind),
                          call_text(call, "kind"));
    TRY(roll_refusals_report(call, &table));
    if (!household)
        return ERR_OK;
    struct roll_people people;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    TRY(registers_compare(call, &table));
    return roll_pairs_report(call, &people, &table);
}

/* A cell that is blank says nothing. */
static void
text_take(const char **text, const char *cell)
{
    if (cell[0])
        *text = cell;
}

static void
person_take_row(struct person *person, const struct roll_row *row)
{
    text_take(&person->name, row->cells[ROLL_COL_NAME]);
    text_take(&person->sex, row->cells[ROLL_COL_SEX]);
    text_take(&person->nation, row->cells[ROLL_COL_NATION]);
    text_take(&person->party, row->cells[ROLL_COL_PARTY]);
    text_take(&person->grp, row->cells[ROLL_COL_GROUP]);
    text_take(&person->household, row->cells[ROLL_COL_HOUSEHOLD]);
    text_take(&person->relation_to_head, row->cells[ROLL_COL_RELATION]);
    text_take(&person->education, row->cells[ROLL_COL_EDUCATION]);
    text_take(&person->id_cipher, row->cells[ROLL_COL_ID_CIPHER]);
    text_take(&person->id_mac, row->cells[ROLL_COL_ID_MAC]);
    text_take(&person->phone_cipher, row->cells[ROLL_COL_PHONE_CIPHER]);
    (void)date_parse(row->cells[ROLL_COL_BIRTH], &person->birth);
}

/* Codes are the row's number in the first register, P00001 for the first row below the header, so
 * that people find each other; later comers get the next free number. */
static enum err
household_apply(struct call *call, const struct roll_people *people, const struct roll_table *table)
{
    struct ctx *ctx = call->ctx;
    int64_t last = roll_people_last(people);
    const bool first = people->count == 0;
    struct roll_batch *batch = roll_batch_new(call, IDENTITY_REGISTER, first);
    for (size_t i = 0; i < table->count; i++)
        last = first && table->rows[i].row > last ? table->rows[i].row : last;
    for (size_t i = 0; i < table->count; i++) {
        const struct roll_row *row = &table->rows[i];
        struct person *known = roll_people_match(people, row);
        struct person person;
        if (known) {
            person = *known;
            person_take_row(&person, row);
        } else {
            const char *code = roll_person_code(ctx, row->row);
            if (!first && roll_people_find(people, code))
                code = roll_person_code(ctx, ++last);
            person = roll_person_new(call, row, code);
        }
        person.in_register = true;
        if (known)
            TRY(person_store_update(ctx, call->db, &person));
        else
            roll_batch_person(batch, &person);
        roll_batch_identity(batch, person.id_mac, person.person);
        if (row->cells[ROLL_COL_STATIONED][0])
            TRY(stationed_store_set(
                ctx, call->db, &(struct stationed){.unit = call->unit, .person = person.person}));
    }
    return roll_batch_write(call, batch);
}

static enum err
party_members_apply(struct call *call, const struct roll_people *people,
                    const struct roll_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct roll_row *row = &table->rows[i];
        struct person *known = roll_people_match(people, row);
        if (!known)
            continue;
        known->party = row->cells[ROLL_COL_PARTY][0] ? row->cells[ROLL_COL_PARTY] : "full";
        TRY(person_store_update(call->ctx, call->db, known));
    }
    return ERR_OK;
}

static struct date
cell_day(const struct roll_row *row, enum roll_column column)
{
    struct date day = DATE_NONE;
    (void)date_parse(row->cells[column], &day);
    return day;
}

static enum err
deprived_apply(struct call *call, const struct roll_people *people, const struct roll_table *table)
{
    TRY(deprivation_store_clear(call->ctx, call->db, call->unit));
    for (size_t i = 0; i < table->count; i++) {
        const struct roll_row *row = &table->rows[i];
        const struct person *known = roll_people_match(people, row);
        const struct deprivation deprivation = {
            .unit = call->unit,
            .line = row->row,
            .person = known ? known->person : "",
            .id_mac = row->cells[ROLL_COL_ID_MAC],
            .name = row->cells[ROLL_COL_NAME],
            .from_on = cell_day(row, ROLL_COL_DEPRIVED_FROM),
            .to_on = cell_day(row, ROLL_COL_DEPRIVED_TO),
            .paper = row->cells[ROLL_COL_PAPER],
        };
        TRY(deprivation_store_add(call->ctx, call->db, &deprivation));
    }
    return ERR_OK;
}

/* A reply on the sheet counts as one in writing: the sheet is signed by who keeps it. */
static enum err
away_apply(struct call *call, const struct roll_people *people, const struct roll_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct roll_row *row = &table->rows[i];
        const struct person *known = roll_people_match(people, row);
        if (!known)
            continue;
        struct away away = {.unit = call->unit,
                            .person = known->person,
                            .sent_on = DATE_NONE,
                            .channel = "",
                            .reply_by = DATE_NONE,
                            .wish = "",
                            .replied_on = DATE_NONE,
                            .reply_channel = ""};
        const struct away *before = roll_people_away(people, known->person);
        if (before)
            away = *before;
        away.place = row->cells[ROLL_COL_PLACE];
        away.phone_cipher = row->cells[ROLL_COL_PHONE_CIPHER];
        if (row->cells[ROLL_COL_WISH][0]) {
            away.wish = row->cells[ROLL_COL_WISH];
            away.replied_on = cell_day(row, ROLL_COL_REPLIED_ON);
            away.reply_channel = "sheet";
        }
        TRY(away_store_set(call->ctx, call->db, &away));
    }
    return ERR_OK;
}

static enum err
last_roll_apply(struct call *call, const struct roll_people *people, const struct roll_table *table)
{
    TRY(last_roll_store_clear(call->ctx, call->db, call->unit));
    for (size_t i = 0; i < table->count; i++) {
        const struct roll_row *row = &table->rows[i];
        const struct person *known = roll_people_match(people, row);
        const struct last_roll_line line = {
            .unit = call->unit,
            .line = row->row,
            .person = known ? known->person : "",
            .name = row->cells[ROLL_COL_NAME],
            .id_mac = row->cells[ROLL_COL_ID_MAC],
            .birth = cell_day(row, ROLL_COL_BIRTH),
        };
        TRY(last_roll_store_add(call->ctx, call->db, &line));
    }
    return ERR_OK;
}

typedef enum err
table_fn(struct call *call, const struct roll_people *people, const struct roll_table *table);

static enum err
register_import_apply(struct call *call)
{
    static table_fn *const APPLY[] = {
        [ROLL_KIND_HOUSEHOLD] = household_apply, [ROLL_KIND_PARTY_MEMBERS] = party_members_apply,
        [ROLL_KIND_DEPRIVED] = deprived_apply,   [ROLL_KIND_AWAY] = away_apply,
        [ROLL_KIND_LAST_ROLL] = last_roll_apply,
    };
    struct roll_table table;
    struct roll_people people;
    TRY(roll_blob_read(call, "rows", &table));
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    return APPLY[table.kind](call, &people, &table);
}

ACT_CODE(register_import, REGISTER_IMPORT_FIELDS, register_import_check, register_import_apply,
         NULL);
