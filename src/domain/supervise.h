/* SPDX-License-Identifier: Apache-2.0 */
/* The village supervision committee (村务监督委员会): size, who is barred, knowledge of accounts
 * (SUP-01 … SUP-03; 组织法 §32, 2025 §37; 指导意见 2017). */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"
#include "domain/words.h"

enum supervise_post {
    SUPERVISE_NO_POST,
    SUPERVISE_ACCOUNTANT,      /* 村会计、报账员 */
    SUPERVISE_CLERK,           /* 村文书 */
    SUPERVISE_COOP_HEAD,       /* 集体经济组织负责人 */
    SUPERVISE_PARTY_SECRETARY, /* 党组织书记 */
    SUPERVISE_DISCIPLINE,      /* 纪检委员 */
};

struct supervise_member {
    const char *name;
    int64_t votes;
    bool committee_member;  /* sits on the villagers' committee */
    enum relation relation; /* to a member of the villagers' committee */
    enum supervise_post post;
    bool finance; /* knows accounts or management */
};

/* The chair is the first member. committee: names of the villagers' committee. */
struct supervise_facts {
    const struct supervise_member *members;
    size_t member_count;
    const char *const *committee;
    size_t committee_count;
};

/* Findings: SEVERITY_BLOCK stands against it, SEVERITY_WARN is told. */
struct supervise_result {
    bool ok;
    struct ruling ruling;
};

void supervise_decide(struct ctx *ctx, const struct pack *pack, const struct supervise_facts *facts,
                      struct supervise_result *ret_result);
