/* SPDX-License-Identifier: Apache-2.0 */
/* The stores of the enduring tables. */
#include "store/ledger_store.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/chain.h"
#include "store/blob_store.h"
#include "store/checkpoint_store.h"
#include "store/setting_store.h"
#include "store/user_store.h"
#include "support/store_support.h"

static struct entry
an_entry(const char *unit, int64_t seq)
{
    return (struct entry){
        .unit = unit,
        .seq = seq,
        .act = "notice.post",
        .at = "2021-03-20T09:00:00+08:00",
        .actor = "选委会",
    };
}

static enum err
append(struct ctx *ctx, struct db *db, const char *unit, int64_t seq)
{
    struct entry entry = an_entry(unit, seq);
    return ledger_store_append(ctx, db, &entry);
}

static enum err
check_row(struct ctx *ctx, const void *row, void *arg)
{
    (void)ctx;
    chain_check_add(arg, row);
    return ERR_OK;
}

static void
appended_entries_make_sound_streams(void **state)
{
    STORE_BEGIN(state);
    struct chain_check *check = chain_check_new(ctx->mem, 2);

    for (int64_t seq = 1; seq <= 5; seq++) {
        assert_ok(ctx, append(ctx, db, "361023114002", seq));
        assert_ok(ctx, append(ctx, db, "361023114001", seq));
    }
    assert_ok(ctx, ledger_store_each(ctx, db, NULL, check_row, check));
    const struct chain_result result = chain_check_end(check);

    assert_int_equal(result.entries, 10);
    assert_int_equal(result.streams, 2);
    assert_int_equal(result.break_count, 0);
}

static void
entries_are_found_by_their_place(void **state)
{
    STORE_BEGIN(state);
    struct entry head;
    struct entry found;
    struct entry *list = NULL;
    size_t count = 0;

    assert_int_equal(ledger_store_head(ctx, db, "u", &head), ERR_NOT_FOUND);
    for (int64_t seq = 1; seq <= 3; seq++)
        assert_ok(ctx, append(ctx, db, "u", seq));
    assert_ok(ctx, append(ctx, db, "v", 1));
    assert_ok(ctx, ledger_store_head(ctx, db, "u", &head));
    assert_ok(ctx, ledger_store_find(ctx, db, "u", 2, &found));
    assert_ok(ctx, ledger_store_list(ctx, db, "u", 2, &list, &count));

    assert_int_equal(head.seq, 3);
    assert_string_equal(head.actor, "选委会");
    assert_memory_equal(head.prev_hash, found.hash, SM3_LENGTH);
    assert_int_equal(count, 2);
    assert_int_equal(list[1].seq, 3);
    assert_int_equal(ledger_store_find(ctx, db, "u", 4, &found), ERR_NOT_FOUND);
}

static void
an_entry_out_of_turn_is_stale(void **state)
{
    STORE_BEGIN(state);

    assert_int_equal(append(ctx, db, "u", 2), ERR_STALE);
    failure_clear(ctx);
    assert_ok(ctx, append(ctx, db, "u", 1));
    assert_int_equal(append(ctx, db, "u", 1), ERR_STALE);
    failure_clear(ctx);
    assert_int_equal(append(ctx, db, "u", 3), ERR_STALE);
}

static void
streams_are_counted(void **state)
{
    STORE_BEGIN(state);
    struct ledger_stream *streams = NULL;
    size_t count = 0;

    assert_ok(ctx, append(ctx, db, "v", 1));
    assert_ok(ctx, append(ctx, db, "u", 1));
    assert_ok(ctx, append(ctx, db, "u", 2));
    assert_ok(ctx, ledger_store_streams(ctx, db, &streams, &count));

    assert_int_equal(count, 2);
    assert_string_equal(streams[0].unit, "u");
    assert_int_equal(streams[0].count, 2);
    assert_int_equal(streams[0].last_seq, 2);
}

static void
a_blob_is_kept_once_under_its_hash(void **state)
{
    STORE_BEGIN(state);
    const char *name = NULL;
    const char *again = NULL;
    struct db_bytes bytes;
    bool has = false;

    assert_ok(ctx, blob_store_put(ctx, db, "abc", 3, &name));
    assert_ok(ctx, blob_store_put(ctx, db, "abc", 3, &again));
    assert_ok(ctx, blob_store_get(ctx, db, name, &bytes));
    assert_ok(ctx, blob_store_has(ctx, db, name, &has));

    assert_string_equal(name, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assert_string_equal(again, name);
    assert_int_equal(bytes.length, 3);
    assert_memory_equal(bytes.bytes, "abc", 3);
    assert_true(has);
    assert_ok(ctx, blob_store_put_named(ctx, db, name, "abc", 3));
    assert_int_equal(blob_store_put_named(ctx, db, "abc", "abc", 3), ERR_INVALID);
    failure_clear(ctx);
    assert_ok(ctx, blob_store_put(ctx, db, "", 0, &name));
    assert_ok(ctx, blob_store_get(ctx, db, name, &bytes));
    assert_int_equal(bytes.length, 0);
}

static const struct query SPOIL = {
    .name = "TEST_SPOIL",
    .sql = "UPDATE blob SET bytes = ?1",
};

static void
a_missing_or_changed_blob_is_told(void **state)
{
    STORE_BEGIN(state);
    const char *name = NULL;
    struct db_bytes bytes;
    bool has = true;
    assert_ok(ctx, blob_store_put(ctx, db, "abc", 3, &name));

    assert_ok(ctx, db_run(ctx, db, QUERY(SPOIL, db_blob("abd", 3))));
    assert_int_equal(blob_store_get(ctx, db, name, &bytes), ERR_STORE);
    failure_clear(ctx);
    const char *other = mem_printf(ctx->mem, "00%s", name + 2);
    assert_int_equal(blob_store_get(ctx, db, other, &bytes), ERR_NOT_FOUND);
    assert_non_null(strstr(ctx->failure.message, other));
    failure_clear(ctx);
    assert_ok(ctx, blob_store_has(ctx, db, other, &has));
    assert_false(has);
    assert_int_equal(blob_store_get(ctx, db, "xyz", &bytes), ERR_INVALID);
}

static void
a_checkpoint_comes_back_signed(void **state)
{
    STORE_BEGIN(state);
    const struct sm2_key *pair = sm2_key_generate(ctx);
    const struct keyfile keyfile = {.pair = pair, .fingerprint = sm2_key_fingerprint(ctx, pair)};
    struct checkpoint checkpoint = {
        .unit = "u",
        .seq = 9,
        .hash = {7},
        .at = "2021-03-20T09:00:00+08:00",
    };
    struct checkpoint *list = NULL;
    size_t count = 0;

    assert_ok(ctx, checkpoint_sign(ctx, &keyfile, &checkpoint));
    assert_ok(ctx, checkpoint_store_add(ctx, db, &checkpoint));
    assert_ok(ctx, checkpoint_store_list(ctx, db, "u", &list, &count));

    assert_int_equal(count, 1);
    assert_true(checkpoint_is_signed(ctx, pair, &list[0]));
    assert_ok(ctx, checkpoint_store_list(ctx, db, "v", &list, &count));
    assert_int_equal(count, 0);
    assert_ok(ctx, checkpoint_store_list(ctx, db, NULL, &list, &count));
    assert_int_equal(count, 1);
}

static void
a_user_is_added_once_and_made_inactive(void **state)
{
    STORE_BEGIN(state);
    const struct user user = {
        .name = "民政局",
        .role = "department",
        .unit = "361023",
        .desk = "civil_affairs",
        .created_at = "2021-01-01T09:00:00+08:00",
        .active = true,
    };
    struct user found;
    struct user *list = NULL;
    size_t count = 0;

    assert_ok(ctx, user_store_add(ctx, db, &user));
    assert_int_equal(user_store_add(ctx, db, &user), ERR_INVALID);
    failure_clear(ctx);
    assert_ok(ctx, user_store_find(ctx, db, "民政局", &found));
    assert_string_equal(found.desk, "civil_affairs");
    assert_null(found.person);
    assert_true(found.active);

    assert_ok(ctx, user_store_set_active(ctx, db, "民政局", false));
    assert_ok(ctx, user_store_list(ctx, db, &list, &count));
    assert_int_equal(count, 1);
    assert_false(list[0].active);
    assert_int_equal(user_store_find(ctx, db, "nobody", &found), ERR_NOT_FOUND);
    assert_int_equal(user_store_set_active(ctx, db, "nobody", true), ERR_STALE);
}

static void
a_setting_is_set_and_set_again(void **state)
{
    STORE_BEGIN(state);
    const char *value = NULL;
    struct setting *list = NULL;
    size_t count = 0;

    assert_int_equal(setting_store_find(ctx, db, "exercise", &value), ERR_NOT_FOUND);
    assert_ok(ctx, setting_store_set(ctx, db, "exercise", "no"));
    assert_ok(ctx, setting_store_set(ctx, db, "exercise", "yes"));
    assert_ok(ctx, setting_store_find(ctx, db, "exercise", &value));
    assert_ok(ctx, setting_store_list(ctx, db, &list, &count));

    assert_string_equal(value, "yes");
    assert_int_equal(count, 1);
}

/* ---- several writers ---- */

enum { WRITERS = 4, ENTRIES_EACH = 25 };

static enum err
append_next(struct ctx *ctx, struct db *db, void *arg)
{
    (void)arg;
    struct entry head = {.seq = 0};
    const enum err err = ledger_store_head(ctx, db, "u", &head);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    return append(ctx, db, "u", head.seq + 1);
}

static int
write_many(const char *location)
{
    CLEANUP(ctx_freep) struct ctx *ctx = ctx_new(LANG_EN);
    CLEANUP(db_closep) struct db *db = NULL;
    enum err err = db_open(ctx, location, DB_WRITE, &db);
    for (int i = 0; i < ENTRIES_EACH && err == ERR_OK; i++)
        err = db_transaction(ctx, db, append_next, NULL);
    if (err != ERR_OK)
        fprintf(stderr, "writer: %s\n", ctx->failure.message);
    return err == ERR_OK ? 0 : 1;
}

/* Processes that write into one stream at a time: nothing is lost, doubled or out of turn. */
static void
write_side_by_side(struct ctx *ctx, struct db *db, const char *location)
{
    struct chain_check *check = chain_check_new(ctx->mem, 1);
    pid_t writers[WRITERS];
    (void)fflush(NULL);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = fork();
        if (writers[i] == 0)
            _exit(write_many(location));
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
        assert_int_equal(status, 0);
    }

    assert_ok(ctx, ledger_store_each(ctx, db, NULL, check_row, check));
    const struct chain_result result = chain_check_end(check);
    assert_int_equal(result.entries, WRITERS * ENTRIES_EACH);
    assert_int_equal(result.break_count, 0);
}

static void
writers_side_by_side_make_one_sound_stream_on_postgres(void **state)
{
    STORE_BEGIN(state);
    write_side_by_side(ctx, db, store_postgres_url(ctx));
}

static void
writers_side_by_side_make_one_sound_stream_on_sqlite(void **state)
{
    struct ctx *ctx = *state;
    char folder[] = "/tmp/cunxuan-writers-XXXXXX";
    static const char *const SUFFIX[] = {"", "-wal", "-shm"};
    struct db *db = NULL;
    assert_non_null(mkdtemp(folder));
    const char *path = mem_printf(ctx->mem, "%s/c.db", folder);
    assert_ok(ctx, db_open(ctx, path, DB_CREATE, &db));

    write_side_by_side(ctx, db, path);

    db_closep(&db);
    for (size_t i = 0; i < COUNT_OF(SUFFIX); i++)
        (void)unlink(mem_printf(ctx->mem, "%s%s", path, SUFFIX[i]));
    assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(appended_entries_make_sound_streams),
        STORE_TEST(entries_are_found_by_their_place),
        STORE_TEST(an_entry_out_of_turn_is_stale),
        STORE_TEST(streams_are_counted),
        STORE_TEST(a_blob_is_kept_once_under_its_hash),
        STORE_TEST(a_missing_or_changed_blob_is_told),
        STORE_TEST(a_checkpoint_comes_back_signed),
        STORE_TEST(a_user_is_added_once_and_made_inactive),
        STORE_TEST(a_setting_is_set_and_set_again),
        TEST(writers_side_by_side_make_one_sound_stream_on_sqlite),
        cmocka_unit_test_setup_teardown(writers_side_by_side_make_one_sound_stream_on_postgres,
                                        store_setup_postgres, store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
