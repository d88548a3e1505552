/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/second.h"

#include "support/support.h"

static const struct second_loser LOSERS[] = {{"甲", 10}, {"乙", 30}, {"丙", 20}, {"丁", 20}};

static void
one_more_than_vacant_by_votes(void **state)
{
    struct ctx *ctx = *state;
    struct names names;
    second_pick(ctx, LOSERS, 4, 0, &names);
    assert_string_equal(names_join(ctx, &names), "乙");
    second_pick(ctx, LOSERS, 3, 1, &names);
    assert_string_equal(names_join(ctx, &names), "乙、丙");
}

static void
equal_last_votes_stand_together(void **state)
{
    struct ctx *ctx = *state;
    struct names names;
    second_pick(ctx, LOSERS, 4, 1, &names);
    assert_string_equal(names_join(ctx, &names), "乙、丙、丁");
}

static void
fewer_than_asked_is_all_there_are(void **state)
{
    struct ctx *ctx = *state;
    struct names names;
    second_pick(ctx, LOSERS, 2, 5, &names);
    assert_string_equal(names_join(ctx, &names), "乙、甲");
    second_pick(ctx, LOSERS, 0, 1, &names);
    assert_int_equal(names.count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_more_than_vacant_by_votes),
        TEST(equal_last_votes_stand_together),
        TEST(fewer_than_asked_is_all_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
