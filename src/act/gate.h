/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gate: the one way in. Permission → order → the act's own check → severities → canonical entry
 * → hash → apply → commit, all in one transaction. Accepted is on disk; refused wrote nothing.
 */
#pragma once

#include "act/act.h"

struct keyfile;

struct gate {
    struct db *db;
    const struct keyfile *key; /* field encryption and checkpoint signature */
    bool exercise;             /* 演练: the clock may be set; every term.open says so */
};

/* What is asked. fields: as in field.h. waivers: [{"rule":"CAL-10","reason":"…"}]. */
struct submission {
    const char *unit;
    const char *act;
    const char *user;
    json_t *fields;
    json_t *waivers; /* or NULL */
};

struct answer {
    bool accepted;
    int64_t seq;           /* of the entry, if accepted */
    const char *hash;      /* hex, if accepted */
    struct findings findings; /* warnings and explained ones too */
};

/* Submits one act. A refusal is ERR_OK with accepted = false and findings; ERR_INVALID for fields that
 * are not right (ctx->failure names them), ERR_FORBIDDEN for the wrong role or unit, ERR_STALE if the
 * stream is locked. On any error nothing is written. */
enum err act_submit(struct ctx *ctx, struct gate *gate, const struct submission *submission,
                    struct answer *ret_answer) WARN_UNUSED;
/* The same without writing: what would the gate say? */
enum err act_try(struct ctx *ctx, struct gate *gate, const struct submission *submission,
                 struct answer *ret_answer) WARN_UNUSED;

/* Empties the unit's rows of all derived tables and applies its entries again, leaving out withdrawn
 * and replaced ones. `tables` may be another database than `ledger` (verify). */
enum err unit_replay(struct ctx *ctx, struct db *ledger, struct db *tables, const char *unit)
    WARN_UNUSED;
/* The law in force for the unit: by its polling day if fixed, else by `today`. */
enum err gate_pack(struct ctx *ctx, struct db *db, const char *unit, struct date today,
                   const struct pack **ret_pack) WARN_UNUSED;
