/* SPDX-License-Identifier: Apache-2.0 */
/* Brings a database to the schema this program was built with. */
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "store/db_driver.h"

/* Too early for the store files' lists: these run while the schema is not there yet. */
static const struct query MIGRATION_LIST = {
    .name = "MIGRATION_LIST",
    .sql = "SELECT number, name, checksum FROM schema_migration ORDER BY number",
};
static const struct query MIGRATION_ADD = {
    .name = "MIGRATION_ADD",
    .sql = "INSERT INTO schema_migration (number, name, checksum, applied_at) "
           "VALUES (?1, ?2, ?3, ?4)",
};

static const char MIGRATION_TABLE[] = "CREATE TABLE schema_migration ("
                                      "number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
                                      "checksum TEXT NOT NULL, applied_at TEXT NOT NULL)";

struct applied {
    int64_t number;
    const char *name;
    const char *checksum;
};

DB_SHAPE(APPLIED_SHAPE, struct applied, DB_COL_INT(struct applied, number),
         DB_COL_TEXT(struct applied, name), DB_COL_TEXT(struct applied, checksum));

struct table_name {
    const char *name;
};

DB_SHAPE(TABLE_SHAPE, struct table_name, DB_COL_TEXT(struct table_name, name));

struct schema {
    struct applied *applied;
    size_t count;
    size_t table_count; /* all tables, ours or not */
    bool has_list;
};

static enum err
schema_read(struct ctx *ctx, struct db *db, struct schema *ret_schema)
{
    struct schema schema = {0};
    struct table_name *tables = NULL;
    const struct db_call call = {db->driver->tables, NULL, 0};
    TRY(db_list(ctx, db, call, &TABLE_SHAPE, &tables, &schema.table_count));
    for (size_t i = 0; i < schema.table_count; i++)
        schema.has_list |= strcmp(tables[i].name, "schema_migration") == 0;
    if (schema.has_list)
        TRY(db_list(ctx, db, QUERY(MIGRATION_LIST), &APPLIED_SHAPE, &schema.applied,
                    &schema.count));
    *ret_schema = schema;
    return ERR_OK;
}

static const char *
checksum_of(struct ctx *ctx, const struct db_migration *migration)
{
    uint8_t hash[SM3_LENGTH];
    sm3(migration->sql, strlen(migration->sql), hash);
    return hex_format(ctx, hash, sizeof hash);
}

static const struct db_migration *
migration_find(int64_t number)
{
    for (const struct db_migration *migration = DB_MIGRATIONS; migration->name; migration++) {
        if (migration->number == number)
            return migration;
    }
    return NULL;
}

static bool
is_applied(const struct schema *schema, int number)
{
    for (size_t i = 0; i < schema->count; i++) {
        if (schema->applied[i].number == number)
            return true;
    }
    return false;
}

/* What was applied must be what this program knows. */
static enum err
schema_check(struct ctx *ctx, const struct schema *schema)
{
    if (!schema->has_list && schema->table_count)
        return FAIL(ctx, ERR_STORE, "这个数据库里有别的程序的表，不是村选的数据库",
                    "this database holds tables of another program");
    for (size_t i = 0; i < schema->count; i++) {
        const struct applied *applied = &schema->applied[i];
        const struct db_migration *migration = migration_find(applied->number);
        if (!migration)
            return FAIL_HINT(
                ctx, ERR_STORE, "请使用更新的程序打开它。", "Open it with the newer program.",
                "数据库由更新的程序建立（含迁移 %s）",
                "the database was made by a newer program (migration %s)", applied->name);
        if (strcmp(checksum_of(ctx, migration), applied->checksum) != 0)
            return FAIL(ctx, ERR_STORE, "数据库的迁移 %s 与本程序的不一致",
                        "migration %s of the database differs from this program's", applied->name);
    }
    return ERR_OK;
}

/* SQL words that PostgreSQL has under another name, or not at all. Byte order of text is the same
 * on both. */
static const char *
text_for(struct ctx *ctx, const struct db *db, const char *sql)
{
    static const char *const WORD[][2] = {
        {"BLOB", "BYTEA"}, {"TEXT", "TEXT COLLATE \"C\""}, {"WITHOUT ROWID", ""}};
    if (!db_is_postgres(db))
        return sql;
    for (size_t i = 0; i < COUNT_OF(WORD); i++) {
        char *changed = mem_text(ctx->mem, "");
        const char *found = strstr(sql, WORD[i][0]);
        for (; found; found = strstr(sql, WORD[i][0])) {
            changed = talloc_strndup_append(changed, sql, (size_t)(found - sql));
            changed = talloc_strdup_append(changed, WORD[i][1]);
            sql = found + strlen(WORD[i][0]);
        }
        sql = talloc_strdup_append(changed, sql);
    }
    return sql;
}

static enum err
migration_apply(struct ctx *ctx, struct db *db, const struct db_migration *migration)
{
    TRY(db_script(ctx, db, text_for(ctx, db, migration->sql)));
    return db_run(ctx, db,
                  QUERY(MIGRATION_ADD, db_int(migration->number), db_text(migration->name),
                        db_text(checksum_of(ctx, migration)),
                        db_text(instant_format(ctx, clock_now()))));
}

/* One transaction: a schema is whole or unchanged. Looks again inside it, because another process
 * may have done the work meanwhile. */
static enum err
migrate_all(struct ctx *ctx, struct db *db, void *arg)
{
    (void)arg;
    struct schema schema;
    TRY(schema_read(ctx, db, &schema));
    TRY(schema_check(ctx, &schema));
    if (!schema.has_list)
        TRY(db_script(ctx, db, text_for(ctx, db, MIGRATION_TABLE)));
    for (const struct db_migration *migration = DB_MIGRATIONS; migration->name; migration++) {
        if (!is_applied(&schema, migration->number))
            TRY(migration_apply(ctx, db, migration));
    }
    return ERR_OK;
}

enum err
db_migrate(struct ctx *ctx, struct db *db, enum db_mode mode)
{
    struct schema schema;
    TRY(schema_read(ctx, db, &schema));
    TRY(schema_check(ctx, &schema));
    bool is_complete = schema.has_list;
    for (const struct db_migration *migration = DB_MIGRATIONS; migration->name; migration++)
        is_complete &= is_applied(&schema, migration->number);
    if (is_complete)
        return ERR_OK;
    if (mode == DB_READ)
        return FAIL_HINT(ctx, ERR_STORE, "请先用可写方式打开一次，使它升级。",
                         "Open it once for writing, which brings it up to date.",
                         "数据库还没有升级到本程序的版本",
                         "the database is older than this program");
    return db_transaction(ctx, db, migrate_all, NULL);
}
