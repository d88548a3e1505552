/* SPDX-License-Identifier: Apache-2.0 */
#include "store/security_store.h"

#include "base/clock.h"
#include "base/crypto.h"

#define COLUMNS "id, at, name, kind, address, detail"

#define QUERIES(X)                                                                                 \
    X(SECURITY_ADD, "INSERT INTO security_event (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)")    \
    X(SECURITY_LIST, "SELECT " COLUMNS " FROM security_event ORDER BY id DESC LIMIT ?1")

DB_QUERIES(security_store)

DB_SHAPE(EVENT_SHAPE, struct security_event, DB_COL_TEXT(struct security_event, id),
         DB_COL_TEXT(struct security_event, at), DB_COL_TEXT(struct security_event, name),
         DB_COL_TEXT(struct security_event, kind), DB_COL_TEXT(struct security_event, address),
         DB_COL_TEXT(struct security_event, detail));

enum err
security_store_add(struct ctx *ctx, struct db *db, const struct security_event *event)
{
    uint8_t chance[8];
    random_bytes(chance, sizeof chance);
    const char *id = mem_printf(ctx->mem, "%016llx%016llx%s", (unsigned long long)ctx->now,
                                (unsigned long long)clock_monotonic_us(),
                                hex_format(ctx, chance, sizeof chance));
    return db_run(ctx, db,
                  QUERY(SECURITY_ADD, db_text(id), db_text(instant_format(ctx, ctx->now)),
                        db_text(event->name), db_text(event->kind), db_text(event->address),
                        db_text(event->detail ? event->detail : "")));
}

enum err
security_store_list(struct ctx *ctx, struct db *db, int64_t limit, struct security_event **ret_list,
                    size_t *ret_count)
{
    return db_list(ctx, db, QUERY(SECURITY_LIST, db_int(limit)), &EVENT_SHAPE, ret_list, ret_count);
}
