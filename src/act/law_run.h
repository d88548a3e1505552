/* SPDX-License-Identifier: Apache-2.0 */
/* `cunxuan law FILE…`: worked law cases from files, for the command line. */
#pragma once

#include <stdio.h>

#include "base/ctx.h"

struct law_run_options {
    bool quiet; /* only lines that fail */
};

/* Answers the files in turn, `in` if there are none or for "-". If any line had an expectation,
 * "N passed, N failed" goes to `err`, and if a line failed the answer is ERR_NO, without a message:
 * the counts are the message. ERR_IO if a file cannot be read. */
enum err law_run(struct ctx *ctx, const char *const *files, size_t count,
                 const struct law_run_options *options, FILE *out, FILE *err) WARN_UNUSED;
