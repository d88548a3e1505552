/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kits 取出件 (H3): a village's stream goes to a machine without a network and comes back. Home
 * freezes the stream; the kit is a whole installation in which only that stream is live, with its
 * own SM2 key. The keys of personal fields travel sealed under the token, which is told by mouth;
 * plain numbers do not travel at all. Coming home, every entry passes the gate again.
 */
#pragma once

#include "act/gate.h"
#include "base/file.h"
#include "base/keyfile.h"
#include "exchange/kit_file.h"

/* Settings of a kit's database. */
#define KIT_UNIT_SETTING "kit_unit"     /* the unit whose stream is live */
#define KIT_PROOF_SETTING "kit_proof"   /* what it must show at home */
#define KIT_PACKED_SETTING "kit_packed" /* set when packed: nothing more is done here */
#define KIT_HOME_SETTING "kit_home_key" /* public key of home, PEM */

enum { KIT_FILE_MAX = 1 << 30 };

/* What kit_out made. */
struct kit_out {
    const char *token; /* to be told to the holder, kept nowhere */
    struct buf file;   /* to be written where he takes it from */
    size_t accounts;
};

/* Where the file goes, before the transaction commits. */
typedef enum err kit_write_fn(struct ctx *ctx, const struct buf *file, void *arg);

/* Submits kit.take_out (fields holder, machine, people, back_by; the others are added here), makes
 * the file and hands it to `write`; if that fails nothing is done. Refusals as act_submit. */
enum err
kit_out(struct ctx *ctx, struct gate *gate, struct submission *submission, kit_write_fn *write,
        void *arg, struct answer *ret_answer, struct kit_out *ret_out) WARN_UNUSED;

/* A kit file of kind "out", opened with its token. */
struct kit_opened {
    struct kit_file file;
    uint8_t secret[SECRET_LENGTH];
    struct sm2_key *pair;
    const char *proof;
};
/* Checks everything before anything is made. */
enum err kit_open_check(struct ctx *ctx, const char *what, const struct file_bytes *bytes,
                        const char *token, struct kit_opened *ret_opened) WARN_UNUSED;
/* Fills a new database with it. */
enum err
kit_open_fill(struct ctx *ctx, struct gate *gate, const struct kit_opened *opened) WARN_UNUSED;

/* In a kit: ends it (nothing more is done here) and makes the file to bring home. The same again
 * gives the same file. */
enum err kit_pack(struct ctx *ctx, struct gate *gate, struct buf *ret_file) WARN_UNUSED;

/* The unit of a kit file, for kit.bring_back. */
enum err kit_file_unit(struct ctx *ctx, const char *what, const struct file_bytes *bytes,
                       const char **ret_unit) WARN_UNUSED;
/* True if exactly this file was brought back already; gives the entry. */
enum err kit_is_back(struct ctx *ctx, struct db *db, const char *unit,
                     const struct file_bytes *bytes, bool *ret_back, int64_t *ret_seq) WARN_UNUSED;
