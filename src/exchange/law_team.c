/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/team.h"

#include "exchange/law_case.h"

static const struct bind_choice EDUCATIONS[] = {
    {"primary", EDUCATION_PRIMARY}, {"junior", EDUCATION_JUNIOR},     {"senior", EDUCATION_SENIOR},
    {"college", EDUCATION_COLLEGE}, {"bachelor", EDUCATION_BACHELOR}, {NULL, 0},
};

static const struct bind_field MEMBER_FIELDS[] = {
    BIND(struct team_member, name, NAME, .required = true),
    BIND(struct team_member, sex, CHOICE, .required = true, .choices = LAW_SEXES),
    BIND(struct team_member, birth, DATE, .required = true),
    BIND(struct team_member, education, CHOICE, .required = true, .choices = EDUCATIONS),
    BIND(struct team_member, party, BOOL, .required = true),
    BIND_LIST(struct team_member, posts, post_count, CHOICES, .required = true, .unique = true,
              .choices = LAW_POSTS),
    {.key = "new", .type = BIND_BOOL, .at = offsetof(struct team_member, is_new)},
};

static const struct bind_table MEMBER = BIND_TABLE(struct team_member, MEMBER_FIELDS);

static const struct bind_field PREVIOUS_FIELDS[] = {
    BIND(struct team_previous, members, COUNT, .required = true),
    BIND(struct team_previous, women, COUNT, .required = true),
};

static const struct bind_table PREVIOUS = BIND_TABLE(struct team_previous, PREVIOUS_FIELDS);

static const struct bind_field FIELDS[] = {
    BIND(struct team_facts, population, COUNT, .required = true, .min = 1),
    BIND_LIST(struct team_facts, members, member_count, OBJECTS, .required = true,
              .unique_key = "name", .object = &MEMBER),
    BIND(struct team_facts, previous, POINTER, .object = &PREVIOUS),
};

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    struct ctx *ctx = question->ctx;
    const struct team_facts *facts = given;
    struct team_result decided;
    if (facts->previous && facts->previous->women > facts->previous->members)
        return BIND_REFUSE_FIELD(question->binder, "previous.women", "妇女多于成员",
                                 "more women than members");
    team_decide(ctx, question->pack, facts, &decided);
    const struct findings *findings = &decided.ruling.findings;
    law_put_rules(ctx, result, "rules_set", findings, SEVERITY_BLOCK);
    law_put_rules(ctx, result, "warnings_set", findings, SEVERITY_WARN);
    law_put_rules(ctx, result, "approvals_set", findings, SEVERITY_APPROVE);
    law_put_text(
        result, "women_share",
        mem_printf(ctx->mem, "%lld/%lld", (long long)decided.women, (long long)decided.committee));
    law_put_bool(result, "one_shoulder", decided.one_shoulder);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_team = {
    .name = "team",
    .given = BIND_TABLE(struct team_facts, FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer,
};
