/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_check.h"

#include <string.h>

#include "base/file.h"
#include "support/packs.h"
#include "support/support.h"

static const char *
put(struct ctx *ctx, const char *name, const char *text)
{
    const char *folder = getenv("TMPDIR");
    const char *path = mem_printf(ctx->mem, "%s/%s", folder ? folder : "/tmp", name);
    const struct file_content content = {text, strlen(text), 0600};
    assert_int_equal(file_write(ctx, path, content), ERR_OK);
    return path;
}

/* "3 under_age;4 check": row and kind of each finding, without the sheets' own. */
static const char *
check(struct ctx *ctx, struct roll_check_plan plan)
{
    struct roll_check *result;
    const char *told = "";
    plan.threads = 2;
    plan.pack = support_pack(ctx, "cn-2018");
    if (!date_is_set(plan.last_day) || plan.last_day.day == 0)
        plan.last_day = DATE_NONE;
    assert_int_equal(roll_check_run(ctx, &plan, &result), ERR_OK);
    for (size_t i = 0; i < roll_check_count(result); i++) {
        struct roll_check_finding finding;
        roll_check_finding(ctx, result, i, &finding);
        told = mem_printf(ctx->mem, "%s%s%lld %s", told, told[0] ? ";" : "",
                          (long long)finding.line, roll_fault_row(finding.fault)->word);
    }
    return told;
}

static const char *
check_roll(struct ctx *ctx, const char *rows, const char *day)
{
    struct date polling_day;
    assert_true(date_parse(day, &polling_day));
    const struct roll_check_file file = {put(ctx, "roll.csv", rows), ROLL_KIND_ROLL};
    return check(ctx,
                 (struct roll_check_plan){.files = &file, .count = 1, .polling_day = polling_day});
}

static void
age_counts_on_polling_day_itself(void **state)
{
    /* Born 2003-03-20 and 2003-03-21. */
    const char *rows = "组,姓名,公民身份号码\n"
                       "一组,王伟,361002200303200010\n一组,李芳,361002200303210016\n";
    assert_string_equal(check_roll(*state, rows, "2021-03-20"), "3 under_age");
    assert_string_equal(check_roll(*state, rows, "2021-03-19"), "2 under_age;3 under_age");
}

static void
child_of_a_leap_day_is_of_age_on_the_last_of_february(void **state)
{
    const char *rows = "组,姓名,出生日期\n一组,王伟,2004-02-29\n";
    assert_string_equal(check_roll(*state, rows, "2022-02-27"), "2 under_age");
    assert_string_equal(check_roll(*state, rows, "2022-02-28"), "");
    assert_string_equal(
        check_roll(*state, "组,姓名,出生日期\n一组,王伟,2003-02-29\n", "2022-02-28"),
        "2 not_a_date");
}

static void
missing_adult_is_told_with_his_household(void **state)
{
    struct ctx *ctx = *state;
    struct date day;
    assert_true(date_parse("2021-03-20", &day));
    const struct roll_check_file files[] = {
        {put(ctx, "roll.csv", "组,户号,姓名,公民身份号码\n一组,1,王伟,36102819750705451X\n"),
         ROLL_KIND_ROLL},
        {put(ctx, "hukou.csv",
             "组,户号,姓名,出生日期,公民身份号码\n一组,1,王伟,,36102819750705451X\n"
             "一组,2,李芳,,361002196101010017\n一组,3,孩子,2010-01-01,\n一组,1,老王,1940-01-01,\n"),
         ROLL_KIND_HOUSEHOLD},
        {put(ctx, "barred.csv", "姓名,公民身份号码,期限止\n李芳,361002196101010017,2021-03-19\n"),
         ROLL_KIND_DEPRIVED},
    };
    struct roll_check_plan plan = {.files = files, .count = 2, .polling_day = day};
    assert_string_equal(check(ctx, plan), "3 not_on_roll;3 household_absent;5 not_on_roll");
    /* The term is over the day before: no reason. */
    plan.count = 3;
    assert_string_equal(check(ctx, plan), "3 not_on_roll;3 household_absent;5 not_on_roll");
    (void)put(ctx, "barred.csv", "姓名,公民身份号码,期限止\n李芳,361002196101010017,2021-03-20\n");
    assert_string_equal(check(ctx, plan), "5 not_on_roll");
}

static void
changes_since_the_last_term_have_causes(void **state)
{
    struct ctx *ctx = *state;
    struct roll_check_plan plan = {0};
    struct roll_check *result;
    const struct roll_check_file files[] = {
        {put(ctx, "roll.csv",
             "组,姓名,公民身份号码\n一组,王伟,36102819750705451X\n"
             "一组,小明,361002200303200010\n"),
         ROLL_KIND_ROLL},
        {put(ctx, "last.csv",
             "姓名,公民身份号码\n王伟,36102819750705451X\n李芳,361002196101010017\n"),
         ROLL_KIND_LAST_ROLL},
        {put(ctx, "hukou.csv",
             "组,姓名,公民身份号码\n一组,王伟,36102819750705451X\n"
             "一组,小明,361002200303200010\n"),
         ROLL_KIND_HOUSEHOLD},
    };
    assert_true(date_parse("2021-03-20", &plan.polling_day));
    plan.last_day = DATE_NONE;
    plan.files = files;
    plan.count = 3;
    plan.pack = support_pack(ctx, "cn-2018");
    assert_int_equal(roll_check_run(ctx, &plan, &result), ERR_OK);
    const struct roll_check_counts *counts = roll_check_counts(result);
    assert_int_equal(counts->changes[ROLL_CHANGE_TURNED_18], 1);
    assert_int_equal(counts->changes[ROLL_CHANGE_OFF_REGISTER], 1);
    assert_int_equal(counts->changes[ROLL_CHANGE_GONE_UNKNOWN], 0);
    assert_false(roll_check_blocks(result));
    /* One by one, each at its place. */
    const char *told = "";
    for (size_t i = 0; i < roll_check_change_count(result); i++) {
        struct roll_check_finding it;
        enum roll_change change;
        roll_check_change(ctx, result, i, &it, &change);
        told = mem_printf(ctx->mem, "%s%s %lld %s;", told, it.name, (long long)it.line,
                          roll_change_word(change));
    }
    assert_string_equal(told, "小明 3 turned_18;李芳 3 off_register;");
    assert_false(counts->villages_apart);
}

static void
villages_of_other_names_are_said_to_be_apart(void **state)
{
    struct ctx *ctx = *state;
    struct roll_check_plan plan = {.count = 2, .last_day = DATE_NONE};
    struct roll_check *result;
    const char *row = "村,组,姓名,公民身份号码\n361,一组,王伟,36102819750705451X\n";
    const struct roll_check_file files[] = {
        {put(ctx, "roll.csv", row), ROLL_KIND_ROLL},
        {put(ctx, "hukou.csv", "村,组,姓名,公民身份号码\n甲村,一组,王伟,36102819750705451X\n"),
         ROLL_KIND_HOUSEHOLD},
    };
    assert_true(date_parse("2021-03-20", &plan.polling_day));
    plan.files = files;
    plan.pack = support_pack(ctx, "cn-2018");
    assert_int_equal(roll_check_run(ctx, &plan, &result), ERR_OK);
    assert_true(roll_check_counts(result)->villages_apart);
    (void)put(ctx, "hukou.csv", row);
    assert_int_equal(roll_check_run(ctx, &plan, &result), ERR_OK);
    assert_false(roll_check_counts(result)->villages_apart);
}

/* Who lives elsewhere and declined or is silent; heads 2 and 3 (组织法 §13). */
static void
people_away_are_judged_by_head_and_answer(void **state)
{
    struct ctx *ctx = *state;
    struct roll_check_plan plan = {.count = 2, .last_day = DATE_NONE};
    const struct roll_check_file files[] = {
        {put(ctx, "roll.csv",
             "组,姓名,公民身份号码,登记类别,居住起始日期,申请日期\n"
             "一组,王伟,36102819750705451X,2,,\n一组,李芳,361002196101010017,1,,\n"
             "一组,新来,361002200303200010,3,2020-03-21,2021-02-01\n"),
         ROLL_KIND_ROLL},
        {put(ctx, "away.csv",
             "姓名,公民身份号码,外出地点,是否参加选举\n王伟,36102819750705451X,广东,否\n"
             "李芳,361002196101010017,广东,否\n"),
         ROLL_KIND_AWAY},
    };
    assert_true(date_parse("2021-03-20", &plan.polling_day));
    plan.files = files;
    /* 李芳 lives here whatever an old answer says; a day is missing to 新来's year. */
    assert_string_equal(check(ctx, plan), "2 declined;4 not_a_year");
    (void)put(ctx, "away.csv",
              "姓名,公民身份号码,外出地点,是否参加选举\n王伟,36102819750705451X,广东,是\n");
    assert_string_equal(check(ctx, plan), "4 not_a_year");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(age_counts_on_polling_day_itself),
        TEST(child_of_a_leap_day_is_of_age_on_the_last_of_february),
        TEST(missing_adult_is_told_with_his_household),
        TEST(changes_since_the_last_term_have_causes),
        TEST(villages_of_other_names_are_said_to_be_apart),
        TEST(people_away_are_judged_by_head_and_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
