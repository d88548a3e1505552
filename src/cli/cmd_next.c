/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan next: what can be done now in a unit, what is blocked and by what, what is due. */
#include "act/gate.h"
#include "act/way.h"
#include "base/clock.h"
#include "cli/cli.h"

extern const struct command command_next;

static void
step_print(struct cli *cli, const struct step *step)
{
    struct ctx *ctx = cli->ctx;
    const struct text state = step_state_title(step->state);
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "act", json_string(step->act->id));
        json_object_set_new(object, "state", json_string(state.en));
        if (step->by)
            json_object_set_new(object, "by", json_string(step->by));
        cli_print_json(cli, object);
        return;
    }
    fprintf(cli->out, "%s  %-22s %s%s%s\n", text_pick(ctx, state), step->act->id,
            text_pick(ctx, step->act->title), step->by ? "  ← " : "", step->by ? step->by : "");
}

static void
due_print(struct cli *cli, const struct due *due)
{
    struct ctx *ctx = cli->ctx;
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "due", json_string(date_format(ctx, due->day)));
        json_object_set_new(object, "what", json_string(due->what));
        json_object_set_new(object, "act", json_string(due->act));
        json_object_set_new(object, "source", json_string(due->source));
        json_object_set_new(object, "late", json_boolean(due->late));
        cli_print_json(cli, object);
        return;
    }
    fprintf(cli->out, "%s  %s %-20s %s\n",
            due->late ? text_pick(ctx, (struct text){"逾期", "late"})
                      : text_pick(ctx, (struct text){"应办", "due"}),
            date_format(ctx, due->day), due->act,
            text_format(ctx, "%s（%s）", "%s (%s)", due->what, due->source));
}

static enum err
next_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    struct way way;
    const char *unit;
    TRY(cli_options(cli, &command_next, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_next, argc, 1, 1));
    TRY(cli_open(cli, DB_READ));
    TRY(cli_unit(cli, argv[0], &unit));
    TRY(way_steps(ctx, cli->gate, unit, &way));
    if (!way.opened)
        fprintf(
            cli->out, "%s\n",
            text_format(ctx, "换届还没有启动（term.open）", "the term is not opened (term.open)"));
    for (int state = STEP_OPEN; state <= STEP_DONE; state++) {
        for (size_t i = 0; i < way.step_count; i++) {
            if ((int)way.steps[i].state == state)
                step_print(cli, &way.steps[i]);
        }
    }
    TRY(way_dues(ctx, cli->gate, unit, instant_date(ctx->now), &way));
    for (size_t i = 0; i < way.due_count; i++)
        due_print(cli, &way.dues[i]);
    return ERR_OK;
}

COMMAND(next, "UNIT", "现在可办什么、什么受阻、何时到期",
        "what can be done now, what is blocked, what is due", next_run);
