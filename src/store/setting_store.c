/* SPDX-License-Identifier: Apache-2.0 */
#include "store/setting_store.h"

#define QUERIES(X)                                                                                 \
    X(SETTING_FIND, "SELECT name, value FROM setting WHERE name = ?1")                             \
    X(SETTING_SET, "INSERT INTO setting (name, value) VALUES (?1, ?2) "                            \
                   "ON CONFLICT (name) DO UPDATE SET value = excluded.value")                      \
    X(SETTING_LIST, "SELECT name, value FROM setting ORDER BY name")                               \
    X(SETTING_DURABILITY,                                                                          \
      "SELECT j.journal_mode, CAST(s.synchronous AS TEXT)"                                         \
      " FROM pragma_journal_mode AS j, pragma_synchronous AS s",                                   \
      "SELECT current_setting('fsync'), current_setting('synchronous_commit')")

DB_QUERIES(setting_store)

DB_SHAPE(SETTING_SHAPE, struct setting, DB_COL_TEXT(struct setting, name),
         DB_COL_TEXT(struct setting, value));

enum err
setting_store_find(struct ctx *ctx, struct db *db, const char *name, const char **ret_value)
{
    struct setting setting;
    TRY(db_find(ctx, db, QUERY(SETTING_FIND, db_text(name)), &SETTING_SHAPE, &setting));
    *ret_value = setting.value;
    return ERR_OK;
}

enum err
setting_store_set(struct ctx *ctx, struct db *db, const char *name, const char *value)
{
    return db_run(ctx, db, QUERY(SETTING_SET, db_text(name), db_text(value)));
}

enum err
setting_store_list(struct ctx *ctx, struct db *db, struct setting **ret_settings, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(SETTING_LIST), &SETTING_SHAPE, ret_settings, ret_count);
}

DB_SHAPE(DURABILITY_SHAPE, struct durability, DB_COL_TEXT(struct durability, log),
         DB_COL_TEXT(struct durability, sync));

enum err
setting_store_durability(struct ctx *ctx, struct db *db, struct durability *ret_durability)
{
    return db_find(ctx, db, QUERY(SETTING_DURABILITY), &DURABILITY_SHAPE, ret_durability);
}
