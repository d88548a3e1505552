/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of roll_layout.h: what a column or a list is, by what stands in it. */
#pragma once

#include "exchange/roll_layout.h"

/* The first rows of a sheet, copied. */
struct roll_sample {
    struct book_row *rows;
    size_t count;
};

/* The text of a cell, "" where the row is shorter. */
const char *roll_sample_cell(const struct roll_sample *sample, size_t row, size_t column);
/* What the cells from row `from` on are; ROLL_COLUMN_COUNT: nothing that can be told for sure. */
enum roll_column
roll_guess_column(struct ctx *ctx, const struct roll_sample *sample, size_t from, size_t column);
/* By the words of title, sheet and file, then by the columns. */
enum roll_kind roll_guess_kind(const char *title, const char *sheet, const char *file,
                               const struct roll_head *head);
