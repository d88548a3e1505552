/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the form of an act and what the gate takes: texts typed by people become the typed fields
 * of a submission, and back. Rows of tables are named places.0.place, places.1.place …; rows left
 * blank do not count.
 */
#pragma once

#include "act/gate.h"
#include "web/pages/act.h"
#include "web/request.h"

struct act_form {
    struct request *request;
    const struct act *act;
    struct pairs values; /* as typed, or proposed */
    struct field_error *errors;
    size_t error_count;
    struct blob_to_add *blobs; /* files that came with it */
    size_t blob_count;
};

enum { FORM_ROWS_MAX = 200 };

/* What a new form proposes: values of the query, the last round, the villagers' committee. */
enum err act_form_propose(struct act_form *form) WARN_UNUSED;
/* The fields as the gate takes them; what cannot be read is in form->errors. */
json_t *act_form_fields(struct act_form *form);
/* reason.RULE of the form as waivers; NULL if there is none. */
json_t *act_form_waivers(struct act_form *form);
/* Rows of a table that were sent, blank ones too; and whether one is blank. */
size_t act_form_rows(const struct act_form *form, const struct field *table);
bool act_form_row_is_blank(const struct act_form *form, const struct field *table, size_t row);
/* The form as it is shown, with values and errors; `more` names a table that gets new rows, or
 * NULL.
 */
enum err act_form_view(struct act_form *form, const char *more, struct field_view **ret_fields,
                       size_t *ret_count) WARN_UNUSED;
/* True if the act takes files. */
bool act_takes_files(const struct field *fields);
void act_form_error(struct act_form *form, const char *field, const char *text);
