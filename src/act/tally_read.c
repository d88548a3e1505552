/* SPDX-License-Identifier: Apache-2.0 */
/* Readings of ballots become votes (CNT-03 … 06), by domain/ballot.h. */
#include <string.h>

#include "act/tally.h"
#include "store/voter_store.h"

/* What a teller's remark on a section means for the reading. */
enum remark {
    REMARK_NONE,
    REMARK_BALLOT_ILLEGIBLE,
    REMARK_BALLOT_FOREIGN,
    REMARK_BALLOT_SIGNED,
    REMARK_SECTION_VOID,
    REMARK_ENTRY_VOID, /* the written names of the section count for nobody */
};

/* refers: the committee must rule on it before the count can close (CNT-05). */
static const struct {
    const char *word;
    enum remark remark;
    bool refers;
} DEFECTS[] = {
    {"over_vote", REMARK_SECTION_VOID, false},
    {"unreadable", REMARK_SECTION_VOID, false},
    {"illegible_all", REMARK_BALLOT_ILLEGIBLE, false},
    {"not_official", REMARK_BALLOT_FOREIGN, false},
    {"signed", REMARK_BALLOT_SIGNED, false},
    {"two_posts", REMARK_NONE, false},
    {"two_bear_the_name", REMARK_ENTRY_VOID, false},
    {"not_registered", REMARK_ENTRY_VOID, false},
    {"under_age", REMARK_ENTRY_VOID, false},
    {"name_unclear", REMARK_ENTRY_VOID, true},
    {"defaced", REMARK_NONE, true},
    {"torn", REMARK_NONE, true},
    {"scribe_breach", REMARK_NONE, true},
    {"other", REMARK_NONE, true},
};

/* Ballots on their way into the domain. */
struct reading {
    struct call *call;
    const struct tally_form *form;
    struct ballot_facts facts;
    struct ballot_ruling *rulings;
    size_t ruling_count;
    struct tally_referral *papers; /* which ballot each paper is */
    bool *refers;
    struct tally_sum *sum;
};

static struct names
names_unpack(struct ctx *ctx, const char *packed)
{
    struct names names = {0};
    for (const char *at = packed; *at;) {
        const size_t length = strcspn(at, "\t");
        names_append(ctx, &names, mem_text_n(ctx->mem, at, length));
        at += length + (at[length] == '\t');
    }
    return names;
}

static const struct ballot_ruling *
ruling_of(const struct reading *reading, int64_t bundle, int64_t ballot)
{
    for (size_t i = 0; i < reading->ruling_count; i++) {
        if (reading->rulings[i].bundle == bundle && reading->rulings[i].ballot == ballot)
            return &reading->rulings[i];
    }
    return NULL;
}

/* Written names of registered voters are known to the domain; the candidates are anyway. In a
 * re-vote nobody else can be chosen (OUT-03). */
static enum err
voters_add(struct reading *reading, const struct names *written)
{
    struct call *call = reading->call;
    for (size_t i = 0; i < written->count; i++) {
        bool registered;
        if (names_have(&reading->facts.voters, written->list[i]))
            continue;
        TRY(voter_store_is_registered(call->ctx, call->db, call->unit, written->list[i],
                                      &registered));
        if (registered && strcmp(reading->form->round.kind, "re_vote") != 0)
            names_append(call->ctx, &reading->facts.voters, written->list[i]);
    }
    return ERR_OK;
}

/* Names that count for nobody but are still names written down (CNT-03 counts them). */
static void
entries_spoil(struct ctx *ctx, struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        names->list[i] = mem_printf(ctx->mem, "%s\t%zu", names->list[i], i);
}

static enum remark
remark_of(const struct bundle_section *section, bool *ret_refers)
{
    for (size_t i = 0; i < COUNT_OF(DEFECTS); i++) {
        if (strcmp(DEFECTS[i].word, section->defect) == 0) {
            *ret_refers = *ret_refers || DEFECTS[i].refers;
            return DEFECTS[i].remark;
        }
    }
    return REMARK_NONE;
}

static void
remark_take(struct ctx *ctx, enum remark remark, struct ballot_paper *paper,
            struct ballot_section *section)
{
    switch (remark) {
    case REMARK_NONE:
        break;
    case REMARK_BALLOT_ILLEGIBLE:
        paper->illegible_all = true;
        break;
    case REMARK_BALLOT_FOREIGN:
        paper->not_official = true;
        break;
    case REMARK_BALLOT_SIGNED:
        paper->is_signed = true;
        break;
    case REMARK_SECTION_VOID:
        section->unreadable = section->unreadable || section->marks.count == 0;
        break;
    case REMARK_ENTRY_VOID:
        entries_spoil(ctx, &section->write_ins);
        break;
    }
}

/* What a ruling makes of a section; `remarked`: a teller's remark stands on it. */
static void
ruling_take(struct ctx *ctx, const struct ballot_ruling *ruling, bool remarked,
            struct ballot_paper *paper, struct ballot_section *section)
{
    if (strcmp(ruling->ruling, "void") == 0)
        paper->illegible_all = true;
    else if (strcmp(ruling->ruling, "section_void") == 0 && remarked)
        section->unreadable = true;
    else if (strcmp(ruling->ruling, "entry_void") == 0 && remarked)
        entries_spoil(ctx, &section->write_ins);
}

static enum err
section_read(struct reading *reading, const struct bundle_section *from, size_t paper_place)
{
    struct ctx *ctx = reading->call->ctx;
    struct ballot_paper *paper = &reading->facts.papers[paper_place];
    const size_t place = tally_post_find(reading->form, from->post);
    ASSERT(place != SIZE_MAX);
    struct ballot_section *section = &paper->sections[place];
    const struct ballot_ruling *ruling = ruling_of(reading, from->bundle, from->ballot);
    section->marks = names_unpack(ctx, from->marks);
    section->write_ins = names_unpack(ctx, from->write_ins);
    section->against = names_unpack(ctx, from->against);
    TRY(voters_add(reading, &section->write_ins));
    if (ruling)
        ruling_take(ctx, ruling, from->defect[0] != '\0', paper, section);
    else
        remark_take(ctx, remark_of(from, &reading->refers[paper_place]), paper, section);
    return ERR_OK;
}

static enum err
papers_build(struct reading *reading, const struct tally_sections *sections)
{
    struct ctx *ctx = reading->call->ctx;
    const size_t posts = reading->form->count;
    reading->facts.papers = mem_array(ctx->mem, struct ballot_paper, sections->count);
    reading->papers = mem_array(ctx->mem, struct tally_referral, sections->count);
    reading->refers = mem_array(ctx->mem, bool, sections->count);
    for (size_t i = 0; i < sections->count; i++) {
        const struct bundle_section *from = &sections->list[i];
        const size_t last = reading->facts.paper_count;
        const bool same = last && reading->papers[last - 1].bundle == from->bundle &&
                          reading->papers[last - 1].ballot == from->ballot;
        if (!same) {
            reading->papers[last] = (struct tally_referral){from->bundle, from->ballot};
            reading->facts.papers[last].sections =
                mem_array(ctx->mem, struct ballot_section, posts);
            reading->facts.paper_count++;
        }
        TRY(section_read(reading, from, reading->facts.paper_count - 1));
    }
    return ERR_OK;
}

static void
posts_build(struct reading *reading)
{
    const struct tally_form *form = reading->form;
    struct ballot_facts *facts = &reading->facts;
    facts->posts = mem_array(reading->call->ctx->mem, struct ballot_post, form->count);
    facts->post_count = form->count;
    facts->voters_known = true;
    if (strcmp(form->round.kind, "nomination") == 0)
        facts->scope = BALLOT_SCOPE_SECTION;
    for (size_t i = 0; i < form->count; i++) {
        facts->posts[i].post = form->posts[i].post;
        facts->posts[i].seats = form->posts[i].seats;
        facts->posts[i].candidates = (struct names){form->posts[i].persons, form->posts[i].count};
    }
}

static void
referrals_take(struct reading *reading, const struct ballot_result *result)
{
    struct tally_sum *sum = reading->sum;
    for (size_t i = 0; i < reading->facts.paper_count; i++) {
        const struct tally_referral *paper = &reading->papers[i];
        const bool ruled = ruling_of(reading, paper->bundle, paper->ballot) != NULL;
        if (ruled || (!result->referred[i] && !reading->refers[i]))
            continue;
        sum->referred = mem_grow(reading->call->ctx->mem, sum->referred, struct tally_referral,
                                 sum->referred_count + 1);
        sum->referred[sum->referred_count++] = *paper;
    }
}

enum err
tally_read(struct call *call, const struct tally_form *form, const struct tally_sections *sections,
           struct tally_sum *ret_sum)
{
    struct tally_sum sum = {0};
    struct ballot_result result;
    struct reading reading = {.call = call, .form = form, .sum = &sum};
    TRY(ruling_store_list(call->ctx, call->db, call->unit, form->round.round, &reading.rulings,
                          &reading.ruling_count));
    posts_build(&reading);
    TRY(papers_build(&reading, sections));
    TRY(ballots_read(call->ctx, call->pack, &reading.facts, &result));
    sum.papers = result.recovered;
    sum.valid = result.valid;
    sum.invalid = result.void_count;
    sum.blank = result.blank;
    sum.posts = result.sections;
    referrals_take(&reading, &result);
    *ret_sum = sum;
    return ERR_OK;
}

/* --- typed totals --- */

static void
vote_add(struct ctx *ctx, struct ballot_tally *tally, const char *person, int64_t votes)
{
    for (size_t i = 0; i < tally->vote_count; i++) {
        if (strcmp(tally->votes[i].name, person) == 0) {
            tally->votes[i].votes += votes;
            return;
        }
    }
    tally->votes = mem_grow(ctx->mem, tally->votes, struct ballot_votes, tally->vote_count + 1);
    tally->votes[tally->vote_count++] = (struct ballot_votes){person, votes};
}

/* Void and blank are known of whole ballots only. */
static enum err
bundle_add_totals(struct call *call, const struct tally_form *form, const struct bundle *bundle,
                  const char *hand, struct tally_sum *sum)
{
    struct tally_totals totals;
    TRY(tally_totals_load(call->ctx, call->db, bundle, hand, &totals));
    if (totals.count == 0)
        return ERR_OK;
    sum->papers += bundle->size;
    sum->valid += bundle->size - totals.invalid;
    sum->invalid += totals.invalid;
    sum->blank += totals.blank;
    for (size_t i = 0; i < form->count; i++) {
        sum->posts[i].valid += bundle->size - totals.invalid;
        sum->posts[i].void_count += totals.invalid;
        sum->posts[i].blank += totals.blank;
    }
    for (size_t i = 0; i < totals.count; i++) {
        const size_t place = tally_post_find(form, totals.list[i].post);
        ASSERT(place != SIZE_MAX);
        vote_add(call->ctx, &sum->posts[place], totals.list[i].person, totals.list[i].votes);
    }
    return ERR_OK;
}

static bool
bundle_is_closed(const struct bundle *bundle)
{
    return strcmp(bundle->state, "equal") == 0 || strcmp(bundle->state, "settled") == 0;
}

/* Bundles on their way into a sum. */
struct summing {
    struct call *call;
    const struct tally_form *form;
    int64_t bundle;
    const char *hand;
    struct tally_sections sections;
    struct bundle *bundles;
    size_t bundle_count;
    struct tally_sum *sum;
};

static int64_t
form_of_bundle(const struct summing *summing, int64_t bundle)
{
    for (size_t i = 0; i < summing->bundle_count; i++) {
        if (summing->bundles[i].bundle == bundle)
            return summing->bundles[i].form;
    }
    return 0;
}

static void
referred_add(struct summing *summing, const struct tally_sum *part)
{
    struct tally_sum *sum = summing->sum;
    for (size_t i = 0; i < part->referred_count; i++) {
        sum->referred = mem_grow(summing->call->ctx->mem, sum->referred, struct tally_referral,
                                 sum->referred_count + 1);
        sum->referred[sum->referred_count++] = part->referred[i];
    }
}

/* Adds the ballots of one form (0: the one of all posts). */
static enum err
part_add(struct summing *summing, int64_t number, struct tally_part *ret_part)
{
    struct call *call = summing->call;
    const struct tally_form part = tally_form_part(call->ctx, summing->form, number);
    struct tally_sections sections = {
        mem_array(call->ctx->mem, struct bundle_section, summing->sections.count), 0};
    struct tally_sum sum;
    for (size_t i = 0; i < summing->sections.count; i++) {
        if (!number || form_of_bundle(summing, summing->sections.list[i].bundle) == number)
            sections.list[sections.count++] = summing->sections.list[i];
    }
    TRY(tally_read(call, &part, &sections, &sum));
    for (size_t i = 0; i < summing->bundle_count; i++) {
        const struct bundle *bundle = &summing->bundles[i];
        const bool asked =
            summing->bundle == bundle->bundle || (summing->bundle == 0 && bundle_is_closed(bundle));
        if (asked && bundle->form == number)
            TRY(bundle_add_totals(call, &part, bundle, summing->hand, &sum));
    }
    for (size_t i = 0; i < part.count; i++)
        summing->sum->posts[tally_post_find(summing->form, part.posts[i].word)] = sum.posts[i];
    referred_add(summing, &sum);
    summing->sum->papers += sum.papers;
    summing->sum->valid += sum.valid;
    summing->sum->invalid += sum.invalid;
    summing->sum->blank += sum.blank;
    *ret_part = (struct tally_part){sum.papers, sum.valid, sum.invalid, sum.blank};
    return ERR_OK;
}

enum err
tally_sum_load(struct call *call, const struct tally_form *form, int64_t bundle, const char *hand,
               struct tally_sum *ret_sum)
{
    struct tally_sum sum = {
        .posts = mem_array(call->ctx->mem, struct ballot_tally, form->count),
        .parts = mem_array(call->ctx->mem, struct tally_part, form->form_count),
    };
    struct summing summing = {
        .call = call, .form = form, .bundle = bundle, .hand = hand, .sum = &sum};
    const int64_t round = form->round.round;
    struct tally_part whole;
    TRY(bundle_store_sections(call->ctx, call->db,
                              &(struct bundle_reading){call->unit, round, bundle, hand},
                              &summing.sections.list, &summing.sections.count));
    TRY(bundle_store_list(call->ctx, call->db, call->unit, round, &summing.bundles,
                          &summing.bundle_count));
    for (size_t i = 0; i < form->form_count; i++)
        TRY(part_add(&summing, form->forms[i].form, &sum.parts[i]));
    if (!form->form_count)
        TRY(part_add(&summing, 0, &whole));
    *ret_sum = sum;
    return ERR_OK;
}
