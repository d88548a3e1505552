/* SPDX-License-Identifier: Apache-2.0 */
/* Runs every file of worked cases in tests/law. */
#include "exchange/law_case.h"

#include <glob.h>

#include "support/support.h"

static size_t
count_lines(FILE *file)
{
    size_t lines = 0;
    for (int character = fgetc(file); character != EOF; character = fgetc(file))
        lines += character == '\n';
    rewind(file);
    return lines;
}

static void
check_file(struct ctx *ctx, const char *path)
{
    const struct law_options options = {.quiet = true};
    struct law_counts counts = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t lines = count_lines(file);

    assert_int_equal(law_answer_stream(ctx, file, &options, stderr, &counts), ERR_OK);

    assert_int_equal(fclose(file), 0);
    if (counts.failed > 0 || counts.passed != (int64_t)lines)
        fail_msg("%s: %lld of %zu lines passed", path, (long long)counts.passed, lines);
}

static void
every_worked_case_comes_out_as_expected(void **state)
{
    glob_t found;
    assert_int_equal(glob(SOURCE_ROOT "/tests/law/*.jsonl", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        check_file(*state, found.gl_pathv[i]);
    globfree(&found);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_worked_case_comes_out_as_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
