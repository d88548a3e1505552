/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/register.h"

#include "support/days.h"
#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

static struct register_facts
a_person(const char *birth)
{
    return (struct register_facts){
        .polling_day = support_day("2021-03-20"),
        .birth = support_day(birth),
        .resident_since = DATE_NONE,
        .village_work_since = DATE_NONE,
    };
}

/* The rules that stand against him, or the head he is registered under: "1". */
static const char *
decide(struct ctx *ctx, const char *law, struct register_facts facts)
{
    struct register_result result;
    register_decide(ctx, support_pack(ctx, law), &facts, &result);
    const char *rules = support_all_rules(ctx, &result.ruling);
    assert_int_equal(result.registered, rules[0] == '\0');
    assert_int_equal(result.registered, result.head != HEAD_NONE);
    return result.registered ? mem_printf(ctx->mem, "%d", result.head) : rules;
}

static void
villager_is_of_age_on_the_birthday_itself(void **state)
{
    struct register_facts facts = a_person("2003-03-20");
    facts.hukou_here = facts.resident_here = true;
    assert_string_equal(decide(*state, "cn-2018", facts), "1");
    facts.birth = support_day("2003-03-21");
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-01");
    assert_true(register_is_adult(support_day("2004-02-29"), support_day("2022-02-28")));
}

static void
last_day_of_birth_of_age_is_the_last(void **state)
{
    (void)state;
    static const struct {
        const char *day, *birth;
    } CASES[] =
        {
            {"2021-03-20", "2003-03-20"}, {"2021-12-31", "2003-12-31"},
            {"2022-01-01", "2004-01-01"}, {"2022-02-27", "2004-02-27"},
            {"2022-02-28", "2004-02-29"}, /* of age on the 28th: there is no 29th */
            {"2022-03-01", "2004-03-01"}, {"2024-02-28", "2006-02-28"},
            {"2024-02-29", "2006-02-28"}, {"2024-03-01", "2006-03-01"},
        };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct date day = support_day(CASES[i].day);
        const struct date birth = register_last_birth(day);
        assert_int_equal(birth.day, support_day(CASES[i].birth).day);
        assert_true(register_is_adult(birth, day));
        assert_false(register_is_adult(date_add_days(birth, 1), day));
    }
}

static void
all_rules_against_him_are_told(void **state)
{
    struct register_facts facts = a_person("1980-05-05");
    facts.hukou_here = facts.resident_here = true;
    facts.deprived = facts.registered_elsewhere = facts.stationed = facts.unable = true;
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-01 REG-04 REG-08");
    assert_string_equal(decide(*state, "cn-2018+beijing", facts), "REG-01 REG-04 REG-08 REG-05");
}

static void
absent_villager_is_listed_by_his_wish(void **state)
{
    struct register_facts facts = a_person("1980-05-05");
    facts.hukou_here = true;
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-02");
    facts.reply_due_passed = true;
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-03");
    facts.wishes = WISH_YES;
    assert_string_equal(decide(*state, "cn-2018", facts), "2");
    facts.reply_due_passed = false;
    facts.wishes = WISH_NO;
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-03");
}

static void
newcomer_needs_a_year_an_application_and_consent(void **state)
{
    struct register_facts facts = a_person("1980-05-05");
    facts.resident_here = facts.applied = true;
    facts.resident_since = support_day("2020-03-20");
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-02");
    facts.assembly_consent = true;
    assert_string_equal(decide(*state, "cn-2018", facts), "3");
    facts.applied = false;
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-02");
    facts.applied = true;
    facts.resident_since = support_day("2020-03-21");
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-02");
}

static void
year_of_village_work_counts_where_the_pack_says_so(void **state)
{
    struct register_facts facts = a_person("1980-05-05");
    facts.applied = facts.assembly_consent = true;
    facts.village_work_since = support_day("2020-03-20");
    assert_string_equal(decide(*state, "cn-2018", facts), "REG-02");
    assert_string_equal(decide(*state, "cn-2018+zhejiang", facts), "3");
    assert_string_equal(decide(*state, "cn-2025", facts), "3");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(villager_is_of_age_on_the_birthday_itself),
        TEST(last_day_of_birth_of_age_is_the_last),
        TEST(all_rules_against_him_are_told),
        TEST(absent_villager_is_listed_by_his_wish),
        TEST(newcomer_needs_a_year_an_application_and_consent),
        TEST(year_of_village_work_counts_where_the_pack_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
