/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/rule.h"

#include "base/buf.h"

static const struct rule_row ROWS[] = {
#define X(symbol, id, severity, title_zh, title_en, article_zh, article_en, compared_zh,           \
          compared_en, keys)                                                                       \
    [RULE_##symbol] = {RULE_##symbol,                                                              \
                       id,                                                                         \
                       SEVERITY_##severity,                                                        \
                       {title_zh, title_en},                                                       \
                       {article_zh, article_en},                                                   \
                       {compared_zh, compared_en},                                                 \
                       keys},
#include "domain/rules.def"
#undef X
};

static const char *const SEVERITY_WORDS[] = {
    [SEVERITY_BLOCK] = "block",
    [SEVERITY_APPROVE] = "approve",
    [SEVERITY_EXPLAIN] = "explain",
    [SEVERITY_WARN] = "warn",
};

static const struct text SEVERITY_TITLES[] = {
    [SEVERITY_BLOCK] = {"不予受理", "refused"},
    [SEVERITY_APPROVE] = {"须经批准", "needs an approval"},
    [SEVERITY_EXPLAIN] = {"须说明理由", "needs a reason"},
    [SEVERITY_WARN] = {"提醒", "warning"},
};

#define ID_LENGTH 6 /* "CAL-01" */

const struct rule_row *
rule_find(const char *id)
{
    const size_t length = id ? strlen(id) : 0;
    if (length < ID_LENGTH || (id[ID_LENGTH] != '\0' && id[ID_LENGTH] != '.'))
        return NULL;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (strncmp(ROWS[i].id, id, ID_LENGTH) == 0)
            return &ROWS[i];
    }
    return NULL;
}

const struct rule_row *
rule_row(enum rule rule)
{
    return &ROWS[rule];
}

const char *
rule_id(struct ctx *ctx, enum rule rule, int sub)
{
    return sub == 0 ? ROWS[rule].id : mem_printf(ctx->mem, "%s.%d", ROWS[rule].id, sub);
}

const char *
severity_word(enum severity severity)
{
    return SEVERITY_WORDS[severity];
}

struct text
severity_title(enum severity severity)
{
    return SEVERITY_TITLES[severity];
}

#define MARKDOWN_MAXIMUM ((size_t)1 << 20)

const char *
rules_markdown(struct ctx *ctx)
{
    struct buf buf;
    buf_init(&buf, ctx->mem, MARKDOWN_MAXIMUM);
    buf_add_text(&buf, text_format(ctx,
                                   "# 规则目录\n\n由 `cunxuan pack rules` 生成，勿手改；"
                                   "来源是 `src/domain/rules.def`。\n\n"
                                   "| 编号 | 规则 | 依据 | 比较什么 | 缺省后果 | 规则包键 |\n",
                                   "# Catalogue of rules\n\nMade by `cunxuan pack rules`, not by "
                                   "hand; the source is `src/domain/rules.def`.\n\n"
                                   "| id | rule | source | what is compared | by default | pack "
                                   "keys |\n"));
    buf_add_text(&buf, "|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const struct rule_row *row = &ROWS[i];
        buf_add_format(&buf, "| %s | %s | %s | %s | %s | %s |\n", row->id,
                       text_pick(ctx, row->title), text_pick(ctx, row->article),
                       text_pick(ctx, row->compared),
                       text_pick(ctx, SEVERITY_TITLES[row->severity]), row->keys);
    }
    return buf.data;
}
