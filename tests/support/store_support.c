/* SPDX-License-Identifier: Apache-2.0 */
#include "support/support.h"

#include "support/store_support.h"

#include <unistd.h>

#include "store/db_driver.h"

static struct store_state *
state_new(void)
{
    struct store_state *store = mem_new(NULL, struct store_state);
    store->ctx = ctx_new(LANG_EN);
    return store;
}

/* Two statements outside any schema of ours, before it is migrated. */
static void
postgres_script(struct ctx *ctx, const char *url, const char *sql)
{
    struct db *db = mem_new(NULL, struct db);
    db->driver = &DB_POSTGRES_DRIVER;
    if (db->driver->open(ctx, db, url, DB_WRITE) != ERR_OK ||
        db->driver->script(ctx, db, sql) != ERR_OK)
        fail_msg("%s", ctx->failure.message);
    db_close(db);
}

/* Test programs run side by side: each has a schema of its own. */
static const char *
schema_name(struct ctx *ctx)
{
    return mem_printf(ctx->mem, "cunxuan_test_%d", (int)getpid());
}

const char *
store_postgres_url(struct ctx *ctx)
{
    const char *url = getenv("CUNXUAN_TEST_POSTGRES");
    if (!url)
        return NULL;
    return mem_printf(ctx->mem, "%s%soptions=-csearch_path%%3D%s", url,
                      strchr(url, '?') ? "&" : "?", schema_name(ctx));
}

int
store_setup_sqlite(void **state)
{
    struct store_state *store = state_new();
    *state = store;
    if (db_open(store->ctx, ":memory:", DB_CREATE, &store->db) != ERR_OK)
        fail_msg("%s", store->ctx->failure.message);
    return 0;
}

int
store_setup_postgres(void **state)
{
    struct store_state *store = state_new();
    struct ctx *ctx = store->ctx;
    const char *url = getenv("CUNXUAN_TEST_POSTGRES");
    *state = store;
    if (!url) {
        puts("skipped: CUNXUAN_TEST_POSTGRES is not set");
        return 0;
    }
    const char *name = schema_name(ctx);
    postgres_script(
        ctx, url,
        mem_printf(ctx->mem, "DROP SCHEMA IF EXISTS %s CASCADE; CREATE SCHEMA %s", name, name));
    if (db_open(ctx, store_postgres_url(ctx), DB_CREATE, &store->db) != ERR_OK)
        fail_msg("%s", ctx->failure.message);
    return 0;
}

int
store_teardown(void **state)
{
    struct store_state *store = *state;
    const char *url = getenv("CUNXUAN_TEST_POSTGRES");
    const bool is_postgres = store->db && db_is_postgres(store->db);
    db_closep(&store->db);
    if (is_postgres)
        postgres_script(store->ctx, url,
                        mem_printf(store->ctx->mem, "DROP SCHEMA IF EXISTS %s CASCADE",
                                   schema_name(store->ctx)));
    ctx_free(store->ctx);
    talloc_free(store);
    return 0;
}
