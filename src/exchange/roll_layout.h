/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a spreadsheet of a village means: which sheet is the register, where its header stands, what
 * each column is, and what kind of list it is. Found by headings, then by content (a column of
 * 18-digit numbers is the identity number whatever its name), or told by a mapping. The result is
 * shown to the person before anything is taken.
 */
#pragma once

#include "base/json.h"
#include "exchange/book.h"
#include "exchange/roll_table.h"

/* A column told by hand: its heading or its letter ("D"), and what it is. */
struct roll_mapping_row {
    const char *heading;
    enum roll_column column; /* ROLL_COLUMN_COUNT: to be passed over */
};

/* Kept per village by whoever asked the person; {} is none. */
struct roll_mapping {
    struct roll_mapping_row *rows;
    size_t count;
};

/* Adds "列=key": key of roll_columns.def, its title, or "-" to pass the column over. ERR_INVALID.
 */
enum err
roll_mapping_add(struct ctx *ctx, struct roll_mapping *mapping, const char *text) WARN_UNUSED;
/* The form to be kept: {"columns":{"证号":"id_number","备注":"-"}}; and back, ERR_INVALID. */
json_t *roll_mapping_json(const struct roll_mapping *mapping);
enum err roll_mapping_read(struct ctx *ctx, const json_t *value,
                           struct roll_mapping *ret_mapping) WARN_UNUSED;

struct roll_wish {
    const char *sheet;                  /* its name; NULL: the one that looks like a register */
    enum roll_kind kind;                /* ROLL_KIND_COUNT: to be guessed */
    const struct roll_mapping *mapping; /* or NULL */
    bool any;                           /* a sheet without a header will do, see layout.named */
};

enum roll_clue { ROLL_CLUE_HEADING, ROLL_CLUE_CONTENT, ROLL_CLUE_MAPPING };

/* A column that is understood. */
struct roll_place {
    size_t place;        /* 0 is column A */
    const char *heading; /* as it stands in the sheet */
    enum roll_column column;
    enum roll_clue clue;
};

struct roll_layout {
    bool named; /* false: no header was found; only the sheet's number and name are told */
    enum roll_kind kind;
    bool kind_guessed;
    size_t sheet;
    const char *sheet_name;
    bool sheet_hidden;
    const char *title;  /* words above the header, "" if there are none */
    int64_t first_line; /* of the header, as a spreadsheet program numbers rows; 0: it has none,
                           the columns were told by letters */
    int64_t last_line;
    size_t header_cells;
    struct roll_head head; /* header: 0 */
    struct roll_place *known;
    size_t known_count;
    const char **ignored; /* headings that mean nothing to us */
    size_t ignored_count;
};

/* Looks into every sheet's first rows; hidden ones only if they are named or there is no other.
 * ERR_INVALID: no such sheet, no header, a column twice. */
enum err roll_layout_find(struct ctx *ctx, const char *name, struct book *book,
                          const struct roll_wish *wish, struct roll_layout *ret_layout) WARN_UNUSED;
/* ERR_INVALID if a column is missing that this kind of table cannot do without. */
enum err
roll_layout_check(struct ctx *ctx, const char *name, const struct roll_layout *layout) WARN_UNUSED;
/* The key of a column ("id_number") and back. */
const char *roll_column_key(enum roll_column column);
bool roll_column_find(const char *key, enum roll_column *ret_column);
