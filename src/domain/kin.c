/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/kin.h"

/* A law that lets relatives stand but seats only one of them is a rule among nominees too: the
 * voters should know it before the poll. */
void
kin_decide(struct ctx *ctx, const struct pack *pack, const struct kin_facts *facts,
           struct kin_result *ret_result)
{
    static const enum pack_key KEYS[] = {PACK_KIN_NOMINEES, PACK_KIN_AFTER_POLL};
    struct kin_result result = {0};
    const char *relation = text_pick(ctx, relation_title(facts->relation));
    for (size_t i = 0; i < COUNT_OF(KEYS) && !result.avoid; i++) {
        const enum kin_scope scope = (enum kin_scope)pack_word(pack, KEYS[i]);
        result.avoid = kin_in_scope(scope, facts->relation);
        ruling_test(ctx, &result.ruling, RULE_ELG_05, result.avoid,
                    text_format(ctx, "%s、%s：%s；%s：%s", "%s, %s: %s; %s: %s", facts->a, facts->b,
                                relation, text_pick(ctx, pack_key_row(KEYS[i])->title),
                                text_pick(ctx, kin_scope_title(scope))));
    }
    *ret_result = result;
}
