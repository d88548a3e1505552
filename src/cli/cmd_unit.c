/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan unit, cunxuan user: the units and accounts of an installation. */
#include <string.h>

#include "act/kit.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/cli.h"
#include "store/setting_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"

extern const struct command command_unit;
extern const struct command command_user;

enum { UNIT_FILE_MAX = 64 << 20, COLUMN_MAX = 16 };

/* --- unit --- */

/* One line of code,name,kind,town_code,town,county_code,county,… taken apart; the file is made by
 * programs and has no quoted fields. */
static size_t
line_split(char *line, const char **columns)
{
    size_t count = 0;
    for (char *at = line; at && count < COLUMN_MAX;) {
        columns[count++] = at;
        at = strchr(at, ',');
        if (at)
            *at++ = '\0';
    }
    return count;
}

static enum err
unit_put(struct cli *cli, const char *code, const char *name, enum level level, const char *parent)
{
    const struct unit unit = {.unit = code, .name = name, .level = level, .parent = parent};
    return unit_store_add(cli->ctx, cli->db, &unit);
}

static bool
code_is_right(const char *code, size_t length)
{
    return strlen(code) == length && strspn(code, "0123456789") == length;
}

/* The table of codes writes 市山村委会 for the village 市山村 (村民委员会 is its committee). */
static const char *
village_name(struct ctx *ctx, const char *listed)
{
    static const char COMMITTEE[] = "委会";
    const size_t length = strlen(listed);
    const size_t ending = sizeof COMMITTEE - 1;
    if (length > ending + 3 && strcmp(listed + length - ending, COMMITTEE) == 0 &&
        strncmp(listed + length - ending - 3, "村", 3) == 0)
        return mem_text_n(ctx->mem, listed, length - ending);
    return listed;
}

static enum err
unit_line(struct cli *cli, char *line, int64_t number)
{
    const char *columns[COLUMN_MAX];
    const size_t count = line_split(line, columns);
    if (count < 7 || !code_is_right(columns[0], 12) || !code_is_right(columns[3], 9) ||
        !code_is_right(columns[5], 6) || !columns[1][0])
        return FAIL_HINT(cli->ctx, ERR_INVALID,
                         "每行应为：村代码(12位),村名,类别,镇代码(9位),镇名,县代码(6位),县名",
                         "a line is: village code (12 digits),name,kind,town code (9),town,county "
                         "code (6),county",
                         "第 %lld 行不对", "line %lld is not right", (long long)number);
    TRY(unit_put(cli, columns[5], columns[6], LEVEL_COUNTY, ""));
    TRY(unit_put(cli, columns[3], columns[4], LEVEL_TOWN, columns[5]));
    return unit_put(cli, columns[0], village_name(cli->ctx, columns[1]), LEVEL_VILLAGE, columns[3]);
}

struct unit_import {
    struct cli *cli;
    char *text;
    int64_t count;
};

static enum err
unit_lines(struct ctx *ctx, struct db *db, void *arg)
{
    struct unit_import *import = arg;
    int64_t number = 0;
    (void)db;
    import->count = 0;
    char *copy = mem_text(ctx->mem, import->text);
    for (char *line = copy; line && *line; number++) {
        char *next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        line[strcspn(line, "\r")] = '\0';
        if (number > 0 && *line) {
            TRY(unit_line(import->cli, line, number + 1));
            import->count++;
        }
        line = next;
    }
    return ERR_OK;
}

static enum err
unit_import(struct cli *cli, const char *path)
{
    struct ctx *ctx = cli->ctx;
    struct unit_import import = {.cli = cli};
    struct file_bytes file;
    TRY(file_read(ctx, path, (struct text){"单位表", "table of units"}, UNIT_FILE_MAX, &file));
    import.text = mem_text_n(ctx->mem, (const char *)file.data, file.length);
    if (strncmp(import.text, "\xEF\xBB\xBF", 3) == 0)
        import.text += 3;
    TRY(db_transaction(ctx, cli->db, unit_lines, &import));
    if (import.count == 0)
        return FAIL(ctx, ERR_INVALID, "%s 里没有单位", "%s has no units", path);
    if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(ctx, "读入 %lld 个村", "read %lld villages", (long long)import.count));
    return ERR_OK;
}

static enum err
unit_list(struct cli *cli)
{
    struct unit *units;
    size_t count;
    TRY(unit_store_list(cli->ctx, cli->db, &units, &count));
    for (size_t i = 0; i < count; i++)
        fprintf(cli->out, "%-12s %s\n", units[i].unit, units[i].name);
    return ERR_OK;
}

static enum err
unit_run(struct cli *cli, int argc, char **argv)
{
    TRY(cli_options(cli, &command_unit, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_unit, argc, 1, 2));
    if (strcmp(argv[0], "import") == 0 && argc == 2) {
        TRY(cli_open(cli, DB_WRITE));
        return unit_import(cli, argv[1]);
    }
    if (strcmp(argv[0], "list") != 0)
        return cli_count(cli, &command_unit, 0, 1, 1);
    TRY(cli_open(cli, DB_READ));
    return unit_list(cli);
}

COMMAND(unit, "import FILE.csv | list", "读入、列出县、镇、村", "import or list the units",
        unit_run);

/* --- user --- */

static gchar *user_role;
static gchar *user_unit;
static gchar *user_person;
static gchar *user_desk;

static const GOptionEntry USER_OPTIONS[] = {
    {"role", 0, 0, G_OPTION_ARG_FILENAME, &user_role, "角色 role", "ROLE"},
    {"unit", 0, 0, G_OPTION_ARG_FILENAME, &user_unit, "单位 unit", "UNIT"},
    {"person", 0, 0, G_OPTION_ARG_FILENAME, &user_person, "本人 person", "PERSON"},
    {"desk", 0, 0, G_OPTION_ARG_FILENAME, &user_desk, "联审单位 desk", "DESK"},
    {0},
};

static enum err
user_add(struct cli *cli, const char *name)
{
    struct ctx *ctx = cli->ctx;
    const char *unit = "";
    const char *kit;
    const enum role role = user_role ? role_find(user_role) : 0;
    const enum err in_kit = setting_store_find(ctx, cli->db, KIT_UNIT_SETTING, &kit);
    if (in_kit == ERR_OK)
        return FAIL(ctx, ERR_FORBIDDEN, "取出件里只有随带人员的账号，不能添加",
                    "a kit has the accounts it came with: none can be added");
    if (in_kit != ERR_NOT_FOUND)
        return in_kit;
    if (!role || role == ROLE_SYS)
        return FAIL(
            ctx, ERR_USAGE,
            "--role 应为 county_office county_sign department township_office township_sign "
            "party_branch village_committee election_committee staff supervisor admin public "
            "之一",
            "--role is one of county_office county_sign department township_office "
            "township_sign party_branch village_committee election_committee staff "
            "supervisor admin public");
    if (user_unit)
        TRY(cli_unit(cli, user_unit, &unit));
    if (role == ROLE_DR && !user_desk)
        return FAIL(ctx, ERR_USAGE, "联审单位账号要 --desk", "a department's account needs --desk");
    if (!user_unit && role != ROLE_ADMIN && role != ROLE_PUBLIC)
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
    return user_store_add(ctx, cli->db, &user);
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
        return user_store_set_active(cli->ctx, cli->db, argv[1], false);
    return cli_count(cli, &command_user, 0, 1, 1);
}

COMMAND(user, "add NAME --role ROLE --unit UNIT [--person P] [--desk D] | close NAME | list",
        "添加、停用、列出账号", "add, close or list accounts", user_run);
