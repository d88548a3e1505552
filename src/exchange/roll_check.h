/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rolls checked without a database: row by row by the rules of the import, then against each other
 * (twice), against the household register (missing), the list of the deprived, of people away and
 * the roll of the last term. Made for a province's files: both cores, 32 bytes a person.
 */
#pragma once

#include "base/file.h"
#include "domain/pack.h"
#include "exchange/roll_table.h"

struct roll_check_file {
    const char *path;
    enum roll_kind kind; /* ROLL, HOUSEHOLD, DEPRIVED, AWAY or LAST_ROLL */
};

struct roll_check_plan {
    const struct roll_check_file *files;
    size_t count;
    struct date polling_day;
    struct date last_day;    /* polling day of the last term, or DATE_NONE */
    const struct pack *pack; /* of the polling day */
    int threads;             /* 1 … 16 */
    bool plain;              /* every file by the general reader, none by the fast one: for tests */
};

/* Why somebody is new or gone since the last term (四增四减 and the others). */
enum roll_change {
#define X(symbol, word, zh, en) ROLL_CHANGE_##symbol,
#include "exchange/roll_changes.def"
#undef X
    ROLL_CHANGE_COUNT
};

struct roll_check_counts {
    int64_t people;    /* rows of rolls */
    int64_t women;     /* of those with a number */
    int64_t adults;    /* of the registers */
    int64_t explained; /* adults not on the roll with a reason from the lists */
    int64_t villages;
    int64_t faults[ROLL_FAULT_COUNT];
    int64_t changes[ROLL_CHANGE_COUNT];
    bool has_register, has_last;
    bool villages_apart; /* no village of the registers is one of the rolls: villages say nothing */
};

/* One finding in words. cell: "E12", or "" where it is about the person. */
struct roll_check_finding {
    const char *file;
    const char *sheet; /* of a text file: "" */
    enum roll_kind kind;
    size_t source; /* place of the file in the plan */
    int64_t line;
    const char *cell;
    const char *village;
    const char *name;
    const char *id; /* masked */
    enum roll_column column;
    enum roll_fault fault;
    bool blocks;
    const char *detail; /* the other row or village, or "" */
};

struct roll_check;

/* ERR_INVALID, ERR_LIMIT, ERR_NOT_FOUND, ERR_IO of a file. Belongs to ctx->mem. */
enum err roll_check_run(struct ctx *ctx, const struct roll_check_plan *plan,
                        struct roll_check **ret_check) WARN_UNUSED;
const struct roll_check_counts *roll_check_counts(const struct roll_check *check);
/* In the order of files and rows. */
size_t roll_check_count(const struct roll_check *check);
void roll_check_finding(struct ctx *ctx, const struct roll_check *check, size_t index,
                        struct roll_check_finding *ret_finding);
/* Everybody new or gone since the last term, in the order of files and rows: of the finding the
 * place and the person hold, not the fault. */
size_t roll_check_change_count(const struct roll_check *check);
void roll_check_change(struct ctx *ctx, const struct roll_check *check, size_t index,
                       struct roll_check_finding *ret_finding, enum roll_change *ret_change);
bool roll_check_blocks(const struct roll_check *check);
bool roll_fault_blocks(enum roll_fault fault);
/* "turned_18" …, and the words for people. */
const char *roll_change_word(enum roll_change change);
struct text roll_change_title(enum roll_change change);
/* What is wrong in one sentence with its detail, and what to do. */
const char *roll_check_words(struct ctx *ctx, const struct roll_check_finding *finding);

/* One line per finding, UTF-8 with a byte order mark, for the spreadsheet program. */
enum err
roll_check_csv(struct ctx *ctx, const struct roll_check *check, const char *path) WARN_UNUSED;
/* The clerk's own sheets, all rows and columns as they were, with a column 问题 and coloured cells;
 * the registers' rows with findings and the numbers on sheets of their own. */
enum err
roll_check_xlsx(struct ctx *ctx, const struct roll_check *check, const char *path) WARN_UNUSED;
