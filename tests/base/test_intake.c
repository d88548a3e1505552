/* SPDX-License-Identifier: Apache-2.0 */
#include "base/intake.h"

#include <string.h>

#include "support/support.h"

static const char *
line_of(struct ctx *ctx, const char *text)
{
    const char *line = NULL;
    assert_int_equal(intake_line(ctx, text, strlen(text), "姓名", &line), ERR_OK);
    return line;
}

static bool
is_refused(struct ctx *ctx, const char *text, size_t length)
{
    const char *line = NULL;
    const enum err err = intake_line(ctx, text, length, "姓名", &line);
    assert_true(err == ERR_OK || (err == ERR_INVALID && strstr(ctx->failure.message, "姓名")));
    failure_clear(ctx);
    return err != ERR_OK;
}

static void
blanks_around_a_name_go(void **state)
{
    struct ctx *ctx = *state;

    assert_string_equal(line_of(ctx, " \xe3\x80\x80\t张三\xe3\x80\x80\r\n"), "张三");
    assert_string_equal(line_of(ctx, "\xef\xbb\xbf张三"), "张三");
    assert_string_equal(line_of(ctx, "阿依·古丽 买买提"), "阿依·古丽 买买提");
    assert_string_equal(line_of(ctx, "  "), "");
    assert_string_equal(line_of(ctx, "𠅤䶮贠"), "𠅤䶮贠");
}

static void
one_character_has_one_form(void **state)
{
    struct ctx *ctx = *state;

    assert_string_equal(line_of(ctx, "e\xcc\x81"), "é");
    /* U+FA0C is a double of U+5140, kept for other standards. */
    assert_string_equal(line_of(ctx, "\xef\xa8\x8c"), "兀");
}

static void
control_and_hidden_characters_are_refused(void **state)
{
    struct ctx *ctx = *state;
    static const char *const BAD[] = {"张\x01三",         "张\n三",           "张\x7f三",
                                      "张\xc2\x85三",     "张\xe2\x80\xae三", "张\xe2\x80\x8b三",
                                      "张\xe2\x80\xa8三", "张\xef\xbb\xbf三", "张\xe2\x81\xa6三"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        assert_true(is_refused(ctx, BAD[i], strlen(BAD[i])));
    assert_false(is_refused(ctx, "张三", 6));
}

static void
broken_utf8_is_refused_with_its_place(void **state)
{
    struct ctx *ctx = *state;
    const char *line = NULL;

    assert_true(is_refused(ctx, "a\0b", 3));
    assert_true(is_refused(ctx, "\xed\xa0\x80", 3));
    assert_int_equal(intake_line(ctx, "张\xd5\xc5", 5, "姓名", &line), ERR_INVALID);
    assert_non_null(strstr(ctx->failure.message, "第 4 个字节"));
}

static void
text_of_lines_keeps_its_lines(void **state)
{
    struct ctx *ctx = *state;
    static const char LINES[] = "一\r\n二\n\t三\n";
    const char *text = NULL;

    assert_int_equal(intake_lines(ctx, LINES, strlen(LINES), "理由", &text), ERR_OK);

    assert_string_equal(text, "一\n二\n\t三");
}

static void
gb18030_becomes_utf8(void **state)
{
    struct ctx *ctx = *state;
    struct intake_text text;
    /* 张三，𠅤 (four bytes) and the euro sign of one and of two bytes */
    static const char BYTES[] = "\xd5\xc5\xc8\xfd\xa3\xac\x95\x32\xa6\x32 a\xa2\xe3";

    assert_int_equal(intake_gb18030(ctx, BYTES, sizeof BYTES - 1, "名册", &text), ERR_OK);

    assert_string_equal(text.data, "张三，𠅤 a€");
    assert_int_equal(text.length, strlen(text.data));
}

static void
both_editions_of_the_moved_characters_are_one(void **state)
{
    struct ctx *ctx = *state;
    static const char *const CODES[][3] = {
        {"\xfe\x59", "\x82\x35\x90\x37", "\xe9\xbe\xb4"},
        {"\xfe\x61", "\x82\x35\x90\x38", "\xe9\xbe\xb5"},
        {"\xfe\x66", "\x82\x35\x90\x39", "\xe9\xbe\xb6"},
        {"\xfe\x67", "\x82\x35\x91\x30", "\xe9\xbe\xb7"},
        {"\xfe\x6d", "\x82\x35\x91\x31", "\xe9\xbe\xb8"},
        {"\xfe\x7e", "\x82\x35\x91\x32", "\xe9\xbe\xb9"},
        {"\xfe\x90", "\x82\x35\x91\x33", "\xe9\xbe\xba"},
        {"\xfe\xa0", "\x82\x35\x91\x34", "\xe9\xbe\xbb"},
    };
    for (size_t i = 0; i < COUNT_OF(CODES); i++) {
        struct intake_text two;
        struct intake_text four;
        assert_int_equal(intake_gb18030(ctx, CODES[i][0], 2, "", &two), ERR_OK);
        assert_int_equal(intake_gb18030(ctx, CODES[i][1], 4, "", &four), ERR_OK);
        assert_string_equal(two.data, CODES[i][2]);
        assert_string_equal(four.data, CODES[i][2]);
    }
}

static void
broken_gb18030_is_refused_with_its_place(void **state)
{
    struct ctx *ctx = *state;
    struct intake_text text;

    assert_int_equal(intake_gb18030(ctx, "ab\xd5", 3, "名册", &text), ERR_INVALID);
    assert_non_null(strstr(ctx->failure.message, "第 3 个字节"));
    failure_clear(ctx);
    assert_int_equal(intake_gb18030(ctx, "\xd5\xc5\xff\xff", 4, "名册", &text), ERR_INVALID);
    failure_clear(ctx);
    assert_int_equal(intake_gb18030(ctx, "\x82\x35\x90", 3, "名册", &text), ERR_INVALID);
    failure_clear(ctx);
    assert_int_equal(intake_gb18030(ctx, "", 0, "名册", &text), ERR_OK);
    assert_int_equal(text.length, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blanks_around_a_name_go),
        TEST(one_character_has_one_form),
        TEST(control_and_hidden_characters_are_refused),
        TEST(broken_utf8_is_refused_with_its_place),
        TEST(text_of_lines_keeps_its_lines),
        TEST(gb18030_becomes_utf8),
        TEST(both_editions_of_the_moved_characters_are_one),
        TEST(broken_gb18030_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
