/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ballots issued, spoiled and left (POL-04, STK-01), as boxes report them and the poll closes: for
 * the one ballot of the round, or for each form by itself (act/ballot_forms.h).
 */
#pragma once

#include "act/ballot_forms.h"
#include "store/box_store.h"

/* The figures of a report, of the box or of one form at it. */
#define FIELDS_FIGURES                                                                             \
    FIELD(FIELD_INT, "issued", FIELD_REQUIRED, "累计发出", "issued so far"),                       \
        FIELD(FIELD_INT, "issued_proxy", FIELD_REQUIRED, "其中委托票",                             \
              "of these, for principals"),                                                         \
        FIELD(FIELD_INT, "scribed", FIELD_REQUIRED, "其中代写", "of these, by a scribe"),          \
        FIELD(FIELD_INT, "spoiled", FIELD_REQUIRED, "写废交回", "spoiled and handed back")
#define FIELDS_REPORT                                                                              \
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),                                    \
        FIELD(FIELD_INT, "box", FIELD_REQUIRED, "票箱号", "box"),                                  \
        FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "时间", "at"), FIELDS_FIGURES

/* ballot.issue, box.close (`closing`: with `unused`). */
enum err box_report_check(struct call *call, const struct round *round, const struct box *box,
                          bool closing) WARN_UNUSED;
enum err box_report_apply(struct call *call, const struct round *round) WARN_UNUSED;
/* box.close: what was left over. */
enum err box_unused_apply(struct call *call, const struct round *round) WARN_UNUSED;
/* poll.close: what is left, against boxes and stock; in apply, the forms of the round. */
enum err poll_rest_check(struct call *call, const struct round *round) WARN_UNUSED;
enum err poll_rest_apply(struct call *call, const struct round *round) WARN_UNUSED;
