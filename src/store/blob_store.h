/* SPDX-License-Identifier: Apache-2.0 */
/* Big content, named by its SM3 hash: the same content is kept once. */
#pragma once

#include "base/crypto.h"
#include "store/db.h"

/* Keeps the bytes (if they are not there yet); gives their name, 64 hex digits, in ctx->mem. */
enum err blob_store_put(struct ctx *ctx, struct db *db, const void *bytes, size_t length,
                        const char **ret_name) WARN_UNUSED;
/* The same for whoever has hashed these very bytes already: `name` is their name. */
enum err blob_store_put_named(struct ctx *ctx, struct db *db, const char *name, const void *bytes,
                              size_t length) WARN_UNUSED;
/* The bytes of that name, checked against it. ERR_NOT_FOUND with words; ERR_STORE: changed. */
enum err blob_store_get(struct ctx *ctx, struct db *db, const char *name,
                        struct db_bytes *ret_bytes) WARN_UNUSED;
enum err
blob_store_has(struct ctx *ctx, struct db *db, const char *name, bool *ret_has) WARN_UNUSED;

struct blob {
    uint8_t hash[SM3_LENGTH];
    struct db_bytes bytes;
};
/* Every blob (struct blob), by hash, unchecked: for verify. See db_each. */
enum err blob_store_each(struct ctx *ctx, struct db *db, db_row_fn *fn, void *arg) WARN_UNUSED;
