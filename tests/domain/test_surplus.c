/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/surplus.h"

#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

static struct surplus_result
decide(struct ctx *ctx, const char *law, struct surplus_facts facts)
{
    struct surplus_result result;
    surplus_decide(ctx, support_pack(ctx, law), &facts, &result);
    assert_int_equal(result.ok, result.ruling.findings.count == 0);
    return result;
}

static void
as_many_candidates_as_seats_are_not_lawful(void **state)
{
    const struct surplus_facts equal = {SURPLUS_VILLAGE, POST_MEMBER, 3, 3};
    const struct surplus_facts more = {SURPLUS_VILLAGE, POST_MEMBER, 3, 9};
    assert_false(decide(*state, "cn-2018", equal).ok);
    assert_int_equal(decide(*state, "cn-2018", equal).need, 4);
    assert_true(decide(*state, "cn-2018", more).ok);
    assert_int_equal(decide(*state, "cn-2018", more).most, SURPLUS_NO_LIMIT);
}

static void
pack_limits_the_candidates_of_each_post(void **state)
{
    const struct surplus_facts chair = {SURPLUS_VILLAGE, POST_CHAIR, 1, 3};
    const struct surplus_facts vice = {SURPLUS_VILLAGE, POST_VICE_CHAIR, 1, 2};
    const struct surplus_facts women = {SURPLUS_VILLAGE, POST_WOMEN_MEMBER, 1, 4};
    assert_false(decide(*state, "cn-2018+shanghai", chair).ok);
    assert_int_equal(decide(*state, "cn-2018+shanghai", chair).most, 2);
    assert_true(decide(*state, "cn-2018+shanghai", vice).ok);
    assert_int_equal(decide(*state, "cn-2018+shanghai", women).most, 4);
}

static void
party_committee_needs_a_fifth_more_and_officers_none(void **state)
{
    const struct surplus_facts five = {SURPLUS_PARTY_COMMITTEE, POST_MEMBER, 5, 6};
    const struct surplus_facts seven = {SURPLUS_PARTY_COMMITTEE, POST_MEMBER, 7, 8};
    const struct surplus_facts secretary = {SURPLUS_PARTY_OFFICERS, POST_MEMBER, 1, 1};
    assert_true(decide(*state, "cn-2018", five).ok);
    assert_false(decide(*state, "cn-2018", seven).ok);
    assert_int_equal(decide(*state, "cn-2018", seven).need, 9);
    assert_true(decide(*state, "cn-2018", secretary).ok);
    const struct surplus_result few = decide(*state, "cn-2018", seven);
    assert_string_equal(support_all_rules(*state, &few.ruling), "PTY-03");
}

static void
plan_has_its_own_table_of_first_proposals(void **state)
{
    const struct surplus_facts five = {SURPLUS_PARTY_INITIAL, POST_MEMBER, 5, 7};
    const struct surplus_facts four = {SURPLUS_PARTY_INITIAL, POST_MEMBER, 4, 6};
    assert_int_equal(decide(*state, "cn-2018", five).need, 8);
    assert_int_equal(decide(*state, "cn-2018+jiangxi", five).need, 7);
    assert_int_equal(decide(*state, "cn-2018+jiangxi", five).need_strict, 8);
    assert_int_equal(decide(*state, "cn-2018+jiangxi", four).need, 6);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(as_many_candidates_as_seats_are_not_lawful),
        TEST(pack_limits_the_candidates_of_each_post),
        TEST(party_committee_needs_a_fifth_more_and_officers_none),
        TEST(plan_has_its_own_table_of_first_proposals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
