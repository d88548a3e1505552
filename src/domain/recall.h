/* SPDX-License-Identifier: Apache-2.0 */
/* Recall of a member of the villagers' committee (罢免): who may ask, and the vote (RCL-01, RCL-02;
 * 组织法 §16, 2025 §19). */
#pragma once

#include "domain/ruling.h"

/* A number that is not given is RECALL_NONE. Parts never exceed their wholes. */
enum { RECALL_NONE = -1 };

enum recall_answer { RECALL_UNKNOWN, RECALL_NO, RECALL_YES };

struct recall_facts {
    int64_t electors, signatures;                       /* 选民, 联名 */
    int64_t representatives, representative_signatures; /* 村民代表, 代表联名 */
    int64_t registered, recovered, agree;               /* the vote: all three or none */
};

/* accepted: a fifth of the electors or a third of the representatives ask. */
struct recall_result {
    enum recall_answer accepted, valid, recalled;
    struct ruling ruling;
};

void
recall_decide(struct ctx *ctx, const struct recall_facts *facts, struct recall_result *ret_result);
