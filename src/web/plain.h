/* SPDX-License-Identifier: Apache-2.0 */
/* Words of findings made fit for a page: people know the titles of acts, not their ids. */
#pragma once

#include "base/ctx.h"

/* "先办理 seats.fix[body=village]|day.fix" → "先办理 “确定职数和岗位”或“确定选举日”". Ids of acts
 * only.
 */
const char *plain_words(struct ctx *ctx, const char *text);
