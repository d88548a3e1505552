/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only place where votes and heads are compared with fractions. 过半数 is strictly more than
 * half; 以上, 不少于 include the number (民法典 §1259). Integers only; numbers up to 10^9 and
 * fractions up to 10^9 cannot overflow 64 bits, larger ones are a bug.
 */
#pragma once

#include "base/ctx.h"

#define MAJORITY_MAX INT64_C(1000000000)

/* 2·part > whole. */
bool more_than_half(int64_t part, int64_t whole);
/* part/whole ≥ numerator/denominator: denominator·part ≥ numerator·whole. */
bool at_least(int64_t part, int64_t whole, int64_t numerator, int64_t denominator);
/* ⌊whole/2⌋+1: the least number that is more than half. */
int64_t least_majority(int64_t whole);
/* ⌈whole·numerator/denominator⌉: the least number that is at least the fraction. */
int64_t least_fraction(int64_t whole, int64_t numerator, int64_t denominator);
