/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan law: questions of election law answered from facts alone, without any data. */
#include "act/law_run.h"
#include "cli/cli.h"

extern const struct command command_law;

static enum err
law_command_run(struct cli *cli, int argc, char **argv)
{
    TRY(cli_options(cli, &command_law, NULL, &argc, &argv));
    const struct law_run_options options = {.quiet = cli->quiet};
    return law_run(cli->ctx, (const char *const *)argv, (size_t)argc, &options, cli->out, cli->err);
}

COMMAND(law, "[FILE.jsonl…]", "回答选举法问题（每行一例；无文件时读标准输入）",
        "answer questions of election law, a case a line", law_command_run);
