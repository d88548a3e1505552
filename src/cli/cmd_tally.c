/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan tally: ballots of many villages counted from a file. */
#include "act/tally_run.h"
#include "cli/cli.h"

extern const struct command command_tally;

static enum err
tally_command(struct cli *cli, int argc, char **argv)
{
    TRY(cli_options(cli, &command_tally, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_tally, argc, 3, 3));
    return tally_run(cli->ctx, argv[0], argv[1], argv[2]);
}

COMMAND(tally, "BALLOTS.csv VILLAGES.csv OUT.csv", "按文件计票", "count ballots from a file",
        tally_command);
