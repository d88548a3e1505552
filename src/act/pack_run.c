/* SPDX-License-Identifier: Apache-2.0 */
#include "act/pack_run.h"

#include "domain/rule.h"
#include "exchange/pack_files.h"

#define NAME_COLUMN 10
#define KEY_COLUMN 26

enum err
pack_list_print(struct ctx *ctx, struct buf *out)
{
    struct pack_shelf shelf = {0};
    TRY(pack_shelf_load(ctx, &shelf));
    for (size_t i = 0; i < shelf.count; i++) {
        const struct pack_file *file = shelf.list[i];
        const struct text level =
            file->national ? (struct text){"国家", "national"} : (struct text){"地方", "local"};
        const struct text title = {file->title_zh, file->title_en};
        buf_add_format(out, "%-*s %s  %s  %s\n", NAME_COLUMN, file->name, text_pick(ctx, level),
                       date_format(ctx, file->dated), text_pick(ctx, title));
    }
    return ERR_OK;
}

static void
value_print(struct ctx *ctx, enum pack_key key, const struct pack_value *value, struct buf *out)
{
    const struct pack_key_row *row = pack_key_row(key);
    buf_add_format(out, "%-*s = %s\n", KEY_COLUMN, row->name, pack_value_words(ctx, value));
    buf_add_format(out, "%-*s   %s  [%s: %s]\n", KEY_COLUMN, "", text_pick(ctx, row->title),
                   value->pack, text_pick(ctx, value->source));
}

enum err
pack_show_print(struct ctx *ctx, const char *law, struct buf *out)
{
    struct pack_shelf shelf = {0};
    struct pack *pack = NULL;
    TRY(pack_shelf_load(ctx, &shelf));
    const struct pack_file *file = pack_shelf_find(&shelf, law);
    const bool local = file && !file->national;
    if (!local)
        TRY(pack_combine(ctx, &shelf, law, DATE_NONE, &pack));
    for (size_t i = 0; i < PACK_KEY_COUNT; i++) {
        const struct pack_value *value = local ? &file->values[i] : &pack->values[i];
        if (value->set)
            value_print(ctx, (enum pack_key)i, value, out);
    }
    return ERR_OK;
}

/* Every local pack stands on every national one. */
static enum err
shelf_check(struct ctx *ctx, struct buf *out)
{
    struct pack_shelf shelf = {0};
    TRY(pack_shelf_load(ctx, &shelf));
    for (size_t i = 0; i < shelf.count; i++) {
        for (size_t k = 0; k < shelf.count; k++) {
            const struct pack_file *national = shelf.list[i];
            const struct pack_file *local = shelf.list[k];
            struct pack *pack = NULL;
            if (!national->national || (local->national && local != national))
                continue;
            const char *law = local == national
                                  ? national->name
                                  : mem_printf(ctx->mem, "%s+%s", national->name, local->name);
            TRY(pack_combine(ctx, &shelf, law, DATE_NONE, &pack));
            buf_add_format(out, "%s: %s\n", law, text_format(ctx, "可用", "good"));
        }
    }
    return ERR_OK;
}

enum err
pack_check_print(struct ctx *ctx, const char *const *files, size_t count, struct buf *out)
{
    if (count == 0)
        return shelf_check(ctx, out);
    for (size_t i = 0; i < count; i++) {
        struct pack_file *file = NULL;
        size_t set = 0;
        TRY(pack_file_read(ctx, files[i], &file));
        for (size_t k = 0; k < PACK_KEY_COUNT; k++)
            set += file->values[k].set;
        buf_add_format(out, "%s: %s\n", files[i],
                       text_format(ctx, "可用，%zu 个值", "good, %zu values", set));
    }
    return ERR_OK;
}

/* "jiangxi" alone stands on the newest national pack. */
static enum err
law_combine(struct ctx *ctx, const struct pack_shelf *shelf, const char *law,
            struct pack **ret_pack)
{
    const struct pack_file *file = pack_shelf_find(shelf, law);
    if (!file || file->national)
        return pack_combine(ctx, shelf, law, DATE_NONE, ret_pack);
    struct pack *newest = NULL;
    TRY(pack_combine(ctx, shelf, "auto", DATE_NONE, &newest));
    return pack_combine(ctx, shelf, mem_printf(ctx->mem, "%s+%s", newest->name, law), DATE_NONE,
                        ret_pack);
}

enum err
pack_diff_print(struct ctx *ctx, const char *a, const char *b, struct buf *out)
{
    struct pack_shelf shelf = {0};
    struct pack *left = NULL;
    struct pack *right = NULL;
    TRY(pack_shelf_load(ctx, &shelf));
    TRY(law_combine(ctx, &shelf, a, &left));
    TRY(law_combine(ctx, &shelf, b, &right));
    for (size_t i = 0; i < PACK_KEY_COUNT; i++) {
        const struct pack_value *was = &left->values[i];
        const struct pack_value *is = &right->values[i];
        if (strcmp(was->text, is->text) == 0)
            continue;
        buf_add_format(out, "%s  %s\n", pack_key_row((enum pack_key)i)->name,
                       text_pick(ctx, pack_key_row((enum pack_key)i)->title));
        buf_add_format(out, "  - %s  [%s: %s]\n", pack_value_words(ctx, was), was->pack,
                       text_pick(ctx, was->source));
        buf_add_format(out, "  + %s  [%s: %s]\n", pack_value_words(ctx, is), is->pack,
                       text_pick(ctx, is->source));
    }
    return ERR_OK;
}

void
pack_rules_print(struct ctx *ctx, struct buf *out)
{
    buf_add_text(out, rules_markdown(ctx));
}

enum err
pack_folder_check(struct ctx *ctx, const char **ret_folder, size_t *ret_count)
{
    struct pack_shelf shelf = {0};
    *ret_folder = NULL;
    TRY(pack_folder_find(ctx, ret_folder));
    TRY(pack_shelf_read(ctx, *ret_folder, &shelf));
    *ret_count = shelf.count;
    return ERR_OK;
}
