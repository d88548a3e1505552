/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tar files (POSIX ustar) of plain members, in memory: for kits and bundles that go from hand to
 * hand. Written with mode 0600, no owner and no time, so that the same content gives the same
 * bytes. Read strictly: checksums, plain files only, no name twice, nothing after the end.
 */
#pragma once

#include "base/buf.h"

struct tar_member {
    const char *name; /* at most 99 bytes, no leading '/' and no ".." */
    const void *bytes;
    size_t length;
};

/* Adds a member to `buf`. */
void tar_add(struct buf *buf, const char *name, const void *bytes, size_t length);
/* The two empty blocks. */
void tar_end(struct buf *buf);
/* All members, in order; names in ctx->mem, bytes borrowed from `data`. `what` names the file in
 * messages. ERR_INVALID. */
enum err tar_read(struct ctx *ctx, const char *what, const void *data, size_t length,
                  struct tar_member **ret_members, size_t *ret_count) WARN_UNUSED;
/* The member of that name, or NULL. */
const struct tar_member *tar_find(const struct tar_member *members, size_t count, const char *name);
