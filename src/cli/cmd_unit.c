/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan unit: the units of an installation. */
#include <string.h>

#include "act/act.h"
#include "base/file.h"
#include "cli/cli.h"
#include "store/stream_store.h"

extern const struct command command_unit;

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
