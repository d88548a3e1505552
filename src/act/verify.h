/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Checks an installation against itself: every entry's hash and link, every checkpoint's signature,
 * every blob, and every table, by applying all entries again on the side and comparing row by row.
 * An outcome is derived again with it, because outcome.record derives when it is applied.
 */
#pragma once

#include "act/gate.h"

/* Something wrong: which unit or thing, and what, for people. */
struct verify_fault {
    const char *where;
    const char *what;
};

struct verify_report {
    int64_t streams;
    int64_t entries;
    int64_t checkpoints;
    int64_t blobs;
    int64_t rows; /* of derived tables compared */
    struct verify_fault *faults;
    size_t fault_count;
};

/* Called between units: done of total, for progress. May be NULL. */
typedef void verify_progress_fn(void *arg, int64_t done, int64_t total);

struct verify_options {
    const char *unit; /* one unit only, or NULL */
    int threads;      /* for hashing, at least 1 */
    verify_progress_fn *progress;
    void *progress_arg;
};

/* ERR_OK whatever it finds; the faults are in the report. A database that cannot be read is an
 * error. */
enum err verify_run(struct ctx *ctx, struct gate *gate, const struct verify_options *options,
                    struct verify_report *ret_report) WARN_UNUSED;
/* Empties the derived tables of all units (or one) and applies their entries again. */
enum err
rebuild_run(struct ctx *ctx, struct gate *gate, const struct verify_options *options) WARN_UNUSED;
