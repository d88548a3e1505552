/* SPDX-License-Identifier: Apache-2.0 */
/* Seats that fall vacant again, and when a round is settled. */
#include <string.h>

#include "act/count.h"
#include "domain/second.h"
#include "store/voter_store.h"

/* Who got votes for the post and was given no seat of the body, by anything. */
static enum err
losers_find(struct call *call, const struct seated *vacated, struct second_loser **ret_losers,
            size_t *ret_count)
{
    struct count_vote *votes;
    struct seated *seated;
    size_t vote_count, seated_count;
    size_t count = 0;
    TRY(count_store_votes(call->ctx, call->db, call->unit, vacated->round, &votes, &vote_count));
    TRY(seated_store_list(call->ctx, call->db, call->unit, vacated->body, &seated, &seated_count));
    struct second_loser *losers = mem_array(call->ctx->mem, struct second_loser, vote_count);
    for (size_t i = 0; i < vote_count; i++) {
        bool may;
        TRY(voter_store_is_registered(call->ctx, call->db, call->unit, votes[i].person, &may));
        for (size_t k = 0; k < seated_count; k++)
            may = may && strcmp(seated[k].person, votes[i].person) != 0;
        if (may && strcmp(votes[i].post, vacated->post) == 0)
            losers[count++] = (struct second_loser){votes[i].person, votes[i].votes};
    }
    *ret_losers = losers;
    *ret_count = count;
    return ERR_OK;
}

static enum err
second_store(struct call *call, const struct seated *vacated, int64_t vacant)
{
    struct second_loser *losers;
    struct names names;
    size_t count;
    TRY(losers_find(call, vacated, &losers, &count));
    second_pick(call->ctx, losers, count, vacant, &names);
    TRY(outcome_store_clear_next(call->ctx, call->db, call->unit, vacated->round, vacated->post));
    for (size_t i = 0; i < names.count; i++) {
        const struct outcome_next next = {.unit = call->unit,
                                          .round = vacated->round,
                                          .post = vacated->post,
                                          .part = "second",
                                          .place = (int64_t)i + 1,
                                          .person = names.list[i]};
        TRY(outcome_store_add_next(call->ctx, call->db, &next));
    }
    return ERR_OK;
}

enum err
outcome_reopen_seat(struct call *call, const struct seated *seated)
{
    struct outcome_post *posts;
    size_t count;
    TRY(outcome_store_posts(call->ctx, call->db, call->unit, seated->round, &posts, &count));
    for (size_t i = 0; i < count; i++) {
        struct outcome_post post = posts[i];
        if (strcmp(post.post, seated->post) != 0)
            continue;
        /* A re-vote still to come leaves the seat to what follows it. */
        const bool tied = strcmp(post.next, "re_vote") == 0;
        const bool ordered = strcmp(post.next, "ordered") == 0 || strcmp(post.next, "kept") == 0;
        post.vacant = ordered ? 1 : post.vacant + 1;
        if (!tied && strcmp(post.next, "woman_seat") != 0)
            post.next = "second_poll";
        TRY(outcome_store_set_post(call->ctx, call->db, &post));
        if (!tied)
            TRY(second_store(call, seated, post.vacant));
    }
    return round_store_set_state(call->ctx, call->db, call->unit, seated->round, ROUND_ANNOUNCED);
}

/* --- one person, one post --- */

static int
post_rank(const char *post)
{
    if (strcmp(post, "chair") == 0)
        return 0;
    return strcmp(post, "vice_chair") == 0 ? 1 : 2;
}

bool
post_is_higher(const char *a, const char *b)
{
    return post_rank(a) < post_rank(b);
}

static bool
is_lower_of(const struct seated *low, const struct seated *high)
{
    return low->round != high->round && strcmp(low->person, high->person) == 0 &&
           post_is_higher(high->post, low->post);
}

/* 规程: 一人一职; the certificate of the lower post is void with it. */
static enum err
lower_leave(struct call *call, const struct seated *high, struct seated *low)
{
    const bool holds = strcmp(low->state, "elected") == 0 || strcmp(low->state, "pending") == 0;
    if (!holds || !is_lower_of(low, high))
        return ERR_OK;
    low->state = "moved";
    low->seq = call->seq;
    TRY(seated_store_set_state(call->ctx, call->db, low));
    TRY(certificate_store_cancel(call->ctx, call->db, call->unit, low->person));
    return outcome_reopen_seat(call, low);
}

enum err
outcome_lower_leave(struct call *call, int64_t round)
{
    struct round at;
    struct seated *seated;
    size_t count;
    TRY(round_store_find(call->ctx, call->db, call->unit, round, &at));
    TRY(seated_store_list(call->ctx, call->db, call->unit, at.body, &seated, &count));
    for (size_t i = 0; i < count; i++) {
        if (seated[i].round != round || strcmp(seated[i].state, "elected") != 0)
            continue;
        for (size_t k = 0; k < count; k++)
            TRY(lower_leave(call, &seated[i], &seated[k]));
    }
    return ERR_OK;
}

/* Takes the vacancy back from what the earlier round left. */
static enum err
vacancy_take_back(struct call *call, struct seated *low, struct outcome_post *post)
{
    const bool tied = strcmp(post->next, "re_vote") == 0;
    post->vacant--;
    if (post->vacant == 0 && !tied)
        post->next = "done";
    low->state = date_is_set(low->since) ? "elected" : "pending";
    low->seq = call->seq;
    TRY(outcome_store_set_post(call->ctx, call->db, post));
    if (!tied)
        TRY(second_store(call, low, post->vacant));
    if (post->vacant == 0)
        TRY(outcome_store_clear_next(call->ctx, call->db, call->unit, low->round, low->post));
    TRY(seated_store_set_state(call->ctx, call->db, low));
    return outcome_settle(call, low->round);
}

static enum err
lower_return(struct call *call, struct seated *low)
{
    struct outcome_post *posts;
    size_t count;
    TRY(outcome_store_posts(call->ctx, call->db, call->unit, low->round, &posts, &count));
    for (size_t i = 0; i < count; i++) {
        const bool gone =
            strcmp(posts[i].next, "ordered") == 0 || strcmp(posts[i].next, "kept") == 0;
        if (strcmp(posts[i].post, low->post) == 0 && !gone && posts[i].vacant > 0)
            return vacancy_take_back(call, low, &posts[i]);
    }
    return ERR_OK;
}

enum err
outcome_lower_return(struct call *call, const struct seated *high)
{
    struct seated *seated;
    size_t count;
    TRY(seated_store_list(call->ctx, call->db, call->unit, high->body, &seated, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(seated[i].state, "moved") == 0 && is_lower_of(&seated[i], high))
            TRY(lower_return(call, &seated[i]));
    }
    return ERR_OK;
}

enum err
outcome_lower_return_all(struct call *call, int64_t round)
{
    struct round at;
    struct seated *seated;
    size_t count;
    TRY(round_store_find(call->ctx, call->db, call->unit, round, &at));
    TRY(seated_store_list(call->ctx, call->db, call->unit, at.body, &seated, &count));
    for (size_t i = 0; i < count; i++) {
        if (seated[i].round == round)
            TRY(outcome_lower_return(call, &seated[i]));
    }
    return ERR_OK;
}

/* --- settled --- */

static bool
is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0)
            return true;
    }
    return false;
}

enum err
outcome_settle(struct call *call, int64_t round)
{
    static const char *const SETTLED[] = {"done", "ordered", "kept"};
    struct outcome_post *posts;
    struct seated *seated;
    struct round at;
    size_t count, seated_count;
    TRY(round_store_find(call->ctx, call->db, call->unit, round, &at));
    if (strcmp(at.state, "announced") != 0)
        return ERR_OK;
    TRY(outcome_store_posts(call->ctx, call->db, call->unit, round, &posts, &count));
    for (size_t i = 0; i < count; i++) {
        if (!is_one_of(posts[i].next, SETTLED, COUNT_OF(SETTLED)))
            return ERR_OK;
    }
    TRY(seated_store_list(call->ctx, call->db, call->unit, at.body, &seated, &seated_count));
    for (size_t i = 0; i < seated_count; i++) {
        if (seated[i].round == round && strcmp(seated[i].state, "pending") == 0)
            return ERR_OK;
    }
    return round_store_set_state(call->ctx, call->db, call->unit, round, ROUND_SETTLED);
}
