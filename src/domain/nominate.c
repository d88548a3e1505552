/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/nominate.h"

#include <stdlib.h>
#include <string.h>

#include "domain/majority.h"
#include "domain/surplus.h"

/* One nominee standing for one post, with the votes that count there. */
struct runner {
    const struct nominate_nominee *nominee;
    int64_t votes;
    size_t outcome; /* index of the post */
    bool placed;    /* a candidate or tied */
};

struct contest {
    struct ctx *ctx;
    const struct pack *pack;
    const struct nominate_facts *facts;
    struct nominate_result *result;
    struct runner *runners; /* of all posts done so far */
    size_t count;
};

/* Posts from the highest. */
static const enum post RANKS[] = {POST_CHAIR, POST_VICE_CHAIR, POST_WOMEN_MEMBER, POST_MEMBER};

static bool
judge_validity(struct ctx *ctx, const struct pack *pack, const struct nominate_facts *facts,
               struct ruling *ruling)
{
    const bool majority = pack_yes(pack, PACK_NOMINATE_MAJORITY);
    const bool enough =
        majority ? more_than_half(facts->papers, facts->registered) : facts->papers > 0;
    bool valid = enough;
    ruling_test(ctx, ruling, RULE_NOM_03, !enough,
                majority
                    ? text_format(ctx, "参加提名 %lld ×2 %s 登记 %lld",
                                  "%lld nominators ×2 %s %lld registered", (long long)facts->papers,
                                  enough ? ">" : "≤", (long long)facts->registered)
                    : text_format(ctx, "参加提名 %lld 人（未要求过半数）",
                                  "%lld nominators (no majority is asked for)",
                                  (long long)facts->papers));
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct nominate_post *post = &facts->posts[i];
        const struct surplus_facts places = {
            .post = post->post, .seats = post->seats, .candidates = post->places};
        struct surplus_result surplus;
        surplus_decide(ctx, pack, &places, &surplus);
        valid = valid && surplus.ok;
        ruling_test(
            ctx, ruling, RULE_NOM_04, !surplus.ok,
            text_format(ctx, "%s应选 %lld 人，候选人 %lld 人%s", "%s: %lld seats, %lld places%s",
                        text_pick(ctx, post_title(post->post)), (long long)post->seats,
                        (long long)post->places,
                        surplus.ok ? "" : text_format(ctx, "，差额不合规定", ", not lawful")));
    }
    return valid;
}

/* What he has said: on this paper line, else on another of his lines that names this post, else on
 * any. */
static bool
stands_for(const struct nominate_facts *facts, const struct nominate_nominee *nominee,
           enum post post, bool *ret_said)
{
    bool said = nominee->choice != NOMINATE_UNSAID;
    bool stands = nominee->choice == NOMINATE_ACCEPTS && nominee->accepts == post;
    for (size_t i = 0; i < facts->post_count && nominee->choice == NOMINATE_UNSAID; i++) {
        for (size_t k = 0; k < facts->posts[i].nominee_count; k++) {
            const struct nominate_nominee *other = &facts->posts[i].nominees[k];
            if (other->choice == NOMINATE_UNSAID || strcmp(other->name, nominee->name) != 0)
                continue;
            said = true;
            stands = stands || (other->choice == NOMINATE_ACCEPTS && other->accepts == post);
        }
    }
    *ret_said = said;
    return stands || !said;
}

static bool
is_placed(const struct contest *contest, const char *name)
{
    for (size_t i = 0; i < contest->count; i++) {
        if (contest->runners[i].placed && strcmp(contest->runners[i].nominee->name, name) == 0)
            return true;
    }
    return false;
}

/* 河南实施办法 §25: votes for chair and vice-chair count on for the post below, never upward. */
static int64_t
votes_from_above(const struct contest *contest, const char *name, enum post post)
{
    int64_t votes = 0;
    for (size_t i = 0; i < contest->facts->post_count; i++) {
        const struct nominate_post *above = &contest->facts->posts[i];
        const bool counts =
            (post == POST_MEMBER && above->post == POST_VICE_CHAIR) ||
            ((post == POST_MEMBER || post == POST_VICE_CHAIR) && above->post == POST_CHAIR);
        for (size_t k = 0; counts && k < above->nominee_count; k++) {
            if (strcmp(above->nominees[k].name, name) == 0)
                votes += above->nominees[k].votes;
        }
    }
    return votes;
}

/* Most votes first; equal votes keep the order given. */
static int
compare_runners(const void *a, const void *b)
{
    const struct runner *first = a;
    const struct runner *second = b;
    if (first->votes != second->votes)
        return first->votes > second->votes ? -1 : 1;
    return (first->nominee > second->nominee) - (first->nominee < second->nominee);
}

/* Adds those who stand for the post, sorted; returns the first of them. */
static size_t
enter_runners(struct contest *contest, size_t index)
{
    const struct nominate_post *post = &contest->facts->posts[index];
    const bool down_add = pack_yes(contest->pack, PACK_NOMINATE_DOWN_ADD);
    const size_t first = contest->count;
    size_t count = first;
    for (size_t i = 0; i < post->nominee_count; i++) {
        const struct nominate_nominee *nominee = &post->nominees[i];
        bool said = false;
        const bool stands = stands_for(contest->facts, nominee, post->post, &said);
        const bool wrong_sex = post->post == POST_WOMEN_MEMBER && nominee->sex == SEX_MALE;
        int64_t votes = nominee->votes;
        if (down_add && !said)
            votes += votes_from_above(contest, nominee->name, post->post);
        if (stands && !wrong_sex && votes > 0 && !is_placed(contest, nominee->name))
            contest->runners[count++] = (struct runner){nominee, votes, index, false};
    }
    qsort(contest->runners + first, count - first, sizeof(struct runner), compare_runners);
    contest->count = count;
    return first;
}

static void
place_runner(struct contest *contest, struct runner *runner, bool tied)
{
    struct nominate_outcome *outcome = &contest->result->outcomes[runner->outcome];
    runner->placed = true;
    if (tied)
        outcome->tied[outcome->tied_count++] = runner->nominee->name;
    else
        outcome->candidates[outcome->candidate_count++] = runner->nominee->name;
    const char *title =
        text_pick(contest->ctx, post_title(contest->facts->posts[runner->outcome].post));
    ruling_note(contest->ctx, &contest->result->ruling, RULE_NOM_05,
                text_format(contest->ctx, "%s：%s %lld 票，%s", "%s: %s, %lld votes, %s", title,
                            runner->nominee->name, (long long)runner->votes,
                            tied ? text_format(contest->ctx, "末位票数相等，再次投票",
                                               "equal at the last place, a re-vote")
                                 : text_format(contest->ctx, "列为候选人", "a candidate")));
}

static void
decide_post(struct contest *contest, size_t index)
{
    const struct nominate_post *post = &contest->facts->posts[index];
    struct nominate_outcome *outcome = &contest->result->outcomes[index];
    const size_t room = post->nominee_count + 1;
    *outcome = (struct nominate_outcome){
        .post = post->post,
        .candidates = mem_array(contest->ctx->mem, const char *, room),
        .tied = mem_array(contest->ctx->mem, const char *, room),
    };
    struct runner *runners = contest->runners + enter_runners(contest, index);
    const size_t count = (size_t)(contest->runners + contest->count - runners);
    const size_t places = (size_t)post->places;
    const bool cut = count > places && runners[places - 1].votes == runners[places].votes;
    for (size_t i = 0; i < count; i++) {
        const bool tied = cut && runners[i].votes == runners[places].votes;
        if (tied || i < places)
            place_runner(contest, &runners[i], tied);
    }
}

static bool
has_woman(const struct contest *contest)
{
    for (size_t i = 0; i < contest->count; i++) {
        if (contest->runners[i].placed && contest->runners[i].nominee->sex == SEX_FEMALE)
            return true;
    }
    return false;
}

/* The women who share the most votes, each once, at her highest post. Returns how many. */
static size_t
find_best_women(const struct contest *contest, struct runner **ret_women)
{
    size_t count = 0;
    int64_t most = 0;
    for (size_t i = 0; i < contest->count; i++) {
        struct runner *runner = &contest->runners[i];
        bool counted = runner->nominee->sex != SEX_FEMALE || runner->votes < most;
        if (!counted && runner->votes > most)
            count = 0;
        for (size_t k = 0; k < count && !counted; k++)
            counted = strcmp(ret_women[k]->nominee->name, runner->nominee->name) == 0;
        if (counted)
            continue;
        most = runner->votes;
        ret_women[count++] = runner;
    }
    return count;
}

/* NOM-07: without a woman among them, the one with most nomination votes becomes a candidate. */
static void
add_woman(struct contest *contest)
{
    if (has_woman(contest))
        return;
    struct runner **women = mem_array(contest->ctx->mem, struct runner *, contest->count + 1);
    const size_t count = find_best_women(contest, women);
    for (size_t i = 0; i < count; i++)
        place_runner(contest, women[i], count > 1);
    if (count == 1)
        contest->result->outcomes[women[0]->outcome].woman_added = women[0]->nominee->name;
    ruling_note(contest->ctx, &contest->result->ruling, RULE_NOM_07,
                count == 1
                    ? text_format(contest->ctx, "候选人中无妇女，得票最多的妇女%s列为候选人",
                                  "no woman among them: %s, with most votes, is added",
                                  women[0]->nominee->name)
                    : text_format(contest->ctx, "候选人中无妇女，得票最多且相等的妇女 %zu 人",
                                  "no woman among them: %zu women share the most votes", count));
}

/* Decides every post, the highest first, whatever the order given. */
static void
decide_posts(struct contest *contest)
{
    const struct nominate_facts *facts = contest->facts;
    for (size_t rank = 0; rank < COUNT_OF(RANKS); rank++) {
        for (size_t i = 0; i < facts->post_count; i++) {
            if (facts->posts[i].post == RANKS[rank])
                decide_post(contest, i);
        }
    }
}

void
nominate_decide(struct ctx *ctx, const struct pack *pack, const struct nominate_facts *facts,
                struct nominate_result *ret_result)
{
    struct nominate_result result = {0};
    result.valid = judge_validity(ctx, pack, facts, &result.ruling);
    if (result.valid) {
        size_t nominees = 0;
        for (size_t i = 0; i < facts->post_count; i++)
            nominees += facts->posts[i].nominee_count;
        struct contest contest = {.ctx = ctx, .pack = pack, .facts = facts, .result = &result};
        contest.runners = mem_array(ctx->mem, struct runner, nominees);
        result.outcomes = mem_array(ctx->mem, struct nominate_outcome, facts->post_count);
        result.outcome_count = facts->post_count;
        decide_posts(&contest);
        add_woman(&contest);
    }
    *ret_result = result;
}
