/* SPDX-License-Identifier: Apache-2.0 */
#include "store/credential_store.h"

#define COLUMNS "name, hash, must_change, failed, locked_until, changed_at"

#define QUERIES(X)                                                                                 \
    X(CREDENTIAL_FIND, "SELECT " COLUMNS " FROM credential WHERE name = ?1")                       \
    X(CREDENTIAL_PUT, "INSERT INTO credential (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6) "      \
                      "ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, "                    \
                      "must_change = excluded.must_change, failed = excluded.failed, "             \
                      "locked_until = excluded.locked_until, changed_at = excluded.changed_at")    \
    X(CREDENTIAL_SET_FAILED,                                                                       \
      "UPDATE credential SET failed = ?2, locked_until = ?3 WHERE name = ?1")                      \
    X(CREDENTIAL_COUNT, "SELECT COUNT(*) FROM credential")

DB_QUERIES(credential_store)

DB_SHAPE(CREDENTIAL_SHAPE, struct credential, DB_COL_TEXT(struct credential, name),
         DB_COL_TEXT(struct credential, hash), DB_COL_BOOL(struct credential, must_change),
         DB_COL_INT(struct credential, failed), DB_COL_INT(struct credential, locked_until),
         DB_COL_TEXT(struct credential, changed_at));

enum err
credential_store_find(struct ctx *ctx, struct db *db, const char *name,
                      struct credential *ret_credential)
{
    return db_find(ctx, db, QUERY(CREDENTIAL_FIND, db_text(name)), &CREDENTIAL_SHAPE,
                   ret_credential);
}

enum err
credential_store_put(struct ctx *ctx, struct db *db, const struct credential *credential)
{
    return db_run(ctx, db,
                  QUERY(CREDENTIAL_PUT, db_text(credential->name), db_text(credential->hash),
                        db_bool(credential->must_change), db_int(credential->failed),
                        db_int(credential->locked_until), db_text(credential->changed_at)));
}

enum err
credential_store_set_failed(struct ctx *ctx, struct db *db, const char *name, int64_t failed,
                            int64_t locked_until)
{
    return db_run_one(
        ctx, db, QUERY(CREDENTIAL_SET_FAILED, db_text(name), db_int(failed), db_int(locked_until)));
}

enum err
credential_store_count(struct ctx *ctx, struct db *db, int64_t *ret_count)
{
    return db_count(ctx, db, QUERY(CREDENTIAL_COUNT), ret_count);
}
