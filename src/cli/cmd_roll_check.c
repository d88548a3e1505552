/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan roll check: what is wrong in rolls, from files alone. */
#include <string.h>

#include "act/roll_check.h"
#include "cli/roll_check_cli.h"

static gchar **check_registers;
static gchar **check_barred;
static gchar **check_away;
static gchar **check_last;
static gchar *check_polling_day;
static gchar *check_last_day;
static gchar *check_findings;
static gchar *check_xlsx;
static gint check_threads;

static const GOptionEntry CHECK_OPTIONS[] = {
    {"register", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &check_registers, NULL, "FILE"},
    {"barred", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &check_barred, NULL, "FILE"},
    {"away", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &check_away, NULL, "FILE"},
    {"last", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &check_last, NULL, "FILE"},
    {"polling-day", 0, 0, G_OPTION_ARG_FILENAME, &check_polling_day, NULL, "YYYY-MM-DD"},
    {"last-day", 0, 0, G_OPTION_ARG_FILENAME, &check_last_day, NULL, "YYYY-MM-DD"},
    {"findings", 0, 0, G_OPTION_ARG_FILENAME, &check_findings, NULL, "OUT.csv"},
    {"xlsx", 0, 0, G_OPTION_ARG_FILENAME, &check_xlsx, NULL, "OUT.xlsx"},
    {"threads", 0, 0, G_OPTION_ARG_INT, &check_threads, NULL, "N"},
    {0},
};

static enum err
day_take(struct cli *cli, const char *option, const char *text, struct date *ret_day)
{
    *ret_day = DATE_NONE;
    if (text && !date_parse(text, ret_day))
        return FAIL(cli->ctx, ERR_USAGE, "%s 应如 2026-12-10，不能是“%s”",
                    "%s is like 2026-12-10, not \"%s\"", option, text);
    return ERR_OK;
}

static size_t
files_add(struct roll_check_file *files, size_t count, gchar **paths, enum roll_kind kind)
{
    for (size_t i = 0; paths && paths[i]; i++)
        files[count++] = (struct roll_check_file){paths[i], kind};
    return count;
}

static size_t
paths_count(gchar **paths)
{
    return paths ? g_strv_length(paths) : 0;
}

static enum err
plan_make(struct cli *cli, int argc, char **argv, struct roll_check_plan *plan)
{
    const size_t most = (size_t)argc + paths_count(check_registers) + paths_count(check_barred) +
                        paths_count(check_away) + paths_count(check_last);
    struct roll_check_file *files = mem_array(cli->ctx->mem, struct roll_check_file, most);
    size_t count = 0;
    for (int i = 1; i < argc; i++)
        files[count++] = (struct roll_check_file){argv[i], ROLL_KIND_ROLL};
    count = files_add(files, count, check_registers, ROLL_KIND_HOUSEHOLD);
    count = files_add(files, count, check_barred, ROLL_KIND_DEPRIVED);
    count = files_add(files, count, check_away, ROLL_KIND_AWAY);
    count = files_add(files, count, check_last, ROLL_KIND_LAST_ROLL);
    TRY(day_take(cli, "--polling-day", check_polling_day, &plan->polling_day));
    TRY(day_take(cli, "--last-day", check_last_day, &plan->last_day));
    plan->files = files;
    plan->count = count;
    plan->threads = check_threads;
    return ERR_OK;
}

static json_t *
finding_json(struct ctx *ctx, const struct roll_check_finding *finding)
{
    const struct roll_fault_row *row = roll_fault_row(finding->fault);
    return json_pack("{s:s,s:s,s:s,s:I,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "file", finding->file,
                     "sheet", finding->sheet, "list", roll_kind_word(finding->kind), "row",
                     (json_int_t)finding->line, "cell", finding->cell, "village", finding->village,
                     "name", finding->name, "id", finding->id, "kind", row->word, "rule", row->rule,
                     "severity", finding->blocks ? "block" : "warn", "text",
                     roll_check_words(ctx, finding), "todo", text_pick(ctx, row->cure));
}

static json_t *
summary_json(const struct roll_check_plan *plan, struct ctx *ctx,
             const struct roll_check_counts *counts)
{
    json_t *faults = json_object(), *changes = json_object();
    for (size_t i = 0; i < ROLL_FAULT_COUNT; i++) {
        if (counts->faults[i])
            json_object_set_new(faults, roll_fault_row((enum roll_fault)i)->word,
                                json_integer(counts->faults[i]));
    }
    for (size_t i = 0; counts->has_last && i < ROLL_CHANGE_COUNT; i++)
        json_object_set_new(changes, roll_change_word((enum roll_change)i),
                            json_integer(counts->changes[i]));
    return json_pack("{s:s,s:I,s:I,s:I,s:b,s:I,s:I,s:o,s:o}", "polling_day",
                     date_format(ctx, plan->polling_day), "people", (json_int_t)counts->people,
                     "women", (json_int_t)counts->women, "villages", (json_int_t)counts->villages,
                     "villages_apart", (int)counts->villages_apart, "adults",
                     (json_int_t)counts->adults, "explained", (json_int_t)counts->explained,
                     "faults", faults, "changes", changes);
}

static json_t *
changes_json(struct ctx *ctx, const struct roll_check *check)
{
    json_t *list = json_array();
    for (size_t i = 0; i < roll_check_change_count(check); i++) {
        struct roll_check_finding it;
        enum roll_change change;
        roll_check_change(ctx, check, i, &it, &change);
        json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:I,s:s,s:s,s:s,s:s,s:s,s:s}", "file",
                                              it.file, "sheet", it.sheet, "list",
                                              roll_kind_word(it.kind), "row", (json_int_t)it.line,
                                              "village", it.village, "name", it.name, "id", it.id,
                                              "kind", roll_change_word(change), "severity", "note",
                                              "text", text_pick(ctx, roll_change_title(change))));
    }
    return list;
}

static void
result_json(struct cli *cli, const struct roll_check_plan *plan, const struct roll_check *check)
{
    json_t *list = json_array();
    for (size_t i = 0; i < roll_check_count(check); i++) {
        struct roll_check_finding finding;
        roll_check_finding(cli->ctx, check, i, &finding);
        json_array_append_new(list, finding_json(cli->ctx, &finding));
    }
    cli_print_json(cli, json_pack("{s:b,s:o,s:o,s:o}", "blocked", (int)roll_check_blocks(check),
                                  "summary", summary_json(plan, cli->ctx, roll_check_counts(check)),
                                  "findings", list, "changes", changes_json(cli->ctx, check)));
}

static void
findings_print(struct cli *cli, const struct roll_check *check)
{
    struct ctx *scratch = ctx_new(cli->ctx->lang);
    for (size_t i = 0; i < roll_check_count(check); i++) {
        struct roll_check_finding it;
        roll_check_finding(scratch, check, i, &it);
        const struct roll_fault_row *row = roll_fault_row(it.fault);
        fprintf(cli->out, "%s:%lld %s %s %s %s%s%s%s%s → %s\n", it.file, (long long)it.line,
                it.cell, it.name, it.id, row->word, row->rule[0] ? " " : "", row->rule,
                text_pick(scratch, (struct text){"：", ": "}), roll_check_words(scratch, &it),
                text_pick(scratch, row->cure));
        if (i % 1024 == 1023) {
            ctx_free(scratch);
            scratch = ctx_new(cli->ctx->lang);
        }
    }
    ctx_free(scratch);
}

static void
summary_print(struct cli *cli, const struct roll_check_plan *plan, const struct roll_check *check)
{
    struct ctx *ctx = cli->ctx;
    const struct roll_check_counts *counts = roll_check_counts(check);
    fprintf(cli->out, "%s\n",
            text_format(ctx, "登记册 %lld 人（有号码的女性 %lld 人），%lld 个村；选举日 %s",
                        "rolls: %lld people (%lld women among those with a number), %lld "
                        "villages; polling day %s",
                        (long long)counts->people, (long long)counts->women,
                        (long long)counts->villages, date_format(ctx, plan->polling_day)));
    if (counts->has_register)
        fprintf(cli->out, "%s\n",
                text_format(ctx, "户籍册成年人 %lld 人，其中有不列入事由 %lld 人",
                            "registers: %lld adults, %lld of them not listed for a reason",
                            (long long)counts->adults, (long long)counts->explained));
    if (counts->villages_apart)
        fprintf(cli->out, "%s\n",
                text_format(ctx, "登记册和户籍册的村名没有一个相同：没有按村比较，只按人比较",
                            "no village of the registers has the name of one of the rolls: people "
                            "were compared, villages were not"));
    for (size_t i = 0; i < ROLL_FAULT_COUNT; i++) {
        if (counts->faults[i])
            fprintf(cli->out, "%8lld  %-18s %s\n", (long long)counts->faults[i],
                    roll_fault_row((enum roll_fault)i)->word,
                    text_pick(ctx, roll_fault_row((enum roll_fault)i)->wrong));
    }
    for (size_t i = 0; counts->has_last && i < ROLL_CHANGE_COUNT; i++)
        fprintf(cli->out, "%8lld  %-18s %s\n", (long long)counts->changes[i],
                roll_change_word((enum roll_change)i),
                text_pick(ctx, roll_change_title((enum roll_change)i)));
    if (roll_check_count(check) == 0)
        fprintf(cli->out, "%s\n", text_format(ctx, "没有发现问题", "nothing found"));
}

enum err
roll_check_command(struct cli *cli, const struct command *command, int argc, char **argv)
{
    struct roll_check_plan plan = {0};
    struct roll_check *check;
    TRY(cli_options(cli, command, CHECK_OPTIONS, &argc, &argv));
    TRY(cli_count(cli, command, argc, 2, 255));
    TRY(plan_make(cli, argc, argv, &plan));
    TRY(roll_files_check(cli->ctx, &plan, &check));
    if (check_findings)
        TRY(roll_check_csv(cli->ctx, check, check_findings));
    if (check_xlsx)
        TRY(roll_check_xlsx(cli->ctx, check, check_xlsx));
    if (cli->json) {
        result_json(cli, &plan, check);
    } else {
        if (!check_findings && !check_xlsx)
            findings_print(cli, check);
        if (!cli->quiet)
            summary_print(cli, &plan, check);
    }
    return roll_check_blocks(check) ? ERR_NO : ERR_OK;
}
