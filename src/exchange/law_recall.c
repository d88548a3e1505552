/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/recall.h"

#include "exchange/law_case.h"

static const struct bind_field FIELDS[] = {
    BIND(struct recall_facts, electors, COUNT, .min = 1, .fallback = RECALL_NONE),
    BIND(struct recall_facts, signatures, COUNT, .fallback = RECALL_NONE),
    BIND(struct recall_facts, representatives, COUNT, .fallback = RECALL_NONE),
    BIND(struct recall_facts, representative_signatures, COUNT, .fallback = RECALL_NONE),
    BIND(struct recall_facts, registered, COUNT, .min = 1, .fallback = RECALL_NONE),
    BIND(struct recall_facts, recovered, COUNT, .fallback = RECALL_NONE),
    BIND(struct recall_facts, agree, COUNT, .fallback = RECALL_NONE),
};

static void
put_answer(json_t *result, const char *key, enum recall_answer answer)
{
    if (answer == RECALL_UNKNOWN)
        law_put_null(result, key);
    else
        law_put_bool(result, key, answer == RECALL_YES);
}

/* A part must have its whole and not exceed it. */
static enum err
require_parts(struct binder *binder, const struct recall_facts *facts)
{
    const struct {
        const char *field;
        int64_t part, whole;
    } pairs[] = {
        {"signatures", facts->signatures, facts->electors},
        {"representative_signatures", facts->representative_signatures, facts->representatives},
        {"recovered", facts->recovered, facts->registered},
        {"agree", facts->agree, facts->recovered},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        if (pairs[i].part != RECALL_NONE && pairs[i].part > pairs[i].whole)
            return BIND_REFUSE_FIELD(binder, pairs[i].field, "部分多于总数或者缺少总数",
                                     "more than the whole, or without it");
    }
    const bool vote = facts->registered != RECALL_NONE;
    if ((facts->recovered != RECALL_NONE) != vote || (facts->agree != RECALL_NONE) != vote)
        return BIND_REFUSE_FIELD(binder, "registered", "表决的三个数应当齐全",
                                 "the vote needs all three of its numbers");
    return ERR_OK;
}

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    struct recall_result decided;
    TRY(require_parts(question->binder, given));
    recall_decide(question->ctx, given, &decided);
    put_answer(result, "accepted", decided.accepted);
    put_answer(result, "valid", decided.valid);
    put_answer(result, "recalled", decided.recalled);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_recall = {
    .name = "recall",
    .given = BIND_TABLE(struct recall_facts, FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer,
};
