/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a village's roll stands, from its database: what is still to be done (清单), who it is made
 * of (统计), and what is new or gone since the last term's list (四增四减). It reads only; a page
 * or a command shows it. Of other villages it tells the name, never who stands there.
 */
#pragma once

#include "act/roll_people.h"
#include "exchange/pages_xlsx.h"

enum roll_cause {
#define X(symbol, ...) ROLL_CAUSE_##symbol,
#include "act/roll_causes.def"
#undef X
    ROLL_CAUSE_COUNT
};

enum roll_side { ROLL_SIDE_ADDED, ROLL_SIDE_GONE };

struct roll_cause_row {
    const char *word; /* of the closed list */
    enum roll_side side;
    bool counted; /* in 四增四减 */
    struct text title;
    struct text evidence;
};

const struct roll_cause_row *roll_cause_row(enum roll_cause cause);
/* ROLL_CAUSE_COUNT if there is no such word. */
enum roll_cause roll_cause_find(const char *word);

/* The parts of the worklist, in the order in which a clerk goes through it. */
enum roll_task {
    ROLL_TASK_MISSING,   /* adults of the register neither listed nor explained (ROL-02) */
    ROLL_TASK_HOUSEHOLD, /* households with such adults and nobody on the roll */
    ROLL_TASK_STRIKE,    /* on the roll, against the law */
    ROLL_TASK_TWICE,     /* also in another village (REG-04) */
    ROLL_TASK_NAMESAKE,  /* same name and birthday, one without a number */
    ROLL_TASK_REPLY,     /* away, not answered yet (REG-03) */
    ROLL_TASK_CONSENT,   /* head 3, no consent of an assembly yet (REG-02) */
    ROLL_TASK_COUNT
};

const char *roll_task_word(enum roll_task task);
struct text roll_task_title(enum roll_task task);

/* A reason of the closed list that would do. known: what the village's own records say for it, ""
 * if its evidence must come from outside. */
struct roll_way {
    enum roll_cause cause;
    const char *known;
};

struct roll_work {
    enum roll_task task;
    enum roll_fault fault;
    const struct person *person;
    const char *detail; /* the other village's name, the other person's code, a day; or "" */
    struct roll_way *ways;
    size_t way_count;
};

/* Somebody new or gone since the last term's list. */
struct roll_move {
    enum roll_cause cause;
    const char *person; /* "" if he is in no table of the village now */
    const char *name;
    const char *grp;
    const char *village; /* where he came from or went to, if another village's list says so */
    bool told;           /* by an act; false: found by comparing */
};

enum { ROLL_BANDS = 4 }; /* 18–35, 36–45, 46–60, 61 and more */

struct roll_numbers {
    const char *grp; /* "" of the whole village */
    int64_t total, women, party, minority, away;
    int64_t bands[ROLL_BANDS];
    int64_t age_unknown;
    int64_t printed, delivered, signed_for; /* cards 参选证 */
};

struct roll_report {
    const char *unit;
    const char *unit_name;
    const char *state; /* of the roll: open, draft, confirmed, posted, frozen */
    struct date polling_day;
    bool day_fixed; /* false: no day is fixed yet, ages are counted on the day of the report */
    int64_t adults; /* of the household register */
    struct roll_work *works; /* by task, then by person */
    size_t work_count;
    int64_t task_counts[ROLL_TASK_COUNT];
    struct roll_numbers all;
    struct roll_numbers *groups; /* in the order of the register */
    size_t group_count;
    bool has_last; /* register.import kind=last_roll was read */
    int64_t last_count;
    struct roll_move
        *moves; /* the new ones by person, then the gone ones in the old list's order */
    size_t move_count;
    int64_t causes[ROLL_CAUSE_COUNT];
};

enum err roll_report_load(struct ctx *ctx, struct db *db, const struct pack *pack, const char *unit,
                          struct roll_report *ret_report) WARN_UNUSED;
/* As tables: 待办, 统计, 四增四减. */
void roll_report_pages(struct ctx *ctx, const struct roll_report *report, struct page **ret_pages,
                       size_t *ret_count);
/* A way in words: "deprived 被剥夺政治权利（判决书；…）". */
const char *roll_way_words(struct ctx *ctx, const struct roll_way *way);
