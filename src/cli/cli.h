/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The command line: one row of commands.def per command, one file cmd_x.c each. Commands return an
 * enum err; what went wrong is printed here, once, with the exit status of errors.def.
 */
#pragma once

#include <stdio.h>

#include <glib.h>

#include "base/ctx.h"
#include "base/json.h"
#include "base/keyfile.h"
#include "domain/finding.h"
#include "store/db.h"

struct gate;

/* Global options and what was opened for this run. */
struct cli {
    struct ctx *ctx;
    const char *data;   /* --data: folder with cunxuan.db and cunxuan.key */
    const char *db_url; /* --db: another database, or NULL */
    const char *user;   /* --as */
    const char *now;    /* --now: clock of an exercise, 2021-03-20T09:00 */
    bool json;
    bool quiet;
    FILE *out;
    FILE *err;
    struct db *db;
    struct keyfile *key;
    struct gate *gate;
};

typedef enum err command_fn(struct cli *cli, int argc, char **argv);

struct command {
    const char *name;
    const char *arguments; /* "UNIT ACT-ID [--field NAME=VALUE]…" */
    struct text summary;
    command_fn *run;
};

#define COMMAND(stem, arguments, zh, en, run)                                                      \
    extern const struct command command_##stem;                                                    \
    const struct command command_##stem = {#stem, arguments, {zh, en}, run}

/* Runs a whole command line; gives the exit status. */
int cli_main(int argc, char **argv);

/* Parses a command's own options (ended by {0}) and the global ones; what remains are its
 * arguments: *argc counts them without the command's name, (*argv)[0] is the first. ERR_USAGE. */
enum err cli_options(struct cli *cli, const struct command *command, const GOptionEntry *entries,
                     int *argc, char ***argv) WARN_UNUSED;
/* ERR_USAGE unless `least` ≤ argc ≤ `most`. */
enum err cli_count(struct cli *cli, const struct command *command, int argc, int least,
                   int most) WARN_UNUSED;
/* Opens the database (and the key and the gate, unless it is for reading only). */
enum err cli_open(struct cli *cli, enum db_mode mode) WARN_UNUSED;
/* A unit by code or unique name → its code. */
enum err cli_unit(struct cli *cli, const char *text, const char **ret_unit) WARN_UNUSED;
/* Prints findings, one a line with rule, article and cure; or adds them to a JSON array. */
void cli_print_findings(struct cli *cli, FILE *out, const struct findings *findings);
json_t *cli_findings_json(struct cli *cli, const struct findings *findings);
/* Says on one line that what is shown is an exercise 演练 and no election. */
void cli_print_exercise(struct cli *cli);
/* Prints a JSON value as one line and releases it. */
void cli_print_json(struct cli *cli, json_t *value);
/* Progress on a terminal (nothing with --quiet or when it is no terminal): "label [####    ]
 * 12/24".
 */
void cli_progress(struct cli *cli, const char *label, int64_t done, int64_t total);
