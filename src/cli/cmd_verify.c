/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan verify, cunxuan rebuild: the record against itself and its tables. */
#include <unistd.h>

#include "act/origin.h"
#include "base/file.h"
#include "cli/cli.h"

extern const struct command command_verify;
extern const struct command command_rebuild;

static void
progress_show(void *arg, int64_t done, int64_t total)
{
    struct cli *cli = arg;
    cli_progress(cli, text_pick(cli->ctx, (struct text){"核对", "verify"}), done, total);
}

static enum err
options_take(struct cli *cli, int argc, char **argv, struct verify_options *options)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    *options = (struct verify_options){
        .threads = processors > 1 ? (int)processors : 1,
        .progress = progress_show,
        .progress_arg = cli,
    };
    return argc ? cli_unit(cli, argv[0], &options->unit) : ERR_OK;
}

static const char *against;
static gboolean ties;

static const GOptionEntry OPTIONS[] = {
    {"against", 0, 0, G_OPTION_ARG_FILENAME, &against, NULL, "FILE"},
    {"ties", 0, 0, G_OPTION_ARG_NONE, &ties, NULL, NULL},
    {0},
};

static json_t *
ties_json(const struct verify_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->tie_count; i++) {
        json_t *tie = json_object();
        json_object_set_new(tie, "unit", json_string(report->ties[i].unit));
        json_object_set_new(tie, "entries", json_integer(report->ties[i].last_seq));
        json_object_set_new(tie, "tied", json_integer(report->ties[i].tied_seq));
        json_array_append_new(list, tie);
    }
    return list;
}

/* Up to where each stream is tied outside itself: what comes after could be cut off unseen. */
static void
ties_print(struct cli *cli, const struct verify_report *report)
{
    size_t open = 0;
    for (size_t i = 0; i < report->tie_count; i++) {
        const struct verify_tie *tie = &report->ties[i];
        open += tie->tied_seq < tie->last_seq;
        if (ties || report->tie_count == 1)
            fprintf(cli->out, "%s\n",
                    text_format(cli->ctx, "%s：共 %lld 条，留底到第 %lld 号",
                                "%s: %lld entries, tied up to entry %lld", tie->unit,
                                (long long)tie->last_seq, (long long)tie->tied_seq));
    }
    if (!cli->quiet && open)
        fprintf(cli->out, "%s\n",
                text_format(
                    cli->ctx,
                    "%zu 卷的末尾在别处没有留底：单看数据不能知道是否被截去"
                    "（--ties 逐卷列出；用 cunxuan log --heads 抄录留底，以后用 --against 比对）",
                    "the ends of %zu streams are tied nowhere else: from the data alone "
                    "nobody can tell whether they were cut (--ties lists them; note heads "
                    "with cunxuan log --heads and compare later with --against)",
                    open));
}

static void
report_print_json(struct cli *cli, const struct verify_report *report)
{
    json_t *object = json_object();
    json_t *faults = json_array();
    for (size_t i = 0; i < report->fault_count; i++) {
        json_t *fault = json_object();
        json_object_set_new(fault, "where", json_string(report->faults[i].where));
        json_object_set_new(fault, "what", json_string(report->faults[i].what));
        json_array_append_new(faults, fault);
    }
    json_object_set_new(object, "ok", json_boolean(report->fault_count == 0));
    json_object_set_new(object, "streams", json_integer(report->streams));
    json_object_set_new(object, "entries", json_integer(report->entries));
    json_object_set_new(object, "checkpoints", json_integer(report->checkpoints));
    json_object_set_new(object, "blobs", json_integer(report->blobs));
    json_object_set_new(object, "rows", json_integer(report->rows));
    json_object_set_new(object, "ties", ties_json(report));
    json_object_set_new(object, "faults", faults);
    cli_print_json(cli, object);
}

static void
report_print(struct cli *cli, const struct verify_report *report)
{
    if (cli->json) {
        report_print_json(cli, report);
        return;
    }
    for (size_t i = 0; i < report->fault_count; i++)
        fprintf(cli->out, "%s: %s\n", report->faults[i].where, report->faults[i].what);
    if (!cli->quiet || report->fault_count)
        fprintf(cli->out, "%s\n",
                text_format(
                    cli->ctx,
                    "核对 %lld 卷 %lld 条记录、%lld 个检查点、%lld 个附件、%lld 行数据：%zu 处不符",
                    "checked %lld streams, %lld entries, %lld checkpoints, %lld blobs, "
                    "%lld rows: %zu faults",
                    (long long)report->streams, (long long)report->entries,
                    (long long)report->checkpoints, (long long)report->blobs,
                    (long long)report->rows, report->fault_count));
    ties_print(cli, report);
}

static enum err
verify_command(struct cli *cli, int argc, char **argv)
{
    struct verify_options options;
    struct verify_report report;
    TRY(cli_options(cli, &command_verify, OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_verify, argc, 0, 1));
    const char *key = mem_printf(cli->ctx->mem, "%s/cunxuan.key", cli->data);
    TRY(cli_open(cli, DB_READ));
    if (file_exists(key)) {
        TRY(keyfile_open(cli->ctx, key, &cli->key));
        cli->gate->key = cli->key;
    }
    TRY(options_take(cli, argc, argv, &options));
    if (against) {
        struct verify_head *heads;
        TRY(verify_heads_read(cli->ctx, against, &heads, &options.head_count));
        options.heads = heads;
    }
    TRY(verify_run(cli->ctx, cli->gate, &options, &report));
    report_print(cli, &report);
    return report.fault_count ? ERR_NO : ERR_OK;
}

COMMAND(verify, "[--against FILE] [--ties] [UNIT]", "核对链、检查点、附件，重新办理并比对",
        "check chain, checkpoints, blobs; apply again and compare", verify_command);

static enum err
rebuild_command(struct cli *cli, int argc, char **argv)
{
    struct verify_options options;
    TRY(cli_options(cli, &command_rebuild, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_rebuild, argc, 0, 1));
    TRY(cli_open(cli, DB_WRITE));
    TRY(options_take(cli, argc, argv, &options));
    TRY(rebuild_run(cli->ctx, cli->gate, &options));
    if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(cli->ctx, "已按记录重建全部数据表",
                            "the tables are made anew from the entries"));
    return ERR_OK;
}

COMMAND(rebuild, "[UNIT]", "清空数据表并按记录重建", "empty the tables and apply every entry again",
        rebuild_command);
