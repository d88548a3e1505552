/* SPDX-License-Identifier: Apache-2.0 */
/* The PostgreSQL driver; the only file that knows libpq. */
#include <string.h>

#include <glib.h>
#include <libpq-fe.h>

#include "base/buf.h"
#include "base/num.h"
#include "store/db_driver.h"

/* Types of the columns and parameters a query may have (pg_type.h). */
enum {
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_VARCHAR = 1043
};

static void
result_freep(PGresult **result)
{
    PQclear(*result);
    *result = NULL;
}

/* SQLSTATEs that may go away by trying again: serialization failure, deadlock, server going down or
 * starting, connection lost. 23505: two writers took one key; PostgreSQL reports this before it
 * notices that their transactions clash. */
static bool
may_retry(const char *state)
{
    static const char *const RETRY[] = {"40001", "40P01", "57P01", "57P02", "57P03", "23505"};
    for (size_t i = 0; i < COUNT_OF(RETRY); i++) {
        if (strcmp(state, RETRY[i]) == 0)
            return true;
    }
    return strncmp(state, "08", 2) == 0;
}

/* The server, or the way to it, is gone. */
static bool
is_lost(const struct db *db, const char *state)
{
    return PQstatus(db->handle) == CONNECTION_BAD || strncmp(state, "57P", 3) == 0 ||
           strncmp(state, "08", 2) == 0;
}

static enum err
refuse(struct ctx *ctx, struct db *db, const PGresult *result, const char *what)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (!state)
        state = PQstatus(db->handle) == CONNECTION_BAD ? "08006" : "XX000";
    if (!words)
        words = g_strchomp(mem_text(ctx->mem, PQerrorMessage(db->handle)));
    if (db->is_committing && is_lost(db, state))
        return FAIL_HINT(
            ctx, ERR_UNSURE, "先用 cunxuan log 查看末条记录，没有的再办一次。",
            "Look at the last entry first (cunxuan log); do it again if it is missing.",
            "提交时与数据库的连接中断，不知道本次是否已经受理：%s（%s）",
            "the connection was lost while committing: it is not known whether this "
            "was accepted: %s (%s)",
            words, state);
    db->retry = may_retry(state);
    if (strcmp(state, "53100") == 0)
        return FAIL_HINT(ctx, ERR_IO, "请腾出数据库服务器的磁盘空间后再试；本次没有写入任何内容。",
                         "Free disk space on the database server and try again; nothing of this "
                         "was written.",
                         "数据库服务器磁盘已满", "the disk of the database server is full");
    if (strcmp(state, "25006") == 0)
        return FAIL(ctx, ERR_IO, "数据库只读，不能写入", "the database is read-only");
    if (strcmp(state, "23505") != 0 && db->retry)
        return FAIL_HINT(ctx, ERR_STALE, "请稍后再试。", "Try again in a moment.",
                         "数据库正忙或连接中断：%s（%s）",
                         "the database is busy or the connection is lost: %s (%s)", words, state);
    return FAIL(ctx, ERR_STORE, "数据库出错：%s（%s，%s）", "store failure: %s (%s, %s)", words,
                state, what);
}

static enum err
postgres_script(struct ctx *ctx, struct db *db, const char *sql)
{
    CLEANUP(result_freep) PGresult *result = PQexec(db->handle, sql);
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        return refuse(ctx, db, result, "script");
    /* COMMIT of a failed transaction is answered by a polite ROLLBACK. */
    if (strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        return FAIL(ctx, ERR_STORE, "数据库没有提交本次修改", "the database did not commit");
    return ERR_OK;
}

static void
drop_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

static const char SETTINGS[] = "SET client_encoding = 'UTF8'; SET synchronous_commit = on; "
                               "SET standard_conforming_strings = on; SET lock_timeout = '10s'";

static enum err
postgres_open(struct ctx *ctx, struct db *db, const char *location, enum db_mode mode)
{
    (void)mode;
    db->cache = g_hash_table_new(g_direct_hash, g_direct_equal);
    PGconn *handle = PQconnectdb(location);
    db->handle = handle;
    if (PQstatus(handle) != CONNECTION_OK)
        return FAIL_HINT(ctx, ERR_IO, "请检查地址、用户、密码，以及数据库服务是否已启动。",
                         "Check the address, user and password, and that the server is running.",
                         "连接不上数据库服务器：%s", "could not connect to the database server: %s",
                         g_strchomp(mem_text(ctx->mem, PQerrorMessage(handle))));
    PQsetNoticeReceiver(handle, drop_notice, NULL);
    return postgres_script(ctx, db, SETTINGS);
}

static void
postgres_close(struct db *db)
{
    if (db->cache)
        g_hash_table_destroy(db->cache);
    PQfinish(db->handle);
}

static enum err
postgres_recover(struct ctx *ctx, struct db *db)
{
    if (PQstatus(db->handle) != CONNECTION_BAD)
        return ERR_OK;
    g_hash_table_remove_all(db->cache);
    PQreset(db->handle);
    if (PQstatus(db->handle) != CONNECTION_OK)
        return refuse(ctx, db, NULL, "reconnect");
    return postgres_script(ctx, db, SETTINGS);
}

/* ?1 becomes $1, outside quotes. */
static const char *
placeholders_rewrite(struct ctx *ctx, const char *sql)
{
    char *text = mem_text(ctx->mem, sql);
    bool quoted = false;
    for (char *character = text; *character; character++) {
        if (*character == '\'')
            quoted = !quoted;
        if (*character == '?' && !quoted)
            *character = '$';
    }
    return text;
}

static const char *
sql_of(struct ctx *ctx, const struct query *query)
{
    return placeholders_rewrite(ctx, query->postgres ? query->postgres : query->sql);
}

/* Queries made on the spot have no name: prepared as the unnamed statement, each time. */
static enum err
statement_make(struct ctx *ctx, struct db *db, const struct query *query)
{
    if (g_hash_table_contains(db->cache, query))
        return ERR_OK;
    CLEANUP(result_freep)
    PGresult *result = PQprepare(db->handle, query->name, sql_of(ctx, query), 0, NULL);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return refuse(ctx, db, result, query->name);
    if (*query->name)
        g_hash_table_add(db->cache, (void *)(uintptr_t)query);
    return ERR_OK;
}

static bool
is_known_type(Oid type)
{
    static const Oid KNOWN[] = {OID_BYTEA, OID_INT8, OID_INT2, OID_INT4, OID_TEXT, OID_VARCHAR};
    for (size_t i = 0; i < COUNT_OF(KNOWN); i++) {
        if (type == KNOWN[i])
            return true;
    }
    return false;
}

static enum err postgres_bulk(struct ctx *ctx, struct db *db, struct db_bulk bulk);

/* A COPY cannot be prepared: it is tried with no rows. */
static enum err
copy_try(struct ctx *ctx, struct db *db, const struct query *query)
{
    return postgres_bulk(ctx, db, (struct db_bulk){.query = query});
}

static enum err
postgres_prepare(struct ctx *ctx, struct db *db, const struct query *query)
{
    if (query->postgres && strncmp(query->postgres, "COPY ", 5) == 0)
        return copy_try(ctx, db, query);
    TRY(statement_make(ctx, db, query));
    CLEANUP(result_freep) PGresult *result = PQdescribePrepared(db->handle, query->name);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return refuse(ctx, db, result, query->name);
    for (int i = 0; i < PQnfields(result); i++) {
        if (!is_known_type(PQftype(result, i)))
            return FAIL(ctx, ERR_STORE, "查询 %s 第 %d 列的类型不是文本、整数或字节",
                        "query %s: column %d is no text, integer or bytes (cast it)", query->name,
                        i + 1);
    }
    return ERR_OK;
}

/* Parameters in the form of PQsendQueryPrepared. */
struct parameters {
    const char *values[DB_VALUES_MAX];
    int lengths[DB_VALUES_MAX];
    int formats[DB_VALUES_MAX];
    char numbers[DB_VALUES_MAX][48];
};

static void
date_text(int64_t day, char *text, size_t size)
{
    const struct civil civil = date_to_civil((struct date){(int32_t)day});
    (void)snprintf(text, size, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

static void
parameter_set(struct parameters *parameters, size_t i, const struct db_value *value)
{
    char *number = parameters->numbers[i];
    const size_t size = sizeof parameters->numbers[i];
    parameters->formats[i] = value->type == DB_BLOB ? 1 : 0;
    parameters->lengths[i] = (int)value->length;
    parameters->values[i] = value->type == DB_NULL ? NULL : value->bytes;
    if (value->type == DB_INT) {
        (void)snprintf(number, size, "%lld", (long long)value->integer);
        parameters->values[i] = number;
    }
    if (value->type == DB_DATE) {
        date_text(value->integer, number, size);
        parameters->values[i] = number;
    }
}

static int64_t
big_endian(const char *bytes, int length)
{
    const unsigned char *byte = (const unsigned char *)bytes;
    int64_t value = byte[0] & 0x80 ? -1 : 0;
    for (int i = 0; i < length; i++)
        value = (int64_t)((uint64_t)value << 8 | byte[i]);
    return value;
}

static enum err
column_value(struct ctx *ctx, const PGresult *result, int column, struct db_value *ret_value)
{
    const char *bytes = PQgetvalue(result, 0, column);
    const int length = PQgetlength(result, 0, column);
    const Oid type = PQftype(result, column);
    if (PQgetisnull(result, 0, column))
        *ret_value = db_null();
    else if (type == OID_INT8 || type == OID_INT4 || type == OID_INT2)
        *ret_value = db_int(big_endian(bytes, length));
    else if (type == OID_TEXT || type == OID_VARCHAR)
        *ret_value = (struct db_value){.type = DB_TEXT, .bytes = bytes, .length = (size_t)length};
    else if (type == OID_BYTEA)
        *ret_value = db_blob(bytes, (size_t)length);
    else
        return FAIL(ctx, ERR_STORE, "数据库第 %d 列的类型不认识（%u）",
                    "column %d has an unknown type (%u)", column + 1, type);
    return ERR_OK;
}

static enum err
pass_result(struct ctx *ctx, struct db *db, const PGresult *result, struct db_raw raw)
{
    struct db_value values[DB_VALUES_MAX];
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK) {
        int64_t changes = 0;
        if (num_parse_i64(PQcmdTuples((PGresult *)(uintptr_t)result), 0, INT64_MAX, &changes))
            db->changes = changes;
        return ERR_OK;
    }
    if (status == PGRES_TUPLES_OK)
        return ERR_OK;
    if (status != PGRES_SINGLE_TUPLE)
        return refuse(ctx, db, result, "run");
    ASSERT(raw.fn);
    const int count = PQnfields(result);
    ASSERT(count <= DB_VALUES_MAX);
    for (int i = 0; i < count; i++)
        TRY(column_value(ctx, result, i, &values[i]));
    return raw.fn(ctx, values, (size_t)count, raw.arg);
}

/* After a failure the rest of the rows must still be taken off the wire; a server asked to cancel
 * sends few of them. */
static void
drop_results(struct db *db)
{
    char words[256];
    PGcancel *cancel = PQgetCancel(db->handle);
    if (cancel) {
        (void)PQcancel(cancel, words, sizeof words);
        PQfreeCancel(cancel);
    }
    for (PGresult *result = PQgetResult(db->handle); result; result = PQgetResult(db->handle))
        PQclear(result);
}

static enum err
pass_all(struct ctx *ctx, struct db *db, struct db_raw raw)
{
    for (;;) {
        CLEANUP(result_freep) PGresult *result = PQgetResult(db->handle);
        if (!result)
            return ERR_OK;
        const enum err err = pass_result(ctx, db, result, raw);
        if (err != ERR_OK) {
            drop_results(db);
            return err;
        }
    }
}

static enum err
postgres_run(struct ctx *ctx, struct db *db, struct db_call call, struct db_raw raw)
{
    struct parameters parameters;
    TRY(statement_make(ctx, db, call.query));
    for (size_t i = 0; i < call.count; i++)
        parameter_set(&parameters, i, &call.values[i]);
    db->changes = 0;
    if (PQsendQueryPrepared(db->handle, call.query->name, (int)call.count, parameters.values,
                            parameters.lengths, parameters.formats, 1) != 1)
        return refuse(ctx, db, NULL, call.query->name);
    if (raw.fn)
        PQsetSingleRowMode(db->handle);
    return pass_all(ctx, db, raw);
}

/* --- COPY in its binary form: https://www.postgresql.org/docs/15/sql-copy.html --- */

enum { COPY_PIECE = 1 << 18, COPY_MOST = 1 << 30 };

/* Numbers go most significant byte first. */
static void
copy_number(struct buf *out, uint64_t value, size_t length)
{
    char bytes[sizeof value];
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(value >> 8 * (length - 1 - i));
    buf_add(out, bytes, length);
}

static void
copy_bytes(struct buf *out, const void *bytes, size_t length)
{
    copy_number(out, length, 4);
    buf_add(out, bytes, length);
}

static void
copy_value(struct buf *out, const struct db_value *value)
{
    char day[48];
    switch (value->type) {
    case DB_NULL:
        copy_number(out, UINT32_MAX, 4);
        return;
    case DB_INT:
        copy_number(out, sizeof value->integer, 4);
        copy_number(out, (uint64_t)value->integer, sizeof value->integer);
        return;
    case DB_DATE:
        date_text(value->integer, day, sizeof day);
        copy_bytes(out, day, strlen(day));
        return;
    case DB_TEXT:
    case DB_BLOB:
        copy_bytes(out, value->bytes, value->length);
        return;
    }
    BUG("unknown type of value");
}

/* Whether the server took the piece; its buffer is then empty again. */
static bool
copy_send(struct db *db, struct buf *piece)
{
    const bool sent =
        !buf_is_over(piece) && PQputCopyData(db->handle, piece->data, (int)piece->length) == 1;
    piece->length = 0;
    return sent;
}

static bool
copy_rows(struct db *db, struct buf *piece, struct db_bulk bulk)
{
    static const char HEAD[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* the NUL behind is its last */
    struct db_value values[DB_VALUES_MAX];
    buf_add(piece, HEAD, sizeof HEAD);
    for (size_t i = 0; i < bulk.count; i++) {
        bulk.fn(bulk.arg, i, values);
        copy_number(piece, bulk.columns, 2);
        for (size_t k = 0; k < bulk.columns; k++)
            copy_value(piece, &values[k]);
        if (piece->length > COPY_PIECE && !copy_send(db, piece))
            return false;
    }
    copy_number(piece, UINT16_MAX, 2);
    return copy_send(db, piece);
}

static enum err
postgres_bulk(struct ctx *ctx, struct db *db, struct db_bulk bulk)
{
    struct buf piece;
    CLEANUP(result_freep) PGresult *begun = PQexec(db->handle, sql_of(ctx, bulk.query));
    if (PQresultStatus(begun) != PGRES_COPY_IN)
        return refuse(ctx, db, begun, bulk.query->name);
    buf_init(&piece, ctx->mem, COPY_MOST);
    const bool sent = copy_rows(db, &piece, bulk);
    if (PQputCopyEnd(db->handle, sent ? NULL : "broken off") != 1)
        return refuse(ctx, db, NULL, bulk.query->name);
    CLEANUP(result_freep) PGresult *result = PQgetResult(db->handle);
    const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
    const enum err err = done ? ERR_OK : refuse(ctx, db, result, bulk.query->name);
    for (PGresult *rest = PQgetResult(db->handle); rest; rest = PQgetResult(db->handle))
        PQclear(rest);
    talloc_free(piece.data);
    return err;
}

static enum err
postgres_columns(struct ctx *ctx, struct db *db, const char *sql, const char ***ret_names,
                 size_t *ret_count)
{
    CLEANUP(result_freep) PGresult *result = PQexec(db->handle, sql);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return refuse(ctx, db, result, sql);
    const int count = PQnfields(result);
    const char **names = mem_array(ctx->mem, const char *, count);
    for (int i = 0; i < count; i++)
        names[i] = mem_text(ctx->mem, PQfname(result, i));
    *ret_names = names;
    *ret_count = (size_t)count;
    return ERR_OK;
}

static const struct query POSTGRES_TABLES = {
    .name = "POSTGRES_TABLES",
    .sql = "SELECT CAST(tablename AS TEXT) FROM pg_catalog.pg_tables "
           "WHERE schemaname = current_schema() ORDER BY CAST(tablename AS TEXT) COLLATE \"C\"",
};

const struct db_driver DB_POSTGRES_DRIVER = {
    .name = "postgresql",
    .open = postgres_open,
    .close = postgres_close,
    .prepare = postgres_prepare,
    .run = postgres_run,
    .bulk = postgres_bulk,
    .script = postgres_script,
    .columns = postgres_columns,
    .recover = postgres_recover,
    .begin = "BEGIN ISOLATION LEVEL SERIALIZABLE",
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    .read_only = {"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                  "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"},
    .tables = &POSTGRES_TABLES,
};
