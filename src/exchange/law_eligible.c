/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/eligible.h"

#include "exchange/law_case.h"

struct eligible_person {
    struct date birth, bribery_found;
    enum sex sex;
    bool party_expelled, criminal_punishment, gang, cult, under_investigation;
    const struct sanction *party_sanction;
    const struct sanction *admin_sanction;
    const int64_t *assessed_incompetent;
    size_t assessed_count;
    const char **violations_open;
    size_t violation_count;
};

enum { NO_POST = -1 };

struct eligible_given {
    struct date ref_day;
    struct eligible_person person;
    enum post post;
    int incumbent_post; /* or NO_POST */
};

static const struct bind_choice PARTY_KINDS[] = {
    {"warning", SANCTION_PARTY_WARNING},     {"serious_warning", SANCTION_PARTY_SERIOUS_WARNING},
    {"removal", SANCTION_PARTY_REMOVAL},     {"probation", SANCTION_PARTY_PROBATION},
    {"expulsion", SANCTION_PARTY_EXPULSION}, {NULL, 0},
};

static const struct bind_choice ADMIN_KINDS[] = {
    {"warning", SANCTION_ADMIN_WARNING},
    {"demerit", SANCTION_ADMIN_DEMERIT},
    {"major_demerit", SANCTION_ADMIN_MAJOR_DEMERIT},
    {"demotion", SANCTION_ADMIN_DEMOTION},
    {"removal", SANCTION_ADMIN_REMOVAL},
    {"dismissal", SANCTION_ADMIN_DISMISSAL},
    {NULL, 0},
};

static const struct bind_field PARTY_SANCTION_FIELDS[] = {
    BIND(struct sanction, kind, CHOICE, .required = true, .choices = PARTY_KINDS),
    BIND(struct sanction, decided, DATE, .required = true),
};

static const struct bind_table PARTY_SANCTION = BIND_TABLE(struct sanction, PARTY_SANCTION_FIELDS);

static const struct bind_field ADMIN_SANCTION_FIELDS[] = {
    BIND(struct sanction, kind, CHOICE, .required = true, .choices = ADMIN_KINDS),
    BIND(struct sanction, decided, DATE, .required = true),
};

static const struct bind_table ADMIN_SANCTION = BIND_TABLE(struct sanction, ADMIN_SANCTION_FIELDS);

static const struct bind_field PERSON_FIELDS[] = {
    BIND(struct eligible_person, birth, DATE, .required = true),
    BIND(struct eligible_person, sex, CHOICE, .required = true, .choices = LAW_SEXES),
    BIND(struct eligible_person, party_expelled, BOOL),
    BIND(struct eligible_person, criminal_punishment, BOOL),
    BIND(struct eligible_person, gang, BOOL),
    BIND(struct eligible_person, cult, BOOL),
    BIND(struct eligible_person, party_sanction, POINTER, .object = &PARTY_SANCTION),
    BIND(struct eligible_person, admin_sanction, POINTER, .object = &ADMIN_SANCTION),
    BIND(struct eligible_person, bribery_found, DATE),
    BIND(struct eligible_person, under_investigation, BOOL),
    BIND_LIST(struct eligible_person, assessed_incompetent, assessed_count, COUNTS),
    BIND_LIST(struct eligible_person, violations_open, violation_count, NAMES),
};

static const struct bind_table PERSON = BIND_TABLE(struct eligible_person, PERSON_FIELDS);

static const struct bind_field FIELDS[] = {
    BIND(struct eligible_given, ref_day, DATE, .required = true),
    BIND(struct eligible_given, person, OBJECT, .required = true, .object = &PERSON),
    BIND(struct eligible_given, post, CHOICE, .required = true, .choices = LAW_POSTS),
    BIND(struct eligible_given, incumbent_post, CHOICE, .choices = LAW_POSTS, .fallback = NO_POST),
};

static struct eligible_facts
facts_of(const struct eligible_given *given)
{
    const struct eligible_person *person = &given->person;
    const bool has_post = given->incumbent_post != NO_POST;
    return (struct eligible_facts){
        .ref_day = given->ref_day,
        .birth = person->birth,
        .sex = person->sex,
        .party_expelled = person->party_expelled,
        .criminal_punishment = person->criminal_punishment,
        .gang = person->gang,
        .cult = person->cult,
        .under_investigation = person->under_investigation,
        .party_sanction = person->party_sanction,
        .admin_sanction = person->admin_sanction,
        .bribery_found = person->bribery_found,
        .assessed_incompetent = person->assessed_incompetent,
        .assessed_count = person->assessed_count,
        .violations_open = person->violation_count,
        .post = given->post,
        .has_incumbent_post = has_post,
        .incumbent_post = has_post ? (enum post)given->incumbent_post : POST_MEMBER,
    };
}

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    const struct eligible_facts facts = facts_of(given);
    struct eligible_result decided;
    eligible_decide(question->ctx, question->pack, &facts, &decided);
    const struct findings *findings = &decided.ruling.findings;
    law_put_rules(question->ctx, result, "bars_set", findings, SEVERITY_BLOCK);
    law_put_rules(question->ctx, result, "approvals_set", findings, SEVERITY_APPROVE);
    law_put_rules(question->ctx, result, "needs_finding_set", findings, SEVERITY_EXPLAIN);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_eligible = {
    .name = "eligible",
    .given = BIND_TABLE(struct eligible_given, FIELDS),
    .day_at = offsetof(struct eligible_given, ref_day),
    .answer = answer,
};
