/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan tally: ballots of many villages counted from a file. */
#include "base/file.h"
#include "cli/cli.h"
#include "exchange/tally_csv.h"

extern const struct command command_tally;

enum { TALLY_FILE_MAX = 2047 << 20 };

static enum err
tally_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    CLEANUP(file_unmap) struct file_bytes ballots = {0};
    struct file_bytes villages;
    struct file_content content = {.mode = 0644};
    const char *text;
    TRY(cli_options(cli, &command_tally, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_tally, argc, 3, 3));
    TRY(file_map(ctx, argv[0], (struct text){"选票", "ballots"}, TALLY_FILE_MAX, &ballots));
    TRY(file_read(ctx, argv[1], (struct text){"村", "villages"}, TALLY_FILE_MAX, &villages));
    const struct tally_input input = {ballots.data, ballots.length, villages.data};
    TRY(tally_csv(ctx, &input, &text, &content.length));
    content.bytes = text;
    return file_write(ctx, argv[2], content);
}

COMMAND(tally, "BALLOTS.csv VILLAGES.csv OUT.csv", "按文件计票", "count ballots from a file",
        tally_run);
