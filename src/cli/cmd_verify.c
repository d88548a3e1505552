/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan verify, cunxuan rebuild: the record against itself and its tables. */
#include <unistd.h>

#include "act/verify.h"
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
}

static enum err
verify_command(struct cli *cli, int argc, char **argv)
{
    struct verify_options options;
    struct verify_report report;
    TRY(cli_options(cli, &command_verify, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_verify, argc, 0, 1));
    const char *key = mem_printf(cli->ctx->mem, "%s/cunxuan.key", cli->data);
    TRY(cli_open(cli, DB_READ));
    if (file_exists(key)) {
        TRY(keyfile_open(cli->ctx, key, &cli->key));
        cli->gate->key = cli->key;
    }
    TRY(options_take(cli, argc, argv, &options));
    TRY(verify_run(cli->ctx, cli->gate, &options, &report));
    report_print(cli, &report);
    return report.fault_count ? ERR_NO : ERR_OK;
}

COMMAND(verify, "[UNIT]", "核对链、检查点、附件，重新办理并比对",
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
