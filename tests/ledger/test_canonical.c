/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/canonical.h"

#include <string.h>

#include "base/json.h"
#include "support/support.h"

static bool
is_canonical(const char *text)
{
    return canonical_is((struct span){text, strlen(text)});
}

static void
canonical_texts_are_accepted(void **state)
{
    (void)state;
    static const char *const GOOD[] = {
        "{}",
        "[]",
        "0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "\"\"",
        "true",
        "null",
        "{\"a\":1,\"b\":[1,2,{\"c\":null}],\"名\":\"贠𠅤\"}",
        "\"\\\"\\\\\\b\\f\\n\\r\\t\"",
        "\"\\u0001\\u001F\x7f/\"",
        "{\"a\":1,\"aa\":2,\"b\":3}",
        "{\"\\n\":1,\" \":2}",
    };
    for (size_t i = 0; i < COUNT_OF(GOOD); i++)
        assert_true(is_canonical(GOOD[i]));
}

static void
other_texts_are_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "",
        " {}",
        "{} ",
        "{\"a\" :1}",
        "{\"a\": 1}",
        "[1, 2]",
        "01",
        "-0",
        "+1",
        "1.0",
        "1e3",
        "9223372036854775808",
        "-9223372036854775809",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"aa\":1,\"a\":2}",
        "\"\\/\"",
        "\"\\u0041\"",
        "\"\\u001f\"",
        "\"\\u000A\"",
        "\"\\u0000\"",
        "\"\x01\"",
        "\"\xc0\x80\"",
        "\"\xed\xa0\x80\"",
        "\"\xf4\x90\x80\x80\"",
        "\"\xe4\xb8\"",
        "\"a",
        "{\"a\"}",
        "{\"a\":}",
        "[1,]",
        "{\"a\":1,}",
        "tru",
        "nul",
        "-",
        "[",
        "{",
        "{\" \":1,\"\\n\":2}",
        "\"\\x\"",
        "\"\\",
        "\"\\u00",
        "'a'",
    };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        if (is_canonical(BAD[i]))
            fail_msg("accepted: %s", BAD[i]);
    }
}

/* A small generator of its own: the test must not depend on chance. */
static uint32_t
next_number(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Changes a few bytes of a canonical text, often to bytes that matter in JSON. */
static void
spoil(char *text, size_t length, uint32_t *seed)
{
    static const char BYTES[] = "\"\\{}[]:,0123456789-unull tfa\n\x01\xe4\xb8\x80\xf0\xed";
    const uint32_t times = next_number(seed) % 4;
    for (uint32_t i = 0; i < times; i++)
        text[next_number(seed) % length] = BYTES[next_number(seed) % (sizeof BYTES - 1)];
}

static void
the_scanner_agrees_with_the_reader(void **state)
{
    struct ctx *ctx = *state;
    static const char TEXT[] = "{\"act\":\"a.b\",\"fields\":{\"10\":-12,\"9\":0,\"on\":\"2021-03-"
                               "20\",\"名\":\"贠𠅤\\n\\u001F\"},"
                               "\"list\":[1,[],{},true,false,null,\"\"],\"z\":\"\\\"\"}";
    uint32_t seed = 20210320;
    int good = 0;

    for (int i = 0; i < 200000; i++) {
        char text[sizeof TEXT];
        memcpy(text, TEXT, sizeof TEXT);
        spoil(text, sizeof TEXT - 1, &seed);
        const size_t length = sizeof TEXT - 1;
        struct ctx *inner = ctx_new(LANG_EN);
        const bool expected = json_is_canonical(inner, text, length);
        ctx_free(inner);
        if (canonical_is((struct span){text, length}) != expected)
            fail_msg("reader says %d: %.*s", expected, (int)length, text);
        good += expected;
    }

    (void)ctx;
    assert_true(good > 50000 && good < 150000);
}

static void
an_entry_gives_its_members(void **state)
{
    (void)state;
    static const char BODY[] =
        "{\"act\":\"a\",\"actor\":\"x\\\"y\",\"at\":\"t\",\"fields\":{\"k\":1},"
        "\"seq\":12,\"unit\":\"u\",\"waivers\":[]}";
    struct entry_scan scan;

    assert_true(canonical_entry((struct span){BODY, sizeof BODY - 1}, &scan));

    assert_int_equal(scan.seq, 12);
    assert_true(canonical_means(scan.actor, "x\"y"));
    assert_false(canonical_means(scan.actor, "x\"yz"));
    assert_false(canonical_means(scan.actor, "x\""));
    assert_true(canonical_means(scan.act, "a"));
    assert_false(canonical_means(scan.act, "ab"));
    assert_false(canonical_entry((struct span){BODY, sizeof BODY - 2}, &scan));
    assert_false(canonical_entry((struct span){"{}", 2}, &scan));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(canonical_texts_are_accepted),
        TEST(other_texts_are_refused),
        TEST(the_scanner_agrees_with_the_reader),
        TEST(an_entry_gives_its_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
