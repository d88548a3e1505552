/* SPDX-License-Identifier: Apache-2.0 */
/* What is printed, what a hand typed, and where two hands differ. */
#include "act/tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "store/form_store.h"
#include "store/person_store.h"
#include "store/voter_store.h"

/* Blank and what people type between names: , ; 、 ， ； and the wide blank. */
static const char *const SEPARATORS[] = {
    " ", "\t", "\n", ",", ";", "\xE3\x80\x81", "\xEF\xBC\x8C", "\xEF\xBC\x9B", "\xE3\x80\x80"};

/* --- what is printed --- */

static enum err
post_load(struct ctx *ctx, struct db *db, struct tally_form *form, size_t place)
{
    struct tally_post *post = &form->posts[place];
    struct form_candidate *printed;
    struct round_candidate *listed = NULL;
    size_t listed_count = 0;
    if (!post_find(post->word, &post->post))
        return FAIL(ctx, ERR_STORE, "不认识的职务 %s", "unknown post %s", post->word);
    TRY(form_store_candidates(ctx, db, form->round.unit, form->round.round, post->word, &printed,
                              &post->count));
    if (post->count == 0) {
        TRY(round_store_candidates(ctx, db, form->round.unit, form->round.round, post->word,
                                   &listed, &listed_count));
        post->count = listed_count;
    }
    post->persons = mem_array(ctx->mem, const char *, post->count);
    post->names = mem_array(ctx->mem, const char *, post->count);
    for (size_t i = 0; i < post->count; i++) {
        post->persons[i] = listed_count ? listed[i].person : printed[i].person;
        TRY(person_name(ctx, db, form->round.unit, post->persons[i], &post->names[i]));
    }
    return ERR_OK;
}

/* The posts of the ballot; before a form is designed, those the round was ordered for. */
static enum err
posts_load(struct ctx *ctx, struct db *db, struct tally_form *form)
{
    struct form_post *printed;
    struct round_post *ordered = NULL;
    size_t ordered_count = 0;
    TRY(form_store_posts(ctx, db, form->round.unit, form->round.round, 0, &printed, &form->count));
    if (form->count == 0) {
        TRY(round_store_posts(ctx, db, form->round.unit, form->round.round, &ordered,
                              &ordered_count));
        form->count = ordered_count;
    }
    form->posts = mem_array(ctx->mem, struct tally_post, form->count);
    for (size_t i = 0; i < form->count; i++) {
        form->posts[i].word = ordered_count ? ordered[i].post : printed[i].post;
        form->posts[i].seats = ordered_count ? ordered[i].seats : printed[i].seats;
        form->posts[i].form = ordered_count ? 0 : printed[i].form;
        TRY(post_load(ctx, db, form, i));
    }
    return ERR_OK;
}

enum err
tally_form_load(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                struct tally_form *ret_form)
{
    struct tally_form form = {0};
    const enum err err = round_store_find(ctx, db, unit, round, &form.round);
    if (err == ERR_NOT_FOUND)
        return FAIL_FIELD(ctx, "round", "没有第 %" PRId64 " 次投票", "there is no round %" PRId64,
                          round);
    TRY(err);
    TRY(posts_load(ctx, db, &form));
    TRY(round_form_store_list(ctx, db, unit, round, &form.forms, &form.form_count));
    *ret_form = form;
    return ERR_OK;
}

struct tally_form
tally_form_part(struct ctx *ctx, const struct tally_form *form, int64_t number)
{
    struct tally_form part = *form;
    if (!number)
        return part;
    part.posts = mem_array(ctx->mem, struct tally_post, form->count);
    part.count = 0;
    for (size_t i = 0; i < form->count; i++) {
        if (form->posts[i].form == number)
            part.posts[part.count++] = form->posts[i];
    }
    return part;
}

const struct round_form *
tally_form_of(const struct tally_form *form, const struct tally_post *post)
{
    for (size_t i = 0; i < form->form_count; i++) {
        if (form->forms[i].form == post->form)
            return &form->forms[i];
    }
    return NULL;
}

size_t
tally_post_find(const struct tally_form *form, const char *word)
{
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->posts[i].word, word) == 0)
            return i;
    }
    return SIZE_MAX;
}

/* --- marks --- */

static size_t
separator_length(const char *at)
{
    for (size_t i = 0; i < COUNT_OF(SEPARATORS); i++) {
        const size_t length = strlen(SEPARATORS[i]);
        if (strncmp(at, SEPARATORS[i], length) == 0)
            return length;
    }
    return 0;
}

/* The texts between separators; "-" alone is none. */
static struct names
tokens_of(struct ctx *ctx, const char *text)
{
    struct names tokens = {0};
    for (const char *at = text; *at;) {
        const size_t skip = separator_length(at);
        if (skip) {
            at += skip;
            continue;
        }
        size_t length = 1;
        while (at[length] && !separator_length(at + length))
            length++;
        const char *token = mem_text_n(ctx->mem, at, length);
        if (strcmp(token, "-") != 0)
            names_append(ctx, &tokens, token);
        at += length;
    }
    return tokens;
}

static int
name_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, each once, parted by tabs. */
static const char *
names_pack(struct ctx *ctx, struct names *names)
{
    const char *packed = "";
    if (names->count)
        qsort(names->list, names->count, sizeof names->list[0], name_compare);
    for (size_t i = 0; i < names->count; i++) {
        if (i == 0 || strcmp(names->list[i], names->list[i - 1]) != 0)
            packed = mem_printf(ctx->mem, "%s%s%s", packed, packed[0] ? "\t" : "", names->list[i]);
    }
    return packed;
}

/* The place of what stands for a printed candidate; SIZE_MAX: none, or a name printed twice. */
static size_t
candidate_place(const struct tally_post *post, const char *token)
{
    int64_t number;
    size_t found = SIZE_MAX;
    if (num_parse_i64(token, 1, (int64_t)post->count, &number))
        return (size_t)number - 1;
    for (size_t i = 0; i < post->count; i++) {
        if (strcmp(post->persons[i], token) == 0)
            return i;
        if (strcmp(post->names[i], token) == 0) {
            if (found != SIZE_MAX)
                return SIZE_MAX;
            found = i;
        }
    }
    return found;
}

enum err
tally_marks_parse(struct ctx *ctx, const struct tally_post *post, const char *text,
                  const char *field, const char **ret_marks)
{
    struct names tokens = tokens_of(ctx, text);
    struct names marks = {0};
    for (size_t i = 0; i < tokens.count; i++) {
        const size_t place = candidate_place(post, tokens.list[i]);
        if (place == SIZE_MAX)
            return FAIL_FIELD(ctx, field, "%s：“%s”不是该职务印制的候选人（填序号、姓名或代码）",
                              "%s: \"%s\" is not printed for this post (give number, name or code)",
                              field, tokens.list[i]);
        names_append(ctx, &marks, post->persons[place]);
    }
    *ret_marks = names_pack(ctx, &marks);
    return ERR_OK;
}

/* The one registered person of that name, else the one person, else the name as written (CNT-06:
 * 同名无法辨认的无效). */
static enum err
write_in_resolve(struct ctx *ctx, struct db *db, const char *unit, const char *token,
                 const char **ret_person)
{
    struct person *named;
    struct person person;
    size_t count;
    size_t registered_count = 0;
    const enum err err = person_store_find(ctx, db, unit, token, &person);
    *ret_person = token;
    if (err != ERR_NOT_FOUND)
        return err;
    TRY(person_store_named(ctx, db, unit, token, &named, &count));
    for (size_t i = 0; i < count; i++) {
        bool registered;
        TRY(voter_store_is_registered(ctx, db, unit, named[i].person, &registered));
        registered_count += registered;
        if (registered && registered_count == 1)
            *ret_person = named[i].person;
    }
    if (registered_count > 1)
        *ret_person = token;
    if (registered_count == 0 && count == 1)
        *ret_person = named[0].person;
    return ERR_OK;
}

enum err
tally_write_ins_parse(struct ctx *ctx, struct db *db, const char *unit, const char *text,
                      const char **ret_names)
{
    struct names tokens = tokens_of(ctx, text);
    for (size_t i = 0; i < tokens.count; i++)
        TRY(write_in_resolve(ctx, db, unit, tokens.list[i], &tokens.list[i]));
    *ret_names = names_pack(ctx, &tokens);
    return ERR_OK;
}

/* --- rows --- */

/* Where the section of `ballot` and `post` stands in a list made for all ballots and posts. */
static struct bundle_section *
section_at(const struct tally_form *form, struct tally_sections *sections, int64_t ballot,
           size_t post)
{
    const size_t ballots = form->count ? sections->count / form->count : 0;
    for (size_t i = 0; i < ballots; i++) {
        struct bundle_section *first = &sections->list[i * form->count];
        if (first->ballot == ballot)
            return first + post;
    }
    return NULL;
}

static enum err
row_read(struct call *call, const struct tally_form *form, size_t index,
         struct tally_sections *sections)
{
    struct ctx *ctx = call->ctx;
    const json_t *row = call_row(call, "rows", index);
    const size_t post = tally_post_find(form, row_text(row, "post"));
    if (post == SIZE_MAX)
        return FAIL_FIELD(ctx, mem_printf(ctx->mem, "rows[%zu].post", index),
                          "rows[%zu]：选票上没有职务 %s", "rows[%zu]: %s is not on the ballot",
                          index, row_text(row, "post"));
    struct bundle_section *section = section_at(form, sections, row_int(row, "ballot"), post);
    if (!section)
        return FAIL_FIELD(ctx, mem_printf(ctx->mem, "rows[%zu].ballot", index),
                          "rows[%zu]：本次不录第 %" PRId64 " 张",
                          "rows[%zu]: ballot %" PRId64 " is not to be entered now", index,
                          row_int(row, "ballot"));
    if (section->attempt)
        return FAIL_FIELD(ctx, mem_printf(ctx->mem, "rows[%zu]", index),
                          "rows[%zu]：第 %" PRId64 " 张的这一职务录了两次",
                          "rows[%zu]: ballot %" PRId64 " has this post twice", index,
                          row_int(row, "ballot"));
    section->attempt = 1;
    section->defect = row_text(row, "defect");
    TRY(tally_marks_parse(ctx, &form->posts[post], row_text(row, "marks"),
                          mem_printf(ctx->mem, "rows[%zu].marks", index), &section->marks));
    TRY(tally_marks_parse(ctx, &form->posts[post], row_text(row, "against"),
                          mem_printf(ctx->mem, "rows[%zu].against", index), &section->against));
    return tally_write_ins_parse(ctx, call->db, call->unit, row_text(row, "write_ins"),
                                 &section->write_ins);
}

enum err
tally_rows_read(struct call *call, const struct tally_form *form, const int64_t *ballots,
                size_t ballot_count, struct tally_sections *ret_sections)
{
    struct tally_sections sections = {
        mem_array(call->ctx->mem, struct bundle_section, ballot_count * form->count),
        ballot_count * form->count};
    for (size_t i = 0; i < sections.count; i++) {
        const size_t ballot = form->count ? i / form->count : 0;
        sections.list[i] = (struct bundle_section){.unit = call->unit,
                                                   .round = form->round.round,
                                                   .bundle = call_int(call, "bundle"),
                                                   .hand = call_text(call, "hand"),
                                                   .ballot = ballots[ballot],
                                                   .post = form->posts[i % form->count].word,
                                                   .marks = "",
                                                   .write_ins = "",
                                                   .against = "",
                                                   .defect = ""};
    }
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(row_read(call, form, i, &sections));
    for (size_t i = 0; i < sections.count; i++)
        sections.list[i].attempt = call_int(call, "attempt");
    *ret_sections = sections;
    return ERR_OK;
}

/* --- comparing --- */

static int
section_compare(const void *a, const void *b)
{
    const struct bundle_section *x = a;
    const struct bundle_section *y = b;
    if (x->bundle != y->bundle)
        return x->bundle < y->bundle ? -1 : 1;
    if (x->ballot != y->ballot)
        return x->ballot < y->ballot ? -1 : 1;
    return strcmp(x->post, y->post);
}

struct tally_sections
tally_overlay(struct ctx *ctx, const struct tally_sections *early,
              const struct tally_sections *late)
{
    struct tally_sections both = {
        mem_array(ctx->mem, struct bundle_section, early->count + late->count), 0};
    for (size_t i = 0; i < late->count; i++)
        both.list[both.count++] = late->list[i];
    for (size_t i = 0; i < early->count; i++) {
        bool replaced = false;
        for (size_t k = 0; k < late->count && !replaced; k++)
            replaced = section_compare(&early->list[i], &late->list[k]) == 0;
        if (!replaced)
            both.list[both.count++] = early->list[i];
    }
    if (both.count)
        qsort(both.list, both.count, sizeof both.list[0], section_compare);
    return both;
}

struct diffs {
    struct ctx *ctx;
    struct bundle_diff *list;
    size_t count;
};

static void
diff_add(struct diffs *diffs, const char *unit, int64_t ballot, const char *field)
{
    diffs->list = mem_grow(diffs->ctx->mem, diffs->list, struct bundle_diff, diffs->count + 1);
    diffs->list[diffs->count++] =
        (struct bundle_diff){.unit = unit, .ballot = ballot, .field = field};
}

static void
diff_text(struct diffs *diffs, const struct bundle_section *at, const char *what, const char *a,
          const char *b)
{
    if (strcmp(a, b) != 0)
        diff_add(diffs, at->unit, at->ballot, mem_printf(diffs->ctx->mem, "%s %s", at->post, what));
}

void
tally_compare(struct ctx *ctx, const struct tally_sections *a, const struct tally_sections *b,
              struct bundle_diff **ret_diffs, size_t *ret_count)
{
    struct diffs diffs = {.ctx = ctx};
    ASSERT(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct bundle_section *x = &a->list[i];
        const struct bundle_section *y = &b->list[i];
        ASSERT(section_compare(x, y) == 0);
        diff_text(&diffs, x, "marks", x->marks, y->marks);
        diff_text(&diffs, x, "write_ins", x->write_ins, y->write_ins);
        diff_text(&diffs, x, "against", x->against, y->against);
        diff_text(&diffs, x, "defect", x->defect, y->defect);
    }
    *ret_diffs = diffs.list;
    *ret_count = diffs.count;
}

static const struct bundle_total *
total_find(const struct tally_totals *totals, const struct bundle_total *like)
{
    for (size_t i = 0; i < totals->count; i++) {
        if (strcmp(totals->list[i].post, like->post) == 0 &&
            strcmp(totals->list[i].person, like->person) == 0)
            return &totals->list[i];
    }
    return NULL;
}

static void
total_diff(struct diffs *diffs, const struct bundle_total *x, const struct bundle_total *y)
{
    static const struct bundle_total NOTHING = {0};
    const struct bundle_total *other = y ? y : &NOTHING;
    const struct {
        const char *what;
        bool differs;
    } fields[] = {{"votes", x->votes != other->votes},
                  {"against", x->against != other->against},
                  {"abstain", x->abstain != other->abstain}};
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (fields[i].differs)
            diff_add(diffs, x->unit, 0,
                     mem_printf(diffs->ctx->mem, "%s %s %s", x->post, x->person, fields[i].what));
    }
}

void
tally_compare_totals(struct ctx *ctx, const struct tally_totals *a, const struct tally_totals *b,
                     struct bundle_diff **ret_diffs, size_t *ret_count)
{
    struct diffs diffs = {.ctx = ctx};
    for (size_t i = 0; i < a->count; i++)
        total_diff(&diffs, &a->list[i], total_find(b, &a->list[i]));
    for (size_t i = 0; i < b->count; i++) {
        if (!total_find(a, &b->list[i]))
            total_diff(&diffs, &b->list[i], NULL);
    }
    if (a->invalid != b->invalid)
        diff_add(&diffs, "", 0, "void");
    if (a->blank != b->blank)
        diff_add(&diffs, "", 0, "blank");
    *ret_diffs = diffs.list;
    *ret_count = diffs.count;
}

/* What the hand typed last in this count; a settlement wins field by field. */
enum err
tally_totals_load(struct ctx *ctx, struct db *db, const struct bundle *bundle, const char *hand,
                  struct tally_totals *ret_totals)
{
    struct tally_totals totals = {0};
    struct bundle_hand *hands;
    size_t hand_count;
    struct bundle_total *rows;
    size_t row_count;
    int64_t last = 0;
    TRY(bundle_store_hands(ctx, db, bundle->unit, bundle->round, bundle->bundle, &hands,
                           &hand_count));
    for (size_t i = 0; i < hand_count; i++) {
        const bool settled = strcmp(hands[i].hand, "s") == 0;
        if (hands[i].attempt <= bundle->since || (!settled && strcmp(hands[i].hand, hand) != 0))
            continue;
        totals.invalid = hands[i].invalid;
        totals.blank = hands[i].blank;
        last = settled ? last : hands[i].attempt;
    }
    TRY(bundle_store_totals(
        ctx, db, &(struct bundle_reading){bundle->unit, bundle->round, bundle->bundle, hand}, &rows,
        &row_count));
    totals.list = mem_array(ctx->mem, struct bundle_total, row_count);
    for (size_t i = 0; i < row_count; i++) {
        if (rows[i].attempt == last || strcmp(rows[i].hand, "s") == 0)
            totals.list[totals.count++] = rows[i];
    }
    *ret_totals = totals;
    return ERR_OK;
}
