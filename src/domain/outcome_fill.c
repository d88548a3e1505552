/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/outcome.h"

/* Entries that may take a seat, by votes. */
struct pool {
    struct entry **list;
    size_t count;
};

static bool
entry_is_woman(const struct entry *entry)
{
    return entry->candidate->sex == SEX_FEMALE;
}

/* Somebody with this post or a higher one already, be it from an earlier round, or with another
 * post of the same rank filled before this one. One person, one post (OUT-08). */
static bool
person_is_placed(const struct outcome *outcome, const struct contest *contest, size_t person)
{
    const struct person *it = &outcome->persons[person];
    if (it->seated || (it->before && rank_of(it->before->post) <= contest->rank))
        return true;
    for (size_t i = 0; i < outcome->facts->post_count; i++) {
        const struct contest *other = &outcome->contests[i];
        if (contest->post->post != POST_MEMBER || other->post->post != POST_WOMEN_MEMBER)
            continue;
        for (size_t k = 0; k < other->count; k++) {
            if (other->entries[k].person == person && other->entries[k].state == ENTRY_SEATED)
                return true;
        }
    }
    return false;
}

/* Takes n by votes; equal votes across the last seat: those are tied (OUT-03). */
static void
pool_take(const struct pool *pool, int64_t n)
{
    const size_t seats = (size_t)n;
    const bool all = pool->count <= seats;
    const bool cut_is_tied =
        !all && n > 0 && pool->list[seats]->votes == pool->list[seats - 1]->votes;
    const int64_t cut = cut_is_tied ? pool->list[seats]->votes : 0;
    for (size_t i = 0; i < pool->count; i++) {
        struct entry *entry = pool->list[i];
        if (cut_is_tied && entry->votes == cut)
            entry->state = ENTRY_TIED;
        else if (i < seats)
            entry->state = ENTRY_SEATED;
    }
}

static void
pool_clear(const struct pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        pool->list[i]->state = ENTRY_OUT;
}

/* After pool_take of n: is a woman seated whatever the re-vote brings? */
static bool
woman_is_certain(const struct pool *pool, int64_t n)
{
    int64_t open = n;
    int64_t men_tied = 0;
    for (size_t i = 0; i < pool->count; i++) {
        const struct entry *entry = pool->list[i];
        if (entry->state == ENTRY_SEATED && entry_is_woman(entry))
            return true;
        open -= entry->state == ENTRY_SEATED;
        men_tied += entry->state == ENTRY_TIED && !entry_is_woman(entry);
    }
    size_t tied = 0;
    for (size_t i = 0; i < pool->count; i++)
        tied += pool->list[i]->state == ENTRY_TIED;
    return tied > 0 && men_tied < open;
}

/* The women with most votes in the pool: how many, and the votes. */
static size_t
top_women(const struct pool *pool, int64_t *ret_votes)
{
    size_t count = 0;
    for (size_t i = 0; i < pool->count; i++) {
        const struct entry *entry = pool->list[i];
        if (!entry_is_woman(entry) || (count > 0 && entry->votes < *ret_votes))
            continue;
        *ret_votes = entry->votes;
        count++;
    }
    return count;
}

/* Gives the women with most votes that state and takes them out of the pool. */
static void
top_women_set(struct pool *pool, int64_t votes, enum entry_state state)
{
    size_t kept = 0;
    for (size_t i = 0; i < pool->count; i++) {
        struct entry *entry = pool->list[i];
        if (entry_is_woman(entry) && entry->votes == votes) {
            entry->state = state;
            entry->first = true;
        } else {
            pool->list[kept++] = entry;
        }
    }
    pool->count = kept;
}

/* 规程: 过半数的妇女中得票最多的首先当选; 没有的, 从应选名额中确定一个名额另行选举妇女委员. */
static void
pool_take_woman_first(struct contest *contest, struct pool *pool, int64_t seats)
{
    int64_t votes = 0;
    const size_t women = top_women(pool, &votes);
    if (women == 0) {
        contest->kept = true;
        pool_take(pool, seats - 1);
        return;
    }
    if (women > 1) {
        pool_take(pool, seats);
        if (woman_is_certain(pool, seats))
            return;
        pool_clear(pool);
    }
    top_women_set(pool, votes, women == 1 ? ENTRY_SEATED : ENTRY_TIED);
    pool_take(pool, seats - 1);
}

/* True if the group is of this contest and has only women here: one of them will be seated. */
static bool
group_is_women(const struct contest *contest, size_t group)
{
    size_t women = 0;
    size_t all = 0;
    for (size_t i = 0; i < contest->count; i++) {
        if (contest->entries[i].group != group)
            continue;
        all++;
        women += entry_is_woman(&contest->entries[i]);
    }
    return all > 1 && women == all;
}

/* Seats left beside those that stay open for equal kin; *ret_woman: such a seat is a woman's. */
static int64_t
seats_beside_groups(const struct outcome *outcome, const struct contest *contest, bool *ret_woman)
{
    bool *open = mem_array(outcome->ctx->mem, bool, outcome->groups + 1);
    int64_t seats = contest->post->seats;
    *ret_woman = false;
    for (size_t i = 0; i < contest->count; i++) {
        const size_t group = contest->entries[i].group;
        if (group == GROUP_NONE || open[group])
            continue;
        open[group] = true;
        seats--;
        *ret_woman = *ret_woman || group_is_women(contest, group);
    }
    return seats > 0 ? seats : 0;
}

void
contest_fill(const struct outcome *outcome, struct contest *contest)
{
    struct pool pool = {.list = mem_array(outcome->ctx->mem, struct entry *, contest->count)};
    contest->kept = false;
    for (size_t i = 0; i < contest->count; i++) {
        struct entry *entry = &contest->entries[i];
        entry->first = false;
        entry->state = entry->group == GROUP_NONE ? ENTRY_OUT : ENTRY_TIED;
        if (!contest->is_void && entry->counts && !entry->left_out &&
            entry->votes >= contest->threshold && !outcome->persons[entry->person].grouped &&
            !person_is_placed(outcome, contest, entry->person))
            pool.list[pool.count++] = entry;
    }
    bool woman_met = false;
    const int64_t seats = seats_beside_groups(outcome, contest, &woman_met);
    if (contest->woman_rule && !contest->is_void && !woman_met && seats > 0)
        pool_take_woman_first(contest, &pool, seats);
    else
        pool_take(&pool, seats);
}
