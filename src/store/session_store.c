/* SPDX-License-Identifier: Apache-2.0 */
#include "store/session_store.h"

#define COLUMNS "id, name, csrf, address, began, seen, ended, notice"

#define QUERIES(X)                                                                                 \
    X(SESSION_ADD, "INSERT INTO session (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")    \
    X(SESSION_FIND, "SELECT " COLUMNS " FROM session WHERE id = ?1")                               \
    X(SESSION_LIVE, "SELECT " COLUMNS " FROM session WHERE name = ?1 AND ended = '' "              \
                    "ORDER BY began DESC LIMIT 1")                                                 \
    X(SESSION_SEEN, "UPDATE session SET seen = ?2 WHERE id = ?1")                                  \
    X(SESSION_NOTICED, "UPDATE session SET notice = '' WHERE id = ?1")                             \
    X(SESSION_END, "UPDATE session SET ended = ?2 WHERE name = ?1 AND ended = ''")                 \
    X(SESSION_REOPEN, "UPDATE session SET ended = '' WHERE id = ?1")                               \
    X(SESSION_FORGET, "DELETE FROM session WHERE seen < ?1")

DB_QUERIES(session_store)

DB_SHAPE(SESSION_SHAPE, struct session_row, DB_COL_TEXT(struct session_row, id),
         DB_COL_TEXT(struct session_row, name), DB_COL_TEXT(struct session_row, csrf),
         DB_COL_TEXT(struct session_row, address), DB_COL_INT(struct session_row, began),
         DB_COL_INT(struct session_row, seen), DB_COL_TEXT(struct session_row, ended),
         DB_COL_TEXT(struct session_row, notice));

enum err
session_store_add(struct ctx *ctx, struct db *db, const struct session_row *row)
{
    return db_run(ctx, db,
                  QUERY(SESSION_ADD, db_text(row->id), db_text(row->name), db_text(row->csrf),
                        db_text(row->address), db_int(row->began), db_int(row->seen),
                        db_text(row->ended), db_text(row->notice)));
}

enum err
session_store_find(struct ctx *ctx, struct db *db, const char *id, struct session_row *ret_row)
{
    return db_find(ctx, db, QUERY(SESSION_FIND, db_text(id)), &SESSION_SHAPE, ret_row);
}

enum err
session_store_live(struct ctx *ctx, struct db *db, const char *name, struct session_row *ret_row)
{
    return db_find(ctx, db, QUERY(SESSION_LIVE, db_text(name)), &SESSION_SHAPE, ret_row);
}

enum err
session_store_seen(struct ctx *ctx, struct db *db, const char *id, int64_t seen)
{
    return db_run(ctx, db, QUERY(SESSION_SEEN, db_text(id), db_int(seen)));
}

enum err
session_store_noticed(struct ctx *ctx, struct db *db, const char *id)
{
    return db_run(ctx, db, QUERY(SESSION_NOTICED, db_text(id)));
}

enum err
session_store_end(struct ctx *ctx, struct db *db, const char *name, const char *why)
{
    return db_run(ctx, db, QUERY(SESSION_END, db_text(name), db_text(why)));
}

enum err
session_store_forget(struct ctx *ctx, struct db *db, int64_t before)
{
    return db_run(ctx, db, QUERY(SESSION_FORGET, db_int(before)));
}

enum err
session_store_reopen(struct ctx *ctx, struct db *db, const char *id)
{
    return db_run_one(ctx, db, QUERY(SESSION_REOPEN, db_text(id)));
}
