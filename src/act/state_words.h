/* SPDX-License-Identifier: Apache-2.0 */
/* The words of states, for people: the tables keep one lower-case word ("registering"). */
#pragma once

#include "base/ctx.h"

enum state_kind { STATE_ENTRY, STATE_VILLAGE, STATE_ROUND, STATE_BOX, STATE_BUNDLE, STATE_PERSON };

/* In both languages; the word itself if the table has no row for it. */
struct text state_title(enum state_kind kind, const char *word);
/* In the language of ctx. */
const char *state_words(const struct ctx *ctx, enum state_kind kind, const char *word);
