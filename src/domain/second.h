/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who stands in the poll for a seat that fell vacant after the count (a write-in not confirmed, an
 * election void): nobody moves up, the not elected with most votes stand (OUT-04).
 */
#pragma once

#include "domain/names.h"

struct second_loser {
    const char *name;
    int64_t votes;
};

/* The vacant+1 with most votes, more on an equal last vote; equal votes keep the order given. */
void second_pick(struct ctx *ctx, const struct second_loser *losers, size_t count, int64_t vacant,
                 struct names *ret_names);
