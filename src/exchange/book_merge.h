/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of the XLSX reader: cells merged over several rows. The file keeps their value in the
 * first one and lists them behind all rows, so the list is read by a pass of its own, and only for
 * a sheet with a blank cell below one that is not.
 */
#pragma once

#include "exchange/book_xml.h"

struct book_merge {
    int64_t first; /* rows, from 1 */
    int64_t last;
    size_t column; /* the first one: a value is never given to others beside it */
};

struct book_held;

struct book_merges {
    struct book_merge *ranges; /* by their first row */
    size_t count;
    size_t next;            /* range to begin next */
    struct book_held *held; /* values of those begun, by place; NULL: none yet */
    size_t held_count;
};

/* A sheet without any gives an empty list. The list belongs to `mem`. ERR_LIMIT: too many. */
enum err book_merges_read(struct ctx *ctx, struct book_zip *zip, const char *part, void *mem,
                          struct book_merges *ret_merges) WARN_UNUSED;
void book_merges_rewind(struct book_merges *merges);
/* Rows in order: takes values from a finished row, and gives it those that reach into it. */
void book_merges_fill(struct book_merges *merges, void *mem, struct book_line *row, int64_t line);
