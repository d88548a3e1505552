/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A kit file 取出件: a village's stream on its way to another machine and back (docs/formats.md 9).
 * A tar file with kit.json, ledger.tsv, checkpoints.jsonl and blobs/<hash>.
 */
#pragma once

#include "base/buf.h"
#include "base/json.h"
#include "exchange/tar.h"
#include "ledger/checkpoint.h"
#include "ledger/entry.h"

#define KIT_FORMAT "cunxuan-kit 1"

struct kit_file {
    const json_t *manifest; /* kit.json; see docs/formats.md */
    const char *unit;       /* from the manifest, when read */
    const char *kind;       /* out, back */
    struct entry_row *rows;
    size_t row_count;
    struct checkpoint *checkpoints;
    size_t checkpoint_count;
    struct tar_member *blobs; /* name: 64 hex digits */
    size_t blob_count;
};

/* The whole file. The manifest must say format, kind and unit. */
void kit_file_write(struct ctx *ctx, const struct kit_file *file, struct buf *buf);
/* Reads and checks the file for itself: every entry canonical, of that unit, its hash right and
 * linked with the one before; every blob what its name says. Bytes are borrowed. ERR_INVALID says
 * which entry or blob. */
enum err kit_file_read(struct ctx *ctx, const char *what, const void *bytes, size_t length,
                       struct kit_file *ret_file) WARN_UNUSED;
/* Calls fn for every "sm3:<64 hex>" in the texts of a value; name is the hex. */
typedef enum err blob_name_fn(struct ctx *ctx, const char *name, void *arg);
enum err
blob_names_each(struct ctx *ctx, const json_t *value, blob_name_fn *fn, void *arg) WARN_UNUSED;
/* The text a token is known by at home: what only who has the token can make. */
const char *kit_proof(struct ctx *ctx, const char *token);
/* SM3 of a text, in hex. */
const char *kit_hash(struct ctx *ctx, const char *text);
/* A key file's content sealed under the token, and back. ERR_FORBIDDEN for another token. */
const char *kit_key_seal(struct ctx *ctx, const char *token, const char *text);
enum err kit_key_open(struct ctx *ctx, const char *token, const char *sealed,
                      const char **ret_text) WARN_UNUSED;
/* A new token, 5 × 4 letters and digits (100 bits). */
const char *kit_token(struct ctx *ctx);
