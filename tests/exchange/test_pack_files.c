/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/pack_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "support/support.h"

#define LOCAL_TEXT                                                                                 \
    "pack = here\nlevel = local\ntitle = 本地\ntitle_en = here\ndated = 2020-01-01\n"            \
    "proxy.cap = 2 | 本地办法 §1 | rules here §1\n"

/* A fresh folder; the test's files are written into it. */
static const char *
folder_make(struct ctx *ctx)
{
    char *path = mem_text(ctx->mem, "/tmp/cunxuan-packs-XXXXXX");
    assert_non_null(mkdtemp(path));
    return path;
}

static const char *
file_write(struct ctx *ctx, const char *folder, const char *name, const char *text, size_t length)
{
    const char *path = mem_printf(ctx->mem, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
    return path;
}

static void
shipped_packs_are_found_and_combined(void **state)
{
    struct ctx *ctx = *state;
    struct pack *pack = NULL;
    struct date day = DATE_NONE;
    unsetenv("CUNXUAN_PACKS");
    assert_true(date_parse("2025-12-31", &day));

    assert_int_equal(pack_load(ctx, "cn-2018+jiangxi", &pack), ERR_OK);
    assert_true(pack_yes(pack, PACK_TEAM_RULES));
    assert_int_equal(pack_load_for(ctx, "auto", day, &pack), ERR_OK);
    assert_string_equal(pack->name, "cn-2018");
    assert_int_equal(pack_load(ctx, "cn-2018+atlantis", &pack), ERR_INVALID);
}

static void
new_province_is_a_new_file(void **state)
{
    struct ctx *ctx = *state;
    const char *folder = folder_make(ctx);
    struct pack_shelf shelf = {0};
    const char *path = file_write(ctx, folder, "here.pack", LOCAL_TEXT, strlen(LOCAL_TEXT));
    const char *other = file_write(ctx, folder, "notes.txt", "x", 1);
    setenv("CUNXUAN_PACKS", folder, 1);

    assert_int_equal(pack_shelf_load(ctx, &shelf), ERR_OK);

    assert_int_equal(shelf.count, 1);
    assert_int_equal(pack_shelf_find(&shelf, "here")->values[PACK_PROXY_CAP].number, 2);
    unsetenv("CUNXUAN_PACKS");
    unlink(path);
    unlink(other);
    rmdir(folder);
}

static void
what_is_no_pack_is_refused(void **state)
{
    struct ctx *ctx = *state;
    const char *folder = folder_make(ctx);
    struct pack_shelf shelf = {0};
    struct pack_file *file = NULL;
    enum { TOO_LONG = 1100000 };
    assert_int_equal(pack_shelf_read(ctx, "/nonexistent", &shelf), ERR_NOT_FOUND);
    failure_clear(ctx);
    assert_int_equal(pack_shelf_read(ctx, folder, &shelf), ERR_NOT_FOUND);
    failure_clear(ctx);
    assert_int_equal(pack_file_read(ctx, "/nonexistent.pack", &file), ERR_NOT_FOUND);
    failure_clear(ctx);
    assert_int_equal(pack_file_read(ctx, folder, &file), ERR_IO);
    failure_clear(ctx);
    const char *path = file_write(ctx, folder, "there.pack", LOCAL_TEXT, strlen(LOCAL_TEXT));
    assert_int_equal(pack_file_read(ctx, path, &file), ERR_INVALID); /* named otherwise inside */
    failure_clear(ctx);
    assert_int_equal(pack_shelf_read(ctx, folder, &shelf), ERR_INVALID);
    failure_clear(ctx);
    file_write(ctx, folder, "there.pack", "a\0b", 3);
    assert_int_equal(pack_file_read(ctx, path, &file), ERR_INVALID);
    failure_clear(ctx);
    file_write(ctx, folder, "there.pack", mem_array(ctx->mem, char, TOO_LONG), TOO_LONG);
    assert_int_equal(pack_file_read(ctx, path, &file), ERR_INVALID);
    failure_clear(ctx);
    file_write(ctx, folder, "there.pack", "nonsense\n", 9);
    assert_int_equal(pack_file_read(ctx, path, &file), ERR_INVALID);
    assert_non_null(strstr(ctx->failure.message, "there.pack:1"));
    unlink(path);
    rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shipped_packs_are_found_and_combined),
        TEST(new_province_is_a_new_file),
        TEST(what_is_no_pack_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
