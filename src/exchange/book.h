/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A spreadsheet file as a list of sheets and their rows, whatever it is: XLSX, XLS, or text with
 * commas, tabs or semicolons. Rows come one after another in bounded memory, so a township's
 * million people can be read. What the columns mean is found out by roll_layout.h.
 *
 *     TRY(book_open(ctx, &source, &book));
 *     TRY(book_begin(ctx, book, 0));
 *     for (;;) {
 *         TRY(book_next(ctx, book, &row, &more));
 *         if (!more)
 *             break;
 *         … row.cells[i].text …
 *     }
 */
#pragma once

#include "base/ctx.h"

enum book_cell_kind {
    BOOK_CELL_BLANK,
    BOOK_CELL_TEXT,
    BOOK_CELL_NUMBER, /* "45000", "0.5"; over 15 digits, some of them lost: "3.6109919810505E+17" */
    BOOK_CELL_DATE,   /* "1982-03-27", with " 08:30:00" if there is a time of day */
    BOOK_CELL_BOOLEAN, /* "TRUE" or "FALSE" */
    BOOK_CELL_ERROR,   /* "#N/A" … */
};

struct book_cell {
    const char *text; /* UTF-8, ends in NUL, never NULL */
    size_t length;
    enum book_cell_kind kind; /* of a text file: BLANK or TEXT */
    bool formula;             /* the value is the one the spreadsheet program had reckoned */
    bool covered;             /* blank itself: the value is that of the merged cell above it */
};

struct book_row {
    int64_t line;                  /* the row's number as a spreadsheet program shows it, from 1 */
    const struct book_cell *cells; /* cells[0] is column A */
    size_t count;                  /* cells behind the last one that is not blank are left out */
    bool hidden;
};

struct book_sheet {
    const char *name; /* of a text file: "" */
    bool hidden;
};

/* Where the file is: a path, or bytes in memory. `name` is for messages. */
struct book_source {
    const char *name;
    const char *path; /* NULL: bytes */
    const char *bytes;
    size_t length;
};

/* Largest file, its largest part unpacked, most rows and columns, longest cell in bytes. */
enum { BOOK_ROWS_MOST = 6 * 1000 * 1000, BOOK_COLUMNS_MOST = 1024, BOOK_CELL_MOST = 32 * 1024 };
#define BOOK_BYTES_MOST ((size_t)1 << 30)
#define BOOK_PART_MOST ((size_t)1 << 30)

struct book;

/* The book belongs to ctx->mem; file and handles are given back with it. ERR_INVALID: empty, no
 * spreadsheet (PDF, web page …, with the way out), broken, cut off, encrypted, text in no known
 * encoding. ERR_LIMIT: too large, or made to swell. ERR_NOT_FOUND, ERR_IO. The bytes must stay. */
enum err
book_open(struct ctx *ctx, const struct book_source *source, struct book **ret_book) WARN_UNUSED;

/* "XLSX", "XLS", "CSV"; encoding of a text file "UTF-8", "GB18030", "UTF-16", else "". */
const char *book_format(const struct book *book);
const char *book_encoding(const struct book *book);
size_t book_sheet_count(const struct book *book);
const struct book_sheet *book_sheet(const struct book *book, size_t index);

/* To the first row of a sheet; may be called again, also for the same sheet. */
enum err book_begin(struct ctx *ctx, struct book *book, size_t index) WARN_UNUSED;
/* The next row that has any text; *ret_more false: there is none. The row and its texts hold until
 * the next call on this book. ERR_INVALID (broken), ERR_LIMIT (too many rows). */
enum err
book_next(struct ctx *ctx, struct book *book, struct book_row *ret_row, bool *ret_more) WARN_UNUSED;
/* Columns that the sheet hides are read all the same. Known once a row has been read. */
bool book_column_is_hidden(const struct book *book, size_t column);
/* After the last row: the text ended without a line end, so it may have been cut off. */
bool book_ends_abruptly(const struct book *book);

/* 0 → "A", 27 → "AB". */
struct book_letters {
    char text[8];
};
struct book_letters book_letters(size_t column);
