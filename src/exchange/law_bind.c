/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_bind.h"

#include <string.h>

#include "base/utf8.h"

enum err
bind_within(struct binder *binder, enum err err, const char *place)
{
    if (err == ERR_OK)
        return ERR_OK;
    const char *inner = binder->field ? binder->field : "";
    const bool joined = inner[0] == '\0' || inner[0] == '[';
    binder->field = mem_printf(binder->ctx->mem, "%s%s%s", place, joined ? "" : ".", inner);
    return err;
}

enum err
bind_within_index(struct binder *binder, enum err err, size_t index)
{
    if (err == ERR_OK)
        return ERR_OK;
    return bind_within(binder, err, mem_printf(binder->ctx->mem, "[%zu]", index));
}

enum err
bind_text(struct binder *binder, const json_t *value, const char **ret_text)
{
    if (!json_is_string(value))
        return BIND_REFUSE(binder, "应为文字", "must be a text");
    *ret_text = json_string_value(value);
    return ERR_OK;
}

enum err
bind_name(struct binder *binder, const json_t *value, const char **ret_name)
{
    const char *name = NULL;
    TRY(bind_text(binder, value, &name));
    if (utf8_is_blank(name))
        return BIND_REFUSE(binder, "姓名不能为空白", "a name must not be blank");
    *ret_name = name;
    return ERR_OK;
}

bool
bind_find_word(const struct bind_choice *choices, const char *word, int *ret_value)
{
    for (const struct bind_choice *choice = choices; choice->word; choice++) {
        if (strcmp(choice->word, word) == 0) {
            *ret_value = choice->value;
            return true;
        }
    }
    return false;
}

enum err
bind_word(struct binder *binder, const json_t *value, const struct bind_choice *choices,
          int *ret_value)
{
    const char *word = NULL;
    TRY(bind_text(binder, value, &word));
    if (!bind_find_word(choices, word, ret_value))
        return BIND_REFUSE(binder, "“%s”不在可选值之内", "\"%s\" is none of the allowed words",
                           word);
    return ERR_OK;
}

static enum err
read_bool(struct binder *binder, const json_t *value, bool *ret_bool)
{
    if (!json_is_boolean(value))
        return BIND_REFUSE(binder, "应为 true 或 false", "must be true or false");
    *ret_bool = json_is_true(value);
    return ERR_OK;
}

static enum err
read_count(struct binder *binder, const struct bind_field *field, const json_t *value,
           int64_t *ret_count)
{
    const int64_t max = field->max ? field->max : BIND_COUNT_MAX;
    if (!json_is_integer(value))
        return BIND_REFUSE(binder, "应为整数", "must be an integer");
    const int64_t count = json_integer_value(value);
    if (count < field->min || count > max)
        return BIND_REFUSE(binder, "%lld 不在 %lld 至 %lld 之间", "%lld is not within %lld to %lld",
                           (long long)count, (long long)field->min, (long long)max);
    *ret_count = count;
    return ERR_OK;
}

enum err
bind_date(struct binder *binder, const json_t *value, struct date *ret_date)
{
    const char *text = NULL;
    TRY(bind_text(binder, value, &text));
    if (!date_parse(text, ret_date))
        return BIND_REFUSE(binder, "“%s”不是 1900 至 2199 年间的日期（YYYY-MM-DD）",
                           "\"%s\" is not a day of 1900 to 2199 (YYYY-MM-DD)", text);
    return ERR_OK;
}

static enum err
read_choice(struct binder *binder, const struct bind_field *field, const json_t *value,
            int *ret_choice)
{
    if (field->nullable && json_is_null(value)) {
        *ret_choice = field->null_value;
        return ERR_OK;
    }
    return bind_word(binder, value, field->choices, ret_choice);
}

static enum err
read_pointer(struct binder *binder, const struct bind_field *field, const json_t *value,
             void **ret_pointer)
{
    void *object = mem_zeroed(binder->ctx->mem, field->object->size, 1, "object");
    TRY(bind_object(binder, value, field->object, object));
    *ret_pointer = object;
    return ERR_OK;
}

static int
compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Refuses a list in which a text stands twice; looks at a sorted copy. */
static enum err
require_unique(struct binder *binder, const char *const *texts, size_t count)
{
    const char **sorted = mem_array(binder->ctx->mem, const char *, count);
    memcpy(sorted, texts, count * sizeof *texts);
    qsort(sorted, count, sizeof *sorted, compare_texts);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            return BIND_REFUSE(binder, "“%s”出现两次", "\"%s\" stands twice", sorted[i]);
    }
    return ERR_OK;
}

static enum err
require_unique_texts(struct binder *binder, const json_t *list)
{
    const size_t count = json_array_size(list);
    const char **texts = mem_array(binder->ctx->mem, const char *, count);
    for (size_t i = 0; i < count; i++)
        texts[i] = json_string_value(json_array_get(list, i));
    return require_unique(binder, texts, count);
}

static enum err
require_unique_key(struct binder *binder, const json_t *list, const char *key)
{
    const size_t count = json_array_size(list);
    const char **texts = mem_array(binder->ctx->mem, const char *, count);
    for (size_t i = 0; i < count; i++)
        texts[i] = json_text_of(json_array_get(list, i), key);
    return require_unique(binder, texts, count);
}

static size_t
element_size(const struct bind_field *field)
{
    switch (field->type) {
    case BIND_NAMES:
    case BIND_TEXTS:
        return sizeof(const char *);
    case BIND_COUNTS:
        return sizeof(int64_t);
    case BIND_DATES:
        return sizeof(struct date);
    case BIND_CHOICES:
        return sizeof(int);
    case BIND_OBJECTS:
        return field->object->size;
    case BIND_BOOL:
    case BIND_COUNT:
    case BIND_TEXT:
    case BIND_NAME:
    case BIND_DATE:
    case BIND_CHOICE:
    case BIND_OBJECT:
    case BIND_POINTER:
    case BIND_CUSTOM:
        break;
    }
    BUG("not a list");
}

static enum err bind_value(struct binder *binder, const struct bind_field *field,
                           const json_t *value, char *ret_member);

/* What one element of a list is bound as. */
static enum bind_type
element_type(enum bind_type list)
{
    static const enum bind_type ELEMENTS[] = {
        [BIND_NAMES] = BIND_NAME, [BIND_TEXTS] = BIND_TEXT,     [BIND_COUNTS] = BIND_COUNT,
        [BIND_DATES] = BIND_DATE, [BIND_CHOICES] = BIND_CHOICE, [BIND_OBJECTS] = BIND_OBJECT,
    };
    return ELEMENTS[list];
}

static enum err
read_list(struct binder *binder, const struct bind_field *field, const json_t *value,
          char *ret_object)
{
    if (!json_is_array(value))
        return BIND_REFUSE(binder, "应为列表", "must be a list");
    struct bind_field element = *field;
    element.type = element_type(field->type);
    const size_t count = json_array_size(value);
    const size_t size = element_size(field);
    char *list = mem_zeroed(binder->ctx->mem, size, count, "list");
    for (size_t i = 0; i < count; i++)
        TRY(bind_within_index(
            binder, bind_value(binder, &element, json_array_get(value, i), list + i * size), i));
    if (field->unique_key)
        TRY(require_unique_key(binder, value, field->unique_key));
    if (field->unique)
        TRY(require_unique_texts(binder, value));
    *(void **)(void *)(ret_object + field->at) = list;
    *(size_t *)(void *)(ret_object + field->count_at) = count;
    return ERR_OK;
}

static enum err
bind_value(struct binder *binder, const struct bind_field *field, const json_t *value,
           char *ret_member)
{
    void *member = ret_member;
    switch (field->type) {
    case BIND_BOOL:
        return read_bool(binder, value, member);
    case BIND_COUNT:
        return read_count(binder, field, value, member);
    case BIND_TEXT:
        return bind_text(binder, value, member);
    case BIND_NAME:
        return bind_name(binder, value, member);
    case BIND_DATE:
        return bind_date(binder, value, member);
    case BIND_CHOICE:
        return read_choice(binder, field, value, member);
    case BIND_OBJECT:
        return bind_object(binder, value, field->object, member);
    case BIND_POINTER:
        return read_pointer(binder, field, value, member);
    case BIND_CUSTOM:
        return field->read(binder, value, member);
    case BIND_NAMES:
    case BIND_TEXTS:
    case BIND_COUNTS:
    case BIND_DATES:
    case BIND_CHOICES:
    case BIND_OBJECTS:
        return read_list(binder, field, value, ret_member - field->at);
    }
    BUG("unknown bind_type");
}

/* What a member holds when its key is left out. The struct was zeroed. */
static void
put_fallback(const struct bind_field *field, char *object)
{
    void *member = object + field->at;
    if (field->type == BIND_BOOL)
        *(bool *)member = field->fallback != 0;
    if (field->type == BIND_COUNT)
        *(int64_t *)member = field->fallback;
    if (field->type == BIND_CHOICE)
        *(int *)member = (int)field->fallback;
    if (field->type == BIND_DATE)
        *(struct date *)member = DATE_NONE;
}

static bool
field_is_open(const struct binder *binder, const struct bind_field *field)
{
    return binder->inside || !field->inside;
}

static enum err
refuse_unknown_key(struct binder *binder, const json_t *value, const struct bind_table *table)
{
    const char *key = NULL;
    for (void *at = json_object_iter((json_t *)(uintptr_t)value); at;
         at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
        key = json_object_iter_key(at);
        bool known = false;
        for (size_t i = 0; i < table->count && !known; i++)
            known =
                field_is_open(binder, &table->fields[i]) && strcmp(table->fields[i].key, key) == 0;
        if (!known)
            break;
    }
    return BIND_REFUSE_FIELD(binder, key, "没有“%s”这个键", "there is no key \"%s\"", key);
}

enum err
bind_object(struct binder *binder, const json_t *value, const struct bind_table *table,
            void *ret_object)
{
    if (!json_is_object(value))
        return BIND_REFUSE(binder, "应为对象", "must be an object");
    size_t found = 0;
    for (size_t i = 0; i < table->count; i++) {
        const struct bind_field *field = &table->fields[i];
        const json_t *member =
            field_is_open(binder, field) ? json_object_get(value, field->key) : NULL;
        char *object = ret_object;
        found += member ? 1 : 0;
        if (member)
            TRY(bind_within(binder, bind_value(binder, field, member, object + field->at),
                            field->key));
        else if (field->required)
            return BIND_REFUSE_FIELD(binder, field->key, "缺少“%s”", "\"%s\" is missing",
                                     field->key);
        else
            put_fallback(field, object);
    }
    if (found != json_object_size(value))
        return refuse_unknown_key(binder, value, table);
    return ERR_OK;
}

enum err
bind_names(struct binder *binder, const json_t *value, bool unique, const char ***ret_names,
           size_t *ret_count)
{
    struct names {
        const char **names;
        size_t count;
    } names = {0};
    const struct bind_field field = BIND_LIST(struct names, names, count, NAMES, .unique = unique);
    TRY(read_list(binder, &field, value, (char *)&names));
    *ret_names = names.names;
    *ret_count = names.count;
    return ERR_OK;
}

enum err
bind_dates(struct binder *binder, const json_t *value, const struct date **ret_dates,
           size_t *ret_count)
{
    struct dates {
        const struct date *dates;
        size_t count;
    } dates = {0};
    const struct bind_field field = BIND_LIST(struct dates, dates, count, DATES);
    TRY(read_list(binder, &field, value, (char *)&dates));
    *ret_dates = dates.dates;
    *ret_count = dates.count;
    return ERR_OK;
}
