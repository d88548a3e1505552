/* SPDX-License-Identifier: Apache-2.0 */
#include "act/state_words.h"

#include <string.h>

static const struct {
    enum state_kind kind;
    const char *word;
    struct text title;
} STATES[] = {
#define X(kind, word, zh, en) {STATE_##kind, word, {zh, en}},
#include "act/state_words.def"
#undef X
};

struct text
state_title(enum state_kind kind, const char *word)
{
    for (size_t i = 0; i < COUNT_OF(STATES); i++) {
        if (STATES[i].kind == kind && strcmp(STATES[i].word, word) == 0)
            return STATES[i].title;
    }
    return (struct text){word, word};
}

const char *
state_words(const struct ctx *ctx, enum state_kind kind, const char *word)
{
    return text_pick(ctx, state_title(kind, word));
}
