/* SPDX-License-Identifier: Apache-2.0 */
#include "act/polling.h"

#include <string.h>

#include "domain/stroke.h"
#include "store/person_store.h"

enum err
polling_round_find(const struct call *call, struct round *ret_round)
{
    const json_t *number = json_object_get(call->fields, "round");
    if (number)
        return round_store_find(call->ctx, call->db, call->unit, json_integer_value(number),
                                ret_round);
    return round_store_last(call->ctx, call->db, call->unit, "village", NULL, ret_round);
}

enum err
polling_round(struct call *call, struct round *ret_round, bool *ret_found)
{
    struct round round;
    const enum err err = polling_round_find(call, &round);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_found = err == ERR_OK && strcmp(round.state, round_state_word(ROUND_VOID)) != 0;
    if (*ret_found)
        *ret_round = round;
    else if (err == ERR_OK)
        call_block(call, RULE_SEQ_01, "第 %lld 轮投票无效（%s）", "round %lld is void (%s)",
                   (long long)round.round, round.void_ground);
    else
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "没有这一轮投票", "there is no such round"),
                     "先确定选举日（day.fix），或者公布另行选举（round.order）",
                     "fix the polling day (day.fix) or order the round (round.order) first");
    return ERR_OK;
}

bool
polling_reached(const struct round *round, enum round_state state)
{
    const enum round_state now = round_state_find(round->state);
    return now != ROUND_VOID && now >= state;
}

bool
polling_block_opened(struct call *call, const struct round *round)
{
    const bool opened = polling_reached(round, ROUND_OPEN);
    if (opened)
        call_block(call, RULE_SEQ_04, "第 %lld 轮投票已经开始，不能再办这一步",
                   "the poll of round %lld has opened: this step is closed",
                   (long long)round->round);
    return opened;
}

enum err
polling_box(struct call *call, const struct round *round, int64_t number, struct box *ret_box,
            bool *ret_found)
{
    const enum err err =
        box_store_find(call->ctx, call->db, call->unit, round->round, number, ret_box);
    *ret_found = err == ERR_OK;
    if (err == ERR_NOT_FOUND)
        call_block(call, RULE_SEQ_01, "本轮没有 %lld 号票箱（station.set）",
                   "there is no box %lld in this round (station.set)", (long long)number);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* Later rounds have the posts and people that round.order named from the count. */
bool
polling_is_ordered(const struct round *round)
{
    return round->after_round > 0;
}

static int
stroke_order(const void *a, const void *b, void *arg)
{
    const char *const *first = a;
    const char *const *second = b;
    const int *style = arg;
    return stroke_compare(first[1], second[1], *style);
}

/* NOM-09, ORD-01: by strokes where the pack says so; else as they stand, by votes. */
enum err
polling_people_order(const struct call *call, struct polling_people *people)
{
    int style = stroke_style_of(call->pack);
    if (pack_word(call->pack, PACK_ORDER_CANDIDATES) != ORDER_BY_STROKES || !people->count)
        return ERR_OK;
    const char *(*pairs)[2] =
        (const char *(*)[2])mem_array(call->ctx->mem, const char *, 2 * people->count);
    for (size_t i = 0; i < people->count; i++) {
        pairs[i][0] = people->list[i];
        TRY(person_name(call->ctx, call->db, call->unit, people->list[i], &pairs[i][1]));
    }
    qsort_r(pairs, people->count, sizeof pairs[0], stroke_order, &style);
    for (size_t i = 0; i < people->count; i++)
        people->list[i] = pairs[i][0];
    return ERR_OK;
}

void
polling_people_add(const struct call *call, struct polling_people *people, const char *person)
{
    people->list = mem_grow(call->ctx->mem, people->list, const char *, people->count + 1);
    people->list[people->count++] = person;
}

static enum err
ordered_candidates(const struct call *call, const struct round *round, const char *post,
                   struct polling_people *people)
{
    struct round_candidate *list;
    size_t count;
    TRY(round_store_candidates(call->ctx, call->db, call->unit, round->round, post, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].state, "stands") == 0)
            polling_people_add(call, people, list[i].person);
    }
    return ERR_OK;
}

enum err
polling_candidates(const struct call *call, const struct round *round, const char *post,
                   struct polling_people *ret_people)
{
    struct polling_people people = {0};
    bool placed = false;
    if (polling_is_ordered(round))
        TRY(ordered_candidates(call, round, post, &people));
    else
        TRY(polling_listed(call, round->body, post, &people, &placed));
    /* A posted list has its order, true ties swapped as they were; paper follows it (NOM-09). */
    if (!placed)
        TRY(polling_people_order(call, &people));
    *ret_people = people;
    return ERR_OK;
}

enum err
polling_is_candidate(const struct call *call, const char *person, bool *ret_is)
{
    struct round *rounds;
    size_t count;
    bool is = false;
    TRY(polling_is_nominee(call, person, &is));
    TRY(round_store_list(call->ctx, call->db, call->unit, &rounds, &count));
    for (size_t i = 0; i < count && !is; i++) {
        struct polling_people people = {0};
        if (strcmp(rounds[i].body, "village") != 0)
            continue;
        TRY(ordered_candidates(call, &rounds[i], NULL, &people));
        for (size_t j = 0; j < people.count && !is; j++)
            TRY(person_is_same(call->ctx, call->db, call->unit, person, people.list[j], &is));
    }
    *ret_is = is;
    return ERR_OK;
}

enum err
polling_seats(const struct call *call, const struct round *round, const char *post,
              int64_t *ret_seats)
{
    struct round_post *posts;
    size_t count;
    if (!polling_is_ordered(round))
        return polling_seats_fixed(call, round->body, post, ret_seats);
    *ret_seats = 0;
    TRY(round_store_posts(call->ctx, call->db, call->unit, round->round, &posts, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(posts[i].post, post) == 0)
            *ret_seats = posts[i].seats;
    }
    return ERR_OK;
}
