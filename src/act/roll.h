/* SPDX-License-Identifier: Apache-2.0 */
/* The roll as it hangs: by group, in the order of strokes 姓氏笔画 (ORD-01, REG-06). */
#pragma once

#include "act/gate.h"
#include "store/voter_store.h"

/* Groups in the order of the register; within a group by strokes, then by person code. `group`
 * NULL: all. Before posting: the draft. */
enum err roll_list(struct ctx *ctx, struct db *db, const struct pack *pack, const char *unit,
                   const char *group, struct voter_line **ret_lines, size_t *ret_count) WARN_UNUSED;
/* The same list by household 户: within each group by number of the household (1, 2, 10), the
 * people of one in the order of the register; those of none at the end. */
void roll_list_by_household(struct voter_line *lines, size_t count);
/* SM3, hex, of the canonical list: per person a line "group TAB name TAB sex TAB person LF", in the
 * order of the list (docs/formats.md). */
const char *roll_list_hash(struct ctx *ctx, const struct voter_line *lines, size_t count);
