/* SPDX-License-Identifier: Apache-2.0 */
/* What values become in each place of a page. */
#include "web/html.h"

#include "support/support.h"

static void
text_is_escaped_for_its_place(void **state)
{
    struct html html;
    html_init(&html, *state, "");

    html_value(&html, "<a href=\"x\" o='1'>&amp;");
    html_raw(&html, "|");
    html_part(&html, "市/../?a&b");

    assert_string_equal(html.buf.data, "&lt;a href=&quot;x&quot; o=&#39;1&#39;&gt;&amp;amp;|"
                                       "%E5%B8%82%2F..%2F%3Fa%26b");
}

static void
a_link_leads_nowhere_else(void **state)
{
    static const char *const BAD[] = {"javascript:alert(1)",
                                      "//evil.example",
                                      "http://evil.example",
                                      "/\\evil.example",
                                      "",
                                      " /u"};
    struct html html;
    html_init(&html, *state, "");

    html_link(&html, "/u/1?a=1&b=2");
    assert_string_equal(html.buf.data, "/u/1?a=1&amp;b=2");

    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        html_init(&html, *state, "");
        html_link(&html, BAD[i]);
        assert_string_equal(html.buf.data, "#");
    }
}

static void
words_and_days_are_in_the_language_of_the_reader(void **state)
{
    struct ctx *ctx = *state;
    struct html html;
    struct date day;
    assert_true(date_parse("2021-03-20", &day));
    html_init(&html, ctx, "");

    html_value(&html, day);
    html_value(&html, ((struct text){"村", "village"}));
    ctx->lang = LANG_EN;
    html_value(&html, ((struct text){"村", "village"}));
    html_value(&html, DATE_NONE);

    assert_string_equal(html.buf.data, "2021年3月20日村village");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_is_escaped_for_its_place),
        TEST(a_link_leads_nowhere_else),
        TEST(words_and_days_are_in_the_language_of_the_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
