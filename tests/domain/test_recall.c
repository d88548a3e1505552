/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/recall.h"

#include "support/support.h"

#define NONE RECALL_NONE

static struct recall_result
decide(struct ctx *ctx, struct recall_facts facts)
{
    struct recall_result result;
    recall_decide(ctx, &facts, &result);
    assert_true(result.ruling.why.count > 0);
    return result;
}

static void
fifth_of_electors_may_ask(void **state)
{
    const struct recall_facts few = {1003, 200, NONE, NONE, NONE, NONE, NONE};
    const struct recall_facts enough = {1003, 201, NONE, NONE, NONE, NONE, NONE};
    const struct recall_facts nobody = {1003, NONE, NONE, NONE, NONE, NONE, NONE};
    assert_int_equal(decide(*state, few).accepted, RECALL_NO);
    assert_int_equal(decide(*state, enough).accepted, RECALL_YES);
    assert_int_equal(decide(*state, nobody).accepted, RECALL_NO);
    assert_int_equal(decide(*state, enough).valid, RECALL_UNKNOWN);
    const struct recall_result refused = decide(*state, few);
    assert_true(findings_have(&refused.ruling.findings, RULE_RCL_01));
}

static void
third_of_representatives_may_ask(void **state)
{
    const struct recall_facts few = {NONE, NONE, 31, 10, NONE, NONE, NONE};
    const struct recall_facts enough = {1000, 0, 31, 11, NONE, NONE, NONE};
    assert_int_equal(decide(*state, few).accepted, RECALL_NO);
    assert_int_equal(decide(*state, enough).accepted, RECALL_YES);
}

static void
recall_needs_a_valid_vote_and_more_than_half(void **state)
{
    const struct recall_facts passed = {NONE, NONE, NONE, NONE, 1200, 640, 321};
    const struct recall_facts half = {NONE, NONE, NONE, NONE, 1200, 640, 320};
    const struct recall_facts invalid = {NONE, NONE, NONE, NONE, 1200, 600, 500};
    assert_int_equal(decide(*state, passed).accepted, RECALL_UNKNOWN);
    assert_int_equal(decide(*state, passed).recalled, RECALL_YES);
    assert_int_equal(decide(*state, half).valid, RECALL_YES);
    assert_int_equal(decide(*state, half).recalled, RECALL_NO);
    assert_int_equal(decide(*state, invalid).valid, RECALL_NO);
    assert_int_equal(decide(*state, invalid).recalled, RECALL_NO);
}

static void
no_recall_without_a_lawful_request(void **state)
{
    const struct recall_facts facts = {1000, 199, 30, 9, 1000, 900, 800};
    assert_int_equal(decide(*state, facts).recalled, RECALL_NO);
}

static void
nothing_given_is_nothing_known(void **state)
{
    const struct recall_facts facts = {NONE, NONE, NONE, NONE, NONE, NONE, NONE};
    assert_int_equal(decide(*state, facts).accepted, RECALL_UNKNOWN);
    assert_int_equal(decide(*state, facts).recalled, RECALL_UNKNOWN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fifth_of_electors_may_ask),
        TEST(third_of_representatives_may_ask),
        TEST(recall_needs_a_valid_vote_and_more_than_half),
        TEST(no_recall_without_a_lawful_request),
        TEST(nothing_given_is_nothing_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
