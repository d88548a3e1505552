/* SPDX-License-Identifier: Apache-2.0 */
/* Quorum and decision of village meetings (VEC-01; 组织法 §22、§26、§28). */
#pragma once

#include "domain/ruling.h"

enum assembly_kind {
    ASSEMBLY_VILLAGERS,       /* 村民会议, villagers of 18 and over */
    ASSEMBLY_HOUSEHOLDS,      /* 村民会议, representatives of households */
    ASSEMBLY_REPRESENTATIVES, /* 村民代表会议 */
    ASSEMBLY_GROUP,           /* 村民小组会议 */
    ASSEMBLY_KIND_COUNT
};

/* favour ≤ present ≤ total. */
struct assembly_facts {
    enum assembly_kind kind;
    int64_t total, present, favour;
};

struct assembly_result {
    bool quorum, passed;
    struct ruling ruling; /* VEC-01 if there is no quorum */
};

struct text assembly_title(enum assembly_kind kind);
/* The least number of people present that is a quorum. */
int64_t assembly_quorum(enum assembly_kind kind, int64_t total);
void assembly_decide(struct ctx *ctx, const struct assembly_facts *facts,
                     struct assembly_result *ret_result);
