/* SPDX-License-Identifier: Apache-2.0 */
#include "support/support.h"

#include "base/ctx.h"

int
support_ctx_setup(void **state)
{
    *state = ctx_new(LANG_ZH);
    return 0;
}

int
support_ctx_teardown(void **state)
{
    ctx_free(*state);
    return 0;
}
