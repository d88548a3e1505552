/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_number.h"

#include <string.h>

static const char STAND_IN[] = "0.5";

static bool
is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static const char *
skip_digits(const char *text)
{
    while (is_digit(*text))
        text++;
    return text;
}

/* The end of the JSON number that begins here, NULL if there is none. */
static const char *
number_end(const char *text)
{
    if (*text == '-')
        text++;
    if (!is_digit(*text) || (text[0] == '0' && is_digit(text[1])))
        return NULL;
    text = skip_digits(text);
    if (text[0] == '.' && is_digit(text[1]))
        text = skip_digits(text + 1);
    if (*text != 'e' && *text != 'E')
        return text;
    const char *exponent = text + 1;
    if (*exponent == '+' || *exponent == '-')
        exponent++;
    return is_digit(*exponent) ? skip_digits(exponent) : text;
}

/* Overwrites every number of the text that is long or has an exponent. */
static void
replace_numbers(char *text, size_t length)
{
    enum { DIGITS_SAFE = 18, EXPONENT_LEAST = 3 };
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        const char *end = quoted ? NULL : number_end(text + i);
        if (!end)
            continue;
        const size_t size = (size_t)(end - text) - i;
        const bool exponent = memchr(text + i, 'e', size) || memchr(text + i, 'E', size);
        if (size > DIGITS_SAFE || (exponent && size >= EXPONENT_LEAST)) {
            memset(text + i, ' ', size);
            memcpy(text + i, STAND_IN, strlen(STAND_IN));
        }
        i += size - 1;
    }
}

enum err
law_json_read(struct ctx *ctx, const char *text, size_t length, json_t **ret_value)
{
    const char *what = text_format(ctx, "案例", "case");
    if (json_read(ctx, text, length, what, ret_value) == ERR_OK)
        return ERR_OK;
    struct ctx again = *ctx;
    failure_clear(&again);
    char *copy = mem_array(ctx->mem, char, length + 1);
    memcpy(copy, text, length);
    replace_numbers(copy, length);
    if (json_read(&again, copy, length, what, ret_value) != ERR_OK)
        return ctx->failure.err;
    failure_clear(ctx);
    return ERR_OK;
}
