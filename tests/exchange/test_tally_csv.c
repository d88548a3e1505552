/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/tally_csv.h"

#include <string.h>

#include "base/buf.h"
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

enum { MANY = 100000 };

/* MANY ballots, enough for several parts, with the village and marks of line `odd_line` replaced.
 */
static const char *
many_ballots(struct ctx *ctx, int64_t odd_line, const char *odd)
{
    struct buf text;
    buf_init(&text, ctx->mem, SIZE_MAX);
    buf_add_text(&text, HEAD);
    for (int64_t line = 2; line < MANY + 2; line++) {
        if (line == odd_line)
            buf_add_format(&text, "%s\n", odd);
        else
            buf_add_format(&text, "52992110020%d,1,%06d,%d,,1;%d\n", line % 3 == 0, (int)line,
                           line % 5 ? 1 : 2, (int)(line % 4) + 9);
    }
    return text.data;
}

static void
parts_counted_at_once_add_up_in_the_order_of_lines(void **state)
{
    struct ctx *ctx = *state;
    static const char LIST[] = "村代码\n529921100200,200000,2,2,4,1,1,3\n"
                               "529921100201,40000,2,2,4,1,1,3\n";
    const char *text;
    size_t length;
    assert_int_equal(tally(ctx, many_ballots(ctx, MANY, "529921100200,1,1,@王伟,@李芳,12"), LIST,
                           &text, &length),
                     ERR_OK);
    /* Line 100000 is of the first village, "2" and 9 of "委员" otherwise. */
    assert_string_equal(text, "529921100200,主任,1,53333,0\n529921100200,主任,2,13333,0\n"
                              "529921100200,主任,@王伟,1,0\n529921100200,委员,1,66666,0\n"
                              "529921100200,委员,11,16667,0\n529921100200,委员,9,16666,0\n"
                              "529921100200,委员,10,16667,0\n529921100200,委员,12,16667,0\n"
                              "529921100200,副主任,@李芳,1,0\n"
                              "529921100201,主任,1,26667,1\n529921100201,主任,2,6666,0\n"
                              "529921100201,委员,1,33333,1\n529921100201,委员,12,8334,0\n"
                              "529921100201,委员,11,8333,0\n529921100201,委员,10,8333,0\n"
                              "529921100201,委员,9,8333,0\n");
}

static void
first_wrong_line_is_named_whichever_part_holds_it(void **state)
{
    struct ctx *ctx = *state;
    static const int64_t LINES[] = {2, 3, MANY / 2, MANY / 2 + 1, MANY - 1, MANY + 1};
    const char *text;
    size_t length;
    for (size_t i = 0; i < COUNT_OF(LINES); i++) {
        assert_int_equal(tally(ctx, many_ballots(ctx, LINES[i], "529921100299,1,1,,,"), VILLAGES,
                               &text, &length),
                         ERR_INVALID);
        assert_string_equal(ctx->failure.message,
                            mem_printf(ctx->mem, "ballots 第 %lld 行不对", (long long)LINES[i]));
        failure_clear(ctx);
    }
}

static void
file_with_a_heading_only_has_an_empty_answer(void **state)
{
    struct ctx *ctx = *state;
    const char *text;
    size_t length;
    assert_int_equal(tally(ctx, HEAD, VILLAGES, &text, &length), ERR_OK);
    assert_int_equal(length, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(votes_over_votes_and_written_names_are_counted),
        TEST(equal_votes_over_the_last_seat_elect_nobody),
        TEST(lines_that_cannot_be_are_named),
        TEST(parts_counted_at_once_add_up_in_the_order_of_lines),
        TEST(first_wrong_line_is_named_whichever_part_holds_it),
        TEST(file_with_a_heading_only_has_an_empty_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
