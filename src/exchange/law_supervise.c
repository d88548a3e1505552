/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/supervise.h"

#include "exchange/law_case.h"

struct supervise_given {
    struct date polling_day;
    const struct supervise_member *members;
    size_t member_count;
    const char **committee;
    size_t committee_count;
};

static const struct bind_choice POSTS[] = {
    {"accountant", SUPERVISE_ACCOUNTANT}, {"clerk", SUPERVISE_CLERK},
    {"coop_head", SUPERVISE_COOP_HEAD},   {"party_secretary", SUPERVISE_PARTY_SECRETARY},
    {"discipline", SUPERVISE_DISCIPLINE}, {NULL, 0},
};

static const struct bind_field MEMBER_FIELDS[] = {
    BIND(struct supervise_member, name, NAME, .required = true),
    BIND(struct supervise_member, votes, COUNT, .required = true),
    BIND(struct supervise_member, committee_member, BOOL),
    BIND(struct supervise_member, relation, CHOICE, .choices = LAW_RELATIONS,
         .fallback = RELATION_NONE),
    BIND(struct supervise_member, post, CHOICE, .choices = POSTS, .fallback = SUPERVISE_NO_POST),
    BIND(struct supervise_member, finance, BOOL),
};

static const struct bind_table MEMBER = BIND_TABLE(struct supervise_member, MEMBER_FIELDS);

static const struct bind_field FIELDS[] = {
    BIND(struct supervise_given, polling_day, DATE),
    BIND_LIST(struct supervise_given, members, member_count, OBJECTS, .required = true,
              .unique_key = "name", .object = &MEMBER),
    BIND_LIST(struct supervise_given, committee, committee_count, NAMES),
};

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    const struct supervise_given *supervise = given;
    const struct supervise_facts facts = {
        .members = supervise->members,
        .member_count = supervise->member_count,
        .committee = supervise->committee,
        .committee_count = supervise->committee_count,
    };
    struct supervise_result decided;
    supervise_decide(question->ctx, question->pack, &facts, &decided);
    law_put_bool(result, "ok", decided.ok);
    law_put_rules(question->ctx, result, "rules_set", &decided.ruling.findings, SEVERITY_BLOCK);
    law_put_rules(question->ctx, result, "warnings_set", &decided.ruling.findings, SEVERITY_WARN);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_supervise = {
    .name = "supervise",
    .given = BIND_TABLE(struct supervise_given, FIELDS),
    .day_at = offsetof(struct supervise_given, polling_day),
    .answer = answer,
};
