/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan roll mapping: what the columns of a village's files are, kept for the next import. */
#include "act/roll_read.h"
#include "act/roll_rest.h"
#include "cli/roll_mapping_cli.h"

void
roll_mapping_print(struct cli *cli, FILE *out, const struct roll_mapping *mapping)
{
    for (size_t i = 0; i < mapping->count; i++) {
        const enum roll_column column = mapping->rows[i].column;
        fprintf(out, "    %s=%s\n", mapping->rows[i].heading,
                column == ROLL_COLUMN_COUNT ? "-" : roll_column_key(column));
    }
    if (mapping->count == 0)
        fprintf(out, "    %s\n", text_format(cli->ctx, "（没有）", "(none)"));
}

enum err
roll_mapping_command(struct cli *cli, const struct command *command, int argc, char **argv)
{
    const char *kind = "household";
    gchar **columns = NULL;
    gboolean clear = FALSE;
    const char *unit;
    struct roll_mapping mapping;
    const GOptionEntry entries[] = {
        {"kind", 0, 0, G_OPTION_ARG_FILENAME, &kind, NULL, "KIND"},
        {"map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &columns, NULL, "COLUMN=KEY"},
        {"clear", 0, 0, G_OPTION_ARG_NONE, &clear, NULL, NULL},
        {0},
    };
    TRY(cli_options(cli, command, entries, &argc, &argv));
    TRY(cli_count(cli, command, argc, 2, 2));
    TRY(cli_open(cli, DB_WRITE));
    TRY(cli_unit(cli, argv[1], &unit));
    TRY(roll_read_columns(cli->ctx, columns, &mapping));
    if (columns || clear)
        TRY(roll_mapping_keep(cli->ctx, cli->db, unit, kind, &mapping));
    TRY(roll_mapping_kept(cli->ctx, cli->db, unit, kind, &mapping));
    if (cli->json)
        cli_print_json(cli, roll_mapping_json(&mapping));
    else
        roll_mapping_print(cli, cli->out, &mapping);
    return ERR_OK;
}
