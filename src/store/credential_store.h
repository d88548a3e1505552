/* SPDX-License-Identifier: Apache-2.0 */
/* Passwords 口令 of accounts, as hashes, and how often a wrong one was tried. */
#pragma once

#include "store/db.h"

struct credential {
    const char *name;     /* of app_user */
    const char *hash;     /* argon2id, as text */
    bool must_change;     /* set by somebody else: to be changed at the first sign-in */
    int64_t failed;       /* wrong passwords since the last right one */
    int64_t locked_until; /* instant; 0: not locked */
    const char *changed_at;
};

/* ERR_NOT_FOUND, without words, for an account without a password. */
enum err credential_store_find(struct ctx *ctx, struct db *db, const char *name,
                               struct credential *ret_credential) WARN_UNUSED;
/* Adds the row or replaces it. */
enum err credential_store_put(struct ctx *ctx, struct db *db,
                              const struct credential *credential) WARN_UNUSED;
enum err credential_store_set_failed(struct ctx *ctx, struct db *db, const char *name,
                                     int64_t failed, int64_t locked_until) WARN_UNUSED;
enum err credential_store_count(struct ctx *ctx, struct db *db, int64_t *ret_count) WARN_UNUSED;
