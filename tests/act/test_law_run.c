/* SPDX-License-Identifier: Apache-2.0 */
#include "act/law_run.h"

#include "support/support.h"

static const char CASES[] = SOURCE_ROOT "/tests/law/recall.jsonl";

/* What law_run says to both streams. */
struct said {
    enum err result;
    char *out;
    char *err;
};

static struct said
say(struct ctx *ctx, const char *const *files, size_t count, bool quiet)
{
    const struct law_run_options options = {.quiet = quiet};
    struct said said = {0};
    size_t out_size = 0;
    size_t err_size = 0;
    FILE *out = open_memstream(&said.out, &out_size);
    FILE *err = open_memstream(&said.err, &err_size);
    said.result = law_run(ctx, files, count, &options, out, err);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(fclose(err), 0);
    return said;
}

static void
release(struct said *said)
{
    free(said->out);
    free(said->err);
}

static void
files_are_answered_in_turn_and_counted_together(void **state)
{
    const char *files[] = {CASES, CASES};
    struct said said = say(*state, files, 2, true);

    assert_int_equal(said.result, ERR_OK);
    assert_string_equal(said.out, "");
    assert_string_equal(said.err, "20 passed, 0 failed\n");
    release(&said);
}

static void
failed_case_gives_the_answer_no(void **state)
{
    struct ctx *ctx = *state;
    char name[] = "/tmp/cunxuan-law-XXXXXX";
    const int fd = mkstemp(name);
    FILE *file = fdopen(fd, "w");
    fputs("{\"id\":\"a\",\"check\":\"recall\",\"given\":{},\"expect\":{\"accepted\":true}}", file);
    assert_int_equal(fclose(file), 0);
    const char *files[] = {name};

    struct said said = say(ctx, files, 1, true);

    assert_int_equal(said.result, ERR_NO);
    assert_int_equal(ctx->failure.err, ERR_OK);
    assert_non_null(strstr(said.out, "\"pass\":false"));
    assert_string_equal(said.err, "0 passed, 1 failed\n");
    release(&said);
    assert_int_equal(remove(name), 0);
}

static void
file_that_is_not_there_is_a_failure(void **state)
{
    struct ctx *ctx = *state;
    const char *files[] = {"no-such-file.jsonl"};
    struct said said = say(ctx, files, 1, false);

    assert_int_equal(said.result, ERR_IO);
    assert_non_null(strstr(ctx->failure.message, "no-such-file.jsonl"));
    release(&said);
}

static void
standard_input_is_read_without_files(void **state)
{
    assert_non_null(freopen(CASES, "rb", stdin));
    struct said said = say(*state, NULL, 0, false);

    assert_int_equal(said.result, ERR_OK);
    assert_non_null(strstr(said.out, "\"T65a\""));
    release(&said);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_are_answered_in_turn_and_counted_together),
        TEST(failed_case_gives_the_answer_no),
        TEST(file_that_is_not_there_is_a_failure),
        TEST(standard_input_is_read_without_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
