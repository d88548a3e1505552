/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/register.h"

#include "exchange/law_case.h"

struct register_given {
    struct date polling_day;
    struct register_facts person;
};

/* true, false, or null for no answer. */
static enum err
read_wish(struct binder *binder, const json_t *value, void *ret_member)
{
    enum register_wish *wish = ret_member;
    if (!json_is_boolean(value) && !json_is_null(value))
        return BIND_REFUSE(binder, "应为 true、false 或者 null", "must be true, false or null");
    *wish = WISH_NO_ANSWER;
    if (json_is_boolean(value))
        *wish = json_is_true(value) ? WISH_YES : WISH_NO;
    return ERR_OK;
}

static const struct bind_field PERSON_FIELDS[] = {
    BIND(struct register_facts, birth, DATE, .required = true),
    BIND(struct register_facts, hukou_here, BOOL, .required = true),
    BIND(struct register_facts, resident_here, BOOL, .required = true),
    BIND(struct register_facts, resident_since, DATE),
    BIND(struct register_facts, village_work_since, DATE),
    BIND(struct register_facts, wishes, CUSTOM, .read = read_wish),
    BIND(struct register_facts, reply_due_passed, BOOL),
    BIND(struct register_facts, applied, BOOL),
    BIND(struct register_facts, assembly_consent, BOOL),
    BIND(struct register_facts, deprived, BOOL),
    BIND(struct register_facts, registered_elsewhere, BOOL),
    BIND(struct register_facts, unable, BOOL),
};

static const struct bind_table PERSON = BIND_TABLE(struct register_facts, PERSON_FIELDS);

static const struct bind_field FIELDS[] = {
    BIND(struct register_given, polling_day, DATE, .required = true),
    BIND(struct register_given, person, OBJECT, .required = true, .object = &PERSON),
};

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    struct register_facts facts = ((const struct register_given *)given)->person;
    struct register_result decided;
    facts.polling_day = ((const struct register_given *)given)->polling_day;
    if (date_compare(facts.birth, facts.polling_day) > 0)
        return BIND_REFUSE_FIELD(question->binder, "person.birth", "出生日期晚于选举日",
                                 "born after polling day");
    register_decide(question->ctx, question->pack, &facts, &decided);
    law_put_bool(result, "registered", decided.registered);
    if (decided.registered)
        law_put_count(result, "head", decided.head);
    else
        law_put_null(result, "head");
    law_put_all_rules(question->ctx, result, "rules_set", &decided.ruling.findings);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_register = {
    .name = "register",
    .given = BIND_TABLE(struct register_given, FIELDS),
    .day_at = offsetof(struct register_given, polling_day),
    .answer = answer,
};
