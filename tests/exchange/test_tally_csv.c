/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/tally_csv.h"

#include <string.h>

#include "support/support.h"

#define HEAD "村代码,票箱,票号,主任,副主任,委员\n"
#define VILLAGES                                                                                                      \
    "村代码,登记选民数,主任候选,副主任候选,委员候选,主任名额,副主任名额,委员名额\n" \
    "529921100200,5,2,2,4,1,1,3\r\n529921100201,4,2,2,4,1,1,3\n"

static enum err
tally(struct ctx *ctx, const char *ballots, const char *villages, const char **ret_text,
      size_t *ret_length)
{
    const struct tally_input input = {ballots, strlen(ballots), villages};
    return tally_csv(ctx, &input, ret_text, ret_length);
}

static void
votes_over_votes_and_written_names_are_counted(void **state)
{
    struct ctx *ctx = *state;
    const char *text;
    size_t length;

    assert_int_equal(tally(ctx,
                           HEAD "529921100200,1,000001,1,,1;2;@王伟\n"
                                "529921100200,1,000002,1,1;2,1;2;3;4\n"
                                "529921100201,1,000001,2,,1\n"
                                "529921100200,1,000003,2,,1",
                           VILLAGES, &text, &length),
                     ERR_OK);

    /* 3 of 5 took part in the first village, 1 of 4 in the second. */
    assert_string_equal(text, "529921100200,主任,1,2,1\n"
                              "529921100200,主任,2,1,0\n"
                              "529921100200,委员,1,2,1\n"
                              "529921100200,委员,2,1,0\n"
                              "529921100200,委员,@王伟,1,0\n"
                              "529921100201,主任,2,1,0\n"
                              "529921100201,委员,1,1,0\n");
    assert_int_equal(length, strlen(text));
}

static void
equal_votes_over_the_last_seat_elect_nobody(void **state)
{
    struct ctx *ctx = *state;
    const char *text;
    size_t length;
    assert_int_equal(tally(ctx,
                           HEAD "529921100200,1,1,,,1;2;3\n529921100200,1,2,,,1;2;4\n"
                                "529921100200,1,3,,,1;3;4\n529921100200,1,4,,,1;2;3\n"
                                "529921100200,1,5,,,1;4\n",
                           VILLAGES, &text, &length),
                     ERR_OK);
    assert_string_equal(text, "529921100200,委员,1,5,1\n529921100200,委员,2,3,0\n"
                              "529921100200,委员,3,3,0\n529921100200,委员,4,3,0\n");
}

static void
lines_that_cannot_be_are_named(void **state)
{
    struct ctx *ctx = *state;
    static const char *const WRONG[] = {
        HEAD "529921100299,1,1,1,1,1\n",   HEAD "529921100200,1,1,1,1\n",
        HEAD "529921100200,1,1,1,1,1,1\n", HEAD "5299\n",
        HEAD "529921100200,1,1\n,1,1,1\n",
    };
    const char *text;
    size_t length;
    for (size_t i = 0; i < COUNT_OF(WRONG); i++) {
        assert_int_equal(tally(ctx, WRONG[i], VILLAGES, &text, &length), ERR_INVALID);
        assert_non_null(strstr(ctx->failure.message, "2"));
        failure_clear(ctx);
    }
    assert_int_equal(tally(ctx, HEAD, "村代码\n529921100200,x,2,2,4,1,1,3\n", &text, &length),
                     ERR_INVALID);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(votes_over_votes_and_written_names_are_counted),
        TEST(equal_votes_over_the_last_seat_elect_nobody),
        TEST(lines_that_cannot_be_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
