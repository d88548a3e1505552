/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cunxuan.key: the secrets of an installation, kept outside the database: the master secret from
 * which the keys of personal fields come, and the SM2 pair that signs checkpoints and documents.
 * Who loses it can no longer read ID numbers; who copies it can. Mode 0600, nothing wider is
 * opened.
 */
#pragma once

#include "base/crypto.h"

struct keyfile {
    uint8_t secret[SECRET_LENGTH]; /* from which `fields` come; leaves only sealed, in a kit */
    struct field_keys fields;
    const struct sm2_key *pair;
    const char *fingerprint; /* of the public key, hex */
    const char *public_pem;
};

/* Makes a new one; never over an old one (ERR_IO). */
enum err keyfile_create(struct ctx *ctx, const char *path) WARN_UNUSED;
/* Writes one with a given secret and pair (a kit's); never over an old one (ERR_IO). */
enum err keyfile_write(struct ctx *ctx, const char *path, const uint8_t secret[SECRET_LENGTH],
                       const struct sm2_key *pair) WARN_UNUSED;
/* Opens it; the result lives as long as ctx->mem. ERR_NOT_FOUND, ERR_FORBIDDEN (others may read
 * it), ERR_INVALID. */
enum err keyfile_open(struct ctx *ctx, const char *path, struct keyfile **ret_keyfile) WARN_UNUSED;
