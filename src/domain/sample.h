/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many ballots a tally audit 计票抽查 looks at: the Kaplan–Markov bound of a ballot-level
 * comparison audit (Stark 2010), n ≥ −2g·ln a / m, with g (gamma) = 1.03905, risk a (alpha) and m
 * the smallest margin's share of the ballots. Integers only, rounded up.
 */
#pragma once

#include "base/ctx.h"

/* risk_permille 1 … 500: the greatest chance, in thousandths, that a wrong outcome is not noticed;
 * taken down to the next of 1, 2, 5, 10, 20, 50, 100, 200, 500. margin ≥ 1, ballots ≥ 0. At most
 * `ballots`. */
int64_t sample_size(int64_t risk_permille, int64_t margin, int64_t ballots);
