/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/stroke.h"

#include "exchange/law_case.h"

struct order_given {
    const char **names;
    size_t count;
    int style;
};

static const struct bind_choice STYLES[] = {
    {"single_first", STROKE_SINGLE_FIRST},
    {"stroke_by_stroke", STROKE_BY_STROKE},
    {NULL, 0},
};

static const struct bind_field FIELDS[] = {
    BIND_LIST(struct order_given, names, count, NAMES, .required = true),
    BIND(struct order_given, style, CHOICE, .choices = STYLES, .fallback = STROKE_SINGLE_FIRST),
};

/* Surnames that tie are told: offices order them differently. */
static void
note_ties(struct ctx *ctx, const struct order_given *order, const char **sorted,
          struct derivation *why)
{
    for (size_t i = 1; i < order->count; i++) {
        if (stroke_surnames_tie(sorted[i - 1], sorted[i]))
            derivation_add(ctx, why, RULE_ORD_01,
                           text_format(ctx, "%s、%s的姓氏笔画、笔顺相同，各地排法不一",
                                       "%s and %s: surnames of the same strokes, offices differ",
                                       sorted[i - 1], sorted[i]));
    }
}

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    struct ctx *ctx = question->ctx;
    const struct order_given *order = given;
    const char **sorted = mem_array(ctx->mem, const char *, order->count);
    struct derivation why = {0};
    memcpy(sorted, order->names, order->count * sizeof(const char *));
    stroke_sort(ctx, sorted, order->count, order->style);
    law_put_names(result, "names", sorted, order->count);
    derivation_add(ctx, &why, RULE_ORD_02,
                   order->style == STROKE_SINGLE_FIRST
                       ? text_format(ctx, "%zu 人按姓氏笔画排列，同姓单名在前",
                                     "%zu names by strokes, single names first", order->count)
                       : text_format(ctx, "%zu 人按姓氏笔画逐字排列",
                                     "%zu names by strokes, character by character", order->count));
    note_ties(ctx, order, sorted, &why);
    law_add_why(question, &why);
    return ERR_OK;
}

const struct law_check law_check_order = {
    .name = "order",
    .given = BIND_TABLE(struct order_given, FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer,
};
