/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/keyfile.h"
#include "support/support.h"

static const struct text WHAT = {"名册", "roll"};

/* A new folder with a blank and Chinese in its name; its files go with it. */
static const char *
folder_new(struct ctx *ctx)
{
    char *path = mem_text(ctx->mem, "/tmp/cunxuan 测试 XXXXXX");
    assert_non_null(mkdtemp(path));
    return path;
}

static void
folder_drop(struct ctx *ctx, const char *folder, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)unlink(mem_printf(ctx->mem, "%s/%s", folder, names[i]));
    assert_int_equal(rmdir(folder), 0);
}

static enum err
write_text(struct ctx *ctx, const char *path, const char *text)
{
    return file_write(ctx, path, (struct file_content){text, strlen(text), 0644});
}

static void
a_file_reads_back_as_written(void **state)
{
    struct ctx *ctx = *state;
    static const char *const NAMES[] = {"名册.csv"};
    const char *folder = folder_new(ctx);
    const char *path = mem_printf(ctx->mem, "%s/%s", folder, NAMES[0]);
    struct file_bytes file;
    struct stat status;

    assert_int_equal(write_text(ctx, path, "旧"), ERR_OK);
    assert_int_equal(write_text(ctx, path, "姓名,性别\n"), ERR_OK);
    assert_int_equal(file_read(ctx, path, WHAT, 14, &file), ERR_OK);
    assert_int_equal(stat(path, &status), 0);

    assert_int_equal(file.length, 14);
    assert_string_equal(file.data, "姓名,性别\n");
    assert_int_equal(status.st_mode & 0777, 0644);
    folder_drop(ctx, folder, NAMES, COUNT_OF(NAMES));
}

static void
what_cannot_be_read_is_told_with_its_cause(void **state)
{
    struct ctx *ctx = *state;
    static const char *const NAMES[] = {"a"};
    const char *folder = folder_new(ctx);
    const char *path = mem_printf(ctx->mem, "%s/%s", folder, NAMES[0]);
    struct file_bytes file;

    assert_int_equal(file_read(ctx, path, WHAT, 10, &file), ERR_NOT_FOUND);
    assert_non_null(strstr(ctx->failure.message, "名册"));
    assert_non_null(strstr(ctx->failure.message, path));
    assert_non_null(ctx->failure.hint);
    failure_clear(ctx);
    assert_int_equal(file_read(ctx, folder, WHAT, 10, &file), ERR_IO);
    failure_clear(ctx);
    assert_int_equal(file_read(ctx, "/dev/null", WHAT, 10, &file), ERR_IO);
    failure_clear(ctx);
    assert_int_equal(write_text(ctx, path, "12345678901"), ERR_OK);
    assert_int_equal(file_read(ctx, path, WHAT, 10, &file), ERR_LIMIT);
    failure_clear(ctx);
    assert_int_equal(file_read(ctx, mem_printf(ctx->mem, "%s/b", path), WHAT, 10, &file), ERR_IO);
    folder_drop(ctx, folder, NAMES, COUNT_OF(NAMES));
}

static void
a_full_disk_leaves_the_old_file(void **state)
{
    struct ctx *ctx = *state;
    static const char *const NAMES[] = {"a"};
    const char *folder = folder_new(ctx);
    const char *path = mem_printf(ctx->mem, "%s/%s", folder, NAMES[0]);
    struct file_bytes file;
    struct rlimit old;
    assert_int_equal(write_text(ctx, path, "old"), ERR_OK);
    getrlimit(RLIMIT_FSIZE, &old);
    (void)signal(SIGXFSZ, SIG_IGN);
    const struct rlimit tight = {.rlim_cur = 4, .rlim_max = old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);

    const enum err err = write_text(ctx, path, "something longer");
    setrlimit(RLIMIT_FSIZE, &old);

    assert_int_equal(err, ERR_IO);
    assert_non_null(ctx->failure.hint);
    failure_clear(ctx);
    assert_int_equal(file_read(ctx, path, WHAT, 10, &file), ERR_OK);
    assert_string_equal(file.data, "old");
    folder_drop(ctx, folder, NAMES, COUNT_OF(NAMES));
}

static void
a_folder_that_is_missing_is_told(void **state)
{
    struct ctx *ctx = *state;

    assert_int_equal(write_text(ctx, "/tmp/cunxuan-none/a", "x"), ERR_IO);
    assert_non_null(strstr(ctx->failure.message, "/tmp/cunxuan-none/a"));
    assert_false(file_exists("/tmp/cunxuan-none"));
}

/* ---- the key file ---- */

static void
a_key_file_opens_and_gives_one_key(void **state)
{
    struct ctx *ctx = *state;
    static const char *const NAMES[] = {"cunxuan.key"};
    const char *folder = folder_new(ctx);
    const char *path = mem_printf(ctx->mem, "%s/%s", folder, NAMES[0]);
    struct keyfile *first = NULL;
    struct keyfile *second = NULL;
    struct stat status;

    assert_int_equal(keyfile_create(ctx, path), ERR_OK);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(keyfile_open(ctx, path, &first), ERR_OK);
    assert_int_equal(keyfile_open(ctx, path, &second), ERR_OK);

    assert_int_equal(status.st_mode & 0777, 0600);
    assert_string_equal(first->fingerprint, second->fingerprint);
    assert_memory_equal(&first->fields, &second->fields, sizeof first->fields);
    assert_int_equal(keyfile_create(ctx, path), ERR_IO);
    folder_drop(ctx, folder, NAMES, COUNT_OF(NAMES));
}

static void
a_key_file_others_may_read_is_refused(void **state)
{
    struct ctx *ctx = *state;
    static const char *const NAMES[] = {"cunxuan.key"};
    const char *folder = folder_new(ctx);
    const char *path = mem_printf(ctx->mem, "%s/%s", folder, NAMES[0]);
    struct keyfile *keyfile = NULL;
    assert_int_equal(keyfile_create(ctx, path), ERR_OK);

    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(keyfile_open(ctx, path, &keyfile), ERR_FORBIDDEN);
    assert_non_null(strstr(ctx->failure.message, "0640"));
    failure_clear(ctx);
    assert_int_equal(chmod(path, 0604), 0);
    assert_int_equal(keyfile_open(ctx, path, &keyfile), ERR_FORBIDDEN);
    folder_drop(ctx, folder, NAMES, COUNT_OF(NAMES));
}

static void
a_damaged_key_file_is_refused(void **state)
{
    struct ctx *ctx = *state;
    static const char *const NAMES[] = {"cunxuan.key"};
    const char *folder = folder_new(ctx);
    const char *path = mem_printf(ctx->mem, "%s/%s", folder, NAMES[0]);
    struct keyfile *keyfile = NULL;
    struct file_bytes file;
    assert_int_equal(keyfile_create(ctx, path), ERR_OK);
    assert_int_equal(file_read(ctx, path, WHAT, 4096, &file), ERR_OK);

    /* Cut off anywhere: no half key. */
    for (size_t length = 0; length + 2 < file.length; length += 11) {
        const struct file_content half = {file.data, length, 0600};
        assert_int_equal(file_write(ctx, path, half), ERR_OK);
        assert_int_equal(keyfile_open(ctx, path, &keyfile), ERR_INVALID);
        failure_clear(ctx);
    }
    folder_drop(ctx, folder, NAMES, COUNT_OF(NAMES));
    assert_int_equal(keyfile_open(ctx, path, &keyfile), ERR_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_reads_back_as_written),       TEST(what_cannot_be_read_is_told_with_its_cause),
        TEST(a_full_disk_leaves_the_old_file),    TEST(a_folder_that_is_missing_is_told),
        TEST(a_key_file_opens_and_gives_one_key), TEST(a_key_file_others_may_read_is_refused),
        TEST(a_damaged_key_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
