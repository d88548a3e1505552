/* SPDX-License-Identifier: Apache-2.0 */
/* Results of villages as people and other programs read them (cunxuan results). */
#pragma once

#include "exchange/results_xlsx.h"
#include "store/db.h"

/* The villages below `unit` (or itself; NULL: all opened ones), by code. */
enum err results_load(struct ctx *ctx, struct db *db, const char *unit,
                      struct village_result **ret_list, size_t *ret_count) WARN_UNUSED;
