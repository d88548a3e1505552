/* SPDX-License-Identifier: Apache-2.0 */
/* Registration and the roll (acts.md 6.5, refusals 17 … 25 of §8). */
#include "act/village.h"

#include "act/prepare.h"
#include "act/roll.h"
#include "act/roll_people.h"
#include "base/buf.h"
#include "domain/idcard.h"
#include "store/blob_store.h"
#include "store/committee_store.h"
#include "store/identity_store.h"
#include "store/standing_store.h"

/* The committee's acts belong to another stage: their traces are laid here by hand. */
#define MEETING 900
#define GROUPS 8
#define D "2021-03-20"
#define MEET "'vec_meet_seq':900"

/* A number with the right check character: it is found by trying. */
static const char *
number_of(struct ctx *ctx, const char *birth, int serial)
{
    for (const char *check = "0123456789X"; *check; check++) {
        const char *number = mem_printf(ctx->mem, "361099%s%03d%c", birth, serial, *check);
        if (idcard_read(number).fault == IDCARD_OK)
            return number;
    }
    fail_msg("no number for %s", birth);
    return "";
}

/* P00001 … P00016: two adults in each of eight groups; P00017 is a child, P00018 turns 18 on D,
 * P00019 lives away, P00020 is deprived. */
static const char *
household_csv(struct ctx *ctx)
{
    struct buf csv;
    buf_init(&csv, ctx->mem, 1 << 20);
    buf_add_text(&csv, "户号,组,姓名,性别,民族,出生日期,公民身份号码,与户主关系\n");
    for (int i = 0; i < 2 * GROUPS; i++)
        buf_add_format(&csv, "%d,第%d组,村民%c,男,汉族,1970-01-01,%s,户主\n", i + 1, i % GROUPS + 1,
                       'A' + i, number_of(ctx, "19700101", 101 + 2 * i));
    buf_add_format(&csv, "17,第1组,小孩,男,汉族,,%s,子\n", number_of(ctx, "20100101", 151));
    buf_add_format(&csv, "18,第1组,成年,男,汉族,,%s,子\n", number_of(ctx, "20030320", 153));
    buf_add_format(&csv, "19,第2组,外出,男,汉族,,%s,子\n", number_of(ctx, "19800101", 155));
    buf_add_format(&csv, "20,第2组,剥权,男,汉族,,%s,子\n", number_of(ctx, "19800101", 157));
    return csv.data;
}

/* The sixteen, who turns 18 on D, and a newcomer (head 3). */
static const char *
roll_csv(struct ctx *ctx, const char *more)
{
    struct buf csv;
    buf_init(&csv, ctx->mem, 1 << 20);
    buf_add_text(&csv, "姓名,身份证号,组,登记类别,户籍所在地,居住起始日期,申请日期\n");
    for (int i = 0; i < 2 * GROUPS; i++)
        buf_add_format(&csv, "村民%c,%s,第%d组,1,,,\n", 'A' + i,
                       number_of(ctx, "19700101", 101 + 2 * i), i % GROUPS + 1);
    buf_add_format(&csv, "成年,%s,第1组,1,,,\n", number_of(ctx, "20030320", 153));
    buf_add_format(&csv, "新来,%s,第3组,3,外村,2020-03-20,2021-02-06\n%s",
                   number_of(ctx, "19750505", 161), more);
    return csv.data;
}

static enum err
file_submit(struct village *village, const char *unit, const char *now, const char *user,
            const char *kind, const char *accept, const char *csv)
{
    struct ctx *ctx = village->ctx;
    uint8_t hash[SM3_LENGTH];
    const struct blob_to_add blob = {csv, strlen(csv)};
    assert_true(instant_parse(mem_printf(ctx->mem, "%s:00+08:00", now), &ctx->now));
    sm3(csv, strlen(csv), hash);
    const bool roll = strcmp(kind, "roll") == 0;
    const char *more = roll ? "" : mem_printf(ctx->mem, ",'kind':'%s','source':'派出所'", kind);
    struct submission submission = {
        .unit = unit,
        .act = roll ? "roll.import" : "register.import",
        .user = user,
        .fields = json_of(village, mem_printf(ctx->mem,
                                              "{'original':'sm3:%s','as_of':'2021-02-06',"
                                              "'accept':'%s'%s}",
                                              hex_format(ctx, hash, SM3_LENGTH), accept, more)),
        .blobs = &blob,
        .blob_count = 1,
    };
    failure_clear(ctx);
    village->answer = (struct answer){0};
    const enum err err = submission_prepare(ctx, village->gate, &submission);
    return err == ERR_OK ? act_submit(ctx, village->gate, &submission, &village->answer) : err;
}

static void
file_do(struct village *village, const char *user, const char *kind, const char *csv)
{
    const enum err err =
        file_submit(village, village->unit, "2021-02-07T09:00", user, kind, "whole", csv);
    if (err != ERR_OK || !village->answer.accepted)
        village_print(village, err);
    assert_int_equal(err, ERR_OK);
    assert_true(village->answer.accepted);
}

static const char *
deprived_csv(struct ctx *ctx)
{
    return mem_printf(ctx->mem,
                      "姓名,公民身份号码,剥夺起始日期,剥夺期满日期\n剥权,%s,2019-01-01,"
                      "2021-03-20\n",
                      number_of(ctx, "19800101", 157));
}

static const char *
away_csv(struct ctx *ctx)
{
    return mem_printf(ctx->mem, "姓名,身份证号,外出地点,是否参加选举\n外出,%s,广东,\n",
                      number_of(ctx, "19800101", 155));
}

static void
registration_open(struct village *village)
{
    struct date day;
    assert_true(date_parse(D, &day));
    assert_int_equal(day_store_set(village->ctx, village->db, village->unit, "village", day),
                     ERR_OK);
    struct standing meeting = {.unit = village->unit,
                               .seq = MEETING,
                               .act = "vec.meet",
                               .body = "",
                               .kind = "",
                               .list = "",
                               .subject = "",
                               .at = "2021-02-18T09:00:00+08:00",
                               .state = "stands"};
    assert_true(date_parse("2021-02-18", &meeting.on_day));
    assert_int_equal(standing_store_add(village->ctx, village->db, &meeting), ERR_OK);
    const struct committee_decision decision = {.unit = village->unit,
                                                .seq = MEETING,
                                                .item = 1,
                                                .matter = "roll",
                                                .favour = 4,
                                                .members = 7,
                                                .passed = true};
    assert_int_equal(decision_store_add(village->ctx, village->db, &decision), ERR_OK);
    if (strcmp(village->unit, VILLAGE) != 0)
        village_user(village, "ec2", "EC", OTHER_VILLAGE, "外:选委会", NULL);
    /* Acts of 6.4 that open the registration. */
    static const char *const BEFORE[] = {"vec.post", "day.fix"};
    for (size_t i = 0; i < COUNT_OF(BEFORE); i++) {
        struct standing before = meeting;
        before.seq = MEETING + 1 + (int64_t)i;
        before.act = BEFORE[i];
        before.body = i ? "village" : "";
        assert_int_equal(standing_store_add(village->ctx, village->db, &before), ERR_OK);
    }
    village_do(village, "2021-02-04T09:00", strcmp(village->unit, VILLAGE) ? "ec2" : "ec",
               "registration.announce",
               "{'from_on':'2021-02-04','to_on':'2021-02-10','posted_on':'2021-02-04',"
               "'places':[{'place':'村委会'}],'stations':[{'group':'第1组','place':'村委会'}]}");
}

static void
registers_read(struct village *village)
{
    registration_open(village);
    file_do(village, "to", "household", household_csv(village->ctx));
    file_do(village, "to", "deprived", deprived_csv(village->ctx));
    file_do(village, "to", "away", away_csv(village->ctx));
}

static void
roll_drafted(struct village *village)
{
    registers_read(village);
    file_do(village, "ec", "roll", roll_csv(village->ctx, ""));
}

#define ASSEMBLY                                                                                   \
    "{'kind':'representatives','called_on':'2021-02-01','held_on':'2021-02-09','total':30,"        \
    "'present':25,'items':[{'matter':'head3_consent','text':'新来','favour':20}]}"
#define CONSENT(seq, applied)                                                                      \
    mem_printf(village->ctx->mem,                                                                  \
               "{'assembly_seq':%lld,'rows':[{'person':'新来','applied_on':'" applied              \
               "','resident_since':'2020-03-20','home_unit':'外村'}]}",                            \
               (long long)(seq))
#define NOTIFY                                                                                     \
    "{'rows':[{'person':'外出','channel':'phone','sent_on':'2021-02-05'}],"                      \
    "'reply_by':'2021-02-12'}"
#define NOT_LISTED                                                                                 \
    "'not_listed':[{'person':'外出','reason':'no_reply'},{'person':'剥权','reason':'deprived'}]"
#define CONFIRM "{" MEET ",'on':'2021-02-19'," NOT_LISTED "}"

static void
roll_consented(struct village *village)
{
    roll_drafted(village);
    village_do(village, "2021-02-08T09:00", "ec", "roll.notify", NOTIFY);
    const int64_t seq = village_do(village, "2021-02-09T18:00", "vc", "assembly.hold", ASSEMBLY);
    village_do(village, "2021-02-09T19:00", "ec", "roll.consent", CONSENT(seq, "2021-02-06"));
}

static void
roll_confirmed(struct village *village)
{
    roll_consented(village);
    village_do(village, "2021-02-19T09:00", "ec", "roll.confirm", CONFIRM);
}

/* The office and the first `groups` groups. */
static const char *
posting(struct village *village, const char *day, int groups)
{
    struct buf text;
    buf_init(&text, village->ctx->mem, 1 << 16);
    buf_add_format(&text, "{'posted_on':'%s','places':[{'place':'村委会'}", day);
    for (int i = 1; i <= groups; i++)
        buf_add_format(&text, ",{'place':'祠堂','group':'第%d组'}", i);
    buf_add_text(&text, "]}");
    return text.data;
}

static void
roll_posted(struct village *village)
{
    roll_confirmed(village);
    village_do(village, "2021-02-20T09:00", "ec", "roll.post",
               posting(village, "2021-02-20", GROUPS));
}

static int64_t
registered(struct village *village)
{
    int64_t count;
    assert_int_equal(voter_store_count(village->ctx, village->db, village->unit, &count), ERR_OK);
    return count;
}

static const char *
list_hash(struct village *village)
{
    struct roll roll;
    assert_int_equal(roll_store_find(village->ctx, village->db, village->unit, &roll), ERR_OK);
    return roll.list_hash;
}

static void
the_roll_goes_from_the_register_to_the_wall(void **state)
{
    struct village *village = *state;
    struct roll roll;

    roll_posted(village);

    assert_int_equal(registered(village), 18);
    assert_int_equal(roll_store_find(village->ctx, village->db, VILLAGE, &roll), ERR_OK);
    assert_string_equal(roll.state, "posted");
    assert_int_equal(strlen(roll.list_hash), HEX_LENGTH);
}

static void
codes_follow_the_rows_of_the_register(void **state)
{
    struct village *village = *state;
    struct person person;

    registers_read(village);

    assert_int_equal(person_store_find(village->ctx, village->db, VILLAGE, "P00019", &person),
                     ERR_OK);
    assert_string_equal(person.name, "外出");
    assert_int_equal(person_store_find(village->ctx, village->db, VILLAGE, "P00003", &person),
                     ERR_OK);
    assert_string_equal(person.grp, "第3组");
}

/* Every table of the database, as text. */
static enum err
bytes_look(struct ctx *ctx, const struct db_table_row *row, void *arg)
{
    const char *number = arg;
    (void)ctx;
    for (size_t i = 0; i < row->count; i++) {
        const struct db_value *value = &row->values[i];
        if ((value->type == DB_TEXT || value->type == DB_BLOB) && value->length >= strlen(number) &&
            memmem(value->bytes, value->length, number, strlen(number)))
            fail_msg("%s.%s holds the plain number", row->table, row->names[i]);
    }
    return ERR_OK;
}

static enum err
blob_look(struct ctx *ctx, const void *row, void *arg)
{
    const struct blob *blob = row;
    const char *number = arg;
    (void)ctx;
    if (memmem(blob->bytes.bytes, blob->bytes.length, number, strlen(number)))
        fail_msg("a blob holds the plain number");
    return ERR_OK;
}

static void
no_plain_number_is_kept_anywhere(void **state)
{
    struct village *village = *state;
    const char **tables;
    size_t count;
    char *number = mem_text(village->ctx->mem, number_of(village->ctx, "20030320", 153));

    roll_posted(village);

    assert_int_equal(db_derived_tables(village->ctx, village->db, &tables, &count), ERR_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(
            db_dump_table(village->ctx, village->db, tables[i], NULL, bytes_look, number), ERR_OK);
    assert_int_equal(db_dump_table(village->ctx, village->db, "ledger", NULL, bytes_look, number),
                     ERR_OK);
    assert_int_equal(blob_store_each(village->ctx, village->db, blob_look, number), ERR_OK);
}

/* Rows that the law or the number refuses, each with its rule. */
static void
bad_rows_are_refused_one_by_one(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    const struct {
        const char *row;
        const char *rule;
    } cases[] = {
        {mem_printf(ctx->mem, "小大,%s,第1组,1,,,\n", number_of(ctx, "20030321", 171)), "REG-01"},
        {mem_printf(ctx->mem, "剥权,%s,第2组,1,,,\n", number_of(ctx, "19800101", 157)), "REG-01"},
        {mem_printf(ctx->mem, "一天,%s,第1组,3,外,2020-03-21,2021-02-06\n",
                    number_of(ctx, "19800101", 173)),
         "REG-02"},
        {mem_printf(ctx->mem, "没申请,%s,第1组,3,外,2019-03-21,\n",
                    number_of(ctx, "19800101", 175)),
         "REG-02"},
        {mem_printf(ctx->mem, "村民A,%s,第1组,1,,,\n", number_of(ctx, "19700101", 101)), "REG-04"},
        {"科学,3.61E+17,第1组,1,,,\n", "IDN-01"},
    };

    registers_read(village);

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *csv = roll_csv(ctx, cases[i].row);
        const enum err err =
            file_submit(village, VILLAGE, "2021-02-07T09:00", "ec", "roll", "whole", csv);
        assert_int_equal(err, ERR_OK);
        assert_false(village->answer.accepted);
        if (!village_found(village, cases[i].rule))
            fail_msg("%s not found for %s", cases[i].rule, cases[i].row);
    }
    const enum err err = file_submit(village, VILLAGE, "2021-02-07T09:00", "ec", "roll",
                                     "good_rows", roll_csv(ctx, cases[0].row));
    assert_int_equal(err, ERR_OK);
    assert_true(village->answer.accepted);
    struct voter_line *lines;
    size_t count;
    assert_int_equal(voter_store_lines(ctx, village->db, VILLAGE, NULL, &lines, &count), ERR_OK);
    assert_int_equal(count, 18);
}

static void
nobody_stands_on_two_rolls_and_only_the_village_is_told(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;

    roll_posted(village);
    village->unit = OTHER_VILLAGE;
    registration_open(village);
    const char *csv = mem_printf(ctx->mem,
                                 "姓名,身份证号,组,登记类别,居住起始日期,申请日期\n村民A,%s,一组,3,"
                                 "2019-01-01,2021-02-05\n",
                                 number_of(ctx, "19700101", 101));
    assert_int_equal(
        file_submit(village, OTHER_VILLAGE, "2021-02-21T09:00", "ec2", "roll", "whole", csv),
        ERR_OK);

    assert_false(village->answer.accepted);
    assert_true(village_found(village, "REG-04"));
    assert_non_null(strstr(village->answer.findings.list[0].text, "市山村"));
    assert_null(strstr(village->answer.findings.list[0].text, "P0000"));
}

/* Refusal 19. */
static void
an_adult_neither_listed_nor_explained_stops_the_confirmation(void **state)
{
    struct village *village = *state;
    roll_consented(village);
    village_refused(village, "2021-02-19T09:00", "ec", "roll.confirm",
                    "{" MEET ",'on':'2021-02-19','not_listed':[{'person':'剥权',"
                    "'reason':'deprived'}]}",
                    "ROL-02");
    village_do(village, "2021-02-19T09:00", "ec", "roll.confirm", CONFIRM);
}

static void
a_confirmation_needs_a_meeting_and_the_end_of_registration(void **state)
{
    struct village *village = *state;
    roll_consented(village);
    village_refused(village, "2021-02-19T09:00", "ec", "roll.confirm",
                    "{'vec_meet_seq':1,'on':'2021-02-19'," NOT_LISTED "}", "VEC-07");
    village_refused(village, "2021-02-19T09:00", "ec", "roll.confirm",
                    "{" MEET ",'on':'2021-02-12'," NOT_LISTED "}", "SEQ-06");
}

static void
a_newcomer_without_consent_stops_the_confirmation(void **state)
{
    struct village *village = *state;
    roll_drafted(village);
    village_do(village, "2021-02-08T09:00", "ec", "roll.notify", NOTIFY);
    village_refused(village, "2021-02-19T09:00", "ec", "roll.confirm", CONFIRM, "REG-02");
}

#define STRIKE(person, reason, on)                                                                 \
    "{'person':'" person "','reason':'" reason "','on':'" on "','evidence':'" FILE_SM3 "'}"
#define ADD(person, reason, on)                                                                    \
    "{'person':'" person "','head':'1','reason':'" reason "','on':'" on "'}"

/* Refusal 20. */
static void
silence_does_not_strike_who_lives_here(void **state)
{
    roll_drafted(*state);
    village_refused(*state, "2021-02-11T09:00", "ec", "roll.strike",
                    STRIKE("村民A", "no_reply", "2021-02-11"), "REG-03");
    village_do(*state, "2021-02-11T09:00", "ec", "roll.strike",
               STRIKE("村民A", "died", "2021-02-11"));
}

/* Refusal 21. */
static void
declining_is_no_reason_after_posting(void **state)
{
    roll_posted(*state);
    village_refused(*state, "2021-03-05T09:00", "ec", "roll.strike",
                    STRIKE("村民A", "declined", "2021-03-05"), "ROL-01");
}

/* Refusal 22. */
static void
an_assembly_before_the_application_consents_to_nobody(void **state)
{
    struct village *village = *state;
    roll_drafted(village);
    const int64_t seq = village_do(village, "2021-02-09T18:00", "vc", "assembly.hold", ASSEMBLY);
    village_refused(village, "2021-02-11T09:00", "ec", "roll.consent", CONSENT(seq, "2021-02-10"),
                    "REG-02");
    village_do(village, "2021-02-11T09:00", "ec", "roll.consent", CONSENT(seq, "2021-02-09"));
}

/* Refusal 23. */
static void
seven_of_eight_groups_are_not_every_group(void **state)
{
    struct village *village = *state;
    roll_confirmed(village);
    village_refused(village, "2021-02-20T09:00", "ec", "roll.post",
                    posting(village, "2021-02-20", GROUPS - 1), "REG-06");
}

static void
the_roll_hangs_twenty_days_before_the_poll_at_the_latest(void **state)
{
    struct village *village = *state;
    roll_confirmed(village);
    village_refused(village, "2021-03-01T09:00", "ec", "roll.post",
                    posting(village, "2021-03-01", GROUPS), "CAL-01");
    village_do(village, "2021-02-28T09:00", "ec", "roll.post",
               posting(village, "2021-02-28", GROUPS));
}

/* Refusal 24. */
static void
the_roll_is_not_taken_down_after_its_last_day(void **state)
{
    struct village *village = *state;
    struct standing posted;
    const struct standing_query query = {.unit = VILLAGE, .act = "roll.post", .round = -1};
    roll_posted(village);
    assert_int_equal(standing_store_last(village->ctx, village->db, &query, &posted), ERR_OK);
    /* The traces laid by hand have no entry in the ledger. */
    for (int64_t seq = MEETING; seq < MEETING + 3; seq++)
        assert_int_equal(standing_store_set(village->ctx, village->db, VILLAGE, seq, "withdrawn"),
                         ERR_OK);
    village_refused(village, "2021-03-01T09:00", "ec", "notice.withdraw",
                    mem_printf(village->ctx->mem,
                               "{'posting_seq':%lld,'reason':'wrong_content','text':'误',"
                               "'taken_down_on':'2021-03-01','second':'外:王'}",
                               (long long)posted.seq),
                    "SEQ-05");
}

static void
a_change_of_a_posted_roll_counts_when_it_is_published(void **state)
{
    struct village *village = *state;
    bool is;
    roll_posted(village);
    const char *before = list_hash(village);
    village_do(village, "2021-02-22T09:00", "ec", "roll.strike",
               STRIKE("村民A", "died", "2021-02-22"));
    assert_int_equal(registered(village), 18);
    village_refused(village, "2021-02-22T10:00", "ec", "roll.strike",
                    STRIKE("村民A", "died", "2021-02-22"), "SEQ-07");
    village_do(village, "2021-02-23T09:00", "ec", "roll.supplement",
               posting(village, "2021-02-23", GROUPS));

    assert_int_equal(registered(village), 17);
    assert_string_not_equal(list_hash(village), before);
    assert_int_equal(voter_store_is_registered(village->ctx, village->db, VILLAGE, "P00001", &is),
                     ERR_OK);
    assert_false(is);
}

static void
a_supplement_later_than_three_days_is_explained(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_do(village, "2021-02-22T09:00", "ec", "roll.strike",
               STRIKE("村民A", "died", "2021-02-22"));
    village_refused(village, "2021-02-26T09:00", "ec", "roll.supplement",
                    posting(village, "2021-02-26", GROUPS), "CAL-03");
    village_explain(village, "2021-02-26T09:00", "ec", "roll.supplement",
                    posting(village, "2021-02-26", GROUPS), "[{'rule':'CAL-03','reason':'春节'}]");
}

static void
there_is_no_supplement_without_a_change(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_refused(village, "2021-02-23T09:00", "ec", "roll.supplement",
                    posting(village, "2021-02-23", GROUPS), "SEQ-01");
}

static void
a_child_is_not_added_and_nobody_twice(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_refused(village, "2021-02-23T09:00", "ec", "roll.add",
                    ADD("小孩", "omitted", "2021-02-23"), "REG-01");
    village_refused(village, "2021-02-23T09:00", "ec", "roll.add",
                    ADD("村民A", "omitted", "2021-02-23"), "SEQ-07");
    village_refused(village, "2021-02-23T09:00", "ec", "roll.add",
                    ADD("剥权", "rights_restored", "2021-02-23"), "REG-01");
    village_refused(village, "2021-02-23T09:00", "ec", "roll.add",
                    ADD("外出", "capacity_restored", "2021-02-23"), "ROL-01");
}

static void
a_frozen_roll_changes_no_more(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    assert_int_equal(voter_store_freeze(village->ctx, village->db, VILLAGE, 99), ERR_OK);
    village_refused(village, "2021-03-20T09:00", "ec", "roll.add",
                    ADD("外出", "wish_expressed", "2021-03-20"), "SEQ-04");
    village_refused(village, "2021-03-20T09:00", "ec", "roll.strike",
                    STRIKE("村民A", "died", "2021-03-20"), "SEQ-04");
    village_refused(village, "2021-03-20T09:00", "ec", "roll.amend",
                    "{'person':'村民A','reason':'nation','old':'汉族','new':'畲族'}", "SEQ-04");
    assert_int_equal(registered(village), 18);
}

static void
a_reply_lists_or_explains_who_is_away(void **state)
{
    struct village *village = *state;
    struct voter voter;
    roll_drafted(village);
    village_refused(village, "2021-02-11T09:00", "ec", "roll.reply",
                    "{'person':'村民A','wish':'n','channel':'written',"
                    "'received_on':'2021-02-11'}",
                    "SEQ-01");
    village_do(village, "2021-02-11T09:00", "ec", "roll.reply",
               "{'person':'外出','wish':'n','channel':'phone','received_on':'2021-02-11'}");
    assert_int_equal(voter_store_find(village->ctx, village->db, VILLAGE, "P00019", &voter),
                     ERR_OK);
    assert_string_equal(voter.state, "not_listed");
    village_do(village, "2021-02-12T09:00", "ec", "roll.reply",
               "{'person':'外出','wish':'y','channel':'written','received_on':'2021-02-12'}");
    assert_int_equal(voter_store_find(village->ctx, village->db, VILLAGE, "P00019", &voter),
                     ERR_OK);
    assert_string_equal(voter.state, "draft");
    assert_int_equal(voter.head, 2);
}

static void
a_change_of_a_confirmed_roll_asks_for_a_new_confirmation(void **state)
{
    struct village *village = *state;
    roll_confirmed(village);
    village_do(village, "2021-02-19T10:00", "ec", "roll.amend",
               "{'person':'村民A','reason':'group','old':'第1组','new':'第2组'}");
    village_refused(village, "2021-02-20T09:00", "ec", "roll.post",
                    posting(village, "2021-02-20", GROUPS), "SEQ-01");
    village_do(village, "2021-02-20T09:00", "ec", "roll.confirm", "{" MEET ",'on':'2021-02-20'}");
    village_do(village, "2021-02-20T10:00", "ec", "roll.post",
               posting(village, "2021-02-20", GROUPS));
}

/* What is amended must have stood there; a number is tested and sealed at the edge. */
static void
an_identity_number_is_amended_without_being_kept(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    struct person person;
    roll_posted(village);
    struct submission submission = {
        .unit = VILLAGE,
        .act = "roll.amend",
        .user = "ec",
        .fields = json_of(village, mem_printf(ctx->mem,
                                              "{'person':'P00001','reason':'id_number',"
                                              "'old':'%s','new':'%s'}",
                                              number_of(ctx, "19700101", 101),
                                              number_of(ctx, "19710203", 181))),
    };
    assert_true(instant_parse("2021-02-22T09:00:00+08:00", &ctx->now));
    assert_int_equal(submission_prepare(ctx, village->gate, &submission), ERR_OK);
    assert_null(strstr(json_canonical(ctx, submission.fields), "3610991971"));
    assert_int_equal(act_submit(ctx, village->gate, &submission, &village->answer), ERR_OK);
    village_print(village, ERR_OK);
    assert_true(village->answer.accepted);
    village_do(village, "2021-02-23T09:00", "ec", "roll.supplement",
               posting(village, "2021-02-23", GROUPS));

    assert_int_equal(person_store_find(ctx, village->db, VILLAGE, "P00001", &person), ERR_OK);
    assert_string_equal(date_format(ctx, person.birth), "1971-02-03");
    assert_int_equal(registered(village), 18);
}

static void
a_wrong_old_value_or_number_is_refused(void **state)
{
    struct village *village = *state;
    struct submission submission = {
        .unit = VILLAGE,
        .act = "roll.amend",
        .user = "ec",
        .fields = json_of(village, "{'person':'P00001','reason':'id_number','old':'无',"
                                   "'new':'361099197001011014'}"),
    };
    roll_posted(village);
    assert_int_equal(submission_prepare(village->ctx, village->gate, &submission), ERR_INVALID);
    village_refused(village, "2021-02-22T09:00", "ec", "roll.amend",
                    "{'person':'村民A','reason':'name','old':'村民Z','new':'村民甲'}", "SEQ-07");
    village_refused(village, "2021-02-22T09:00", "ec", "roll.amend",
                    "{'person':'村民A','reason':'birth','old':'1970-01-01','new':'1971-01-01'}",
                    "IDN-01");
}

static void
one_card_each_and_none_from_nowhere(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_refused(village, "2021-02-24T09:00", "ec", "card.issue",
                    "{'group':'第2组','on':'2021-02-24','rows':[{'printed':2,'delivered':3,"
                    "'signed':2}]}",
                    "STK-01");
    village_refused(village, "2021-02-24T09:00", "ec", "card.issue",
                    "{'group':'第2组','on':'2021-02-24','rows':[{'printed':3,'delivered':3,"
                    "'signed':3}]}",
                    "REG-07");
    village_do(village, "2021-02-24T09:00", "ec", "card.issue",
               "{'group':'第2组','on':'2021-02-24','undelivered':['村民B'],"
               "'rows':[{'printed':2,'delivered':1,'signed':1}]}");
}

static enum err
row_hash(struct ctx *ctx, const struct db_table_row *row, void *arg)
{
    struct sm3_state *state_of = arg;
    (void)ctx;
    for (size_t i = 0; i < row->count; i++) {
        sm3_add(state_of, &row->values[i].integer, sizeof row->values[i].integer);
        if (row->values[i].length)
            sm3_add(state_of, row->values[i].bytes, row->values[i].length);
    }
    return ERR_OK;
}

static const char *
tables_hash(struct village *village)
{
    static const char *const TABLES[] = {"roll",   "voter",       "roll_change", "identity",
                                         "person", "deprivation", "away"};
    struct sm3_state *state_of = sm3_new(village->ctx->mem);
    uint8_t hash[SM3_LENGTH];
    sm3_begin(state_of);
    for (size_t i = 0; i < COUNT_OF(TABLES); i++)
        assert_int_equal(
            db_dump_table(village->ctx, village->db, TABLES[i], VILLAGE, row_hash, state_of),
            ERR_OK);
    sm3_end(state_of, hash);
    return hex_format(village->ctx, hash, SM3_LENGTH);
}

static void
a_replay_gives_the_same_tables(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_do(village, "2021-02-22T09:00", "ec", "roll.strike",
               STRIKE("村民A", "died", "2021-02-22"));
    village_do(village, "2021-02-22T09:00", "ec", "roll.amend",
               "{'person':'村民B','reason':'nation','old':'汉族','new':'畲族'}");
    village_do(village, "2021-02-23T09:00", "ec", "roll.supplement",
               posting(village, "2021-02-23", GROUPS));
    const char *before = tables_hash(village);

    assert_int_equal(db_begin(village->ctx, village->db), ERR_OK);
    assert_int_equal(unit_replay(village->ctx, village->gate, village->db, VILLAGE, 0), ERR_OK);
    assert_int_equal(db_commit(village->ctx, village->db), ERR_OK);

    assert_string_equal(tables_hash(village), before);
}

static void
the_list_is_by_group_and_strokes(void **state)
{
    struct village *village = *state;
    struct voter_line *lines;
    const struct pack *pack;
    size_t count;
    roll_posted(village);
    assert_int_equal(gate_pack(village->ctx, village->gate, VILLAGE, DATE_NONE, &pack), ERR_OK);
    assert_int_equal(roll_list(village->ctx, village->db, pack, VILLAGE, "第1组", &lines, &count),
                     ERR_OK);

    assert_int_equal(count, 3);
    /* 成 has six strokes, 村 seven. */
    assert_string_equal(lines[0].name, "成年");
    assert_string_equal(lines[1].name, "村民A");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(the_roll_goes_from_the_register_to_the_wall),
        VILLAGE_TEST(codes_follow_the_rows_of_the_register),
        VILLAGE_TEST(no_plain_number_is_kept_anywhere),
        VILLAGE_TEST(bad_rows_are_refused_one_by_one),
        VILLAGE_TEST(nobody_stands_on_two_rolls_and_only_the_village_is_told),
        VILLAGE_TEST(an_adult_neither_listed_nor_explained_stops_the_confirmation),
        VILLAGE_TEST(a_confirmation_needs_a_meeting_and_the_end_of_registration),
        VILLAGE_TEST(a_newcomer_without_consent_stops_the_confirmation),
        VILLAGE_TEST(silence_does_not_strike_who_lives_here),
        VILLAGE_TEST(declining_is_no_reason_after_posting),
        VILLAGE_TEST(an_assembly_before_the_application_consents_to_nobody),
        VILLAGE_TEST(seven_of_eight_groups_are_not_every_group),
        VILLAGE_TEST(the_roll_hangs_twenty_days_before_the_poll_at_the_latest),
        VILLAGE_TEST(the_roll_is_not_taken_down_after_its_last_day),
        VILLAGE_TEST(a_change_of_a_posted_roll_counts_when_it_is_published),
        VILLAGE_TEST(a_supplement_later_than_three_days_is_explained),
        VILLAGE_TEST(there_is_no_supplement_without_a_change),
        VILLAGE_TEST(a_child_is_not_added_and_nobody_twice),
        VILLAGE_TEST(a_frozen_roll_changes_no_more),
        VILLAGE_TEST(a_reply_lists_or_explains_who_is_away),
        VILLAGE_TEST(a_change_of_a_confirmed_roll_asks_for_a_new_confirmation),
        VILLAGE_TEST(an_identity_number_is_amended_without_being_kept),
        VILLAGE_TEST(a_wrong_old_value_or_number_is_refused),
        VILLAGE_TEST(one_card_each_and_none_from_nowhere),
        VILLAGE_TEST(a_replay_gives_the_same_tables),
        VILLAGE_TEST(the_list_is_by_group_and_strokes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
