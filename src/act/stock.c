/* SPDX-License-Identifier: Apache-2.0 */
#include "act/stock.h"

#include <string.h>

#include "domain/polling.h"
#include "store/box_form_store.h"
#include "store/proxy_store.h"

/* What a report says of the ballots of one kind, and what was said before. */
struct reporting {
    struct call *call;
    const struct round *round;
    struct polling_box now;
    struct polling_sums sums;
};

/* --- one report --- */

static struct polling_box
figures_of(const json_t *fields, bool closing)
{
    return (struct polling_box){
        .issued = row_int(fields, "issued"),
        .issued_proxy = row_int(fields, "issued_proxy"),
        .scribed = row_int(fields, "scribed"),
        .spoiled = row_int(fields, "spoiled"),
        .unused = closing ? row_int(fields, "unused") : -1,
    };
}

/* POL-04: by the hour of the report, so that a corrected earlier one fits between its neighbours.
 */
static void
order_check(const struct reporting *reporting, const char *at, const struct polling_box *then)
{
    struct call *call = reporting->call;
    const struct polling_box *now = &reporting->now;
    if (strcmp(at, call_text(call, "at")) <= 0)
        polling_order_check(call->ctx, then, now, call->findings);
    else
        polling_order_check(call->ctx, now, then, call->findings);
}

static enum err
orders_check(const struct reporting *reporting)
{
    struct call *call = reporting->call;
    struct box_report *reports;
    size_t count;
    TRY(box_store_reports(call->ctx, call->db, call->unit, reporting->round->round, &reports,
                          &count));
    for (size_t i = 0; i < count; i++) {
        const struct polling_box then = {
            .box = reports[i].box,
            .issued = reports[i].issued,
            .issued_proxy = reports[i].issued_proxy,
            .scribed = reports[i].scribed,
            .spoiled = reports[i].spoiled,
        };
        if (then.box == reporting->now.box)
            order_check(reporting, reports[i].at, &then);
    }
    return ERR_OK;
}

static enum err
form_orders_check(const struct reporting *reporting)
{
    struct call *call = reporting->call;
    struct box_form_report *reports;
    size_t count;
    TRY(box_form_store_reports(call->ctx, call->db, call->unit, reporting->round->round, &reports,
                               &count));
    for (size_t i = 0; i < count; i++) {
        const struct polling_box then = {
            .box = reports[i].box,
            .issued = reports[i].issued,
            .issued_proxy = reports[i].issued_proxy,
            .scribed = reports[i].scribed,
            .spoiled = reports[i].spoiled,
            .form = reports[i].form,
        };
        if (then.box == reporting->now.box && then.form == reporting->now.form)
            order_check(reporting, reports[i].at, &then);
    }
    return ERR_OK;
}

/* POL-04: over all boxes of the round; `sums` has those of the other boxes. */
static enum err
sums_check(struct reporting *reporting)
{
    struct call *call = reporting->call;
    struct polling_sums *sums = &reporting->sums;
    sums->registered = reporting->round->registered;
    sums->form = reporting->now.form;
    sums->issued += reporting->now.issued;
    sums->issued_proxy += reporting->now.issued_proxy;
    TRY(proxy_store_count(call->ctx, call->db, call->unit, "posted", &sums->proxies));
    polling_sums_check(call->ctx, sums, call->findings);
    if (strcmp(reporting->round->kind, "nomination") == 0 && reporting->now.issued_proxy)
        call_block(call, RULE_PRX_05, "提名不得委托", "there are no proxies for nomination");
    return ERR_OK;
}

static enum err
whole_check(struct call *call, const struct round *round, const struct box *box, bool closing)
{
    struct reporting reporting = {.call = call, .round = round};
    struct box_totals totals;
    reporting.now = figures_of(call->fields, closing);
    reporting.now.box = box->box;
    reporting.now.allotted = box->allotted;
    polling_box_check(call->ctx, &reporting.now, call->findings);
    TRY(orders_check(&reporting));
    TRY(box_store_totals(call->ctx, call->db, call->unit, round->round, &totals));
    reporting.sums.issued = totals.issued - box->issued;
    reporting.sums.issued_proxy = totals.issued_proxy - box->issued_proxy;
    return sums_check(&reporting);
}

static enum err
form_check(struct call *call, const struct round *round, const json_t *row, bool closing)
{
    struct reporting reporting = {.call = call, .round = round};
    struct box_form *others;
    size_t count;
    reporting.now = figures_of(row, closing);
    reporting.now.box = call_int(call, "box");
    reporting.now.form = row_int(row, "form");
    const struct box_form here = {.unit = call->unit,
                                  .round = round->round,
                                  .box = reporting.now.box,
                                  .form = reporting.now.form};
    TRY(box_form_store_allotted(call->ctx, call->db, &here, &reporting.now.allotted));
    polling_box_check(call->ctx, &reporting.now, call->findings);
    TRY(form_orders_check(&reporting));
    TRY(box_form_store_list(call->ctx, call->db, call->unit, round->round, &others, &count));
    for (size_t i = 0; i < count; i++) {
        if (others[i].form != here.form || others[i].box == here.box)
            continue;
        reporting.sums.issued += others[i].issued;
        reporting.sums.issued_proxy += others[i].issued_proxy;
    }
    return sums_check(&reporting);
}

enum err
box_report_check(struct call *call, const struct round *round, const struct box *box, bool closing)
{
    struct ballot_forms forms;
    bool whole;
    TRY(ballot_forms_load(call, round, &forms));
    TRY(ballot_forms_check(call, &forms,
                           closing ? "issued issued_proxy scribed spoiled unused"
                                   : "issued issued_proxy scribed spoiled",
                           &whole));
    if (!ballot_forms_are_separate(&forms))
        return whole_check(call, round, box, closing);
    for (size_t i = 0; i < forms.count; i++)
        TRY(form_check(call, round, ballot_forms_row(call, forms.list[i].form), closing));
    return ERR_OK;
}

enum err
box_report_apply(struct call *call, const struct round *round)
{
    const struct box_report report = {
        .unit = call->unit,
        .seq = call->seq,
        .round = round->round,
        .box = call_int(call, "box"),
        .at = call_text(call, "at"),
        .issued = call_int(call, "issued"),
        .issued_proxy = call_int(call, "issued_proxy"),
        .scribed = call_int(call, "scribed"),
        .spoiled = call_int(call, "spoiled"),
    };
    for (size_t i = 0; i < call_count(call, "forms"); i++) {
        const json_t *row = call_row(call, "forms", i);
        const struct box_form_report of_form = {
            .unit = call->unit,
            .seq = call->seq,
            .form = row_int(row, "form"),
            .round = round->round,
            .box = report.box,
            .at = report.at,
            .issued = row_int(row, "issued"),
            .issued_proxy = row_int(row, "issued_proxy"),
            .scribed = row_int(row, "scribed"),
            .spoiled = row_int(row, "spoiled"),
        };
        TRY(box_form_store_report(call->ctx, call->db, &of_form));
    }
    return box_store_report(call->ctx, call->db, &report);
}

enum err
box_unused_apply(struct call *call, const struct round *round)
{
    const int64_t box = call_int(call, "box");
    for (size_t i = 0; i < call_count(call, "forms"); i++) {
        const json_t *row = call_row(call, "forms", i);
        const struct box_form form = {.unit = call->unit,
                                      .round = round->round,
                                      .box = box,
                                      .form = row_int(row, "form"),
                                      .unused = row_int(row, "unused")};
        TRY(box_form_store_set_unused(call->ctx, call->db, &form));
    }
    return box_store_set_unused(call->ctx, call->db, call->unit, round->round, box,
                                call_int(call, "unused"));
}

/* --- the end of the poll --- */

/* Good ballots of the form that no box got. */
static enum err
reserve_of(struct call *call, const struct form *form, int64_t *ret_reserve)
{
    int64_t allotted;
    TRY(form_store_allotted(call->ctx, call->db, call->unit, form->round, form->form, &allotted));
    *ret_reserve = form->printed - form->spoiled - allotted;
    return ERR_OK;
}

static enum err
form_rest_check(struct call *call, const struct form *form)
{
    const json_t *row = ballot_forms_row(call, form->form);
    struct box_form *boxes;
    size_t count;
    struct polling_rest rest = {
        .unused = row_int(row, "unused"),
        .spoiled = row_int(row, "spoiled"),
        .reserve = row_int(row, "reserve"),
        .form = form->form,
    };
    TRY(box_form_store_list(call->ctx, call->db, call->unit, form->round, &boxes, &count));
    for (size_t i = 0; i < count; i++) {
        if (boxes[i].form != form->form)
            continue;
        rest.boxes_unused += boxes[i].unused;
        rest.boxes_spoiled += boxes[i].spoiled;
    }
    TRY(reserve_of(call, form, &rest.stock_reserve));
    polling_rest_check(call->ctx, &rest, call->findings);
    return ERR_OK;
}

enum err
poll_rest_check(struct call *call, const struct round *round)
{
    struct ballot_forms forms;
    struct box_totals totals;
    bool whole;
    TRY(ballot_forms_load(call, round, &forms));
    TRY(ballot_forms_check(call, &forms, "unused spoiled reserve", &whole));
    for (size_t i = 0; ballot_forms_are_separate(&forms) && i < forms.count; i++)
        TRY(form_rest_check(call, &forms.list[i]));
    if (ballot_forms_are_separate(&forms))
        return ERR_OK;
    TRY(box_store_totals(call->ctx, call->db, call->unit, round->round, &totals));
    struct polling_rest rest = {
        .unused = call_int(call, "unused"),
        .spoiled = call_int(call, "spoiled"),
        .reserve = call_int(call, "reserve"),
        .boxes_unused = totals.unused,
        .boxes_spoiled = totals.spoiled,
    };
    if (forms.count)
        TRY(reserve_of(call, &forms.list[0], &rest.stock_reserve));
    polling_rest_check(call->ctx, &rest, call->findings);
    return ERR_OK;
}

enum err
poll_rest_apply(struct call *call, const struct round *round)
{
    for (size_t i = 0; i < call_count(call, "forms"); i++) {
        const json_t *row = call_row(call, "forms", i);
        const struct round_form form = {.unit = call->unit,
                                        .round = round->round,
                                        .form = row_int(row, "form"),
                                        .unused = row_int(row, "unused"),
                                        .spoiled = row_int(row, "spoiled"),
                                        .reserve = row_int(row, "reserve")};
        TRY(round_form_store_put(call->ctx, call->db, &form));
    }
    return ERR_OK;
}
