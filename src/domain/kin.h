/* SPDX-License-Identifier: Apache-2.0 */
/* Whether two nominees must avoid each other as relatives (ELG-05; 组织法 2025 §8). */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"
#include "domain/words.h"

struct kin_facts {
    const char *a, *b;      /* names */
    enum relation relation; /* what one is to the other */
};

struct kin_result {
    bool avoid;
    struct ruling ruling;
};

void kin_decide(struct ctx *ctx, const struct pack *pack, const struct kin_facts *facts,
                struct kin_result *ret_result);
