/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll_check.h"

#include <unistd.h>

#include "base/clock.h"
#include "exchange/pack_files.h"

enum err
roll_files_check(struct ctx *ctx, struct roll_check_plan *plan, struct roll_check **ret_check)
{
    struct pack *pack;
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (!date_is_set(plan->polling_day))
        plan->polling_day = instant_date(ctx->now);
    TRY(pack_load_for(ctx, NULL, plan->polling_day, &pack));
    plan->pack = pack;
    if (plan->threads == 0)
        plan->threads = cores < 1 ? 1 : (int)cores;
    return roll_check_run(ctx, plan, ret_check);
}
