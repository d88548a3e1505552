/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/sample.h"

#include "support/support.h"

static void
a_tenth_of_the_ballots_as_margin_needs_48_at_ten_percent(void **state)
{
    (void)state;
    assert_int_equal(sample_size(100, 100, 1000), 48);
    assert_int_equal(sample_size(50, 100, 1000), 63);
}

static void
a_risk_between_two_rows_is_taken_down(void **state)
{
    (void)state;
    assert_int_equal(sample_size(99, 100, 1000), sample_size(50, 100, 1000));
    assert_int_equal(sample_size(1, 100, 1000), 144);
}

static void
a_margin_of_one_looks_at_every_ballot(void **state)
{
    (void)state;
    assert_int_equal(sample_size(100, 1, 300), 300);
    assert_int_equal(sample_size(500, 7, 0), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tenth_of_the_ballots_as_margin_needs_48_at_ten_percent),
        TEST(a_risk_between_two_rows_is_taken_down),
        TEST(a_margin_of_one_looks_at_every_ballot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
