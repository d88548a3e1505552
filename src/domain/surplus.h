/* SPDX-License-Identifier: Apache-2.0 */
/* How many candidates an election needs (差额; NOM-04, PTY-02, PTY-03; 组织法 §15, 选举条例 §13).
 */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"
#include "domain/words.h"

enum surplus_body {
    SURPLUS_VILLAGE,         /* villagers' committee, by post */
    SURPLUS_PARTY_COMMITTEE, /* members of a Party committee: a fifth more */
    SURPLUS_PARTY_OFFICERS,  /* secretary, deputies: as many as seats */
    SURPLUS_PARTY_INITIAL,   /* first proposals (初步人选): half as many again */
};

struct surplus_facts {
    enum surplus_body body;
    enum post post; /* SURPLUS_VILLAGE only */
    int64_t seats;  /* from 1 */
    int64_t candidates;
};

enum { SURPLUS_NO_LIMIT = -1 };

/* need ≤ candidates ≤ most is lawful. need_strict: PARTY_INITIAL by the fraction alone, without the
 * pack's own table; else equal to need. */
struct surplus_result {
    bool ok;
    int64_t need, need_strict, most;
    struct ruling ruling;
};

void surplus_decide(struct ctx *ctx, const struct pack *pack, const struct surplus_facts *facts,
                    struct surplus_result *ret_result);
