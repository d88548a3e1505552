/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/assembly.h"

#include "support/support.h"

static struct assembly_result
decide(struct ctx *ctx, enum assembly_kind kind, int64_t total, int64_t present, int64_t favour)
{
    const struct assembly_facts facts = {kind, total, present, favour};
    struct assembly_result result;
    assembly_decide(ctx, &facts, &result);
    assert_int_equal(result.quorum, result.ruling.findings.count == 0);
    return result;
}

static void
representatives_need_two_thirds_and_more_than_half_in_favour(void **state)
{
    assert_false(decide(*state, ASSEMBLY_REPRESENTATIVES, 46, 30, 30).quorum);
    assert_false(decide(*state, ASSEMBLY_REPRESENTATIVES, 46, 30, 30).passed);
    assert_true(decide(*state, ASSEMBLY_REPRESENTATIVES, 46, 31, 15).quorum);
    assert_false(decide(*state, ASSEMBLY_REPRESENTATIVES, 46, 31, 15).passed);
    assert_true(decide(*state, ASSEMBLY_REPRESENTATIVES, 46, 31, 16).passed);
}

static void
villagers_need_more_than_half(void **state)
{
    assert_false(decide(*state, ASSEMBLY_VILLAGERS, 1000, 500, 400).quorum);
    assert_true(decide(*state, ASSEMBLY_VILLAGERS, 1000, 501, 251).passed);
}

static void
households_and_groups_need_exactly_two_thirds(void **state)
{
    assert_true(decide(*state, ASSEMBLY_HOUSEHOLDS, 300, 200, 101).passed);
    assert_false(decide(*state, ASSEMBLY_HOUSEHOLDS, 300, 199, 101).quorum);
    assert_int_equal(assembly_quorum(ASSEMBLY_GROUP, 91), 61);
    assert_string_equal(assembly_title(ASSEMBLY_GROUP).zh, "村民小组会议");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(representatives_need_two_thirds_and_more_than_half_in_favour),
        TEST(villagers_need_more_than_half),
        TEST(households_and_groups_need_exactly_two_thirds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
