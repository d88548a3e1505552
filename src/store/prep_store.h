/* SPDX-License-Identifier: Apache-2.0 */
/* Preparation and conduct: tasks, the plan, audited and trained people, open matters. */
#pragma once

#include "store/db.h"

struct task {
    const char *unit;
    const char *task; /* id of the plan: T01 … */
    const char *title;
    const char *act; /* act that does it; "" for none */
    const char *body;
    const char *role; /* code: TO, EC … */
    const char *person;
    const char *base; /* "D" or "" */
    int64_t offset_days;
    struct date due_on; /* DATE_NONE while it counts from a day not fixed yet */
    const char *state;  /* open, done, not_applicable */
};

struct plan {
    const char *unit;
    const char *file; /* sm3:… */
    struct date polling_from;
    struct date polling_to;
    const char *bars;
};

struct prep_person {
    const char *unit;
    const char *list; /* incumbent, audited, trained, sanctioned */
    int64_t seq;
    const char *person;
    const char *detail; /* post, duty */
    struct date on_day;
};

struct matter {
    const char *unit;
    int64_t seq;
    const char *kind;  /* rectify, incident, complaint, sanction */
    const char *about; /* weak_village, procedural_breach, bribery … */
    struct date due_on;
    int64_t closed_seq; /* 0: open */
};

enum err task_store_put(struct ctx *ctx, struct db *db, const struct task *task) WARN_UNUSED;
enum err task_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *id,
                         struct task *ret_task) WARN_UNUSED;
/* By due date, those without one last. */
enum err task_store_list(struct ctx *ctx, struct db *db, const char *unit, struct task **ret_list,
                         size_t *ret_count) WARN_UNUSED;
/* Dates the tasks that count from the polling day; called when it is fixed or changed. */
enum err task_store_date(struct ctx *ctx, struct db *db, const char *unit,
                         struct date polling_day) WARN_UNUSED;

enum err plan_store_put(struct ctx *ctx, struct db *db, const struct plan *plan) WARN_UNUSED;
enum err plan_store_find(struct ctx *ctx, struct db *db, const char *unit,
                         struct plan *ret_plan) WARN_UNUSED;

enum err prep_person_add(struct ctx *ctx, struct db *db, const struct prep_person *row) WARN_UNUSED;
enum err prep_person_list(struct ctx *ctx, struct db *db, const char *unit, const char *list,
                          struct prep_person **ret_list, size_t *ret_count) WARN_UNUSED;
/* True if the person (by code or name) stands in the list, e.g. "trained". */
enum err prep_person_has(struct ctx *ctx, struct db *db, const char *unit, const char *list,
                         const char *person, bool *ret_has) WARN_UNUSED;

/* True if a sanction that strikes or voids stands against the person (CND-02). */
enum err sanction_store_bars(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                             bool *ret_bars) WARN_UNUSED;

enum err matter_store_open(struct ctx *ctx, struct db *db, const struct matter *matter) WARN_UNUSED;
enum err matter_store_close(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                            int64_t closed_seq) WARN_UNUSED;
enum err matter_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                           struct matter *ret_matter) WARN_UNUSED;
/* The open ones of a kind, by seq. */
enum err matter_store_open_list(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                                struct matter **ret_list, size_t *ret_count) WARN_UNUSED;
