/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/outcome.h"

#include "domain/majority.h"

struct poll_papers
papers_of(const struct poll_facts *facts, const struct poll_post *post)
{
    if (post && post->own)
        return post->papers;
    return (struct poll_papers){facts->issued, facts->recovered, facts->void_count};
}

bool
papers_are_valid(const struct poll_facts *facts, struct poll_papers papers)
{
    return papers.recovered <= papers.issued && more_than_half(papers.recovered, facts->registered);
}

/* 组织法 §15: 过半数当选; 另行选举不少于三分之一. 规程: 票数相等的再次投票, 得票多的当选. */
int64_t
threshold_of(const struct poll_facts *facts, int64_t recovered)
{
    if (facts->re_vote)
        return 1;
    return facts->round == 1 ? least_majority(recovered) : least_fraction(recovered, 1, 3);
}

enum rank
rank_of(enum post post)
{
    if (post == POST_CHAIR)
        return RANK_CHAIR;
    return post == POST_VICE_CHAIR ? RANK_VICE_CHAIR : RANK_MEMBER;
}

static int
entry_compare(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    if (a->votes != b->votes)
        return a->votes > b->votes ? -1 : 1;
    return a->place < b->place ? -1 : 1; /* equal votes keep the order given */
}

/* Votes of the unregistered, of minors, and of men for the women's seat are void entries. */
static bool
candidate_counts(const struct poll_post *post, const struct poll_candidate *candidate)
{
    return candidate->registered && candidate->age_ok &&
           (post->post != POST_WOMEN_MEMBER || candidate->sex == SEX_FEMALE);
}

static void
contest_build(struct outcome *outcome, struct contest *contest, const struct poll_post *post)
{
    contest->post = post;
    const struct poll_papers papers = papers_of(outcome->facts, post);
    contest->rank = rank_of(post->post);
    contest->threshold = threshold_of(outcome->facts, papers.recovered);
    contest->is_void = !papers_are_valid(outcome->facts, papers);
    contest->count = post->count;
    contest->entries = mem_array(outcome->ctx->mem, struct entry, post->count);
    for (size_t i = 0; i < post->count; i++) {
        const struct poll_candidate *candidate = &post->candidates[i];
        contest->entries[i] = (struct entry){
            .candidate = candidate,
            .person = name_add(outcome->ctx, &outcome->names, candidate->name),
            .place = i,
            .votes = candidate->votes,
            .counts = candidate_counts(post, candidate),
            .group = GROUP_NONE,
        };
        for (size_t k = 0; k < candidate->kin.count; k++)
            name_add(outcome->ctx, &outcome->names, candidate->kin.list[k]);
    }
}

static const struct poll_post *
facts_post(const struct poll_facts *facts, enum post post)
{
    for (size_t i = 0; i < facts->post_count; i++) {
        if (facts->posts[i].post == post)
            return &facts->posts[i];
    }
    return NULL;
}

/* Votes of `from` count on for those listed in `to` (OUT-07), never the other way. */
static void
votes_add_down(struct outcome *outcome, enum post from, struct contest *to)
{
    const struct poll_post *post = facts_post(outcome->facts, from);
    if (!post || !papers_are_valid(outcome->facts, papers_of(outcome->facts, post)))
        return;
    int64_t *votes = mem_array(outcome->ctx->mem, int64_t, outcome->names.count);
    for (size_t i = 0; i < post->count; i++) {
        const struct poll_candidate *candidate = &post->candidates[i];
        if (candidate_counts(post, candidate))
            votes[name_find(&outcome->names, candidate->name)] = candidate->votes;
    }
    for (size_t i = 0; i < to->count; i++)
        to->entries[i].votes += votes[to->entries[i].person];
}

static void
votes_merge(struct outcome *outcome, struct contest *contest)
{
    if (outcome->facts->merge == MERGE_NONE)
        return;
    if (contest->post->post == POST_VICE_CHAIR || contest->post->post == POST_MEMBER)
        votes_add_down(outcome, POST_CHAIR, contest);
    if (contest->post->post == POST_MEMBER)
        votes_add_down(outcome, POST_VICE_CHAIR, contest);
}

static void
kin_add(struct outcome *outcome, size_t person, size_t other)
{
    struct person *it = &outcome->persons[person];
    if (it->kin_count == it->kin_capacity) {
        it->kin_capacity = it->kin_capacity ? 2 * it->kin_capacity : 4;
        it->kin = mem_grow(outcome->ctx->mem, it->kin, size_t, it->kin_capacity);
    }
    it->kin[it->kin_count++] = other;
}

/* One side names the other: both are kin. Nobody is his own. */
static void
kin_build(struct outcome *outcome, const struct contest *contest)
{
    for (size_t i = 0; i < contest->count; i++) {
        const struct entry *entry = &contest->entries[i];
        for (size_t k = 0; k < entry->candidate->kin.count; k++) {
            const size_t other = name_find(&outcome->names, entry->candidate->kin.list[k]);
            if (other == entry->person)
                continue;
            kin_add(outcome, entry->person, other);
            kin_add(outcome, other, entry->person);
        }
    }
}

static void
persons_build(struct outcome *outcome)
{
    const struct poll_facts *facts = outcome->facts;
    for (size_t i = 0; i < facts->before_count; i++)
        name_add(outcome->ctx, &outcome->names, facts->before[i].name);
    outcome->persons = mem_array(outcome->ctx->mem, struct person, outcome->names.count);
    for (size_t i = 0; i < outcome->names.count; i++)
        outcome->persons[i].name = outcome->names.names[i];
    for (size_t i = 0; i < facts->before_count; i++) {
        const size_t person = name_find(&outcome->names, facts->before[i].name);
        outcome->persons[person].before = &facts->before[i];
    }
}

void
outcome_build(struct outcome *outcome)
{
    const struct poll_facts *facts = outcome->facts;
    outcome->contests = mem_array(outcome->ctx->mem, struct contest, facts->post_count);
    for (size_t i = 0; i < facts->post_count; i++)
        contest_build(outcome, &outcome->contests[i], &facts->posts[i]);
    persons_build(outcome);
    for (size_t i = 0; i < facts->post_count; i++) {
        struct contest *contest = &outcome->contests[i];
        votes_merge(outcome, contest);
        kin_build(outcome, contest);
        qsort(contest->entries, contest->count, sizeof *contest->entries, entry_compare);
    }
}
