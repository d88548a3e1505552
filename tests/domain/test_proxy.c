/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/proxy.h"

#include "support/days.h"
#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

static struct proxy_facts
a_proxy(const char *polling_day, const char *filed)
{
    return (struct proxy_facts){
        .polling_day = support_day(polling_day),
        .filed = support_day(filed),
        .principal_registered = true,
        .principal_away = true,
        .proxy_registered = true,
        .relation = RELATION_CHILD,
    };
}

static const char *
decide(struct ctx *ctx, const char *law, struct proxy_facts facts)
{
    struct proxy_result result;
    proxy_decide(ctx, support_pack(ctx, law), &facts, &result);
    const char *rules = support_all_rules(ctx, &result.ruling);
    assert_int_equal(result.ok, rules[0] == '\0');
    return rules;
}

static void
fourth_proxy_is_refused(void **state)
{
    struct proxy_facts facts = a_proxy("2021-03-20", "2021-03-10");
    facts.holds = 2;
    assert_string_equal(decide(*state, "cn-2018", facts), "");
    facts.holds = 3;
    assert_string_equal(decide(*state, "cn-2018", facts), "PRX-02");
}

static void
neighbour_may_hold_a_proxy_from_2026(void **state)
{
    struct proxy_facts facts = a_proxy("2021-03-20", "2021-03-10");
    facts.relation = RELATION_NONE;
    assert_string_equal(decide(*state, "cn-2018+jiangxi", facts), "PRX-01");
    facts.relation = RELATION_CHILD_IN_LAW;
    assert_string_equal(decide(*state, "cn-2018+jiangxi", facts), "PRX-01");
    assert_string_equal(decide(*state, "cn-2025+jiangxi", facts), "");
}

static void
last_day_to_file_is_the_packs(void **state)
{
    struct proxy_facts facts = a_proxy("2021-03-20", "2021-03-17");
    assert_string_equal(decide(*state, "cn-2018+zhejiang", facts), "");
    assert_string_equal(decide(*state, "cn-2018+shanghai", facts), "CAL-06");
    facts.filed = support_day("2021-03-18");
    assert_string_equal(decide(*state, "cn-2018+jiangxi", facts), "CAL-06");
    facts.filed = support_day("2021-03-20");
    facts.on_site = true;
    assert_string_equal(decide(*state, "cn-2018", facts), "");
    facts.filed = support_day("2021-03-10");
    assert_string_equal(decide(*state, "cn-2018+beijing", facts), "CAL-06");
}

static void
everything_at_once_is_told(void **state)
{
    struct proxy_facts facts = a_proxy("2021-03-20", "2021-03-19");
    facts.principal_registered = facts.principal_away = facts.proxy_registered = false;
    facts.holds = 4;
    facts.candidate = facts.redelegated = true;
    assert_string_equal(decide(*state, "cn-2018+jiangxi", facts),
                        "PRX-01 PRX-02 PRX-03 PRX-04 CAL-06");
}

static void
special_reason_is_as_good_as_absence_in_shanghai(void **state)
{
    struct proxy_facts facts = a_proxy("2021-03-20", "2021-03-10");
    facts.principal_away = false;
    facts.principal_has_reason = true;
    assert_string_equal(decide(*state, "cn-2018+jiangxi", facts), "PRX-01");
    assert_string_equal(decide(*state, "cn-2018+shanghai", facts), "");
    facts.principal_has_reason = false;
    assert_string_equal(decide(*state, "cn-2018+shanghai", facts), "PRX-01");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fourth_proxy_is_refused),
        TEST(neighbour_may_hold_a_proxy_from_2026),
        TEST(last_day_to_file_is_the_packs),
        TEST(everything_at_once_is_told),
        TEST(special_reason_is_as_good_as_absence_in_shanghai),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
