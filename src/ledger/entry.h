/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry of a ledger: one act, accepted. Its body is canonical JSON (base/json.h) with exactly
 * the members act, actor, at, fields, seq, unit, waivers; hash = SM3(prev_hash ‖ body), prev_hash
 * of a stream's first entry is 32 zero bytes. The public description is docs/formats.md.
 */
#pragma once

#include "base/crypto.h"
#include "base/json.h"

struct entry {
    const char *unit; /* code of the village, town or county */
    int64_t seq;      /* 1, 2, 3 … within the unit */
    const char *act;
    const char *at; /* instant it was entered, base/clock.h */
    const char *actor;
    json_t *fields;  /* an object; NULL is written as {} */
    json_t *waivers; /* an array; NULL is written as [] */
    uint8_t prev_hash[SM3_LENGTH];
    uint8_t hash[SM3_LENGTH];
};

/* An entry as it is stored: texts borrowed or in a context, the body not read yet. */
struct entry_row {
    const char *unit;
    int64_t seq;
    const char *act;
    const char *at;
    const char *actor;
    const char *body;
    uint8_t prev_hash[SM3_LENGTH];
    uint8_t hash[SM3_LENGTH];
};

/* The canonical body, in ctx->mem. */
const char *entry_body(struct ctx *ctx, const struct entry *entry);
/* Sets entry->hash from prev_hash and the body, and gives the row to store. */
struct entry_row entry_seal(struct ctx *ctx, struct entry *entry);
/* Reads a stored row into an entry; fields and waivers live as long as ctx->mem. ERR_STORE if the
 * body is no entry or does not say what the columns say. Does not check the hash (ledger/chain.h).
 */
enum err
entry_read(struct ctx *ctx, const struct entry_row *row, struct entry *ret_entry) WARN_UNUSED;
void entry_hash(const uint8_t prev_hash[SM3_LENGTH], const char *body, size_t length,
                uint8_t ret_hash[SM3_LENGTH]);
