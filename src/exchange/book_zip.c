/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book_zip.h"

#include <string.h>

#include <zip.h>

/* Registers pack ten to one; nothing honest and large packs this well. */
enum { PARTS_MOST = 10000, RATIO_MOST = 150, SMALL_PART = 16 * 1024 * 1024 };

struct book_zip {
    const struct book *book;
    zip_t *archive;
};

struct book_part {
    const struct book_zip *zip;
    const char *name;
    zip_file_t *file;
    uint64_t taken;
};

static int
zip_release(struct book_zip *zip)
{
    if (zip->archive)
        zip_discard(zip->archive);
    return 0;
}

static int
part_release(struct book_part *part)
{
    (void)zip_fclose(part->file);
    return 0;
}

enum err
book_zip_broken(struct ctx *ctx, const struct book_zip *zip, const char *part, const char *why)
{
    return FAIL_HINT(ctx, ERR_INVALID, "文件可能没有传完整：请重新拷贝，或者打开后另存一份",
                     "the file may be cut off: copy it again, or open it and save it anew",
                     "%s 已损坏（%s：%s）", "%s is broken (%s: %s)", zip->book->source.name, part,
                     why);
}

enum err
book_zip_open(struct ctx *ctx, struct book *book, struct book_zip **ret_zip)
{
    struct book_zip *zip = mem_new(book, struct book_zip);
    zip_error_t error;
    const struct book_source *source = &book->source;
    zip->book = book;
    talloc_set_destructor(zip, zip_release);
    zip_error_init(&error);
    zip_source_t *bytes = source->path
                              ? zip_source_file_create(source->path, 0, -1, &error)
                              : zip_source_buffer_create(source->bytes, source->length, 0, &error);
    zip->archive = bytes ? zip_open_from_source(bytes, ZIP_RDONLY, &error) : NULL;
    if (!zip->archive) {
        const char *words = mem_text(ctx->mem, zip_error_strerror(&error));
        zip_error_fini(&error);
        if (bytes)
            zip_source_free(bytes);
        return book_zip_broken(ctx, zip, "zip", words);
    }
    zip_error_fini(&error);
    if (zip_get_num_entries(zip->archive, 0) > PARTS_MOST)
        return FAIL(ctx, ERR_LIMIT, "%s 里有 %lld 个部件，不是表格",
                    "%s has %lld parts: that is no spreadsheet", source->name,
                    (long long)zip_get_num_entries(zip->archive, 0));
    *ret_zip = zip;
    return ERR_OK;
}

/* Some writers put back slashes, or a slash in front. */
static zip_int64_t
part_locate(const struct book_zip *zip, const char *name)
{
    char slashed[256];
    name += name[0] == '/';
    const zip_int64_t found = zip_name_locate(zip->archive, name, ZIP_FL_NOCASE);
    if (found >= 0 || strlen(name) >= sizeof slashed)
        return found;
    for (size_t i = 0; i <= strlen(name); i++)
        slashed[i] = (char)(name[i] == '/' ? '\\' : name[i]);
    return zip_name_locate(zip->archive, slashed, ZIP_FL_NOCASE);
}

bool
book_zip_has(const struct book_zip *zip, const char *name)
{
    return part_locate(zip, name) >= 0;
}

static enum err
swell_refuse(struct ctx *ctx, const struct book_zip *zip, const char *name)
{
    return FAIL_HINT(ctx, ERR_LIMIT, "请删去表格里多余的空行空列后另存，或者按村分成几个文件",
                     "take out empty rows and columns, or split it into a file per village",
                     "%s 解开后过大（%s）", "%s becomes too large when it is unpacked (%s)",
                     zip->book->source.name, name);
}

static enum err
part_check(struct ctx *ctx, const struct book_zip *zip, const char *name, const zip_stat_t *stat)
{
    if (stat->valid & ZIP_STAT_ENCRYPTION_METHOD && stat->encryption_method != ZIP_EM_NONE)
        return FAIL_HINT(ctx, ERR_INVALID, "打开后去掉密码，再另存一份",
                         "open it, take the password off and save it", "%s 加了密码",
                         "%s is locked by a password", zip->book->source.name);
    if (stat->valid & ZIP_STAT_SIZE &&
        (stat->size > BOOK_PART_MOST ||
         (stat->size > SMALL_PART && stat->valid & ZIP_STAT_COMP_SIZE &&
          stat->size / RATIO_MOST > stat->comp_size)))
        return swell_refuse(ctx, zip, name);
    return ERR_OK;
}

enum err
book_part_open(struct ctx *ctx, struct book_zip *zip, const char *name, struct book_part **ret_part)
{
    zip_stat_t stat;
    const zip_int64_t index = part_locate(zip, name);
    if (index < 0)
        return ERR_NOT_FOUND;
    if (zip_stat_index(zip->archive, (zip_uint64_t)index, 0, &stat) != 0)
        return book_zip_broken(ctx, zip, name, zip_strerror(zip->archive));
    TRY(part_check(ctx, zip, name, &stat));
    zip_file_t *file = zip_fopen_index(zip->archive, (zip_uint64_t)index, 0);
    if (!file)
        return book_zip_broken(ctx, zip, name, zip_strerror(zip->archive));
    struct book_part *part = mem_new(zip, struct book_part);
    *part = (struct book_part){zip, mem_text(part, name), file, 0};
    talloc_set_destructor(part, part_release);
    *ret_part = part;
    return ERR_OK;
}

enum err
book_part_read(struct ctx *ctx, struct book_part *part, char *bytes, size_t size, size_t *ret_got)
{
    const zip_int64_t got = zip_fread(part->file, bytes, size);
    if (got < 0)
        return book_zip_broken(ctx, part->zip, part->name, zip_file_strerror(part->file));
    part->taken += (uint64_t)got;
    if (part->taken > BOOK_PART_MOST)
        return swell_refuse(ctx, part->zip, part->name);
    *ret_got = (size_t)got;
    return ERR_OK;
}

const char *
book_part_name(const struct book_part *part)
{
    return part->name;
}

void
book_part_close(struct book_part *part)
{
    talloc_free(part);
}
