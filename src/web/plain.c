/* SPDX-License-Identifier: Apache-2.0 */
#include "web/plain.h"

#include <string.h>

#include "act/act.h"
#include "base/buf.h"

enum { WORDS_MAX = 1 << 20 };

static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz_.";

/* The act whose id begins here; *ret_length: the id and what narrows it, [body=village]. */
static const struct act *
act_at(struct ctx *ctx, const char *text, size_t *ret_length)
{
    size_t length = strspn(text, LETTERS);
    while (length && text[length - 1] == '.')
        length--;
    const struct act *act = act_find(mem_text_n(ctx->mem, text, length));
    const char *end = text[length] == '[' ? strchr(text + length, ']') : NULL;
    *ret_length = end ? (size_t)(end - text) + 1 : length;
    return act;
}

const char *
plain_words(struct ctx *ctx, const char *text)
{
    struct buf buf;
    buf_init(&buf, ctx->mem, WORDS_MAX);
    for (const char *at = text; *at;) {
        size_t length = 0;
        const struct act *act = strchr(LETTERS, *at) ? act_at(ctx, at, &length) : NULL;
        if (!act) {
            /* A word that is no act stays whole, so that its tail is not taken for one. */
            const size_t word = strspn(at, LETTERS);
            buf_add(&buf, at, word ? word : 1);
            at += word ? word : 1;
            continue;
        }
        buf_add_text(&buf, text_format(ctx, "“%s”", "\"%s\"", text_pick(ctx, act->title)));
        at += length;
        if (*at == '|') {
            buf_add_text(&buf, text_pick(ctx, (struct text){"或", " or "}));
            at++;
        }
    }
    return buf.data;
}
