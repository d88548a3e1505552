/* SPDX-License-Identifier: Apache-2.0 */
#include "act/gate.h"
#include "act/roll_report.h"
#include "base/clock.h"
#include "cli/roll_report_cli.h"

static json_t *
work_json(struct ctx *ctx, const struct roll_work *work)
{
    const struct roll_fault_row *fault = roll_fault_row(work->fault);
    json_t *ways = json_array();
    for (size_t i = 0; i < work->way_count; i++) {
        const struct roll_cause_row *row = roll_cause_row(work->ways[i].cause);
        json_array_append_new(ways, json_pack("{s:s,s:s,s:s,s:s}", "reason", row->word, "text",
                                              text_pick(ctx, row->title), "evidence",
                                              text_pick(ctx, row->evidence), "known",
                                              work->ways[i].known));
    }
    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o}", "task",
                     roll_task_word(work->task), "kind", fault->word, "rule", fault->rule, "person",
                     work->person->person, "name", work->person->name, "group", work->person->grp,
                     "household", work->person->household, "text", text_pick(ctx, fault->wrong),
                     "detail", work->detail, "todo", text_pick(ctx, fault->cure), "reasons", ways);
}

static json_t *
numbers_json(const struct roll_numbers *it)
{
    return json_pack("{s:s,s:I,s:I,s:I,s:I,s:I,s:{s:I,s:I,s:I,s:I,s:I},s:{s:I,s:I,s:I}}", "group",
                     it->grp, "total", (json_int_t)it->total, "women", (json_int_t)it->women,
                     "party", (json_int_t)it->party, "minority", (json_int_t)it->minority, "away",
                     (json_int_t)it->away, "ages", "18-35", (json_int_t)it->bands[0], "36-45",
                     (json_int_t)it->bands[1], "46-60", (json_int_t)it->bands[2], "61+",
                     (json_int_t)it->bands[3], "unknown", (json_int_t)it->age_unknown, "cards",
                     "printed", (json_int_t)it->printed, "delivered", (json_int_t)it->delivered,
                     "signed", (json_int_t)it->signed_for);
}

static json_t *
moves_json(struct ctx *ctx, const struct roll_report *report)
{
    json_t *list = json_array(), *counts = json_object();
    for (size_t i = 0; i < report->move_count; i++) {
        const struct roll_move *move = &report->moves[i];
        const struct roll_cause_row *row = roll_cause_row(move->cause);
        json_array_append_new(list,
                              json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b}", "side",
                                        row->side == ROLL_SIDE_ADDED ? "added" : "gone", "cause",
                                        row->word, "text", text_pick(ctx, row->title), "person",
                                        move->person, "name", move->name, "group", move->grp,
                                        "village", move->village, "told", (int)move->told));
    }
    for (size_t i = 0; i < ROLL_CAUSE_COUNT; i++) {
        const struct roll_cause_row *row = roll_cause_row((enum roll_cause)i);
        if (row->counted || report->causes[i])
            json_object_set_new(counts, row->word, json_integer(report->causes[i]));
    }
    return json_pack("{s:I,s:o,s:o}", "people", (json_int_t)report->last_count, "causes", counts,
                     "moves", list);
}

static json_t *
report_json(struct ctx *ctx, const struct roll_report *report)
{
    json_t *works = json_array(), *groups = json_array(), *tasks = json_object();
    for (size_t i = 0; i < report->work_count; i++)
        json_array_append_new(works, work_json(ctx, &report->works[i]));
    for (size_t i = 0; i < report->group_count; i++)
        json_array_append_new(groups, numbers_json(&report->groups[i]));
    for (size_t i = 0; i < ROLL_TASK_COUNT; i++)
        json_object_set_new(tasks, roll_task_word((enum roll_task)i),
                            json_integer(report->task_counts[i]));
    return json_pack("{s:s,s:s,s:s,s:s,s:b,s:I,s:o,s:o,s:o,s:o,s:o}", "unit", report->unit, "name",
                     report->unit_name, "state", report->state, "polling_day",
                     date_format(ctx, report->polling_day), "day_fixed", (int)report->day_fixed,
                     "adults", (json_int_t)report->adults, "tasks", tasks, "todo", works, "numbers",
                     numbers_json(&report->all), "groups", groups, "last_roll",
                     report->has_last ? moves_json(ctx, report) : json_null());
}

/* A table of texts, one line a row; lines in a cell become one. */
static void
page_print(struct cli *cli, const struct page *page)
{
    fprintf(cli->out, "\n== %s ==\n", page->title);
    for (size_t i = 0; i < page->width; i++)
        fprintf(cli->out, "%s%s", i ? "  " : "", page->heads[i]);
    fputc('\n', cli->out);
    for (size_t i = 0; i < page->rows * page->width; i++) {
        const size_t column = i % page->width;
        fputs(column ? "  " : "", cli->out);
        for (const char *at = page->cells[i]; *at; at++)
            fputc(*at == '\n' ? ';' : *at, cli->out);
        if (page->cells[i][0] == '\0')
            fputc('-', cli->out);
        if (column == page->width - 1)
            fputc('\n', cli->out);
    }
}

static void
report_print(struct cli *cli, const struct roll_report *report, const struct page *pages,
             size_t count)
{
    struct ctx *ctx = cli->ctx;
    fprintf(cli->out, "%s\n",
            text_format(ctx, "%s  选举日 %s%s  户籍册成年人 %lld  名单 %lld 人",
                        "%s  polling day %s%s  adults of the register %lld  roll %lld",
                        report->unit_name, date_format(ctx, report->polling_day),
                        report->day_fixed
                            ? ""
                            : text_format(ctx, "（未定，按今天）", " (not fixed: today)"),
                        (long long)report->adults, (long long)report->all.total));
    for (size_t i = 0; i < ROLL_TASK_COUNT; i++)
        fprintf(cli->out, "%6lld  %s\n", (long long)report->task_counts[i],
                text_pick(ctx, roll_task_title((enum roll_task)i)));
    for (size_t i = 0; i < count; i++) {
        if (pages[i].rows)
            page_print(cli, &pages[i]);
    }
    if (!report->has_last)
        fprintf(cli->out, "\n%s\n",
                text_format(ctx, "没有导入上届名单，不能统计四增四减",
                            "no roll of the last term was read: changes are not known"));
}

enum err
roll_report_command(struct cli *cli, const struct command *command, int argc, char **argv)
{
    const char *xlsx = NULL;
    const char *unit;
    const struct pack *pack;
    struct roll_report report;
    struct page *pages;
    size_t count;
    const GOptionEntry entries[] = {
        {"xlsx", 0, 0, G_OPTION_ARG_FILENAME, &xlsx, NULL, "OUT.xlsx"},
        {0},
    };
    TRY(cli_options(cli, command, entries, &argc, &argv));
    TRY(cli_count(cli, command, argc, 2, 2));
    TRY(cli_open(cli, DB_WRITE)); /* the gate knows the law of the unit */
    TRY(cli_unit(cli, argv[1], &unit));
    TRY(gate_pack(cli->ctx, cli->gate, unit, instant_date(cli->ctx->now), &pack));
    TRY(roll_report_load(cli->ctx, cli->db, pack, unit, &report));
    roll_report_pages(cli->ctx, &report, &pages, &count);
    if (xlsx)
        TRY(pages_xlsx_write(cli->ctx, xlsx, pages, count));
    if (cli->json)
        cli_print_json(cli, report_json(cli->ctx, &report));
    else if (!xlsx)
        report_print(cli, &report, pages, count);
    return ERR_OK;
}
