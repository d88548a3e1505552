/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/stroke.h"

#include <stdlib.h>

#include "base/utf8.h"

struct stroke_row {
    uint32_t character;
    uint16_t common; /* place among the 8,105, OUTSIDE if it is none of them */
    uint32_t place;  /* place among all */
    uint32_t tie;    /* place of the first character of the same strokes and sequence */
    uint8_t strokes;
};

/* By code point. */
static const struct stroke_row ROWS[] = {
#include "domain/strokes.def"
};

enum {
    OUTSIDE = 0xFFFF,
    MIDDLE_DOT = 0xB7,
    LENGTH_LIMIT = 2, /* "single" names: one character after the surname */
};

static int
compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int
compare_rows(const void *character, const void *row)
{
    return compare_numbers(*(const uint32_t *)character,
                           ((const struct stroke_row *)row)->character);
}

static const struct stroke_row *
find_row(uint32_t character)
{
    return bsearch(&character, ROWS, COUNT_OF(ROWS), sizeof ROWS[0], compare_rows);
}

/* The next character that counts; 0 at the end. */
static uint32_t
next_character(const char **name)
{
    uint32_t character = utf8_next(name);
    while (character == MIDDLE_DOT || utf8_is_space(character))
        character = utf8_next(name);
    return character;
}

/* Place of a character in the style's order; 0 stands for the end of a name. */
static uint32_t
character_place(uint32_t character, int style)
{
    if (character == 0)
        return 0;
    const struct stroke_row *row = find_row(character);
    if (row && style & STROKE_RARE_IN_PLACE)
        return 1 + row->place;
    return row && row->common != OUTSIDE ? 1 + (uint32_t)row->common
                                         : 1 + (uint32_t)COUNT_OF(ROWS) + character;
}

static bool
is_long(const char *name)
{
    int length = 0;
    while (next_character(&name))
        length++;
    return length > LENGTH_LIMIT;
}

/* Compares the next character of both and moves on. *ret_end: neither has more. */
static int
compare_next(const char **a, const char **b, int style, bool *ret_end)
{
    const uint32_t place_a = character_place(next_character(a), style);
    const uint32_t place_b = character_place(next_character(b), style);
    *ret_end = place_a == 0 && place_b == 0;
    return compare_numbers(place_a, place_b);
}

int
stroke_compare(const char *a, const char *b, int style)
{
    const char *rest_a = a;
    const char *rest_b = b;
    bool end = false;
    int order = compare_next(&rest_a, &rest_b, style, &end);
    if (order == 0 && !(style & STROKE_BY_STROKE))
        order = compare_numbers(is_long(a), is_long(b));
    while (order == 0 && !end)
        order = compare_next(&rest_a, &rest_b, style, &end);
    return order;
}

struct sortable {
    const char *name;
    const char *key;
    size_t index;
};

static int
compare_sortables(const void *a, const void *b)
{
    const struct sortable *first = a;
    const struct sortable *second = b;
    const int order = strcmp(first->key, second->key);
    return order ? order : compare_numbers((int64_t)first->index, (int64_t)second->index);
}

void
stroke_sort(struct ctx *ctx, const char **names, size_t count, int style)
{
    struct sortable *list = mem_array(ctx->mem, struct sortable, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct sortable){names[i], stroke_key(ctx, names[i], style), i};
    qsort(list, count, sizeof *list, compare_sortables);
    for (size_t i = 0; i < count; i++)
        names[i] = list[i].name;
}

/* Six hexadecimal digits per character; after the first, one that tells longer names. */
const char *
stroke_key(struct ctx *ctx, const char *name, int style)
{
    enum { DIGITS = 6 };
    const bool single_first = !(style & STROKE_BY_STROKE);
    const bool longer = single_first && is_long(name);
    char *key = mem_array(ctx->mem, char, strlen(name) * DIGITS + 2);
    size_t length = 0;
    for (uint32_t character = next_character(&name); character; character = next_character(&name)) {
        const uint32_t place = character_place(character, style);
        if (length == DIGITS && single_first)
            key[length++] = longer ? '1' : '0';
        for (int shift = (DIGITS - 1) * 4; shift >= 0; shift -= 4)
            key[length++] = "0123456789ABCDEF"[place >> shift & 0xF];
    }
    return key;
}

int
stroke_style_of(const struct pack *pack)
{
    return (pack_word(pack, PACK_ORDER_STYLE) == ORDER_SINGLE_FIRST ? STROKE_SINGLE_FIRST
                                                                    : STROKE_BY_STROKE) |
           (pack_word(pack, PACK_ORDER_RARE) == ORDER_RARE_IN_PLACE ? STROKE_RARE_IN_PLACE : 0);
}

const char *
stroke_surname_swap(struct ctx *ctx, const char *name, const char *a, const char *b)
{
    const char *rest = name;
    const char *rest_a = a;
    const char *rest_b = b;
    const uint32_t first = next_character(&rest);
    const uint32_t first_a = next_character(&rest_a);
    const uint32_t first_b = next_character(&rest_b);
    const char *put = NULL;
    if (first == first_a)
        put = b;
    else if (first == first_b)
        put = a;
    return put ? mem_printf(ctx->mem, "%.*s%s", (int)((put == a ? rest_a : rest_b) - put), put,
                            rest)
               : name;
}

bool
stroke_surnames_tie(const char *a, const char *b)
{
    const uint32_t first_a = next_character(&a);
    const uint32_t first_b = next_character(&b);
    const struct stroke_row *row_a = find_row(first_a);
    const struct stroke_row *row_b = find_row(first_b);
    return row_a && row_b && row_a != row_b && row_a->tie == row_b->tie;
}

int
stroke_count(uint32_t character)
{
    const struct stroke_row *row = find_row(character);
    return row ? row->strokes : 0;
}
