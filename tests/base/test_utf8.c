/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <string.h>

#include "base/ctx.h"
#include "support/support.h"

static void
characters_come_one_at_a_time(void **state)
{
    (void)state;
    const char *text = "aé村𠮷";
    assert_int_equal(utf8_next(&text), 'a');
    assert_int_equal(utf8_next(&text), 0xE9);
    assert_int_equal(utf8_next(&text), 0x6751);
    assert_int_equal(utf8_next(&text), 0x20BB7);
    assert_int_equal(utf8_next(&text), 0);
    assert_int_equal(utf8_next(&text), 0);
}

static void
stray_bytes_are_replaced_one_by_one(void **state)
{
    (void)state;
    const char *text = "\x80\xE6\x9D";
    assert_int_equal(utf8_next(&text), 0xFFFD);
    assert_int_equal(utf8_next(&text), 0xFFFD);
    assert_int_equal(utf8_next(&text), 0xFFFD);
    assert_int_equal(utf8_next(&text), 0);
}

static void
spaces_of_every_kind_are_blank(void **state)
{
    (void)state;
    assert_true(utf8_is_blank(""));
    assert_true(utf8_is_blank(" \t\r\n\v\f"));
    assert_true(utf8_is_blank("\u3000\u00A0\u2003\u2028"
                              "\x1F"));
    assert_false(utf8_is_blank(" 王 "));
    assert_false(utf8_is_blank("·"));
    assert_false(utf8_is_space(0x200B));
}

static void
only_well_formed_text_is_valid(void **state)
{
    (void)state;
    static const char *const GOOD[] = {"", "a", "村选", "𠮷", "\x7F", "\uFFFD", "\xF4\x8F\xBF\xBF"};
    static const char *const BAD[] = {"\x80",
                                      "\xC0\x80",
                                      "\xE6\x9D",
                                      "\xED\xA0\x80",
                                      "\xE0\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF8\x88\x80\x80\x80",
                                      "a\xFF"};
    for (size_t i = 0; i < COUNT_OF(GOOD); i++)
        assert_true(utf8_is_valid(GOOD[i], strlen(GOOD[i])));
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        assert_false(utf8_is_valid(BAD[i], strlen(BAD[i])));
    assert_false(utf8_is_valid("a\0b", 3));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(characters_come_one_at_a_time),
        TEST(stray_bytes_are_replaced_one_by_one),
        TEST(spaces_of_every_kind_are_blank),
        TEST(only_well_formed_text_is_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
