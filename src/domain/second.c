/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/second.h"

/* 组织法 §15、规程: 另行选举的候选人按未当选人得票多少确定，实行差额. */
void
second_pick(struct ctx *ctx, const struct second_loser *losers, size_t count, int64_t vacant,
            struct names *ret_names)
{
    struct names names = {0};
    bool *taken = mem_array(ctx->mem, bool, count);
    int64_t last = -1;
    for (size_t n = 0; n < count; n++) {
        size_t best = NAME_NONE;
        for (size_t i = 0; i < count; i++) {
            if (!taken[i] && (best == NAME_NONE || losers[i].votes > losers[best].votes))
                best = i;
        }
        if ((int64_t)names.count > vacant && losers[best].votes != last)
            break;
        taken[best] = true;
        last = losers[best].votes;
        names_append(ctx, &names, losers[best].name);
    }
    *ret_names = names;
}
