/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A connection to the database: SQLite (a file, or memory for tests) or PostgreSQL. One API; the
 * drivers are db_sqlite.c and db_postgres.c, and nothing else in the project knows of either.
 *
 * SQL stands only in src/store/x_store.c, as named queries in that file's QUERIES(X) list:
 *
 *     #define QUERIES(X)                                                                         \
 *         X(VOTER_ADD, "INSERT INTO voter (unit, id, name) VALUES (?1, ?2, ?3)")                 \
 *         X(VOTER_OF, "SELECT id, name FROM voter WHERE unit = ?1 ORDER BY id")
 *     DB_QUERIES(voter_store)
 *
 *     DB_SHAPE(VOTER_SHAPE, struct voter, DB_COL_INT(struct voter, id),
 *              DB_COL_TEXT(struct voter, name));
 *
 *     enum err
 *     voter_store_add(struct ctx *ctx, struct db *db, const struct voter *voter)
 *     {
 *         return db_run(ctx, db, QUERY(VOTER_ADD, db_text(voter->unit), db_int(voter->id),
 *                                      db_text(voter->name)));
 *     }
 *
 * That is all: the build finds the file by its name (x_store.c must say DB_QUERIES(x_store)), and a
 * test prepares every query on a new database of both kinds. A query for which one text does not
 * do has a second, for PostgreSQL, as third argument of its row. Parameters are ?1 ?2 …
 *
 * Portable SQL: types TEXT, BIGINT, BLOB (PostgreSQL gets TEXT COLLATE "C" and BYTEA, so that order
 * is byte order everywhere); truth is BIGINT 0/1; dates are TEXT 'YYYY-MM-DD'; sums are written
 * CAST(SUM(x) AS BIGINT); an optional filter is (x = ?2 OR ?2 IS NULL), the comparison first, from
 * which PostgreSQL learns the type. No time, randomness or ids from the database.
 */
#pragma once

#include "base/ctx.h"
#include "base/date.h"

struct db;

/* ---- queries ---------------------------------------------------------------------------- */

struct query {
    const char *name;     /* unique in the program */
    const char *sql;      /* for SQLite, and for PostgreSQL if there is no other */
    const char *postgres; /* or NULL */
};

#define DB_QUERY_OBJECT_(symbol, ...) static const struct query symbol = {#symbol, __VA_ARGS__};
#define DB_QUERY_ADDRESS_(symbol, ...) &symbol,
/* Makes the queries of the file's QUERIES(X) list; `stem` is the file's name without ".c". */
#define DB_QUERIES(stem)                                                                           \
    QUERIES(DB_QUERY_OBJECT_)                                                                      \
    extern const struct query *const stem##_queries[];                                             \
    const struct query *const stem##_queries[] = {QUERIES(DB_QUERY_ADDRESS_) NULL};

/* Every query of every store file, ending with NULL (made by tools/list-queries). */
extern const struct query *const *const db_query_sets[];

/* ---- values that go in ------------------------------------------------------------------ */

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB, DB_DATE };

/* A value of a parameter or of a raw column. Bytes are borrowed. */
struct db_value {
    enum db_type type;
    int64_t integer; /* DB_INT; DB_DATE: the day */
    const void *bytes;
    size_t length;
};

struct db_value db_null(void);
struct db_value db_int(int64_t value);
struct db_value db_bool(bool value);
struct db_value db_text(const char *text);                 /* NULL: null */
struct db_value db_blob(const void *bytes, size_t length); /* NULL: null */
struct db_value db_date(struct date date);                 /* DATE_NONE: null */

/* A query with its values, for the functions below: QUERY(VOTER_OF, db_text(unit)). */
struct db_call {
    const struct query *query;
    const struct db_value *values;
    size_t count;
};

#define DB_VALUES_(...) ((const struct db_value[]){{DB_NULL, 0, NULL, 0}, ##__VA_ARGS__})
#define QUERY(symbol, ...)                                                                         \
    ((struct db_call){&(symbol), DB_VALUES_(__VA_ARGS__) + 1,                                      \
                      sizeof DB_VALUES_(__VA_ARGS__) / sizeof(struct db_value) - 1})

/* ---- rows that come out ----------------------------------------------------------------- */

enum db_column_kind {
    DB_KIND_TEXT,
    DB_KIND_INT,
    DB_KIND_BOOL,
    DB_KIND_DATE,
    DB_KIND_BLOB,
    DB_KIND_HASH
};

struct db_bytes {
    const unsigned char *bytes;
    size_t length;
};

struct db_column {
    enum db_column_kind kind;
    size_t offset;
};

struct db_shape {
    const struct db_column *columns; /* in the order of the query's columns */
    size_t column_count;
    size_t row_size;
};

#define DB_COL_(kind, structure, member, type)                                                     \
    {                                                                                              \
        (kind), offsetof(structure, member) +                                                      \
                    0 * sizeof(char[__builtin_types_compatible_p(                                  \
                                        __typeof__(((structure *)NULL)->member), type)             \
                                        ? 1                                                        \
                                        : -1])                                                     \
    }
/* const char *; SQL NULL is NULL */
#define DB_COL_TEXT(structure, member) DB_COL_(DB_KIND_TEXT, structure, member, const char *)
/* int64_t; SQL NULL is 0 */
#define DB_COL_INT(structure, member) DB_COL_(DB_KIND_INT, structure, member, int64_t)
#define DB_COL_BOOL(structure, member) DB_COL_(DB_KIND_BOOL, structure, member, bool)
/* struct date; SQL NULL is DATE_NONE */
#define DB_COL_DATE(structure, member) DB_COL_(DB_KIND_DATE, structure, member, struct date)
/* struct db_bytes; SQL NULL is {NULL, 0} */
#define DB_COL_BLOB(structure, member) DB_COL_(DB_KIND_BLOB, structure, member, struct db_bytes)
/* uint8_t[32], a blob of exactly that length */
#define DB_COL_HASH(structure, member) DB_COL_(DB_KIND_HASH, structure, member, uint8_t[32])

/* Defines the shape `symbol` of rows of type `structure`, at file level. */
#define DB_SHAPE(symbol, structure, ...)                                                           \
    static const struct db_column symbol##_columns[] = {__VA_ARGS__};                              \
    static const struct db_shape symbol = {                                                        \
        symbol##_columns, sizeof symbol##_columns / sizeof(struct db_column), sizeof(structure)}

/* ---- reading and changing --------------------------------------------------------------- */

/* Runs a query that gives no rows. ERR_STORE (constraint, broken file), ERR_IO (disk full, read
 * only), ERR_STALE (locked by another, try again). */
enum err db_run(struct ctx *ctx, struct db *db, struct db_call call) WARN_UNUSED;
/* The same, for a query that must change exactly one row: ERR_STALE if it changed none. */
enum err db_run_one(struct ctx *ctx, struct db *db, struct db_call call) WARN_UNUSED;
/* Rows changed by the last db_run of this connection. */
int64_t db_changes(const struct db *db);

/* Fills the values of row i, as many as the query has columns; bytes are borrowed until it is
 * called again. */
typedef void db_bulk_fn(const void *arg, size_t i, struct db_value *values);
/* Adds many rows to one table: on SQLite by the query, once a row, on PostgreSQL by its third text,
 * "COPY x (…) FROM STDIN (FORMAT binary)", in one stream. A row whose key is there already is
 * ERR_STORE; on PostgreSQL even where the query says ON CONFLICT. */
struct db_bulk {
    const struct query *query;
    size_t columns;
    size_t count; /* rows */
    db_bulk_fn *fn;
    const void *arg;
};
enum err db_bulk(struct ctx *ctx, struct db *db, struct db_bulk bulk) WARN_UNUSED;

/* All rows as an array in ctx->mem: `ret_rows` is a `struct x **`; NULL if there is none. */
enum err db_list(struct ctx *ctx, struct db *db, struct db_call call, const struct db_shape *shape,
                 void *ret_rows, size_t *ret_count) WARN_UNUSED;
/* The one row, into `ret_row` (a `struct x *`). ERR_NOT_FOUND, without a recorded failure, if there
 * is none; more than one is a bug. */
enum err db_find(struct ctx *ctx, struct db *db, struct db_call call, const struct db_shape *shape,
                 void *ret_row) WARN_UNUSED;
/* The single integer of a query of one row and one column; NULL counts as 0. */
enum err
db_count(struct ctx *ctx, struct db *db, struct db_call call, int64_t *ret_count) WARN_UNUSED;

/* Gets each row in turn; texts and blobs in it are borrowed until the function returns. Must not
 * use the connection. Anything but ERR_OK ends the walk and is passed up. */
typedef enum err db_row_fn(struct ctx *ctx, const void *row, void *arg);
/* For more rows than fit in memory. */
enum err db_each(struct ctx *ctx, struct db *db, struct db_call call, const struct db_shape *shape,
                 db_row_fn *fn, void *arg) WARN_UNUSED;

/* ---- life of a connection --------------------------------------------------------------- */

enum db_mode {
    DB_READ,   /* must exist; refuses every change */
    DB_WRITE,  /* must exist; brought to the newest schema */
    DB_CREATE, /* made if missing (a PostgreSQL database itself must exist) */
};

/* `location`: "sqlite:PATH", a plain path, ":memory:", or "postgresql://…". The connection is owned
 * by the caller (db_close). ERR_NOT_FOUND: no database there. ERR_STORE: made by a newer program,
 * changed migrations, or no database of ours. */
enum err
db_open(struct ctx *ctx, const char *location, enum db_mode mode, struct db **ret_db) WARN_UNUSED;
void db_close(struct db *db);
void db_closep(struct db **db);
bool db_is_postgres(const struct db *db);
/* Whether changes are refused from now on (GET requests of a server). */
enum err db_set_read_only(struct ctx *ctx, struct db *db, bool read_only) WARN_UNUSED;

/* ---- transactions ----------------------------------------------------------------------- */

/* BEGIN IMMEDIATE; on PostgreSQL, ISOLATION LEVEL SERIALIZABLE. No nesting (a bug). */
enum err db_begin(struct ctx *ctx, struct db *db) WARN_UNUSED;
/* For reading only, until db_rollback: all of it is of one moment, whatever others write meanwhile,
 * and nobody waits for it. */
enum err db_begin_read(struct ctx *ctx, struct db *db) WARN_UNUSED;
/* After ERR_OK the changes are on disk. After a failure they are rolled back; but after ERR_UNSURE
 * (the server was lost before it answered) they are either on disk or not. */
enum err db_commit(struct ctx *ctx, struct db *db) WARN_UNUSED;
/* Never fails; does nothing outside a transaction. */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

typedef enum err db_work_fn(struct ctx *ctx, struct db *db, void *arg);
/* Runs `fn` in a transaction and commits; on any failure rolls back and passes it up. A clash with
 * another writer (SQLITE_BUSY; 40001, 40P01, 57P01, 23505, a lost connection) is tried again, a
 * bounded number of times, so `fn` must be able to run twice. Then ERR_STALE. A connection lost
 * while committing is not: the work may be done already (ERR_UNSURE). */
enum err db_transaction(struct ctx *ctx, struct db *db, db_work_fn *fn, void *arg) WARN_UNUSED;

/* Inside a transaction: runs `fn`; if it fails what it changed is undone and its failure passed up,
 * but the transaction goes on with what was before. */
enum err db_nested(struct ctx *ctx, struct db *db, db_work_fn *fn, void *arg) WARN_UNUSED;

/* ---- whole tables, for rebuild and verify ------------------------------------------------ */

/* Names of the tables that are an index of the ledger, sorted: all but ledger, blob, checkpoint,
 * app_user, setting, schema_migration, unit and what belongs to signing in. In ctx->mem. */
enum err db_derived_tables(struct ctx *ctx, struct db *db, const char ***ret_names,
                           size_t *ret_count) WARN_UNUSED;

/* One row of any table. Values are borrowed until the function returns. */
struct db_table_row {
    const char *table;
    const char *const *names; /* of the columns */
    const struct db_value *values;
    size_t count;
};
typedef enum err db_table_fn(struct ctx *ctx, const struct db_table_row *row, void *arg);
/* All rows of one unit (NULL: of all), ordered by all columns, NULL first, bytes ascending: the
 * same order on every kind of database. The table must be one of the database's. */
enum err db_dump_table(struct ctx *ctx, struct db *db, const char *table, const char *unit,
                       db_table_fn *fn, void *arg) WARN_UNUSED;
/* Empties a derived table, of one unit or (NULL) whole. */
enum err
db_empty_table(struct ctx *ctx, struct db *db, const char *table, const char *unit) WARN_UNUSED;

/* ---- for tests ---------------------------------------------------------------------------- */

/* The n-th call from now that reaches the database fails with ERR_STORE (n = 1: the next one; 0:
 * none). Rolling back never fails. */
void db_fail_after(struct db *db, int n);
/* How many calls reached the database so far. */
int64_t db_calls(const struct db *db);
/* Prepares a query and checks that it has only types the project knows. */
enum err db_prepare(struct ctx *ctx, struct db *db, const struct query *query) WARN_UNUSED;
