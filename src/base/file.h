/* SPDX-License-Identifier: Apache-2.0 */
/* Files read and written whole. Failures say what, where and what to do. */
#pragma once

#include "base/ctx.h"

struct file_bytes {
    char *data; /* ends in NUL, not counted in length */
    size_t length;
};

/* Reads a regular file of at most `maximum` bytes. ERR_NOT_FOUND, ERR_IO (unreadable, a folder),
 * ERR_LIMIT (too large). `what` names the kind of file in the message ("名册" / "roll"). */
enum err file_read(struct ctx *ctx, const char *path, struct text what, size_t maximum,
                   struct file_bytes *ret_bytes) WARN_UNUSED;

/* The same for a large file that is read once: mapped, no copy; NO NUL at the end. Ends with
 * file_unmap. */
enum err file_map(struct ctx *ctx, const char *path, struct text what, size_t maximum,
                  struct file_bytes *ret_bytes) WARN_UNUSED;
void file_unmap(struct file_bytes *bytes);

/* Opens one for reading piece by piece; whoever asked closes the descriptor. */
enum err file_open(struct ctx *ctx, const char *path, struct text what, size_t maximum, int *ret_fd,
                   size_t *ret_size) WARN_UNUSED;

struct file_content {
    const void *bytes;
    size_t length;
    unsigned mode; /* rights, 0644 or 0600 */
};
/* Writes the file so that after a crash it is either the old one or the new one, whole: beside it,
 * then fsync, rename, fsync of the folder. ERR_IO (disk full, read-only, no folder). */
enum err file_write(struct ctx *ctx, const char *path, struct file_content content) WARN_UNUSED;
/* The same for a library that writes to a path: begin makes the empty file `beside` (what is wrong
 * with the place shows now); end renames it if `whole`, else removes it. */
struct file_draft {
    const char *path;
    const char *beside;
};
enum err file_draft_begin(struct ctx *ctx, const char *path, unsigned mode,
                          struct file_draft *ret_draft) WARN_UNUSED;
enum err file_draft_end(struct ctx *ctx, const struct file_draft *draft, bool whole) WARN_UNUSED;
/* Makes a folder and those above it, for their owner alone (0700): names and birthdays lie there.
 */
enum err folder_make(struct ctx *ctx, const char *path) WARN_UNUSED;
/* What errno says, in the language of ctx, and what helps. */
const char *errno_words(const struct ctx *ctx, int number);
struct text errno_cure(int number);
bool file_exists(const char *path);
