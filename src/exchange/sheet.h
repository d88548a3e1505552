/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A spreadsheet as rows of texts, whatever file it came from. A reader of one kind of file makes
 * it (book.h); what the columns mean is found out by roll_table.h.
 */
#pragma once

#include "base/ctx.h"

struct sheet_row {
    int64_t line;       /* the row's number as a spreadsheet program shows it, from 1 */
    const char **cells; /* UTF-8, as they stand in the file */
    size_t count;
};

/* Rows without any text are left out, but counted in `line`. */
struct sheet {
    struct sheet_row *rows;
    size_t count;
    const char *encoding; /* "UTF-8", "GB18030" */
    bool ends_abruptly;   /* the last row has no line end: the file may have been cut off */
};
