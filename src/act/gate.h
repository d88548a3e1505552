/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gate: the one way in. Permission → order → the act's own check → severities → canonical entry
 * → hash → apply → commit, all in one transaction. Accepted is on disk; refused wrote nothing.
 */
#pragma once

#include "act/act.h"

/* One open installation. Owned; gate_free releases packs and closes nothing else. */
struct gate {
    void *mem;
    struct db *db;
    const struct keyfile *key; /* field encryption and checkpoint signature; NULL: read only */
    bool exercise;             /* 演练: the clock may be set; term.open says so */
    struct pack_shelf shelf;
    struct pack **packs; /* those combined so far */
    size_t pack_count;
    struct roll_kept *roll_kept; /* roll_common.c */
};

/* Big content that an accepted act refers to; stored in its transaction. */
struct blob_to_add {
    const void *bytes;
    size_t length;
    const char *name; /* "sm3:…" where it was hashed already, or NULL */
};

/* What is asked. fields: as in field.h. waivers: [{"rule":"CAL-10","reason":"…"}], or NULL. */
struct roll_mapping;

struct submission {
    const char *unit; /* code */
    const char *act;
    const char *user;
    json_t *fields;
    json_t *waivers;
    const struct blob_to_add *blobs;
    size_t blob_count;
    bool try_only; /* say what the gate would answer, write nothing */
    /* Of a register that is handed in: the sheet and the columns told by hand, or NULL. */
    const char *sheet;
    const struct roll_mapping *mapping;
};

struct answer {
    bool accepted;
    int64_t seq;              /* of the entry, if accepted */
    const char *hash;         /* hex, if accepted */
    struct findings findings; /* warnings and explained ones too */
};

enum err gate_new(struct ctx *ctx, struct db *db, const struct keyfile *key,
                  struct gate **ret_gate) WARN_UNUSED;
void gate_free(struct gate *gate);
void gate_freep(struct gate **gate);

/* Submits one act. A refusal is ERR_OK with accepted = false and findings; ERR_INVALID for fields
 * that are not right (ctx->failure names them all), ERR_FORBIDDEN for the wrong role or unit,
 * ERR_STALE if the stream is locked. On anything but acceptance nothing is written. */
enum err act_submit(struct ctx *ctx, struct gate *gate, const struct submission *submission,
                    struct answer *ret_answer) WARN_UNUSED;

/* The law in force for the unit: its polling day's national law if one is fixed, else today's, with
 * the local packs of its term. */
enum err gate_pack(struct ctx *ctx, struct gate *gate, const char *unit, struct date today,
                   const struct pack **ret_pack) WARN_UNUSED;

/* The same inside the caller's transaction: ERR_REFUSED means that he must roll back (the answer
 * tells why, unless ctx->failure does). */
enum err act_submit_inside(struct ctx *ctx, struct gate *gate, const struct submission *submission,
                           struct answer *ret_answer) WARN_UNUSED;

/* --- the parts, for the gate itself, kits, rebuild and verify --- */

/* Applies one entry to the tables: the standing index, then the act's own apply. */
enum err entry_apply(struct ctx *ctx, struct gate *gate, struct db *blobs,
                     const struct entry *entry, const char *state) WARN_UNUSED;
/* Empties the unit's rows of all derived tables of gate->db and applies the entries found in
 * `ledger` again, leaving out the withdrawn and replaced ones and, if not 0, `without_seq`. */
enum err unit_replay(struct ctx *ctx, struct gate *gate, struct db *ledger, const char *unit,
                     int64_t without_seq) WARN_UNUSED;
/* Tests role, unit, stream state, needs, uniqueness (SEQ-01 … 08) into call->findings. */
enum err order_check(struct call *call) WARN_UNUSED;
/* Where the act replaces an entry keyed wrongly (corrects_seq): is that lawful? Asked first,
 * because the tables are then made anew without that entry before the other checks. */
enum err corrects_check(struct call *call) WARN_UNUSED;
/* ERR_FORBIDDEN unless the actor's role and unit allow the act. */
enum err permission_check(struct call *call) WARN_UNUSED;
/* ERR_OK if nothing that stands uses entry `seq`; else adds SEQ-04 naming the user of it. */
enum err unused_check(struct call *call, int64_t seq) WARN_UNUSED;
/* Turns names into person codes in the fields, in place; ERR_INVALID for one not known or not
 * unique. */
enum err persons_resolve(struct ctx *ctx, struct db *db, const char *unit,
                         const struct field *fields, json_t *value) WARN_UNUSED;
/* Writes unit.receive into the villages an accepted higher act binds, except those taken out. */
enum err act_spread(struct ctx *ctx, struct gate *gate, const struct entry *entry) WARN_UNUSED;
/* Notes a village's signed entry in the stream of its town (unit.anchor), if that is here: in a kit
 * it is not. */
enum err act_anchor(struct ctx *ctx, struct gate *gate, const struct entry *entry) WARN_UNUSED;
/* True if the act at `source` binds the village: its table names the village, or no village. */
enum err act_binds(struct ctx *ctx, struct gate *gate, const struct entry *source,
                   const char *village, bool *ret_binds) WARN_UNUSED;
/* Writes the unit.receive that waited since `since` while the stream was out. */
enum err act_deliver(struct ctx *ctx, struct gate *gate, const char *unit, const char *since,
                     const char *at) WARN_UNUSED;
/* Whether the gate accepts an entry that was accepted elsewhere (a kit): role, order, check and
 * waivers, at the time and by the account it names. Findings that refuse it are blocks in
 * `findings`. Writes nothing. */
enum err entry_recheck(struct ctx *ctx, struct gate *gate, const struct entry *entry,
                       struct findings *findings) WARN_UNUSED;
