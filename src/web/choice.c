/* SPDX-License-Identifier: Apache-2.0 */
#include "web/choice.h"

#include <stdlib.h>
#include <string.h>

struct choice_row {
    const char *word;
    const char *zh;
};

/* In byte order of the words; a test holds it. */
static const struct choice_row ROWS[] = {
#define X(word, zh) {word, zh},
#include "web/choices.def"
#undef X
};

static int
compare(const void *word, const void *row)
{
    return strcmp(word, ((const struct choice_row *)row)->word);
}

static const struct choice_row *
row_find(const char *word)
{
    return bsearch(word, ROWS, COUNT_OF(ROWS), sizeof ROWS[0], compare);
}

struct text
choice_title(struct ctx *ctx, const char *word)
{
    const struct choice_row *row = row_find(word);
    char *english = mem_text(ctx->mem, word);
    for (char *at = english; *at; at++) {
        if (*at == '_')
            *at = ' ';
    }
    return (struct text){row ? row->zh : english, english};
}

bool
choice_is_known(const char *word)
{
    return row_find(word);
}
