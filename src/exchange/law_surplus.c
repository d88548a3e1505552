/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/surplus.h"

#include "exchange/law_case.h"

enum surplus_family { FAMILY_VILLAGE, FAMILY_PARTY, FAMILY_INITIAL };

enum { POST_LEFT_OUT = -1, POST_COMMITTEE = POST_COUNT, POST_OFFICERS };

struct surplus_given {
    enum surplus_family body;
    int post; /* enum post, POST_COMMITTEE, POST_OFFICERS or POST_LEFT_OUT */
    int64_t seats, candidates;
};

static const struct bind_choice BODIES[] = {
    {"village", FAMILY_VILLAGE},
    {"party", FAMILY_PARTY},
    {"party_initial", FAMILY_INITIAL},
    {NULL, 0},
};

static const struct bind_choice POSTS[] = {
    {"chair", POST_CHAIR},
    {"vice_chair", POST_VICE_CHAIR},
    {"women_member", POST_WOMEN_MEMBER},
    {"member", POST_MEMBER},
    {"committee", POST_COMMITTEE},
    {"officers", POST_OFFICERS},
    {NULL, 0},
};

static const struct bind_field FIELDS[] = {
    BIND(struct surplus_given, body, CHOICE, .required = true, .choices = BODIES),
    BIND(struct surplus_given, post, CHOICE, .choices = POSTS, .fallback = POST_LEFT_OUT),
    BIND(struct surplus_given, seats, COUNT, .required = true, .min = 1),
    BIND(struct surplus_given, candidates, COUNT, .required = true),
};

/* Each body has posts of its own; first proposals have none. */
static bool
post_fits(const struct surplus_given *given)
{
    if (given->post == POST_LEFT_OUT)
        return true;
    if (given->body == FAMILY_VILLAGE)
        return given->post < POST_COUNT;
    return given->body == FAMILY_PARTY && given->post >= POST_COUNT;
}

static struct surplus_facts
facts_of(const struct surplus_given *given)
{
    struct surplus_facts facts = {
        .body = SURPLUS_VILLAGE,
        .post = POST_MEMBER,
        .seats = given->seats,
        .candidates = given->candidates,
    };
    if (given->body == FAMILY_INITIAL)
        facts.body = SURPLUS_PARTY_INITIAL;
    else if (given->body == FAMILY_PARTY)
        facts.body =
            given->post == POST_OFFICERS ? SURPLUS_PARTY_OFFICERS : SURPLUS_PARTY_COMMITTEE;
    else if (given->post != POST_LEFT_OUT)
        facts.post = (enum post)given->post;
    return facts;
}

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    struct surplus_result decided;
    if (!post_fits(given))
        return BIND_REFUSE_FIELD(question->binder, "post", "这一机构没有这一职务",
                                 "this body has no such post");
    const struct surplus_facts facts = facts_of(given);
    surplus_decide(question->ctx, question->pack, &facts, &decided);
    law_put_bool(result, "ok", decided.ok);
    law_put_count(result, "need", decided.need);
    if (facts.body == SURPLUS_PARTY_INITIAL)
        law_put_count(result, "need_strict", decided.need_strict);
    if (decided.most == SURPLUS_NO_LIMIT)
        law_put_null(result, "most");
    else
        law_put_count(result, "most", decided.most);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_surplus = {
    .name = "surplus",
    .given = BIND_TABLE(struct surplus_given, FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer,
};
