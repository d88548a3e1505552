/* SPDX-License-Identifier: Apache-2.0 */
#include "support/rulings.h"

#include "support/support.h"

const char *
support_all_rules(struct ctx *ctx, const struct ruling *ruling)
{
    size_t count = 0;
    const char **ids = findings_rules(ctx, &ruling->findings, &count);
    char *line = mem_text(ctx->mem, "");
    for (size_t i = 0; i < count; i++)
        line = mem_printf(ctx->mem, "%s%s%s", line, i ? " " : "", ids[i]);
    assert_true(ruling->why.count > 0);
    return line;
}

const char *
support_rules(struct ctx *ctx, const struct ruling *ruling, enum severity severity)
{
    struct ruling chosen = {.why = ruling->why};
    for (size_t i = 0; i < ruling->findings.count; i++) {
        const struct finding *finding = &ruling->findings.list[i];
        if (finding->severity == severity)
            finding_add(ctx, &chosen.findings, finding->rule, severity, finding->text)->sub =
                finding->sub;
    }
    return support_all_rules(ctx, &chosen);
}
