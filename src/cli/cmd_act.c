/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan act: submits one act. cunxuan acts: the catalogue. */
#include <string.h>

#include "base/file.h"
#include "cli/submit.h"

extern const struct command command_act;
extern const struct command command_acts;

enum { ACT_FILE_MAX = 64 << 20 };

static gchar **act_fields;
static gchar **act_reasons;
static gchar *act_file;
static gboolean act_try;

static const GOptionEntry ACT_OPTIONS[] = {
    {"field", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &act_fields, NULL, "NAME=VALUE"},
    {"file", 0, 0, G_OPTION_ARG_FILENAME, &act_file, NULL, "act.json"},
    {"reason", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &act_reasons, NULL, "RULE=WORDS"},
    {"try", 0, 0, G_OPTION_ARG_NONE, &act_try, NULL, NULL},
    {0},
};

static void
answer_print_json(struct cli *cli, const struct answer *answer)
{
    json_t *object = json_object();
    json_object_set_new(object, "accepted", json_boolean(answer->accepted));
    if (answer->accepted) {
        json_object_set_new(object, "seq", json_integer(answer->seq));
        json_object_set_new(object, "hash", json_string(answer->hash));
    }
    json_object_set_new(object, "findings", cli_findings_json(cli, &answer->findings));
    cli_print_json(cli, object);
}

static void
answer_print(struct cli *cli, const struct answer *answer)
{
    struct ctx *ctx = cli->ctx;
    if (cli->json) {
        answer_print_json(cli, answer);
        return;
    }
    if (answer->accepted && !cli->quiet)
        fprintf(cli->out, "%s\n",
                act_try ? text_format(ctx, "可以办理", "would be accepted")
                        : text_format(ctx, "已办理，第 %lld 号记录 %s", "accepted as entry %lld %s",
                                      (long long)answer->seq, answer->hash));
    if (!answer->accepted)
        fprintf(cli->err, "%s\n", text_pick(ctx, (struct text){"不予受理：", "refused:"}));
    cli_print_findings(cli, answer->accepted ? cli->out : cli->err, &answer->findings);
}

/* The folder of a path, for files named in it. */
static const char *
folder_of(struct ctx *ctx, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? mem_text_n(ctx->mem, path, (size_t)(slash - path)) : NULL;
}

static enum err
fields_gather(struct cli *cli, const struct act *act, struct draft *draft)
{
    struct ctx *ctx = cli->ctx;
    json_t *fields = NULL;
    const char *folder = NULL;
    if (act_file) {
        struct file_bytes file;
        TRY(file_read(ctx, act_file, (struct text){"字段文件", "file of fields"}, ACT_FILE_MAX,
                      &file));
        TRY(json_read(ctx, (const char *)file.data, file.length, act_file, &fields));
        folder = folder_of(ctx, act_file);
        if (!json_is_object(fields))
            return FAIL(ctx, ERR_INVALID, "%s：应为一个 JSON 对象", "%s: must be a JSON object",
                        act_file);
    }
    if (!fields)
        fields = json_own(ctx->mem, json_object());
    TRY(draft_take_files(cli, draft, act->code->fields, fields, folder));
    for (size_t i = 0; act_fields && act_fields[i]; i++)
        TRY(draft_set(cli, act, fields, act_fields[i]));
    draft->submission.fields = fields;
    return draft_take_files(cli, draft, act->code->fields, fields, NULL);
}

static enum err
act_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    struct draft draft = {0};
    struct answer answer = {0};
    TRY(cli_options(cli, &command_act, ACT_OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_act, argc, 2, 2));
    const struct act *act = act_find(argv[1]);
    if (!act)
        return FAIL_HINT(ctx, ERR_USAGE, "用 cunxuan acts 查看全部环节",
                         "cunxuan acts lists all acts", "没有环节“%s”", "there is no act \"%s\"",
                         argv[1]);
    TRY(cli_open(cli, DB_WRITE));
    TRY(cli_unit(cli, argv[0], &draft.submission.unit));
    draft.submission.act = act->id;
    draft.submission.user = cli->user;
    draft.submission.try_only = act_try;
    TRY(fields_gather(cli, act, &draft));
    for (size_t i = 0; act_reasons && act_reasons[i]; i++)
        TRY(draft_add_reason(cli, &draft, act_reasons[i]));
    const enum err err = draft_submit(cli, &draft, &answer);
    if (err == ERR_OK || err == ERR_REFUSED)
        answer_print(cli, &answer);
    return err;
}

COMMAND(act, "UNIT ACT-ID [--field NAME=VALUE]… [--file act.json] [--reason RULE=WORDS]… [--try]",
        "办理一个环节", "submit an act", act_run);

/* --- acts --- */

static void
fields_print(struct cli *cli, const struct field *fields, int indent)
{
    for (const struct field *field = fields; field->name; field++) {
        fprintf(cli->out, "%*s%s%s: %s  %s%s%s%s\n", indent, "", field->name,
                field->flags & FIELD_REQUIRED ? "*" : "",
                text_pick(cli->ctx, field_type_title(field->type)),
                text_pick(cli->ctx, field->label), field->choices ? " {" : "",
                field->choices ? field->choices : "", field->choices ? "}" : "");
        if (field->columns)
            fields_print(cli, field->columns, indent + 4);
    }
}

static void
roles_print(struct cli *cli, const struct act *act)
{
    for (unsigned role = 1; role <= ROLE_PUBLIC; role <<= 1) {
        if (act->roles & role)
            fprintf(cli->out, " %s%s", role_name((enum role)role),
                    text_format(cli->ctx, "（%s）", "%.0s",
                                text_pick(cli->ctx, role_title((enum role)role))));
    }
}

static void
act_print(struct cli *cli, const struct act *act)
{
    static const struct text HEADINGS[] = {
        {"前提", "needs"}, {"办过即止", "never after"}, {"只办一次，按", "once per"}};
    struct ctx *ctx = cli->ctx;
    const char *const values[] = {act->needs, act->never, act->once};
    fprintf(cli->out, "%s  %s\n  %s", act->id, text_pick(ctx, act->title),
            text_format(ctx, "办理人：", "roles: "));
    roles_print(cli, act);
    fputc('\n', cli->out);
    for (size_t i = 0; i < COUNT_OF(HEADINGS); i++)
        fprintf(cli->out, "  %s%s%s\n", text_pick(ctx, HEADINGS[i]), text_format(ctx, "：", ": "),
                values[i][0] ? values[i] : text_format(ctx, "无", "-"));
    fprintf(cli->out, "  %s\n", text_format(ctx, "字段（* 必填）：", "fields (* required):"));
    fields_print(cli, act->code->fields, 2);
}

static enum err
acts_run(struct cli *cli, int argc, char **argv)
{
    size_t count;
    TRY(cli_options(cli, &command_acts, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_acts, argc, 0, 1));
    const struct act *acts = act_list(&count);
    if (argc == 1) {
        const struct act *act = act_find(argv[0]);
        if (!act)
            return FAIL(cli->ctx, ERR_USAGE, "没有环节“%s”", "there is no act \"%s\"", argv[0]);
        act_print(cli, act);
        return ERR_OK;
    }
    for (size_t i = 0; i < count; i++)
        fprintf(cli->out, "%-24s %s  %s\n", acts[i].id, text_pick(cli->ctx, acts[i].title),
                stage_name(cli->ctx, acts[i].stage));
    return ERR_OK;
}

COMMAND(acts, "[ACT-ID]", "全部环节，或一个环节的字段", "all acts, or the fields of one", acts_run);
