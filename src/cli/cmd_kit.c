/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan kit: a village's stream to a machine without a network and back. */
#include <string.h>
#include <unistd.h>

#include "act/kit.h"
#include "base/clock.h"
#include "cli/submit.h"

extern const struct command command_kit;

static gchar *kit_to;
static gchar *kit_token_given;
static gchar **kit_fields;

static const GOptionEntry OPTIONS[] = {
    {"out", 0, 0, G_OPTION_ARG_FILENAME, &kit_to, NULL, "FILE"},
    {"token", 0, 0, G_OPTION_ARG_FILENAME, &kit_token_given, NULL, "TOKEN"},
    {"field", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &kit_fields, NULL, "NAME=VALUE"},
    {0},
};

static enum err
file_put(struct ctx *ctx, const struct buf *file, void *arg)
{
    const struct file_content content = {file->data, file->length, 0600};
    return file_write(ctx, arg, content);
}

static enum err
out_path(struct cli *cli, const char **ret_path)
{
    if (!kit_to)
        return FAIL(cli->ctx, ERR_USAGE, "要 --out FILE", "needs --out FILE");
    if (file_exists(kit_to))
        return FAIL_HINT(cli->ctx, ERR_IO, "换一个文件名", "choose another name",
                         "“%s”已经存在，不会覆盖", "\"%s\" exists and is not replaced", kit_to);
    *ret_path = kit_to;
    return ERR_OK;
}

static void
refused_print(struct cli *cli, const struct answer *answer)
{
    fprintf(cli->err, "%s\n", text_pick(cli->ctx, (struct text){"不予受理：", "refused:"}));
    cli_print_findings(cli, cli->err, &answer->findings);
}

static enum err
out_do(struct cli *cli, const char *unit_text)
{
    struct ctx *ctx = cli->ctx;
    struct draft draft = {.submission = {.act = "kit.take_out", .user = cli->user}};
    struct answer answer = {0};
    struct kit_out out;
    const char *path;
    TRY(out_path(cli, &path));
    TRY(cli_open(cli, DB_WRITE));
    TRY(cli_unit(cli, unit_text, &draft.submission.unit));
    draft.submission.fields = json_own(ctx->mem, json_object());
    for (size_t i = 0; kit_fields && kit_fields[i]; i++)
        TRY(draft_set(cli, act_find("kit.take_out"), draft.submission.fields, kit_fields[i]));
    const enum err err =
        kit_out(ctx, cli->gate, &draft.submission, file_put, kit_to, &answer, &out);
    /* A file without its entry is worth nothing. */
    if (err != ERR_OK)
        (void)unlink(path);
    TRY(err);
    if (!answer.accepted) {
        refused_print(cli, &answer);
        return ERR_REFUSED;
    }
    cli_print_findings(cli, cli->out, &answer.findings);
    fprintf(cli->out, "%s\n",
            text_format(ctx,
                        "已取出（第 %lld 号记录），写到 %s，%zu 个账号\n取件口令（只显示这一次，"
                        "当面告诉持有人）：%s",
                        "taken out (entry %lld), written to %s, %zu accounts\n"
                        "token (shown this once; tell the holder in person): %s",
                        (long long)answer.seq, path, out.accounts, out.token));
    return ERR_OK;
}

/* Nothing stays of a folder that could not be filled. */
static enum err
folder_fill(struct cli *cli, const char *key_path, const struct kit_opened *opened)
{
    struct ctx *ctx = cli->ctx;
    const char *base = mem_printf(ctx->mem, "%s/cunxuan.db", cli->data);
    enum err err = keyfile_write(ctx, key_path, opened->secret, opened->pair);
    TRY(err);
    cli->now = NULL;
    err = cli_open(cli, DB_CREATE);
    if (err == ERR_OK)
        err = kit_open_fill(ctx, cli->gate, opened);
    if (err == ERR_OK)
        return ERR_OK;
    (void)unlink(key_path);
    (void)unlink(base);
    (void)unlink(mem_printf(ctx->mem, "%s-wal", base));
    (void)unlink(mem_printf(ctx->mem, "%s-shm", base));
    return err;
}

static enum err
open_do(struct cli *cli, const char *path)
{
    struct ctx *ctx = cli->ctx;
    struct file_bytes file;
    struct kit_opened opened;
    const char *key_path = mem_printf(ctx->mem, "%s/cunxuan.key", cli->data);
    if (!kit_token_given)
        return FAIL(ctx, ERR_USAGE, "要 --token 取件口令", "needs --token TOKEN");
    if (cli->db_url || file_exists(key_path) ||
        file_exists(mem_printf(ctx->mem, "%s/cunxuan.db", cli->data)))
        return FAIL_HINT(ctx, ERR_IO, "用 --data 指定一个新文件夹", "name a new folder with --data",
                         "%s 里已有数据", "%s has data already", cli->data);
    TRY(file_read(ctx, path, (struct text){"取出件", "kit"}, KIT_FILE_MAX, &file));
    TRY(kit_open_check(ctx, path, &file, kit_token_given, &opened));
    TRY(folder_make(ctx, cli->data));
    TRY(folder_fill(cli, key_path, &opened));
    fprintf(cli->out, "%s\n",
            text_format(ctx, "%s 的村卷在 %s 里可以办理（%zu 条记录）",
                        "the stream of %s is live in %s (%zu entries)", opened.file.unit, cli->data,
                        opened.file.row_count));
    return ERR_OK;
}

static enum err
pack_do(struct cli *cli)
{
    struct buf file;
    const char *path;
    TRY(out_path(cli, &path));
    TRY(cli_open(cli, DB_WRITE));
    TRY(kit_pack(cli->ctx, cli->gate, &file));
    TRY(file_put(cli->ctx, &file, kit_to));
    if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(cli->ctx, "已打包到 %s；这里不再办理，请带回镇上用 cunxuan kit in 读入",
                            "packed into %s; nothing more is done here: bring it home", path));
    return ERR_OK;
}

static enum err
in_submit(struct cli *cli, struct draft *draft, const char *path)
{
    struct ctx *ctx = cli->ctx;
    struct answer answer = {0};
    json_t *fields = json_own(ctx->mem, json_object());
    const struct act *act = act_find("kit.bring_back");
    const char *today = mem_text_n(ctx->mem, instant_format(ctx, ctx->now), strlen("2021-03-20"));
    json_object_set_new(fields, "file", json_string(path));
    json_object_set_new(fields, "on", json_string(today));
    for (size_t i = 0; kit_fields && kit_fields[i]; i++)
        TRY(draft_set(cli, act, fields, kit_fields[i]));
    TRY(draft_take_files(cli, draft, act->code->fields, fields, NULL));
    draft->submission.fields = fields;
    const enum err err = draft_submit(cli, draft, &answer);
    if (err == ERR_REFUSED)
        refused_print(cli, &answer);
    TRY(err);
    cli_print_findings(cli, cli->out, &answer.findings);
    fprintf(cli->out, "%s\n",
            text_format(ctx, "已带回，第 %lld 号记录", "brought back as entry %lld",
                        (long long)answer.seq));
    return ERR_OK;
}

static enum err
in_do(struct cli *cli, const char *path)
{
    struct ctx *ctx = cli->ctx;
    struct draft draft = {.submission = {.act = "kit.bring_back", .user = cli->user}};
    struct file_bytes file;
    bool back;
    int64_t seq;
    TRY(file_read(ctx, path, (struct text){"取出件", "kit"}, KIT_FILE_MAX, &file));
    TRY(kit_file_unit(ctx, path, &file, &draft.submission.unit));
    TRY(cli_open(cli, DB_WRITE));
    TRY(cli_unit(cli, draft.submission.unit, &draft.submission.unit));
    TRY(kit_is_back(ctx, cli->db, draft.submission.unit, &file, &back, &seq));
    if (!back)
        return in_submit(cli, &draft, path);
    fprintf(cli->out, "%s\n",
            text_format(ctx, "这份取出件已经带回（第 %lld 号记录），没有改动",
                        "this kit was brought back already (entry %lld); nothing changed",
                        (long long)seq));
    return ERR_OK;
}

static enum err
kit_run(struct cli *cli, int argc, char **argv)
{
    TRY(cli_options(cli, &command_kit, OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_kit, argc, 1, 2));
    if (strcmp(argv[0], "out") == 0 && argc == 2)
        return out_do(cli, argv[1]);
    if (strcmp(argv[0], "open") == 0 && argc == 2)
        return open_do(cli, argv[1]);
    if (strcmp(argv[0], "pack") == 0 && argc == 1)
        return pack_do(cli);
    if (strcmp(argv[0], "in") == 0 && argc == 2)
        return in_do(cli, argv[1]);
    return cli_count(cli, &command_kit, 0, 1, 1);
}

COMMAND(kit,
        "out UNIT --out FILE --field NAME=VALUE… | open FILE --token T | pack --out FILE | in FILE",
        "取出村卷、打开、打包、带回", "take a stream out, open it, pack it, bring it back",
        kit_run);
