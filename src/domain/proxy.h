/* SPDX-License-Identifier: Apache-2.0 */
/* Whether one person may vote for another (委托投票; PRX-01 … PRX-04, CAL-06; 组织法 §15,
 * 2025 §18). */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"
#include "domain/words.h"

struct proxy_facts {
    struct date polling_day, filed;
    bool on_site; /* asked for on the spot, at the poll */
    bool principal_registered, principal_away;
    bool principal_has_reason; /* kept by a special reason, where the pack knows of it */
    bool proxy_registered;
    enum relation relation; /* what the proxy is to the principal */
    bool candidate;         /* the proxy is a candidate */
    bool redelegated;       /* the proxy would pass it on */
    int64_t holds;          /* principals the proxy has already */
};

struct proxy_result {
    bool ok;
    struct ruling ruling; /* every rule that stands against it */
};

void proxy_decide(struct ctx *ctx, const struct pack *pack, const struct proxy_facts *facts,
                  struct proxy_result *ret_result);
