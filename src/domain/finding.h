/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings and derivations: what the law engine says. A finding is a broken rule, data and no
 * failure. A derivation is the way to a conclusion in short sentences a villager can follow: the
 * numbers put in, the comparison, the article, what follows.
 */
#pragma once

#include "domain/rule.h"

struct finding {
    enum rule rule;
    int sub; /* ELG-02.5 → 5, else 0 */
    enum severity severity;
    const char *field;    /* field of the act, or NULL */
    const char *person;   /* person id, or NULL */
    const char *post;     /* word of the post, or NULL */
    const char *approval; /* kind of request that lifts a SEVERITY_APPROVE, else NULL */
    const char *text;     /* what is wrong, made by text_format */
    const char *todo;     /* what to do, or NULL */
};

/* Zeroed is empty; grows in ctx->mem. */
struct findings {
    struct finding *list;
    size_t count;
    size_t capacity;
};

/* Appends one and returns it for the caller to complete; valid until the next finding_add. */
struct finding *finding_add(struct ctx *ctx, struct findings *findings, enum rule rule,
                            enum severity severity, const char *text);
/* True if the rule (any sub) is among them. */
bool findings_have(const struct findings *findings, enum rule rule);
/* True if there is one of that severity. */
bool findings_have_severity(const struct findings *findings, enum severity severity);
/* Distinct rule ids in the order they were found ("ELG-02.5"), ended by NULL, *ret_count without
 * it. */
const char **findings_rules(struct ctx *ctx, const struct findings *findings, size_t *ret_count);

/* Zeroed is empty; grows in ctx->mem. */
struct derivation {
    const char **list;
    size_t count;
    size_t capacity;
};

/* Appends a sentence; the rule id and its article follow in brackets: "…（OUT-01，组织法 §15）". */
void derivation_add(struct ctx *ctx, struct derivation *why, enum rule rule, const char *text);
