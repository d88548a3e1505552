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

/* The conclusion of a sentence about a broken rule. */
static const char *
conclude(struct ctx *ctx, enum severity severity, const char *text)
{
    static const struct text BROKEN[] = {
        [SEVERITY_BLOCK] = {"不合规定", "against the rule"},
        [SEVERITY_APPROVE] = {"须经批准", "needs an approval"},
        [SEVERITY_EXPLAIN] = {"须作说明", "must be explained"},
        [SEVERITY_WARN] = {"提请注意", "take note"},
    };
    const char *end = text_pick(ctx, BROKEN[severity]);
    return text_format(ctx, "%s——%s", "%s: %s", text, end);
}

void
ruling_test_as(struct ctx *ctx, struct ruling *ruling, enum rule rule, enum severity severity,
               bool broken, const char *text)
{
    if (broken)
        ruling_break_part(ctx, ruling, rule, 0, severity, text);
    else
        ruling_note(ctx, ruling, rule, text_format(ctx, "%s——符合", "%s: kept", text));
}

void
ruling_break_part(struct ctx *ctx, struct ruling *ruling, enum rule rule, int part,
                  enum severity severity, const char *text)
{
    finding_add(ctx, &ruling->findings, rule, severity, text)->sub = part;
    derivation_add(ctx, &ruling->why, rule, conclude(ctx, severity, text));
}
