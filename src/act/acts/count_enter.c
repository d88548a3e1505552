/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 甲、乙两手盲录 (acts.md 6.9): bundle.enter. Each hand enters a bundle without seeing the other's
 * figures; an answer names at most the ballots and fields that differ, never a value.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "act/count.h"
#include "act/cure.h"

static const struct field BALLOT_ROWS[] = {
    FIELD(FIELD_INT, "ballot", FIELD_REQUIRED, "第几张", "ballot"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post",
                  "chair vice_chair member women_member party_secretary party_deputy discipline "
                  "party_committee"),
    FIELD(FIELD_TEXT, "marks", 0, "赞成（序号、姓名或代码）", "marks (number, name or code)"),
    FIELD(FIELD_TEXT, "write_ins", 0, "另选他人", "written names"),
    FIELD(FIELD_TEXT, "against", 0, "反对（序号、姓名或代码）", "against (number, name or code)"),
    FIELD_CHOICES("defect", 0, "问题", "defect",
                  "over_vote unreadable illegible_all defaced torn not_official signed two_posts "
                  "name_unclear two_bear_the_name not_registered under_age scribe_breach other"),
    FIELDS_END,
};

static const struct field TOTAL_ROWS[] = {
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post",
                  "chair vice_chair member women_member party_secretary party_deputy discipline "
                  "party_committee"),
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "姓名", "person"),
    FIELD(FIELD_INT, "votes", FIELD_REQUIRED, "得票", "votes"),
    FIELD(FIELD_INT, "against", 0, "反对", "against"),
    FIELD(FIELD_INT, "abstain", 0, "弃权", "abstain"),
    FIELDS_END,
};

static const struct field BUNDLE_ENTER_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_INT, "bundle", FIELD_REQUIRED, "第几捆", "bundle"),
    FIELD_CHOICES("hand", FIELD_REQUIRED, "甲手、乙手", "hand", "a b"),
    FIELD(FIELD_INT, "attempt", FIELD_REQUIRED, "第几遍", "attempt"),
    FIELD(FIELD_INT, "ballots", FIELD_REQUIRED, "张数", "ballots"),
    FIELD_ROWS("rows", 0, "逐张录入", "ballot by ballot", BALLOT_ROWS),
    FIELD_ROWS("totals", 0, "按合计录入", "as totals", TOTAL_ROWS),
    FIELD(FIELD_INT, "void", 0, "废票", "void ballots"),
    FIELD(FIELD_INT, "blank", 0, "全空白", "blank ballots"),
    FIELDS_END,
};

/* One entry of a bundle and what it meets. */
struct entering {
    struct call *call;
    struct tally_form form;
    struct bundle bundle;
    struct bundle_hand *hands;
    size_t hand_count;
    bool partial; /* only what differed is entered again */
    int64_t *ballots;
    size_t ballot_count;
    struct tally_sections sections; /* entered now */
    struct tally_totals totals;
};

static const char *
other_hand(const struct call *call)
{
    return call_is(call, "hand", "a") ? "b" : "a";
}

static bool
has_entered(const struct entering *entering, const char *hand, int64_t attempt)
{
    for (size_t i = 0; i < entering->hand_count; i++) {
        if (entering->hands[i].attempt == attempt && strcmp(entering->hands[i].hand, hand) == 0)
            return true;
    }
    return false;
}

static bool
is_totals(const struct entering *entering)
{
    return call_has(entering->call, "totals");
}

/* The ballots to be entered now: all of the bundle, or only those that differed. */
static enum err
ballots_find(struct entering *entering)
{
    struct call *call = entering->call;
    struct bundle_diff *diffs;
    size_t count;
    entering->partial = entering->bundle.attempt > entering->bundle.since + 1;
    TRY(bundle_store_diffs(call->ctx, call->db, call->unit, entering->bundle.round,
                           entering->bundle.bundle, &diffs, &count));
    const size_t room = (size_t)entering->bundle.size + count;
    entering->ballots = mem_array(call->ctx->mem, int64_t, room);
    for (int64_t i = 1; !entering->partial && i <= entering->bundle.size; i++)
        entering->ballots[entering->ballot_count++] = i;
    for (size_t i = 0; entering->partial && i < count; i++) {
        const size_t last = entering->ballot_count;
        if (last == 0 || entering->ballots[last - 1] != diffs[i].ballot)
            entering->ballots[entering->ballot_count++] = diffs[i].ballot;
    }
    return ERR_OK;
}

static enum err
totals_read(struct entering *entering)
{
    struct call *call = entering->call;
    struct tally_totals *totals = &entering->totals;
    const size_t count = call_count(call, "totals");
    totals->list = mem_array(call->ctx->mem, struct bundle_total, count);
    totals->invalid = call_int(call, "void");
    totals->blank = call_int(call, "blank");
    for (size_t i = 0; i < count; i++) {
        const json_t *row = call_row(call, "totals", i);
        const struct bundle_total total = {
            .unit = call->unit,
            .round = entering->bundle.round,
            .bundle = entering->bundle.bundle,
            .hand = call_text(call, "hand"),
            .attempt = call_int(call, "attempt"),
            .post = row_text(row, "post"),
            .person = row_text(row, "person"),
            .votes = row_int(row, "votes"),
            .against = row_int(row, "against"),
            .abstain = row_int(row, "abstain"),
        };
        for (size_t k = 0; k < i; k++) {
            if (strcmp(totals->list[k].post, total.post) == 0 &&
                strcmp(totals->list[k].person, total.person) == 0)
                return FAIL_FIELD(call->ctx, mem_printf(call->ctx->mem, "totals[%zu]", i),
                                  "totals[%zu]：同一职务同一人录了两次",
                                  "totals[%zu]: the same person twice for one post", i);
        }
        if (tally_post_find(&entering->form, total.post) == SIZE_MAX)
            return FAIL_FIELD(call->ctx, mem_printf(call->ctx->mem, "totals[%zu].post", i),
                              "totals[%zu]：选票上没有职务 %s",
                              "totals[%zu]: %s is not on the ballot", i, total.post);
        totals->list[totals->count++] = total;
    }
    return ERR_OK;
}

/* Everything but who may: the same in check and apply. */
static enum err
entering_load(struct entering *entering)
{
    struct call *call = entering->call;
    const enum err err = bundle_store_find(call->ctx, call->db, call->unit, call_int(call, "round"),
                                           call_int(call, "bundle"), &entering->bundle);
    if (err == ERR_NOT_FOUND)
        return FAIL_FIELD(call->ctx, "bundle", "没有第 %" PRId64 " 捆",
                          "there is no bundle %" PRId64, call_int(call, "bundle"));
    TRY(err);
    entering->form = tally_form_part(call->ctx, &entering->form, entering->bundle.form);
    TRY(bundle_store_hands(call->ctx, call->db, call->unit, entering->bundle.round,
                           entering->bundle.bundle, &entering->hands, &entering->hand_count));
    TRY(ballots_find(entering));
    if (is_totals(entering))
        return totals_read(entering);
    return tally_rows_read(call, &entering->form, entering->ballots, entering->ballot_count,
                           &entering->sections);
}

/* Two different people, blind to each other; after a recount, others than before (SEQ-08). */
static enum err
hands_check(struct entering *entering)
{
    struct call *call = entering->call;
    for (size_t i = 0; i < entering->hand_count; i++) {
        const struct bundle_hand *hand = &entering->hands[i];
        const bool earlier = hand->attempt <= entering->bundle.since;
        bool same;
        TRY(actor_is(call, hand->actor, &same));
        if (same && (earlier || strcmp(hand->hand, call_text(call, "hand")) != 0)) {
            call_block(call, RULE_SEQ_08, "%s 已经录过第 %" PRId64 " 捆的另一手，两手须为两人",
                       "%s has entered bundle %" PRId64 " already: the hands are two people",
                       call->actor->name, entering->bundle.bundle);
            return ERR_OK;
        }
    }
    return ERR_OK;
}

static void
state_check(struct entering *entering)
{
    struct call *call = entering->call;
    const struct bundle *bundle = &entering->bundle;
    const int64_t attempt = call_int(call, "attempt");
    if (strcmp(bundle->state, "equal") == 0 || strcmp(bundle->state, "settled") == 0)
        call_block(call, RULE_SEQ_07, "第 %" PRId64 " 捆已经核对一致",
                   "bundle %" PRId64 " is closed", bundle->bundle);
    else if (attempt != bundle->attempt)
        call_block(call, RULE_SEQ_07, "第 %" PRId64 " 捆现在录第 %" PRId64 " 遍",
                   "bundle %" PRId64 " is at attempt %" PRId64, bundle->bundle, bundle->attempt);
    else if (has_entered(entering, call_text(call, "hand"), attempt))
        call_block(call, RULE_SEQ_07, "这一手的第 %" PRId64 " 遍已经录过",
                   "this hand has entered attempt %" PRId64 " already", attempt);
}

static enum err
figures_check(struct entering *entering)
{
    struct call *call = entering->call;
    struct tally_sum sum;
    const int64_t size = entering->bundle.size;
    if (call_int(call, "ballots") != size)
        call_block(call, RULE_DBL_02, "第 %" PRId64 " 捆应有 %" PRId64 " 张，录入 %" PRId64 " 张",
                   "bundle %" PRId64 " has %" PRId64 " ballots, %" PRId64 " given",
                   entering->bundle.bundle, size, call_int(call, "ballots"));
    if (is_totals(entering)) {
        if (entering->totals.invalid + entering->totals.blank > size)
            call_block(call, RULE_DBL_02, "废票和空白票多于 %" PRId64 " 张",
                       "void and blank are more than %" PRId64, size);
        return ERR_OK;
    }
    if (entering->partial)
        return ERR_OK;
    TRY(tally_read(call, &entering->form, &entering->sections, &sum));
    if (call_has(call, "void") && call_int(call, "void") != sum.invalid)
        call_block(call, RULE_DBL_02, "录入废票 %" PRId64 " 张，按各行读出 %" PRId64 " 张",
                   "%" PRId64 " void given, the rows give %" PRId64, call_int(call, "void"),
                   sum.invalid);
    if (call_has(call, "blank") && call_int(call, "blank") != sum.blank)
        call_block(call, RULE_DBL_02, "录入空白票 %" PRId64 " 张，按各行读出 %" PRId64 " 张",
                   "%" PRId64 " blank given, the rows give %" PRId64, call_int(call, "blank"),
                   sum.blank);
    return ERR_OK;
}

/* Where this hand, with what it enters now, and the other differ. */
static enum err
differences(struct entering *entering, struct bundle_diff **ret_diffs, size_t *ret_count)
{
    struct call *call = entering->call;
    struct tally_sections earlier, other;
    struct tally_totals totals;
    const struct bundle *bundle = &entering->bundle;
    if (is_totals(entering)) {
        TRY(tally_totals_load(call->ctx, call->db, bundle, other_hand(call), &totals));
        tally_compare_totals(call->ctx, &entering->totals, &totals, ret_diffs, ret_count);
        return ERR_OK;
    }
    TRY(bundle_store_sections(call->ctx, call->db,
                              &(struct bundle_reading){call->unit, bundle->round, bundle->bundle,
                                                       call_text(call, "hand")},
                              &earlier.list, &earlier.count));
    TRY(bundle_store_sections(
        call->ctx, call->db,
        &(struct bundle_reading){call->unit, bundle->round, bundle->bundle, other_hand(call)},
        &other.list, &other.count));
    const struct tally_sections mine = tally_overlay(call->ctx, &earlier, &entering->sections);
    const struct tally_sections none = {0};
    other = tally_overlay(call->ctx, &other, &none);
    tally_compare(call->ctx, &mine, &other, ret_diffs, ret_count);
    return ERR_OK;
}

static enum err
form_check(struct entering *entering)
{
    struct call *call = entering->call;
    if (call_has(call, "rows") && call_has(call, "totals"))
        return FAIL_FIELD(call->ctx, "totals", "rows 和 totals 只填一种",
                          "give rows or totals, not both");
    for (size_t i = 0; i < entering->hand_count; i++) {
        const bool mine_is_totals = strcmp(entering->hands[i].form, "totals") == 0;
        if (entering->hands[i].attempt > entering->bundle.since &&
            mine_is_totals != is_totals(entering))
            return FAIL_FIELD(call->ctx, "rows", "这一捆的录入方式须前后一致：%s",
                              "a bundle is entered in one way: %s", entering->hands[i].form);
    }
    return ERR_OK;
}

static enum err
differences_tell(struct entering *entering)
{
    struct call *call = entering->call;
    struct bundle_diff *diffs;
    size_t count;
    if (!has_entered(entering, other_hand(call), entering->bundle.attempt))
        return ERR_OK;
    TRY(differences(entering, &diffs, &count));
    for (size_t i = 0; i < count; i++) {
        if (diffs[i].ballot)
            call_warn(call, RULE_DBL_01, "两手不一致：第 %" PRId64 " 张 %s，请两手各自重录这一张",
                      "the hands differ: ballot %" PRId64 " %s; each enters this ballot again",
                      diffs[i].ballot, diffs[i].field);
        else
            call_warn(call, RULE_DBL_01, "两手不一致：合计 %s，请两手各自重录",
                      "the hands differ: total %s; each enters it again", diffs[i].field);
    }
    return ERR_OK;
}

static enum err
bundle_enter_check(struct call *call)
{
    struct entering entering = {.call = call};
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &entering.form));
    round_need(call, &entering.form.round, ROUND_COUNTING, "count.open");
    round_not_past(call, &entering.form.round, ROUND_COUNTING);
    if (call_has_block(call))
        return ERR_OK;
    if (call->actor->role != ROLE_ST)
        return FORBID(call->ctx, ROLE_ST, "只有计票人可以录入", "only tellers enter bundles");
    TRY(duty_need(call, &entering.form.round, "tally"));
    TRY(entering_load(&entering));
    TRY(hands_check(&entering));
    state_check(&entering);
    if (call_has_block(call))
        return ERR_OK;
    TRY(form_check(&entering));
    TRY(figures_check(&entering));
    return call_has_block(call) ? ERR_OK : differences_tell(&entering);
}

static enum err
entry_store(struct entering *entering)
{
    struct call *call = entering->call;
    const struct bundle_hand hand = {
        .unit = call->unit,
        .round = entering->bundle.round,
        .bundle = entering->bundle.bundle,
        .hand = call_text(call, "hand"),
        .attempt = call_int(call, "attempt"),
        .seq = call->seq,
        .actor = call->actor_name,
        .form = is_totals(entering) ? "totals" : "rows",
        .invalid = call_int(call, "void"),
        .blank = call_int(call, "blank"),
    };
    TRY(bundle_store_add_hand(call->ctx, call->db, &hand));
    for (size_t i = 0; i < entering->sections.count; i++)
        TRY(bundle_store_add_section(call->ctx, call->db, &entering->sections.list[i]));
    for (size_t i = 0; i < entering->totals.count; i++)
        TRY(bundle_store_add_total(call->ctx, call->db, &entering->totals.list[i]));
    return ERR_OK;
}

static enum err
bundle_enter_apply(struct call *call)
{
    struct entering entering = {.call = call};
    struct bundle_diff *diffs = NULL;
    size_t count = 0;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &entering.form));
    TRY(entering_load(&entering));
    const bool both = has_entered(&entering, other_hand(call), entering.bundle.attempt);
    if (both)
        TRY(differences(&entering, &diffs, &count));
    TRY(entry_store(&entering));
    struct bundle bundle = entering.bundle;
    if (!both) {
        bundle.state = "one_entry";
        return bundle_store_set(call->ctx, call->db, &bundle);
    }
    TRY(bundle_store_clear_diffs(call->ctx, call->db, call->unit, bundle.round, bundle.bundle));
    for (size_t i = 0; i < count; i++) {
        diffs[i].unit = call->unit;
        diffs[i].round = bundle.round;
        diffs[i].bundle = bundle.bundle;
        TRY(bundle_store_add_diff(call->ctx, call->db, &diffs[i]));
    }
    bundle.state = count ? "differ" : "equal";
    bundle.attempt += count ? 1 : 0;
    return bundle_store_set(call->ctx, call->db, &bundle);
}

ACT_CODE(bundle_enter, BUNDLE_ENTER_FIELDS, bundle_enter_check, bundle_enter_apply, NULL);
