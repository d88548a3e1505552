/* SPDX-License-Identifier: Apache-2.0 */
/* Who is signed in 会话. The browser holds a random token; here is only its hash. */
#pragma once

#include "store/db.h"

struct session_row {
    const char *id; /* SM3 of the token, hex */
    const char *name;
    const char *csrf; /* what every form of this session must send back */
    const char *address;
    int64_t began;
    int64_t seen;
    const char *ended;  /* "" while it goes on; signed_out, replaced, idle, closed */
    const char *notice; /* to be shown once: the address of the session it replaced; "" */
};

enum err
session_store_add(struct ctx *ctx, struct db *db, const struct session_row *row) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err session_store_find(struct ctx *ctx, struct db *db, const char *id,
                            struct session_row *ret_row) WARN_UNUSED;
/* The one that goes on for that account; ERR_NOT_FOUND without words. */
enum err session_store_live(struct ctx *ctx, struct db *db, const char *name,
                            struct session_row *ret_row) WARN_UNUSED;
enum err
session_store_seen(struct ctx *ctx, struct db *db, const char *id, int64_t seen) WARN_UNUSED;
/* The notice was shown. */
enum err session_store_noticed(struct ctx *ctx, struct db *db, const char *id) WARN_UNUSED;
/* Ends all of the account that go on. */
enum err
session_store_end(struct ctx *ctx, struct db *db, const char *name, const char *why) WARN_UNUSED;
/* A session that was just ended with the others goes on. */
enum err session_store_reopen(struct ctx *ctx, struct db *db, const char *id) WARN_UNUSED;
/* Forgets those last seen before that instant. */
enum err session_store_forget(struct ctx *ctx, struct db *db, int64_t before) WARN_UNUSED;
