/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/poll.h"

#include "exchange/law_case.h"

struct given {
    struct date polling_day;
    struct poll_facts facts;
};

static const struct bind_choice MERGES[] = {
    {"none", MERGE_NONE},
    {"down_add", MERGE_DOWN_ADD},
    {NULL, 0},
};

static const struct bind_field CANDIDATE_FIELDS[] = {
    BIND(struct poll_candidate, name, NAME, .required = true),
    BIND(struct poll_candidate, sex, CHOICE, .required = true, .choices = LAW_SEXES),
    BIND(struct poll_candidate, votes, COUNT, .required = true),
    BIND(struct poll_candidate, write_in, BOOL),
    BIND(struct poll_candidate, registered, BOOL, .fallback = true),
    BIND(struct poll_candidate, age_ok, BOOL, .fallback = true),
    {.key = "kin",
     .type = BIND_NAMES,
     .at = offsetof(struct poll_candidate, kin.list),
     .count_at = offsetof(struct poll_candidate, kin.count)},
};
static const struct bind_table CANDIDATE = BIND_TABLE(struct poll_candidate, CANDIDATE_FIELDS);

/* Figures of a post that has a ballot of its own; −1: not given. */
#define PAPERS(name, member, none)                                                                 \
    {                                                                                              \
        .key = (name), .type = BIND_COUNT, .at = offsetof(struct poll_post, papers.member),        \
        .fallback = (none)                                                                         \
    }

static const struct bind_field POST_FIELDS[] = {
    BIND(struct poll_post, post, CHOICE, .required = true, .choices = LAW_VILLAGE_POSTS),
    BIND(struct poll_post, seats, COUNT, .required = true, .min = 1),
    BIND(struct poll_post, section_void, COUNT),
    PAPERS("issued", issued, -1),
    PAPERS("recovered", recovered, -1),
    PAPERS("void", void_count, 0),
    BIND_LIST(struct poll_post, candidates, count, OBJECTS, .required = true, .object = &CANDIDATE,
              .unique_key = "name"),
};
static const struct bind_table POST_TABLE = BIND_TABLE(struct poll_post, POST_FIELDS);

static const struct bind_field BEFORE_FIELDS[] = {
    BIND(struct poll_before, post, CHOICE, .required = true, .choices = LAW_VILLAGE_POSTS),
    BIND(struct poll_before, name, NAME, .required = true),
    BIND(struct poll_before, sex, CHOICE, .required = true, .choices = LAW_SEXES),
};
static const struct bind_table BEFORE = BIND_TABLE(struct poll_before, BEFORE_FIELDS);

/* A member of the facts under its own name. */
#define FACT(name, member, kind, ...)                                                              \
    {                                                                                              \
        .key = (name), .type = BIND_##kind, .at = offsetof(struct given, facts.member),            \
        ##__VA_ARGS__                                                                              \
    }

static const struct bind_field GIVEN_FIELDS[] = {
    BIND(struct given, polling_day, DATE),
    FACT("registered", registered, COUNT, .required = true, .min = 1),
    FACT("issued", issued, COUNT, .required = true),
    FACT("recovered", recovered, COUNT, .required = true),
    FACT("void", void_count, COUNT),
    FACT("round", round, COUNT, .min = 1, .max = 2, .fallback = 1),
    FACT("combined", combined, BOOL, .fallback = true),
    /* 再次投票 has no key in the contract of worked cases; outcomes are kept with it. */
    FACT("re_vote", re_vote, BOOL, .inside = true),
    FACT("merge", merge, CHOICE, .choices = MERGES, .fallback = MERGE_NONE),
    FACT("posts", posts, OBJECTS, .count_at = offsetof(struct given, facts.post_count),
         .object = &POST_TABLE, .unique_key = "post"),
    FACT("elected_before", before, OBJECTS, .count_at = offsetof(struct given, facts.before_count),
         .object = &BEFORE, .unique_key = "name"),
};

/* A post named any of the figures: all of them are its own. */
static void
own_papers_find(const struct poll_facts *facts)
{
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct poll_papers *papers = &facts->posts[i].papers;
        facts->posts[i].own =
            papers->issued >= 0 || papers->recovered >= 0 || papers->void_count > 0;
    }
}

static void
put_threshold(json_t *object, int64_t threshold)
{
    if (threshold)
        law_put_count(object, "threshold", threshold);
    else
        law_put_null(object, "threshold");
}

static json_t *
outcome_json(const struct poll_outcome *outcome, bool separate)
{
    json_t *object = json_object();
    law_put_text(object, "post", post_word(outcome->post));
    law_put_names(object, "elected", outcome->elected.list, outcome->elected.count);
    law_put_names(object, "pending", outcome->pending.list, outcome->pending.count);
    law_put_names(object, "tied", outcome->tied.list, outcome->tied.count);
    law_put_count(object, "vacant", outcome->vacant);
    law_put_text(object, "next", poll_next_word(outcome->next));
    law_put_names(object, "second_candidates", outcome->second_candidates.list,
                  outcome->second_candidates.count);
    if (separate) {
        law_put_bool(object, "valid", !outcome->is_void);
        put_threshold(object, outcome->threshold);
    }
    return object;
}

static enum err
answer_poll(struct law_question *question, const void *given, json_t *result)
{
    struct ctx *ctx = question->ctx;
    const struct given *it = given;
    struct poll_result poll = {0};
    own_papers_find(&it->facts);
    const enum err err = poll_decide(ctx, question->pack, &it->facts, &poll);
    TRY(bind_within(question->binder, err, ctx->failure.field));
    json_t *posts = json_array();
    for (size_t i = 0; i < poll.outcome_count; i++)
        json_array_append_new(posts, outcome_json(&poll.outcomes[i], poll.separate));
    law_put_bool(result, "valid", poll.valid);
    law_put_all_rules(ctx, result, "invalid_rules", &poll.invalid);
    put_threshold(result, poll.threshold);
    json_object_set_new(result, "posts", posts);
    law_put_text(result, "acting", poll_acting_word(poll.acting));
    law_put_all_rules(ctx, result, "warnings_set", &poll.warnings);
    law_add_why(question, &poll.why);
    return ERR_OK;
}

const struct law_check law_check_poll = {
    .name = "poll",
    .given = BIND_TABLE(struct given, GIVEN_FIELDS),
    .day_at = offsetof(struct given, polling_day),
    .answer = answer_poll,
};
