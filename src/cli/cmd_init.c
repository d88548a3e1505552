/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan init: a new installation: folder, key, database, first administrator. */
#include "act/gate.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/cli.h"
#include "store/setting_store.h"
#include "store/user_store.h"

static gboolean exercise;

static const GOptionEntry OPTIONS[] = {
    {"exercise", 0, 0, G_OPTION_ARG_NONE, &exercise, NULL, NULL},
    {0},
};

extern const struct command command_init;

static enum err
init_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    TRY(cli_options(cli, &command_init, OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_init, argc, 0, 0));
    TRY(folder_make(ctx, cli->data));
    TRY(keyfile_create(ctx, mem_printf(ctx->mem, "%s/cunxuan.key", cli->data)));
    TRY(cli_open(cli, DB_CREATE));
    if (exercise)
        TRY(setting_store_set(ctx, cli->db, "exercise", "1"));
    const struct user admin = {
        .name = "admin",
        .role = role_name(ROLE_ADMIN),
        .unit = "",
        .created_at = instant_format(ctx, ctx->now),
        .active = true,
    };
    TRY(user_store_add(ctx, cli->db, &admin));
    if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(ctx, "已建立 %s（密钥指纹 %s）", "made %s (key fingerprint %s)",
                            cli->data, cli->key->fingerprint));
    return ERR_OK;
}

COMMAND(init, "[--exercise]", "建立新的数据文件夹和密钥", "make a new data folder and key",
        init_run);
