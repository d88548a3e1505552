/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_expect.h"

#include "base/json.h"
#include "support/support.h"

static bool
is_met(struct ctx *ctx, const char *expect, const char *result)
{
    json_t *a = NULL;
    json_t *b = NULL;
    assert_int_equal(json_read(ctx, expect, strlen(expect), "expect", &a), ERR_OK);
    assert_int_equal(json_read(ctx, result, strlen(result), "result", &b), ERR_OK);
    return law_expect_met(a, b);
}

static void
objects_compare_by_expected_keys_at_every_depth(void **state)
{
    assert_true(is_met(*state, "{\"a\":{\"b\":1}}", "{\"a\":{\"b\":1,\"c\":2},\"d\":3}"));
    assert_true(is_met(*state, "{\"a\":[{\"b\":1},{}]}", "{\"a\":[{\"b\":1,\"c\":2},{\"d\":3}]}"));
    assert_false(is_met(*state, "{\"a\":{\"b\":1}}", "{\"a\":{\"c\":1}}"));
    assert_false(is_met(*state, "{\"a\":{}}", "{\"a\":[]}"));
}

static void
lists_compare_whole_and_in_order(void **state)
{
    assert_true(is_met(*state, "{\"a\":[1,2]}", "{\"a\":[1,2]}"));
    assert_false(is_met(*state, "{\"a\":[1,2]}", "{\"a\":[2,1]}"));
    assert_false(is_met(*state, "{\"a\":[1]}", "{\"a\":[1,2]}"));
    assert_false(is_met(*state, "{\"a_settled\":[1,2]}", "{\"a_settled\":[2,1]}"));
    assert_false(is_met(*state, "{\"set\":[1,2]}", "{\"set\":[2,1]}"));
}

static void
sets_compare_without_order(void **state)
{
    assert_true(is_met(*state, "{\"a_set\":[1,2]}", "{\"a_set\":[2,1]}"));
    assert_true(is_met(*state, "{\"a_set\":[1,2,1]}", "{\"a_set\":[2,1]}"));
    assert_true(is_met(*state, "{\"a\":{\"b_set\":[]}}", "{\"a\":{\"b_set\":[]}}"));
    assert_true(is_met(*state, "{\"a_set\":[{\"b\":1},{\"b\":2}]}",
                       "{\"a_set\":[{\"b\":2,\"c\":0},{\"b\":1}]}"));
    assert_false(is_met(*state, "{\"a_set\":[1]}", "{\"a_set\":[1,2]}"));
    assert_false(is_met(*state, "{\"a_set\":[1,2]}", "{\"a_set\":[1]}"));
    assert_false(is_met(*state, "{\"a_set\":[]}", "{\"a_set\":[1]}"));
    assert_false(is_met(*state, "{\"a_set\":[]}", "{\"a_set\":null}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(objects_compare_by_expected_keys_at_every_depth),
        TEST(lists_compare_whole_and_in_order),
        TEST(sets_compare_without_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
