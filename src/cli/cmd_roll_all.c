/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan roll import-all: the registers of many villages in one go. */
#include <inttypes.h>
#include <unistd.h>

#include "act/import_all.h"
#include "base/clock.h"
#include "cli/roll_all_cli.h"

struct telling {
    struct cli *cli;
    int64_t begun_us;
    int64_t shown_us;
};

enum { SHOW_EVERY_US = 200000, SECOND_US = 1000000 };

/* Villages on one line each; the rows refused are findings of the act and follow it. */
static void
village_tell(void *arg, const struct import_told *told)
{
    struct telling *telling = arg;
    struct cli *cli = telling->cli;
    struct ctx *ctx = cli->ctx;
    if (cli->json || (cli->quiet && told->err == ERR_OK))
        return;
    if (told->err == ERR_OK && told->refused == 0)
        return;
    /* Over the bar, which is drawn again behind it. */
    const char *words =
        told->err == ERR_OK
            ? text_format(ctx, "收 %" PRId64 " 行，%" PRId64 " 处有误",
                          "%" PRId64 " rows taken, %" PRId64 " faults", told->taken, told->refused)
        : told->err == ERR_REFUSED ? text_format(ctx, "不予受理", "refused")
                                   : told->words;
    fprintf(cli->err, "%s%s\n", isatty(fileno(cli->err)) ? "\r\033[K" : "",
            text_format(ctx, "%s（%s）：%s", "%s (%s): %s", told->name, told->unit, words));
    cli_print_findings(cli, cli->err, &told->answer.findings);
}

static void
progress_show(void *arg, const struct import_progress *progress)
{
    struct telling *telling = arg;
    const int64_t now = clock_monotonic_us();
    const bool last = progress->villages_done == progress->villages;
    if (!last && now - telling->shown_us < SHOW_EVERY_US)
        return;
    telling->shown_us = now;
    const int64_t spent = now - telling->begun_us + 1;
    const int64_t left_us = progress->bytes_done ? (progress->bytes - progress->bytes_done) *
                                                       (spent / SECOND_US * 1000 + 1)
                                                 : 0;
    const int64_t left = progress->bytes_done ? left_us / progress->bytes_done / 1000 : 0;
    cli_progress(telling->cli,
                 text_format(telling->cli->ctx, "%" PRId64 " 行/秒，还要 %" PRId64 " 秒",
                             "%" PRId64 " rows/s, %" PRId64 " s left",
                             progress->rows_done * SECOND_US / spent, left),
                 progress->villages_done, progress->villages);
}

static void
sum_print(struct cli *cli, const struct import_sum *sum)
{
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "imported", json_integer(sum->imported));
        json_object_set_new(object, "refused", json_integer(sum->refused));
        json_object_set_new(object, "rows", json_integer(sum->rows));
        cli_print_json(cli, object);
    } else if (!cli->quiet) {
        fprintf(
            cli->out, "%s\n",
            text_format(cli->ctx, "导入 %" PRId64 " 个村 %" PRId64 " 行；%" PRId64 " 个村没有导入",
                        "%" PRId64 " villages imported, %" PRId64 " rows; %" PRId64 " villages not",
                        sum->imported, sum->rows, sum->refused));
    }
}

enum err
roll_import_all(struct cli *cli, const struct roll_all_wish *wish)
{
    struct telling telling = {.cli = cli};
    struct import_sum sum;
    TRY(cli_open(cli, DB_WRITE));
    telling.begun_us = clock_monotonic_us();
    const struct import_all import = {
        .kind = wish->kind,
        .path = wish->path,
        .accept = wish->accept ? wish->accept : "whole",
        .as_of = wish->as_of ? wish->as_of : date_format(cli->ctx, instant_date(cli->ctx->now)),
        .source = wish->source ? wish->source : wish->path,
        .user = cli->user,
        .tell = village_tell,
        .progress = progress_show,
        .arg = &telling,
    };
    TRY(import_all_run(cli->ctx, cli->gate, &import, &sum));
    sum_print(cli, &sum);
    return sum.refused ? ERR_REFUSED : ERR_OK;
}
