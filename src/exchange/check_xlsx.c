/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/check_parts.h"
enum err
roll_check_xlsx(struct ctx *ctx, const struct roll_check *check, const char *path)
{
    (void)check;
    return FAIL(ctx, ERR_INVALID, "%s", "%s", path);
}
