/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/sample.h"

#include "domain/majority.h"

/* −2·1.03905·ln(permille/1000), in thousandths, rounded up. */
static const struct {
    int64_t permille;
    int64_t factor;
} FACTORS[] = {{500, 1441}, {200, 3345}, {100, 4786}, {50, 6226}, {20, 8130},
               {10, 9571},  {5, 11011},  {2, 12915},  {1, 14356}};

int64_t
sample_size(int64_t risk_permille, int64_t margin, int64_t ballots)
{
    size_t row = 0;
    ASSERT(margin >= 1 && risk_permille >= 1);
    while (FACTORS[row].permille > risk_permille)
        row++;
    /* factor/1000 · ballots/margin; both fractions rounded up: never fewer than asked. */
    const int64_t shares = least_fraction(ballots, 1, margin);
    const int64_t size = least_fraction(shares, FACTORS[row].factor, 1000);
    return size < ballots ? size : ballots;
}
