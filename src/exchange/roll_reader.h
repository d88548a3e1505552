/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a register, cleaned and tested one after another, in bounded memory: the streaming
 * form of roll_table.h, for files of any size. It does not look for numbers that come twice.
 */
#pragma once

#include "exchange/roll_layout.h"

/* The row, its troubles and all texts hold until the next call. */
struct roll_read_row {
    struct roll_row row; /* row.refused: it has troubles; cells that cannot be read are "" */
    const struct roll_refusal *troubles;
    size_t trouble_count;
    bool hidden; /* in the sheet; it is read all the same */
};

struct roll_read_counts {
    int64_t taken;
    int64_t refused;
    int64_t hidden;
    int64_t skipped; /* repeated headers, remarks below the table: rows that name nobody */
};

/* A header repeated on every printed page; or signatures and remarks below the table, which have
 * no name, no number and at most one cell of a column that is known. */
bool roll_row_is_nobody(struct ctx *ctx, const struct roll_head *head, const struct sheet_row *row);
/* The row as bare texts, in `cells` (room for row->count). A value merged over several rows (the
 * household's number over its people) stands in each of them, save names and numbers of ID, which
 * nobody shares. False: the row names nobody. */
bool roll_row_plain(struct ctx *ctx, const struct roll_head *head, const struct book_row *row,
                    const char **cells);

struct roll_reader;

/* Goes to the first row below the header. The reader belongs to ctx->mem. */
enum err
roll_reader_open(struct ctx *ctx, const char *name, struct book *book,
                 const struct roll_layout *layout, struct roll_reader **ret_reader) WARN_UNUSED;
/* *ret_more false: that was the last row. ERR_INVALID: the file is broken, breaks off, or there was
 * nobody in it. */
enum err roll_reader_next(struct ctx *ctx, struct roll_reader *reader,
                          struct roll_read_row *ret_row, bool *ret_more) WARN_UNUSED;
/* What stands in a column of the row being read, as it stands there; "" if nothing does. */
const char *roll_reader_raw(const struct roll_reader *reader, enum roll_column column);
struct roll_read_counts roll_reader_counts(const struct roll_reader *reader);

/* The largest table that is held whole; the largest village has a tenth of it. */
enum { ROLL_TABLE_MOST = 200 * 1000 };

/* The whole table at once, from any file; it must have the columns of its kind. *ret_layout says
 * what was understood. ERR_LIMIT: more rows than a village can have. */
enum err
roll_book_read(struct ctx *ctx, const struct book_source *source, const struct roll_wish *wish,
               struct roll_layout *ret_layout, struct roll_table *ret_table) WARN_UNUSED;
