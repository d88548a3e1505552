/* SPDX-License-Identifier: Apache-2.0 */
/* Ballot forms 选票样式: what is printed, in which order, and the stock of printed ballots. */
#pragma once

#include "store/db.h"

struct form {
    const char *unit;
    int64_t round;
    int64_t form;       /* number, from 1 within the round */
    const char *layout; /* combined: all posts on one ballot; per_post: one ballot per post */
    const char *size;   /* A5, A4 */
    const char *colour; /* "" if plain */
    const char *state;  /* designed, printed, retired (the stock is sealed as spoiled) */
    int64_t printed;
    int64_t spoiled; /* in print */
    const char *seal_no;
    int64_t seq; /* entry of the design */
};

/* A post on a form. */
struct form_post {
    const char *unit;
    int64_t round;
    int64_t form;
    const char *post;
    int64_t place; /* 1 … on the form */
    int64_t seats;
    int64_t write_in_lines;
};

/* A name on a form. */
struct form_candidate {
    const char *unit;
    int64_t round;
    int64_t form;
    const char *post;
    int64_t place; /* 1 … within the post */
    const char *person;
};

/* Adds the form, or begins the one of that number anew (its posts and names are taken away). */
enum err form_store_put(struct ctx *ctx, struct db *db, const struct form *form) WARN_UNUSED;
enum err
form_store_add_post(struct ctx *ctx, struct db *db, const struct form_post *post) WARN_UNUSED;
enum err form_store_add_candidate(struct ctx *ctx, struct db *db,
                                  const struct form_candidate *candidate) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err form_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                         int64_t form, struct form *ret_form) WARN_UNUSED;
/* All of the round, retired ones too, by number. */
enum err form_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                         struct form **ret_list, size_t *ret_count) WARN_UNUSED;
/* Posts of one form (0: of all forms of the round that are not retired), in printed order. */
enum err form_store_posts(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                          int64_t form, struct form_post **ret_list, size_t *ret_count) WARN_UNUSED;
/* Names printed for a post on the form that is in use (not retired), in the order printed: what a
 * mark stands beside. */
enum err form_store_candidates(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                               const char *post, struct form_candidate **ret_list,
                               size_t *ret_count) WARN_UNUSED;

/* Adds what `run` says was printed and spoiled to the form it names, with its seal; state printed.
 */
enum err form_store_print(struct ctx *ctx, struct db *db, const struct form *run) WARN_UNUSED;
/* A candidate changed: no form of the round that carries the post (NULL: any) is used any more. */
enum err form_store_retire(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           const char *post) WARN_UNUSED;
/* Ballots of a form handed to a box; adds up. box_store's `allotted` becomes the complete sets. */
enum err form_store_allot(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                          int64_t box, int64_t form, int64_t count) WARN_UNUSED;
/* Ballots of a form handed to all boxes. */
enum err form_store_allotted(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                             int64_t form, int64_t *ret_count) WARN_UNUSED;

/* What poll.close found: left-over ballots and the sums of all boxes. */
struct poll_close {
    const char *unit;
    int64_t round;
    int64_t issued; /* I */
    int64_t issued_proxy;
    int64_t scribed;
    int64_t spoiled;
    int64_t unused;
    int64_t reserve;
    const char *fate; /* sealed, destroyed */
    const char *seal_no;
};
enum err
poll_close_store_add(struct ctx *ctx, struct db *db, const struct poll_close *close) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err poll_close_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                               struct poll_close *ret_close) WARN_UNUSED;
