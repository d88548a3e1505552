/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan next: what can be done now in a unit, what is blocked and by what, what is due. */
#include <string.h>

#include "act/gate.h"
#include "act/needs.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "domain/calendar.h"
#include "store/prep_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

extern const struct command command_next;

enum next_state { NEXT_OPEN, NEXT_BLOCKED, NEXT_DONE };

struct next_row {
    const struct act *act;
    enum next_state state;
    const char *by; /* what blocks it */
};

/* The first need that does not hold, or the act that closed this step. */
static enum err
blocker_find(struct call *call, const char **ret_by)
{
    struct need *needs;
    size_t count;
    *ret_by = NULL;
    TRY(needs_check(call, call->act->needs, &needs, &count));
    for (size_t i = 0; i < count && !*ret_by; i++) {
        if (!needs[i].holds)
            *ret_by = text_format(call->ctx, "SEQ-01 先办 %s（%s）", "SEQ-01 first %s (%s)",
                                  needs[i].term, text_pick(call->ctx, needs[i].opens->title));
    }
    TRY(needs_check(call, call->act->never, &needs, &count));
    for (size_t i = 0; i < count && !*ret_by; i++) {
        if (needs[i].holds)
            *ret_by = text_format(call->ctx, "SEQ-04 已办 %s（%s）", "SEQ-04 after %s (%s)",
                                  needs[i].term, text_pick(call->ctx, needs[i].opens->title));
    }
    return ERR_OK;
}

static enum err
row_find(struct call *call, const struct stream *stream, struct next_row *ret_row)
{
    struct next_row row = {.act = call->act, .state = NEXT_OPEN};
    bool stands = false;
    /* Once for each body: this list is about the villagers' committee. */
    const bool once_a_body = strcmp(call->act->once, "body") == 0;
    if (once_a_body || strcmp(call->act->once, "unit") == 0)
        TRY(standing_has(call->ctx, call->db, call->unit, call->act->id,
                         once_a_body ? "village" : NULL, NULL, &stands));
    TRY(blocker_find(call, &row.by));
    if (!row.by && strcmp(stream->state, "deferred") == 0 &&
        !(call->act->flags & ACT_WHILE_DEFERRED))
        row.by = text_format(call->ctx, "SEQ-02 暂缓换届", "SEQ-02 deferred");
    if (!row.by && strcmp(stream->state, "out") == 0 && !(call->act->flags & ACT_WHILE_OUT))
        row.by = text_format(call->ctx, "SEQ-03 村卷已取出", "SEQ-03 taken out");
    if (!row.by && strcmp(stream->state, "sealed") == 0 && !(call->act->flags & ACT_AFTER_SEAL))
        row.by = text_format(call->ctx, "SEQ-04 档案已封存", "SEQ-04 sealed");
    if (row.by)
        row.state = NEXT_BLOCKED;
    if (stands)
        row.state = NEXT_DONE;
    *ret_row = row;
    return ERR_OK;
}

static void
row_print(struct cli *cli, const struct next_row *row)
{
    struct ctx *ctx = cli->ctx;
    static const struct text STATES[] = {
        [NEXT_OPEN] = {"可办", "open"},
        [NEXT_BLOCKED] = {"受阻", "blocked"},
        [NEXT_DONE] = {"已办", "done"},
    };
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "act", json_string(row->act->id));
        json_object_set_new(object, "state", json_string(STATES[row->state].en));
        if (row->by)
            json_object_set_new(object, "by", json_string(row->by));
        cli_print_json(cli, object);
        return;
    }
    fprintf(cli->out, "%s  %-22s %s%s%s\n", text_pick(ctx, STATES[row->state]), row->act->id,
            text_pick(ctx, row->act->title), row->by ? "  ← " : "", row->by ? row->by : "");
}

/* --- what is due --- */

struct due {
    struct date day;
    const char *what;
    const char *act;
    const char *source; /* "CAL-01" for a legal day, the task's id for the plan's */
};

static void
due_print(struct cli *cli, const struct due *due, struct date today)
{
    struct ctx *ctx = cli->ctx;
    const bool late = date_compare(due->day, today) < 0;
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "due", json_string(date_format(ctx, due->day)));
        json_object_set_new(object, "what", json_string(due->what));
        json_object_set_new(object, "act", json_string(due->act));
        json_object_set_new(object, "source", json_string(due->source));
        json_object_set_new(object, "late", json_boolean(late));
        cli_print_json(cli, object);
        return;
    }
    fprintf(cli->out, "%s  %s %-20s %s（%s）\n",
            late ? text_pick(ctx, (struct text){"逾期", "late"})
                 : text_pick(ctx, (struct text){"应办", "due"}),
            date_format(ctx, due->day), due->act, due->what, due->source);
}

/* Legal last days that count from the polling day, while the act is not done. */
static enum err
legal_print(struct cli *cli, const struct call *call, struct date polling_day)
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
        .polling_day = polling_day,
        .vec_formed = DATE_NONE,
        .posted = DATE_NONE,
        .received = DATE_NONE,
        .list = DATE_NONE,
        .formed = polling_day,
        .meeting = DATE_NONE,
    };
    for (size_t i = 0; i < COUNT_OF(LEGAL); i++) {
        const struct standing_query query = {
            .unit = call->unit, .act = LEGAL[i].act, .list = LEGAL[i].list, .round = -1};
        struct standing standing;
        const enum err err = standing_store_last(cli->ctx, cli->db, &query, &standing);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        const struct due due = {
            .day = calendar_deadline(call->pack, LEGAL[i].event, &bases),
            .what = text_pick(cli->ctx, calendar_event_title(LEGAL[i].event)),
            .act = LEGAL[i].act,
            .source = rule_id(cli->ctx, LEGAL[i].rule, 0),
        };
        if (err == ERR_NOT_FOUND && date_is_set(due.day))
            due_print(cli, &due, call->today);
    }
    return ERR_OK;
}

/* Dated tasks of the plan; one whose act stands has closed itself. */
static enum err
tasks_print(struct cli *cli, const struct call *call)
{
    struct task *tasks;
    size_t count;
    TRY(task_store_list(cli->ctx, cli->db, call->unit, &tasks, &count));
    for (size_t i = 0; i < count; i++) {
        bool stands = false;
        if (strcmp(tasks[i].state, "open") != 0 || !date_is_set(tasks[i].due_on))
            continue;
        TRY(standing_has(cli->ctx, cli->db, call->unit, tasks[i].act,
                         tasks[i].body[0] ? tasks[i].body : NULL, NULL, &stands));
        const struct due due = {
            .day = tasks[i].due_on,
            .what = tasks[i].title,
            .act = tasks[i].act,
            .source = tasks[i].task,
        };
        if (!stands)
            due_print(cli, &due, call->today);
    }
    return ERR_OK;
}

static enum err
due_list(struct cli *cli, struct call *call)
{
    struct date polling_day;
    TRY(gate_pack(cli->ctx, cli->gate, call->unit, call->today, &call->pack));
    TRY(day_store_get(cli->ctx, cli->db, call->unit, "village", &polling_day));
    if (date_is_set(polling_day))
        TRY(legal_print(cli, call, polling_day));
    return tasks_print(cli, call);
}

static enum err
next_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    struct stream stream = {.state = "open"};
    size_t count;
    TRY(cli_options(cli, &command_next, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_next, argc, 1, 1));
    TRY(cli_open(cli, DB_READ));
    struct call call = {.ctx = ctx, .db = cli->db, .gate = cli->gate};
    TRY(cli_unit(cli, argv[0], &call.unit));
    const enum err err = stream_store_find(ctx, cli->db, call.unit, &stream);
    if (err == ERR_NOT_FOUND)
        fprintf(
            cli->out, "%s\n",
            text_format(ctx, "换届还没有启动（term.open）", "the term is not opened (term.open)"));
    else
        TRY(err);
    call.fields = json_own(ctx->mem, json_object());
    const struct act *acts = act_list(&count);
    for (int state = NEXT_OPEN; state <= NEXT_DONE; state++) {
        for (size_t i = 0; i < count; i++) {
            struct next_row row;
            call.act = &acts[i];
            if (!(acts[i].levels & LEVEL_VILLAGE) || acts[i].roles == ROLE_SYS)
                continue;
            TRY(row_find(&call, &stream, &row));
            if ((int)row.state == state)
                row_print(cli, &row);
        }
    }
    call.today = instant_date(cli->ctx->now);
    return due_list(cli, &call);
}

COMMAND(next, "UNIT", "现在可办什么、什么受阻、何时到期",
        "what can be done now, what is blocked, what is due", next_run);
