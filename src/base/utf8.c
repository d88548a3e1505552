/* SPDX-License-Identifier: Apache-2.0 */
#include "base/utf8.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

struct form {
    uint8_t mask, mark; /* the first byte of this form: (byte & mask) == mark */
    uint8_t length;
    uint32_t least; /* below it, a shorter form is the right one */
};

static const struct form FORMS[] = {
    {0x80, 0x00, 1, 0x1},
    {0xE0, 0xC0, 2, 0x80},
    {0xF0, 0xE0, 3, 0x800},
    {0xF8, 0xF0, 4, 0x10000},
};

/* The length of the character that begins here, 0 if none does. */
static size_t
read_character(const uint8_t *bytes, size_t length, uint32_t *ret_character)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        const struct form *form = &FORMS[i];
        if ((bytes[0] & form->mask) != form->mark || form->length > length)
            continue;
        uint32_t character = bytes[0] & (uint8_t)~form->mask;
        for (size_t k = 1; k < form->length; k++) {
            if ((bytes[k] & 0xC0) != 0x80)
                return 0;
            character = character << 6 | (bytes[k] & 0x3F);
        }
        if (character < form->least || character > 0x10FFFF || (character & ~0x7FFu) == 0xD800)
            return 0;
        *ret_character = character;
        return form->length;
    }
    return 0;
}

uint32_t
utf8_next(const char **text)
{
    const size_t left = strnlen(*text, 4);
    if (left == 0)
        return 0;
    uint32_t character = REPLACEMENT;
    const size_t length = read_character((const uint8_t *)*text, left, &character);
    *text += length ? length : 1;
    return character;
}

bool
utf8_is_space(uint32_t character)
{
    static const uint32_t SINGLE[] = {0x20,   0x85,   0xA0,   0x1680, 0x2028,
                                      0x2029, 0x202F, 0x205F, 0x3000};
    for (size_t i = 0; i < sizeof SINGLE / sizeof SINGLE[0]; i++) {
        if (character == SINGLE[i])
            return true;
    }
    return (character >= 0x09 && character <= 0x0D) || (character >= 0x1C && character <= 0x1F) ||
           (character >= 0x2000 && character <= 0x200A);
}

bool
utf8_is_blank(const char *text)
{
    for (uint32_t character = utf8_next(&text); character; character = utf8_next(&text)) {
        if (!utf8_is_space(character))
            return false;
    }
    return true;
}

/* Most of what comes in are digits and Chinese characters: eight plain bytes, or three bytes of the
 * usual form (E1 … EC: nothing overlong, no surrogate) at a time. */
static size_t
quick_length(const uint8_t *bytes, size_t length)
{
    size_t at = 0;
    while (at + 8 <= length) {
        uint64_t eight;
        memcpy(&eight, bytes + at, sizeof eight);
        const bool plain = (eight & 0x8080808080808080u) == 0 &&
                           ((eight - 0x0101010101010101u) & ~eight & 0x8080808080808080u) == 0;
        const bool three = bytes[at] >= 0xE1 && bytes[at] <= 0xEC &&
                           (bytes[at + 1] & 0xC0) == 0x80 && (bytes[at + 2] & 0xC0) == 0x80;
        if (!plain && !three)
            break;
        at += plain ? 8 : 3;
    }
    return at;
}

size_t
utf8_valid_length(const char *text, size_t length)
{
    const uint8_t *bytes = (const uint8_t *)text;
    uint32_t character;
    size_t at = 0;
    while (at < length) {
        at += quick_length(bytes + at, length - at);
        const size_t step = at < length ? read_character(bytes + at, length - at, &character) : 0;
        if (step == 0)
            break;
        at += step;
    }
    return at;
}

bool
utf8_is_valid(const char *text, size_t length)
{
    return utf8_valid_length(text, length) == length;
}
