/* SPDX-License-Identifier: Apache-2.0 */
/* Streams taken out to another machine 取出件. */
#pragma once

#include "store/db.h"

struct kit {
    const char *unit;
    int64_t seq; /* of kit.take_out */
    const char *holder;
    const char *machine;
    struct date back_by;
    const char *taken_at;
    const char *token_hash; /* hex */
    const char *public_key; /* PEM */
    const char *fingerprint;
    const char *state; /* out, back, void */
    const char *file;  /* "sm3:…" brought back; "" */
    int64_t ended_seq; /* 0 */
};

enum err kit_store_add(struct ctx *ctx, struct db *db, const struct kit *kit) WARN_UNUSED;
/* The last one of the unit, in any state. ERR_NOT_FOUND without words. */
enum err
kit_store_last(struct ctx *ctx, struct db *db, const char *unit, struct kit *ret_kit) WARN_UNUSED;
/* Ends a kit: `kit` says state, file and ended_seq. */
enum err kit_store_end(struct ctx *ctx, struct db *db, const struct kit *kit) WARN_UNUSED;
/* The public key (PEM) of that fingerprint. ERR_NOT_FOUND without words. */
enum err kit_store_key(struct ctx *ctx, struct db *db, const char *fingerprint,
                       const char **ret_pem) WARN_UNUSED;
