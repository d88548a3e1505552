/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/idcard.h"

#include "exchange/law_case.h"

struct idcard_given {
    const char *number;
};

static const struct bind_field FIELDS[] = {
    BIND(struct idcard_given, number, TEXT, .required = true),
};

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    struct ctx *ctx = question->ctx;
    const char *number = ((const struct idcard_given *)given)->number;
    const struct idcard card = idcard_read(number);
    const bool ok = card.fault == IDCARD_OK;
    struct derivation why = {0};
    law_put_bool(result, "ok", ok);
    law_put_text(result, "reason", idcard_fault_word(card.fault));
    law_put_date(ctx, result, "birth", ok ? card.birth : DATE_NONE);
    law_put_text(result, "sex", ok ? (card.sex == SEX_MALE ? "m" : "f") : NULL);
    derivation_add(ctx, &why, RULE_IDN_01,
                   text_format(ctx, "%s：%s", "%s: %s", number,
                               text_pick(ctx, idcard_fault_text(card.fault))));
    law_add_why(question, &why);
    return ERR_OK;
}

const struct law_check law_check_idcard = {
    .name = "idcard",
    .given = BIND_TABLE(struct idcard_given, FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer,
};
