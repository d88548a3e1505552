/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The registers of many villages in one go: one file with a column 村, or a folder with one file a
 * village. Each village is an act of its own through the gate, in a transaction of its own:
 * wherever it is stopped, a village is in whole or not at all. While one village is written the
 * next ones are read, cleaned and sealed on the other processors; memory holds a few villages at a
 * time.
 */
#pragma once

#include "act/gate.h"

/* How it went for one village; holds while it is told. */
struct import_told {
    const char *unit;
    const char *name;  /* of the village or of its file, for people */
    enum err err;      /* ERR_OK, ERR_REFUSED (see the answer), or why it could not be read */
    const char *words; /* then, or NULL */
    struct answer answer;
    int64_t bytes;
    int64_t taken;   /* rows */
    int64_t refused; /* rows */
};

struct import_progress {
    int64_t villages_done;
    int64_t villages;
    int64_t bytes_done;
    int64_t bytes;
    int64_t rows_done;
};

struct import_all {
    const char *kind; /* of register.import, or "roll" */
    const char *path; /* file or folder */
    const char *accept;
    const char *as_of;
    const char *source; /* not of a roll */
    const char *user;
    json_t *waivers;
    void (*tell)(void *arg, const struct import_told *told);
    void (*progress)(void *arg, const struct import_progress *progress);
    void *arg;
};

struct import_sum {
    int64_t imported; /* villages */
    int64_t refused;  /* villages */
    int64_t rows;     /* taken */
};

/* Which villages they are is found out before the first is written: an unknown one is ERR_NOT_FOUND
 * and nothing was done. A village that is refused, or whose file cannot be read, is told and the
 * others go on; *ret_sum says how many. Trouble with the database ends it. */
enum err import_all_run(struct ctx *ctx, struct gate *gate, const struct import_all *import,
                        struct import_sum *ret_sum) WARN_UNUSED;
