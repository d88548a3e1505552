/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ballots of a round by form. With one form in use an act's own figures are those of its ballots,
 * and nothing here is asked. With a ballot for each post 分职选票 (BAL-03) each is issued,
 * recovered, found valid and counted by itself (OUT-01): the acts carry a table `forms` with a row
 * for each form in use, and their own figures are the sums 合计, as on the paper register.
 */
#pragma once

#include "act/act.h"
#include "store/form_store.h"
#include "store/round_store.h"

/* The forms in use (printed, not retired), by number. */
struct ballot_forms {
    struct form *list;
    size_t count;
};

/* The table of an act that reports by form; `rows` has the column `form` and the act's figures. */
#define FIELD_FORMS(rows)                                                                          \
    FIELD_ROWS("forms", 0, "按选票样式（分职选票）", "by form (a ballot for each post)", rows)
#define FIELD_FORM FIELD(FIELD_INT, "form", FIELD_REQUIRED, "样式号", "form")

enum err ballot_forms_load(const struct call *call, const struct round *round,
                           struct ballot_forms *ret_forms) WARN_UNUSED;
/* True if there are several: `forms` is asked. */
bool ballot_forms_are_separate(const struct ballot_forms *forms);
/* Separate: a row for each form, once, whose `columns` add up to the act's fields of those names
 * (STK-01, and *ret_whole false if not). Else no rows. ERR_INVALID for rows that cannot be. */
enum err ballot_forms_check(struct call *call, const struct ballot_forms *forms,
                            const char *columns, bool *ret_whole) WARN_UNUSED;
/* The row of that form; NULL if there is none. */
const json_t *ballot_forms_row(const struct call *call, int64_t form);
/* The titles of the posts a form carries: "主任". */
enum err ballot_form_words(const struct call *call, const struct round *round, int64_t form,
                           const char **ret_words) WARN_UNUSED;
