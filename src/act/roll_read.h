/* SPDX-License-Identifier: Apache-2.0 */
/* `cunxuan roll read`: a spreadsheet of a village read and shown, without any database. */
#pragma once

#include "exchange/roll_clean.h"
#include "exchange/roll_reader.h"

struct roll_read_plan {
    const char *path;
    const char *sheet; /* NULL: the one that looks like a register */
    const char *kind;  /* word of a kind; NULL: to be guessed */
    char **columns;    /* "列=key" …, ended by NULL; or NULL */
};

/* What is done with it, by whoever asked. */
struct roll_read_sink {
    void *data;
    void (*understood)(void *data, const struct book *book, const struct roll_layout *layout);
    void (*row)(void *data, const struct roll_reader *reader, const struct roll_read_row *row);
    /* A sheet in which no header was found (layout->named false): its rows as they stand. */
    void (*plain)(void *data, const struct book_row *row);
};

/* ERR_INVALID … if the file as a whole cannot be read. ERR_NO without words: no header was found,
 * all rows were given as they stand. */
enum err
roll_read_run(struct ctx *ctx, const struct roll_read_plan *plan, const struct roll_read_sink *sink,
              struct roll_read_counts *ret_counts) WARN_UNUSED;
/* "列=key" … as a mapping. */
enum err
roll_read_columns(struct ctx *ctx, char **columns, struct roll_mapping *ret_mapping) WARN_UNUSED;
