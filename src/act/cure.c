/* SPDX-License-Identifier: Apache-2.0 */
#include "act/cure.h"

#include <string.h>

struct text
cure_of(enum rule rule)
{
    static const struct {
        enum rule rule;
        struct text text;
    } CURES[] = {
#define X(rule, zh, en) {RULE_##rule, {zh, en}},
#include "act/cures.def"
#undef X
    };
    for (size_t i = 0; i < COUNT_OF(CURES); i++) {
        if (CURES[i].rule == rule)
            return CURES[i].text;
    }
    return (struct text){NULL, NULL};
}

static void
cure_fill(struct call *call, struct finding *finding)
{
    const char *id = rule_id(call->ctx, finding->rule, finding->sub);
    struct text cure;
    switch (finding->severity) {
    case SEVERITY_EXPLAIN:
        finding_todo(call, finding, "确属如此的，写明理由再办（--reason %s=理由）",
                     "if it is so, give the reason (--reason %s=WORDS)", id);
        break;
    case SEVERITY_APPROVE:
        finding_todo(call, finding, "先请示，批准后再办（approval.request kind=%s）",
                     "ask for approval first (approval.request kind=%s)",
                     finding->approval ? finding->approval : id);
        break;
    case SEVERITY_BLOCK:
        cure = cure_of(finding->rule);
        finding_todo(call, finding, "%s", "%s",
                     cure.zh
                         ? text_pick(call->ctx, cure)
                         : text_format(call->ctx, "按该条规则改正后再办（docs/reference/rules.md）",
                                       "put it right by that rule (docs/reference/rules.md)"));
        break;
    case SEVERITY_WARN:
        break;
    }
}

void
cures_fill(struct call *call)
{
    for (size_t i = 0; i < call->findings->count; i++) {
        if (!call->findings->list[i].todo)
            cure_fill(call, &call->findings->list[i]);
    }
}

struct text
cure_roles(struct ctx *ctx, unsigned roles)
{
    const char *words = "";
    for (unsigned role = 1; role <= ROLE_PUBLIC; role <<= 1) {
        if (roles & role)
            words = text_format(ctx, "%s%s%s（%s）", "%s%s%s (%s)", words,
                                words[0] ? text_pick(ctx, (struct text){"、", ", "}) : "",
                                text_pick(ctx, role_title((enum role)role)),
                                role_name((enum role)role));
    }
    const char *hint = text_format(ctx, "由 %s 办理：换相应的账号（--as）",
                                   "it is done by %s: use such an account (--as)", words);
    return (struct text){hint, hint};
}

/* The failure is about a field of this act ("rows[2].post"): a pack or a database that cannot be
 * read is not mended by other fields. */
static bool
is_of_field(const struct failure *failure, const struct act *act)
{
    if (failure->err != ERR_INVALID || !failure->field)
        return false;
    for (const struct field *field = act->code->fields; field->name; field++) {
        const size_t length = strlen(field->name);
        if (strncmp(failure->field, field->name, length) == 0 &&
            strchr(".[", failure->field[length]))
            return true;
    }
    return false;
}

const char *
cure_fields(struct ctx *ctx, const struct act *act)
{
    return text_format(ctx, "用 cunxuan acts %s 查看字段的名称和写法，改正后重新提交",
                       "cunxuan acts %s shows fields and their form; mend them and submit again",
                       act->id);
}

void
cure_failure(struct ctx *ctx, const struct act *act)
{
    struct failure *failure = &ctx->failure;
    if (failure->hint)
        return;
    if (is_of_field(failure, act))
        failure->hint = cure_fields(ctx, act);
    else if (failure->err == ERR_FORBIDDEN)
        failure->hint = text_pick(ctx, cure_roles(ctx, act->roles));
    else if (failure->field && strcmp(failure->field, "law") == 0)
        failure->hint = text_format(ctx, "用 cunxuan pack list 查看有哪些规则包、在哪个目录",
                                    "cunxuan pack list shows which packs there are and where");
}
