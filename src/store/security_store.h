/* SPDX-License-Identifier: Apache-2.0 */
/* The security log 安全日志: what happened to accounts and sessions. Rows are only added. */
#pragma once

#include "store/db.h"

struct security_event {
    const char *id; /* set by security_store_add: instant and chance */
    const char *at;
    const char *name; /* account, as given by whoever tried */
    const char *kind; /* sign_in, sign_in_failed, locked, sign_out, replaced, idle, … */
    const char *address;
    const char *detail;
};

/* Adds it at ctx->now. */
enum err
security_store_add(struct ctx *ctx, struct db *db, const struct security_event *event) WARN_UNUSED;
/* The last `limit` ones, newest first. */
enum err security_store_list(struct ctx *ctx, struct db *db, int64_t limit,
                             struct security_event **ret_list, size_t *ret_count) WARN_UNUSED;
