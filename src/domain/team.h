/* SPDX-License-Identifier: Apache-2.0 */
/* The make-up of the villagers' committee and of both committees together (两委班子结构; ELG-03,
 * ELG-04; 组织法 §6, 2025 §8, and the plan). */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"
#include "domain/words.h"

struct team_member {
    const char *name;
    enum sex sex;
    struct date birth;
    enum education education;
    bool party;
    const enum post *posts;
    size_t post_count;
    bool is_new; /* not in the team of the last term */
};

struct team_previous {
    int64_t members, women;
};

struct team_facts {
    int64_t population;
    const struct team_member *members;
    size_t member_count;
    const struct team_previous *previous; /* NULL if not known */
};

/* Findings by severity: BLOCK, WARN, APPROVE. women of committee sit on the villagers' committee;
 * one_shoulder: one person is Party secretary and chair (“一肩挑”). */
struct team_result {
    int64_t committee, women;
    bool one_shoulder;
    struct ruling ruling;
};

void team_decide(struct ctx *ctx, const struct pack *pack, const struct team_facts *facts,
                 struct team_result *ret_result);
