/* SPDX-License-Identifier: Apache-2.0 */
/* A table of things for the tests of db.h, and a folder for those that need a file. */
#pragma once

#include <unistd.h>

#include "support/store_support.h"

#define HELPER __attribute__((unused)) static

HELPER const struct query MAKE = {
    .name = "TEST_MAKE",
    .sql =
        "CREATE TABLE thing (unit TEXT, id BIGINT, name TEXT, born TEXT, open BIGINT, body BLOB, "
        "PRIMARY KEY (unit, id))",
    .postgres = "CREATE TABLE thing (unit TEXT COLLATE \"C\", id BIGINT, name TEXT COLLATE \"C\", "
                "born TEXT, open BIGINT, body BYTEA, PRIMARY KEY (unit, id))",
};
HELPER const struct query ADD = {
    .name = "TEST_ADD",
    .sql = "INSERT INTO thing (unit, id, name, born, open, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
};
HELPER const struct query ADD_MANY = {
    .name = "TEST_ADD_MANY",
    .sql = "INSERT INTO thing (unit, id, name, born, open, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    .postgres = "COPY thing (unit, id, name, born, open, body) FROM STDIN (FORMAT binary)",
};
HELPER const struct query ALL = {
    .name = "TEST_ALL",
    .sql = "SELECT id, name, born, open, body, body FROM thing WHERE unit = ?1 AND "
           "(id = ?2 OR ?2 IS NULL) ORDER BY id",
};
HELPER const struct query RENAME = {
    .name = "TEST_RENAME",
    .sql = "UPDATE thing SET name = ?3 WHERE unit = ?1 AND id = ?2",
};
HELPER const struct query NUMBER = {
    .name = "TEST_NUMBER",
    .sql = "SELECT CAST(SUM(id) AS BIGINT) FROM thing WHERE unit = ?1",
};

struct thing {
    int64_t id;
    const char *name;
    struct date born;
    bool open;
    struct db_bytes body;
    uint8_t hash[32];
};

DB_SHAPE(THING_SHAPE, struct thing, DB_COL_INT(struct thing, id), DB_COL_TEXT(struct thing, name),
         DB_COL_DATE(struct thing, born), DB_COL_BOOL(struct thing, open),
         DB_COL_BLOB(struct thing, body), DB_COL_HASH(struct thing, hash));

HELPER const uint8_t BODY[32] = {0, 1, 2, 255, '\'', '\\', 0};

HELPER enum err
thing_add(struct ctx *ctx, struct db *db, int64_t id)
{
    const struct date born = {(int32_t)id};
    return db_run(ctx, db,
                  QUERY(ADD, db_text("u1"), db_int(id), db_text("贠𠅤"), db_date(born),
                        db_bool(true), db_blob(BODY, sizeof BODY)));
}

HELPER int64_t
total(struct ctx *ctx, struct db *db)
{
    int64_t sum = -1;
    assert_ok(ctx, db_count(ctx, db, QUERY(NUMBER, db_text("u1")), &sum));
    return sum;
}

struct folder {
    struct ctx *ctx;
    char path[64];
    const char *file;
};

HELPER int
folder_setup(void **state)
{
    struct folder *folder = mem_new(NULL, struct folder);
    folder->ctx = ctx_new(LANG_EN);
    memcpy(folder->path, "/tmp/cunxuan 测试 XXXXXX", sizeof "/tmp/cunxuan 测试 XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    folder->file = mem_printf(folder, "%s/c.db", folder->path);
    *state = folder;
    return 0;
}

HELPER int
folder_teardown(void **state)
{
    struct folder *folder = *state;
    static const char *const SUFFIX[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < COUNT_OF(SUFFIX); i++)
        (void)unlink(mem_printf(folder, "%s%s", folder->file, SUFFIX[i]));
    assert_int_equal(rmdir(folder->path), 0);
    ctx_free(folder->ctx);
    talloc_free(folder);
    return 0;
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
