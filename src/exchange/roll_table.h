/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A register or roll, read and cleaned: what the columns mean, which rows can be taken and which
 * not, each refusal with its row, column, reason and cure. Knows nothing of the file it came from.
 *
 * Its normalised form (docs/formats.md) is the blob that register.import and roll.import name:
 * cleaned, with identity and telephone numbers sealed, so that applying it needs no reader and the
 * database holds no plain number.
 */
#pragma once

#include "base/crypto.h"
#include "exchange/sheet.h"

/* What a table is: the kinds of register.import, and the roll of roll.import. */
enum roll_kind {
    ROLL_KIND_HOUSEHOLD,
    ROLL_KIND_PARTY_MEMBERS,
    ROLL_KIND_DEPRIVED,
    ROLL_KIND_AWAY,
    ROLL_KIND_LAST_ROLL,
    ROLL_KIND_ROLL,
    ROLL_KIND_COUNT
};

enum roll_column {
#define X(symbol, key, cell, title, headings) ROLL_COL_##symbol,
#include "exchange/roll_columns.def"
#undef X
    ROLL_COLUMN_COUNT
};

enum roll_fault {
#define X(symbol, word, rule, zh, en, cure_zh, cure_en) ROLL_FAULT_##symbol,
#include "exchange/roll_faults.def"
#undef X
    ROLL_FAULT_COUNT
};

struct roll_fault_row {
    const char *word;
    const char *rule; /* id, or "" */
    struct text wrong;
    struct text cure;
};

/* row: 1 for the first row below the header. line: as the spreadsheet program numbers it. Cells are
 * never NULL: "" where nothing stands. Dates are YYYY-MM-DD, sex m or f, party full, probationary
 * or none, wish y or n, head 1, 2 or 3. */
struct roll_row {
    int64_t row;
    int64_t line;
    const char *cells[ROLL_COLUMN_COUNT];
    bool refused; /* to be dropped by roll_table_drop */
};

struct roll_refusal {
    int64_t row;
    int64_t line;
    const char *name;
    enum roll_column column;
    enum roll_fault fault;
    const char *detail; /* the row it repeats, the village's code … or ""; never a number of ID */
};

struct roll_table {
    enum roll_kind kind;
    struct roll_row *rows;
    size_t count;
    struct roll_refusal *refusals;
    size_t refusal_count;
    size_t refusal_capacity;
    const char **ignored; /* headings that mean nothing to us */
    size_t ignored_count;
};

bool roll_kind_find(const char *word, enum roll_kind *ret_kind);
const char *roll_kind_word(enum roll_kind kind);
struct text roll_kind_title(enum roll_kind kind);
const char *roll_column_title(enum roll_column column);
const struct roll_fault_row *roll_fault_row(enum roll_fault fault);

/* A heading without its remarks: "* 身份证号（18位）：" → "身份证号". */
const char *roll_heading_clean(struct ctx *ctx, const char *raw);
/* ROLL_COLUMN_COUNT if the clean heading means nothing to us. */
enum roll_column roll_heading_find(const char *heading);

/* Where each column stands in a sheet; -1: nowhere. */
struct roll_head {
    int places[ROLL_COLUMN_COUNT];
    size_t widest; /* one more than the last place in use */
};

/* Cleans and tests one row; what is wrong is added to table->refusals. */
void roll_row_read(struct ctx *ctx, const struct roll_head *head, const struct sheet_row *from,
                   struct roll_table *table, struct roll_row *row);
/* A column that a table of this kind cannot do without and that is not there; ROLL_COLUMN_COUNT:
 * none (ID_NUMBER also stands for number or birthday). */
enum roll_column roll_kind_lacks(enum roll_kind kind, const struct roll_head *head);
/* When all rows are in: refuses numbers that come twice, drops what is refused, sorts. */
void roll_table_finish(struct ctx *ctx, struct roll_table *table);
/* Refuses a row: it goes with the next roll_table_drop. */
void roll_table_refuse(struct ctx *ctx, struct roll_table *table, struct roll_row *row,
                       enum roll_column column, enum roll_fault fault, const char *detail);
void roll_table_drop(struct roll_table *table);
/* Fills the sealed columns from the plain ones, which are emptied. */
void roll_table_seal(struct ctx *ctx, const struct field_keys *keys, struct roll_table *table);

/* The normalised form, and back. A plain number left in the table is a bug. */
const char *roll_table_write(struct ctx *ctx, const struct roll_table *table);
/* ERR_INVALID if the bytes are no such table. */
enum err roll_table_parse(struct ctx *ctx, const char *bytes, size_t length,
                          struct roll_table *ret_table) WARN_UNUSED;

/* The file as it was given, sealed as a whole, because it holds plain numbers. */
const char *roll_original_seal(struct ctx *ctx, const struct field_keys *keys, const char *bytes,
                               size_t length);
