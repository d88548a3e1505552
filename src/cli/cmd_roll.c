/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan roll: reads a register or the roll from a file; prints the roll as it hangs. */
#include <string.h>

#include "act/roll.h"
#include "act/roll_read.h"
#include "act/roll_rest.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/roll_all_cli.h"
#include "cli/roll_check_cli.h"
#include "cli/roll_mapping_cli.h"
#include "cli/roll_read_cli.h"
#include "cli/roll_report_cli.h"
#include "cli/submit.h"

extern const struct command command_roll;

enum { ROLL_FILE_MAX = 64 << 20 };

static gchar *roll_accept;
static gchar *roll_as_of;
static gchar *roll_source;
static gchar *roll_group;
static gchar *roll_by;
static gchar *roll_id;
static gchar *roll_name;
static gchar **roll_reasons;
static gchar *roll_sheet;
static gchar **roll_columns;
static gchar *roll_rest;

static const GOptionEntry ROLL_OPTIONS[] = {
    {"accept", 0, 0, G_OPTION_ARG_FILENAME, &roll_accept, NULL, "whole|good_rows"},
    {"as-of", 0, 0, G_OPTION_ARG_FILENAME, &roll_as_of, NULL, "YYYY-MM-DD"},
    {"source", 0, 0, G_OPTION_ARG_FILENAME, &roll_source, NULL, "TEXT"},
    {"group", 0, 0, G_OPTION_ARG_FILENAME, &roll_group, NULL, "GROUP"},
    {"id", 0, 0, G_OPTION_ARG_FILENAME, &roll_id, NULL, "NUMBER"},
    {"name", 0, 0, G_OPTION_ARG_FILENAME, &roll_name, NULL, "NAME"},
    {"reason", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &roll_reasons, NULL, "RULE=WORDS"},
    {"sheet", 0, 0, G_OPTION_ARG_FILENAME, &roll_sheet, NULL, "NAME"},
    {"map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &roll_columns, NULL, "COLUMN=KEY"},
    {"rest", 0, 0, G_OPTION_ARG_FILENAME, &roll_rest, NULL, "OUT.xlsx"},
    {0},
};

/* --map, else what is kept for the village, which is then shown. */
static enum err
mapping_take(struct cli *cli, const char *kind, struct draft *draft)
{
    struct roll_mapping *mapping = mem_new(cli->ctx->mem, struct roll_mapping);
    if (roll_columns)
        TRY(roll_read_columns(cli->ctx, roll_columns, mapping));
    else
        TRY(roll_mapping_kept(cli->ctx, cli->db, draft->submission.unit, kind, mapping));
    if (mapping->count == 0)
        return ERR_OK;
    draft->submission.mapping = mapping;
    if (!roll_columns && !cli->quiet) {
        fprintf(cli->err, "%s\n",
                text_format(cli->ctx, "按本村保存的列对应（roll mapping）：",
                            "columns as kept for this village (roll mapping):"));
        roll_mapping_print(cli, cli->err, mapping);
    }
    return ERR_OK;
}

/* The rows that were not taken, whether the import was accepted without them or refused. */
static enum err
rest_write(struct cli *cli, const struct blob_to_add *given, const char *path,
           const struct submission *submission)
{
    size_t rows;
    const struct roll_file file = {path, given->bytes, given->length, submission->sheet,
                                   submission->mapping};
    TRY(roll_rest_write(cli->ctx, cli->db, &file, submission, roll_rest, &rows));
    if (!cli->quiet)
        fprintf(cli->err, "%s\n",
                rows ? text_format(cli->ctx, "%zu 行没有导入，写在 %s",
                                   "%zu rows were not taken: %s", rows, roll_rest)
                     : text_format(cli->ctx, "没有不能导入的行", "every row can be taken"));
    return ERR_OK;
}

static enum err
draft_fill(struct cli *cli, const char *kind, const char *path, struct draft *draft)
{
    struct ctx *ctx = cli->ctx;
    struct file_bytes file;
    uint8_t hash[SM3_LENGTH];
    const bool roll = strcmp(kind, "roll") == 0;
    json_t *fields = json_own(ctx->mem, json_object());
    const enum err err =
        file_read(ctx, path, (struct text){"名册", "register"}, ROLL_FILE_MAX, &file);
    if (err == ERR_LIMIT)
        return FAIL_HINT(ctx, ERR_LIMIT,
                         "一次导入一个村：按村分成几个文件；有村代码列的用 cunxuan roll import-all",
                         "import one village at a time: split it into a file per village, or use "
                         "cunxuan roll import-all if it has a column of village codes",
                         "%s 超过 %d MB", "%s has more than %d MB", path,
                         (int)(ROLL_FILE_MAX >> 20));
    TRY(err);
    sm3(file.data, file.length, hash);
    draft->blobs = mem_array(ctx->mem, struct blob_to_add, 1);
    draft->blobs[draft->blob_count++] = (struct blob_to_add){file.data, file.length, NULL};
    json_object_set_new(
        fields, "original",
        json_string(mem_printf(ctx->mem, "sm3:%s", hex_format(ctx, hash, SM3_LENGTH))));
    json_object_set_new(fields, "accept", json_string(roll_accept ? roll_accept : "whole"));
    json_object_set_new(
        fields, "as_of",
        json_string(roll_as_of ? roll_as_of : date_format(ctx, instant_date(ctx->now))));
    if (!roll) {
        json_object_set_new(fields, "kind", json_string(kind));
        json_object_set_new(fields, "source", json_string(roll_source ? roll_source : path));
    }
    draft->submission.act = roll ? "roll.import" : "register.import";
    draft->submission.fields = fields;
    draft->submission.user = cli->user;
    draft->submission.sheet = roll_sheet;
    return mapping_take(cli, kind, draft);
}

static void
answer_print(struct cli *cli, const struct answer *answer)
{
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "accepted", json_boolean(answer->accepted));
        if (answer->accepted)
            json_object_set_new(object, "seq", json_integer(answer->seq));
        json_object_set_new(object, "findings", cli_findings_json(cli, &answer->findings));
        cli_print_json(cli, object);
        return;
    }
    if (!answer->accepted)
        fprintf(cli->err, "%s\n",
                text_pick(cli->ctx,
                          (struct text){"不予受理（只收正确的行：--accept good_rows）：",
                                        "refused (take the good rows only: --accept good_rows):"}));
    else if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(cli->ctx, "已导入，第 %lld 号记录", "imported as entry %lld",
                            (long long)answer->seq));
    cli_print_findings(cli, answer->accepted ? cli->out : cli->err, &answer->findings);
}

static enum err
roll_import(struct cli *cli, const char *unit, const char *kind, const char *path)
{
    struct draft draft = {0};
    struct answer answer = {0};
    TRY(cli_open(cli, DB_WRITE));
    TRY(cli_unit(cli, unit, &draft.submission.unit));
    TRY(draft_fill(cli, kind, path, &draft));
    for (size_t i = 0; roll_reasons && roll_reasons[i]; i++)
        TRY(draft_add_reason(cli, &draft, roll_reasons[i]));
    const struct blob_to_add given = draft.blobs[0];
    const enum err err = draft_submit(cli, &draft, &answer);
    if (err != ERR_OK && err != ERR_REFUSED)
        return err;
    answer_print(cli, &answer);
    if (roll_rest)
        TRY(rest_write(cli, &given, path, &draft.submission));
    return err;
}

static json_t *
line_json(struct cli *cli, const struct voter_line *line, size_t number)
{
    json_t *object = json_object();
    json_object_set_new(object, "number", json_integer((json_int_t)number));
    json_object_set_new(object, "group", json_string(line->grp));
    json_object_set_new(object, "household", json_string(line->household));
    json_object_set_new(object, "name", json_string(line->name));
    json_object_set_new(object, "sex", json_string(line->sex));
    json_object_set_new(object, "birth", json_string(date_format(cli->ctx, line->birth)));
    json_object_set_new(object, "person", json_string(line->person));
    json_object_set_new(object, "head", json_integer(line->head));
    return object;
}

static void
lines_print(struct cli *cli, const struct voter_line *lines, size_t count, bool by_household)
{
    const char *group = "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(group, lines[i].grp) != 0)
            fprintf(cli->out, "%s\n", lines[i].grp);
        group = lines[i].grp;
        fprintf(cli->out, "%5zu  %s%s%s  %s  %s\n", i + 1, by_household ? lines[i].household : "",
                by_household ? "  " : "", lines[i].name,
                lines[i].sex[0] == 'f' ? text_format(cli->ctx, "女", "f")
                                       : text_format(cli->ctx, "男", "m"),
                lines[i].person);
    }
}

static enum err
roll_print(struct cli *cli, const char *name)
{
    struct ctx *ctx = cli->ctx;
    struct voter_line *lines;
    size_t count;
    const char *unit;
    const struct pack *pack;
    const bool by_household = roll_by && strcmp(roll_by, "household") == 0;
    if (roll_by && !by_household && strcmp(roll_by, "strokes") != 0)
        return FAIL(ctx, ERR_USAGE, "--by 只能是 strokes（笔画）或 household（户）",
                    "--by is strokes or household");
    TRY(cli_open(cli, DB_WRITE));
    TRY(cli_unit(cli, name, &unit));
    TRY(gate_pack(ctx, cli->gate, unit, instant_date(ctx->now), &pack));
    TRY(roll_list(ctx, cli->db, pack, unit, roll_group, &lines, &count));
    /* The hash is that of the list as it hangs, however it is shown. */
    const char *hash = roll_list_hash(ctx, lines, count);
    if (by_household)
        roll_list_by_household(lines, count);
    if (cli->json) {
        json_t *list = json_array();
        for (size_t i = 0; i < count; i++)
            json_array_append_new(list, line_json(cli, &lines[i], i + 1));
        cli_print_json(cli, list);
        return ERR_OK;
    }
    lines_print(cli, lines, count, by_household);
    if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(ctx, "共 %zu 人，SM3 %s", "%zu people, SM3 %s", count, hash));
    return ERR_OK;
}

/* Those with a file and options of their own. */
static const struct {
    const char *word;
    enum err (*run)(struct cli *cli, const struct command *command, int argc, char **argv);
} PARTS[] = {
    {"check", roll_check_command},
    {"mapping", roll_mapping_command},
    {"read", roll_read_command},
    {"report", roll_report_command},
};

static enum err
roll_run(struct cli *cli, int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < COUNT_OF(PARTS); i++) {
        if (strcmp(argv[1], PARTS[i].word) == 0)
            return PARTS[i].run(cli, &command_roll, argc, argv);
    }
    TRY(cli_options(cli, &command_roll, ROLL_OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_roll, argc, 1, 4));
    if (strcmp(argv[0], "list") == 0 && argc == 2)
        return roll_print(cli, argv[1]);
    if (strcmp(argv[0], "import") == 0 && argc == 4)
        return roll_import(cli, argv[1], argv[2], argv[3]);
    if (strcmp(argv[0], "find") == 0 && argc <= 2)
        return roll_find(cli,
                         &(struct roll_find_wish){roll_id, roll_name, argc == 2 ? argv[1] : NULL});
    if (strcmp(argv[0], "import-all") == 0 && argc == 3)
        return roll_import_all(
            cli, &(struct roll_all_wish){argv[1], argv[2], roll_accept, roll_as_of, roll_source});
    return FAIL(cli->ctx, ERR_USAGE, "用法：cunxuan roll %s", "usage: cunxuan roll %s",
                command_roll.arguments);
}

COMMAND(roll,
        "import UNIT household|party_members|deprived|away|last_roll|roll FILE "
        "[--accept whole|good_rows] [--sheet NAME] [--map COLUMN=KEY]… [--rest OUT.xlsx|OUT.csv] | "
        "import-all KIND FILE|FOLDER "
        "[--accept …] | find --id NUMBER | find UNIT --name NAME | list UNIT [--group G] "
        "[--by strokes|household] | report UNIT [--xlsx OUT.xlsx] | mapping UNIT [--kind KIND] "
        "[--map COLUMN=KEY]… [--clear] | read FILE [--sheet NAME] [--kind "
        "KIND] [--map COLUMN=KEY]… "
        "[--csv] | "
        "check [--register FILE]… [--barred FILE] [--away FILE] [--last FILE] [--polling-day DATE] "
        "[--findings OUT.csv] [--xlsx OUT.xlsx] FILE…",
        "导入名册（XLSX、XLS、CSV）；按姓氏笔画列出名单；看懂、检查表格",
        "import a register (XLSX, XLS, CSV); list the roll in stroke order; read and check files",
        roll_run);
