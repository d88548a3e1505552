/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A signed statement: "on `at`, entry `seq` of `unit` had this hash". Whoever holds one can see
 * later whether anything up to that entry was changed, even if the whole chain was made anew.
 */
#pragma once

#include "base/keyfile.h"

struct checkpoint {
    const char *unit;
    int64_t seq;
    uint8_t hash[SM3_LENGTH];
    const char *at;
    const char *key_fingerprint;
    struct signature signature;
};

/* The text that is signed: canonical JSON of at, hash, key, seq, unit. */
const char *checkpoint_text(struct ctx *ctx, const struct checkpoint *checkpoint);
/* Fills in key_fingerprint and signature; the rest must be there. */
enum err checkpoint_sign(struct ctx *ctx, const struct keyfile *keyfile,
                         struct checkpoint *checkpoint) WARN_UNUSED;
/* Whether this key signed it. */
bool checkpoint_is_signed(struct ctx *ctx, const struct sm2_key *key,
                          const struct checkpoint *checkpoint);
