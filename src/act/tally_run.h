/* SPDX-License-Identifier: Apache-2.0 */
/* `cunxuan tally`: ballots of many villages counted from files, for the command line. */
#pragma once

#include "base/ctx.h"

/* Counts the ballots of one file by the villages of another and writes the answer (the forms are
 * those of exchange/tally_csv.h). */
enum err
tally_run(struct ctx *ctx, const char *ballots, const char *villages, const char *out) WARN_UNUSED;
