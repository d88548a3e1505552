/* SPDX-License-Identifier: Apache-2.0 */
/* The kinship graph 近亲属关系 of a village, from its register and declarations. */
#pragma once

#include "domain/words.h"
#include "store/db.h"

/* Records what b is to a, and the converse. RELATION_NONE: declared not to be kin. */
enum err kin_store_put(struct ctx *ctx, struct db *db, const char *unit, const char *a,
                       const char *b, enum relation relation) WARN_UNUSED;
/* What b is to a; RELATION_NONE if nothing is known. */
enum err kin_store_relation(struct ctx *ctx, struct db *db, const char *unit, const char *a,
                            const char *b, enum relation *ret_relation) WARN_UNUSED;

struct kin_row {
    const char *b;
    const char *relation;
};
/* Everybody related to a. */
enum err kin_store_of(struct ctx *ctx, struct db *db, const char *unit, const char *a,
                      struct kin_row **ret_list, size_t *ret_count) WARN_UNUSED;
