/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of texts as a workbook of one sheet each. */
#pragma once

#include "base/ctx.h"

struct page {
    const char *title; /* of the sheet: at most 31 characters */
    const char *const *heads;
    size_t width;
    const char **cells; /* rows × width, row after row; digits alone become numbers if `numbers` */
    size_t rows;
    uint32_t numbers; /* bit i: column i holds numbers */
};

/* Writes the file anew. ERR_IO. */
enum err pages_xlsx_write(struct ctx *ctx, const char *path, const struct page *pages,
                          size_t count) WARN_UNUSED;
/* One table as CSV for the spreadsheet program: UTF-8 with a byte order mark. ERR_IO, ERR_LIMIT. */
enum err pages_csv_write(struct ctx *ctx, const char *path, const struct page *page) WARN_UNUSED;
