/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks an installation against itself: every entry's hash and link, every checkpoint's signature,
 * every blob, and every table, by applying all entries again on the side and comparing row by row.
 * An outcome is derived again with it, because outcome.record derives when it is applied.
 */
#pragma once

#include "act/gate.h"
#include "base/crypto.h"

/* Something wrong: which unit or thing, and what, for people. */
struct verify_fault {
    const char *where;
    const char *what;
};

/* A head somebody noted: entry `seq` of `unit` had this hash. */
struct verify_head {
    const char *unit;
    int64_t seq;
    uint8_t hash[SM3_LENGTH];
    const char *where; /* "heads.txt:3" */
};

/* Up to which entry a stream is tied outside itself (origin.h). */
struct verify_tie {
    const char *unit;
    int64_t last_seq;
    int64_t tied_seq; /* 0: nowhere */
};

struct verify_report {
    int64_t streams;
    int64_t entries;
    int64_t checkpoints;
    int64_t blobs;
    int64_t rows; /* of derived tables compared */
    struct verify_fault *faults;
    size_t fault_count;
    struct verify_tie *ties; /* of the streams checked, by unit */
    size_t tie_count;
};

/* Called between units: done of total, for progress. May be NULL. */
typedef void verify_progress_fn(void *arg, int64_t done, int64_t total);

struct verify_options {
    const char *unit;                /* one unit only, or NULL */
    int threads;                     /* for hashing, at least 1 */
    const struct verify_head *heads; /* noted elsewhere */
    size_t head_count;
    verify_progress_fn *progress;
    void *progress_arg;
};

/* Adds a fault; the texts live in ctx->mem. */
void verify_fault_add(struct ctx *ctx, struct verify_report *report, const char *where,
                      const char *what);
/* ERR_OK whatever it finds; the faults are in the report. A database that cannot be read is an
 * error. */
enum err verify_run(struct ctx *ctx, struct gate *gate, const struct verify_options *options,
                    struct verify_report *ret_report) WARN_UNUSED;
/* Empties the derived tables of all units (or one) and applies their entries again. */
enum err
rebuild_run(struct ctx *ctx, struct gate *gate, const struct verify_options *options) WARN_UNUSED;
