/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way of a village's election: what can be done now, what is blocked and by what, what is done,
 * and what is due when. One answer for the command `next`, the board and the page of a village.
 */
#pragma once

#include "act/act.h"

enum step_state { STEP_OPEN, STEP_BLOCKED, STEP_DONE };

/* An act of the catalogue as it stands in the unit. */
struct step {
    const struct act *act;
    enum step_state state;
    const char *by;          /* what blocks it, with the rule's id; or NULL */
    const struct act *opens; /* blocked: the act that opens the way, or NULL */
};

/* Something with a last day that is not done yet. */
struct due {
    struct date day;
    const char *what;
    const char *act;
    const char *source; /* "CAL-01" for a legal day, the task's id for the plan's */
    bool late;          /* the day is past */
};

struct way {
    bool opened;              /* term.open stands */
    const char *stream_state; /* open, deferred, out, sealed */
    struct date polling_day;  /* of the villagers' committee; DATE_NONE if not fixed */
    struct step *steps;       /* in the order of the catalogue */
    size_t step_count;
    struct due *dues; /* legal days first, then tasks by day */
    size_t due_count;
};

struct text step_state_title(enum step_state state);
/* The steps of a village without its dues. */
enum err
way_steps(struct ctx *ctx, struct gate *gate, const char *unit, struct way *ret_way) WARN_UNUSED;
/* Adds the dues as of `today`. */
enum err way_dues(struct ctx *ctx, struct gate *gate, const char *unit, struct date today,
                  struct way *way) WARN_UNUSED;
