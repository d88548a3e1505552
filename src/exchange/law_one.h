/* SPDX-License-Identifier: Apache-2.0 */
/* One question of `cunxuan law` from within the program. */
#pragma once

#include "base/json.h"

/* Asks `check` of `given` under `law`, keys that only the program itself uses included (`re_vote`
 * of poll); the answer is the output line: result and why, or error. */
enum err law_answer_one(struct ctx *ctx, const char *check, const char *law, const json_t *given,
                        json_t **ret_answer) WARN_UNUSED;
