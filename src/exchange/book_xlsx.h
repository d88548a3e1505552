/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of the XLSX reader: texts that cells share, and which formats are dates. */
#pragma once

#include "exchange/book_xml.h"

/* All texts of xl/sharedStrings.xml in one block. */
struct book_strings {
    struct buf texts;
    uint32_t *starts; /* count + 1 of them */
    size_t count;
    size_t capacity;
};

/* Rich text is joined, phonetic guides are left out. No part: no texts. */
enum err book_strings_read(struct ctx *ctx, struct book_zip *zip, const char *part, void *mem,
                           struct book_strings *ret_strings) WARN_UNUSED;
/* _x000D_ → the character it stands for, in place; gives the new length. */
size_t book_text_unescape(char *text, size_t length);

/* By number of a cell's style: is it a date. */
struct book_styles {
    bool *dates;
    size_t count;
};

enum err book_styles_read(struct ctx *ctx, struct book_zip *zip, const char *part, void *mem,
                          struct book_styles *ret_styles) WARN_UNUSED;
