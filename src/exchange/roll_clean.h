/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of registers and rolls as people type them, made into the program's form. */
#pragma once

#include "exchange/roll_table.h"

enum roll_cell {
    ROLL_CELL_NAME,
    ROLL_CELL_SEX,
    ROLL_CELL_DATE,
    ROLL_CELL_ID,
    ROLL_CELL_WORD,
    ROLL_CELL_PHONE,
    ROLL_CELL_PLAIN,
    ROLL_CELL_SEALED,
};

/* Cleans one cell: *ret_text is "" for a blank one. Returns false and the fault if it cannot be
 * read; *ret_text is then unchanged. */
bool roll_cell_clean(struct ctx *ctx, enum roll_column column, const char *raw,
                     const char **ret_text, enum roll_fault *ret_fault);
/* A clean cell as people write it: "m" → "男"; others stay. */
const char *roll_cell_words(enum roll_column column, const char *clean);
/* Without spaces, control characters and hidden marks, full-width letters and digits made plain. */
const char *roll_text_squeeze(struct ctx *ctx, const char *raw);
enum roll_cell roll_column_cell(enum roll_column column);
