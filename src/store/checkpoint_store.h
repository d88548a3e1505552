/* SPDX-License-Identifier: Apache-2.0 */
/* Signed checkpoints of streams. */
#pragma once

#include "ledger/checkpoint.h"
#include "store/db.h"

enum err checkpoint_store_add(struct ctx *ctx, struct db *db,
                              const struct checkpoint *checkpoint) WARN_UNUSED;
/* Those of a unit, or of all (NULL), by unit and seq. */
enum err checkpoint_store_list(struct ctx *ctx, struct db *db, const char *unit,
                               struct checkpoint **ret_checkpoints, size_t *ret_count) WARN_UNUSED;
