/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a register, cleaned and tested one after another, in bounded memory: the streaming
 * form of roll_table.h, for files of any size. It does not look for numbers that come twice.
 */
#pragma once

#include "exchange/roll_layout.h"

/* One thing wrong with a row. */
struct roll_trouble {
    enum roll_column column;
    enum roll_fault fault;
    const char *raw; /* what stands in the cell */
};

/* Both arrays and all texts hold until the next call. */
struct roll_read_row {
    struct roll_row row; /* row.refused: it has troubles; unreadable cells are "" */
    const struct roll_trouble *troubles;
    size_t trouble_count;
    bool hidden; /* the row is hidden in the sheet; it is read all the same */
};

struct roll_reader;

/* Goes to the first row below the header. The reader belongs to ctx->mem. */
enum err
roll_reader_open(struct ctx *ctx, const char *name, struct book *book,
                 const struct roll_layout *layout, struct roll_reader **ret_reader) WARN_UNUSED;
/* *ret_more false: that was the last row. ERR_INVALID: the file is broken or breaks off. */
enum err roll_reader_next(struct ctx *ctx, struct roll_reader *reader,
                          struct roll_read_row *ret_row, bool *ret_more) WARN_UNUSED;
