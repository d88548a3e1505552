/* SPDX-License-Identifier: Apache-2.0 */
#include "store/user_store.h"

#define COLUMNS "name, role, unit, person, desk, created_at, active"

#define QUERIES(X)                                                                                 \
    X(USER_ADD, "INSERT INTO app_user (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "          \
                "ON CONFLICT (name) DO NOTHING")                                                   \
    X(USER_FIND, "SELECT " COLUMNS " FROM app_user WHERE name = ?1")                               \
    X(USER_LIST, "SELECT " COLUMNS " FROM app_user ORDER BY name")                                 \
    X(USER_SET_ACTIVE, "UPDATE app_user SET active = ?2 WHERE name = ?1")

DB_QUERIES(user_store)

DB_SHAPE(USER_SHAPE, struct user, DB_COL_TEXT(struct user, name), DB_COL_TEXT(struct user, role),
         DB_COL_TEXT(struct user, unit), DB_COL_TEXT(struct user, person),
         DB_COL_TEXT(struct user, desk), DB_COL_TEXT(struct user, created_at),
         DB_COL_BOOL(struct user, active));

enum err
user_store_add(struct ctx *ctx, struct db *db, const struct user *user)
{
    TRY(db_run(ctx, db,
               QUERY(USER_ADD, db_text(user->name), db_text(user->role), db_text(user->unit),
                     db_text(user->person), db_text(user->desk), db_text(user->created_at),
                     db_bool(user->active))));
    if (db_changes(db) == 0)
        return FAIL(ctx, ERR_INVALID, "用户“%s”已经存在", "the user \"%s\" exists already",
                    user->name);
    return ERR_OK;
}

enum err
user_store_find(struct ctx *ctx, struct db *db, const char *name, struct user *ret_user)
{
    return db_find(ctx, db, QUERY(USER_FIND, db_text(name)), &USER_SHAPE, ret_user);
}

enum err
user_store_list(struct ctx *ctx, struct db *db, struct user **ret_users, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(USER_LIST), &USER_SHAPE, ret_users, ret_count);
}

enum err
user_store_set_active(struct ctx *ctx, struct db *db, const char *name, bool active)
{
    return db_run_one(ctx, db, QUERY(USER_SET_ACTIVE, db_text(name), db_bool(active)));
}
