/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan user: the accounts of an installation and their first passwords. */
#include <string.h>

#include "act/account.h"
#include "act/gate.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/password.h"
#include "cli/cli.h"
#include "store/stream_store.h"

extern const struct command command_user;

static gchar *user_role;
static gchar *user_unit;
static gchar *user_person;
static gchar *user_desk;
static gchar *user_password_file;
static gboolean user_lasting;

static const GOptionEntry USER_OPTIONS[] = {
    {"role", 0, 0, G_OPTION_ARG_FILENAME, &user_role, NULL, "ROLE"},
    {"unit", 0, 0, G_OPTION_ARG_FILENAME, &user_unit, NULL, "UNIT"},
    {"person", 0, 0, G_OPTION_ARG_FILENAME, &user_person, NULL, "PERSON"},
    {"desk", 0, 0, G_OPTION_ARG_FILENAME, &user_desk, NULL, "DESK"},
    {"password-file", 0, 0, G_OPTION_ARG_FILENAME, &user_password_file, NULL, "FILE"},
    {"lasting", 0, 0, G_OPTION_ARG_NONE, &user_lasting, NULL, NULL},
    {0},
};

static enum err
user_add(struct cli *cli, const char *name)
{
    struct ctx *ctx = cli->ctx;
    const char *unit = "";
    const enum role role = user_role ? role_find(user_role) : 0;
    if (!role || role == ROLE_SYS)
        return FAIL(
            ctx, ERR_USAGE,
            "--role 应为 county_office county_sign department township_office township_sign "
            "party_branch village_committee election_committee staff supervisor admin "
            "security_admin "
            "audit_admin public 之一",
            "--role is one of county_office county_sign department township_office "
            "township_sign party_branch village_committee election_committee staff "
            "supervisor admin security_admin audit_admin public");
    if (user_unit)
        TRY(cli_unit(cli, user_unit, &unit));
    if (role == ROLE_DR && !user_desk)
        return FAIL(ctx, ERR_USAGE, "联审单位账号要 --desk", "a department's account needs --desk");
    if (!user_unit && role_has_unit(role))
        return FAIL(ctx, ERR_USAGE, "要 --unit", "needs --unit");
    const struct user user = {
        .name = name,
        .role = role_name(role),
        .unit = unit,
        .person = user_person ? mem_text(ctx->mem, user_person) : NULL,
        .desk = user_desk ? mem_text(ctx->mem, user_desk) : NULL,
        .created_at = instant_format(ctx, ctx->now),
        .active = true,
    };
    return account_add(ctx, cli->db, &user, cli->user[0] ? cli->user : "cli");
}

/* The first password of an account: from the first line of a file, or made and printed once. */
static enum err
user_password(struct cli *cli, const char *name)
{
    struct ctx *ctx = cli->ctx;
    struct file_bytes file;
    const char *password = password_make(ctx);
    if (user_lasting && !cli->gate->exercise)
        return FAIL(ctx, ERR_USAGE, "--lasting 只用于演练数据", "--lasting is for exercises only");
    if (user_password_file) {
        TRY(file_read(ctx, user_password_file, (struct text){"密码文件", "password file"},
                      PASSWORD_LENGTH_MAX + 2, &file));
        password = mem_text_n(ctx->mem, file.data, strcspn(file.data, "\r\n"));
    }
    const struct password_set set = {
        .name = name, .password = password, .by = "cli", .lasting = user_lasting};
    TRY(account_set_password(ctx, cli->db, &set));
    if (!user_password_file)
        fprintf(cli->out, "%s\n", password);
    return ERR_OK;
}

static enum err
user_list(struct cli *cli)
{
    struct user *users;
    size_t count;
    TRY(user_store_list(cli->ctx, cli->db, &users, &count));
    for (size_t i = 0; i < count; i++)
        fprintf(cli->out, "%-20s %-20s %-12s %s%s%s\n", users[i].name, users[i].role, users[i].unit,
                users[i].person ? users[i].person : "", users[i].desk ? users[i].desk : "",
                users[i].active ? "" : " (-)");
    return ERR_OK;
}

static enum err
user_run(struct cli *cli, int argc, char **argv)
{
    TRY(cli_options(cli, &command_user, USER_OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_user, argc, 1, 2));
    const bool listing = strcmp(argv[0], "list") == 0 && argc == 1;
    TRY(cli_open(cli, listing ? DB_READ : DB_WRITE));
    if (listing)
        return user_list(cli);
    if (argc == 2 && strcmp(argv[0], "add") == 0)
        return user_add(cli, argv[1]);
    if (argc == 2 && strcmp(argv[0], "close") == 0)
        return account_set_active(cli->ctx, cli->db, argv[1], false, "cli");
    if (argc == 2 && strcmp(argv[0], "open") == 0)
        return account_set_active(cli->ctx, cli->db, argv[1], true, "cli");
    if (argc == 2 && strcmp(argv[0], "password") == 0)
        return user_password(cli, argv[1]);
    return cli_count(cli, &command_user, 0, 1, 1);
}

COMMAND(user,
        "add NAME --role ROLE --unit UNIT [--person P] [--desk D] | password NAME [--password-file "
        "FILE] "
        "[--lasting] | close NAME | open NAME | list",
        "添加、停用、列出账号，设初始密码", "accounts and their first passwords", user_run);
