/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row of a spreadsheet as texts, whatever file it came from (book.h); what the columns mean is
 * found out by roll_layout.h.
 */
#pragma once

#include "base/ctx.h"

struct sheet_row {
    int64_t line;       /* the row's number as a spreadsheet program shows it, from 1 */
    const char **cells; /* UTF-8, as they stand in the file */
    size_t count;
};
