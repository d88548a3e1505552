/* SPDX-License-Identifier: Apache-2.0 */
#include "act/field.h"

#include <string.h>

#include "base/num.h"
#include "base/utf8.h"

enum { INT_MAX_VALUE = 999999999, TEXT_MAX_BYTES = 20000, BLOB_NAME_LENGTH = 68 };
#define MONEY_MAX 99999999999LL

const struct field FIELD_POSTING_PLACES[] = {
    FIELD(FIELD_TEXT, "place", FIELD_REQUIRED, "地点", "place"),
    FIELD(FIELD_UNIT, "group", 0, "村民小组", "group"),
    FIELD(FIELD_FILE, "photo", 0, "照片", "photo"),
    FIELD(FIELD_PERSON, "by", FIELD_WORDING, "张贴人", "posted by"),
    FIELDS_END,
};

struct checking {
    struct ctx *ctx;
    struct field_error *errors;
    size_t count;
};

static void
error_add(struct checking *checking, const char *field, const char *text)
{
    checking->errors =
        mem_grow(checking->ctx->mem, checking->errors, struct field_error, checking->count + 1);
    checking->errors[checking->count++] = (struct field_error){field, text};
}

const struct field *
field_find(const struct field *fields, const char *name)
{
    for (const struct field *field = fields; field->name; field++) {
        if (strcmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}

bool
field_choice_has(const char *choices, const char *word)
{
    const size_t length = strlen(word);
    if (!length || strchr(word, ' '))
        return false;
    for (const char *at = choices; (at = strstr(at, word)); at += length) {
        const bool starts = at == choices || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

struct text
field_type_title(enum field_type type)
{
    static const struct text TITLES[] = {
        [FIELD_DATE] = {"日期", "date"},         [FIELD_TIME] = {"时刻", "time"},
        [FIELD_INT] = {"整数", "int"},           [FIELD_SEQ] = {"记录号", "seq"},
        [FIELD_MONEY] = {"金额（分）", "money"}, [FIELD_TEXT] = {"文字", "text"},
        [FIELD_CHOICE] = {"选一", "choice"},     [FIELD_PERSON] = {"人员", "person"},
        [FIELD_VILLAGER] = {"村民", "villager"}, [FIELD_PERSONS] = {"多人", "persons"},
        [FIELD_UNIT] = {"单位", "unit"},         [FIELD_FILE] = {"文件", "file"},
        [FIELD_SEALED] = {"保密文字", "sealed"}, [FIELD_TABLE] = {"表", "table"},
    };
    return TITLES[type];
}

bool
field_is_sealed(const char *text)
{
    const size_t mark = strlen(FIELD_SEAL_MARK);
    return strncmp(text, FIELD_SEAL_MARK, mark) == 0 && text[mark] &&
           strspn(text + mark, "0123456789abcdef") == strlen(text + mark);
}

/* Characters nobody sees that change how a notice reads: controls but for line ends and tabs, and
 * those that turn the direction of writing. */
static bool
character_is_hidden(uint32_t character)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } HIDDEN[] = {
        {0x00, 0x08},     {0x0B, 0x0C},     {0x0E, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
        {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
    };
    for (size_t i = 0; i < COUNT_OF(HIDDEN); i++) {
        if (character >= HIDDEN[i].first && character <= HIDDEN[i].last)
            return true;
    }
    return false;
}

static bool
text_is_sound(const char *text)
{
    uint32_t character;
    if (utf8_is_blank(text) || strlen(text) > TEXT_MAX_BYTES)
        return false;
    while ((character = utf8_next(&text))) {
        if (character_is_hidden(character))
            return false;
    }
    return true;
}

static bool
time_is_right(const char *text)
{
    const size_t digits = strspn(text, "0123456789:");
    return strlen(text) == 5 && digits == 5 && text[2] == ':' && strncmp(text, "24", 2) < 0 &&
           text[0] != ':' && text[1] != ':' && text[3] != ':' && text[4] != ':' && text[3] < '6';
}

static bool
blob_name_is_right(const char *text)
{
    return strlen(text) == BLOB_NAME_LENGTH && strncmp(text, "sm3:", 4) == 0 &&
           strspn(text + 4, "0123456789abcdef") == BLOB_NAME_LENGTH - 4;
}

static bool
text_is_right(const struct field *field, const char *text)
{
    struct date date;
    switch (field->type) {
    case FIELD_DATE:
        return date_parse(text, &date);
    case FIELD_TIME:
        return time_is_right(text);
    case FIELD_CHOICE:
        return field_choice_has(field->choices, text);
    case FIELD_FILE:
        return blob_name_is_right(text);
    case FIELD_SEALED:
        return field_is_sealed(text) && text_is_sound(text);
    case FIELD_TEXT:
    case FIELD_PERSON:
    case FIELD_VILLAGER:
    case FIELD_UNIT:
        return text_is_sound(text);
    case FIELD_INT:
    case FIELD_SEQ:
    case FIELD_MONEY:
    case FIELD_PERSONS:
    case FIELD_TABLE:
        break;
    }
    BUG("not a text field");
}

static const char *
expected_words(struct ctx *ctx, const struct field *field)
{
    switch (field->type) {
    case FIELD_DATE:
        return text_format(ctx, "应为日期，如 2021-03-20", "must be a date such as 2021-03-20");
    case FIELD_TIME:
        return text_format(ctx, "应为时刻，如 08:30", "must be a time such as 08:30");
    case FIELD_INT:
        return text_format(ctx, "应为 0 到 %d 的整数", "must be an integer from 0 to %d",
                           INT_MAX_VALUE);
    case FIELD_SEQ:
        return text_format(ctx, "应为本卷中记录的序号", "must be the number of an entry");
    case FIELD_MONEY:
        return text_format(ctx, "应为以分为单位的整数", "must be an integer number of fen");
    case FIELD_CHOICE:
        return text_format(ctx, "应为以下之一：%s", "must be one of: %s", field->choices);
    case FIELD_FILE:
        return text_format(ctx, "应为文件（sm3:…）", "must be a file (sm3:…)");
    case FIELD_SEALED:
        return text_format(ctx, "应为加密后的文字（前端未处理）", "must be sealed at the edge");
    case FIELD_PERSONS:
        return text_format(ctx, "应为人员名单", "must be a list of persons");
    case FIELD_TABLE:
        return text_format(ctx, "应为表（若干行）", "must be a table (rows)");
    case FIELD_TEXT:
    case FIELD_PERSON:
    case FIELD_VILLAGER:
    case FIELD_UNIT:
        return text_format(
            ctx, "应为非空文字（不超过 %d 字节，不含控制字符）",
            "must be text that is not blank (at most %d bytes, no control characters)",
            TEXT_MAX_BYTES);
    }
    BUG("unknown field type");
}

static bool
integer_is_right(const struct field *field, const json_t *value)
{
    if (!json_is_integer(value))
        return false;
    const json_int_t number = json_integer_value(value);
    if (field->type == FIELD_MONEY)
        return number >= -MONEY_MAX && number <= MONEY_MAX;
    return number >= (field->type == FIELD_SEQ ? 1 : 0) && number <= INT_MAX_VALUE;
}

static bool
persons_are_right(const json_t *value)
{
    size_t index;
    json_t *person;
    if (!json_is_array(value))
        return false;
    json_array_foreach(value, index, person)
    {
        if (!json_is_string(person) || !text_is_sound(json_string_value(person)))
            return false;
    }
    return true;
}

static void object_check(struct checking *checking, const struct field *fields,
                         const json_t *object, const char *prefix);

static void
table_check(struct checking *checking, const struct field *field, const json_t *value,
            const char *path)
{
    size_t index;
    json_t *row;
    json_array_foreach(value, index, row)
    {
        const char *prefix = mem_printf(checking->ctx->mem, "%s[%zu].", path, index + 1);
        if (json_is_object(row))
            object_check(checking, field->columns, row, prefix);
        else
            error_add(checking, prefix, expected_words(checking->ctx, field));
    }
    if (json_array_size(value) == 0 && field->flags & FIELD_REQUIRED)
        error_add(checking, path, text_format(checking->ctx, "至少要有一行", "needs a row"));
}

static void
value_check(struct checking *checking, const struct field *field, const json_t *value,
            const char *path)
{
    bool right;
    if (field->type == FIELD_TABLE)
        right = json_is_array(value);
    else if (field->type == FIELD_PERSONS)
        right = persons_are_right(value);
    else if (field->type == FIELD_INT || field->type == FIELD_SEQ || field->type == FIELD_MONEY)
        right = integer_is_right(field, value);
    else
        right = json_is_string(value) && text_is_right(field, json_string_value(value));
    if (!right)
        error_add(checking, path, expected_words(checking->ctx, field));
    else if (field->type == FIELD_TABLE)
        table_check(checking, field, value, path);
}

static void
object_check(struct checking *checking, const struct field *fields, const json_t *object,
             const char *prefix)
{
    struct ctx *ctx = checking->ctx;
    void *iterator = json_object_iter((json_t *)(uintptr_t)object);
    for (; iterator; iterator = json_object_iter_next((json_t *)(uintptr_t)object, iterator)) {
        const char *key = json_object_iter_key(iterator);
        const struct field *field = field_find(fields, key);
        const char *path = mem_printf(ctx->mem, "%s%s", prefix, key);
        if (field)
            value_check(checking, field, json_object_iter_value(iterator), path);
        else
            error_add(checking, path, text_format(ctx, "没有这个字段", "no such field"));
    }
    for (const struct field *field = fields; field->name; field++) {
        if (field->flags & FIELD_REQUIRED && !json_object_get(object, field->name))
            error_add(checking, mem_printf(ctx->mem, "%s%s", prefix, field->name),
                      text_format(ctx, "必填：%s", "required: %s", text_pick(ctx, field->label)));
    }
}

void
fields_check(struct ctx *ctx, const struct field *fields, const json_t *value,
             struct field_error **ret_errors, size_t *ret_count)
{
    struct checking checking = {.ctx = ctx};
    object_check(&checking, fields, value, "");
    *ret_errors = checking.errors;
    *ret_count = checking.count;
}
