/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/outcome.h"

static bool
person_sits(const struct outcome *outcome, size_t person)
{
    return outcome->persons[person].seated || outcome->persons[person].before;
}

/* Persons seated in this round and elected before; nobody twice. */
static int64_t
persons_sitting(const struct outcome *outcome)
{
    int64_t count = 0;
    for (size_t i = 0; i < outcome->names.count; i++)
        count += person_sits(outcome, i);
    return count;
}

static bool
post_is_held(const struct outcome *outcome, enum post post)
{
    const struct poll_facts *facts = outcome->facts;
    for (size_t i = 0; i < facts->before_count; i++) {
        if (facts->before[i].post == post)
            return true;
    }
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct poll_outcome *it = &outcome->result->outcomes[i];
        if (it->post == post && it->elected.count + it->pending.count > 0)
            return true;
    }
    return false;
}

static bool
woman_sits(const struct outcome *outcome)
{
    const struct poll_facts *facts = outcome->facts;
    for (size_t i = 0; i < facts->before_count; i++) {
        if (facts->before[i].sex == SEX_FEMALE)
            return true;
    }
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct contest *contest = &outcome->contests[i];
        for (size_t k = 0; k < contest->count; k++) {
            if (contest->entries[k].state == ENTRY_SEATED &&
                contest->entries[k].candidate->sex == SEX_FEMALE)
                return true;
        }
    }
    return false;
}

/* 规程: 经另行选举仍未选足但已选足三人的, 不足职位可以空缺; the pack says how many and when. */
static bool
may_stop(const struct outcome *outcome)
{
    const struct pack *pack = outcome->pack;
    if (pack_is_none(pack, PACK_STOP_PERSONS))
        return false;
    if (pack_word(pack, PACK_STOP_ROUND) == STOP_SECOND && outcome->facts->round < 2)
        return false;
    if (pack_yes(pack, PACK_STOP_CHAIR) && !post_is_held(outcome, POST_CHAIR))
        return false;
    return persons_sitting(outcome) >= pack_int(pack, PACK_STOP_PERSONS);
}

static enum poll_next
contest_next(const struct outcome *outcome, const struct contest *contest,
             const struct poll_outcome *post)
{
    if (contest->is_void)
        return NEXT_REPEAT;
    if (post->tied.count > 0)
        return NEXT_RE_VOTE;
    if (post->vacant == 0)
        return NEXT_DONE;
    if (contest->kept || (post->post == POST_WOMEN_MEMBER && !woman_sits(outcome)))
        return NEXT_WOMAN_SEAT;
    return may_stop(outcome) ? NEXT_MAY_STOP : NEXT_SECOND_POLL;
}

/* Who may be put up again: not seated, not left out by the kin rule, nobody's kin who sits. */
static bool
entry_may_stand_again(const struct outcome *outcome, const struct contest *contest,
                      const struct entry *entry)
{
    size_t who = 0;
    if (!entry->counts || entry->left_out || person_sits(outcome, entry->person))
        return false;
    return outcome->scope == KIN_NONE ||
           !person_kin_is_seated(outcome, entry->person, contest->rank, true, &who);
}

/* Moves the first n of the pool (more on an equal last vote) that are women, or all, to names. */
static void
pool_pick(struct ctx *ctx, const struct entry **pool, size_t count, int64_t n, bool women,
          struct names *names)
{
    int64_t taken = 0;
    int64_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = pool[i];
        if (!entry || (women && entry->candidate->sex != SEX_FEMALE))
            continue;
        if (taken >= n && entry->votes != last)
            return;
        taken++;
        last = entry->votes;
        names_append(ctx, names, entry->candidate->name);
        pool[i] = NULL;
    }
}

/* 组织法 §15: 第一次投票未当选的人员得票多的为候选人. One more than the seats. */
static struct names
contest_second(const struct outcome *outcome, const struct contest *contest, int64_t vacant)
{
    const struct entry **pool = mem_array(outcome->ctx->mem, const struct entry *, contest->count);
    size_t count = 0;
    for (size_t i = 0; i < contest->count; i++) {
        if (entry_may_stand_again(outcome, contest, &contest->entries[i]))
            pool[count++] = &contest->entries[i];
    }
    struct names names = {0};
    if (!contest->kept) {
        pool_pick(outcome->ctx, pool, count, vacant + 1, false, &names);
        return names;
    }
    pool_pick(outcome->ctx, pool, count, 2, true, &names);
    if (vacant > 1)
        pool_pick(outcome->ctx, pool, count, vacant, false, &names);
    return names;
}

/* 规程: 主任未选出由副主任主持; 都未选出由村民代表会议推选一人主持. */
static enum poll_acting
acting_of(const struct outcome *outcome)
{
    if (post_is_held(outcome, POST_VICE_CHAIR))
        return ACTING_VICE_CHAIR;
    return pack_word(outcome->pack, PACK_ACTING_WITHOUT_VICE) == ACTING_MEMBER
               ? ACTING_TOP_MEMBER
               : ACTING_BY_REPRESENTATIVES;
}

void
outcome_next(struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->facts->post_count; i++) {
        const struct contest *contest = &outcome->contests[i];
        struct poll_outcome *post = &outcome->result->outcomes[i];
        post->next = contest_next(outcome, contest, post);
        if (post->next != NEXT_DONE && post->next != NEXT_RE_VOTE && post->next != NEXT_REPEAT)
            post->second_candidates = contest_second(outcome, contest, post->vacant);
        if (post->post == POST_CHAIR && post->next == NEXT_MAY_STOP)
            outcome->result->acting = acting_of(outcome);
        why_next(outcome, contest, post);
    }
}
