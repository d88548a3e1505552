/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text files as UTF-8, piece by piece: UTF-8 with or without BOM, GB18030 in both editions, UTF-16
 * with BOM (what WPS writes as "Unicode text"). What it is shows in the first piece that is not
 * plain ASCII.
 */
#pragma once

#include "exchange/book_reader.h"

struct book_decoder {
    const struct book *book;
    size_t offset; /* of the next raw byte in the file */
    size_t skipped;
    char *raw; /* the piece being decoded, with what the last one left over */
    size_t raw_length;
    enum { DECODE_UNKNOWN, DECODE_UTF8, DECODE_GB18030, DECODE_UTF16LE, DECODE_UTF16BE } encoding;
    bool marked; /* by a BOM */
    bool ended;
};

enum err book_decoder_begin(struct ctx *ctx, const struct book *book,
                            struct book_decoder *decoder) WARN_UNUSED;
/* Appends the next piece to `text`; nothing at the end of the file. ERR_INVALID. */
enum err
book_decoder_next(struct ctx *ctx, struct book_decoder *decoder, struct buf *text) WARN_UNUSED;
const char *book_decoder_word(const struct book_decoder *decoder);
/* The sign that parts the cells of a text that ends in NUL: of comma, tab and semicolon the one
 * most often in the first lines. */
char book_text_delimiter(const char *text);
