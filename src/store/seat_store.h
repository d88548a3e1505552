/* SPDX-License-Identifier: Apache-2.0 */
/* Seats 职数 per body and post. */
#pragma once

#include "store/db.h"

struct seat {
    const char *unit;
    const char *body;
    const char *post;
    int64_t place; /* order of the posts, 1 … */
    int64_t seats;
    const char *typed;
};

enum err seat_store_put(struct ctx *ctx, struct db *db, const struct seat *seat) WARN_UNUSED;
/* Forgets the seats of a body (seats.fix again). */
enum err
seat_store_clear(struct ctx *ctx, struct db *db, const char *unit, const char *body) WARN_UNUSED;
/* Posts of a body in order. */
enum err seat_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                         struct seat **ret_list, size_t *ret_count) WARN_UNUSED;
/* Seats of one post; 0 if there is none. */
enum err seat_store_seats(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                          const char *post, int64_t *ret_seats) WARN_UNUSED;
