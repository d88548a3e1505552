/* SPDX-License-Identifier: Apache-2.0 */
#include "base/num.h"
#include "domain/pack.h"

#define NUMBER_MAX 1000000
#define DAYS_MAX 3650

/* Where the reader is. `line` is the first line of the entry, continuation lines belong to it. */
struct reader {
    struct ctx *ctx;
    const char *name;
    int line;
    struct pack_file *file;
};

/* ERR_INVALID with file and line before the words. */
#define READ_FAIL(reader, zh, en, ...)                                                             \
    FAIL((reader)->ctx, ERR_INVALID, "%s:%d：" zh, "%s:%d: " en, (reader)->name, (reader)->line,   \
         ##__VA_ARGS__)

static bool
is_blank(char character)
{
    return character == ' ' || character == '\t' || character == '\r';
}

/* The text without blanks at both ends; writes into it. */
static char *
text_trim(char *text)
{
    while (is_blank(*text))
        text++;
    size_t length = strlen(text);
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    text[length] = '\0';
    return text;
}

static bool
word_place(const char *words, const char *word, int *ret_place)
{
    const size_t length = strlen(word);
    int place = 0;
    for (const char *at = words; at; place++) {
        const char *end = strchr(at, '|');
        const size_t size = end ? (size_t)(end - at) : strlen(at);
        if (size == length && strncmp(at, word, length) == 0) {
            *ret_place = place;
            return true;
        }
        at = end ? end + 1 : NULL;
    }
    return false;
}

static bool
number_read(const char *text, struct pack_value *value)
{
    int64_t number = 0;
    if (!num_parse_i64(text, 0, NUMBER_MAX, &number))
        return false;
    value->number = (int)number;
    return true;
}

static bool
days_read(const char *text, struct pack_value *value)
{
    static const struct {
        const char *word;
        enum day_base base;
    } BASES[] = {{"D", DAY_POLL},    {"posted", DAY_POSTED}, {"received", DAY_RECEIVED},
                 {"list", DAY_LIST}, {"F", DAY_FORMED},      {"meeting", DAY_MEETING}};
    const size_t length = strcspn(text, "+-");
    for (size_t i = 0; i < COUNT_OF(BASES); i++) {
        if (strlen(BASES[i].word) != length || strncmp(BASES[i].word, text, length) != 0)
            continue;
        int64_t offset = 0;
        const char *rest = text + length;
        if (*rest && !num_parse_i64(*rest == '+' ? rest + 1 : rest, -DAYS_MAX, DAYS_MAX, &offset))
            return false;
        value->days = (struct pack_days){BASES[i].base, (int)offset};
        return true;
    }
    return false;
}

/* "3:5" as a pair of numbers; other items of a list are no pairs. */
static struct pack_pair
pair_read(struct ctx *ctx, const char *item)
{
    const char *colon = strchr(item, ':');
    int64_t from = 0;
    int64_t to = 0;
    if (!colon ||
        !num_parse_i64(mem_text_n(ctx->mem, item, (size_t)(colon - item)), 0, NUMBER_MAX, &from) ||
        !num_parse_i64(colon + 1, 0, NUMBER_MAX, &to))
        return (struct pack_pair){.set = false};
    return (struct pack_pair){.set = true, .from = (int)from, .to = (int)to};
}

static bool
list_read(struct ctx *ctx, const char *text, struct pack_value *value)
{
    char *rest = mem_text(ctx->mem, text);
    while (rest) {
        char *end = strchr(rest, ';');
        if (end)
            *end = '\0';
        const char *item = text_trim(rest);
        if (!*item)
            return false;
        value->list = mem_grow(ctx->mem, value->list, const char *, value->count + 1);
        value->pairs = mem_grow(ctx->mem, value->pairs, struct pack_pair, value->count + 1);
        value->list[value->count] = item;
        value->pairs[value->count++] = pair_read(ctx, item);
        rest = end ? end + 1 : NULL;
    }
    return true;
}

static bool
value_read(struct ctx *ctx, const struct pack_key_row *row, const char *text,
           struct pack_value *value)
{
    const bool may_be_none = row->type == PACK_OPT || row->type == PACK_DAYS ||
                             row->type == PACK_DATE || row->type == PACK_LIST;
    value->date = DATE_NONE;
    value->none = may_be_none && strcmp(text, "none") == 0;
    if (value->none)
        return true;
    switch (row->type) {
    case PACK_INT:
    case PACK_OPT:
        return number_read(text, value);
    case PACK_BOOL:
        return word_place("no|yes", text, &value->number);
    case PACK_WORD:
        return word_place(row->words, text, &value->number);
    case PACK_DAYS:
        return days_read(text, value);
    case PACK_DATE:
        return date_parse(text, &value->date);
    case PACK_LIST:
        break;
    }
    return list_read(ctx, text, value);
}

static enum err
date_header_read(struct reader *reader, const char *text, struct date *ret_date)
{
    if (!date_parse(text, ret_date))
        return READ_FAIL(reader, "“%s”不是日期", "\"%s\" is not a date", text);
    return ERR_OK;
}

static enum err
header_read(struct reader *reader, const char *key, const char *text)
{
    struct pack_file *file = reader->file;
    if (strcmp(key, "pack") == 0)
        file->name = text;
    else if (strcmp(key, "title") == 0)
        file->title_zh = text;
    else if (strcmp(key, "title_en") == 0)
        file->title_en = text;
    else if (strcmp(key, "extends") == 0)
        file->extends = text;
    else if (strcmp(key, "level") == 0 && strcmp(text, "national") == 0)
        file->national = true;
    else if (strcmp(key, "level") == 0 && strcmp(text, "local") == 0)
        file->national = false;
    else if (strcmp(key, "dated") == 0)
        return date_header_read(reader, text, &file->dated);
    else if (strcmp(key, "from") == 0)
        return date_header_read(reader, text, &file->from);
    else if (strcmp(key, "to") == 0)
        return date_header_read(reader, text, &file->to);
    else if (strcmp(key, "binds") == 0)
        return date_header_read(reader, text, &file->binds);
    else
        return READ_FAIL(reader, "不认识的项“%s = %s”", "unknown entry \"%s = %s\"", key, text);
    return ERR_OK;
}

/* Chinese and the full-width signs that go with it begin at U+3000, in UTF-8 with this byte. */
static bool
text_is_chinese(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text >= 0xE3)
            return true;
    }
    return false;
}

/* "value | 依据 | source": takes the sources off and leaves the value in `text`. */
static enum err
source_read(struct reader *reader, const char *name, char *text, struct pack_value *value)
{
    char *zh = strchr(text, '|');
    char *en = zh ? strchr(zh + 1, '|') : NULL;
    if (!en || strchr(en + 1, '|'))
        return READ_FAIL(reader, "%s 应写作：值 | 依据 | 依据的英文",
                         "%s is written: value | source in Chinese | source in English", name);
    *zh = '\0';
    *en = '\0';
    value->text = text_trim(text);
    value->source = (struct text){text_trim(zh + 1), text_trim(en + 1)};
    if (!*value->source.zh || !*value->source.en || text_is_chinese(value->source.en))
        return READ_FAIL(reader, "%s 的依据须中英文各写一遍",
                         "%s needs its source in Chinese and then in English", name);
    return ERR_OK;
}

static enum err
key_read(struct reader *reader, const char *name, char *text)
{
    enum pack_key key = PACK_KEY_COUNT;
    if (!pack_key_find(name, &key))
        return READ_FAIL(reader, "不认识的键 %s", "unknown key %s", name);
    const struct pack_key_row *row = pack_key_row(key);
    struct pack_value *value = &reader->file->values[key];
    if (value->set)
        return READ_FAIL(reader, "%s 已在第 %d 行给出", "%s is given in line %d already", name,
                         value->line);
    if (row->national && !reader->file->national)
        return READ_FAIL(reader, "%s 只能由国家规则包规定", "only a national pack sets %s", name);
    TRY(source_read(reader, name, text, value));
    if (!value_read(reader->ctx, row, value->text, value))
        return READ_FAIL(reader, "%s 的值“%s”不合要求 %s", "bad value of %s: \"%s\" %s", name,
                         value->text, row->words);
    value->set = true;
    value->line = reader->line;
    return ERR_OK;
}

/* One entry: "key = value", continuation lines joined. Blank and comment entries say nothing. */
static enum err
entry_read(struct reader *reader, char *entry)
{
    char *text = text_trim(entry);
    if (!*text)
        return ERR_OK;
    char *equals = strchr(text, '=');
    if (!equals)
        return READ_FAIL(reader, "没有“=”：%s", "no '=' in: %s", text);
    *equals = '\0';
    const char *key = text_trim(text);
    char *value = text_trim(equals + 1);
    if (!*value)
        return READ_FAIL(reader, "%s 没有值", "%s has no value", key);
    return strchr(key, '.') ? key_read(reader, key, value) : header_read(reader, key, value);
}

static enum err
lines_read(struct reader *reader, char *text)
{
    char *entry = mem_text(reader->ctx->mem, "");
    int line = 0;
    while (text) {
        char *end = strchr(text, '\n');
        if (end)
            *end = '\0';
        line++;
        if (is_blank(*text) && *entry) {
            entry = mem_printf(reader->ctx->mem, "%s %s", entry, text_trim(text));
        } else {
            TRY(entry_read(reader, entry));
            reader->line = line;
            entry = mem_text(reader->ctx->mem, *text == '#' ? "" : text);
        }
        text = end ? end + 1 : NULL;
    }
    return entry_read(reader, entry);
}

static enum err
file_complete(struct reader *reader)
{
    struct pack_file *file = reader->file;
    if (!file->name || !file->title_zh || !file->title_en || !date_is_set(file->dated))
        return READ_FAIL(reader, "缺 pack、title、title_en 或者 dated",
                         "pack, title, title_en or dated is missing");
    if (file->national != date_is_set(file->from))
        return READ_FAIL(reader, "国家规则包须有 from，地方规则包不得有",
                         "a national pack has a from, a local one none");
    for (size_t i = 0; i < PACK_KEY_COUNT; i++) {
        file->values[i].pack = file->name;
        if (file->national && !file->extends && !file->values[i].set)
            return READ_FAIL(reader, "缺键 %s", "key %s is missing",
                             pack_key_row((enum pack_key)i)->name);
    }
    return ERR_OK;
}

enum err
pack_parse(struct ctx *ctx, const char *file, const char *text, struct pack_file **ret_file)
{
    struct reader reader = {.ctx = ctx, .name = file, .file = mem_new(ctx->mem, struct pack_file)};
    reader.file->from = DATE_NONE;
    reader.file->to = DATE_NONE;
    reader.file->dated = DATE_NONE;
    reader.file->binds = DATE_NONE;
    TRY(lines_read(&reader, mem_text(ctx->mem, text)));
    TRY(file_complete(&reader));
    *ret_file = reader.file;
    return ERR_OK;
}
