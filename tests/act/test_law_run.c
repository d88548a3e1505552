/* SPDX-License-Identifier: Apache-2.0 */
#include "act/law_run.h"

#include "support/support.h"

static const char CASES[] = SOURCE_ROOT "/tests/law/recall.jsonl";

/* Everything written to a temporary file, which is closed. */
static const char *
read_back(struct ctx *ctx, FILE *file)
{
    const long size = ftell(file);
    char *text = mem_array(ctx->mem, char, size + 1);
    rewind(file);
    assert_int_equal(fread(text, 1, (size_t)size, file), size);
    assert_int_equal(fclose(file), 0);
    return text;
}

struct said {
    enum err result;
    const char *out;
    struct law_run_counts counts;
};

static struct said
say(struct ctx *ctx, const char *const *files, size_t count, bool quiet)
{
    const struct law_run_options options = {.quiet = quiet};
    struct said said = {0};
    FILE *out = tmpfile();
    said.result = law_run(ctx, files, count, &options, out, &said.counts);
    said.out = read_back(ctx, out);
    return said;
}

static void
files_are_answered_in_turn_and_counted_together(void **state)
{
    const char *files[] = {CASES, CASES};
    const struct said said = say(*state, files, 2, true);

    assert_int_equal(said.result, ERR_OK);
    assert_string_equal(said.out, "");
    assert_int_equal(said.counts.passed, 20);
    assert_int_equal(said.counts.failed, 0);
}

static void
failed_case_is_counted_and_shown(void **state)
{
    char name[] = "/tmp/cunxuan-law-XXXXXX";
    FILE *file = fdopen(mkstemp(name), "w");
    fputs("{\"id\":\"a\",\"check\":\"recall\",\"given\":{},\"expect\":{\"accepted\":true}}", file);
    assert_int_equal(fclose(file), 0);
    const char *files[] = {name};

    const struct said said = say(*state, files, 1, true);

    assert_int_equal(said.result, ERR_OK);
    assert_non_null(strstr(said.out, "\"pass\":false"));
    assert_int_equal(said.counts.failed, 1);
    assert_int_equal(remove(name), 0);
}

static void
file_that_is_not_there_is_a_failure(void **state)
{
    struct ctx *ctx = *state;
    const char *files[] = {"no-such-file.jsonl"};

    assert_int_equal(say(ctx, files, 1, false).result, ERR_NOT_FOUND);
    assert_non_null(strstr(ctx->failure.message, "no-such-file.jsonl"));
}

static void
standard_input_is_read_without_files(void **state)
{
    assert_non_null(freopen(CASES, "rb", stdin));
    const struct said said = say(*state, NULL, 0, false);

    assert_int_equal(said.result, ERR_OK);
    assert_non_null(strstr(said.out, "\"T65a\""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_are_answered_in_turn_and_counted_together),
        TEST(failed_case_is_counted_and_shown),
        TEST(file_that_is_not_there_is_a_failure),
        TEST(standard_input_is_read_without_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
