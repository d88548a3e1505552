/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of roll_report.h: what its parts share. */
#pragma once

#include "act/roll_report.h"

struct reporting {
    struct ctx *ctx;
    struct db *db;
    const struct pack *pack;
    struct roll_people people;
    struct roll_report *report;
    size_t work_capacity;
    size_t move_capacity;
};

bool roll_voter_is_on(const struct voter *voter);
/* The name of another village, its code if it has none. */
enum err report_village(const struct reporting *reporting, const char *unit,
                        const char **ret_name) WARN_UNUSED;
/* roll_worklist.c */
enum err roll_worklist_make(struct reporting *reporting) WARN_UNUSED;
/* roll_moves.c */
enum err roll_moves_make(struct reporting *reporting) WARN_UNUSED;
