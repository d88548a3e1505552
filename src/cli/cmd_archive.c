/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan archive: the bundle of a sealed village as a file. */
#include "act/archive.h"
#include "base/file.h"
#include "cli/cli.h"

static const char *out = ".";

static const GOptionEntry OPTIONS[] = {
    {"out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, "DIR"},
    {0},
};

extern const struct command command_archive;

static enum err
archive_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    struct archive_bundle bundle;
    const char *unit;
    TRY(cli_options(cli, &command_archive, OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_archive, argc, 1, 1));
    TRY(cli_open(cli, DB_READ));
    TRY(cli_unit(cli, argv[0], &unit));
    TRY(keyfile_open(ctx, mem_printf(ctx->mem, "%s/cunxuan.key", cli->data), &cli->key));
    cli->gate->key = cli->key;
    TRY(archive_bundle_make(ctx, cli->gate, unit, &bundle));
    TRY(folder_make(ctx, out));
    const char *path = mem_printf(ctx->mem, "%s/%s", out, bundle.name);
    const struct file_content content = {bundle.bytes, bundle.length, 0644};
    TRY(file_write(ctx, path, content));
    if (!cli->quiet)
        fprintf(cli->out, "%s\n", path);
    if (!cli->quiet && bundle.exercise)
        cli_print_exercise(cli);
    return ERR_OK;
}

COMMAND(archive, "UNIT [--out DIR]", "写出已封存的村的档案包",
        "write the bundle of a sealed village", archive_run);
