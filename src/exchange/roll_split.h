/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One register of many villages, as text with commas, tabs or semicolons and a column 村, cut into
 * one register a village: the heading and the village's own lines, byte for byte. Rows of a village
 * need not stand together. Only the heading is understood here; what the rows hold is looked at
 * when each part is read.
 */
#pragma once

#include "base/ctx.h"

/* Lines of one village that stand together. */
struct roll_run {
    const char *at;
    size_t length;
    int64_t line;  /* of the first, in the file */
    int64_t lines; /* how many lines, line ends inside quotation marks counted */
};

struct roll_part {
    const char *village; /* as written: a code or a name */
    struct roll_run *runs;
    size_t run_count;
    size_t run_capacity;
    size_t length; /* bytes of all runs */
    int64_t rows;
    int64_t heading_lines;
};

struct roll_split {
    const char *heading; /* from the first byte to the end of the heading's line */
    size_t heading_length;
    int64_t heading_lines;
    struct roll_part *parts; /* in the order of their first rows */
    size_t count;
    int64_t rows;
};

/* The bytes must stay. ERR_INVALID: no text file, no heading with 姓名 and 村, a row without a
 * village, an open quotation mark. */
enum err roll_split_read(struct ctx *ctx, const char *name, const char *bytes, size_t length,
                         struct roll_split *ret_split) WARN_UNUSED;
/* The register of one part, in ctx->mem; it ends in NUL. */
const char *roll_split_text(struct ctx *ctx, const struct roll_split *split,
                            const struct roll_part *part, size_t *ret_length);
/* The line of the whole file for a line of the part's own register. */
int64_t roll_part_line(const struct roll_part *part, int64_t line);
