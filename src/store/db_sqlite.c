/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite driver; the only file that knows sqlite3. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>
#include <sqlite3.h>

#include "base/file.h"
#include "store/db_driver.h"

/* db_transaction tries a dozen times: about a quarter of a minute in all. */
enum { BUSY_WAIT_MS = 1000 };

struct open_row {
    int flags;
    const char *settings;
};

/* FULL: an accepted act survives a power cut. Temporary data stays in memory: a sort must not leave
 * names of voters in /tmp. */
#define SETTINGS_COMMON                                                                            \
    "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;"            \
    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
#define SETTINGS_WRITE                                                                             \
    "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = "                    \
    "FULL; PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = "                         \
    "67108864;" SETTINGS_COMMON

static const struct open_row OPEN_ROWS[] = {
    [DB_READ] = {SQLITE_OPEN_READONLY, SETTINGS_COMMON},
    [DB_WRITE] = {SQLITE_OPEN_READWRITE, SETTINGS_WRITE},
    [DB_CREATE] = {SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, SETTINGS_WRITE},
};

static enum err
refuse(struct ctx *ctx, struct db *db, const char *what)
{
    sqlite3 *handle = db->handle;
    const char *words = handle ? sqlite3_errmsg(handle) : "out of memory";
    const int code = handle ? sqlite3_extended_errcode(handle) : SQLITE_NOMEM;
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        db->retry = true;
        return FAIL_HINT(ctx, ERR_STALE, "请稍后再试。", "Try again in a moment.",
                         "数据库正被另一个程序占用", "the database is locked by another program");
    case SQLITE_FULL:
        return FAIL_HINT(ctx, ERR_IO, "请腾出磁盘空间后再试；本次没有写入任何内容。",
                         "Free some disk space and try again; nothing of this was written.",
                         "磁盘已满，数据库无法写入", "the disk is full: cannot write the database");
    case SQLITE_READONLY:
        return FAIL_HINT(ctx, ERR_IO, "请检查磁盘是否只读、文件和文件夹是否可写。",
                         "Check that the disk, the folder and the file can be written to.",
                         "数据库只读，不能写入", "the database is read-only");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return FAIL_HINT(ctx, ERR_IO, "请检查磁盘空间、文件权限和磁盘是否完好。",
                         "Check free disk space, file rights and the health of the disk.",
                         "数据库文件读写失败：%s（%s，%d）",
                         "cannot read or write the database file: %s (%s, %d)", words, what, code);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return FAIL_HINT(ctx, ERR_STORE, "请从备份恢复，或换一个文件。",
                         "Restore it from a backup, or name another file.",
                         "数据库文件已损坏或不是数据库：%s",
                         "the file is damaged or no database: %s", words);
    default:
        return FAIL(ctx, ERR_STORE, "数据库出错：%s（%s，%d）", "store failure: %s (%s, %d)", words,
                    what, code);
    }
}

static enum err
sqlite_script(struct ctx *ctx, struct db *db, const char *sql)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return refuse(ctx, db, "script");
    return ERR_OK;
}

/* Says what is wrong with a path before SQLite would say only "unable to open". */
static enum err
check_path(struct ctx *ctx, const char *path, enum db_mode mode)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        if (mode == DB_CREATE && errno == ENOENT)
            return ERR_OK;
        return FAIL_HINT(ctx, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
                         "请检查路径，或先建立数据库。",
                         "Check the path, or make the database first.", "打不开数据库“%s”：%s",
                         "cannot open the database \"%s\": %s", path, errno_words(ctx, errno));
    }
    if (S_ISDIR(status.st_mode))
        return FAIL(ctx, ERR_IO, "数据库“%s”是文件夹，不是文件", "the database \"%s\" is a folder",
                    path);
    if (access(path, mode == DB_READ ? R_OK : R_OK | W_OK) != 0)
        return FAIL_HINT(ctx, ERR_IO, "请检查文件权限和磁盘是否只读。",
                         "Check the file's rights and whether the disk is read-only.",
                         "数据库“%s”不可读写：%s", "cannot read and write the database \"%s\": %s",
                         path, errno_words(ctx, errno));
    return ERR_OK;
}

static void
statement_free(void *statement)
{
    sqlite3_finalize(statement);
}

static enum err
sqlite_open(struct ctx *ctx, struct db *db, const char *location, enum db_mode mode)
{
    const bool is_memory = strcmp(location, ":memory:") == 0;
    if (!is_memory)
        TRY(check_path(ctx, location, mode));
    sqlite3 *handle = NULL;
    const int code =
        sqlite3_open_v2(location, &handle, OPEN_ROWS[mode].flags | SQLITE_OPEN_NOMUTEX, NULL);
    db->handle = handle;
    db->cache = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, statement_free);
    if (code != SQLITE_OK)
        return refuse(ctx, db, location);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, BUSY_WAIT_MS);
    return sqlite_script(ctx, db, OPEN_ROWS[mode].settings);
}

static void
sqlite_close(struct db *db)
{
    if (db->cache)
        g_hash_table_destroy(db->cache);
    sqlite3_close_v2(db->handle);
}

/* Queries made on the spot have no name and are not kept: whoever gets one finalizes it. */
static enum err
statement_get(struct ctx *ctx, struct db *db, const struct query *query, sqlite3_stmt **ret)
{
    const bool is_kept = *query->name;
    sqlite3_stmt *statement = is_kept ? g_hash_table_lookup(db->cache, query) : NULL;
    if (!statement) {
        if (sqlite3_prepare_v3(db->handle, query->sql, -1, is_kept ? SQLITE_PREPARE_PERSISTENT : 0,
                               &statement, NULL) != SQLITE_OK)
            return refuse(ctx, db, is_kept ? query->name : query->sql);
        if (is_kept)
            g_hash_table_insert(db->cache, (void *)(uintptr_t)query, statement);
    }
    *ret = statement;
    return ERR_OK;
}

static enum err
sqlite_prepare(struct ctx *ctx, struct db *db, const struct query *query)
{
    sqlite3_stmt *statement = NULL;
    return statement_get(ctx, db, query, &statement);
}

static int
bind_date(sqlite3_stmt *statement, int number, struct date date)
{
    const struct civil civil = date_to_civil(date);
    char text[48];
    const int length =
        snprintf(text, sizeof text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    return sqlite3_bind_text(statement, number, text, length, SQLITE_TRANSIENT);
}

/* The bytes outlive the statement's run, so SQLite need not copy them. */
static int
bind_value(sqlite3_stmt *statement, int number, const struct db_value *value)
{
    switch (value->type) {
    case DB_NULL:
        return sqlite3_bind_null(statement, number);
    case DB_INT:
        return sqlite3_bind_int64(statement, number, value->integer);
    case DB_TEXT:
        return sqlite3_bind_text64(statement, number, value->bytes, value->length, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case DB_BLOB:
        return sqlite3_bind_blob64(statement, number, value->bytes, value->length, SQLITE_STATIC);
    case DB_DATE:
        return bind_date(statement, number, (struct date){(int32_t)value->integer});
    }
    BUG("unknown type of value");
}

static struct db_value
column_value(sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return db_int(sqlite3_column_int64(statement, column));
    case SQLITE_NULL:
        return db_null();
    case SQLITE_BLOB: {
        const void *bytes = sqlite3_column_blob(statement, column);
        /* SQLite gives NULL for a blob of no bytes. */
        return db_blob(bytes ? bytes : "", (size_t)sqlite3_column_bytes(statement, column));
    }
    default: {
        const void *text = sqlite3_column_text(statement, column);
        return (struct db_value){.type = DB_TEXT,
                                 .bytes = text,
                                 .length = (size_t)sqlite3_column_bytes(statement, column)};
    }
    }
}

static enum err
step_all(struct ctx *ctx, struct db *db, sqlite3_stmt *statement, struct db_raw raw)
{
    struct db_value values[DB_VALUES_MAX];
    const int count = sqlite3_column_count(statement);
    ASSERT(count <= DB_VALUES_MAX);
    for (;;) {
        const int code = sqlite3_step(statement);
        if (code == SQLITE_DONE)
            return ERR_OK;
        if (code != SQLITE_ROW)
            return refuse(ctx, db, sqlite3_sql(statement));
        ASSERT(raw.fn);
        for (int i = 0; i < count; i++)
            values[i] = column_value(statement, i);
        TRY(raw.fn(ctx, values, (size_t)count, raw.arg));
    }
}

static enum err
bind_and_step(struct ctx *ctx, struct db *db, sqlite3_stmt *statement, struct db_call call,
              struct db_raw raw)
{
    ASSERT((size_t)sqlite3_bind_parameter_count(statement) == call.count);
    for (size_t i = 0; i < call.count; i++) {
        if (bind_value(statement, (int)i + 1, &call.values[i]) != SQLITE_OK)
            return refuse(ctx, db, call.query->name);
    }
    return step_all(ctx, db, statement, raw);
}

static enum err
sqlite_run(struct ctx *ctx, struct db *db, struct db_call call, struct db_raw raw)
{
    sqlite3_stmt *statement = NULL;
    TRY(statement_get(ctx, db, call.query, &statement));
    const enum err err = bind_and_step(ctx, db, statement, call, raw);
    db->changes = sqlite3_changes64(db->handle);
    if (*call.query->name) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    } else {
        sqlite3_finalize(statement);
    }
    return err;
}

static enum err
sqlite_bulk(struct ctx *ctx, struct db *db, struct db_bulk bulk)
{
    struct db_value values[DB_VALUES_MAX];
    sqlite3_stmt *statement = NULL;
    TRY(statement_get(ctx, db, bulk.query, &statement));
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < bulk.count; i++) {
        bulk.fn(bulk.arg, i, values);
        const struct db_call call = {bulk.query, values, bulk.columns};
        err = bind_and_step(ctx, db, statement, call, (struct db_raw){NULL, NULL});
        sqlite3_reset(statement);
    }
    sqlite3_clear_bindings(statement);
    return err;
}

static enum err
sqlite_columns(struct ctx *ctx, struct db *db, const char *sql, const char ***ret_names,
               size_t *ret_count)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK)
        return refuse(ctx, db, sql);
    const int count = sqlite3_column_count(statement);
    const char **names = mem_array(ctx->mem, const char *, count);
    for (int i = 0; i < count; i++)
        names[i] = mem_text(ctx->mem, sqlite3_column_name(statement, i));
    sqlite3_finalize(statement);
    *ret_names = names;
    *ret_count = (size_t)count;
    return ERR_OK;
}

static enum err
sqlite_recover(struct ctx *ctx, struct db *db)
{
    (void)ctx;
    (void)db;
    return ERR_OK;
}

static const struct query SQLITE_TABLES = {
    .name = "SQLITE_TABLES",
    .sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
           "ORDER BY name",
};

const struct db_driver DB_SQLITE_DRIVER = {
    .name = "sqlite",
    .open = sqlite_open,
    .close = sqlite_close,
    .prepare = sqlite_prepare,
    .run = sqlite_run,
    .bulk = sqlite_bulk,
    .script = sqlite_script,
    .columns = sqlite_columns,
    .recover = sqlite_recover,
    .begin = "BEGIN IMMEDIATE",
    .begin_read = "BEGIN",
    .read_only = {"PRAGMA query_only = OFF", "PRAGMA query_only = ON"},
    .tables = &SQLITE_TABLES,
};
