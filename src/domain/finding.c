/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/finding.h"

#define FIRST_CAPACITY 8

struct finding *
finding_add(struct ctx *ctx, struct findings *findings, enum rule rule, enum severity severity,
            const char *text)
{
    if (findings->count == findings->capacity) {
        findings->capacity = findings->capacity ? 2 * findings->capacity : FIRST_CAPACITY;
        findings->list = mem_grow(ctx->mem, findings->list, struct finding, findings->capacity);
    }
    struct finding *finding = &findings->list[findings->count++];
    *finding = (struct finding){.rule = rule, .severity = severity, .text = text};
    return finding;
}

bool
findings_have(const struct findings *findings, enum rule rule)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->list[i].rule == rule)
            return true;
    }
    return false;
}

bool
findings_have_severity(const struct findings *findings, enum severity severity)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->list[i].severity == severity)
            return true;
    }
    return false;
}

static bool
rule_came_before(const struct findings *findings, size_t index)
{
    const struct finding *finding = &findings->list[index];
    for (size_t i = 0; i < index; i++) {
        if (findings->list[i].rule == finding->rule && findings->list[i].sub == finding->sub)
            return true;
    }
    return false;
}

const char **
findings_rules(struct ctx *ctx, const struct findings *findings, size_t *ret_count)
{
    const char **ids = mem_array(ctx->mem, const char *, findings->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->list[i];
        if (!rule_came_before(findings, i))
            ids[count++] = rule_id(ctx, finding->rule, finding->sub);
    }
    *ret_count = count;
    return ids;
}

void
derivation_add(struct ctx *ctx, struct derivation *why, enum rule rule, const char *text)
{
    if (why->count == why->capacity) {
        why->capacity = why->capacity ? 2 * why->capacity : FIRST_CAPACITY;
        why->list = mem_grow(ctx->mem, why->list, const char *, why->capacity);
    }
    const struct rule_row *row = rule_row(rule);
    why->list[why->count++] = text_format(ctx, "%s（%s，%s）", "%s (%s, %s)", text, row->id,
                                          text_pick(ctx, row->article));
}
