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
    struct law_run_counts counts;
    TRY(law_run(cli->ctx, (const char *const *)argv, (size_t)argc, &options, cli->out, &counts));
    if (counts.passed + counts.failed > 0)
        fprintf(cli->err, "%lld passed, %lld failed\n", (long long)counts.passed,
                (long long)counts.failed);
    return counts.failed > 0 ? ERR_NO : ERR_OK;
}

COMMAND(law, "[FILE.jsonl…]", "回答选举法问题（每行一例；无文件时读标准输入）",
        "answer questions of election law, a case a line", law_command_run);
