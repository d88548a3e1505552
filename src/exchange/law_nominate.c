/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/nominate.h"

#include "exchange/law_case.h"

/* A village post, or null for none: two members of the struct, hence the whole of it. */
static enum err
read_accepts(struct binder *binder, const json_t *value, void *ret_member)
{
    struct nominate_nominee *nominee = ret_member;
    int post = 0;
    nominee->choice = NOMINATE_DECLINES;
    if (json_is_null(value))
        return ERR_OK;
    TRY(bind_word(binder, value, LAW_VILLAGE_POSTS, &post));
    nominee->choice = NOMINATE_ACCEPTS;
    nominee->accepts = (enum post)post;
    return ERR_OK;
}

static const struct bind_field NOMINEE_FIELDS[] = {
    BIND(struct nominate_nominee, name, NAME, .required = true),
    BIND(struct nominate_nominee, sex, CHOICE, .required = true, .choices = LAW_SEXES),
    BIND(struct nominate_nominee, votes, COUNT, .required = true),
    {.key = "accepts", .type = BIND_CUSTOM, .at = 0, .read = read_accepts},
};

static const struct bind_table NOMINEE = BIND_TABLE(struct nominate_nominee, NOMINEE_FIELDS);

static const struct bind_field POST_FIELDS[] = {
    BIND(struct nominate_post, post, CHOICE, .required = true, .choices = LAW_VILLAGE_POSTS),
    BIND(struct nominate_post, seats, COUNT, .required = true, .min = 1),
    BIND(struct nominate_post, places, COUNT, .required = true, .min = 1),
    BIND_LIST(struct nominate_post, nominees, nominee_count, OBJECTS, .required = true,
              .unique_key = "name", .object = &NOMINEE),
};

static const struct bind_table POST = BIND_TABLE(struct nominate_post, POST_FIELDS);

static const struct bind_field FIELDS[] = {
    BIND(struct nominate_facts, registered, COUNT, .required = true, .min = 1),
    BIND(struct nominate_facts, papers, COUNT, .required = true),
    BIND_LIST(struct nominate_facts, posts, post_count, OBJECTS, .required = true,
              .unique_key = "post", .object = &POST),
};

static enum err
require_sums(struct binder *binder, const struct nominate_facts *facts)
{
    if (facts->papers > facts->registered)
        return BIND_REFUSE_FIELD(binder, "papers", "提名票多于登记人数",
                                 "more papers than registered villagers");
    for (size_t i = 0; i < facts->post_count; i++) {
        for (size_t k = 0; k < facts->posts[i].nominee_count; k++) {
            if (facts->posts[i].nominees[k].votes > facts->papers)
                return BIND_REFUSE_FIELD(
                    binder, mem_printf(binder->ctx->mem, "posts[%zu].nominees[%zu].votes", i, k),
                    "得票多于提名票", "more votes than papers");
        }
    }
    return ERR_OK;
}

static json_t *
make_post(const struct nominate_outcome *outcome)
{
    json_t *post = json_object();
    law_put_text(post, "post", post_word(outcome->post));
    law_put_names(post, "candidates", outcome->candidates, outcome->candidate_count);
    law_put_names(post, "tied", outcome->tied, outcome->tied_count);
    law_put_text(post, "woman_added", outcome->woman_added);
    return post;
}

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    struct nominate_result decided;
    TRY(require_sums(question->binder, given));
    nominate_decide(question->ctx, question->pack, given, &decided);
    json_t *posts = json_array();
    for (size_t i = 0; i < decided.outcome_count; i++)
        json_array_append_new(posts, make_post(&decided.outcomes[i]));
    law_put_bool(result, "valid", decided.valid);
    json_object_set_new(result, "posts", posts);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_nominate = {
    .name = "nominate",
    .given = BIND_TABLE(struct nominate_facts, FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer,
};
