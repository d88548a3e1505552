/* SPDX-License-Identifier: Apache-2.0 */
#include "web/pages/village.h"

#include <string.h>

#include "act/gate.h"
#include "act/way.h"
#include "base/clock.h"
#include "pages.h"
#include "store/candidate_store.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/round_store.h"
#include "store/seat_store.h"
#include "store/standing_store.h"
#include "store/voter_store.h"
#include "web/app.h"
#include "web/pages/unit.h"
#include "web/plain.h"

enum { HASH_SHOWN = 16 };

const char *
roles_words(struct ctx *ctx, unsigned roles)
{
    const char *words = "";
    for (unsigned role = 1; role < ROLE_SYS; role <<= 1) {
        if (roles & role)
            words = mem_printf(ctx->mem, "%s%s%s", words,
                               words[0] ? text_pick(ctx, (struct text){"、", ", "}) : "",
                               text_pick(ctx, role_title((enum role)role)));
    }
    return words;
}

/* How often the act stands, and its last entry. */
static enum err
stands_fill(struct request *request, const struct standing *list, size_t count,
            struct way_act *view)
{
    struct entry entry;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].act, view->id) != 0 || strcmp(list[i].state, "stands") != 0)
            continue;
        view->times++;
        view->seq = list[i].seq;
        view->on_day = list[i].on_day;
    }
    if (!view->times)
        return ERR_OK;
    TRY(ledger_store_find(request->ctx, request->gate->db, request->unit.unit, view->seq, &entry));
    view->who = entry.actor;
    view->hash = mem_printf(request->ctx->mem, "%.*s…", HASH_SHOWN,
                            hex_format(request->ctx, entry.hash, SM3_LENGTH));
    return ERR_OK;
}

static void
act_add(struct ctx *ctx, struct way_act **list, size_t *count, struct way_act view)
{
    *list = mem_grow(ctx->mem, *list, struct way_act, *count + 1);
    (*list)[(*count)++] = view;
}

static enum err
step_place(struct request *request, const struct step *step, const struct standing *list,
           size_t count, struct way_stage *stage)
{
    struct ctx *ctx = request->ctx;
    struct way_act view = {
        .unit = request->unit.unit,
        .id = step->act->id,
        .title = step->act->title,
        .by = step->by ? plain_words(ctx, step->by) : "",
        .opens = step->opens && step->state == STEP_BLOCKED ? step->opens->id : "",
        .roles = roles_words(ctx, step->act->roles),
        .may = step->act->roles & request->role,
        .on_day = DATE_NONE,
    };
    if (view.opens[0])
        view.opens_title = step->opens->title;
    TRY(stands_fill(request, list, count, &view));
    if (view.times) {
        struct way_act done = view;
        done.times = view.times > 1 ? view.times : 0;
        act_add(ctx, &stage->done, &stage->done_count, done);
    }
    if (step->state == STEP_OPEN)
        act_add(ctx, &stage->open, &stage->open_count, view);
    else if (step->state == STEP_BLOCKED && !view.times)
        act_add(ctx, &stage->blocked, &stage->blocked_count, view);
    return ERR_OK;
}

/* Stages in the order of the law's way; what belongs to every stage comes last. */
static enum err
stages_fill(struct request *request, const struct way *way, struct way_view *view)
{
    static const enum stage ORDER[] = {
        STAGE_PREPARATION, STAGE_COMMITTEE,   STAGE_ROLL,   STAGE_PEOPLE,
        STAGE_NOMINATION,  STAGE_BEFORE_POLL, STAGE_POLL,   STAGE_COUNT,
        STAGE_AFTER,       STAGE_CONDUCT,     STAGE_ALWAYS,
    };
    struct ctx *ctx = request->ctx;
    struct standing *list;
    size_t count;
    TRY(standing_store_all(ctx, request->gate->db, request->unit.unit, &list, &count));
    view->stages = mem_array(ctx->mem, struct way_stage, COUNT_OF(ORDER));
    for (size_t i = 0; i < COUNT_OF(ORDER); i++) {
        struct way_stage *stage = &view->stages[view->stages_count++];
        stage->title = stage_name(ctx, ORDER[i]);
        for (size_t k = 0; k < way->step_count; k++) {
            if (way->steps[k].act->stage == ORDER[i])
                TRY(step_place(request, &way->steps[k], list, count, stage));
        }
        stage->is_now = stage->open_count && stage->done_count;
    }
    return ERR_OK;
}

static void
dues_fill(struct request *request, const struct way *way, struct way_view *view)
{
    view->dues = mem_array(request->ctx->mem, struct way_due, way->due_count);
    for (size_t i = 0; i < way->due_count; i++) {
        const struct due *due = &way->dues[i];
        view->dues[view->dues_count++] = (struct way_due){
            .unit = request->unit.unit,
            .day = due->day,
            .what = due->what,
            .act = act_find(due->act) ? due->act : "",
            .source = due->source,
            .is_late = due->late,
        };
    }
}

static void
fact_add(struct ctx *ctx, struct way_view *view, struct text label, const char *value)
{
    view->facts = mem_grow(ctx->mem, view->facts, struct way_fact, view->facts_count + 1);
    view->facts[view->facts_count++] = (struct way_fact){label, value};
}

static enum err
facts_fill(struct request *request, struct way_view *view)
{
    struct ctx *ctx = request->ctx;
    struct db *db = request->gate->db;
    const char *unit = request->unit.unit;
    int64_t people, voters, seats = 0;
    struct seat *posts;
    struct candidate *candidates;
    struct round *rounds;
    size_t post_count, candidate_count, round_count;
    TRY(person_store_count(ctx, db, unit, &people));
    TRY(voter_store_count(ctx, db, unit, &voters));
    TRY(seat_store_list(ctx, db, unit, "village", &posts, &post_count));
    TRY(candidate_store_list(ctx, db, unit, "village", "formal", &candidates, &candidate_count));
    TRY(round_store_list(ctx, db, unit, &rounds, &round_count));
    for (size_t i = 0; i < post_count; i++)
        seats += posts[i].seats;
    fact_add(ctx, view, (struct text){"在册村民", "people in the register"},
             text_format(ctx, "%lld 人", "%lld", (long long)people));
    fact_add(ctx, view, (struct text){"登记参加选举", "on the roll"},
             text_format(ctx, "%lld 人", "%lld", (long long)voters));
    fact_add(ctx, view, (struct text){"村委会职数", "seats of the committee"},
             text_format(ctx, "%lld 名", "%lld", (long long)seats));
    fact_add(ctx, view, (struct text){"正式候选人", "formal candidates"},
             text_format(ctx, "%zu 名", "%zu", candidate_count));
    fact_add(ctx, view, (struct text){"投票", "rounds of voting"},
             text_format(ctx, "%zu 次", "%zu", round_count));
    return ERR_OK;
}

enum err
village_show(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct way way;
    struct way_view view = {
        .unit = request->unit.unit, .name = request->unit.name, .code = request->unit.unit};
    const struct frame frame = {.title = request->unit.name, .unit = &request->unit, .tab = ""};
    TRY(way_steps(ctx, request->gate, request->unit.unit, &way));
    TRY(way_dues(ctx, request->gate, request->unit.unit, instant_date(ctx->now), &way));
    view.is_opened = way.opened;
    view.state = way.stream_state;
    if (way.opened && strcmp(way.stream_state, "sealed") != 0)
        dues_fill(request, &way, &view);
    TRY(stages_fill(request, &way, &view));
    TRY(facts_fill(request, &view));
    page_show(request, response, &frame, PIECE(page_village, &view));
    return ERR_OK;
}
