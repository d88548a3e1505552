/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same person in two villages (REG-04): which village has this keyed hash of an ID number in
 * its household register or on its roll. It tells the village, never the person there.
 */
#pragma once

#include "store/db.h"

#define IDENTITY_REGISTER "register" /* 户籍册 */
#define IDENTITY_ROLL "roll"         /* 选民名单 */

/* Adds or replaces. An empty mac is not kept. */
enum err identity_store_set(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                            const char *id_mac, const char *person) WARN_UNUSED;
/* Many at once, none of them there yet, each mac once and none empty; sorted by mac they go in
 * faster. */
struct identity {
    const char *id_mac;
    const char *person;
};
enum err identity_store_add_all(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                                const struct identity *list, size_t count) WARN_UNUSED;
enum err identity_store_remove(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                               const char *id_mac) WARN_UNUSED;
/* Another village where the number stands; "" if there is none. */
enum err
identity_store_elsewhere(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                         const char *id_mac, const char **ret_unit) WARN_UNUSED;

/* The same for many at once; empty macs are passed over. The hits are sorted by mac. */
struct identity_wanted {
    const char *const *macs;
    size_t count;
};
struct identity_hit {
    const char *id_mac;
    const char *unit; /* the first other village */
};
struct identity_hits {
    struct identity_hit *list;
    size_t count;
};
enum err identity_store_elsewhere_all(struct ctx *ctx, struct db *db, const char *unit,
                                      const char *kind, struct identity_wanted wanted,
                                      struct identity_hits *ret_hits) WARN_UNUSED;
/* The village, "" if there is no hit. */
const char *identity_hits_find(const struct identity_hits *hits, const char *id_mac);

/* Where the number stands and who it is there, for those who may know. */
struct identity_place {
    const char *unit;
    const char *person;
};
enum err identity_store_who(struct ctx *ctx, struct db *db, const char *kind, const char *id_mac,
                            struct identity_place **ret_list, size_t *ret_count) WARN_UNUSED;
