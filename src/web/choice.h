/* SPDX-License-Identifier: Apache-2.0 */
/* What the words of choices in the acts' fields are called on a page (choices.def). */
#pragma once

#include "base/ctx.h"

/* The word itself, blanks for underscores, if the table does not know it. */
struct text choice_title(struct ctx *ctx, const char *word);
/* False if the table has no row for it. */
bool choice_is_known(const char *word);
