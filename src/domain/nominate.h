/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From nomination papers to candidates (海选提名; NOM-03 … NOM-07; 组织法 §15, 2025 §18).
 *
 * Posts are filled from the highest; whoever is a candidate, or tied, for a post is passed over
 * below it.
 */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"
#include "domain/words.h"

/* What a nominee has said in writing about the post he stands for. */
enum nominate_choice {
    NOMINATE_UNSAID,   /* nothing: stands wherever he is named */
    NOMINATE_DECLINES, /* for none */
    NOMINATE_ACCEPTS,  /* for `accepts` alone */
};

struct nominate_nominee {
    const char *name;
    enum sex sex;
    int64_t votes;
    enum nominate_choice choice;
    enum post accepts; /* holds with NOMINATE_ACCEPTS */
};

/* seats: to be elected; places: candidates wanted. Posts of the villagers' committee, each once. */
struct nominate_post {
    enum post post;
    int64_t seats, places;
    const struct nominate_nominee *nominees;
    size_t nominee_count;
};

/* papers: nominators (参加提名人数). papers ≤ registered, votes ≤ papers. */
struct nominate_facts {
    int64_t registered, papers;
    const struct nominate_post *posts;
    size_t post_count;
};

/* candidates by votes; tied: equal across the last place, a re-vote decides; woman_added: stands
 * last among the candidates, above the places, so that there is a woman (NOM-07); or NULL. */
struct nominate_outcome {
    enum post post;
    const char **candidates;
    size_t candidate_count;
    const char **tied;
    size_t tied_count;
    const char *woman_added;
};

/* outcomes: in the order of facts->posts; none if not valid. */
struct nominate_result {
    bool valid;
    struct nominate_outcome *outcomes;
    size_t outcome_count;
    struct ruling ruling;
};

void nominate_decide(struct ctx *ctx, const struct pack *pack, const struct nominate_facts *facts,
                     struct nominate_result *ret_result);
