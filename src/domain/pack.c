/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/pack.h"

#include "base/buf.h"

static const struct pack_key_row KEYS[] = {
#define STAR true
#define PLAIN false
#define NATIONAL true
#define ANY false
#define X(symbol, name, type, words, star, level, zh, en)                                          \
    [PACK_##symbol] = {name, PACK_##type, words, star, level, {zh, en}},
#include "domain/pack_keys.def"
#undef X
};

const struct pack_key_row *
pack_key_row(enum pack_key key)
{
    return &KEYS[key];
}

bool
pack_key_find(const char *name, enum pack_key *ret_key)
{
    for (size_t i = 0; i < PACK_KEY_COUNT; i++) {
        if (strcmp(KEYS[i].name, name) != 0)
            continue;
        *ret_key = (enum pack_key)i;
        return true;
    }
    return false;
}

const struct pack_file *
pack_shelf_find(const struct pack_shelf *shelf, const char *name)
{
    for (size_t i = 0; i < shelf->count; i++) {
        if (strcmp(shelf->list[i]->name, name) == 0)
            return shelf->list[i];
    }
    return NULL;
}

/* True if `file` may not override what `pack` holds: a local text older than the national text
 * that binds (2025 年修改决定自 2026-01-01 起施行) on a value that text fixes. */
static bool
value_is_bound(const struct pack *pack, const struct pack_file *file, enum pack_key key)
{
    const struct pack_file *national = pack->national;
    return KEYS[key].star && date_is_set(national->binds) && national->values[key].set &&
           date_compare(file->dated, national->binds) < 0;
}

static void
pack_lay_over(struct pack *pack, const struct pack_file *file)
{
    for (size_t i = 0; i < PACK_KEY_COUNT; i++) {
        const enum pack_key key = (enum pack_key)i;
        if (!file->values[key].set || (!file->national && value_is_bound(pack, file, key)))
            continue;
        pack->values[key] = file->values[key];
    }
}

/* The national pack, below it the one it extends. */
static enum err
pack_lay_national(struct ctx *ctx, const struct pack_shelf *shelf, const struct pack_file *file,
                  struct pack *pack)
{
    pack->national = file;
    if (file->extends) {
        const struct pack_file *base = pack_shelf_find(shelf, file->extends);
        if (!base || base->extends)
            return FAIL_FIELD(ctx, "law", "规则包 %s 所基于的 %s 不存在或者不是基础包",
                              "pack %s extends %s, which does not exist or extends another",
                              file->name, file->extends);
        pack_lay_over(pack, base);
    }
    pack_lay_over(pack, file);
    for (size_t i = 0; i < PACK_KEY_COUNT; i++) {
        if (!pack->values[i].set)
            return FAIL_FIELD(ctx, "law", "国家规则包 %s 缺少 %s", "national pack %s lacks %s",
                              file->name, KEYS[i].name);
    }
    return ERR_OK;
}

/* The national pack in force on the day; the newest if no day is given. */
static enum err
national_find(struct ctx *ctx, const struct pack_shelf *shelf, struct date day,
              const struct pack_file **ret_file)
{
    const struct pack_file *found = NULL;
    for (size_t i = 0; i < shelf->count; i++) {
        const struct pack_file *file = shelf->list[i];
        if (!file->national)
            continue;
        if (date_is_set(day) && date_compare(day, file->from) < 0)
            continue;
        if (date_is_set(day) && date_is_set(file->to) && date_compare(day, file->to) > 0)
            continue;
        if (!found || date_compare(file->from, found->from) > 0)
            found = file;
    }
    if (!found)
        return FAIL_FIELD(ctx, "law", "没有适用于该日的国家规则包",
                          "no national pack is in force on that day");
    *ret_file = found;
    return ERR_OK;
}

static enum err
pack_lay_named(struct ctx *ctx, const struct pack_shelf *shelf, const char *name, struct pack *pack)
{
    const struct pack_file *file = pack_shelf_find(shelf, name);
    if (!file)
        return FAIL_FIELD(ctx, "law", "没有规则包“%s”", "there is no pack \"%s\"", name);
    if (!pack->national && !file->national)
        return FAIL_FIELD(ctx, "law", "规则包须以国家规则包开头，不是 %s",
                          "a list of packs starts with a national one, not %s", name);
    if (pack->national && file->national)
        return FAIL_FIELD(ctx, "law", "只能有一个国家规则包：%s", "only one national pack: %s",
                          name);
    if (file->national)
        return pack_lay_national(ctx, shelf, file, pack);
    pack_lay_over(pack, file);
    return ERR_OK;
}

enum err
pack_combine(struct ctx *ctx, const struct pack_shelf *shelf, const char *law, struct date day,
             struct pack **ret_pack)
{
    struct pack *pack = mem_new(ctx->mem, struct pack);
    if (!law || strcmp(law, "auto") == 0) {
        const struct pack_file *national = NULL;
        TRY(national_find(ctx, shelf, day, &national));
        TRY(pack_lay_national(ctx, shelf, national, pack));
        pack->name = national->name;
        *ret_pack = pack;
        return ERR_OK;
    }
    pack->name = mem_text(ctx->mem, law);
    const char *rest = law;
    while (rest) {
        const char *end = strchr(rest, '+');
        const size_t length = end ? (size_t)(end - rest) : strlen(rest);
        TRY(pack_lay_named(ctx, shelf, mem_text_n(ctx->mem, rest, length), pack));
        rest = end ? end + 1 : NULL;
    }
    *ret_pack = pack;
    return ERR_OK;
}

bool
pack_is_none(const struct pack *pack, enum pack_key key)
{
    return pack->values[key].none;
}

int
pack_int(const struct pack *pack, enum pack_key key)
{
    ASSERT(KEYS[key].type == PACK_INT || (KEYS[key].type == PACK_OPT && !pack->values[key].none));
    return pack->values[key].number;
}

int
pack_int_or(const struct pack *pack, enum pack_key key, int otherwise)
{
    return pack_is_none(pack, key) ? otherwise : pack_int(pack, key);
}

bool
pack_yes(const struct pack *pack, enum pack_key key)
{
    ASSERT(KEYS[key].type == PACK_BOOL);
    return pack->values[key].number != 0;
}

int
pack_word(const struct pack *pack, enum pack_key key)
{
    ASSERT(KEYS[key].type == PACK_WORD);
    return pack->values[key].number;
}

struct pack_days
pack_days(const struct pack *pack, enum pack_key key)
{
    ASSERT(KEYS[key].type == PACK_DAYS);
    return pack->values[key].days;
}

struct date
pack_date(const struct pack *pack, enum pack_key key)
{
    ASSERT(KEYS[key].type == PACK_DATE);
    return pack->values[key].date;
}

bool
pack_list_has(const struct pack *pack, enum pack_key key, const char *item)
{
    ASSERT(KEYS[key].type == PACK_LIST);
    const struct pack_value *value = &pack->values[key];
    for (size_t i = 0; i < value->count; i++) {
        if (strcmp(value->list[i], item) == 0)
            return true;
    }
    return false;
}

bool
pack_table_find(const struct pack *pack, enum pack_key key, int from, int *ret_to)
{
    ASSERT(KEYS[key].type == PACK_LIST);
    const struct pack_value *value = &pack->values[key];
    for (size_t i = 0; i < value->count; i++) {
        const struct pack_pair *pair = &value->pairs[i];
        if (!pair->set || pair->from != from)
            continue;
        *ret_to = pair->to;
        return true;
    }
    return false;
}

const char *
pack_source(const struct ctx *ctx, const struct pack *pack, enum pack_key key)
{
    return text_pick(ctx, pack->values[key].source);
}

#define ITEM_ENGLISH " // "

const char *
pack_value_words(struct ctx *ctx, const struct pack_value *value)
{
    if (!strstr(value->text, ITEM_ENGLISH))
        return value->text;
    struct buf words;
    buf_init(&words, ctx->mem, SIZE_MAX);
    for (size_t i = 0; i < value->count; i++) {
        const char *item = value->list[i];
        const char *english = strstr(item, ITEM_ENGLISH);
        const size_t length = english ? (size_t)(english - item) : strlen(item);
        buf_add_text(&words, i == 0 ? "" : "; ");
        if (english && ctx->lang == LANG_EN)
            buf_add_text(&words, english + strlen(ITEM_ENGLISH));
        else
            buf_add(&words, item, length);
    }
    return words.data;
}
