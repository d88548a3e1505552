/* SPDX-License-Identifier: Apache-2.0 */
/* How `cunxuan law` reads its lines and judges expectations. */
#include "exchange/law_case.h"

#include "support/support.h"

#define ASSEMBLY                                                                                   \
    "\"check\":\"assembly\",\"given\":{\"kind\":\"group\",\"total\":9,\"present\":6,\"favour\":4}"
#define GOOD "{\"id\":\"a\"," ASSEMBLY "}"

struct run {
    const char *output;
    struct law_counts counts;
    enum err err;
};

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

static struct run
run_bytes(struct ctx *ctx, const char *bytes, size_t length, bool quiet)
{
    const struct law_options options = {.quiet = quiet};
    struct run run = {0};
    FILE *in = tmpfile();
    FILE *out = tmpfile();
    assert_int_equal(fwrite(bytes, 1, length, in), length);
    rewind(in);

    run.err = law_answer_stream(ctx, in, &options, out, &run.counts);

    assert_int_equal(fclose(in), 0);
    run.output = read_back(ctx, out);
    return run;
}

static struct run
run_text(struct ctx *ctx, const char *text)
{
    return run_bytes(ctx, text, strlen(text), false);
}

/* The only line of output, read back. */
static const json_t *
answer_to(struct ctx *ctx, const char *line)
{
    const struct run run = run_text(ctx, line);
    json_t *answer = NULL;
    assert_int_equal(run.err, ERR_OK);
    assert_int_equal(json_read(ctx, run.output, strlen(run.output), "answer", &answer), ERR_OK);
    return answer;
}

static void
assert_refused(struct ctx *ctx, const char *line, const char *field)
{
    const json_t *answer = answer_to(ctx, line);
    const json_t *error = json_object_get(answer, "error");
    assert_null(json_object_get(answer, "result"));
    assert_string_equal(json_text_of(error, "code"), "invalid");
    assert_true(strlen(json_text_of(error, "message")) > 0);
    if (field)
        assert_string_equal(json_text_of(error, "field"), field);
    else
        assert_true(json_is_null(json_object_get(error, "field")));
}

static void
assert_pass(struct ctx *ctx, const char *expect, bool pass)
{
    const json_t *answer =
        answer_to(ctx, mem_printf(ctx->mem, "{\"id\":\"a\",\"expect\":%s," ASSEMBLY "}", expect));
    const json_t *found = json_object_get(answer, "pass");
    assert_true(json_is_boolean(found));
    assert_int_equal(json_is_true(found), pass);
}

static void
answer_has_its_keys_in_order(void **state)
{
    struct ctx *ctx = *state;
    const struct run run =
        run_text(ctx, "{\"expect\":{\"passed\":true},\"id\":\"甲\",\"note\":\"\"," ASSEMBLY "}\n");
    static const char START[] = "{\"id\":\"甲\",\"check\":\"assembly\",\"result\":{\"quorum\":true,"
                                "\"passed\":true},\"why\":[\"";
    static const char END[] = "\"],\"pass\":true}\n";
    assert_memory_equal(run.output, START, strlen(START));
    assert_string_equal(run.output + strlen(run.output) - strlen(END), END);
    assert_int_equal(run.counts.passed, 1);
}

static void
every_line_but_empty_ones_gets_one_answer(void **state)
{
    const struct run run =
        run_text(*state, "\xEF\xBB\xBF" GOOD "\r\n\r\n  \t\n" GOOD "\n[1]\nnull\n" GOOD);
    size_t lines = 0;
    for (const char *at = run.output; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 5);
    assert_int_equal(run.counts.passed + run.counts.failed, 0);
}

static void
short_files_are_read_whole(void **state)
{
    assert_string_equal(run_text(*state, "").output, "");
    assert_string_equal(run_text(*state, "\xEF\xBB\xBF").output, "");
    assert_refused(*state, "7", NULL);
}

static void
line_that_is_no_object_has_no_id(void **state)
{
    struct ctx *ctx = *state;
    static const char *const BAD[] = {"[]",
                                      "\"a\"",
                                      "7",
                                      "null",
                                      "{",
                                      "{\"id\":\"a\"} x",
                                      "{\"id\":\"a\",\"id\":\"b\"}",
                                      "{\"id\":\"\xff\"}"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        const json_t *answer = answer_to(ctx, BAD[i]);
        assert_true(json_is_null(json_object_get(answer, "id")));
        assert_refused(ctx, BAD[i], NULL);
    }
}

static void
nul_bytes_are_refused(void **state)
{
    static const char BYTES[] = "{\"id\":\"a\0b\"," ASSEMBLY "}\n\0\n";
    const struct run run = run_bytes(*state, BYTES, sizeof BYTES - 1, false);
    size_t errors = 0;
    for (const char *at = run.output; (at = strstr(at, "\"error\"")); at++)
        errors++;
    assert_int_equal(errors, 2);
}

static void
keys_of_the_line_are_strict(void **state)
{
    struct ctx *ctx = *state;
    assert_refused(ctx, "{" ASSEMBLY "}", "id");
    assert_refused(ctx, "{\"id\":7," ASSEMBLY "}", "id");
    assert_refused(ctx, "{\"id\":\"a\",\"law\":7," ASSEMBLY "}", "law");
    assert_refused(ctx, "{\"id\":\"a\",\"law\":\"cn-1998\"," ASSEMBLY "}", "law");
    assert_refused(ctx, "{\"id\":\"a\",\"law\":\"jiangxi\"," ASSEMBLY "}", "law");
    assert_refused(ctx, "{\"id\":\"a\",\"note\":7," ASSEMBLY "}", "note");
    assert_refused(ctx, "{\"id\":\"a\",\"extra\":7," ASSEMBLY "}", "extra");
    assert_refused(ctx, "{\"id\":\"a\",\"expect\":7," ASSEMBLY "}", "expect");
    assert_refused(ctx, "{\"id\":\"a\",\"check\":\"assembly\"}", "given");
    assert_refused(ctx, "{\"id\":\"a\",\"check\":\"assembly\",\"given\":7}", "given");
    assert_refused(ctx, "{\"id\":\"a\",\"check\":\"census\",\"given\":{}}", "check");
    assert_refused(ctx, "{\"id\":\"a\",\"check\":null,\"given\":{}}", "check");
}

static void
numbers_beyond_all_range_are_refused_by_field(void **state)
{
    struct ctx *ctx = *state;
    static const char *const BAD[] = {"99999999999999999999",
                                      "-99999999999999999999",
                                      "1e999",
                                      "1000000000",
                                      "-1",
                                      "1.0",
                                      "true",
                                      "\"1\"",
                                      "1E2"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        assert_refused(ctx,
                       mem_printf(ctx->mem,
                                  "{\"id\":\"\\\"9\",\"check\":\"assembly\",\"given\":{\"kind\":"
                                  "\"group\",\"total\":%s,\"present\":6,\"favour\":4}}",
                                  BAD[i]),
                       "given.total");
    assert_refused(ctx, "{\"id\":\"a\",\"x\":-}", NULL);
    assert_refused(ctx, "{\"id\":\"a\",\"x\":01e999}", NULL);
}

static void
line_without_end_is_refused_and_the_run_goes_on(void **state)
{
    struct ctx *ctx = *state;
    enum { SIZE = 33 * 1024 * 1024 };
    char *bytes = mem_array(ctx->mem, char, SIZE);
    memset(bytes, 'a', SIZE);
    memcpy(bytes + SIZE - sizeof GOOD, "\n" GOOD, sizeof GOOD);

    const struct run run = run_bytes(ctx, bytes, SIZE, false);

    static const char START[] = "{\"id\":null,\"check\":null,\"error\":{\"code\":\"invalid\"";
    assert_int_equal(run.err, ERR_OK);
    assert_memory_equal(run.output, START, strlen(START));
    assert_non_null(strstr(run.output, "\"quorum\":true"));
}

static void
expectations_compare_by_the_keys_they_name(void **state)
{
    struct ctx *ctx = *state;
    assert_pass(ctx, "{}", true);
    assert_pass(ctx, "{\"quorum\":true}", true);
    assert_pass(ctx, "{\"quorum\":false}", false);
    assert_pass(ctx, "{\"quorum\":1}", false);
    assert_pass(ctx, "{\"quorate\":true}", false);
    assert_pass(ctx, "{\"error\":\"invalid\"}", false);
}

static void
expected_error_passes_alone(void **state)
{
    struct ctx *ctx = *state;
    static const char *const EXPECT[] = {"{\"error\":\"invalid\"}", "{\"error\":\"other\"}",
                                         "{\"error\":\"invalid\",\"ok\":true}", "{}", "7"};
    for (size_t i = 0; i < COUNT_OF(EXPECT); i++) {
        const json_t *answer = answer_to(
            ctx, mem_printf(ctx->mem, "{\"id\":\"a\",\"check\":\"kin\",\"given\":{},\"expect\":%s}",
                            EXPECT[i]));
        assert_int_equal(json_is_true(json_object_get(answer, "pass")), i == 0);
    }
}

static void
quiet_run_prints_failures_only(void **state)
{
    static const char LINES[] =
        GOOD "\n{\"id\":\"b\",\"expect\":{\"passed\":true}," ASSEMBLY
             "}\n{\"id\":\"c\",\"expect\":{\"passed\":false}," ASSEMBLY "}\n";
    const struct run run = run_bytes(*state, LINES, strlen(LINES), true);
    static const char START[] = "{\"id\":\"c\"";
    assert_memory_equal(run.output, START, strlen(START));
    assert_int_equal(run.counts.passed, 1);
    assert_int_equal(run.counts.failed, 1);
}

static void
sentences_follow_the_language(void **state)
{
    struct ctx *ctx = *state;
    assert_non_null(strstr(run_text(ctx, GOOD).output, "达到法定人数"));
    ctx->lang = LANG_EN;
    assert_non_null(strstr(run_text(ctx, GOOD).output, "a quorum"));
}

static void
date_chooses_the_national_law(void **state)
{
    struct ctx *ctx = *state;
    static const struct {
        const char *law, *day;
        bool avoid;
    } CASES[] = {
        {"", "\"polling_day\":\"2025-12-31\",", false},
        {"", "\"polling_day\":\"2026-01-01\",", true},
        {"\"law\":\"auto\",", "\"polling_day\":\"1999-05-05\",", false},
        {"\"law\":\"auto\",", "", true},
        {"\"law\":\"cn-2018\",", "\"polling_day\":\"2026-01-01\",", false},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct run run =
            run_text(ctx, mem_printf(ctx->mem,
                                     "{\"id\":\"a\",%s\"check\":\"kin\",\"given\":{%s\"a\":\"甲\","
                                     "\"b\":\"乙\",\"relation\":\"spouse\"}}",
                                     CASES[i].law, CASES[i].day));
        assert_non_null(strstr(run.output, CASES[i].avoid ? "\"avoid\":true" : "\"avoid\":false"));
    }
}

static void
more_laws_than_are_kept_are_answered_too(void **state)
{
    struct ctx *ctx = *state;
    enum { DAYS = 70 };
    char *lines = mem_text(ctx->mem, "");
    for (int i = 0; i < DAYS * 2; i++)
        lines = mem_printf(ctx->mem,
                           "%s{\"id\":\"a\",\"expect\":{\"avoid\":false},\"check\":\"kin\","
                           "\"given\":{\"polling_day\":\"20%02d-01-01\",\"a\":\"甲\",\"b\":\"乙\","
                           "\"relation\":\"none\"}}\n",
                           lines, i % DAYS);
    assert_int_equal(run_text(ctx, lines).counts.passed, DAYS * 2);
}

static void
output_that_cannot_be_written_is_a_failure(void **state)
{
    const struct law_options options = {.quiet = false};
    struct law_counts counts = {0};
    FILE *in = tmpfile();
    FILE *full = fopen("/dev/full", "w");
    assert_int_equal(setvbuf(full, NULL, _IONBF, 0), 0);
    assert_true(fputs(GOOD "\n", in) >= 0);
    rewind(in);

    assert_int_equal(law_answer_stream(*state, in, &options, full, &counts), ERR_IO);

    assert_int_equal(fclose(in), 0);
    (void)fclose(full);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(answer_has_its_keys_in_order),
        TEST(every_line_but_empty_ones_gets_one_answer),
        TEST(short_files_are_read_whole),
        TEST(line_that_is_no_object_has_no_id),
        TEST(nul_bytes_are_refused),
        TEST(keys_of_the_line_are_strict),
        TEST(numbers_beyond_all_range_are_refused_by_field),
        TEST(line_without_end_is_refused_and_the_run_goes_on),
        TEST(expectations_compare_by_the_keys_they_name),
        TEST(expected_error_passes_alone),
        TEST(quiet_run_prints_failures_only),
        TEST(sentences_follow_the_language),
        TEST(date_chooses_the_national_law),
        TEST(more_laws_than_are_kept_are_answered_too),
        TEST(output_that_cannot_be_written_is_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
