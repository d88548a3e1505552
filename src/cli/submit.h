/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands act and play share: fields from the command line or a file, files into blobs.
 */
#pragma once

#include "act/gate.h"
#include "cli/cli.h"

/* A submission in the making; zeroed is empty. */
struct draft {
    struct submission submission;
    struct blob_to_add *blobs;
    size_t blob_count;
};

/* Sets the field from "name=value" as typed: numbers, persons separated by commas, JSON for tables.
 * ERR_USAGE, ERR_INVALID. */
enum err draft_set(struct cli *cli, const struct act *act, json_t *fields,
                   const char *assignment) WARN_UNUSED;
/* Replaces paths in file fields by blob names and keeps the content in the draft; relative paths
 * are looked up in `folder`. */
enum err draft_take_files(struct cli *cli, struct draft *draft, const struct field *fields,
                          json_t *value, const char *folder) WARN_UNUSED;
/* Adds {"rule":…,"reason":…}, from "RULE=reason". */
enum err draft_add_reason(struct cli *cli, struct draft *draft, const char *assignment) WARN_UNUSED;
/* Submits it and prints the answer. ERR_REFUSED if refused. */
enum err draft_submit(struct cli *cli, struct draft *draft, struct answer *ret_answer) WARN_UNUSED;
