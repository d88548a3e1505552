/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of a zipped workbook, unpacked piece by piece. Files made to swell are refused by what
 * they declare, and again by what comes out.
 */
#pragma once

#include "exchange/book_reader.h"

struct book_zip;
struct book_part;

/* Belongs to the book. ERR_INVALID: cut off, broken. ERR_LIMIT: too many parts. */
enum err book_zip_open(struct ctx *ctx, struct book *book, struct book_zip **ret_zip) WARN_UNUSED;
bool book_zip_has(const struct book_zip *zip, const char *name);
/* By path ("xl/workbook.xml"), whatever the case and the slashes. ERR_NOT_FOUND (no words),
 * ERR_INVALID (locked by a password, packed in an unknown way), ERR_LIMIT. Belongs to the zip until
 * closed. */
enum err book_part_open(struct ctx *ctx, struct book_zip *zip, const char *name,
                        struct book_part **ret_part) WARN_UNUSED;
/* *ret_got 0: that was all. ERR_INVALID: what is packed is broken. */
enum err book_part_read(struct ctx *ctx, struct book_part *part, char *bytes, size_t size,
                        size_t *ret_got) WARN_UNUSED;
const char *book_part_name(const struct book_part *part);
void book_part_close(struct book_part *part);
/* "… is broken", with the way out. */
enum err
book_zip_broken(struct ctx *ctx, const struct book_zip *zip, const char *part, const char *why);
