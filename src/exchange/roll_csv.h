/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comma separated files as village offices have them: UTF-8 with or without BOM, or GB18030;
 * commas, tabs or semicolons; any line ends.
 */
#pragma once

#include "exchange/sheet.h"

/* Largest file and largest cell that are read, in bytes. */
enum { ROLL_CSV_LARGEST = 64 * 1024 * 1024, ROLL_CSV_CELL = 8 * 1024, ROLL_CSV_ROWS = 200000 };

/* `name` is the file's name for messages. ERR_INVALID: empty, not text (XLSX, XLS, UTF-16 are
 * named, with the way out), wrong encoding, an open quotation mark. ERR_LIMIT: too large. */
enum err roll_csv_read(struct ctx *ctx, const char *name, const char *bytes, size_t length,
                       struct sheet *ret_sheet) WARN_UNUSED;
/* The sign that parts the cells of a text that ends in NUL. */
char roll_csv_delimiter(const char *text);
