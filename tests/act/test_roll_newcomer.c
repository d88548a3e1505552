/* SPDX-License-Identifier: Apache-2.0 */
/* roll.add of people in no table yet; people of units stationed in the village (REG-08). */
#include "act/roll_village.h"

#define LATER "2021-02-24T09:00"
#define EVIDENCE "'evidence':'" FILE_SM3 "',"

/* Handed in at the edge, where the number is sealed. */
static enum err
newcomer_add(struct village *village, const char *fields, const char *number)
{
    struct ctx *ctx = village->ctx;
    struct submission submission = {
        .unit = village->unit,
        .act = "roll.add",
        .user = strcmp(village->unit, VILLAGE) == 0 ? "ec" : "ec2",
        .fields = json_of(village, mem_printf(ctx->mem, "{%s'on':'2021-02-24'}", fields)),
    };
    if (number)
        json_object_set_new(submission.fields, "id_number", json_string(number));
    assert_true(instant_parse(LATER ":00+08:00", &ctx->now));
    failure_clear(ctx);
    village->answer = (struct answer){0};
    const enum err err = submission_prepare(ctx, village->gate, &submission);
    if (err != ERR_OK)
        return err;
    if (number)
        assert_null(strstr(json_canonical(ctx, submission.fields), number));
    return act_submit(ctx, village->gate, &submission, &village->answer);
}

static void
newcomer_refused(struct village *village, const char *fields, const char *number, const char *rule)
{
    assert_int_equal(newcomer_add(village, fields, number), ERR_OK);
    if (!village_found(village, rule))
        village_print(village, ERR_OK);
    assert_false(village->answer.accepted);
    assert_true(village_found(village, rule));
}

#define MOVED_IN "'head':'1','reason':'moved_in','group':'第3组'," EVIDENCE

static void
who_moved_in_after_the_roll_hung_is_added_and_posted(void **state)
{
    struct village *village = *state;
    struct person person;
    bool is;
    roll_posted(village);
    const char *number = number_of(village->ctx, "19900101", 201);
    assert_int_equal(newcomer_add(village, "'name':'迁入人'," MOVED_IN, number), ERR_OK);
    village_print(village, ERR_OK);
    assert_true(village->answer.accepted);
    newcomer_refused(village, "'name':'迁入人'," MOVED_IN, number, "SEQ-07");
    assert_int_equal(registered(village), 18);
    village_do(village, "2021-02-25T09:00", "ec", "roll.supplement",
               posting(village, "2021-02-25", GROUPS));

    assert_int_equal(registered(village), 19);
    assert_int_equal(person_store_find(village->ctx, village->db, VILLAGE, "P00022", &person),
                     ERR_OK);
    assert_string_equal(person.name, "迁入人");
    assert_string_equal(person.sex, "m");
    assert_string_equal(date_format(village->ctx, person.birth), "1990-01-01");
    assert_true(person.in_register);
    assert_int_equal(voter_store_is_registered(village->ctx, village->db, VILLAGE, "P00022", &is),
                     ERR_OK);
    assert_true(is);
}

static void
the_same_rules_hold_for_a_newcomer(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    newcomer_refused(village, "'name':'少年'," MOVED_IN, number_of(village->ctx, "20040101", 203),
                     "REG-01");
    newcomer_refused(village, "'name':'军人','stationed':'y'," MOVED_IN,
                     number_of(village->ctx, "19900101", 205), "REG-08");
    newcomer_refused(village, "'name':'错日','birth':'1991-01-01'," MOVED_IN,
                     number_of(village->ctx, "19900101", 207), "IDN-01");
    newcomer_refused(village, "'name':'村民A'," MOVED_IN, number_of(village->ctx, "19700101", 101),
                     "SEQ-07");
    newcomer_refused(village, "'name':'无证','head':'1','reason':'moved_in','group':'第3组',",
                     number_of(village->ctx, "19900101", 209), "REG-02");
    assert_int_equal(newcomer_add(village, "'name':'无组','head':'1','reason':'moved_in',",
                                  number_of(village->ctx, "19900101", 211)),
                     ERR_INVALID);
    assert_string_equal(village->ctx->failure.field, "group");
    assert_int_equal(newcomer_add(village, "'name':'无号'," MOVED_IN, NULL), ERR_INVALID);
    assert_int_equal(newcomer_add(village, "'name':'坏号'," MOVED_IN, "361099199001010000"),
                     ERR_INVALID);
    assert_int_equal(registered(village), 18);
}

static void
nobody_of_another_villages_roll_is_added(void **state)
{
    struct village *village = *state;
    const char *number = number_of(village->ctx, "19900101", 213);
    roll_posted(village);
    assert_int_equal(identity_store_set(village->ctx, village->db, OTHER_VILLAGE, IDENTITY_ROLL,
                                        identity_mac(village->ctx, &village->key.fields, number),
                                        "P00001"),
                     ERR_OK);
    newcomer_refused(village, "'name':'他村人'," MOVED_IN, number, "REG-04");
}

#define HEAD3                                                                                             \
    "'name':'外来户','head':'3','reason':'assembly_consented','group':'第3组','home_unit':'外村'," \
    "'applied_on':'2021-02-06',"

static void
who_has_his_household_elsewhere_needs_a_year_and_consent(void **state)
{
    struct village *village = *state;
    const char *number = number_of(village->ctx, "19900101", 215);
    roll_drafted(village);
    village_do(village, "2021-02-08T09:00", "ec", "roll.notify", NOTIFY);
    const int64_t seq = village_do(village, "2021-02-09T18:00", "vc", "assembly.hold", ASSEMBLY);
    village_do(village, "2021-02-09T19:00", "ec", "roll.consent", CONSENT(seq, "2021-02-06"));
    village_do(village, "2021-02-19T09:00", "ec", "roll.confirm", CONFIRM);
    village_do(village, "2021-02-20T09:00", "ec", "roll.post",
               posting(village, "2021-02-20", GROUPS));
    const char *by = mem_printf(village->ctx->mem, "'assembly_seq':%lld,", (long long)seq);

    newcomer_refused(village, HEAD3 EVIDENCE "'resident_since':'2020-01-01',", number, "REG-02");
    newcomer_refused(
        village,
        mem_printf(village->ctx->mem, HEAD3 EVIDENCE "'resident_since':'%s',%s", "2020-03-21", by),
        number, "REG-02");
    assert_int_equal(
        newcomer_add(village,
                     mem_printf(village->ctx->mem, HEAD3 EVIDENCE "'resident_since':'%s',%s",
                                "2020-03-20", by),
                     number),
        ERR_OK);
    village_print(village, ERR_OK);
    assert_true(village->answer.accepted);
}

static void
a_stationed_unit_of_the_register_stays_off_the_roll(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    roll_drafted(village);
    file_do(village, "household",
            mem_printf(ctx->mem,
                       "户号,组,姓名,性别,民族,出生日期,公民身份号码,与户主关系,驻村单位人员\n"
                       "30,第4组,驻军,男,汉族,,%s,户主,是\n",
                       number_of(ctx, "19800101", 231)));
    village_refused(village, "2021-02-09T09:00", "ec", "roll.add",
                    ADD("驻军", "omitted", "2021-02-09"), "REG-08");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(who_moved_in_after_the_roll_hung_is_added_and_posted),
        VILLAGE_TEST(the_same_rules_hold_for_a_newcomer),
        VILLAGE_TEST(nobody_of_another_villages_roll_is_added),
        VILLAGE_TEST(who_has_his_household_elsewhere_needs_a_year_and_consent),
        VILLAGE_TEST(a_stationed_unit_of_the_register_stays_off_the_roll),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
