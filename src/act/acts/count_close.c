/* SPDX-License-Identifier: Apache-2.0 */
/* 疑难票认定、计票结束、复核 (acts.md 6.9): ballot.rule, count.close, count.reopen. */
#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "act/cure.h"
#include "act/state_words.h"
#include "act/upheld.h"
#include "domain/majority.h"
#include "store/person_store.h"
#include "store/standing_store.h"

/* --- ballot.rule --- */

static const struct field BALLOT_RULE_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_INT, "bundle", FIELD_REQUIRED, "第几捆", "bundle"),
    FIELD(FIELD_INT, "ballot", FIELD_REQUIRED, "第几张", "ballot"),
    FIELD_CHOICES("ruling", FIELD_REQUIRED, "认定", "ruling", "valid section_void entry_void void"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "理由", "reason",
                  "over_vote unreadable illegible_all defaced torn not_official signed two_posts "
                  "name_unclear two_bear_the_name not_registered under_age scribe_breach other"),
    FIELD(FIELD_INT, "favour", FIELD_REQUIRED, "同意", "in favour"),
    FIELD(FIELD_INT, "against", FIELD_REQUIRED, "不同意", "against"),
    FIELDS_END,
};

/* Referred by either hand: what both read of the bundle so far. */
static enum err
is_referred(struct call *call, const struct tally_form *form, bool *ret_is)
{
    static const char *const HANDS[] = {"a", "b"};
    *ret_is = false;
    for (size_t i = 0; i < COUNT_OF(HANDS); i++) {
        struct tally_sum sum;
        TRY(tally_sum_load(call, form, call_int(call, "bundle"), HANDS[i], &sum));
        for (size_t k = 0; k < sum.referred_count; k++)
            *ret_is = *ret_is || sum.referred[k].ballot == call_int(call, "ballot");
    }
    return ERR_OK;
}

/* 浙江 §27: 疑难票由监票人提请选举委员会，过半数决定. */
static enum err
ballot_rule_check(struct call *call)
{
    struct tally_form form;
    bool referred;
    const int64_t favour = call_int(call, "favour");
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_COUNTING, "count.open");
    round_not_past(call, &form.round, ROUND_COUNTING);
    if (call_has_block(call))
        return ERR_OK;
    TRY(is_referred(call, &form, &referred));
    if (!referred)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "第 %" PRId64 " 捆第 %" PRId64 " 张没有提请认定",
                                "bundle %" PRId64 " ballot %" PRId64 " is not referred",
                                call_int(call, "bundle"), call_int(call, "ballot")),
                     "计票人先在该张上注明问题（defect）",
                     "a teller notes the defect of the ballot first");
    if (!more_than_half(favour, favour + call_int(call, "against")))
        call_block(call, RULE_VEC_07, "同意 %" PRId64 " 票，不同意 %" PRId64 " 票，没有过半数",
                   "%" PRId64 " in favour, %" PRId64 " against: no majority", favour,
                   call_int(call, "against"));
    return ERR_OK;
}

static enum err
ballot_rule_apply(struct call *call)
{
    const struct ballot_ruling ruling = {
        .unit = call->unit,
        .round = call_int(call, "round"),
        .bundle = call_int(call, "bundle"),
        .ballot = call_int(call, "ballot"),
        .ruling = call_text(call, "ruling"),
        .reason = call_text(call, "reason"),
        .favour = call_int(call, "favour"),
        .against = call_int(call, "against"),
        .seq = call->seq,
    };
    return ruling_store_set(call->ctx, call->db, &ruling);
}

ACT_CODE(ballot_rule, BALLOT_RULE_FIELDS, ballot_rule_check, ballot_rule_apply, NULL);

/* --- count.close --- */

static const struct field COUNT_CLOSE_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_PERSONS, "signed_by", FIELD_REQUIRED, "签名人", "signed by"),
    FIELD(FIELD_FILE, "sheets", 0, "计票单扫描件", "tally sheets"),
    FIELDS_END,
};

static enum err
bundles_check(struct call *call, int64_t round, int64_t *ret_size)
{
    struct bundle *bundles;
    size_t count;
    int64_t size = 0;
    TRY(bundle_store_list(call->ctx, call->db, call->unit, round, &bundles, &count));
    for (size_t i = 0; i < count; i++) {
        size += bundles[i].size;
        if (strcmp(bundles[i].state, "equal") == 0 || strcmp(bundles[i].state, "settled") == 0)
            continue;
        finding_todo(call,
                     call_block(call, RULE_DBL_01, "第 %" PRId64 " 捆还没有核对一致（%s）",
                                "bundle %" PRId64 " is not closed (%s)", bundles[i].bundle,
                                state_words(call->ctx, STATE_BUNDLE, bundles[i].state)),
                     "办理 bundle.enter 或 bundle.settle", "do bundle.enter or bundle.settle");
    }
    *ret_size = size;
    return ERR_OK;
}

/* Ballots that are counted: those of void forms are not. */
static int64_t
papers_to_count(const struct tally_form *form)
{
    int64_t papers = form->form_count ? 0 : form->round.recovered;
    for (size_t i = 0; i < form->form_count; i++)
        papers += form->forms[i].void_ground[0] ? 0 : form->forms[i].recovered;
    return papers;
}

/* DBL-02: of all, or of each form by itself. */
static void
papers_check(struct call *call, const struct tally_form *form, const struct tally_sum *sum)
{
    const int64_t papers = papers_to_count(form);
    if (sum->valid + sum->invalid != papers)
        call_block(call, RULE_DBL_02,
                   "有效 %" PRId64 " 张 + 无效 %" PRId64 " 张 ≠ 收回 %" PRId64 " 张",
                   "%" PRId64 " valid + %" PRId64 " void ≠ %" PRId64 " recovered", sum->valid,
                   sum->invalid, papers);
    for (size_t i = 0; i < form->form_count; i++) {
        const struct round_form *of = &form->forms[i];
        const struct tally_part *part = &sum->parts[i];
        if (!of->void_ground[0] && part->valid + part->invalid != of->recovered)
            call_block(call, RULE_DBL_02,
                       "%" PRId64 " 号选票：有效 %" PRId64 " 张 + 无效 %" PRId64
                       " 张 ≠ 收回 %" PRId64 " 张",
                       "form %" PRId64 ": %" PRId64 " valid + %" PRId64 " void ≠ %" PRId64
                       " recovered",
                       of->form, part->valid, part->invalid, of->recovered);
    }
}

static void
sums_check(struct call *call, const struct tally_form *form, const struct tally_sum *sum)
{
    for (size_t i = 0; i < sum->referred_count; i++)
        finding_todo(call,
                     call_block(call, RULE_DBL_01, "第 %" PRId64 " 捆第 %" PRId64 " 张还没有认定",
                                "bundle %" PRId64 " ballot %" PRId64 " is not ruled on",
                                sum->referred[i].bundle, sum->referred[i].ballot),
                     "办理 ballot.rule", "do ballot.rule");
    papers_check(call, form, sum);
    for (size_t i = 0; i < form->count; i++) {
        int64_t votes = 0;
        for (size_t k = 0; k < sum->posts[i].vote_count; k++)
            votes += sum->posts[i].votes[k].votes;
        if (votes > form->posts[i].seats * sum->posts[i].valid)
            call_warn(call, RULE_CNT_07,
                      "%s得票合计 %" PRId64 " > 应选 %" PRId64 " × 有效 %" PRId64 " 张",
                      "%s: %" PRId64 " votes > %" PRId64 " seats × %" PRId64 " valid",
                      post_words(call->ctx, form->posts[i].word), votes, form->posts[i].seats,
                      sum->posts[i].valid);
    }
}

static enum err
count_close_check(struct call *call)
{
    struct tally_form form;
    struct tally_sum sum;
    int64_t size;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_COUNTING, "count.open");
    round_not_past(call, &form.round, ROUND_COUNTING);
    if (call_has_block(call))
        return ERR_OK;
    TRY(bundles_check(call, form.round.round, &size));
    if (size != papers_to_count(&form))
        call_block(call, RULE_DBL_02, "各捆合计 %" PRId64 " 张 ≠ 收回 %" PRId64 " 张",
                   "the bundles hold %" PRId64 ", %" PRId64 " were recovered", size,
                   papers_to_count(&form));
    if (call_has_block(call))
        return ERR_OK;
    TRY(tally_sum_load(call, &form, 0, "a", &sum));
    sums_check(call, &form, &sum);
    return ERR_OK;
}

static enum err
votes_store(struct call *call, const struct tally_form *form, const struct tally_sum *sum,
            size_t place)
{
    const struct ballot_tally *tally = &sum->posts[place];
    const struct count_section section = {
        .unit = call->unit,
        .round = form->round.round,
        .post = form->posts[place].word,
        .valid = tally->valid,
        .invalid = tally->void_count,
        .blank = tally->blank,
    };
    TRY(count_store_add_section(call->ctx, call->db, &section));
    for (size_t i = 0; i < tally->vote_count; i++) {
        struct count_vote vote = {
            .unit = call->unit,
            .round = form->round.round,
            .post = section.post,
            .place = (int64_t)i + 1,
            .person = tally->votes[i].name,
            .printed = i < form->posts[place].count,
            .votes = tally->votes[i].votes,
        };
        TRY(person_name(call->ctx, call->db, call->unit, vote.person, &vote.name));
        TRY(count_store_add_vote(call->ctx, call->db, &vote));
    }
    return ERR_OK;
}

static enum err
count_close_apply(struct call *call)
{
    struct tally_form form;
    struct tally_sum sum;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    TRY(tally_sum_load(call, &form, 0, "a", &sum));
    TRY(count_store_clear(call->ctx, call->db, call->unit, form.round.round));
    for (size_t i = 0; i < form.count; i++)
        TRY(votes_store(call, &form, &sum, i));
    for (size_t i = 0; i < form.form_count; i++) {
        struct round_form of = form.forms[i];
        of.valid = sum.parts[i].valid;
        of.invalid = sum.parts[i].invalid;
        of.blank = sum.parts[i].blank;
        TRY(round_form_store_set(call->ctx, call->db, &of));
    }
    form.round.valid = sum.valid;
    form.round.invalid = sum.invalid;
    form.round.blank = sum.blank;
    TRY(round_store_set_counted(call->ctx, call->db, &form.round));
    return round_store_set_state(call->ctx, call->db, call->unit, form.round.round, ROUND_COUNTED);
}

ACT_CODE(count_close, COUNT_CLOSE_FIELDS, count_close_check, count_close_apply, NULL);

/* --- count.reopen --- */

static const struct field REOPEN_ROWS[] = {
    FIELD(FIELD_INT, "bundle", FIELD_REQUIRED, "第几捆", "bundle"),
    FIELDS_END,
};

static const struct field COUNT_REOPEN_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_TEXT, "reason", FIELD_REQUIRED, "复核原因", "reason"),
    FIELD(FIELD_SEQ, "objection_seq", 0, "异议记录", "objection"),
    FIELD_ROWS("bundles", FIELD_REQUIRED, "重新打开的捆", "bundles", REOPEN_ROWS),
    FIELDS_END,
};

/* What a reopened count suspends. */
static const char *const SUSPENDED[] = {"count.close",    "tally_audit.draw", "tally_audit.record",
                                        "outcome.record", "result.announce",  "elected.confirm",
                                        "ballot.seal"};

/* After the announcement the township decides, on an objection upheld or an audit that failed. */
static enum err
reopen_ground_check(struct call *call, const struct round *round)
{
    struct tally_audit audit;
    if (round_state_find(round->state) < ROUND_ANNOUNCED)
        return ERR_OK;
    if (!(call->actor->role & (ROLE_TO | ROLE_TS)))
        return FORBID(call->ctx, ROLE_TO | ROLE_TS, "公布结果以后，由镇里决定复核计票",
                      "once announced, a recount is decided by the township");
    const enum err err =
        tally_audit_store_last(call->ctx, call->db, call->unit, round->round, &audit);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (!call_has(call, "objection_seq") && (err != ERR_OK || strcmp(audit.state, "differs") != 0))
        finding_todo(
            call,
            call_block(call, RULE_SEQ_01, "公布结果以后，凭成立的异议或者不符的抽查才能复核",
                       "once announced, a recount needs an objection upheld or an audit that "
                       "differs"),
            "对结果的异议查实后（objection.decide）填 objection_seq",
            "give objection_seq of an objection to the result that was upheld (objection.decide)");
    return ERR_OK;
}

static enum err
count_reopen_check(struct call *call)
{
    struct tally_form form;
    struct bundle bundle;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_COUNTED, "count.close");
    if (call_has_block(call))
        return ERR_OK;
    for (size_t i = 0; i < call_count(call, "bundles"); i++) {
        const int64_t number = row_int(call_row(call, "bundles", i), "bundle");
        const enum err err =
            bundle_store_find(call->ctx, call->db, call->unit, form.round.round, number, &bundle);
        if (err == ERR_NOT_FOUND)
            return FAIL_FIELD(call->ctx, "bundles", "没有第 %" PRId64 " 捆",
                              "there is no bundle %" PRId64, number);
        TRY(err);
    }
    TRY(upheld_check(call, "result procedure", NULL));
    return reopen_ground_check(call, &form.round);
}

/* Attempts so far become history: other tellers enter the bundle as if for the first time. */
static enum err
bundle_reopen(struct call *call, int64_t round, int64_t number)
{
    struct bundle bundle;
    TRY(bundle_store_find(call->ctx, call->db, call->unit, round, number, &bundle));
    bundle.state = "open";
    bundle.since = bundle.attempt;
    bundle.attempt++;
    TRY(bundle_store_set(call->ctx, call->db, &bundle));
    TRY(bundle_store_clear_diffs(call->ctx, call->db, call->unit, round, number));
    return ruling_store_clear(call->ctx, call->db, call->unit, round, number);
}

static enum err
count_reopen_apply(struct call *call)
{
    const int64_t round = call_int(call, "round");
    for (size_t i = 0; i < call_count(call, "bundles"); i++)
        TRY(bundle_reopen(call, round, row_int(call_row(call, "bundles", i), "bundle")));
    for (size_t i = 0; i < COUNT_OF(SUSPENDED); i++)
        TRY(round_unsay(call, SUSPENDED[i], round));
    TRY(count_store_clear(call->ctx, call->db, call->unit, round));
    TRY(outcome_lower_return_all(call, round));
    TRY(outcome_store_clear(call->ctx, call->db, call->unit, round));
    return round_store_set_state(call->ctx, call->db, call->unit, round, ROUND_COUNTING);
}

ACT_CODE(count_reopen, COUNT_REOPEN_FIELDS, count_reopen_check, count_reopen_apply, NULL);
