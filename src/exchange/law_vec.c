/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/vec.h"

#include "exchange/law_case.h"

struct vec_given {
    struct date polling_day;
    struct vec_facts facts;
};

static const struct bind_field MEMBER_FIELDS[] = {
    BIND(struct vec_member, name, NAME, .required = true),
    BIND(struct vec_member, votes, COUNT, .required = true),
    BIND(struct vec_member, nominated, BOOL),
    BIND(struct vec_member, kin_nominated, CHOICE, .choices = LAW_RELATIONS,
         .fallback = RELATION_NONE),
};

static const struct bind_table MEMBER = BIND_TABLE(struct vec_member, MEMBER_FIELDS);

static const struct bind_field ALTERNATE_FIELDS[] = {
    BIND(struct vec_alternate, name, NAME, .required = true),
    BIND(struct vec_alternate, votes, COUNT, .required = true),
};

static const struct bind_table ALTERNATE = BIND_TABLE(struct vec_alternate, ALTERNATE_FIELDS);

static const struct bind_field SIZE_FIELDS[] = {
    BIND(struct vec_size_rule, min, COUNT, .required = true),
    BIND(struct vec_size_rule, max, COUNT, .fallback = VEC_NO_LIMIT),
};

static const struct bind_table SIZE = BIND_TABLE(struct vec_size_rule, SIZE_FIELDS);

static const struct bind_field FIELDS[] = {
    BIND(struct vec_given, polling_day, DATE),
    {.key = "members",
     .type = BIND_OBJECTS,
     .required = true,
     .unique_key = "name",
     .object = &MEMBER,
     .at = offsetof(struct vec_given, facts.members),
     .count_at = offsetof(struct vec_given, facts.member_count)},
    {.key = "alternates",
     .type = BIND_OBJECTS,
     .unique_key = "name",
     .object = &ALTERNATE,
     .at = offsetof(struct vec_given, facts.alternates),
     .count_at = offsetof(struct vec_given, facts.alternate_count)},
    {.key = "size_rule",
     .type = BIND_POINTER,
     .object = &SIZE,
     .at = offsetof(struct vec_given, facts.size_rule)},
};

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    struct vec_result decided;
    vec_decide(question->ctx, question->pack, &((const struct vec_given *)given)->facts, &decided);
    law_put_names(result, "leaves_set", decided.leaves, decided.leave_count);
    law_put_names(result, "fills", decided.fills, decided.fill_count);
    law_put_count(result, "size", decided.size);
    law_put_bool(result, "ok", decided.ok);
    law_put_rules(question->ctx, result, "rules_set", &decided.ruling.findings, SEVERITY_BLOCK);
    law_put_rules(question->ctx, result, "warnings_set", &decided.ruling.findings, SEVERITY_WARN);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_vec = {
    .name = "vec",
    .given = BIND_TABLE(struct vec_given, FIELDS),
    .day_at = offsetof(struct vec_given, polling_day),
    .answer = answer,
};
