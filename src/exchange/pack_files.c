/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/pack_files.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define PACK_SUFFIX ".pack"
#define PACK_BYTES_MAX ((size_t)1 << 20)
enum { PROGRAM_PATH_MAX = 4096 };

static bool
folder_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* ../share/cunxuan/packs beside the program's own folder: an installed tree may be moved. */
static const char *
folder_beside(struct ctx *ctx)
{
    char path[PROGRAM_PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    if (length <= 0 || (size_t)length == sizeof path)
        return PACK_SHARE_DIR;
    const char *slash = memrchr(path, '/', (size_t)length);
    return slash ? mem_printf(ctx->mem, "%.*s/../share/cunxuan/packs", (int)(slash - path), path)
                 : PACK_SHARE_DIR;
}

enum err
pack_folder_find(struct ctx *ctx, const char **ret_folder)
{
    const char *asked = getenv("CUNXUAN_PACKS");
    const char *const folders[] = {folder_beside(ctx), PACK_DIR, PACK_SHARE_DIR};
    if (asked && *asked) {
        *ret_folder = asked;
        return ERR_OK;
    }
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        if (!folder_exists(folders[i]))
            continue;
        *ret_folder = folders[i];
        return ERR_OK;
    }
    return FAIL(ctx, ERR_NOT_FOUND, "找不到规则包目录（可设 CUNXUAN_PACKS）",
                "no folder of packs (set CUNXUAN_PACKS)");
}

static enum err
file_text_read(struct ctx *ctx, const char *path, const char **ret_text)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        const int number = errno;
        const struct text hint = errno_cure(number);
        return FAIL_HINT(ctx, number == ENOENT ? ERR_NOT_FOUND : ERR_IO, hint.zh, hint.en,
                         "打不开规则包 %s：%s", "cannot open pack %s: %s", path,
                         errno_words(ctx, number));
    }
    char *text = mem_array(ctx->mem, char, PACK_BYTES_MAX + 1);
    const size_t length = fread(text, 1, PACK_BYTES_MAX + 1, file);
    const bool broken = ferror(file) != 0;
    fclose(file);
    if (broken)
        return FAIL(ctx, ERR_IO, "读不了规则包 %s", "cannot read pack %s", path);
    if (length > PACK_BYTES_MAX || memchr(text, '\0', length))
        return FAIL(ctx, ERR_INVALID, "规则包 %s 太大或者不是文本",
                    "pack %s is too long or no text", path);
    *ret_text = mem_text_n(ctx->mem, text, length);
    talloc_free(text);
    return ERR_OK;
}

static const char *
path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

enum err
pack_file_read(struct ctx *ctx, const char *path, struct pack_file **ret_file)
{
    const char *text = NULL;
    struct pack_file *file = NULL;
    TRY(file_text_read(ctx, path, &text));
    TRY(pack_parse(ctx, path, text, &file));
    const char *base = path_base(path);
    if (strlen(base) != strlen(file->name) + strlen(PACK_SUFFIX) ||
        strncmp(base, file->name, strlen(file->name)) != 0)
        return FAIL(ctx, ERR_INVALID, "%s：文件名与 pack = %s 不符",
                    "%s: the file is not named after pack = %s", path, file->name);
    *ret_file = file;
    return ERR_OK;
}

static bool
name_is_pack(const char *name)
{
    const size_t length = strlen(name);
    const size_t suffix = strlen(PACK_SUFFIX);
    return length > suffix && name[0] != '.' && strcmp(name + length - suffix, PACK_SUFFIX) == 0;
}

static int
name_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err
folder_names(struct ctx *ctx, const char *folder, const char ***ret_names, size_t *ret_count)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return FAIL(ctx, ERR_NOT_FOUND, "打不开规则包目录 %s", "cannot open folder of packs %s",
                    folder);
    const char **names = NULL;
    size_t count = 0;
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        if (!name_is_pack(entry->d_name))
            continue;
        names = mem_grow(ctx->mem, names, const char *, count + 1);
        names[count++] = mem_text(ctx->mem, entry->d_name);
    }
    closedir(dir);
    if (count == 0)
        return FAIL(ctx, ERR_NOT_FOUND, "目录 %s 里没有规则包", "no packs in folder %s", folder);
    qsort(names, count, sizeof *names, name_compare);
    *ret_names = names;
    *ret_count = count;
    return ERR_OK;
}

enum err
pack_shelf_read(struct ctx *ctx, const char *folder, struct pack_shelf *ret_shelf)
{
    const char **names = NULL;
    size_t count = 0;
    TRY(folder_names(ctx, folder, &names, &count));
    struct pack_shelf shelf = {.list = mem_array(ctx->mem, struct pack_file *, count)};
    for (size_t i = 0; i < count; i++) {
        const char *path = mem_printf(ctx->mem, "%s/%s", folder, names[i]);
        TRY(pack_file_read(ctx, path, &shelf.list[i]));
        shelf.count++;
    }
    *ret_shelf = shelf;
    return ERR_OK;
}

enum err
pack_shelf_load(struct ctx *ctx, struct pack_shelf *ret_shelf)
{
    const char *folder = NULL;
    TRY(pack_folder_find(ctx, &folder));
    return pack_shelf_read(ctx, folder, ret_shelf);
}

enum err
pack_load(struct ctx *ctx, const char *law, struct pack **ret_pack)
{
    return pack_load_for(ctx, law, DATE_NONE, ret_pack);
}

enum err
pack_load_for(struct ctx *ctx, const char *law, struct date day, struct pack **ret_pack)
{
    struct pack_shelf shelf = {0};
    TRY(pack_shelf_load(ctx, &shelf));
    return pack_combine(ctx, &shelf, law, day, ret_pack);
}
