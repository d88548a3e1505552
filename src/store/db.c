/* SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

#include <string.h>
#include <unistd.h>

#include "store/db_driver.h"

enum { TRIES_MAX = 12, WAIT_FIRST_US = 2000, WAIT_MAX_US = 200000 };

/* ---- values ---- */

struct db_value
db_null(void)
{
    return (struct db_value){.type = DB_NULL};
}

struct db_value
db_int(int64_t value)
{
    return (struct db_value){.type = DB_INT, .integer = value};
}

struct db_value
db_bool(bool value)
{
    return db_int(value ? 1 : 0);
}

struct db_value
db_text(const char *text)
{
    return text ? (struct db_value){.type = DB_TEXT, .bytes = text, .length = strlen(text)}
                : db_null();
}

struct db_value
db_blob(const void *bytes, size_t length)
{
    return bytes ? (struct db_value){.type = DB_BLOB, .bytes = bytes, .length = length} : db_null();
}

struct db_value
db_date(struct date date)
{
    return date_is_set(date) ? (struct db_value){.type = DB_DATE, .integer = date.day} : db_null();
}

/* ---- the way into the driver ---- */

static enum err
count_call(struct ctx *ctx, struct db *db)
{
    ASSERT(!db->is_walking);
    db->retry = false;
    db->calls++;
    if (db->fail_at && db->calls >= db->fail_at) {
        db->fail_at = 0;
        return FAIL(ctx, ERR_STORE, "数据库出错（测试所设）", "store failure (set by a test)");
    }
    return ERR_OK;
}

enum err
db_script(struct ctx *ctx, struct db *db, const char *sql)
{
    TRY(count_call(ctx, db));
    return db->driver->script(ctx, db, sql);
}

enum err
db_raw_each(struct ctx *ctx, struct db *db, struct db_call call, struct db_raw raw)
{
    ASSERT(call.count <= DB_VALUES_MAX);
    TRY(count_call(ctx, db));
    db->is_walking = true;
    const enum err err = db->driver->run(ctx, db, call, raw);
    db->is_walking = false;
    return err;
}

enum err
db_prepare(struct ctx *ctx, struct db *db, const struct query *query)
{
    TRY(count_call(ctx, db));
    return db->driver->prepare(ctx, db, query);
}

void
db_fail_after(struct db *db, int n)
{
    db->fail_at = n ? db->calls + n : 0;
}

int64_t
db_calls(const struct db *db)
{
    return db->calls;
}

/* ---- changing ---- */

enum err
db_run(struct ctx *ctx, struct db *db, struct db_call call)
{
    return db_raw_each(ctx, db, call, (struct db_raw){NULL, NULL});
}

enum err
db_run_one(struct ctx *ctx, struct db *db, struct db_call call)
{
    TRY(db_run(ctx, db, call));
    if (db->changes == 0)
        return FAIL(ctx, ERR_STALE, "数据已被他人改动，请重新打开后再办",
                    "the data was changed by somebody else; open it again");
    return ERR_OK;
}

enum err
db_bulk(struct ctx *ctx, struct db *db, struct db_bulk bulk)
{
    ASSERT(bulk.columns <= DB_VALUES_MAX);
    if (bulk.count == 0)
        return ERR_OK;
    TRY(count_call(ctx, db));
    return db->driver->bulk(ctx, db, bulk);
}

int64_t
db_changes(const struct db *db)
{
    return db->changes;
}

/* ---- rows ---- */

/* One walk over typed rows. `mem`: where texts are copied, NULL: they are borrowed. */
struct walk {
    const struct db_shape *shape;
    const char *query;
    void *mem;
    db_row_fn *fn;
    void *arg;
    char *row;  /* db_each, db_find */
    char *rows; /* db_list */
    size_t count;
    size_t capacity;
};

static enum err
refuse_column(struct ctx *ctx, const char *query, size_t column)
{
    return FAIL(ctx, ERR_STORE, "数据库内容有误：查询 %s 第 %zu 列的类型不对",
                "the database holds a wrong value: query %s, column %zu", query, column + 1);
}

static const void *
keep_bytes(const struct walk *walk, const struct db_value *value)
{
    if (!walk->mem)
        return value->bytes;
    char *copy = mem_array(walk->mem, char, value->length + 1);
    if (value->length)
        memcpy(copy, value->bytes, value->length);
    return copy;
}

static bool
convert_text(const struct walk *walk, const struct db_value *value, char *member)
{
    const char *text = value->type == DB_NULL ? NULL : keep_bytes(walk, value);
    memcpy(member, &text, sizeof text);
    return value->type == DB_NULL || value->type == DB_TEXT;
}

static bool
convert_int(const struct walk *walk, const struct db_value *value, char *member)
{
    (void)walk;
    memcpy(member, &value->integer, sizeof value->integer);
    return value->type == DB_NULL || value->type == DB_INT;
}

static bool
convert_bool(const struct walk *walk, const struct db_value *value, char *member)
{
    (void)walk;
    const bool is_true = value->integer != 0;
    memcpy(member, &is_true, sizeof is_true);
    return value->type == DB_NULL || value->type == DB_INT;
}

static bool
convert_date(const struct walk *walk, const struct db_value *value, char *member)
{
    (void)walk;
    struct date date = DATE_NONE;
    const bool good =
        value->type == DB_NULL || (value->type == DB_TEXT && date_parse(value->bytes, &date));
    memcpy(member, &date, sizeof date);
    return good;
}

static bool
convert_blob(const struct walk *walk, const struct db_value *value, char *member)
{
    struct db_bytes bytes = {NULL, 0};
    if (value->type == DB_BLOB)
        bytes = (struct db_bytes){keep_bytes(walk, value), value->length};
    memcpy(member, &bytes, sizeof bytes);
    return value->type == DB_NULL || value->type == DB_BLOB;
}

static bool
convert_hash(const struct walk *walk, const struct db_value *value, char *member)
{
    (void)walk;
    if (value->type != DB_BLOB || value->length != 32)
        return false;
    memcpy(member, value->bytes, 32);
    return true;
}

typedef bool convert_fn(const struct walk *walk, const struct db_value *value, char *member);

static convert_fn *const CONVERT[] = {
    [DB_KIND_TEXT] = convert_text, [DB_KIND_INT] = convert_int,   [DB_KIND_BOOL] = convert_bool,
    [DB_KIND_DATE] = convert_date, [DB_KIND_BLOB] = convert_blob, [DB_KIND_HASH] = convert_hash,
};

static enum err
fill_row(struct ctx *ctx, const struct walk *walk, const struct db_value *values, char *row)
{
    for (size_t i = 0; i < walk->shape->column_count; i++) {
        const struct db_column *column = &walk->shape->columns[i];
        if (!CONVERT[column->kind](walk, &values[i], row + column->offset))
            return refuse_column(ctx, walk->query, i);
    }
    return ERR_OK;
}

static enum err
add_row(struct ctx *ctx, const struct db_value *values, size_t count, void *arg)
{
    struct walk *walk = arg;
    ASSERT(count == walk->shape->column_count);
    const size_t size = walk->shape->row_size;
    if (walk->count == walk->capacity) {
        walk->capacity = walk->capacity ? walk->capacity * 2 : 8;
        walk->rows = mem_resized(walk->mem, walk->rows, size, walk->capacity, "rows");
    }
    char *row = walk->rows + walk->count * size;
    memset(row, 0, size);
    walk->count++;
    return fill_row(ctx, walk, values, row);
}

enum err
db_list(struct ctx *ctx, struct db *db, struct db_call call, const struct db_shape *shape,
        void *ret_rows, size_t *ret_count)
{
    struct walk walk = {.shape = shape, .query = call.query->name, .mem = ctx->mem};
    TRY(db_raw_each(ctx, db, call, (struct db_raw){add_row, &walk}));
    memcpy(ret_rows, &walk.rows, sizeof walk.rows);
    *ret_count = walk.count;
    return ERR_OK;
}

static enum err
take_row(struct ctx *ctx, const struct db_value *values, size_t count, void *arg)
{
    struct walk *walk = arg;
    ASSERT(count == walk->shape->column_count);
    ASSERT(walk->count == 0);
    walk->count++;
    return fill_row(ctx, walk, values, walk->row);
}

enum err
db_find(struct ctx *ctx, struct db *db, struct db_call call, const struct db_shape *shape,
        void *ret_row)
{
    struct walk walk = {.shape = shape, .query = call.query->name, .mem = ctx->mem};
    walk.row = mem_zeroed(ctx->mem, shape->row_size, 1, "row");
    TRY(db_raw_each(ctx, db, call, (struct db_raw){take_row, &walk}));
    if (walk.count == 0)
        return ERR_NOT_FOUND;
    memcpy(ret_row, walk.row, shape->row_size);
    return ERR_OK;
}

static enum err
pass_row(struct ctx *ctx, const struct db_value *values, size_t count, void *arg)
{
    struct walk *walk = arg;
    ASSERT(count == walk->shape->column_count);
    TRY(fill_row(ctx, walk, values, walk->row));
    return walk->fn(ctx, walk->row, walk->arg);
}

enum err
db_each(struct ctx *ctx, struct db *db, struct db_call call, const struct db_shape *shape,
        db_row_fn *fn, void *arg)
{
    struct walk walk = {.shape = shape, .query = call.query->name, .fn = fn, .arg = arg};
    walk.row = mem_zeroed(ctx->mem, shape->row_size, 1, "row");
    const enum err err = db_raw_each(ctx, db, call, (struct db_raw){pass_row, &walk});
    talloc_free(walk.row);
    return err;
}

struct counted {
    int64_t value;
};

enum err
db_count(struct ctx *ctx, struct db *db, struct db_call call, int64_t *ret_count)
{
    DB_SHAPE(COUNTED_SHAPE, struct counted, DB_COL_INT(struct counted, value));
    struct counted counted = {0};
    TRY(db_find(ctx, db, call, &COUNTED_SHAPE, &counted));
    *ret_count = counted.value;
    return ERR_OK;
}

/* ---- life ---- */

enum err
db_open(struct ctx *ctx, const char *location, enum db_mode mode, struct db **ret_db)
{
    CLEANUP(db_closep) struct db *db = mem_new(NULL, struct db);
    const bool is_postgres =
        strncmp(location, "postgresql:", 11) == 0 || strncmp(location, "postgres:", 9) == 0;
    db->driver = is_postgres ? &DB_POSTGRES_DRIVER : &DB_SQLITE_DRIVER;
    if (strncmp(location, "sqlite:", 7) == 0)
        location += 7;
    TRY(db->driver->open(ctx, db, location, mode));
    TRY(db_migrate(ctx, db, mode));
    if (mode == DB_READ)
        TRY(db_set_read_only(ctx, db, true));
    *ret_db = db;
    db = NULL;
    return ERR_OK;
}

void
db_close(struct db *db)
{
    db->driver->close(db);
    talloc_free(db);
}

void
db_closep(struct db **db)
{
    if (*db)
        db_close(*db);
    *db = NULL;
}

bool
db_is_postgres(const struct db *db)
{
    return db->driver == &DB_POSTGRES_DRIVER;
}

enum err
db_set_read_only(struct ctx *ctx, struct db *db, bool read_only)
{
    return db_script(ctx, db, db->driver->read_only[read_only ? 1 : 0]);
}

/* ---- transactions ---- */

enum err
db_begin(struct ctx *ctx, struct db *db)
{
    ASSERT(!db->in_transaction);
    TRY(db_script(ctx, db, db->driver->begin));
    db->in_transaction = true;
    return ERR_OK;
}

enum err
db_begin_read(struct ctx *ctx, struct db *db)
{
    ASSERT(!db->in_transaction);
    TRY(db_script(ctx, db, db->driver->begin_read));
    db->in_transaction = true;
    return ERR_OK;
}

void
db_rollback(struct db *db)
{
    if (!db->in_transaction)
        return;
    db->in_transaction = false;
    const bool retry = db->retry;
    CLEANUP(ctx_freep) struct ctx *quiet = ctx_new(LANG_ZH);
    (void)db->driver->script(quiet, db, "ROLLBACK");
    db->retry = retry;
}

enum err
db_commit(struct ctx *ctx, struct db *db)
{
    ASSERT(db->in_transaction);
    db->is_committing = true;
    const enum err err = db_script(ctx, db, "COMMIT");
    db->is_committing = false;
    if (err == ERR_OK)
        db->in_transaction = false;
    else
        db_rollback(db);
    return err;
}

bool
db_in_transaction(const struct db *db)
{
    return db->in_transaction;
}

static enum err
work_once(struct ctx *ctx, struct db *db, db_work_fn *fn, void *arg)
{
    TRY(db_begin(ctx, db));
    const enum err err = fn(ctx, db, arg);
    if (err == ERR_OK)
        return db_commit(ctx, db);
    db_rollback(db);
    return err;
}

enum err
db_transaction(struct ctx *ctx, struct db *db, db_work_fn *fn, void *arg)
{
    unsigned wait_us = WAIT_FIRST_US;
    for (int tries = 1;; tries++) {
        db->retry = false;
        const enum err err = work_once(ctx, db, fn, arg);
        if (err == ERR_OK || !db->retry || tries == TRIES_MAX)
            return err;
        failure_clear(ctx);
        /* The wait differs between processes, so that two of them do not clash in step. */
        usleep(wait_us + (unsigned)getpid() % 997 * (unsigned)tries);
        wait_us = wait_us * 2 < WAIT_MAX_US ? wait_us * 2 : WAIT_MAX_US;
        TRY(db->driver->recover(ctx, db));
    }
}

enum err
db_nested(struct ctx *ctx, struct db *db, db_work_fn *fn, void *arg)
{
    ASSERT(db->in_transaction);
    TRY(db_script(ctx, db, "SAVEPOINT nested"));
    const enum err err = fn(ctx, db, arg);
    if (err == ERR_OK)
        return db_script(ctx, db, "RELEASE SAVEPOINT nested");
    const bool retry = db->retry;
    CLEANUP(ctx_freep) struct ctx *quiet = ctx_new(LANG_ZH);
    (void)db->driver->script(quiet, db, "ROLLBACK TO SAVEPOINT nested; RELEASE SAVEPOINT nested");
    db->retry = retry;
    return err;
}
