/* SPDX-License-Identifier: Apache-2.0 */
/* The form of an act, made from its field list; and the list of all acts. */
#pragma once

#include "base/ctx.h"

struct option_view {
    const char *word;
    struct text title;
    bool is_chosen;
};

/* One thing to fill in. Exactly one of the is_… says how. */
struct input_view {
    const char *name; /* of the form's field: "places.0.place" */
    const char *label;
    const char *value;
    const char *hint;  /* "" */
    const char *error; /* "" */
    const char *kind;  /* type of <input>: text, date, time */
    bool is_plain;
    bool is_choice;
    bool is_long; /* several lines */
    bool is_file;
    bool is_required;
    struct option_view *options; /* choices; for is_plain: proposals */
    size_t options_count;
};

struct input_row {
    int64_t number;
    struct input_view *cells;
    size_t cells_count;
};

/* A field: one input, or a table of rows. */
struct field_view {
    struct input_view input; /* unless is_table */
    bool is_table;
    const char *name;
    const char *label;
    const char *error;
    bool is_required;
    struct input_row *rows;
    size_t rows_count;
};

struct finding_view {
    const char *rule;
    const char *article;
    const char *severity; /* word: block, approve, explain, warn */
    struct text severity_title;
    const char *text;
    const char *todo;
    bool asks_reason;
    const char *reason; /* as typed */
    bool asks_approval;
    const char *approval_path;
};

struct act_view {
    const char *unit;
    const char *unit_name;
    const char *id;
    struct text title;
    const char *roles;
    bool may;
    bool takes_files;
    bool is_tried;       /* "check only": nothing was written */
    bool would_pass;     /* … and the answer was yes */
    const char *message; /* what is wrong as a whole; "" */
    struct finding_view *findings;
    size_t findings_count;
    bool is_final; /* cannot be taken back: the village's name must be typed */
    const char *final_error;
    struct field_view *fields;
    size_t fields_count;
};

struct acts_row {
    const char *id;
    struct text title;
    const char *roles;
    bool may;
};

struct acts_stage {
    const char *title;
    struct acts_row *acts;
    size_t acts_count;
};

struct acts_view {
    const char *unit;
    const char *name;
    struct acts_stage *stages;
    size_t stages_count;
};
