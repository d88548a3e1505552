/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/kin.h"

#include "exchange/law_case.h"

struct kin_given {
    struct date polling_day;
    const char *a, *b;
    enum relation relation;
};

static const struct bind_field FIELDS[] = {
    BIND(struct kin_given, polling_day, DATE),
    BIND(struct kin_given, a, NAME, .required = true),
    BIND(struct kin_given, b, NAME, .required = true),
    BIND(struct kin_given, relation, CHOICE, .required = true, .choices = LAW_RELATIONS),
};

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    const struct kin_given *kin = given;
    const struct kin_facts facts = {.a = kin->a, .b = kin->b, .relation = kin->relation};
    struct kin_result decided;
    kin_decide(question->ctx, question->pack, &facts, &decided);
    law_put_bool(result, "avoid", decided.avoid);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_kin = {
    .name = "kin",
    .given = BIND_TABLE(struct kin_given, FIELDS),
    .day_at = offsetof(struct kin_given, polling_day),
    .answer = answer,
};
