/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

enum { NESTING_MAX = 64 };

struct owned_json {
    json_t *value;
};

static int
owned_release(struct owned_json *owned)
{
    json_decref(owned->value);
    return 0;
}

json_t *
json_own(void *mem, json_t *value)
{
    struct owned_json *owned = mem_new(mem, struct owned_json);
    owned->value = value;
    talloc_set_destructor(owned, owned_release);
    return value;
}

/* jansson nests up to 2048 levels, which costs stack for nothing a person would write. */
static bool
nesting_is_fair(const char *text, size_t length)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text[i] == '{' || text[i] == '[') && ++depth > NESTING_MAX)
            return false;
        else if (!quoted && (text[i] == '}' || text[i] == ']'))
            depth--;
    }
    return true;
}

enum err
json_read(struct ctx *ctx, const char *text, size_t length, const char *what, json_t **ret_value)
{
    if (!nesting_is_fair(text, length))
        return FAIL(ctx, ERR_INVALID, "%s：JSON 嵌套超过 %d 层", "%s: JSON nested over %d levels",
                    what, NESTING_MAX);
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value)
        return FAIL(ctx, ERR_INVALID, "%s：第 %d 行第 %d 列不是正确的 JSON（%s）",
                    "%s: line %d column %d is not JSON (%s)", what, error.line, error.column,
                    error.text);
    *ret_value = json_own(ctx->mem, value);
    return ERR_OK;
}

static bool
has_real(const json_t *value)
{
    const char *key;
    json_t *member;
    size_t index;
    if (json_is_real(value))
        return true;
    if (json_is_array(value)) {
        json_array_foreach(value, index, member)
        {
            if (has_real(member))
                return true;
        }
    }
    if (json_is_object(value)) {
        json_object_foreach((json_t *)(uintptr_t)value, key, member)
        {
            if (has_real(member))
                return true;
        }
    }
    return false;
}

static const char *
dump(struct ctx *ctx, const json_t *value, size_t flags)
{
    const size_t size = json_dumpb(value, NULL, 0, flags | JSON_ENCODE_ANY);
    char *text = mem_array(ctx->mem, char, size + 1);
    const size_t written = json_dumpb(value, text, size, flags | JSON_ENCODE_ANY);
    ASSERT(written == size);
    return text;
}

const char *
json_canonical(struct ctx *ctx, const json_t *value)
{
    ASSERT(!has_real(value));
    return dump(ctx, value, JSON_COMPACT | JSON_SORT_KEYS);
}

const char *
json_line(struct ctx *ctx, const json_t *value)
{
    return dump(ctx, value, JSON_COMPACT);
}

const char *
json_pretty(struct ctx *ctx, const json_t *value)
{
    return dump(ctx, value, JSON_INDENT(2) | JSON_SORT_KEYS);
}

bool
json_is_canonical(struct ctx *ctx, const char *text, size_t length)
{
    json_error_t error;
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value)
        return false;
    json_own(ctx->mem, value);
    if (has_real(value))
        return false;
    const char *canonical = json_canonical(ctx, value);
    return strlen(canonical) == length && memcmp(canonical, text, length) == 0;
}

const char *
json_text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}
