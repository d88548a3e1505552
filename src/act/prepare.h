/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The edge of the gate: what people hand in becomes what an entry may hold, before act_submit. No
 * plain identity or telephone number may reach the database, so
 *
 *   register.import, roll.import: `original` (the file given, as a blob of the submission) is read,
 *     cleaned, judged and sealed; `rows` is made from it, whatever was given there; what is stored
 * is the sealed original and the normalised table (exchange/roll_table.h). roll.amend of id_number
 * or contact: `old` and `new` are sealed (act/roll_seal.h).
 *
 * Fields of the type FIELD_SEALED are sealed (act/seal.h). Everything else passes as it is.
 */
#pragma once

#include "act/gate.h"
#include "exchange/roll_layout.h"
#include "exchange/roll_table.h"

/* Changes submission->fields and ->blobs in place. ERR_INVALID for a file that cannot be read. Must
 * not run inside a transaction; writes nothing. */
enum err
submission_prepare(struct ctx *ctx, struct gate *gate, struct submission *submission) WARN_UNUSED;

/* The same for one file of a register or roll: the blobs to add and the counts. `kind` is a kind of
 * register.import or "roll". */
struct prepared_roll {
    const char *original; /* sealed; "sm3:…" names follow */
    const char *rows;
    const char *original_name;
    const char *rows_name;
    size_t taken;
    size_t refused;
    const char **ignored; /* columns that mean nothing to us */
    size_t ignored_count;
};
struct roll_file {
    const char *name; /* for messages */
    const char *bytes;
    size_t length;
    const char *sheet; /* of a workbook; NULL: the one that looks like a register */
    const struct roll_mapping *mapping; /* columns told by hand, or NULL */
};
enum err register_prepare(struct ctx *ctx, struct gate *gate, const char *unit, const char *kind,
                          struct roll_file file, struct prepared_roll *ret_prepared) WARN_UNUSED;

/* Its parts. The first two ask no database and may run in a thread of its own (with a ctx of its
 * own); the last judges the rows of a roll. register_write may be left out: it writes the rows of
 * what needs no judging. */
struct read_roll {
    struct roll_table table;
    const char *original;
    const char *original_name;
    const char *rows; /* NULL until they are written */
    const char *rows_name;
};
enum err register_read(struct ctx *ctx, const struct keyfile *key, const char *kind,
                       struct roll_file file, struct read_roll *ret_read) WARN_UNUSED;
void register_write(struct ctx *ctx, struct read_roll *read);
enum err register_finish(struct ctx *ctx, struct gate *gate, const char *unit,
                         struct read_roll *read, struct prepared_roll *ret_prepared) WARN_UNUSED;
