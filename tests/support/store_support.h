/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One body of a test, run on SQLite in memory and on PostgreSQL. The second needs the environment
 * variable CUNXUAN_TEST_POSTGRES (the URL of a database that may be emptied; tools/with-postgres
 * sets it); without it a line says that it was skipped.
 */
#pragma once

#include "store/db.h"
#include "support/support.h"

struct store_state {
    struct ctx *ctx;
    struct db *db;
};

/* Set-up: *state is a struct store_state with a new, migrated database. */
int store_setup_sqlite(void **state);
int store_setup_postgres(void **state);
int store_teardown(void **state);

/* The URL of the test's PostgreSQL, with this process's own schema; NULL without one. */
const char *store_postgres_url(struct ctx *ctx);

/* A body `name` as two tests. */
#define STORE_TEST(name)                                                                           \
    {#name " (SQLite)", name, store_setup_sqlite, store_teardown, NULL},                           \
    {                                                                                              \
#name " (PostgreSQL)", name, store_setup_postgres, store_teardown, NULL                    \
    }

/* A body that only makes sense with a server. */
#define POSTGRES_TEST(name)                                                                        \
    cmocka_unit_test_setup_teardown(name, store_setup_postgres, store_teardown)

/* For the first line of a body: gives it ctx and db; leaves when there is no PostgreSQL. */
#define STORE_BEGIN(state)                                                                         \
    struct store_state *store = *(state);                                                          \
    struct ctx *const ctx = store->ctx;                                                            \
    struct db *const db = store->db;                                                               \
    (void)ctx;                                                                                     \
    if (!db)                                                                                       \
    skip()

/* ERR_OK, else the failure's words are shown. */
#define assert_ok(ctx, call)                                                                       \
    do {                                                                                           \
        const enum err assert_err_ = (call);                                                       \
        if (assert_err_ != ERR_OK)                                                                 \
            fail_msg("%s: %s", err_name(assert_err_), (ctx)->failure.message);                     \
    } while (0)
