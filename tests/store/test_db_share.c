/* SPDX-License-Identifier: Apache-2.0 */
/* Transactions when others write meanwhile, or the server is lost. */
#include "store/db.h"

#include <string.h>

#include "store/thing.h"

static const struct query BACKEND = {
    .name = "TEST_BACKEND",
    .sql = "",
    .postgres = "SELECT CAST(pg_backend_pid() AS BIGINT)",
};
static const struct query END_BACKEND = {
    .name = "TEST_END_BACKEND",
    .sql = "",
    .postgres = "SELECT CAST(CAST(pg_terminate_backend(CAST(?1 AS INTEGER), 5000) AS INTEGER) AS "
                "BIGINT)",
};

/* Work whose server is lost in its first run: after the first of two changes, or after both. */
struct losing {
    int runs;
    bool early;
};

static void
lose_server(struct ctx *ctx, struct db *db)
{
    CLEANUP(db_closep) struct db *other = NULL;
    int64_t backend = 0;
    int64_t ended = 0;
    assert_ok(ctx, db_count(ctx, db, QUERY(BACKEND), &backend));
    assert_ok(ctx, db_open(ctx, store_postgres_url(ctx), DB_WRITE, &other));
    assert_ok(ctx, db_count(ctx, other, QUERY(END_BACKEND, db_int(backend)), &ended));
    assert_int_equal(ended, 1);
}

static enum err
add_two_and_lose(struct ctx *ctx, struct db *db, void *arg)
{
    struct losing *losing = arg;
    losing->runs++;
    TRY(thing_add(ctx, db, 1));
    if (losing->early && losing->runs == 1)
        lose_server(ctx, db);
    TRY(thing_add(ctx, db, 2));
    if (!losing->early && losing->runs == 1)
        lose_server(ctx, db);
    return ERR_OK;
}

static void
a_server_lost_before_the_commit_is_asked_again(void **state)
{
    STORE_BEGIN(state);
    struct losing losing = {.early = true};
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    assert_ok(ctx, db_transaction(ctx, db, add_two_and_lose, &losing));

    assert_int_equal(losing.runs, 2);
    assert_int_equal(total(ctx, db), 3);
}

/* The commit may have reached the server: a second run could accept one act twice. */
static void
a_server_lost_in_the_commit_is_not_asked_again(void **state)
{
    STORE_BEGIN(state);
    struct losing losing = {0};
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    assert_int_equal(db_transaction(ctx, db, add_two_and_lose, &losing), ERR_UNSURE);

    assert_int_equal(losing.runs, 1);
    assert_non_null(strstr(ctx->failure.hint, "cunxuan log"));
    assert_false(db_in_transaction(db));
}

/* `other` writes while `db` reads. */
static void
reads_one_moment(struct ctx *ctx, struct db *db, struct db *other)
{
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));
    assert_ok(ctx, thing_add(ctx, other, 1));
    assert_ok(ctx, db_begin_read(ctx, db));
    assert_int_equal(total(ctx, db), 1);

    assert_ok(ctx, thing_add(ctx, other, 2));

    assert_int_equal(total(ctx, db), 1);
    db_rollback(db);
    assert_int_equal(total(ctx, db), 3);
}

static void
what_is_read_in_one_go_is_of_one_moment(void **state)
{
    struct folder *folder = *state;
    struct ctx *ctx = folder->ctx;
    CLEANUP(db_closep) struct db *db = NULL;
    CLEANUP(db_closep) struct db *other = NULL;
    assert_ok(ctx, db_open(ctx, folder->file, DB_CREATE, &db));
    assert_ok(ctx, db_open(ctx, folder->file, DB_WRITE, &other));
    reads_one_moment(ctx, db, other);
}

static void
what_is_read_in_one_go_is_of_one_moment_on_postgres(void **state)
{
    STORE_BEGIN(state);
    CLEANUP(db_closep) struct db *other = NULL;
    assert_ok(ctx, db_open(ctx, store_postgres_url(ctx), DB_WRITE, &other));
    reads_one_moment(ctx, db, other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        POSTGRES_TEST(a_server_lost_before_the_commit_is_asked_again),
        POSTGRES_TEST(a_server_lost_in_the_commit_is_not_asked_again),
        FILE_TEST(what_is_read_in_one_go_is_of_one_moment),
        POSTGRES_TEST(what_is_read_in_one_go_is_of_one_moment_on_postgres),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
