/* SPDX-License-Identifier: Apache-2.0 */
/* 监票人核定差异 (acts.md 6.9): bundle.settle. */
#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "base/num.h"
#include "domain/majority.h"

static const struct field SETTLE_ROWS[] = {
    FIELD(FIELD_INT, "ballot", 0, "第几张", "ballot"),
    FIELD(FIELD_TEXT, "field", FIELD_REQUIRED, "项目（如 chair marks）", "field (chair marks)"),
    FIELD(FIELD_TEXT, "value", FIELD_REQUIRED, "核定值（空填 -）", "value (- for none)"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason",
                  "misread_a misread_b both paper_doubtful"),
    FIELDS_END,
};

static const struct field BUNDLE_SETTLE_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_INT, "bundle", FIELD_REQUIRED, "第几捆", "bundle"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "核定", "settled", SETTLE_ROWS),
    FIELD(FIELD_PERSONS, "seen_by", FIELD_REQUIRED, "在场人", "seen by"),
    FIELDS_END,
};

struct settling {
    struct call *call;
    struct tally_form form;
    struct bundle bundle;
    struct bundle_hand *hands;
    size_t hand_count;
    struct bundle_diff *diffs;
    size_t diff_count;
    struct tally_sections sections; /* of hand a, with the settled values */
    struct tally_totals totals;
};

static bool
settling_is_totals(const struct settling *settling)
{
    return settling->hand_count && strcmp(settling->hands[0].form, "totals") == 0;
}

/* "member P00012 votes" taken apart; NULL where the field has no such part. */
struct total_field {
    const char *post;
    const char *person;
    const char *what;
};

static struct total_field
total_field_parse(struct ctx *ctx, const char *field)
{
    const char *first = strchr(field, ' ');
    const char *last = strrchr(field, ' ');
    if (!first || first == last)
        return (struct total_field){NULL, NULL, field};
    return (struct total_field){mem_text_n(ctx->mem, field, (size_t)(first - field)),
                                mem_text_n(ctx->mem, first + 1, (size_t)(last - first - 1)),
                                last + 1};
}

static struct bundle_total *
settled_total(struct settling *settling, const struct total_field *field)
{
    struct tally_totals *totals = &settling->totals;
    for (size_t i = 0; i < totals->count; i++) {
        if (strcmp(totals->list[i].post, field->post) == 0 &&
            strcmp(totals->list[i].person, field->person) == 0)
            return &totals->list[i];
    }
    totals->list =
        mem_grow(settling->call->ctx->mem, totals->list, struct bundle_total, totals->count + 1);
    totals->list[totals->count] = (struct bundle_total){
        .unit = settling->call->unit, .post = field->post, .person = field->person};
    return &totals->list[totals->count++];
}

static enum err
total_settle(struct settling *settling, const json_t *row)
{
    struct ctx *ctx = settling->call->ctx;
    const struct total_field field = total_field_parse(ctx, row_text(row, "field"));
    int64_t value;
    if (!num_parse_i64(row_text(row, "value"), 0, MAJORITY_MAX - 1, &value))
        return FAIL_FIELD(ctx, "rows", "%s：应填数字", "%s: a number is asked",
                          row_text(row, "field"));
    if (!field.post) {
        if (strcmp(field.what, "void") == 0)
            settling->totals.invalid = value;
        else
            settling->totals.blank = value;
        return ERR_OK;
    }
    struct bundle_total *total = settled_total(settling, &field);
    if (strcmp(field.what, "votes") == 0)
        total->votes = value;
    else if (strcmp(field.what, "against") == 0)
        total->against = value;
    else
        total->abstain = value;
    return ERR_OK;
}

static enum err
section_settle(struct settling *settling, const json_t *row)
{
    struct call *call = settling->call;
    const char *field = row_text(row, "field");
    const char *value = row_text(row, "value");
    for (size_t i = 0; i < settling->sections.count; i++) {
        struct bundle_section *section = &settling->sections.list[i];
        const size_t length = strlen(section->post);
        if (section->ballot != row_int(row, "ballot") ||
            strncmp(field, section->post, length) != 0 || field[length] != ' ')
            continue;
        const char *what = field + length + 1;
        const struct tally_post *post =
            &settling->form.posts[tally_post_find(&settling->form, section->post)];
        section->attempt = settling->bundle.attempt;
        section->hand = "s";
        if (strcmp(what, "marks") == 0)
            return tally_marks_parse(call->ctx, post, value, field, &section->marks);
        if (strcmp(what, "against") == 0)
            return tally_marks_parse(call->ctx, post, value, field, &section->against);
        if (strcmp(what, "write_ins") == 0)
            return tally_write_ins_parse(call->ctx, call->db, call->unit, value,
                                         &section->write_ins);
        section->defect = strcmp(value, "-") == 0 ? "" : value;
        return ERR_OK;
    }
    return ERR_OK;
}

static const json_t *
row_of(const struct settling *settling, const struct bundle_diff *diff)
{
    for (size_t i = 0; i < call_count(settling->call, "rows"); i++) {
        const json_t *row = call_row(settling->call, "rows", i);
        if (row_int(row, "ballot") == diff->ballot && row_is(row, "field", diff->field))
            return row;
    }
    return NULL;
}

static enum err
settling_load(struct settling *settling)
{
    struct call *call = settling->call;
    const int64_t round = call_int(call, "round");
    const int64_t number = call_int(call, "bundle");
    const enum err err =
        bundle_store_find(call->ctx, call->db, call->unit, round, number, &settling->bundle);
    if (err == ERR_NOT_FOUND)
        return FAIL_FIELD(call->ctx, "bundle", "没有第 %" PRId64 " 捆",
                          "there is no bundle %" PRId64, number);
    TRY(err);
    TRY(bundle_store_hands(call->ctx, call->db, call->unit, round, number, &settling->hands,
                           &settling->hand_count));
    TRY(bundle_store_diffs(call->ctx, call->db, call->unit, round, number, &settling->diffs,
                           &settling->diff_count));
    TRY(bundle_store_sections(call->ctx, call->db,
                              &(struct bundle_reading){call->unit, round, number, "a"},
                              &settling->sections.list, &settling->sections.count));
    return tally_totals_load(call->ctx, call->db, &settling->bundle, "a", &settling->totals);
}

/* Puts the settled values in place; the same in check (to find what cannot be) and apply. */
static enum err
values_settle(struct settling *settling)
{
    for (size_t i = 0; i < settling->diff_count; i++) {
        const json_t *row = row_of(settling, &settling->diffs[i]);
        ASSERT(row);
        if (settling_is_totals(settling))
            TRY(total_settle(settling, row));
        else
            TRY(section_settle(settling, row));
    }
    return ERR_OK;
}

/* The monitor is neither teller (SEQ-08). */
static enum err
monitor_check(struct settling *settling)
{
    struct call *call = settling->call;
    TRY(duty_need(call, &settling->form.round, "monitor"));
    for (size_t i = 0; i < settling->hand_count; i++) {
        bool same;
        TRY(actor_is(call, settling->hands[i].actor, &same));
        if (same) {
            call_block(call, RULE_SEQ_08, "%s 录过这一捆，不能核定差异",
                       "%s entered this bundle and cannot settle it", call->actor->name);
            return ERR_OK;
        }
    }
    return ERR_OK;
}

static void
rows_check(struct settling *settling)
{
    struct call *call = settling->call;
    for (size_t i = 0; i < settling->diff_count; i++) {
        if (!row_of(settling, &settling->diffs[i]))
            call_block(call, RULE_DBL_01, "第 %" PRId64 " 张 %s 的差异没有核定",
                       "the difference of ballot %" PRId64 " %s is not settled",
                       settling->diffs[i].ballot, settling->diffs[i].field);
    }
    if (call_count(call, "rows") != settling->diff_count)
        call_block(call, RULE_SEQ_07, "核定 %zu 项，两手不一致的有 %zu 项",
                   "%zu values settled, %zu differ", call_count(call, "rows"),
                   settling->diff_count);
}

static enum err
bundle_settle_check(struct call *call)
{
    struct settling settling = {.call = call};
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &settling.form));
    round_need(call, &settling.form.round, ROUND_COUNTING, "count.open");
    round_not_past(call, &settling.form.round, ROUND_COUNTING);
    if (call_has_block(call))
        return ERR_OK;
    TRY(settling_load(&settling));
    TRY(monitor_check(&settling));
    if (strcmp(settling.bundle.state, "differ") != 0 ||
        settling.bundle.attempt < settling.bundle.since + 3)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "第 %" PRId64 " 捆还没有两遍都不一致",
                                "bundle %" PRId64 " has not differed in two attempts",
                                settling.bundle.bundle),
                     "两手先各自重录（bundle.enter）", "each hand enters it again first");
    rows_check(&settling);
    return call_has_block(call) ? ERR_OK : values_settle(&settling);
}

static enum err
settled_store(struct settling *settling)
{
    struct call *call = settling->call;
    const struct bundle_hand hand = {
        .unit = call->unit,
        .round = settling->bundle.round,
        .bundle = settling->bundle.bundle,
        .hand = "s",
        .attempt = settling->bundle.attempt,
        .seq = call->seq,
        .actor = call->actor_name,
        .form = settling_is_totals(settling) ? "totals" : "rows",
        .invalid = settling->totals.invalid,
        .blank = settling->totals.blank,
    };
    TRY(bundle_store_add_hand(call->ctx, call->db, &hand));
    for (size_t i = 0; i < settling->sections.count; i++) {
        if (strcmp(settling->sections.list[i].hand, "s") == 0)
            TRY(bundle_store_add_section(call->ctx, call->db, &settling->sections.list[i]));
    }
    for (size_t i = 0; i < settling->totals.count; i++) {
        struct bundle_total total = settling->totals.list[i];
        total.round = settling->bundle.round;
        total.bundle = settling->bundle.bundle;
        total.hand = "s";
        total.attempt = settling->bundle.attempt;
        TRY(bundle_store_add_total(call->ctx, call->db, &total));
    }
    return ERR_OK;
}

static enum err
bundle_settle_apply(struct call *call)
{
    struct settling settling = {.call = call};
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &settling.form));
    TRY(settling_load(&settling));
    TRY(values_settle(&settling));
    TRY(settled_store(&settling));
    settling.bundle.state = "settled";
    return bundle_store_set(call->ctx, call->db, &settling.bundle);
}

ACT_CODE(bundle_settle, BUNDLE_SETTLE_FIELDS, bundle_settle_check, bundle_settle_apply, NULL);
