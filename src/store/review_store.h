/* SPDX-License-Identifier: Apache-2.0 */
/* Review and inspection 资格联审、考察: sheets of persons, bars, the matrix of desks, steps. */
#pragma once

#include "store/db.h"

struct person_sheet {
    const char *unit;
    const char *person;
    const char *education;
    const char *source;
    const char *pay_elsewhere; /* y, n */
    int64_t seq;
};

enum err
sheet_store_put(struct ctx *ctx, struct db *db, const struct person_sheet *sheet) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err sheet_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                          struct person_sheet *ret_sheet) WARN_UNUSED;

struct person_bar {
    const char *unit;
    int64_t seq;
    const char *person;
    const char *kind; /* fact, finding */
    const char *bar;  /* national, 1 … 10 */
    const char *fact;
    struct date decided_on;
    struct date cured_on;
    const char *applies; /* y, n */
};

enum err bar_store_add(struct ctx *ctx, struct db *db, const struct person_bar *bar) WARN_UNUSED;
/* Of one person, by seq: of the same fact or bar the last one counts. */
enum err bar_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                        struct person_bar **ret_list, size_t *ret_count) WARN_UNUSED;

struct review_opinion {
    const char *unit;
    const char *body;
    const char *person;
    const char *desk;
    const char *opinion; /* asked, pass, refuse */
    int64_t seq;
};

enum err
opinion_store_put(struct ctx *ctx, struct db *db, const struct review_opinion *opinion) WARN_UNUSED;
/* The row of the matrix of one person (NULL: of all), by person and desk. */
enum err opinion_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                            const char *person, struct review_opinion **ret_list,
                            size_t *ret_count) WARN_UNUSED;
/* The opinion of a desk on a person: "" if it was not asked. */
enum err opinion_store_get(struct ctx *ctx, struct db *db, const struct review_opinion *wanted,
                           const char **ret_opinion) WARN_UNUSED;

struct review_step {
    const char *unit;
    const char *body;
    const char *person;
    const char *step;    /* opened, conclusion, inspect, department, leading_group, township */
    const char *result;  /* day due; qualified, disqualified; recommended …; y, n */
    const char *by_user; /* account */
    int64_t seq;
};

enum err step_store_put(struct ctx *ctx, struct db *db, const struct review_step *step) WARN_UNUSED;
/* The step wanted->step of wanted->person; result "" if it was not done. */
enum err step_store_get(struct ctx *ctx, struct db *db, const struct review_step *wanted,
                        struct review_step *ret_step) WARN_UNUSED;
