/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/ruling.h"

void
ruling_note(struct ctx *ctx, struct ruling *ruling, enum rule rule, const char *text)
{
    derivation_add(ctx, &ruling->why, rule, text);
}

void
ruling_test(struct ctx *ctx, struct ruling *ruling, enum rule rule, bool broken, const char *text)
{
    ruling_test_as(ctx, ruling, rule, rule_row(rule)->severity, broken, text);
}

void
ruling_test_as(struct ctx *ctx, struct ruling *ruling, enum rule rule, enum severity severity,
               bool broken, const char *text)
{
    if (broken)
        ruling_break_part(ctx, ruling, rule, 0, severity, text);
    else
        ruling_note(ctx, ruling, rule, text);
}

void
ruling_break_part(struct ctx *ctx, struct ruling *ruling, enum rule rule, int part,
                  enum severity severity, const char *text)
{
    finding_add(ctx, &ruling->findings, rule, severity, text)->sub = part;
    derivation_add(ctx, &ruling->why, rule, text);
}
