/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan init: a new installation: folder, key, database, first administrator. */
#include <unistd.h>

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
settings_write(struct ctx *ctx, struct db *db, void *arg)
{
    const struct user *admin = arg;
    if (exercise)
        TRY(setting_store_set(ctx, db, "exercise", "1"));
    return user_store_add(ctx, db, admin);
}

/* The database, after its key; a key that came to no database is taken away again. */
static enum err
database_make(struct cli *cli, const char *key_path)
{
    struct user admin = {
        .name = "admin",
        .role = role_name(ROLE_ADMIN),
        .unit = "",
        .created_at = instant_format(cli->ctx, cli->ctx->now),
        .active = true,
    };
    enum err err = cli_open(cli, DB_CREATE);
    if (err == ERR_OK)
        err = db_transaction(cli->ctx, cli->db, settings_write, &admin);
    if (err != ERR_OK)
        (void)unlink(key_path);
    return err;
}

static enum err
init_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    TRY(cli_options(cli, &command_init, OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_init, argc, 0, 0));
    TRY(folder_make(ctx, cli->data));
    const char *key_path = mem_printf(ctx->mem, "%s/cunxuan.key", cli->data);
    TRY(keyfile_create(ctx, key_path));
    TRY(database_make(cli, key_path));
    if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(ctx, "已建立 %s（密钥指纹 %s）", "made %s (key fingerprint %s)",
                            cli->data, cli->key->fingerprint));
    return ERR_OK;
}

COMMAND(init, "[--exercise]", "建立新的数据文件夹和密钥", "make a new data folder and key",
        init_run);
