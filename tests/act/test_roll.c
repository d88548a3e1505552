/* SPDX-License-Identifier: Apache-2.0 */
/* Registration, and the roll up to its posting (acts.md 6.5, refusals 19 … 24 of §8). */
#include "act/roll_village.h"

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
            file_submit(village, VILLAGE, "2021-02-07T09:00", "roll", "whole", csv);
        assert_int_equal(err, ERR_OK);
        assert_false(village->answer.accepted);
        if (!village_found(village, cases[i].rule))
            fail_msg("%s not found for %s", cases[i].rule, cases[i].row);
    }
    const enum err err = file_submit(village, VILLAGE, "2021-02-07T09:00", "roll", "good_rows",
                                     roll_csv(ctx, cases[0].row));
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
    assert_int_equal(file_submit(village, OTHER_VILLAGE, "2021-02-21T09:00", "roll", "whole", csv),
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
        VILLAGE_TEST(a_reply_lists_or_explains_who_is_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
