/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/assembly.h"

#include "exchange/law_case.h"

static const struct bind_choice KINDS[] = {
    {"villagers", ASSEMBLY_VILLAGERS},
    {"households", ASSEMBLY_HOUSEHOLDS},
    {"representatives", ASSEMBLY_REPRESENTATIVES},
    {"group", ASSEMBLY_GROUP},
    {NULL, 0},
};

static const struct bind_field FIELDS[] = {
    BIND(struct assembly_facts, kind, CHOICE, .required = true, .choices = KINDS),
    BIND(struct assembly_facts, total, COUNT, .required = true, .min = 1),
    BIND(struct assembly_facts, present, COUNT, .required = true),
    BIND(struct assembly_facts, favour, COUNT, .required = true),
};

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    const struct assembly_facts *facts = given;
    struct assembly_result decided;
    if (facts->present > facts->total)
        return BIND_REFUSE_FIELD(question->binder, "present", "到会人数多于应到人数",
                                 "more are present than there are");
    if (facts->favour > facts->present)
        return BIND_REFUSE_FIELD(question->binder, "favour", "同意人数多于到会人数",
                                 "more are in favour than present");
    assembly_decide(question->ctx, facts, &decided);
    law_put_bool(result, "quorum", decided.quorum);
    law_put_bool(result, "passed", decided.passed);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_assembly = {
    .name = "assembly",
    .given = BIND_TABLE(struct assembly_facts, FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer,
};
