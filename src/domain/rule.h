/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The catalogue of rules: one row of rules.def per rule id, known to every layer. What a rule does
 * is code; what it is called, where it stands and how hard it bites by default is here.
 */
#pragma once

#include "base/ctx.h"

enum rule {
#define X(symbol, id, severity, title_zh, title_en, article_zh, article_en, compared_zh,           \
          compared_en, keys)                                                                       \
    RULE_##symbol,
#include "domain/rules.def"
#undef X
    RULE_COUNT
};

/* What a broken rule means for an act: refused; needs an approval; needs a stated reason; told. */
enum severity { SEVERITY_BLOCK, SEVERITY_APPROVE, SEVERITY_EXPLAIN, SEVERITY_WARN };

struct rule_row {
    enum rule rule;
    const char *id;         /* "CAL-01" */
    enum severity severity; /* by default; an act or a pack may say otherwise */
    struct text title;
    struct text article;  /* law and article, short */
    struct text compared; /* what is compared with what */
    const char *keys;     /* pack keys it reads, blank between them; "" if none */
};

/* NULL if there is no rule of that id. "ELG-02.5" is found as ELG-02. */
const struct rule_row *rule_find(const char *id);
const struct rule_row *rule_row(enum rule rule);
/* "ELG-02.5" for sub 5, "ELG-02" for 0. */
const char *rule_id(struct ctx *ctx, enum rule rule, int sub);
const char *severity_word(enum severity severity);
struct text severity_title(enum severity severity);
/* The catalogue as a Markdown page (docs/reference/rules.md), in the language of the context. */
const char *rules_markdown(struct ctx *ctx);
