/* SPDX-License-Identifier: Apache-2.0 */
/* Settings of the installation (not of an election: those are acts). */
#pragma once

#include "store/db.h"

struct setting {
    const char *name;
    const char *value;
};

/* ERR_NOT_FOUND, without a recorded failure, if it was never set. */
enum err setting_store_find(struct ctx *ctx, struct db *db, const char *name,
                            const char **ret_value) WARN_UNUSED;
enum err
setting_store_set(struct ctx *ctx, struct db *db, const char *name, const char *value) WARN_UNUSED;
/* All, by name. */
enum err setting_store_list(struct ctx *ctx, struct db *db, struct setting **ret_settings,
                            size_t *ret_count) WARN_UNUSED;

/* What decides whether a committed act survives a power cut. SQLite: journal mode (wal) and
 * synchronous (2: full); PostgreSQL: fsync (on) and synchronous_commit (on). */
struct durability {
    const char *log;
    const char *sync;
};
enum err setting_store_durability(struct ctx *ctx, struct db *db,
                                  struct durability *ret_durability) WARN_UNUSED;
