/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the XLSX reader: the list of sheets, and where their parts lie. */
#pragma once

#include "exchange/book_xml.h"

struct book_workbook {
    const char **parts;  /* of each sheet of the book, in order */
    const char *strings; /* part, or "" */
    const char *styles;
    bool base_1904;
};

/* Also adds the sheets to the book. Chart sheets are passed over. ERR_INVALID: not a workbook. */
enum err book_workbook_read(struct ctx *ctx, struct book *book, struct book_zip *zip,
                            struct book_workbook *ret_workbook) WARN_UNUSED;
