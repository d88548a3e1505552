/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ballots of many villages counted from a file: one line a ballot, who is elected per village.
 *
 * ballots: 村代码,票箱,票号,主任,副主任,委员 — in each post the numbers chosen, parted by ";",
 * written names as "@姓名", nothing for a blank section. villages:
 * 村代码,登记选民数,主任候选,副主任候选,委员候选,主任名额,副主任名额,委员名额. Both UTF-8 without
 * quotes, with a heading. A section with more chosen than seats is void (CNT-03). The answer: one
 * line per village, post and person chosen: 村代码,职务,所选,得票,当选 (1 or 0), in the order they
 * first appear.
 */
#pragma once

#include "base/ctx.h"

/* ballots need not end in NUL (a mapped file); villages does. */
struct tally_input {
    const char *ballots;
    size_t ballots_length;
    const char *villages;
};

/* Counts; *ret_text is the answer. ERR_INVALID with the line for what cannot be. */
enum err tally_csv(struct ctx *ctx, const struct tally_input *input, const char **ret_text,
                   size_t *ret_length) WARN_UNUSED;
