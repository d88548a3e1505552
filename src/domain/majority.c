/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/majority.h"

static bool
number_is_sane(int64_t number)
{
    return number >= 0 && number <= MAJORITY_MAX;
}

bool
more_than_half(int64_t part, int64_t whole)
{
    ASSERT(number_is_sane(part) && number_is_sane(whole));
    return 2 * part > whole;
}

bool
at_least(int64_t part, int64_t whole, int64_t numerator, int64_t denominator)
{
    ASSERT(number_is_sane(part) && number_is_sane(whole));
    ASSERT(number_is_sane(numerator) && number_is_sane(denominator) && denominator > 0);
    return denominator * part >= numerator * whole;
}

int64_t
least_majority(int64_t whole)
{
    ASSERT(number_is_sane(whole));
    return whole / 2 + 1;
}

int64_t
least_fraction(int64_t whole, int64_t numerator, int64_t denominator)
{
    ASSERT(number_is_sane(whole) && number_is_sane(numerator) && number_is_sane(denominator));
    ASSERT(denominator > 0);
    return (whole * numerator + denominator - 1) / denominator;
}
