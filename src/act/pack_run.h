/* SPDX-License-Identifier: Apache-2.0 */
/* `cunxuan pack …`: the rule packs of this installation in words, added to a text. */
#pragma once

#include "base/buf.h"

/* One pack a line: name, level, day of the text, title. */
enum err pack_list_print(struct ctx *ctx, struct buf *out) WARN_UNUSED;
/* Every value of "jiangxi" (only what the file sets) or "cn-2018+jiangxi" (all, each with the pack
 * it comes from), with its source. */
enum err pack_show_print(struct ctx *ctx, const char *law, struct buf *out) WARN_UNUSED;
/* Reads the files, or with none the whole folder, and combines every local pack with every
 * national one. ERR_INVALID with file and line for the first mistake. */
enum err pack_check_print(struct ctx *ctx, const char *const *files, size_t count,
                          struct buf *out) WARN_UNUSED;
/* Values in which two combined packs differ. */
enum err
pack_diff_print(struct ctx *ctx, const char *a, const char *b, struct buf *out) WARN_UNUSED;
/* The rule catalogue as Markdown (docs/reference/rules.md). */
void pack_rules_print(struct ctx *ctx, struct buf *out);

/* The folder of packs in use and how many files it has, each read. What is wrong with one is in
 * ctx->failure; *ret_folder is set as soon as the folder is known (NULL before). */
enum err pack_folder_check(struct ctx *ctx, const char **ret_folder, size_t *ret_count) WARN_UNUSED;
