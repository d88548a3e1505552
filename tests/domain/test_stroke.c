/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/stroke.h"

#include "support/support.h"

enum { ROSTER = 205 };

/* The published roster, a name a line; what tells two of a name apart, "（河南）", is no part of
 * it. */
static size_t
read_roster(struct ctx *ctx, const char **ret_names)
{
    FILE *file = fopen(SOURCE_ROOT "/tests/data/cc20_full_205.txt", "r");
    assert_non_null(file);
    char line[256];
    size_t count = 0;
    while (count < ROSTER && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        char *remark = strstr(line, "（");
        if (remark)
            *remark = '\0';
        if (line[0])
            ret_names[count++] = mem_text(ctx->mem, line);
    }
    assert_int_equal(fclose(file), 0);
    return count;
}

static void
official_roster_of_205_names_is_left_unchanged(void **state)
{
    struct ctx *ctx = *state;
    const char *official[ROSTER];
    const char *sorted[ROSTER];
    assert_int_equal(read_roster(ctx, official), ROSTER);
    for (size_t i = 0; i < ROSTER; i++)
        sorted[i] = official[ROSTER - 1 - i];

    stroke_sort(ctx, sorted, ROSTER, STROKE_SINGLE_FIRST);

    for (size_t i = 0; i < ROSTER; i++)
        assert_string_equal(sorted[i], official[i]);
}

static void
keys_order_names_as_the_comparison_does(void **state)
{
    struct ctx *ctx = *state;
    static const char *const NAMES[] = {"王",   "王强", "王一鸣", "王小明", "欧阳修",
                                        "㐂一", "𠮷野", "丁一",   "王·强",  "",
                                        "叶",   "申",   "王 强"};
    static const int STYLES[] = {STROKE_SINGLE_FIRST, STROKE_BY_STROKE,
                                 STROKE_SINGLE_FIRST | STROKE_RARE_IN_PLACE,
                                 STROKE_BY_STROKE | STROKE_RARE_IN_PLACE};
    for (size_t i = 0; i < COUNT_OF(NAMES) * COUNT_OF(NAMES) * COUNT_OF(STYLES); i++) {
        const char *a = NAMES[i % COUNT_OF(NAMES)];
        const char *b = NAMES[i / COUNT_OF(NAMES) % COUNT_OF(NAMES)];
        const int style = STYLES[i / COUNT_OF(NAMES) / COUNT_OF(NAMES)];
        const int keys = strcmp(stroke_key(ctx, a, style), stroke_key(ctx, b, style));
        const int order = stroke_compare(a, b, style);
        assert_int_equal((keys > 0) - (keys < 0), order);
    }
}

static void
single_names_come_first_unless_compared_stroke_by_stroke(void **state)
{
    (void)state;
    assert_true(stroke_compare("王强", "王一鸣", STROKE_SINGLE_FIRST) < 0);
    assert_true(stroke_compare("王强", "王一鸣", STROKE_BY_STROKE) > 0);
    assert_true(stroke_compare("王", "王芬", STROKE_SINGLE_FIRST) < 0);
    assert_true(stroke_compare("王一", "王一鸣", STROKE_BY_STROKE) < 0);
    assert_int_equal(stroke_compare("王　强", "王·强", STROKE_SINGLE_FIRST), 0);
}

static void
characters_outside_the_table_come_last_by_code_point(void **state)
{
    (void)state;
    assert_true(stroke_compare("齉", "㐂", STROKE_SINGLE_FIRST) < 0);
    assert_true(stroke_compare("㐂", "𠮷", STROKE_SINGLE_FIRST) < 0);
    assert_int_equal(stroke_count(0x3402), 6);
    assert_int_equal(stroke_count('a'), 0);
    assert_int_equal(stroke_count(0x9F49), 36);
}

static void
rare_characters_stand_where_their_strokes_put_them(void **state)
{
    (void)state;
    const int style = STROKE_SINGLE_FIRST | STROKE_RARE_IN_PLACE;
    /* 贠 is 折捺横竖折捺 of six strokes: after 孙 (折竖横折竖捺 has 5 first too), before 李 of
     * seven. */
    assert_true(stroke_compare("刘", "贠", style) < 0);
    assert_true(stroke_compare("贠", "李", style) < 0);
    assert_true(stroke_compare("贠", "李", STROKE_SINGLE_FIRST) > 0);
    /* 㐂 折横折横折横 and 𠮷 横竖横竖折横, both of six. */
    assert_true(stroke_compare("𠮷", "㐂", style) < 0);
    /* No sequence is known for 㓭: after the others of ten strokes, before all of eleven. */
    assert_true(stroke_compare("㓭", "高", style) > 0);
    assert_true(stroke_compare("㓭", "黄", style) < 0);
    /* What has no strokes comes last. */
    assert_true(stroke_compare("齉", "A", style) < 0);
}

static void
a_swap_exchanges_two_surnames_and_no_other(void **state)
{
    struct ctx *ctx = *state;
    assert_string_equal(stroke_surname_swap(ctx, "叶小青", "申", "叶"), "申小青");
    assert_string_equal(stroke_surname_swap(ctx, "申军", "申", "叶"), "叶军");
    assert_string_equal(stroke_surname_swap(ctx, "王叶", "申", "叶"), "王叶");
    assert_string_equal(stroke_surname_swap(ctx, "", "申", "叶"), "");
}

static void
equal_names_keep_their_order(void **state)
{
    struct ctx *ctx = *state;
    const char *names[] = {"李 明", "王", "李明", "李·明"};

    stroke_sort(ctx, names, COUNT_OF(names), STROKE_SINGLE_FIRST);

    assert_string_equal(names[0], "王");
    assert_string_equal(names[1], "李 明");
    assert_string_equal(names[2], "李明");
    assert_string_equal(names[3], "李·明");
}

static void
surnames_of_the_same_strokes_tie(void **state)
{
    (void)state;
    assert_true(stroke_surnames_tie("叶小青", "申军"));
    assert_true(stroke_surnames_tie("余", "佘"));
    assert_true(stroke_surnames_tie("干", "于"));
    assert_false(stroke_surnames_tie("A", "B"));
    assert_false(stroke_surnames_tie("王强", "王伟"));
    assert_false(stroke_surnames_tie("王", "㐂"));
    assert_false(stroke_surnames_tie("㐂", "王"));
    assert_false(stroke_surnames_tie("王", "文"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(official_roster_of_205_names_is_left_unchanged),
        TEST(keys_order_names_as_the_comparison_does),
        TEST(single_names_come_first_unless_compared_stroke_by_stroke),
        TEST(characters_outside_the_table_come_last_by_code_point),
        TEST(rare_characters_stand_where_their_strokes_put_them),
        TEST(a_swap_exchanges_two_surnames_and_no_other),
        TEST(equal_names_keep_their_order),
        TEST(surnames_of_the_same_strokes_tie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
