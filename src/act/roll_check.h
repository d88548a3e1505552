/* SPDX-License-Identifier: Apache-2.0 */
/* `cunxuan roll check`: files against each other, without a database (exchange/roll_check.h). */
#pragma once

#include "exchange/roll_check.h"

/* Fills in the pack of the polling day and both cores, and checks. The day of an election nobody
 * has fixed yet is today. */
enum err roll_files_check(struct ctx *ctx, struct roll_check_plan *plan,
                          struct roll_check **ret_check) WARN_UNUSED;
