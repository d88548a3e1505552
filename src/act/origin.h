/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What streams say of one another, and whether it is so. A village holds each decision from above
 * that binds it (unit.receive, with number and hash of the source); a town notes the head of a
 * village's stream whenever that is signed (unit.anchor); people note heads on paper. Each such
 * mark ties a stream outside itself: what lies after the last one could be cut off unseen.
 */
#pragma once

#include "act/verify.h"

struct file_bytes;

/* Reads marks people kept: lines "UNIT ENTRY HASH …" as of cunxuan log --heads, or a sealed bundle.
 * ERR_INVALID with the line. */
enum err verify_heads_read(struct ctx *ctx, const char *path, struct verify_head **ret_heads,
                           size_t *ret_count) WARN_UNUSED;
/* The same from bytes; `path` names them. */
enum err verify_heads_parse(struct ctx *ctx, const char *path, const struct file_bytes *bytes,
                            struct verify_head **ret_heads, size_t *ret_count) WARN_UNUSED;
/* Adds to the report: marks that do not hold, decisions that did not arrive, signed entries the
 * town does not know; and up to where each stream is tied. */
enum err origin_verify(struct ctx *ctx, struct gate *gate, const struct verify_options *options,
                       struct verify_report *report) WARN_UNUSED;
