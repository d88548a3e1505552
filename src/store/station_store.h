/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a round is voted: central venue 中心会场, stations 投票站, mobile boxes 流动票箱; and who
 * is helped: people on the list of a mobile box or of a scribe 代写.
 */
#pragma once

#include "store/db.h"

struct station {
    const char *unit;
    int64_t round;
    const char *name;
    const char *kind; /* central, station, mobile */
    const char *place;
    const char *opens; /* HH:MM */
    const char *closes;
    int64_t booths;     /* 秘密写票处 */
    const char *route;  /* of a mobile box: JSON array of {at, place}; "" if none */
    const char *reason; /* "" if none */
    int64_t seq;        /* entry that set it */
};

/* Somebody helped. */
struct assist {
    const char *unit;
    int64_t round;
    const char *kind; /* mobile, scribe */
    const char *person;
    const char *reason; /* old, ill, disabled, remote, illiterate */
    int64_t box;        /* 0: none */
    const char *scribe; /* "" if none */
    int64_t seq;
};

/* Adds it, or replaces the one of that name. */
enum err
station_store_put(struct ctx *ctx, struct db *db, const struct station *station) WARN_UNUSED;
/* Central first, then stations, then mobile, by name. */
enum err station_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                            struct station **ret_list, size_t *ret_count) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err station_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                            const char *name, struct station *ret_station) WARN_UNUSED;

/* Adds or replaces the row of that kind and person. */
enum err assist_store_put(struct ctx *ctx, struct db *db, const struct assist *assist) WARN_UNUSED;
enum err
assist_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round, const char *kind,
                  struct assist **ret_list, size_t *ret_count) WARN_UNUSED;
/* Is the person on that list in any round of the unit? */
enum err assist_store_has(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                          const char *person, bool *ret_has) WARN_UNUSED;

/* round.order: stations, boxes (as new, empty), staff and lists of people helped of round `from`
 * go over to round `to` (规程: 另行选举沿用). Does nothing where `to` has stations. */
enum err station_store_carry_over(struct ctx *ctx, struct db *db, const char *unit, int64_t from,
                                  int64_t to) WARN_UNUSED;
