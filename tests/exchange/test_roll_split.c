/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_split.h"

#include <string.h>

#include "support/support.h"

#define HEAD "村户籍册\n序号,村名称,姓名\n"

static struct roll_split
split(struct ctx *ctx, const char *text)
{
    struct roll_split split = {0};
    assert_int_equal(roll_split_read(ctx, "册", text, strlen(text), &split), ERR_OK);
    return split;
}

static const char *
text_of(struct ctx *ctx, const struct roll_split *split, size_t i)
{
    size_t length;
    const char *text = roll_split_text(ctx, split, &split->parts[i], &length);
    assert_int_equal(strlen(text), length);
    return text;
}

static void
each_village_gets_its_lines_wherever_they_stand(void **state)
{
    struct ctx *ctx = *state;
    const struct roll_split whole =
        split(ctx, HEAD "1,东村,甲\r\n2,东村,乙\r\n3,\"西,村\",丙\n,,\n4,东村,丁");

    assert_int_equal(whole.count, 2);
    assert_int_equal(whole.rows, 4);
    assert_string_equal(whole.parts[0].village, "东村");
    assert_string_equal(whole.parts[1].village, "西,村");
    assert_string_equal(text_of(ctx, &whole, 0), HEAD "1,东村,甲\r\n2,东村,乙\r\n4,东村,丁");
    assert_string_equal(text_of(ctx, &whole, 1), HEAD "3,\"西,村\",丙\n");
}

static void
lines_are_counted_in_the_whole_file(void **state)
{
    struct ctx *ctx = *state;
    const struct roll_split whole =
        split(ctx, HEAD "1,东村,甲\n2,西村,\"乙\n两行\"\n3,东村,丙\n4,西村,丁\n");

    assert_int_equal(roll_part_line(&whole.parts[0], 3), 3);
    assert_int_equal(roll_part_line(&whole.parts[0], 4), 6);
    assert_int_equal(roll_part_line(&whole.parts[1], 3), 4);
    assert_int_equal(roll_part_line(&whole.parts[1], 5), 7);
}

static void
gb18030_and_tabs_are_cut_the_same(void **state)
{
    struct ctx *ctx = *state;
    /* 村代码 TAB 姓名; 361023103200 TAB 张 */
    const struct roll_split whole = split(ctx, "\xb4\xe5\xb4\xfa\xc2\xeb\t\xd0\xd5\xc3\xfb\n"
                                               "361023103200\t\xd5\xc5\n");
    assert_int_equal(whole.count, 1);
    assert_string_equal(whole.parts[0].village, "361023103200");
}

static void
what_cannot_be_cut_is_refused_with_its_line(void **state)
{
    struct ctx *ctx = *state;
    static const struct {
        const char *text;
        const char *words;
    } WRONG[] = {
        {"姓名,组\n甲,1\n", "村"},
        {"", "村"},
        {HEAD "1,东村,甲\n2,,乙\n", "第 4 行"},
        {HEAD "1,东村,甲\n2,\"东村,乙\n", "第 4 行"},
    };
    for (size_t i = 0; i < COUNT_OF(WRONG); i++) {
        struct roll_split whole;
        assert_int_equal(roll_split_read(ctx, "册", WRONG[i].text, strlen(WRONG[i].text), &whole),
                         ERR_INVALID);
        assert_non_null(strstr(ctx->failure.message, WRONG[i].words));
        failure_clear(ctx);
    }
    struct roll_split whole;
    assert_int_equal(roll_split_read(ctx, "册", "PK\x03\x04\0\0", 6, &whole), ERR_INVALID);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_village_gets_its_lines_wherever_they_stand),
        TEST(lines_are_counted_in_the_whole_file),
        TEST(gb18030_and_tabs_are_cut_the_same),
        TEST(what_cannot_be_cut_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
