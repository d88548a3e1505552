/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan pack: the law as data, listed, shown, checked and compared. */
#include "act/pack_run.h"
#include "cli/cli.h"

extern const struct command command_pack;

enum { FILES_MAX = 1000, TEXT_MAX = 16 << 20 };

static enum err
run_list(struct cli *cli, char **argv, int argc, struct buf *out)
{
    (void)argv;
    (void)argc;
    return pack_list_print(cli->ctx, out);
}

static enum err
run_show(struct cli *cli, char **argv, int argc, struct buf *out)
{
    (void)argc;
    return pack_show_print(cli->ctx, argv[0], out);
}

static enum err
run_check(struct cli *cli, char **argv, int argc, struct buf *out)
{
    return pack_check_print(cli->ctx, (const char *const *)argv, (size_t)argc, out);
}

static enum err
run_diff(struct cli *cli, char **argv, int argc, struct buf *out)
{
    (void)argc;
    return pack_diff_print(cli->ctx, argv[0], argv[1], out);
}

static enum err
run_rules(struct cli *cli, char **argv, int argc, struct buf *out)
{
    (void)argv;
    (void)argc;
    pack_rules_print(cli->ctx, out);
    return ERR_OK;
}

static const struct verb {
    const char *name;
    int least, most;
    enum err (*run)(struct cli *cli, char **argv, int argc, struct buf *out);
} VERBS[] = {
    {"list", 0, 0, run_list}, {"show", 1, 1, run_show},   {"check", 0, FILES_MAX, run_check},
    {"diff", 2, 2, run_diff}, {"rules", 0, 0, run_rules},
};

static enum err
pack_command_run(struct cli *cli, int argc, char **argv)
{
    TRY(cli_options(cli, &command_pack, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_pack, argc, 1, FILES_MAX));
    for (size_t i = 0; i < COUNT_OF(VERBS); i++) {
        if (strcmp(VERBS[i].name, argv[0]) != 0)
            continue;
        TRY(cli_count(cli, &command_pack, argc, 1 + VERBS[i].least, 1 + VERBS[i].most));
        struct buf text;
        buf_init(&text, cli->ctx->mem, TEXT_MAX);
        TRY(VERBS[i].run(cli, argv + 1, argc - 1, &text));
        fputs(text.data, cli->out);
        return ERR_OK;
    }
    return FAIL(cli->ctx, ERR_USAGE, "没有“pack %s”这个命令", "there is no command \"pack %s\"",
                argv[0]);
}

COMMAND(pack, "list | show NAME | check [FILE…] | diff A B | rules",
        "规则包：列出、查看、检查、比较；规则目录",
        "rule packs: list, show, check, compare; the rules", pack_command_run);
