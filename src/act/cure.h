/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way out: no refusal without a word on what to do next. Checks that know better say so
 * themselves (finding_todo); this fills in the rest.
 */
#pragma once

#include "act/act.h"

/* What to do about a rule that blocks; NULL, NULL if cures.def has no row. */
struct text cure_of(enum rule rule);
/* Gives every finding that refuses and has no todo one: by severity, then by rule. */
void cures_fill(struct call *call);
/* The hint of a permission error: which accounts (bits of ROLE_x) may do it. */
struct text cure_roles(struct ctx *ctx, unsigned roles);
/* ERR_FORBIDDEN with that hint, for `return FORBID(…)`. */
#define FORBID(ctx, roles, zh, en, ...)                                                            \
    failure_set((ctx), ERR_FORBIDDEN,                                                              \
                (struct failure_place){__FILE__, __LINE__, cure_roles((ctx), (roles))}, (zh),      \
                (en), ##__VA_ARGS__)
/* The hint of wrong fields: where their form is shown. */
const char *cure_fields(struct ctx *ctx, const struct act *act);
/* Gives a failure of the act a hint if it has none: wrong fields of it (ctx->failure.field), no
 * permission. Others (a pack, a database, a key) say themselves what to do. */
void cure_failure(struct ctx *ctx, const struct act *act);
