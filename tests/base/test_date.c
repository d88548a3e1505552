/* SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"

#include "support/support.h"

static struct date
day(const char *text)
{
    struct date date = DATE_NONE;
    assert_true(date_parse(text, &date));
    return date;
}

static void
every_day_from_1900_to_2199_survives_the_round_trip(void **state)
{
    struct ctx *ctx = *state;
    struct date date = day("1900-01-01");
    int days = 0;

    while (date_compare(date, day("2199-12-31")) <= 0) {
        const struct civil civil = date_to_civil(date);
        struct date back = DATE_NONE;
        assert_true(date_from_civil(civil, &back));
        assert_int_equal(back.day, date.day);
        date = date_add_days(date, 1);
        days++;
    }

    assert_int_equal(days, 109573);
    assert_string_equal(date_format(ctx, day("2021-03-20")), "2021-03-20");
}

static void
days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const char *const BAD[] = {"1990-02-29", "2100-02-29", "2021-04-31", "2021-00-10",
                                      "2021-13-01", "1899-12-31", "2200-01-01", "2021-3-20",
                                      "2021/03/20", "2021-03-2x", "",           "2021-03-200"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        struct date date = DATE_NONE;
        assert_false(date_parse(BAD[i], &date));
    }
    struct date date = DATE_NONE;
    assert_true(date_parse("2000-02-29", &date));
}

static void
years_count_to_the_same_day_else_to_the_last_of_the_month(void **state)
{
    (void)state;

    assert_int_equal(date_add_years(day("2003-03-20"), 18).day, day("2021-03-20").day);
    assert_int_equal(date_add_years(day("2004-02-29"), 18).day, day("2022-02-28").day);
    assert_int_equal(date_add_months(day("2020-08-31"), 6).day, day("2021-02-28").day);
    assert_int_equal(date_add_months(day("2021-03-31"), -1).day, day("2021-02-28").day);
    assert_int_equal(date_add_days(day("2021-03-20"), -20).day, day("2021-02-28").day);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_day_from_1900_to_2199_survives_the_round_trip),
        TEST(days_that_do_not_exist_are_refused),
        TEST(years_count_to_the_same_day_else_to_the_last_of_the_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
