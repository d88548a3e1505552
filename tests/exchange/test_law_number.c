/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_number.h"

#include "support/support.h"

static const json_t *
read(struct ctx *ctx, const char *text)
{
    json_t *value = NULL;
    assert_int_equal(law_json_read(ctx, text, strlen(text), &value), ERR_OK);
    assert_int_equal(ctx->failure.err, ERR_OK);
    return value;
}

static void
numbers_in_range_stay_as_they_are(void **state)
{
    const json_t *value = read(*state, "[999999999999999999,-7,0]");
    assert_true(json_integer_value(json_array_get(value, 0)) == INT64_C(999999999999999999));
    assert_true(json_integer_value(json_array_get(value, 1)) == -7);
}

static void
numbers_beyond_range_are_no_integers_and_the_rest_is_kept(void **state)
{
    static const char TEXT[] = "{\"id\":\"\\\"99999999999999999999\",\"a\":99999999999999999999,"
                               "\"b\":-1e+999,\"c\":[1,0.5,12]}";
    const json_t *value = read(*state, TEXT);
    assert_string_equal(json_text_of(value, "id"), "\"99999999999999999999");
    assert_true(json_is_real(json_object_get(value, "a")));
    assert_true(json_is_real(json_object_get(value, "b")));
    assert_true(json_integer_value(json_array_get(json_object_get(value, "c"), 2)) == 12);
}

static void
what_is_no_json_stays_none(void **state)
{
    struct ctx *ctx = *state;
    static const char *const BAD[] = {"[99999999999999999999",
                                      "[099999999999999999999]",
                                      "[1e]",
                                      "[-]",
                                      "[99999999999999999999,1.]",
                                      "[1e999,+1]"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        json_t *value = NULL;
        failure_clear(ctx);
        assert_int_equal(law_json_read(ctx, BAD[i], strlen(BAD[i]), &value), ERR_INVALID);
        assert_int_equal(ctx->failure.err, ERR_INVALID);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_in_range_stay_as_they_are),
        TEST(numbers_beyond_range_are_no_integers_and_the_rest_is_kept),
        TEST(what_is_no_json_stays_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
