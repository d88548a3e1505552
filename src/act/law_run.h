/* SPDX-License-Identifier: Apache-2.0 */
/* `cunxuan law FILE…`: worked law cases from files, for the command line. */
#pragma once

#include <stdio.h>

#include "base/ctx.h"

struct law_run_options {
    bool quiet; /* only lines that fail */
};

/* Lines that came out as expected, and that did not; lines that expect nothing are in neither. */
struct law_run_counts {
    int64_t passed, failed;
};

/* Answers the files in turn, standard input if there are none or for "-". ERR_IO if one cannot be
 * read or the answers not be written. */
enum err law_run(struct ctx *ctx, const char *const *files, size_t count,
                 const struct law_run_options *options, FILE *out,
                 struct law_run_counts *ret_counts) WARN_UNUSED;
