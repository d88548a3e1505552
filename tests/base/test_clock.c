/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include "support/support.h"

static void
an_instant_is_written_in_the_zone_of_china(void **state)
{
    struct ctx *ctx = *state;

    assert_string_equal(instant_format(ctx, 0), "1970-01-01T08:00:00+08:00");
    assert_string_equal(instant_format(ctx, 1616202000), "2021-03-20T09:00:00+08:00");
    assert_string_equal(instant_format(ctx, -28801), "1969-12-31T23:59:59+08:00");
}

static void
an_instant_reads_back(void **state)
{
    struct ctx *ctx = *state;
    static const int64_t INSTANT[] = {0, 1616202000, -28801, 951753599, 4102444799, -2000000000};

    for (size_t i = 0; i < COUNT_OF(INSTANT); i++) {
        int64_t back = 1;
        assert_true(instant_parse(instant_format(ctx, INSTANT[i]), &back));
        assert_true(back == INSTANT[i]);
    }
}

static void
other_forms_are_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "",
        "2021-03-20",
        "2021-03-20T09:00:00Z",
        "2021-03-20T09:00:00+09:00",
        "2021-03-20 09:00:00+08:00",
        "2021-02-30T09:00:00+08:00",
        "2021-03-20T24:00:00+08:00",
        "2021-03-20T09:60:00+08:00",
        "2021-03-20T09:00:60+08:00",
        "2021-03-20T9:000:00+08:00",
        "2021-03-20T09:00:00+08:000",
    };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        int64_t instant = 0;
        assert_false(instant_parse(BAD[i], &instant));
    }
    int64_t instant = 0;
    assert_false(instant_parse(NULL, &instant));
}

static void
the_day_changes_at_midnight_in_china(void **state)
{
    struct ctx *ctx = *state;
    struct date date = DATE_NONE;
    assert_true(date_parse("2021-03-20", &date));
    const int64_t midnight = instant_of_date(date);

    assert_string_equal(instant_format(ctx, midnight), "2021-03-20T00:00:00+08:00");
    assert_string_equal(date_format(ctx, instant_date(midnight)), "2021-03-20");
    assert_string_equal(date_format(ctx, instant_date(midnight - 1)), "2021-03-19");
    assert_string_equal(date_format(ctx, instant_date(midnight + 86399)), "2021-03-20");
    assert_string_equal(date_format(ctx, instant_date(-1)), "1970-01-01");
    assert_string_equal(date_format(ctx, instant_date(-28801)), "1969-12-31");
}

static void
now_is_after_this_was_written_and_goes_on(void **state)
{
    (void)state;
    const int64_t before = clock_monotonic_us();

    assert_true(clock_now() > 1700000000);
    assert_true(clock_monotonic_us() >= before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_instant_is_written_in_the_zone_of_china),
        TEST(an_instant_reads_back),
        TEST(other_forms_are_refused),
        TEST(the_day_changes_at_midnight_in_china),
        TEST(now_is_after_this_was_written_and_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
