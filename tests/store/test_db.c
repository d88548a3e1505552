/* SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db_driver.h"
#include "store/thing.h"

static void
every_query_of_the_program_is_prepared(void **state)
{
    STORE_BEGIN(state);
    size_t count = 0;

    for (size_t set = 0; db_query_sets[set]; set++) {
        for (size_t i = 0; db_query_sets[set][i]; i++, count++) {
            const struct query *query = db_query_sets[set][i];
            if (db_prepare(ctx, db, query) != ERR_OK)
                fail_msg("%s: %s", query->name, ctx->failure.message);
        }
    }

    assert_true(count >= 3);
}

static size_t
queries_named(const char *name)
{
    size_t count = 0;
    for (size_t set = 0; db_query_sets[set]; set++) {
        for (size_t i = 0; db_query_sets[set][i]; i++)
            count += strcmp(db_query_sets[set][i]->name, name) == 0;
    }
    return count;
}

static void
every_query_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (size_t set = 0; db_query_sets[set]; set++) {
        for (size_t i = 0; db_query_sets[set][i]; i++)
            assert_int_equal(queries_named(db_query_sets[set][i]->name), 1);
    }
}

static void
a_row_comes_back_as_it_went_in(void **state)
{
    STORE_BEGIN(state);
    struct thing *things = NULL;
    size_t count = 0;
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    assert_ok(ctx, thing_add(ctx, db, -5));
    assert_ok(ctx, thing_add(ctx, db, INT64_C(17000)));
    assert_ok(
        ctx, db_list(ctx, db, QUERY(ALL, db_text("u1"), db_null()), &THING_SHAPE, &things, &count));

    assert_int_equal(count, 2);
    assert_int_equal(things[0].id, -5);
    assert_int_equal(things[1].born.day, 17000);
    assert_string_equal(things[0].name, "贠𠅤");
    assert_true(things[0].open);
    assert_int_equal(things[0].body.length, 32);
    assert_memory_equal(things[0].body.bytes, BODY, 32);
    assert_memory_equal(things[1].hash, BODY, 32);
}

enum { MANY = 5000 };

/* Thing i: every third has neither name nor day. */
static void
thing_fill(const void *arg, size_t i, struct db_value *values)
{
    const bool bare = i % 3 == 0;
    values[0] = db_text(arg);
    values[1] = db_int((int64_t)i - 10);
    values[2] = db_text(bare ? NULL : "贠𠅤\t\\N\n'");
    values[3] = db_date(bare ? DATE_NONE : (struct date){(int32_t)i});
    values[4] = db_bool(i % 2);
    values[5] = db_blob(BODY, sizeof BODY);
}

static void
many_rows_at_once_are_what_they_were(void **state)
{
    STORE_BEGIN(state);
    struct thing *things = NULL;
    size_t count = 0;
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    assert_ok(ctx, db_prepare(ctx, db, &ADD_MANY));
    assert_ok(ctx, db_bulk(ctx, db, (struct db_bulk){&ADD_MANY, 6, MANY, thing_fill, "u1"}));
    assert_ok(ctx, db_bulk(ctx, db, (struct db_bulk){&ADD_MANY, 6, 0, thing_fill, "u1"}));
    assert_ok(
        ctx, db_list(ctx, db, QUERY(ALL, db_text("u1"), db_null()), &THING_SHAPE, &things, &count));

    assert_int_equal(count, MANY);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(things[i].id, (int64_t)i - 10);
        assert_int_equal(things[i].open, i % 2);
        assert_memory_equal(things[i].hash, BODY, sizeof BODY);
        if (i % 3 == 0) {
            assert_null(things[i].name);
            assert_false(date_is_set(things[i].born));
        } else {
            assert_string_equal(things[i].name, "贠𠅤\t\\N\n'");
            assert_int_equal(things[i].born.day, i);
        }
    }
}

static enum err
many_add(struct ctx *ctx, struct db *db, void *arg)
{
    (void)arg;
    return db_bulk(ctx, db, (struct db_bulk){&ADD_MANY, 6, MANY, thing_fill, "u1"});
}

static void
many_rows_with_one_there_already_leave_nothing(void **state)
{
    STORE_BEGIN(state);
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));
    assert_ok(ctx, thing_add(ctx, db, 4000));

    assert_ok(ctx, db_begin(ctx, db));
    assert_ok(ctx, thing_add(ctx, db, 7000));
    assert_int_equal(db_nested(ctx, db, many_add, NULL), ERR_STORE);
    failure_clear(ctx);
    assert_ok(ctx, thing_add(ctx, db, 9000));
    assert_ok(ctx, db_commit(ctx, db));

    /* The transaction around went on. */
    assert_int_equal(total(ctx, db), 4000 + 7000 + 9000);
}

static void
null_comes_back_as_none(void **state)
{
    STORE_BEGIN(state);
    struct thing thing;
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    assert_ok(ctx, db_run(ctx, db,
                          QUERY(ADD, db_text("u1"), db_int(INT64_MAX), db_text(NULL),
                                db_date(DATE_NONE), db_null(), db_blob(BODY, 32))));
    assert_ok(ctx,
              db_find(ctx, db, QUERY(ALL, db_text("u1"), db_int(INT64_MAX)), &THING_SHAPE, &thing));

    assert_null(thing.name);
    assert_false(date_is_set(thing.born));
    assert_false(thing.open);
    assert_true(thing.id == INT64_MAX);
}

static void
a_missing_row_is_not_found_without_words(void **state)
{
    STORE_BEGIN(state);
    struct thing thing;
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    assert_int_equal(db_find(ctx, db, QUERY(ALL, db_text("u1"), db_int(9)), &THING_SHAPE, &thing),
                     ERR_NOT_FOUND);
    assert_int_equal(ctx->failure.err, ERR_OK);
    assert_int_equal(db_run_one(ctx, db, QUERY(RENAME, db_text("u1"), db_int(9), db_text("x"))),
                     ERR_STALE);
}

static void
a_value_of_the_wrong_kind_is_refused(void **state)
{
    STORE_BEGIN(state);
    struct thing thing;
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));
    assert_ok(ctx, db_run(ctx, db,
                          QUERY(ADD, db_text("u1"), db_int(1), db_text("a"), db_text("2021-02-30"),
                                db_null(), db_blob(BODY, 32))));
    assert_ok(ctx, db_run(ctx, db,
                          QUERY(ADD, db_text("u2"), db_int(1), db_text("a"), db_null(), db_null(),
                                db_blob(BODY, 31))));

    assert_int_equal(db_find(ctx, db, QUERY(ALL, db_text("u1"), db_int(1)), &THING_SHAPE, &thing),
                     ERR_STORE);
    assert_int_equal(db_find(ctx, db, QUERY(ALL, db_text("u2"), db_int(1)), &THING_SHAPE, &thing),
                     ERR_STORE);
}

struct work {
    int runs;
    bool fails;
};

static enum err
add_two(struct ctx *ctx, struct db *db, void *arg)
{
    struct work *work = arg;
    work->runs++;
    TRY(thing_add(ctx, db, 1));
    TRY(thing_add(ctx, db, 2));
    return work->fails ? FAIL(ctx, ERR_REFUSED, "不行", "no") : ERR_OK;
}

static void
a_failed_transaction_leaves_nothing(void **state)
{
    STORE_BEGIN(state);
    struct work work = {.fails = true};
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    assert_int_equal(db_transaction(ctx, db, add_two, &work), ERR_REFUSED);

    assert_int_equal(work.runs, 1);
    assert_int_equal(total(ctx, db), 0);
    assert_false(db_in_transaction(db));
}

static void
whichever_call_fails_nothing_is_half_done(void **state)
{
    STORE_BEGIN(state);
    struct work work = {0};
    int failures = 0;
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    for (int n = 1; n < 10; n++) {
        db_fail_after(db, n);
        const enum err err = db_transaction(ctx, db, add_two, &work);
        db_fail_after(db, 0);
        if (err == ERR_OK)
            break;
        assert_int_equal(err, ERR_STORE);
        assert_int_equal(total(ctx, db), 0);
        failure_clear(ctx);
        failures++;
    }

    assert_int_equal(failures, 4); /* begin, two inserts, commit */
    assert_int_equal(total(ctx, db), 3);
}

static void
a_read_only_connection_refuses_changes(void **state)
{
    STORE_BEGIN(state);
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));

    assert_ok(ctx, db_set_read_only(ctx, db, true));
    assert_int_equal(thing_add(ctx, db, 1), ERR_IO);
    assert_ok(ctx, db_set_read_only(ctx, db, false));
    assert_ok(ctx, thing_add(ctx, db, 1));
}

static enum err
count_until_three(struct ctx *ctx, const void *row, void *arg)
{
    const struct thing *thing = row;
    int *count = arg;
    assert_string_equal(thing->name, "贠𠅤");
    return ++*count == 3 ? FAIL(ctx, ERR_LIMIT, "够了", "enough") : ERR_OK;
}

static void
a_walk_ends_when_its_function_says_so(void **state)
{
    STORE_BEGIN(state);
    int count = 0;
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));
    for (int64_t id = 1; id <= 5; id++)
        assert_ok(ctx, thing_add(ctx, db, id));

    assert_int_equal(db_each(ctx, db, QUERY(ALL, db_text("u1"), db_null()), &THING_SHAPE,
                             count_until_three, &count),
                     ERR_LIMIT);

    assert_int_equal(count, 3);
    assert_int_equal(total(ctx, db), 15);
}

static enum err
add_line(struct ctx *ctx, const struct db_table_row *row, void *arg)
{
    char **text = arg;
    for (size_t i = 0; i < row->count; i++) {
        const struct db_value *value = &row->values[i];
        const char *words = value->type == DB_NULL ? "-"
                            : value->type == DB_INT
                                ? mem_printf(ctx->mem, "%lld", (long long)value->integer)
                                : mem_text_n(ctx->mem, value->bytes, value->length);
        *text = talloc_asprintf_append(*text, "%s=%s ", row->names[i], words);
    }
    *text = talloc_asprintf_append(*text, "| ");
    return ERR_OK;
}

static void
a_table_is_dumped_in_one_order_everywhere(void **state)
{
    STORE_BEGIN(state);
    char *text = mem_text(ctx->mem, "");
    const char **names = NULL;
    size_t count = 0;
    bool found = false;
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));
    static const char *const NAME[] = {"b", "B", "甲", "_"};
    for (size_t i = 0; i < COUNT_OF(NAME); i++)
        assert_ok(ctx, db_run(ctx, db,
                              QUERY(ADD, db_text(NAME[i]), db_int(1), db_text(NULL), db_null(),
                                    db_null(), db_null())));

    assert_ok(ctx, db_dump_table(ctx, db, "thing", NULL, add_line, &text));
    assert_ok(ctx, db_dump_table(ctx, db, "thing", "甲", add_line, &text));
    assert_ok(ctx, db_derived_tables(ctx, db, &names, &count));
    for (size_t i = 0; i < count; i++)
        found |= strcmp(names[i], "thing") == 0;

    assert_string_equal(text, "unit=B id=1 name=- born=- open=- body=- | "
                              "unit=_ id=1 name=- born=- open=- body=- | "
                              "unit=b id=1 name=- born=- open=- body=- | "
                              "unit=甲 id=1 name=- born=- open=- body=- | "
                              "unit=甲 id=1 name=- born=- open=- body=- | ");
    assert_true(found);
    assert_ok(ctx, db_empty_table(ctx, db, "thing", "甲"));
    assert_int_equal(db_changes(db), 1);
    assert_ok(ctx, db_empty_table(ctx, db, "thing", NULL));
    assert_int_equal(db_changes(db), 3);
}

/* ---- files ---- */

static void
a_missing_file_a_folder_and_rubbish_are_told_apart(void **state)
{
    struct folder *folder = *state;
    struct ctx *ctx = folder->ctx;
    struct db *db = NULL;

    assert_int_equal(db_open(ctx, folder->file, DB_WRITE, &db), ERR_NOT_FOUND);
    assert_non_null(strstr(ctx->failure.message, folder->file));
    failure_clear(ctx);
    assert_int_equal(db_open(ctx, folder->path, DB_CREATE, &db), ERR_IO);
    failure_clear(ctx);
    FILE *file = fopen(folder->file, "w");
    fputs("this is a letter, no database; it has more than a few bytes of text\n", file);
    fclose(file);
    assert_int_equal(db_open(ctx, folder->file, DB_WRITE, &db), ERR_STORE);
    failure_clear(ctx);
    assert_int_equal(db_open(ctx, "postgresql://127.0.0.1:1/none", DB_WRITE, &db), ERR_IO);
}

static void
a_database_survives_closing_and_opening(void **state)
{
    struct folder *folder = *state;
    struct ctx *ctx = folder->ctx;
    struct db *db = NULL;

    assert_ok(ctx, db_open(ctx, folder->file, DB_CREATE, &db));
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));
    assert_ok(ctx, thing_add(ctx, db, 7));
    db_closep(&db);
    assert_ok(ctx, db_open(ctx, folder->file, DB_READ, &db));

    assert_int_equal(total(ctx, db), 7);
    assert_int_equal(thing_add(ctx, db, 8), ERR_IO);
    db_closep(&db);
}

static enum err
change_checksum(struct ctx *ctx, const char *path, const char *sql)
{
    CLEANUP(db_closep) struct db *db = NULL;
    TRY(db_open(ctx, path, DB_WRITE, &db));
    return db_script(ctx, db, sql);
}

static void
a_database_of_another_program_version_is_refused(void **state)
{
    struct folder *folder = *state;
    struct ctx *ctx = folder->ctx;
    struct db *db = NULL;
    assert_ok(ctx, db_open(ctx, folder->file, DB_CREATE, &db));
    db_closep(&db);

    assert_ok(ctx, change_checksum(ctx, folder->file,
                                   "INSERT INTO schema_migration VALUES (9999, 'x', 'y', 'z')"));
    assert_int_equal(db_open(ctx, folder->file, DB_WRITE, &db), ERR_STORE);
    assert_non_null(strstr(ctx->failure.message, "newer"));
}

static void
a_changed_migration_is_refused(void **state)
{
    struct folder *folder = *state;
    struct ctx *ctx = folder->ctx;
    struct db *db = NULL;
    assert_ok(ctx, db_open(ctx, folder->file, DB_CREATE, &db));
    db_closep(&db);

    assert_ok(ctx,
              change_checksum(ctx, folder->file, "UPDATE schema_migration SET checksum = 'x'"));
    assert_int_equal(db_open(ctx, folder->file, DB_WRITE, &db), ERR_STORE);
    assert_non_null(strstr(ctx->failure.message, "0001_core"));
}

/* A file-size limit makes the disk "full" for this process alone. */
static void
a_full_disk_is_told_and_changes_nothing(void **state)
{
    struct folder *folder = *state;
    struct ctx *ctx = folder->ctx;
    CLEANUP(db_closep) struct db *db = NULL;
    struct rlimit old;
    struct stat status;
    assert_ok(ctx, db_open(ctx, folder->file, DB_CREATE, &db));
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));
    assert_int_equal(stat(mem_printf(ctx->mem, "%s-wal", folder->file), &status), 0);
    getrlimit(RLIMIT_FSIZE, &old);
    (void)signal(SIGXFSZ, SIG_IGN);
    struct rlimit tight = {.rlim_cur = (rlim_t)status.st_size, .rlim_max = old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);

    const enum err err = thing_add(ctx, db, 3);
    setrlimit(RLIMIT_FSIZE, &old);

    assert_int_equal(err, ERR_IO);
    assert_non_null(ctx->failure.hint);
    failure_clear(ctx);
    assert_int_equal(total(ctx, db), 0);
    assert_ok(ctx, thing_add(ctx, db, 3));
}

struct rival {
    struct db *other;
    struct ctx *ctx;
    int runs;
};

static enum err
let_go_on_second_run(struct ctx *ctx, struct db *db, void *arg)
{
    struct rival *rival = arg;
    rival->runs++;
    return thing_add(ctx, db, 2);
}

static void
a_locked_database_is_stale_after_bounded_tries(void **state)
{
    struct folder *folder = *state;
    struct ctx *ctx = folder->ctx;
    CLEANUP(db_closep) struct db *db = NULL;
    CLEANUP(db_closep) struct db *other = NULL;
    struct rival rival = {.ctx = ctx};
    assert_ok(ctx, db_open(ctx, folder->file, DB_CREATE, &db));
    assert_ok(ctx, db_run(ctx, db, QUERY(MAKE)));
    assert_ok(ctx, db_open(ctx, folder->file, DB_WRITE, &other));
    assert_ok(ctx, db_script(ctx, db, "PRAGMA busy_timeout = 1"));
    assert_ok(ctx, db_begin(ctx, other));

    assert_int_equal(db_transaction(ctx, db, let_go_on_second_run, &rival), ERR_STALE);
    assert_int_equal(rival.runs, 0);
    failure_clear(ctx);
    db_rollback(other);
    assert_ok(ctx, db_transaction(ctx, db, let_go_on_second_run, &rival));
    assert_int_equal(total(ctx, db), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_query_has_a_name_of_its_own),
        STORE_TEST(every_query_of_the_program_is_prepared),
        STORE_TEST(a_row_comes_back_as_it_went_in),
        STORE_TEST(many_rows_at_once_are_what_they_were),
        STORE_TEST(many_rows_with_one_there_already_leave_nothing),
        STORE_TEST(null_comes_back_as_none),
        STORE_TEST(a_missing_row_is_not_found_without_words),
        STORE_TEST(a_value_of_the_wrong_kind_is_refused),
        STORE_TEST(a_failed_transaction_leaves_nothing),
        STORE_TEST(whichever_call_fails_nothing_is_half_done),
        STORE_TEST(a_read_only_connection_refuses_changes),
        STORE_TEST(a_walk_ends_when_its_function_says_so),
        STORE_TEST(a_table_is_dumped_in_one_order_everywhere),
        FILE_TEST(a_missing_file_a_folder_and_rubbish_are_told_apart),
        FILE_TEST(a_database_survives_closing_and_opening),
        FILE_TEST(a_database_of_another_program_version_is_refused),
        FILE_TEST(a_changed_migration_is_refused),
        FILE_TEST(a_full_disk_is_told_and_changes_nothing),
        FILE_TEST(a_locked_database_is_stale_after_bounded_tries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
