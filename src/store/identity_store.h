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
enum err identity_store_remove(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                               const char *id_mac) WARN_UNUSED;
/* Another village where the number stands; "" if there is none. */
enum err
identity_store_elsewhere(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                         const char *id_mac, const char **ret_unit) WARN_UNUSED;
