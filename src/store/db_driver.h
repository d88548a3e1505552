/* SPDX-License-Identifier: Apache-2.0 */
/* What the two drivers give to db.c. Private to src/store/db*.c. */
#pragma once

#include "store/db.h"

/* Gets each raw row; values are borrowed until it returns. */
typedef enum err db_raw_fn(struct ctx *ctx, const struct db_value *values, size_t count, void *arg);

struct db_raw {
    db_raw_fn *fn; /* NULL: rows are a bug */
    void *arg;
};

/* A driver sets db->retry when a failure may go away by trying again. */
struct db_driver {
    const char *name;
    enum err (*open)(struct ctx *ctx, struct db *db, const char *location, enum db_mode mode);
    void (*close)(struct db *db);
    enum err (*prepare)(struct ctx *ctx, struct db *db, const struct query *query);
    /* Runs a call; each row goes to raw. Sets db->changes. */
    enum err (*run)(struct ctx *ctx, struct db *db, struct db_call call, struct db_raw raw);
    /* Adds many rows. */
    enum err (*bulk)(struct ctx *ctx, struct db *db, struct db_bulk bulk);
    /* Runs statements without values or rows. */
    enum err (*script)(struct ctx *ctx, struct db *db, const char *sql);
    /* Column names of a statement, in ctx->mem. */
    enum err (*columns)(struct ctx *ctx, struct db *db, const char *sql, const char ***ret_names,
                        size_t *ret_count);
    /* After a failure that may be tried again, before the next try. */
    enum err (*recover)(struct ctx *ctx, struct db *db);
    const char *begin;
    const char *begin_read;     /* what is read from then on is of one moment */
    const char *read_only[2];   /* scripts: off, on */
    const struct query *tables; /* lists the names of all tables */
};

struct db {
    const struct db_driver *driver;
    void *handle; /* sqlite3 or PGconn */
    void *cache;  /* GHashTable: query → statement */
    int64_t changes;
    int64_t calls;
    int64_t fail_at; /* number of the call that fails, 0 none */
    bool in_transaction;
    bool is_walking;    /* inside a row function */
    bool retry;         /* the last failure may be tried again */
    bool is_committing; /* what is lost now may be on disk */
};

extern const struct db_driver DB_SQLITE_DRIVER;
extern const struct db_driver DB_POSTGRES_DRIVER;

enum { DB_VALUES_MAX = 64 };

/* Brings the schema to the newest version; with DB_READ only checks it. db_migrate.c */
enum err db_migrate(struct ctx *ctx, struct db *db, enum db_mode mode) WARN_UNUSED;
/* A migration built into the program; the list ends with name NULL (tools/embed-migrations). */
struct db_migration {
    int number;
    const char *name;
    const char *sql;
};
extern const struct db_migration DB_MIGRATIONS[];

/* Statements without values: counted and faulted like all others. db.c */
enum err db_script(struct ctx *ctx, struct db *db, const char *sql) WARN_UNUSED;
/* Raw rows of a call. db.c */
enum err
db_raw_each(struct ctx *ctx, struct db *db, struct db_call call, struct db_raw raw) WARN_UNUSED;
