/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who may be nominated (ELG-01 … ELG-03): the legal floor, the ten bars of the plan (“十不选”), the
 * cut-off days of age. Only what records can decide is decided here; the rest is asked of people.
 */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"
#include "domain/words.h"

/* Sanctions, Party and administrative (党纪处分, 政务处分). */
enum sanction_kind {
    SANCTION_PARTY_WARNING,
    SANCTION_PARTY_SERIOUS_WARNING,
    SANCTION_PARTY_REMOVAL,
    SANCTION_PARTY_PROBATION,
    SANCTION_PARTY_EXPULSION,
    SANCTION_ADMIN_WARNING,
    SANCTION_ADMIN_DEMERIT,
    SANCTION_ADMIN_MAJOR_DEMERIT,
    SANCTION_ADMIN_DEMOTION,
    SANCTION_ADMIN_REMOVAL,
    SANCTION_ADMIN_DISMISSAL,
    SANCTION_KIND_COUNT
};

struct sanction {
    enum sanction_kind kind;
    struct date decided;
};

struct eligible_facts {
    struct date ref_day; /* the day ages and periods are counted to */
    struct date birth;
    enum sex sex;
    bool party_expelled, criminal_punishment, gang, cult, under_investigation;
    const struct sanction *party_sanction; /* or NULL */
    const struct sanction *admin_sanction; /* or NULL */
    struct date bribery_found;             /* or DATE_NONE */
    const int64_t *assessed_incompetent;   /* years */
    size_t assessed_count;
    size_t violations_open; /* how many stand uncorrected */
    enum post post;
    bool has_incumbent_post;
    enum post incumbent_post; /* holds with has_incumbent_post */
};

/* Findings by severity: BLOCK bars, APPROVE needs an approval, EXPLAIN needs a signed finding. */
struct eligible_result {
    struct ruling ruling;
};

/* Secretary or chair (正职), their deputies (副职). */
bool eligible_is_head(enum post post);
bool eligible_is_deputy(enum post post);
/* ELG-03: true if someone of that birth needs an approval for the post. `is_new`: not a head so
 * far. */
bool eligible_needs_approval(const struct pack *pack, enum post post, enum sex sex,
                             struct date birth, bool is_new);
void eligible_decide(struct ctx *ctx, const struct pack *pack, const struct eligible_facts *facts,
                     struct eligible_result *ret_result);
