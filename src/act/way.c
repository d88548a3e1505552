/* SPDX-License-Identifier: Apache-2.0 */
#include "act/way.h"

#include <string.h>

#include "act/gate.h"
#include "act/needs.h"
#include "domain/calendar.h"
#include "store/prep_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

struct text
step_state_title(enum step_state state)
{
    static const struct text TITLES[] = {
        [STEP_OPEN] = {"可办", "open"},
        [STEP_BLOCKED] = {"受阻", "blocked"},
        [STEP_DONE] = {"已办", "done"},
    };
    return TITLES[state];
}

/* The first need that does not hold, or the act that closed this step. */
static enum err
blocker_find(struct call *call, struct step *step)
{
    struct need *needs;
    size_t count;
    TRY(needs_check(call, call->act->needs, &needs, &count));
    for (size_t i = 0; i < count && !step->by; i++) {
        if (needs[i].holds)
            continue;
        step->opens = needs[i].opens;
        step->by = text_format(call->ctx, "SEQ-01 先办 %s（%s）", "SEQ-01 first %s (%s)",
                               needs[i].term, text_pick(call->ctx, needs[i].opens->title));
    }
    TRY(needs_check(call, call->act->never, &needs, &count));
    for (size_t i = 0; i < count && !step->by; i++) {
        if (needs[i].holds)
            step->by = text_format(call->ctx, "SEQ-04 已办 %s（%s）", "SEQ-04 after %s (%s)",
                                   needs[i].term, text_pick(call->ctx, needs[i].opens->title));
    }
    return ERR_OK;
}

/* The state of the stream closes all but a few acts. */
static const char *
stream_closes(const struct call *call, const char *state)
{
    static const struct {
        const char *state;
        unsigned allowed;
        struct text by;
    } CLOSED[] = {
        {"deferred", ACT_WHILE_DEFERRED, {"SEQ-02 暂缓换届", "SEQ-02 deferred"}},
        {"out", ACT_WHILE_OUT, {"SEQ-03 村卷已取出", "SEQ-03 taken out"}},
        {"sealed", ACT_AFTER_SEAL, {"SEQ-04 档案已封存", "SEQ-04 sealed"}},
    };
    for (size_t i = 0; i < COUNT_OF(CLOSED); i++) {
        if (strcmp(state, CLOSED[i].state) == 0 && !(call->act->flags & CLOSED[i].allowed))
            return text_pick(call->ctx, CLOSED[i].by);
    }
    return NULL;
}

static enum err
step_find(struct call *call, const char *state, struct step *ret_step)
{
    struct step step = {.act = call->act, .state = STEP_OPEN};
    bool stands = false;
    /* Once for each body: this list is about the villagers' committee. */
    const bool once_a_body = strcmp(call->act->once, "body") == 0;
    if (once_a_body || strcmp(call->act->once, "unit") == 0)
        TRY(standing_has(call->ctx, call->db, call->unit, call->act->id,
                         once_a_body ? "village" : NULL, NULL, &stands));
    TRY(blocker_find(call, &step));
    if (!step.by)
        step.by = stream_closes(call, state);
    if (step.by)
        step.state = STEP_BLOCKED;
    if (stands)
        step.state = STEP_DONE;
    *ret_step = step;
    return ERR_OK;
}

enum err
way_steps(struct ctx *ctx, struct gate *gate, const char *unit, struct way *ret_way)
{
    struct stream stream = {.state = "open"};
    struct call call = {.ctx = ctx, .db = gate->db, .gate = gate, .unit = unit};
    size_t count;
    const enum err err = stream_store_find(ctx, gate->db, unit, &stream);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    const struct act *acts = act_list(&count);
    struct way way = {.opened = err == ERR_OK, .stream_state = stream.state};
    way.steps = mem_array(ctx->mem, struct step, count);
    call.fields = json_own(ctx->mem, json_object());
    for (size_t i = 0; i < count; i++) {
        call.act = &acts[i];
        if ((acts[i].levels & LEVEL_VILLAGE) && acts[i].roles != ROLE_SYS)
            TRY(step_find(&call, stream.state, &way.steps[way.step_count++]));
    }
    TRY(day_store_get(ctx, gate->db, unit, "village", &way.polling_day));
    *ret_way = way;
    return ERR_OK;
}

/* --- what is due --- */

static void
due_add(struct call *call, struct way *way, struct due due)
{
    due.late = date_compare(due.day, call->today) < 0;
    way->dues = mem_grow(call->ctx->mem, way->dues, struct due, way->due_count + 1);
    way->dues[way->due_count++] = due;
}

/* Legal last days that count from the polling day, while the act is not done. */
static enum err
legal_dues(struct call *call, struct way *way)
{
    static const struct {
        enum calendar_event event;
        const char *act;
        const char *list;
        enum rule rule;
    } LEGAL[] = {
        {CALENDAR_VOTER_LIST_POSTED, "roll.post", NULL, RULE_CAL_01},
        {CALENDAR_CANDIDATES_POSTED, "candidates.post", "formal", RULE_CAL_04},
        {CALENDAR_POLLING_NOTICE_POSTED, "poll.notice", NULL, RULE_CAL_05},
        {CALENDAR_RESULT_ANNOUNCED, "result.announce", NULL, RULE_CAL_09},
        {CALENDAR_CERTIFICATES_ISSUED, "certificate.issue", NULL, RULE_CAL_11},
        {CALENDAR_HANDOVER_DONE, "handover.close", NULL, RULE_CAL_11},
    };
    const struct calendar_bases bases = {
        .polling_day = way->polling_day,
        .vec_formed = DATE_NONE,
        .posted = DATE_NONE,
        .received = DATE_NONE,
        .list = DATE_NONE,
        .formed = way->polling_day,
        .meeting = DATE_NONE,
    };
    for (size_t i = 0; i < COUNT_OF(LEGAL); i++) {
        const struct standing_query query = {
            .unit = call->unit, .act = LEGAL[i].act, .list = LEGAL[i].list, .round = -1};
        struct standing standing;
        const enum err err = standing_store_last(call->ctx, call->db, &query, &standing);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        const struct due due = {
            .day = calendar_deadline(call->pack, LEGAL[i].event, &bases),
            .what = text_pick(call->ctx, calendar_event_title(LEGAL[i].event)),
            .act = LEGAL[i].act,
            .source = rule_id(call->ctx, LEGAL[i].rule, 0),
        };
        if (err == ERR_NOT_FOUND && date_is_set(due.day))
            due_add(call, way, due);
    }
    return ERR_OK;
}

/* Dated tasks of the plan; one whose act stands has closed itself. */
static enum err
task_dues(struct call *call, struct way *way)
{
    struct task *tasks;
    size_t count;
    TRY(task_store_list(call->ctx, call->db, call->unit, &tasks, &count));
    for (size_t i = 0; i < count; i++) {
        bool stands = false;
        if (strcmp(tasks[i].state, "open") != 0 || !date_is_set(tasks[i].due_on))
            continue;
        TRY(standing_has(call->ctx, call->db, call->unit, tasks[i].act,
                         tasks[i].body[0] ? tasks[i].body : NULL, NULL, &stands));
        const struct due due = {
            .day = tasks[i].due_on,
            .what = tasks[i].title,
            .act = tasks[i].act,
            .source = tasks[i].task,
        };
        if (!stands)
            due_add(call, way, due);
    }
    return ERR_OK;
}

enum err
way_dues(struct ctx *ctx, struct gate *gate, const char *unit, struct date today, struct way *way)
{
    struct call call = {.ctx = ctx, .db = gate->db, .gate = gate, .unit = unit, .today = today};
    TRY(gate_pack(ctx, gate, unit, today, &call.pack));
    if (date_is_set(way->polling_day))
        TRY(legal_dues(&call, way));
    return task_dues(&call, way);
}
