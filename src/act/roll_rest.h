/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a register or roll that an import refused, as a sheet of their own with a column 问题, so
 * that the village mends and sends only these; and the columns a village's files are told by hand,
 * kept for the next time.
 */
#pragma once

#include "act/prepare.h"
#include "store/db.h"

/* All refused rows, as they stand in `file` (which has plain numbers), to a workbook, or to text if
 * the path ends in .csv; nothing is written if there are none. `prepared` went through
 * submission_prepare. ERR_IO. */
enum err
roll_rest_write(struct ctx *ctx, struct db *db, const struct roll_file *file,
                const struct submission *prepared, const char *path, size_t *ret_rows) WARN_UNUSED;

/* A setting of the installation, no act: it says how to read files, not what is in them. `kind` is
 * a kind of register.import or "roll". ERR_INVALID for another kind. */
enum err roll_mapping_keep(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                           const struct roll_mapping *mapping) WARN_UNUSED;
/* count 0 if none is kept. */
enum err roll_mapping_kept(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                           struct roll_mapping *ret_mapping) WARN_UNUSED;
