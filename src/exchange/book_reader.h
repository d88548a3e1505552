/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of book.h: what a reader of one kind of file has to give, and the row it fills. */
#pragma once

#include "base/buf.h"
#include "exchange/book.h"

/* One kind of file. `open` lists the sheets and sets book->state. */
struct book_reader {
    const char *format;
    enum err (*open)(struct ctx *ctx, struct book *book);
    enum err (*begin)(struct ctx *ctx, struct book *book, size_t index);
    enum err (*next)(struct ctx *ctx, struct book *book, struct book_row *ret_row, bool *ret_more);
};

extern const struct book_reader book_reader_text;
extern const struct book_reader book_reader_xlsx;
extern const struct book_reader book_reader_xls;

struct book {
    const struct book_reader *reader;
    struct book_source source;
    size_t length; /* bytes of the file */
    int fd;        /* open file, or -1: bytes */
    struct book_sheet *sheets;
    size_t sheet_count;
    const char *encoding;
    bool ends_abruptly;
    bool hidden_columns[BOOK_COLUMNS_MOST]; /* of this sheet */
    int64_t row_count;                      /* given so far of this sheet */
    void *state;                            /* the reader's */
};

/* Up to `size` bytes of the file from `offset`; fewer only at its end. */
enum err book_read_at(struct ctx *ctx, const struct book *book, size_t offset, size_t size,
                      char *bytes, size_t *ret_got) WARN_UNUSED;
void book_add_sheet(struct ctx *ctx, struct book *book, const char *name, bool hidden);

/* A row while it is filled: cells in any order, texts copied or pointed to. */
struct book_line {
    void *mem;
    struct book_cell *cells;
    size_t *offsets; /* of a copied text in `texts`; SIZE_MAX: cells[i].text stands */
    size_t count;
    size_t capacity;
    struct buf texts;
    bool too_large; /* a column beyond the most, a cell too long */
};

void book_line_init(struct book_line *line, void *mem);
void book_line_clear(struct book_line *line);
/* The text stays where it is until the row is done. */
void book_line_point(struct book_line *line, size_t column, struct book_cell cell);
/* The text is copied. */
void book_line_copy(struct book_line *line, size_t column, struct book_cell cell);
/* Points the cells at their texts; false if all are blank. */
bool book_line_finish(struct book_line *line);
