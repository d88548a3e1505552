/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON and refuses whatever is not canonical (docs/formats.md §2). */
#include <string.h>

#include "verify.h"

enum { DEPTH = 64 };

struct reader {
    const unsigned char *at;
    const unsigned char *end;
};

static const struct json NOTHING;

static bool value_read(struct reader *reader, struct json *value, int depth);

static bool
next_is(struct reader *reader, const char *text)
{
    const size_t length = strlen(text);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, text, length) != 0)
        return false;
    reader->at += length;
    return true;
}

/* Bytes of one well-formed UTF-8 character of two bytes or more; 0 if it is none. */
static size_t
utf8_length(const struct reader *reader)
{
    static const struct {
        unsigned char first, last, second_from, second_to, more;
    } FORMS[] = {{0xC2, 0xDF, 0x80, 0xBF, 1}, {0xE0, 0xE0, 0xA0, 0xBF, 2},
                 {0xE1, 0xEC, 0x80, 0xBF, 2}, {0xED, 0xED, 0x80, 0x9F, 2},
                 {0xEE, 0xEF, 0x80, 0xBF, 2}, {0xF0, 0xF0, 0x90, 0xBF, 3},
                 {0xF1, 0xF3, 0x80, 0xBF, 3}, {0xF4, 0xF4, 0x80, 0x8F, 3}};
    const unsigned char *at = reader->at;
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        if (*at < FORMS[i].first || *at > FORMS[i].last)
            continue;
        if ((size_t)(reader->end - at) <= FORMS[i].more || at[1] < FORMS[i].second_from ||
            at[1] > FORMS[i].second_to)
            return 0;
        for (size_t k = 2; k <= FORMS[i].more; k++) {
            if ((at[k] & 0xC0) != 0x80)
                return 0;
        }
        return (size_t)FORMS[i].more + 1;
    }
    return 0;
}

/* After the backslash: the one escape a character may have. 0 if it is none. */
static char
escape_read(struct reader *reader)
{
    static const char FROM[] = "\"\\btnfr";
    static const char TO[] = "\"\\\b\t\n\f\r";
    static const char DIGITS[] = "0123456789ABCDEF";
    const char *short_form = *reader->at ? strchr(FROM, *reader->at) : NULL;
    if (short_form) {
        reader->at++;
        return TO[short_form - FROM];
    }
    if (!next_is(reader, "u00") || reader->end - reader->at < 2 || *reader->at > '1' ||
        *reader->at < '0' || !reader->at[1])
        return 0;
    const char *low = strchr(DIGITS, reader->at[1]);
    if (!low)
        return 0;
    const char character = (char)((*reader->at - '0') * 16 + (low - DIGITS));
    reader->at += 2;
    return strchr("\b\t\n\f\r", character) ? 0 : character;
}

/* No text is longer than what stands between its quotes. */
static size_t
text_bound(const struct reader *reader)
{
    const unsigned char *at = reader->at;
    while (at < reader->end && *at != '"')
        at += *at == '\\' && at + 1 < reader->end ? 2 : 1;
    return (size_t)(at - reader->at);
}

static bool
text_read(struct reader *reader, struct bytes *ret_text)
{
    if (!next_is(reader, "\""))
        return false;
    char *text = take(text_bound(reader) + 1, 1);
    size_t length = 0;
    while (reader->at < reader->end && *reader->at != '"') {
        if (*reader->at < 0x20)
            return false;
        if (*reader->at == '\\') {
            reader->at++;
            const char character = reader->at < reader->end ? escape_read(reader) : 0;
            if (!character)
                return false;
            text[length++] = character;
            continue;
        }
        const size_t size = *reader->at < 0x80 ? 1 : utf8_length(reader);
        if (size == 0)
            return false;
        memcpy(text + length, reader->at, size);
        length += size;
        reader->at += size;
    }
    *ret_text = (struct bytes){text, length};
    return next_is(reader, "\"");
}

static bool
number_read(struct reader *reader, int64_t *ret_number)
{
    const bool minus = next_is(reader, "-");
    const unsigned char *first = reader->at;
    int64_t number = 0;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') {
        const int digit = *reader->at++ - '0';
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, minus ? -digit : digit, &number))
            return false;
    }
    *ret_number = number;
    const bool zero = first < reader->at && *first == '0';
    return reader->at > first && (!zero || (reader->at == first + 1 && !minus));
}

static bool
key_read_before(struct reader *reader, struct json *item, const struct json *before)
{
    if (!text_read(reader, &item->key) || !next_is(reader, ":"))
        return false;
    if (!before)
        return true;
    const size_t least =
        before->key.length < item->key.length ? before->key.length : item->key.length;
    const int order = memcmp(before->key.at, item->key.at, least);
    return order < 0 || (order == 0 && before->key.length < item->key.length);
}

static bool
items_read(struct reader *reader, struct json *value, const char *end, int depth)
{
    if (next_is(reader, end))
        return true;
    do {
        struct json item = {0};
        const struct json *before = value->count ? &value->items[value->count - 1] : NULL;
        if (value->type == JSON_OBJECT && !key_read_before(reader, &item, before))
            return false;
        if (!value_read(reader, &item, depth + 1))
            return false;
        if ((value->count & (value->count - 1)) == 0)
            value->items = more(value->items, value->count ? 2 * value->count : 1, sizeof item);
        value->items[value->count++] = item;
    } while (next_is(reader, ","));
    return next_is(reader, end);
}

static bool
value_read(struct reader *reader, struct json *value, int depth)
{
    static const char *const WORD[] = {"false", "true", "null"};
    if (depth > DEPTH || reader->at >= reader->end)
        return false;
    for (int i = 0; i < 3; i++) {
        if (next_is(reader, WORD[i])) {
            value->type = JSON_WORD;
            value->number = i == 2 ? -1 : i;
            return true;
        }
    }
    if (*reader->at == '"') {
        value->type = JSON_TEXT;
        return text_read(reader, &value->text);
    }
    if (next_is(reader, "[")) {
        value->type = JSON_LIST;
        return items_read(reader, value, "]", depth);
    }
    if (next_is(reader, "{")) {
        value->type = JSON_OBJECT;
        return items_read(reader, value, "}", depth);
    }
    value->type = JSON_NUMBER;
    return number_read(reader, &value->number);
}

bool
json_parse(struct bytes bytes, struct json *ret_value)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    struct reader reader = {at, at + bytes.length};
    struct json value = {0};
    if (!value_read(&reader, &value, 1) || reader.at != reader.end)
        return false;
    *ret_value = value;
    return true;
}

const struct json *
json_get(const struct json *object, const char *key)
{
    for (size_t i = 0; object->type == JSON_OBJECT && i < object->count; i++) {
        if (bytes_say(object->items[i].key, key))
            return &object->items[i];
    }
    return &NOTHING;
}

int64_t
json_int(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    return value->type == JSON_NUMBER ? value->number : 0;
}

struct bytes
json_text(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    return value->type == JSON_TEXT ? value->text : bytes_of("");
}

bool
json_has_only(const struct json *object, const char *keys)
{
    size_t count = 0;
    for (const char *at = keys; *at; count++) {
        const size_t length = strcspn(at, " ");
        const struct bytes key = {at, length};
        if (object->type != JSON_OBJECT || count >= object->count ||
            !bytes_are(object->items[count].key, key))
            return false;
        at += length + (at[length] == ' ');
    }
    return object->type == JSON_OBJECT && count == object->count;
}
