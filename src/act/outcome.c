/* SPDX-License-Identifier: Apache-2.0 */
/* From counted votes to a question of law, and its answer (law: exchange/law_poll.c). */
#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "exchange/law_one.h"
#include "store/kin_store.h"
#include "store/person_store.h"
#include "store/voter_store.h"

enum { VOTING_AGE = 18 };

/* Facts in the making. */
struct facting {
    struct call *call;
    const struct tally_form *form;
    struct count_vote *votes;
    size_t vote_count;
    struct seated *seated; /* of the body, in other rounds */
    size_t seated_count;
    struct outcome_facts facts;
};

enum err
outcome_stage(struct call *call, const struct round *round, int64_t *ret_stage)
{
    struct round at = *round;
    while (at.after_round && (strcmp(at.kind, "repeat") == 0 || strcmp(at.kind, "re_vote") == 0))
        TRY(round_store_find(call->ctx, call->db, call->unit, at.after_round, &at));
    const bool second = strcmp(at.kind, "second_poll") == 0 || strcmp(at.kind, "woman_seat") == 0;
    *ret_stage = second ? 2 : 1;
    return ERR_OK;
}

/* --- people --- */

static const char *
who_add(struct facting *facting, const char *person, const char *name, const char *sex,
        bool write_in)
{
    struct outcome_facts *facts = &facting->facts;
    void *mem = facting->call->ctx->mem;
    for (size_t i = 0; i < facts->who_count; i++) {
        if (strcmp(facts->who[i].person, person) == 0)
            return facts->who[i].name;
    }
    for (size_t i = 0; i < facts->who_count; i++) {
        if (strcmp(facts->who[i].name, name) == 0) {
            name = mem_printf(mem, "%s（%s）", name, person);
            break;
        }
    }
    facts->who = mem_grow(mem, facts->who, struct outcome_who, facts->who_count + 1);
    facts->who[facts->who_count++] = (struct outcome_who){name, person, sex, write_in};
    return name;
}

const struct outcome_who *
outcome_who_find(const struct outcome_facts *facts, const char *name)
{
    for (size_t i = 0; i < facts->who_count; i++) {
        if (strcmp(facts->who[i].name, name) == 0)
            return &facts->who[i];
    }
    return NULL;
}

static bool
age_is_right(const struct person *person, struct date polling_day)
{
    return !date_is_set(person->birth) || !date_is_set(polling_day) ||
           date_compare(date_add_years(person->birth, VOTING_AGE), polling_day) <= 0;
}

/* In a re-vote only the tied can be chosen; a struck candidate cannot be seated. */
static enum err
may_be_seated(struct facting *facting, const struct count_vote *vote, bool *ret_may)
{
    struct call *call = facting->call;
    struct round_candidate *candidates;
    size_t count;
    TRY(voter_store_is_registered(call->ctx, call->db, call->unit, vote->person, ret_may));
    if (!vote->printed && strcmp(facting->form->round.kind, "re_vote") == 0)
        *ret_may = false;
    TRY(round_store_candidates(call->ctx, call->db, call->unit, facting->form->round.round,
                               vote->post, &candidates, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(candidates[i].person, vote->person) == 0 &&
            strcmp(candidates[i].state, "struck") == 0)
            *ret_may = false;
    }
    return ERR_OK;
}

static enum err
candidate_json(struct facting *facting, const struct count_vote *vote, json_t **ret_candidate)
{
    struct call *call = facting->call;
    struct person person = {.sex = "", .birth = DATE_NONE};
    bool may;
    const enum err err = person_store_find(call->ctx, call->db, call->unit, vote->person, &person);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    TRY(may_be_seated(facting, vote, &may));
    const char *sex = strcmp(person.sex, "f") == 0 ? "f" : "m";
    const char *name = who_add(facting, vote->person, vote->name, sex, !vote->printed);
    json_t *candidate = json_object();
    json_object_set_new(candidate, "name", json_string(name));
    json_object_set_new(candidate, "sex", json_string(sex));
    json_object_set_new(candidate, "votes", json_integer(vote->votes));
    if (!vote->printed)
        json_object_set_new(candidate, "write_in", json_true());
    if (!may)
        json_object_set_new(candidate, "registered", json_false());
    if (!age_is_right(&person, facting->form->round.polling_day))
        json_object_set_new(candidate, "age_ok", json_false());
    *ret_candidate = candidate;
    return ERR_OK;
}

/* I, C, X of the ballots of a form. */
static void
papers_json(json_t *object, const struct round_form *form)
{
    json_object_set_new(object, "issued", json_integer(form->issued));
    json_object_set_new(object, "recovered", json_integer(form->recovered));
    json_object_set_new(object, "void", json_integer(form->invalid));
}

static enum err
post_json(struct facting *facting, const struct tally_post *post, int64_t section_void,
          json_t **ret_post)
{
    const struct round_form *own = tally_form_of(facting->form, post);
    json_t *object = json_object();
    json_t *candidates = json_array();
    for (size_t i = 0; i < facting->vote_count; i++) {
        json_t *candidate;
        if (strcmp(facting->votes[i].post, post->word) != 0)
            continue;
        TRY(candidate_json(facting, &facting->votes[i], &candidate));
        json_array_append_new(candidates, candidate);
    }
    json_object_set_new(object, "post", json_string(post->word));
    json_object_set_new(object, "seats", json_integer(post->seats));
    if (section_void > 0)
        json_object_set_new(object, "section_void", json_integer(section_void));
    if (own)
        papers_json(object, own);
    json_object_set_new(object, "candidates", candidates);
    *ret_post = object;
    return ERR_OK;
}

/* Void sections beyond the ballots that are void as a whole. */
static enum err
posts_json(struct facting *facting, json_t *posts)
{
    struct call *call = facting->call;
    const struct round *round = &facting->form->round;
    struct count_section *sections;
    size_t count;
    TRY(count_store_sections(call->ctx, call->db, call->unit, round->round, &sections, &count));
    for (size_t i = 0; i < facting->form->count; i++) {
        const struct tally_post *post = &facting->form->posts[i];
        const struct round_form *own = tally_form_of(facting->form, post);
        const int64_t invalid = own ? own->invalid : round->invalid;
        int64_t section_void = 0;
        json_t *object;
        for (size_t k = 0; k < count; k++) {
            if (strcmp(sections[k].post, post->word) == 0)
                section_void = sections[k].invalid - invalid;
        }
        TRY(post_json(facting, post, section_void, &object));
        json_array_append_new(posts, object);
    }
    return ERR_OK;
}

static bool
holds_before(const struct facting *facting, const struct seated *seated)
{
    const bool holds =
        strcmp(seated->state, "elected") == 0 || strcmp(seated->state, "pending") == 0;
    return holds && seated->round != facting->form->round.round;
}

/* A higher post of the same person counts, though not announced or confirmed yet (OUT-08). */
static bool
holds_higher(const struct facting *facting, const struct seated *low)
{
    for (size_t i = 0; i < facting->seated_count; i++) {
        const struct seated *high = &facting->seated[i];
        if (holds_before(facting, high) && strcmp(high->person, low->person) == 0 &&
            post_is_higher(high->post, low->post))
            return true;
    }
    return false;
}

static void
before_json(struct facting *facting, json_t *before)
{
    for (size_t i = 0; i < facting->seated_count; i++) {
        const struct seated *seated = &facting->seated[i];
        if (!holds_before(facting, seated) || holds_higher(facting, seated))
            continue;
        json_t *row = json_object();
        const char *name =
            who_add(facting, seated->person, seated->name, seated->sex, seated->write_in);
        json_object_set_new(row, "post", json_string(seated->post));
        json_object_set_new(row, "name", json_string(name));
        json_object_set_new(row, "sex", json_string(seated->sex));
        json_array_append_new(before, row);
    }
}

/* With a ballot for each post the figures of the first stand for the whole, and each post has its
 * own (docs/law-cases.md, `combined`). */
static void
figures_json(struct ctx *ctx, json_t *given, const struct tally_form *form, int64_t stage)
{
    const struct round *round = &form->round;
    if (date_is_set(round->polling_day))
        json_object_set_new(given, "polling_day",
                            json_string(date_format(ctx, round->polling_day)));
    json_object_set_new(given, "registered", json_integer(round->registered));
    if (form->form_count) {
        json_object_set_new(given, "combined", json_false());
        papers_json(given, &form->forms[0]);
    } else {
        json_object_set_new(given, "issued", json_integer(round->issued));
        json_object_set_new(given, "recovered", json_integer(round->recovered));
        json_object_set_new(given, "void", json_integer(round->invalid));
    }
    json_object_set_new(given, "round", json_integer(stage));
    if (strcmp(round->kind, "re_vote") == 0)
        json_object_set_new(given, "re_vote", json_true());
}

/* --- kin --- */

/* Who may not sit together; where the pack asks of nominees only, its scope gives the warning. */
static enum kin_scope
scope_of(const struct pack *pack)
{
    const enum kin_scope after = (enum kin_scope)pack_word(pack, PACK_KIN_AFTER_POLL);
    return after != KIN_NONE ? after : (enum kin_scope)pack_word(pack, PACK_KIN_NOMINEES);
}

/* The names in the facts of those who are kin of one of them. */
static enum err
kin_names(struct facting *facting, const struct outcome_who *who, json_t **ret_names)
{
    struct call *call = facting->call;
    const enum kin_scope scope = scope_of(call->pack);
    struct kin_row *rows;
    size_t count;
    json_t *names = json_array();
    TRY(kin_store_of(call->ctx, call->db, call->unit, who->person, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        enum relation relation;
        if (!relation_find(rows[i].relation, &relation) || !kin_in_scope(scope, relation))
            continue;
        for (size_t k = 0; k < facting->facts.who_count; k++) {
            if (strcmp(facting->facts.who[k].person, rows[i].b) == 0)
                json_array_append_new(names, json_string(facting->facts.who[k].name));
        }
    }
    *ret_names = names;
    return ERR_OK;
}

static enum err
kin_json(struct facting *facting, json_t *posts)
{
    for (size_t i = 0; i < json_array_size(posts); i++) {
        json_t *candidates = json_object_get(json_array_get(posts, i), "candidates");
        for (size_t k = 0; k < json_array_size(candidates); k++) {
            json_t *candidate = json_array_get(candidates, k);
            json_t *names;
            const struct outcome_who *who =
                outcome_who_find(&facting->facts, json_text_of(candidate, "name"));
            TRY(kin_names(facting, who, &names));
            if (json_array_size(names))
                json_object_set(candidate, "kin", names);
            json_decref(names);
        }
    }
    return ERR_OK;
}

enum err
outcome_facts_load(struct call *call, const struct tally_form *form,
                   struct outcome_facts *ret_facts)
{
    struct facting facting = {.call = call, .form = form};
    int64_t stage;
    json_t *given = json_own(call->ctx->mem, json_object());
    TRY(outcome_stage(call, &form->round, &stage));
    TRY(count_store_votes(call->ctx, call->db, call->unit, form->round.round, &facting.votes,
                          &facting.vote_count));
    TRY(seated_store_list(call->ctx, call->db, call->unit, form->round.body, &facting.seated,
                          &facting.seated_count));
    figures_json(call->ctx, given, form, stage);
    json_t *posts = json_array();
    json_object_set_new(given, "posts", posts);
    TRY(posts_json(&facting, posts));
    json_t *before = json_array();
    json_object_set_new(given, "elected_before", before);
    before_json(&facting, before);
    TRY(kin_json(&facting, posts));
    facting.facts.given = given;
    *ret_facts = facting.facts;
    return ERR_OK;
}

/* --- the answer --- */

enum err
outcome_answer(struct ctx *ctx, const char *law, json_t *given, const json_t **ret_result,
               const json_t **ret_answer)
{
    json_t *answer;
    TRY(law_answer_one(ctx, "poll", law, given, &answer));
    const json_t *error = json_object_get(answer, "error");
    if (error)
        return FAIL_HINT(ctx, ERR_INVALID, "核对各捆计票单，有误的复核（count.reopen）",
                         "compare the tally sheets; what is wrong is recounted (count.reopen)",
                         "计票数字不可能：%s", "impossible figures: %s",
                         json_text_of(error, "message"));
    *ret_result = json_object_get(answer, "result");
    *ret_answer = answer;
    return ERR_OK;
}

/* --- what a re-vote leaves --- */

/* The row of `posts` for that post. */
static json_t *
post_of(const json_t *posts, const char *word)
{
    for (size_t i = 0; i < json_array_size(posts); i++) {
        json_t *post = json_array_get(posts, i);
        if (strcmp(json_text_of(post, "post"), word) == 0)
            return post;
    }
    return NULL;
}

static bool
is_among(const json_t *rows, const char *name)
{
    for (size_t i = 0; i < json_array_size(rows); i++) {
        if (strcmp(json_text_of(json_array_get(rows, i), "name"), name) == 0)
            return true;
    }
    return false;
}

/* The first round's question, with everybody seated since elected before and out of the race. */
static enum err
rest_given(struct call *call, const struct outcome_row *origin, const struct outcome_post *post,
           json_t **ret_given)
{
    struct seated *seated;
    size_t count;
    json_t *given;
    TRY(json_read(call->ctx, origin->facts, strlen(origin->facts), "outcome", &given));
    json_t *before = json_object_get(given, "elected_before");
    TRY(seated_store_list(call->ctx, call->db, call->unit, "village", &seated, &count));
    for (size_t i = 0; i < count; i++) {
        const bool holds =
            strcmp(seated[i].state, "elected") == 0 || strcmp(seated[i].state, "pending") == 0;
        if (!holds || is_among(before, seated[i].name))
            continue;
        json_t *row = json_object();
        json_object_set_new(row, "post", json_string(seated[i].post));
        json_object_set_new(row, "name", json_string(seated[i].name));
        json_object_set_new(row, "sex", json_string(seated[i].sex));
        json_array_append_new(before, row);
    }
    json_t *old = post_of(json_object_get(given, "posts"), post->post);
    json_t *candidates = json_array();
    for (size_t i = 0; i < json_array_size(json_object_get(old, "candidates")); i++) {
        json_t *candidate = json_array_get(json_object_get(old, "candidates"), i);
        if (!is_among(before, json_text_of(candidate, "name")))
            json_array_append(candidates, candidate);
    }
    json_object_set_new(old, "candidates", candidates);
    json_object_set_new(old, "seats", json_integer(post->vacant));
    json_t *posts = json_array();
    json_array_append(posts, old);
    json_object_set_new(given, "posts", posts);
    *ret_given = given;
    return ERR_OK;
}

/* The codes of people named in the answer to a round's question. */
static enum err
names_resolve(struct call *call, int64_t round, const json_t *names, const json_t **ret_persons)
{
    struct tally_form form;
    struct outcome_facts facts;
    json_t *persons = json_own(call->ctx->mem, json_array());
    TRY(tally_form_load(call->ctx, call->db, call->unit, round, &form));
    TRY(outcome_facts_load(call, &form, &facts));
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        const struct outcome_who *who = outcome_who_find(&facts, name);
        json_array_append_new(persons, json_string(who ? who->person : name));
    }
    *ret_persons = persons;
    return ERR_OK;
}

enum err
outcome_rest(struct call *call, const struct round *round, struct outcome_post *post,
             const json_t **ret_second)
{
    struct round origin = *round;
    struct outcome_row outcome;
    const json_t *result, *answer;
    json_t *given;
    while (strcmp(origin.kind, "re_vote") == 0)
        TRY(round_store_find(call->ctx, call->db, call->unit, origin.after_round, &origin));
    TRY(outcome_store_find(call->ctx, call->db, call->unit, origin.round, &outcome));
    TRY(rest_given(call, &outcome, post, &given));
    TRY(outcome_answer(call->ctx, outcome.law, given, &result, &answer));
    const json_t *rest = post_of(json_object_get(result, "posts"), post->post);
    post->next = json_text_of(rest, "next");
    /* Who lost the re-vote is not seated by it in another seat. */
    if (strcmp(post->next, "done") == 0)
        post->next = "second_poll";
    return names_resolve(call, origin.round, json_object_get(rest, "second_candidates"),
                         ret_second);
}
