/* SPDX-License-Identifier: Apache-2.0 */
/* Heads of streams people kept: a list, or the bundle of a sealed village. */
#include <string.h>

#include "act/origin.h"
#include "base/file.h"
#include "base/num.h"
#include "exchange/tar.h"

enum { HEADS_FILE_MAX = 1 << 30, LINE_WORDS = 3 };

struct heads {
    const char *path;
    struct verify_head *list;
    size_t count;
};

static void
head_add(struct ctx *ctx, struct heads *heads, const struct verify_head *head)
{
    heads->list = mem_grow(ctx->mem, heads->list, struct verify_head, heads->count + 1);
    heads->list[heads->count++] = *head;
}

/* "UNIT ENTRY HASH" and whatever follows; empty lines and those that begin with # say nothing. */
static enum err
line_read(struct ctx *ctx, struct heads *heads, char *line, size_t number)
{
    struct verify_head head = {.where = mem_printf(ctx->mem, "%s:%zu", heads->path, number)};
    char *words[LINE_WORDS] = {"", "", ""};
    for (size_t i = 0; i < LINE_WORDS; i++) {
        line += strspn(line, " \t\r");
        words[i] = line;
        line += strcspn(line, " \t\r");
        if (*line)
            *line++ = '\0';
    }
    if (words[0][0] == '\0' || words[0][0] == '#')
        return ERR_OK;
    head.unit = words[0];
    if (!num_parse_i64(words[1], 1, INT64_MAX, &head.seq) || strlen(words[2]) != HEX_LENGTH ||
        !hex_parse(words[2], head.hash, SM3_LENGTH))
        return FAIL(ctx, ERR_INVALID, "%s：不是“单位 记录号 哈希”", "%s: is not UNIT ENTRY HASH",
                    head.where);
    head_add(ctx, heads, &head);
    return ERR_OK;
}

static enum err
bundle_read(struct ctx *ctx, struct heads *heads, const struct file_bytes *bytes)
{
    struct tar_member *members;
    size_t count;
    json_t *manifest = NULL;
    TRY(tar_read(ctx, heads->path, bytes->data, bytes->length, &members, &count));
    const struct tar_member *member = tar_find(members, count, "manifest.json");
    if (member)
        TRY(json_read(ctx, member->bytes, member->length, "manifest.json", &manifest));
    const char *hash = json_text_of(manifest, "head");
    struct verify_head head = {
        .unit = json_text_of(manifest, "unit"),
        .seq = json_integer_value(json_object_get(manifest, "entries")),
        .where = heads->path,
    };
    if (!head.unit || head.seq < 1 || !hash || !hex_parse(hash, head.hash, SM3_LENGTH))
        return FAIL(ctx, ERR_INVALID, "%s：不是档案包", "%s: is no bundle", heads->path);
    head_add(ctx, heads, &head);
    return ERR_OK;
}

enum err
verify_heads_parse(struct ctx *ctx, const char *path, const struct file_bytes *bytes,
                   struct verify_head **ret_heads, size_t *ret_count)
{
    static const char BUNDLE[] = "manifest.json";
    struct heads heads = {.path = path};
    size_t number = 0;
    if (bytes->length > sizeof BUNDLE && memcmp(bytes->data, BUNDLE, sizeof BUNDLE) == 0) {
        TRY(bundle_read(ctx, &heads, bytes));
    } else {
        char *text = mem_text_n(ctx->mem, bytes->data, bytes->length);
        if (strlen(text) != bytes->length)
            return FAIL_HINT(ctx, ERR_INVALID, "留底由 cunxuan log --heads 或者档案包得来",
                             "heads come from cunxuan log --heads or from an archive",
                             "%s 不是文本", "%s is no text", path);
        for (char *next; text; text = next) {
            next = strchr(text, '\n');
            if (next)
                *next++ = '\0';
            TRY(line_read(ctx, &heads, text, ++number));
        }
    }
    if (heads.count == 0)
        return FAIL_HINT(ctx, ERR_INVALID, "留底由 cunxuan log --heads 或者档案包得来",
                         "heads come from cunxuan log --heads or from an archive", "%s 里没有留底",
                         "there are no heads in %s", path);
    *ret_heads = heads.list;
    *ret_count = heads.count;
    return ERR_OK;
}

enum err
verify_heads_read(struct ctx *ctx, const char *path, struct verify_head **ret_heads,
                  size_t *ret_count)
{
    struct file_bytes bytes;
    TRY(file_read(ctx, path, (struct text){"留底", "list of heads"}, HEADS_FILE_MAX, &bytes));
    return verify_heads_parse(ctx, path, &bytes, ret_heads, ret_count);
}
