/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Surnames of equal strokes 笔画、笔顺相同的姓氏 (叶 and 申) that an office swapped when it posted
 * the roll: the order of strokes does not decide between them (ORD-01).
 */
#pragma once

#include "store/db.h"

struct roll_swap {
    const char *unit;
    const char *first; /* stands first now, and by the order of strokes second */
    const char *second;
    int64_t seq; /* of the posting that says so */
};

/* Adds the row or replaces it. */
enum err
roll_swap_store_put(struct ctx *ctx, struct db *db, const struct roll_swap *swap) WARN_UNUSED;
/* By first, second. */
enum err roll_swap_store_list(struct ctx *ctx, struct db *db, const char *unit,
                              struct roll_swap **ret_list, size_t *ret_count) WARN_UNUSED;
