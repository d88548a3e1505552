/* SPDX-License-Identifier: Apache-2.0 */
/* 开箱、认定是否有效 (acts.md 6.9): box.recover, count.open. */
#include <inttypes.h>
#include <string.h>

#include "act/ballot_forms.h"
#include "act/count.h"
#include "store/box_store.h"

enum { BUNDLE_SIZE_MAX = 1000 };

/* --- box.recover --- */

static const struct field RECOVER_FORMS[] = {
    FIELD_FORM,
    FIELD(FIELD_INT, "recovered", FIELD_REQUIRED, "收回选票数", "ballots recovered"),
    FIELD(FIELD_INT, "not_official", FIELD_REQUIRED, "其中非本次选票",
          "papers that are no ballots"),
    FIELDS_END,
};

static const struct field BOX_RECOVER_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_INT, "box", FIELD_REQUIRED, "票箱号", "box"),
    FIELD(FIELD_INT, "recovered", FIELD_REQUIRED, "收回选票数", "ballots recovered"),
    FIELD(FIELD_INT, "not_official", FIELD_REQUIRED, "其中非本次选票",
          "papers that are no ballots"),
    FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "开箱时间", "at"),
    FIELD(FIELD_PERSONS, "opened_by", FIELD_REQUIRED, "开箱人", "opened by"),
    FIELD_FORMS(RECOVER_FORMS),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* `form` 0: the one ballot of the round. */
static void
figures_check(struct call *call, const json_t *figures, int64_t form, int64_t issued)
{
    const int64_t recovered = row_int(figures, "recovered");
    const int64_t foreign = row_int(figures, "not_official");
    const char *which =
        form ? text_format(call->ctx, "%" PRId64 " 号选票", "form %" PRId64 ": ", form) : "";
    if (foreign > recovered)
        call_block(call, RULE_DBL_02, "%s非本次选票 %" PRId64 " 张多于收回 %" PRId64 " 张",
                   "%s%" PRId64 " foreign papers, more than the %" PRId64 " recovered", which,
                   foreign, recovered);
    if (recovered > issued)
        call_warn(call, RULE_CNT_07,
                  "%" PRId64 " 号票箱%s收回 %" PRId64 " 张，多于发出 %" PRId64 " 张",
                  "box %" PRId64 ": %s%" PRId64 " recovered, more than the %" PRId64 " issued",
                  call_int(call, "box"), which, recovered, issued);
}

static enum err
box_figures_check(struct call *call, const struct round *round, const struct box *box)
{
    struct ballot_forms forms;
    struct box_form *at_boxes;
    size_t count;
    bool whole;
    TRY(ballot_forms_load(call, round, &forms));
    TRY(ballot_forms_check(call, &forms, "recovered not_official", &whole));
    if (!ballot_forms_are_separate(&forms)) {
        figures_check(call, call->fields, 0, box->issued);
        return ERR_OK;
    }
    TRY(box_form_store_list(call->ctx, call->db, call->unit, round->round, &at_boxes, &count));
    for (size_t i = 0; i < count; i++) {
        if (at_boxes[i].box == box->box)
            figures_check(call, ballot_forms_row(call, at_boxes[i].form), at_boxes[i].form,
                          at_boxes[i].issued);
    }
    return ERR_OK;
}

/* 规程: 投票结束后，所有票箱集中，当众开箱. */
static enum err
box_recover_check(struct call *call)
{
    struct tally_form form;
    struct box box;
    int64_t on_the_way;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_CLOSED, "poll.close");
    round_not_past(call, &form.round, ROUND_GATHERED);
    TRY(duty_need(call, &form.round, "monitor"));
    const enum err err = box_store_find(call->ctx, call->db, call->unit, form.round.round,
                                        call_int(call, "box"), &box);
    if (err == ERR_NOT_FOUND)
        return FAIL_FIELD(call->ctx, "box", "没有 %" PRId64 " 号票箱", "there is no box %" PRId64,
                          call_int(call, "box"));
    TRY(err);
    TRY(box_store_count_before(call->ctx, call->db, call->unit, form.round.round, BOX_GATHERED,
                               &on_the_way));
    if (on_the_way)
        finding_todo(
            call,
            call_block(call, RULE_POL_03, "还有 %" PRId64 " 个票箱没有集中到会场，不能开箱",
                       "%" PRId64 " boxes are not at the venue yet: none is opened", on_the_way),
            "先办理 box.gather", "do box.gather first");
    if (box_state_find(box.state) == BOX_OPENED)
        call_block(call, RULE_SEQ_07, "%" PRId64 " 号票箱已经开过；录错的用 corrects_seq 更正",
                   "box %" PRId64 " is opened already; mend it with corrects_seq", box.box);
    return box_figures_check(call, &form.round, &box);
}

static enum err
box_recover_apply(struct call *call)
{
    struct box_totals totals;
    const int64_t round = call_int(call, "round");
    TRY(box_store_recover(call->ctx, call->db, call->unit, round, call_int(call, "box"),
                          call_int(call, "recovered"), call_int(call, "not_official")));
    for (size_t i = 0; i < call_count(call, "forms"); i++) {
        const json_t *row = call_row(call, "forms", i);
        const struct box_form form = {.unit = call->unit,
                                      .round = round,
                                      .box = call_int(call, "box"),
                                      .form = row_int(row, "form"),
                                      .recovered = row_int(row, "recovered"),
                                      .not_official = row_int(row, "not_official")};
        TRY(box_form_store_recover(call->ctx, call->db, &form));
    }
    TRY(box_store_totals(call->ctx, call->db, call->unit, round, &totals));
    return round_store_set_recovered(call->ctx, call->db, call->unit, round, totals.recovered,
                                     totals.not_official);
}

ACT_CODE(box_recover, BOX_RECOVER_FIELDS, box_recover_check, box_recover_apply, NULL);

/* --- count.open --- */

static const struct field COUNT_OPEN_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_INT, "bundle_size", FIELD_REQUIRED, "每捆张数", "ballots per bundle"),
    FIELD_CHOICES("mixed", FIELD_REQUIRED, "各箱选票已混合", "papers of all boxes mixed", "y"),
    FIELD_CHOICES("public", FIELD_REQUIRED, "公开计票", "counted in public", "y n"),
    FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "开始时间", "at"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* Which rules make the vote with these ballots void: data, because the fact must be recorded all
 * the same. */
static enum err
validity(struct call *call, const struct round *round, struct poll_papers papers,
         struct findings *ret_invalid)
{
    const struct poll_facts facts = {
        .registered = round->registered,
        .issued = papers.issued,
        .recovered = papers.recovered,
        .round = 1,
        .combined = true,
    };
    struct poll_result result;
    struct findings invalid = {0};
    TRY(poll_decide(call->ctx, call->pack, &facts, &result));
    for (size_t i = 0; i < result.invalid.count; i++) {
        const struct finding *from = &result.invalid.list[i];
        /* Half of the registered is asked of a vote, not of nomination papers. */
        if (from->rule == RULE_CNT_02 && strcmp(round->kind, "nomination") == 0)
            continue;
        if (from->rule == RULE_CNT_02 && strcmp(round->body, "village") != 0)
            continue;
        finding_add(call->ctx, &invalid, from->rule, SEVERITY_WARN, from->text);
    }
    if (call_is(call, "public", "n"))
        finding_add(call->ctx, &invalid, RULE_OUT_12, SEVERITY_WARN,
                    text_format(call->ctx, "没有公开计票", "not counted in public"));
    *ret_invalid = invalid;
    return ERR_OK;
}

/* OUT-01: with a ballot for each post, each kind of ballots is valid or not by itself. */
static enum err
validity_tell(struct call *call, const struct tally_form *form)
{
    struct findings invalid;
    const struct round *round = &form->round;
    const struct poll_papers all = {round->issued, round->recovered, 0};
    if (!form->form_count) {
        TRY(validity(call, round, all, &invalid));
        call_take(call, &invalid, SEVERITY_WARN);
    }
    for (size_t i = 0; i < form->form_count; i++) {
        const struct round_form *of = &form->forms[i];
        const char *words;
        TRY(validity(call, round, (struct poll_papers){of->issued, of->recovered, 0}, &invalid));
        TRY(ballot_form_words(call, round, of->form, &words));
        for (size_t k = 0; k < invalid.count; k++)
            call_warn(call, invalid.list[k].rule,
                      "%s选票：%s（发出 %" PRId64 "，收回 %" PRId64 "）",
                      "ballots for %s: %s (%" PRId64 " issued, %" PRId64 " recovered)", words,
                      invalid.list[k].text, of->issued, of->recovered);
    }
    return ERR_OK;
}

static enum err
count_open_check(struct call *call)
{
    struct tally_form form;
    int64_t closed;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_CLOSED, "poll.close");
    round_not_past(call, &form.round, ROUND_GATHERED);
    TRY(box_store_count_before(call->ctx, call->db, call->unit, form.round.round, BOX_OPENED,
                               &closed));
    if (closed)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "还有 %" PRId64 " 个票箱没有开箱清点",
                                "%" PRId64 " boxes are not opened yet", closed),
                     "先办理 box.recover", "do box.recover first");
    if (call_int(call, "bundle_size") < 1 || call_int(call, "bundle_size") > BUNDLE_SIZE_MAX)
        return FAIL_FIELD(call->ctx, "bundle_size", "每捆 1 … %d 张", "a bundle has 1 … %d ballots",
                          BUNDLE_SIZE_MAX);
    if (call_has_block(call))
        return ERR_OK;
    return validity_tell(call, &form);
}

/* Bundles of `recovered` ballots of one form (0: of the one ballot), numbered on from *number. */
static enum err
bundles_add(struct call *call, int64_t form, int64_t recovered, int64_t *number)
{
    const int64_t size = call_int(call, "bundle_size");
    for (int64_t left = recovered; left > 0; left -= size) {
        const struct bundle bundle = {.unit = call->unit,
                                      .round = call_int(call, "round"),
                                      .bundle = ++*number,
                                      .size = left < size ? left : size,
                                      .state = "open",
                                      .attempt = 1,
                                      .form = form};
        TRY(bundle_store_add(call->ctx, call->db, &bundle));
    }
    return ERR_OK;
}

static const char *
ground_of(struct call *call, const struct findings *invalid)
{
    size_t count;
    const char *ground = "";
    const char **rules = findings_rules(call->ctx, invalid, &count);
    for (size_t i = 0; i < count; i++)
        ground = mem_printf(call->ctx->mem, "%s%s%s", ground, i ? " " : "", rules[i]);
    return ground;
}

/* Each form's own bundles, in the order of the forms; a void one has none. *ret_ground: "" if one
 * of them at least is counted. */
static enum err
forms_open(struct call *call, const struct tally_form *form, const char **ret_ground)
{
    struct findings all = {0};
    int64_t number = 0;
    bool counted = false;
    for (size_t i = 0; i < form->form_count; i++) {
        struct round_form of = form->forms[i];
        struct findings invalid;
        TRY(validity(call, &form->round, (struct poll_papers){of.issued, of.recovered, 0},
                     &invalid));
        for (size_t k = 0; k < invalid.count; k++)
            finding_add(call->ctx, &all, invalid.list[k].rule, SEVERITY_WARN, "");
        of.void_ground = ground_of(call, &invalid);
        TRY(round_form_store_set(call->ctx, call->db, &of));
        if (invalid.count)
            continue;
        counted = true;
        TRY(bundles_add(call, of.form, of.recovered, &number));
    }
    *ret_ground = counted ? "" : ground_of(call, &all);
    return ERR_OK;
}

static enum err
count_open_apply(struct call *call)
{
    struct tally_form form;
    struct findings invalid;
    const char *ground;
    int64_t number = 0;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    const struct round *round = &form.round;
    if (form.form_count) {
        TRY(forms_open(call, &form, &ground));
    } else {
        const struct poll_papers papers = {round->issued, round->recovered, 0};
        TRY(validity(call, round, papers, &invalid));
        ground = ground_of(call, &invalid);
        if (!ground[0])
            TRY(bundles_add(call, 0, round->recovered, &number));
    }
    if (ground[0])
        return round_store_set_void(call->ctx, call->db, call->unit, round->round, ground);
    return round_store_set_state(call->ctx, call->db, call->unit, round->round, ROUND_COUNTING);
}

ACT_CODE(count_open, COUNT_OPEN_FIELDS, count_open_check, count_open_apply, NULL);
