/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 计票抽查 (acts.md 6.9): tally_audit.draw, tally_audit.record. The sample follows from dice thrown
 * in public: ballot numbers are SM3(dice ‖ ":" ‖ n) taken modulo C, until enough distinct ones.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "act/count.h"
#include "base/crypto.h"
#include "domain/majority.h"
#include "domain/sample.h"

enum { DICE_LEAST = 10, RISK_MOST = 500 };

/* --- tally_audit.draw --- */

static const struct field TALLY_AUDIT_DRAW_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_TEXT, "dice", FIELD_REQUIRED, "骰子点数（至少 10 个数字）",
          "dice (10 digits or more)"),
    FIELD(FIELD_PERSONS, "thrown_by", FIELD_REQUIRED, "掷骰人", "thrown by"),
    FIELD(FIELD_INT, "risk_permille", FIELD_REQUIRED, "风险限（千分之几）", "risk in permille"),
    FIELD_CHOICES("method", FIELD_REQUIRED, "抽查方法", "method", "ballot bundle"),
    FIELDS_END,
};

static enum err
audit_draw_check(struct call *call)
{
    struct tally_form form;
    const char *dice = call_text(call, "dice");
    const int64_t risk = call_int(call, "risk_permille");
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_COUNTED, "count.close");
    if (strspn(dice, "0123456789") != strlen(dice) || strlen(dice) < DICE_LEAST)
        return FAIL_FIELD(call->ctx, "dice", "骰子点数至少 %d 个数字", "give %d digits or more",
                          DICE_LEAST);
    if (risk < 1 || risk > RISK_MOST)
        return FAIL_FIELD(call->ctx, "risk_permille", "风险限 1 … %d", "a risk is 1 … %d",
                          RISK_MOST);
    return ERR_OK;
}

static int
votes_descend(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

/* The least change of votes that would change who is elected: the last seat against the next, and
 * everybody against the majority. */
static int64_t
post_margin(const struct tally_form *form, size_t place, int64_t *votes, size_t count)
{
    const struct round_form *own = tally_form_of(form, &form->posts[place]);
    const int64_t recovered = own ? own->recovered : form->round.recovered;
    const size_t seats = (size_t)form->posts[place].seats;
    int64_t margin = recovered;
    qsort(votes, count, sizeof votes[0], votes_descend);
    if (count > seats && votes[seats - 1] - votes[seats] < margin)
        margin = votes[seats - 1] - votes[seats];
    for (size_t i = 0; i < count; i++) {
        const int64_t gap = 2 * votes[i] - recovered;
        const int64_t size = gap < 0 ? -gap : gap;
        margin = size < margin ? size : margin;
    }
    return margin;
}

static enum err
smallest_margin(struct call *call, const struct tally_form *form, int64_t *ret_margin)
{
    struct count_vote *all;
    size_t all_count;
    int64_t margin = form->round.recovered;
    TRY(count_store_votes(call->ctx, call->db, call->unit, form->round.round, &all, &all_count));
    int64_t *votes = mem_array(call->ctx->mem, int64_t, all_count + 1);
    for (size_t i = 0; i < form->count; i++) {
        const struct round_form *own = tally_form_of(form, &form->posts[i]);
        size_t count = 0;
        if (own && own->void_ground[0])
            continue;
        for (size_t k = 0; k < all_count; k++) {
            if (strcmp(all[k].post, form->posts[i].word) == 0)
                votes[count++] = all[k].votes;
        }
        const int64_t of_post = post_margin(form, i, votes, count);
        margin = of_post < margin ? of_post : margin;
    }
    *ret_margin = margin > 0 ? margin : 1;
    return ERR_OK;
}

/* The n-th number drawn, below `limit`. */
static int64_t
drawn_number(struct ctx *ctx, const char *dice, int64_t n, int64_t limit)
{
    uint8_t hash[SM3_LENGTH];
    const char *text = mem_printf(ctx->mem, "%s:%" PRId64, dice, n);
    uint64_t number = 0;
    sm3(text, strlen(text), hash);
    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | hash[i];
    return (int64_t)(number % (uint64_t)limit);
}

struct drawing {
    struct call *call;
    struct bundle *bundles;
    size_t bundle_count;
    bool whole; /* bundles, not ballots */
};

/* The ballot (or bundle) that is number `number` of all. */
static struct tally_sample
sample_of(const struct drawing *drawing, int64_t number)
{
    struct tally_sample sample = {.unit = drawing->call->unit, .seq = drawing->call->seq};
    if (drawing->whole) {
        sample.bundle = drawing->bundles[number].bundle;
        return sample;
    }
    for (size_t i = 0; i < drawing->bundle_count; i++) {
        if (number < drawing->bundles[i].size) {
            sample.bundle = drawing->bundles[i].bundle;
            sample.ballot = number + 1;
            break;
        }
        number -= drawing->bundles[i].size;
    }
    return sample;
}

/* Ballots in the bundles: all recovered, but for those of void forms. */
static int64_t
ballots_counted(const struct drawing *drawing)
{
    int64_t ballots = 0;
    for (size_t i = 0; i < drawing->bundle_count; i++)
        ballots += drawing->bundles[i].size;
    return ballots;
}

static enum err
samples_draw(struct drawing *drawing, int64_t wanted, int64_t limit)
{
    struct call *call = drawing->call;
    bool *taken = mem_array(call->ctx->mem, bool, limit + 1);
    int64_t count = 0;
    for (int64_t n = 1; count < wanted; n++) {
        const int64_t number = drawn_number(call->ctx, call_text(call, "dice"), n, limit);
        if (taken[number])
            continue;
        taken[number] = true;
        count++;
        const struct tally_sample sample = sample_of(drawing, number);
        TRY(tally_audit_store_add_sample(call->ctx, call->db, &sample));
    }
    return ERR_OK;
}

static enum err
audit_draw_apply(struct call *call)
{
    struct tally_form form;
    struct drawing drawing = {.call = call, .whole = call_is(call, "method", "bundle")};
    int64_t margin;
    const struct tally_audit audit = {
        .unit = call->unit,
        .seq = call->seq,
        .round = call_int(call, "round"),
        .method = call_text(call, "method"),
        .risk_permille = call_int(call, "risk_permille"),
        .state = "drawn",
    };
    TRY(tally_form_load(call->ctx, call->db, call->unit, audit.round, &form));
    TRY(bundle_store_list(call->ctx, call->db, call->unit, audit.round, &drawing.bundles,
                          &drawing.bundle_count));
    TRY(smallest_margin(call, &form, &margin));
    TRY(tally_audit_store_add(call->ctx, call->db, &audit));
    const int64_t all = ballots_counted(&drawing);
    const int64_t ballots = sample_size(audit.risk_permille, margin, all);
    if (!drawing.whole)
        return samples_draw(&drawing, ballots, all);
    /* The same share of the bundles, rounded up. */
    const int64_t bundles = (int64_t)drawing.bundle_count;
    return samples_draw(&drawing, least_fraction(bundles, ballots, all), bundles);
}

ACT_CODE(tally_audit_draw, TALLY_AUDIT_DRAW_FIELDS, audit_draw_check, audit_draw_apply, NULL);

/* --- tally_audit.record --- */

static const struct field AUDIT_ROWS[] = {
    FIELD(FIELD_INT, "bundle", FIELD_REQUIRED, "第几捆", "bundle"),
    FIELD(FIELD_INT, "ballot", 0, "第几张", "ballot"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post",
                  "chair vice_chair member women_member party_secretary party_deputy discipline "
                  "party_committee"),
    FIELD(FIELD_TEXT, "paper", FIELD_REQUIRED, "纸面所选（无填 -）；整捆：各候选人得票",
          "marks on paper (- for none); of a bundle: votes in printed order"),
    FIELDS_END,
};

static const struct field TALLY_AUDIT_RECORD_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_SEQ, "draw_seq", FIELD_REQUIRED, "抽样记录", "draw"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "抽查", "rows", AUDIT_ROWS),
    FIELDS_END,
};

struct auditing {
    struct call *call;
    struct tally_form form;
    struct tally_audit audit;
    struct tally_sample *samples;
    size_t sample_count;
    int64_t differences;
};

static const json_t *
audit_row(const struct auditing *auditing, const struct tally_sample *sample, const char *post)
{
    for (size_t i = 0; i < call_count(auditing->call, "rows"); i++) {
        const json_t *row = call_row(auditing->call, "rows", i);
        if (row_int(row, "bundle") == sample->bundle && row_int(row, "ballot") == sample->ballot &&
            row_is(row, "post", post))
            return row;
    }
    return NULL;
}

/* The posts that are on the ballots of the sample's bundle. */
static enum err
sample_form(const struct auditing *auditing, const struct tally_sample *sample,
            struct tally_form *ret_form)
{
    struct call *call = auditing->call;
    struct bundle bundle;
    TRY(bundle_store_find(call->ctx, call->db, call->unit, auditing->form.round.round,
                          sample->bundle, &bundle));
    *ret_form = tally_form_part(call->ctx, &auditing->form, bundle.form);
    return ERR_OK;
}

/* Marks and written names of the section, as the count has them, against the paper. */
static enum err
ballot_compare(struct auditing *auditing, const struct tally_sample *sample,
               const struct tally_post *post, const char *paper, bool *ret_same)
{
    struct call *call = auditing->call;
    struct tally_sections sections;
    const char *marks = "";
    const char *read;
    TRY(bundle_store_sections(
        call->ctx, call->db,
        &(struct bundle_reading){call->unit, auditing->form.round.round, sample->bundle, "a"},
        &sections.list, &sections.count));
    for (size_t i = 0; i < sections.count; i++) {
        const struct bundle_section *section = &sections.list[i];
        if (section->ballot == sample->ballot && strcmp(section->post, post->word) == 0)
            marks = mem_printf(call->ctx->mem, "%s%s%s", section->marks,
                               section->marks[0] && section->write_ins[0] ? "\t" : "",
                               section->write_ins);
    }
    /* A paper may have names that are not printed: then it is read as written names throughout. */
    if (tally_marks_parse(call->ctx, post, paper, "paper", &read) != ERR_OK) {
        failure_clear(call->ctx);
        TRY(tally_write_ins_parse(call->ctx, call->db, call->unit, paper, &read));
    }
    *ret_same = strcmp(read, marks) == 0;
    return ERR_OK;
}

static enum err
bundle_compare(struct auditing *auditing, const struct tally_sample *sample, const char *post,
               const char *paper, bool *ret_same)
{
    const size_t place = tally_post_find(&auditing->form, post);
    struct tally_sum sum;
    const char *votes = "";
    TRY(tally_sum_load(auditing->call, &auditing->form, sample->bundle, "a", &sum));
    for (size_t i = 0; i < auditing->form.posts[place].count; i++)
        votes = mem_printf(auditing->call->ctx->mem, "%s%s%" PRId64, votes, i ? " " : "",
                           sum.posts[place].votes[i].votes);
    *ret_same = strcmp(votes, paper) == 0;
    return ERR_OK;
}

static enum err
sample_compare(struct auditing *auditing, const struct tally_sample *sample)
{
    struct tally_form form;
    TRY(sample_form(auditing, sample, &form));
    for (size_t i = 0; i < form.count; i++) {
        const struct tally_post *post = &form.posts[i];
        const json_t *row = audit_row(auditing, sample, post->word);
        bool same;
        ASSERT(row);
        const char *paper = row_text(row, "paper");
        if (sample->ballot)
            TRY(ballot_compare(auditing, sample, post, paper, &same));
        else
            TRY(bundle_compare(auditing, sample, post->word, paper, &same));
        auditing->differences += !same;
    }
    return ERR_OK;
}

static enum err
auditing_load(struct auditing *auditing)
{
    struct call *call = auditing->call;
    const int64_t seq = call_int(call, "draw_seq");
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &auditing->form));
    const enum err err =
        tally_audit_store_find(call->ctx, call->db, call->unit, seq, &auditing->audit);
    if (err == ERR_NOT_FOUND ||
        (err == ERR_OK && auditing->audit.round != auditing->form.round.round))
        return FAIL_FIELD(call->ctx, "draw_seq", "第 %" PRId64 " 号记录不是本次投票的抽样",
                          "entry %" PRId64 " is no draw of this round", seq);
    TRY(err);
    return tally_audit_store_samples(call->ctx, call->db, call->unit, seq, &auditing->samples,
                                     &auditing->sample_count);
}

/* Who counted a bundle does not check it. */
static enum err
tellers_check(struct auditing *auditing)
{
    struct call *call = auditing->call;
    for (size_t i = 0; i < auditing->sample_count; i++) {
        struct bundle_hand *hands;
        size_t count;
        TRY(bundle_store_hands(call->ctx, call->db, call->unit, auditing->form.round.round,
                               auditing->samples[i].bundle, &hands, &count));
        for (size_t k = 0; k < count; k++) {
            bool same;
            TRY(actor_is(call, hands[k].actor, &same));
            if (same) {
                call_block(call, RULE_SEQ_08, "%s 录过第 %" PRId64 " 捆，不能抽查",
                           "%s entered bundle %" PRId64 " and cannot check it", call->actor->name,
                           auditing->samples[i].bundle);
                return ERR_OK;
            }
        }
    }
    return ERR_OK;
}

static enum err
audit_record_check(struct call *call)
{
    struct auditing auditing = {.call = call};
    TRY(auditing_load(&auditing));
    round_need(call, &auditing.form.round, ROUND_COUNTED, "count.close");
    TRY(tellers_check(&auditing));
    for (size_t i = 0; i < auditing.sample_count; i++) {
        const struct tally_sample *sample = &auditing.samples[i];
        struct tally_form form;
        TRY(sample_form(&auditing, sample, &form));
        for (size_t k = 0; k < form.count; k++) {
            if (!audit_row(&auditing, sample, form.posts[k].word))
                call_block(call, RULE_SEQ_01, "抽样没有查完：第 %" PRId64 " 捆第 %" PRId64 " 张 %s",
                           "the sample is not finished: bundle %" PRId64 " ballot %" PRId64 " %s",
                           sample->bundle, sample->ballot, form.posts[k].word);
        }
    }
    if (call_has_block(call))
        return ERR_OK;
    for (size_t i = 0; i < auditing.sample_count; i++)
        TRY(sample_compare(&auditing, &auditing.samples[i]));
    if (auditing.differences)
        finding_todo(call,
                     call_warn(call, RULE_DBL_01, "抽查与录入不符 %" PRId64 " 处",
                               "paper and count differ in %" PRId64 " places",
                               auditing.differences),
                     "办理 count.reopen 全部复核，或再抽一次", "do count.reopen, or draw again");
    return ERR_OK;
}

static enum err
audit_record_apply(struct call *call)
{
    struct auditing auditing = {.call = call};
    TRY(auditing_load(&auditing));
    for (size_t i = 0; i < auditing.sample_count; i++)
        TRY(sample_compare(&auditing, &auditing.samples[i]));
    return tally_audit_store_set_state(call->ctx, call->db, call->unit, auditing.audit.seq,
                                       auditing.differences ? "differs" : "agrees");
}

ACT_CODE(tally_audit_record, TALLY_AUDIT_RECORD_FIELDS, audit_record_check, audit_record_apply,
         NULL);
