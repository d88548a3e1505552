/* SPDX-License-Identifier: Apache-2.0 */
#include "act/results.h"

#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* What comes after the committee is complete, and before the poll: the first of these that
 * stands names the state. */
struct step {
    const char *act;
    const char *body; /* NULL: any */
    const char *list;
    const char *state;
};
static const struct step STEPS[] = {
    {"archive.seal", NULL, NULL, "sealed"},
    {"handover.close", "village", NULL, "handed_over"},
};
static const struct step EARLY[] = {
    {"candidates.post", "village", "formal", "candidates_posted"},
    {"review.open", NULL, NULL, "reviewing"},
    {"nominate.announce", NULL, NULL, "nominating"},
    {"roll.post", NULL, NULL, "roll_posted"},
    {"registration.announce", NULL, NULL, "registering"},
    {"party.recommend", NULL, NULL, "party_election"},
};

/* What a village's result is made from. */
struct resulting {
    struct ctx *ctx;
    struct db *db;
    struct stream stream;
    struct round *rounds;
    size_t round_count;
    struct seated *seated;
    size_t seated_count;
    struct vacancy *vacancies;
    size_t vacancy_count;
    struct village_result result;
};

static bool
is_vote(const struct round *round)
{
    return strcmp(round->body, "village") == 0 && strcmp(round->kind, "nomination") != 0;
}

static void
happened_add(struct resulting *resulting, const char *words)
{
    struct village_result *result = &resulting->result;
    result->happened = result->happened[0] ? text_format(resulting->ctx, "%s；%s", "%s; %s",
                                                         result->happened, words)
                                           : words;
}

static void
round_words(struct resulting *resulting, const struct round *round)
{
    static const struct {
        const char *kind;
        struct text words;
    } KINDS[] = {{"repeat", {"重新选举", "repeat"}},
                 {"re_vote", {"票数相等，再次投票", "tie, re-vote"}},
                 {"second_poll", {"另行选举", "second poll"}},
                 {"woman_seat", {"妇女委员另行选举", "poll for the woman's seat"}}};
    struct ctx *ctx = resulting->ctx;
    for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
        if (strcmp(KINDS[i].kind, round->kind) == 0)
            happened_add(resulting, text_format(ctx, "第 %d 次：%s", "round %d: %s",
                                                (int)round->round, text_pick(ctx, KINDS[i].words)));
    }
    if (strcmp(round->state, "void") == 0)
        happened_add(resulting, text_format(ctx, "第 %d 次无效（%s）", "round %d void (%s)",
                                            (int)round->round, round->void_ground));
}

static void
seated_words(struct resulting *resulting, const struct seated *seated)
{
    static const struct {
        const char *state;
        struct text words;
    } STATES[] = {{"elected", {"另选他人当选", "write-in elected"}},
                  {"pending", {"另选他人待审查", "write-in under review"}},
                  {"ineligible", {"审查不合格", "found ineligible"}},
                  {"declined", {"不就任", "declined"}},
                  {"moved", {"改任更高职务", "took a higher post"}},
                  {"void", {"当选无效", "election void"}}};
    for (size_t i = 0; i < COUNT_OF(STATES); i++) {
        const bool plain = i == 0 && !seated->write_in;
        if (strcmp(STATES[i].state, seated->state) == 0 && !plain)
            happened_add(resulting, mem_printf(resulting->ctx->mem, "%s %s", seated->name,
                                               text_pick(resulting->ctx, STATES[i].words)));
    }
}

static void
happened_find(struct resulting *resulting)
{
    resulting->result.happened = "";
    if (strcmp(resulting->stream.state, "deferred") == 0)
        happened_add(resulting, text_format(resulting->ctx, "暂缓换届：%s", "deferred: %s",
                                            resulting->stream.detail));
    for (size_t i = 0; i < resulting->round_count; i++) {
        if (is_vote(&resulting->rounds[i]))
            round_words(resulting, &resulting->rounds[i]);
    }
    for (size_t i = 0; i < resulting->result.form_count; i++) {
        const struct result_form *form = &resulting->result.forms[i];
        if (form->void_ground[0])
            happened_add(resulting,
                         text_format(resulting->ctx, "%s选票无效（%s）", "ballots for %s void (%s)",
                                     post_words(resulting->ctx, form->posts), form->void_ground));
    }
    for (size_t i = 0; i < resulting->seated_count; i++)
        seated_words(resulting, &resulting->seated[i]);
    for (size_t i = 0; i < resulting->vacancy_count; i++)
        happened_add(resulting,
                     text_format(resulting->ctx, "%s暂缺 %d 名", "%s: %d left vacant",
                                 post_words(resulting->ctx, resulting->vacancies[i].post),
                                 (int)resulting->vacancies[i].seats));
}

static void
seats_find(struct resulting *resulting)
{
    struct village_result *result = &resulting->result;
    result->seats = mem_array(resulting->ctx->mem, struct result_seat, resulting->seated_count);
    for (enum post post = 0; post < POST_COUNT; post++) {
        for (size_t i = 0; i < resulting->seated_count; i++) {
            const struct seated *seated = &resulting->seated[i];
            if (strcmp(seated->post, post_word(post)) == 0 &&
                strcmp(seated->state, "elected") == 0 && date_is_set(seated->since))
                result->seats[result->seat_count++] =
                    (struct result_seat){seated->post, seated->name, seated->votes};
        }
    }
}

/* With a ballot for each post: all of them, and the first valid one's figures for the round's. */
static enum err
forms_find(struct resulting *resulting, int64_t round)
{
    struct village_result *result = &resulting->result;
    const char *unit = resulting->stream.unit;
    struct tally_form form;
    bool found = false;
    TRY(tally_form_load(resulting->ctx, resulting->db, unit, round, &form));
    result->forms = mem_array(resulting->ctx->mem, struct result_form, form.form_count);
    result->form_count = form.form_count;
    for (size_t i = 0; i < form.form_count; i++) {
        const struct round_form *of = &form.forms[i];
        const struct tally_form part = tally_form_part(resulting->ctx, &form, of->form);
        result->forms[i] = (struct result_form){
            .posts = part.count ? part.posts[0].word : "",
            .issued = of->issued,
            .recovered = of->recovered,
            .valid = of->valid,
            .invalid = of->invalid,
            .void_ground = of->void_ground,
        };
        if (found)
            continue;
        result->issued = of->issued;
        result->recovered = of->recovered;
        result->valid = of->valid;
        result->invalid = of->invalid;
        found = !of->void_ground[0];
    }
    return ERR_OK;
}

/* The figures of the first round that was not void, else of the last. */
static enum err
figures_find(struct resulting *resulting)
{
    struct village_result *result = &resulting->result;
    bool found = false;
    for (size_t i = 0; i < resulting->round_count; i++) {
        const struct round *round = &resulting->rounds[i];
        if (!is_vote(round))
            continue;
        result->rounds++;
        if (found)
            continue;
        result->registered = round->registered;
        result->issued = round->issued;
        result->recovered = round->recovered;
        result->valid = round->valid;
        result->invalid = round->invalid;
        TRY(forms_find(resulting, round->round));
        found = strcmp(round->state, "void") != 0;
    }
    return ERR_OK;
}

static const char *
round_state_words(const struct round *last)
{
    const enum round_state state = round_state_find(last->state);
    if (state == ROUND_VOID)
        return "void";
    if (state >= ROUND_ANNOUNCED)
        return "announced";
    if (state >= ROUND_CLOSED)
        return "counting";
    if (state == ROUND_OPEN)
        return "polling";
    return last->after_round ? "second_poll" : NULL;
}

/* NULL if none of them stands. */
static enum err
step_find(struct resulting *resulting, const struct step *steps, size_t count,
          const char **ret_state)
{
    *ret_state = NULL;
    for (size_t i = 0; i < count && !*ret_state; i++) {
        struct standing standing;
        const struct standing_query query = {.unit = resulting->stream.unit,
                                             .act = steps[i].act,
                                             .body = steps[i].body,
                                             .round = -1,
                                             .list = steps[i].list};
        const enum err err = standing_store_last(resulting->ctx, resulting->db, &query, &standing);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        if (err == ERR_OK)
            *ret_state = steps[i].state;
    }
    return ERR_OK;
}

static enum err
state_find(struct resulting *resulting)
{
    struct date day;
    const char *unit = resulting->stream.unit;
    const char **state = &resulting->result.state;
    *state = resulting->stream.state;
    if (strcmp(*state, "deferred") == 0 || strcmp(*state, "sealed") == 0)
        return ERR_OK;
    TRY(step_find(resulting, STEPS, COUNT_OF(STEPS), state));
    if (*state)
        return ERR_OK;
    TRY(outcome_store_complete(resulting->ctx, resulting->db, unit, "village", &day));
    if (date_is_set(day))
        *state = "complete";
    for (size_t i = 0; i < resulting->round_count && !date_is_set(day); i++) {
        if (is_vote(&resulting->rounds[i]))
            *state = round_state_words(&resulting->rounds[i]);
    }
    if (!*state)
        TRY(step_find(resulting, EARLY, COUNT_OF(EARLY), state));
    *state = *state ? *state : "preparing";
    return ERR_OK;
}

static enum err
village_load(struct resulting *resulting)
{
    struct ctx *ctx = resulting->ctx;
    const char *unit = resulting->stream.unit;
    resulting->result.code = unit;
    resulting->result.name = resulting->stream.name;
    resulting->result.exercise = resulting->stream.exercise;
    TRY(round_store_list(ctx, resulting->db, unit, &resulting->rounds, &resulting->round_count));
    TRY(seated_store_list(ctx, resulting->db, unit, "village", &resulting->seated,
                          &resulting->seated_count));
    TRY(vacancy_store_list(ctx, resulting->db, unit, "village", &resulting->vacancies,
                           &resulting->vacancy_count));
    TRY(figures_find(resulting));
    seats_find(resulting);
    happened_find(resulting);
    return state_find(resulting);
}

enum err
results_load(struct ctx *ctx, struct db *db, const char *unit, struct village_result **ret_list,
             size_t *ret_count)
{
    struct unit *units;
    size_t unit_count;
    size_t count = 0;
    TRY(unit_store_list(ctx, db, &units, &unit_count));
    struct village_result *list = mem_array(ctx->mem, struct village_result, unit_count);
    for (size_t i = 0; i < unit_count; i++) {
        struct resulting resulting = {.ctx = ctx, .db = db};
        bool within = true;
        if (units[i].level != LEVEL_VILLAGE)
            continue;
        if (unit)
            TRY(unit_store_is_within(ctx, db, units[i].unit, unit, &within));
        const enum err err = stream_store_find(ctx, db, units[i].unit, &resulting.stream);
        if (!within || err == ERR_NOT_FOUND)
            continue;
        TRY(err);
        TRY(village_load(&resulting));
        list[count++] = resulting.result;
    }
    *ret_list = list;
    *ret_count = count;
    return ERR_OK;
}
