/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole tables, for rebuild and verify. The only SQL made at run time: a table's and its columns'
 * names cannot be parameters. They come from the database's own list and are checked again here.
 */
#include <string.h>

#include "store/db_driver.h"

/* The record itself: everything else is an index of it. */
static const char *const ENDURING[] = {
    "app_user",         "blob",           "checkpoint", "credential", "ledger",
    "schema_migration", "security_event", "session",    "setting",    "unit"};

static bool
is_enduring(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(ENDURING); i++) {
        if (strcmp(name, ENDURING[i]) == 0)
            return true;
    }
    return false;
}

struct table_name {
    const char *name;
};

DB_SHAPE(TABLE_SHAPE, struct table_name, DB_COL_TEXT(struct table_name, name));

enum err
db_derived_tables(struct ctx *ctx, struct db *db, const char ***ret_names, size_t *ret_count)
{
    struct table_name *tables = NULL;
    size_t count = 0;
    size_t kept = 0;
    const struct db_call call = {db->driver->tables, NULL, 0};
    TRY(db_list(ctx, db, call, &TABLE_SHAPE, &tables, &count));
    const char **names = mem_array(ctx->mem, const char *, count);
    for (size_t i = 0; i < count; i++) {
        if (!is_enduring(tables[i].name))
            names[kept++] = tables[i].name;
    }
    *ret_names = names;
    *ret_count = kept;
    return ERR_OK;
}

static void
require_name(const char *name)
{
    if (!*name || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(name))
        BUG("not a name of a table or column");
}

struct table_walk {
    struct db_table_row row;
    db_table_fn *fn;
    void *arg;
};

static enum err
pass_values(struct ctx *ctx, const struct db_value *values, size_t count, void *arg)
{
    struct table_walk *walk = arg;
    ASSERT(count == walk->row.count);
    walk->row.values = values;
    return walk->fn(ctx, &walk->row, walk->arg);
}

static const char *
dump_text(struct ctx *ctx, const char *table, size_t column_count, bool of_unit)
{
    char *sql = mem_printf(ctx->mem, "SELECT * FROM %s%s ORDER BY", table,
                           of_unit ? " WHERE unit = ?1" : "");
    for (size_t i = 1; i <= column_count; i++)
        sql = talloc_asprintf_append(sql, "%s %zu NULLS FIRST", i == 1 ? "" : ",", i);
    return sql;
}

enum err
db_dump_table(struct ctx *ctx, struct db *db, const char *table, const char *unit, db_table_fn *fn,
              void *arg)
{
    require_name(table);
    struct table_walk walk = {.row = {.table = table}, .fn = fn, .arg = arg};
    const char **names = NULL;
    TRY(db->driver->columns(ctx, db, mem_printf(ctx->mem, "SELECT * FROM %s WHERE 1 = 0", table),
                            &names, &walk.row.count));
    walk.row.names = names;
    const struct query query = {"", dump_text(ctx, table, walk.row.count, unit), NULL};
    const struct db_value value = db_text(unit);
    return db_raw_each(ctx, db, (struct db_call){&query, &value, unit ? 1 : 0},
                       (struct db_raw){pass_values, &walk});
}

enum err
db_empty_table(struct ctx *ctx, struct db *db, const char *table, const char *unit)
{
    require_name(table);
    ASSERT(!is_enduring(table));
    const struct query query = {
        "", mem_printf(ctx->mem, "DELETE FROM %s%s", table, unit ? " WHERE unit = ?1" : ""), NULL};
    const struct db_value value = db_text(unit);
    return db_run(ctx, db, (struct db_call){&query, &value, unit ? 1 : 0});
}
