/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/outcome.h"

bool
persons_are_kin(const struct outcome *outcome, size_t a, size_t b)
{
    const struct person *person = &outcome->persons[a];
    for (size_t i = 0; i < person->kin_count; i++) {
        if (person->kin[i] == b)
            return true;
    }
    return false;
}

bool
person_kin_is_seated(const struct outcome *outcome, size_t person, enum rank rank, bool same,
                     size_t *ret_who)
{
    const struct person *it = &outcome->persons[person];
    for (size_t i = 0; i < it->kin_count; i++) {
        const struct person *other = &outcome->persons[it->kin[i]];
        const bool now =
            other->seated && (other->seated_rank < rank || (same && other->seated_rank == rank));
        if (!now && !(other->before && rank_of(other->before->post) <= rank))
            continue;
        *ret_who = it->kin[i];
        return true;
    }
    return false;
}

/* Two kin of one rank of whom at least one is seated: `high` has no fewer votes. */
struct conflict {
    struct entry *high;
    struct entry *low;
};

static bool
entries_conflict(const struct outcome *outcome, const struct entry *a, const struct entry *b)
{
    const bool seated = a->state == ENTRY_SEATED || b->state == ENTRY_SEATED;
    if (!seated || a->state == ENTRY_OUT || b->state == ENTRY_OUT)
        return false;
    return persons_are_kin(outcome, a->person, b->person);
}

static void
conflict_offer(struct conflict *best, struct entry *a, struct entry *b)
{
    struct entry *high = a->votes >= b->votes ? a : b;
    struct entry *low = high == a ? b : a;
    if (!best->high || high->votes > best->high->votes ||
        (high->votes == best->high->votes && low->votes > best->low->votes))
        *best = (struct conflict){high, low};
}

/* The order of work, whatever the order the posts are given in. */
static const enum post ORDER[] = {POST_CHAIR, POST_VICE_CHAIR, POST_WOMEN_MEMBER, POST_MEMBER};

/* Entries of a rank that are seated or tied, all its contests together. */
struct standing {
    struct entry **list;
    size_t count;
};

static void
standing_add(struct ctx *ctx, struct standing *standing, struct contest *contest)
{
    standing->list =
        mem_grow(ctx->mem, standing->list, struct entry *, standing->count + contest->count + 1);
    for (size_t i = 0; i < contest->count; i++) {
        if (contest->entries[i].state != ENTRY_OUT)
            standing->list[standing->count++] = &contest->entries[i];
    }
}

static struct standing
rank_standing(const struct outcome *outcome, enum rank rank)
{
    struct standing standing = {0};
    for (size_t i = 0; i < COUNT_OF(ORDER); i++) {
        for (size_t k = 0; k < outcome->facts->post_count; k++) {
            struct contest *contest = &outcome->contests[k];
            if (contest->rank == rank && contest->post->post == ORDER[i])
                standing_add(outcome->ctx, &standing, contest);
        }
    }
    return standing;
}

/* The conflict with most votes: kin are settled from the most votes down. */
static bool
conflict_find(const struct outcome *outcome, enum rank rank, struct conflict *ret_conflict)
{
    const struct standing standing = rank_standing(outcome, rank);
    struct conflict best = {0};
    for (size_t i = 0; i < standing.count; i++) {
        for (size_t k = i + 1; k < standing.count; k++) {
            if (entries_conflict(outcome, standing.list[i], standing.list[k]))
                conflict_offer(&best, standing.list[i], standing.list[k]);
        }
    }
    *ret_conflict = best;
    return best.high != NULL;
}

/* What was settled at more votes stands: conflicts come from the most votes down, and whoever is
 * filled in has no more votes than the one left out, so nobody who already meets his kin again is
 * left out later. */
static void
person_leave_out(struct outcome *outcome, enum rank rank, size_t person)
{
    for (size_t i = 0; i < outcome->facts->post_count; i++) {
        struct contest *contest = &outcome->contests[i];
        for (size_t k = 0; contest->rank == rank && k < contest->count; k++) {
            struct entry *entry = &contest->entries[k];
            if (entry->person == person)
                entry->left_out = true;
        }
    }
}

/* Equal votes: both stand for one open seat, with those they already share one with. */
static void
conflict_join(struct outcome *outcome, enum rank rank, struct conflict conflict)
{
    const size_t old_high = conflict.high->group;
    const size_t old_low = conflict.low->group;
    const size_t group = outcome->groups++;
    for (size_t i = 0; i < outcome->facts->post_count; i++) {
        struct contest *contest = &outcome->contests[i];
        for (size_t k = 0; contest->rank == rank && k < contest->count; k++) {
            struct entry *entry = &contest->entries[k];
            if (entry->group != GROUP_NONE && (entry->group == old_high || entry->group == old_low))
                entry->group = group;
        }
    }
    conflict.high->group = group;
    conflict.low->group = group;
    outcome->persons[conflict.high->person].grouped = true;
    outcome->persons[conflict.low->person].grouped = true;
}

/* Kin of people in higher posts, or elected before in the same or a higher one, are out first. */
static void
rank_leave_out_kin(struct outcome *outcome, enum rank rank)
{
    for (size_t i = 0; i < outcome->facts->post_count; i++) {
        struct contest *contest = &outcome->contests[i];
        for (size_t k = 0; contest->rank == rank && k < contest->count; k++) {
            struct entry *entry = &contest->entries[k];
            size_t who = 0;
            if (entry->left_out || !person_kin_is_seated(outcome, entry->person, rank, false, &who))
                continue;
            entry->left_out = true;
            if (entry->counts && !contest->is_void && entry->votes >= contest->threshold)
                why_kin_out(outcome, who, entry->person);
        }
    }
}

static void
rank_fill(struct outcome *outcome, enum rank rank)
{
    for (size_t i = 0; i < COUNT_OF(ORDER); i++) {
        for (size_t k = 0; k < outcome->facts->post_count; k++) {
            struct contest *contest = &outcome->contests[k];
            if (contest->rank == rank && contest->post->post == ORDER[i])
                contest_fill(outcome, contest);
        }
    }
}

static void
rank_mark_seated(struct outcome *outcome, enum rank rank)
{
    const struct standing standing = rank_standing(outcome, rank);
    for (size_t i = 0; i < standing.count; i++) {
        struct person *person = &outcome->persons[standing.list[i]->person];
        if (standing.list[i]->state != ENTRY_SEATED)
            continue;
        person->seated = true;
        person->seated_rank = rank;
    }
}

void
rank_settle(struct outcome *outcome, enum rank rank)
{
    struct conflict conflict = {0};
    /* Who meets kin again for a higher post may still be seated here: one post is not his yet. */
    for (size_t i = 0; i < outcome->names.count; i++)
        outcome->persons[i].grouped = false;
    if (outcome->scope != KIN_NONE)
        rank_leave_out_kin(outcome, rank);
    rank_fill(outcome, rank);
    while (outcome->scope != KIN_NONE && conflict_find(outcome, rank, &conflict)) {
        if (conflict.high->votes > conflict.low->votes) {
            why_kin_out(outcome, conflict.high->person, conflict.low->person);
            person_leave_out(outcome, rank, conflict.low->person);
        } else {
            why_kin_equal(outcome, conflict.high->person, conflict.low->person);
            conflict_join(outcome, rank, conflict);
        }
        rank_fill(outcome, rank);
    }
    rank_mark_seated(outcome, rank);
}
