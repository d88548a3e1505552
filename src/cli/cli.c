/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "act/gate.h"
#include "base/clock.h"
#include "base/file.h"
#include "store/stream_store.h"

#define X(stem) extern const struct command command_##stem;
#include "cli/commands.def"
#undef X

static const struct command *const COMMANDS[] = {
#define X(stem) &command_##stem,
#include "cli/commands.def"
#undef X
};

/* Where GOption puts the global options. Texts are taken as FILENAME, bytes as given: a STRING
 * would be converted from the locale, and a bare server has none. */
struct globals {
    gchar *data;
    gchar *db;
    gchar *user;
    gchar *lang;
    gchar *now;
    gboolean json;
    gboolean quiet;
    gboolean version;
};

static struct globals globals_read;

/* Described in usage_print and the COMMAND rows; GLib never shows its own help. */
static const GOptionEntry GLOBALS[] = {
    {"data", 0, 0, G_OPTION_ARG_FILENAME, &globals_read.data, NULL, "DIR"},
    {"db", 0, 0, G_OPTION_ARG_FILENAME, &globals_read.db, NULL, "URL"},
    {"as", 0, 0, G_OPTION_ARG_FILENAME, &globals_read.user, NULL, "USER"},
    {"lang", 0, 0, G_OPTION_ARG_FILENAME, &globals_read.lang, NULL, "zh|en"},
    {"now", 0, 0, G_OPTION_ARG_FILENAME, &globals_read.now, NULL, "2021-03-20T09:00"},
    {"json", 0, 0, G_OPTION_ARG_NONE, &globals_read.json, NULL, NULL},
    {"quiet", 0, 0, G_OPTION_ARG_NONE, &globals_read.quiet, NULL, NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &globals_read.version, NULL, NULL},
    {0},
};

static const struct command *
command_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(COMMANDS); i++) {
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
    }
    return NULL;
}

static void
usage_print(struct cli *cli, FILE *out)
{
    fprintf(
        out, "%s\n\n",
        text_pick(cli->ctx, (struct text){"用法：cunxuan [--data DIR] [--as USER] 命令 …",
                                          "usage: cunxuan [--data DIR] [--as USER] COMMAND …"}));
    for (size_t i = 0; i < COUNT_OF(COMMANDS); i++)
        fprintf(out, "  %-9s %s\n            %s\n", COMMANDS[i]->name, COMMANDS[i]->arguments,
                text_pick(cli->ctx, COMMANDS[i]->summary));
    fprintf(out,
            "\n  --data DIR --db URL --as USER --lang zh|en --json --quiet --now TIME --version\n");
}

static void
command_usage_print(struct cli *cli, const struct command *command)
{
    fprintf(cli->out, "%s\n  %s\n",
            text_format(cli->ctx, "用法：cunxuan %s %s", "usage: cunxuan %s %s", command->name,
                        command->arguments),
            text_pick(cli->ctx, command->summary));
}

/* "cunxuan law --help": asked before anything else is looked at. */
static bool
is_help_asked(int argc, char **argv)
{
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return true;
    }
    return false;
}

/* Takes over what GOption read so far. */
static enum err
globals_take(struct cli *cli)
{
    const struct globals *read = &globals_read;
    if (read->data)
        cli->data = mem_text(cli->ctx->mem, read->data);
    if (read->db)
        cli->db_url = mem_text(cli->ctx->mem, read->db);
    if (read->user)
        cli->user = mem_text(cli->ctx->mem, read->user);
    if (read->now)
        cli->now = mem_text(cli->ctx->mem, read->now);
    cli->json = cli->json || read->json;
    cli->quiet = cli->quiet || read->quiet;
    if (!read->lang)
        return ERR_OK;
    if (strcmp(read->lang, "zh") != 0 && strcmp(read->lang, "en") != 0)
        return FAIL(cli->ctx, ERR_USAGE, "--lang 只能是 zh 或 en，不能是“%s”",
                    "--lang is zh or en, not \"%s\"", read->lang);
    cli->ctx->lang = strcmp(read->lang, "en") == 0 ? LANG_EN : LANG_ZH;
    return ERR_OK;
}

static enum err
options_parse(struct cli *cli, const GOptionEntry *entries, bool stop_early, int *argc,
              char ***argv)
{
    GError *error = NULL;
    GOptionContext *context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, stop_early);
    g_option_context_add_main_entries(context, GLOBALS, NULL);
    if (entries)
        g_option_context_add_main_entries(context, entries, NULL);
    const bool parsed = g_option_context_parse(context, argc, argv, &error);
    g_option_context_free(context);
    if (!parsed) {
        const char *words = mem_text(cli->ctx->mem, error->message);
        g_error_free(error);
        return FAIL_HINT(cli->ctx, ERR_USAGE, "用 cunxuan help 查看用法", "see cunxuan help",
                         "选项不对：%s", "options: %s", words);
    }
    return globals_take(cli);
}

enum err
cli_options(struct cli *cli, const struct command *command, const GOptionEntry *entries, int *argc,
            char ***argv)
{
    (void)command;
    TRY(options_parse(cli, entries, false, argc, argv));
    /* "--" ends the options and is no argument. */
    int kept = 1;
    for (int i = 1; i < *argc; i++) {
        if (i > 1 || strcmp((*argv)[i], "--") != 0)
            (*argv)[kept++] = (*argv)[i];
    }
    *argc = kept - 1;
    (*argv)++;
    return ERR_OK;
}

enum err
cli_count(struct cli *cli, const struct command *command, int argc, int least, int most)
{
    if (argc < least || argc > most)
        return FAIL(cli->ctx, ERR_USAGE, "用法：cunxuan %s %s", "usage: cunxuan %s %s",
                    command->name, command->arguments);
    return ERR_OK;
}

/* --now is for exercises: a real election keeps the real clock. */
static enum err
clock_set(struct cli *cli)
{
    struct ctx *ctx = cli->ctx;
    if (!cli->now)
        return ERR_OK;
    if (!cli->gate->exercise)
        return FAIL(ctx, ERR_USAGE, "--now 只用于演练数据（cunxuan init --exercise）",
                    "--now is for exercises only (cunxuan init --exercise)");
    const char *full =
        strlen(cli->now) == 16 ? mem_printf(ctx->mem, "%s:00+08:00", cli->now) : cli->now;
    if (!instant_parse(full, &ctx->now))
        return FAIL(ctx, ERR_USAGE, "--now 应如 2021-03-20T09:00",
                    "--now is like 2021-03-20T09:00");
    return ERR_OK;
}

enum err
cli_open(struct cli *cli, enum db_mode mode)
{
    struct ctx *ctx = cli->ctx;
    const char *location =
        cli->db_url ? cli->db_url : mem_printf(ctx->mem, "%s/cunxuan.db", cli->data);
    const enum err err = db_open(ctx, location, mode, &cli->db);
    if (err == ERR_NOT_FOUND) {
        failure_clear(ctx);
        return FAIL_HINT(ctx, ERR_NOT_FOUND, "先运行 cunxuan init，或用 --data 指定文件夹",
                         "run cunxuan init first, or name the folder with --data", "%s 里没有数据",
                         "there is no data in %s", location);
    }
    TRY(err);
    if (mode != DB_READ)
        TRY(keyfile_open(ctx, mem_printf(ctx->mem, "%s/cunxuan.key", cli->data), &cli->key));
    TRY(gate_new(ctx, cli->db, cli->key, &cli->gate));
    return clock_set(cli);
}

enum err
cli_unit(struct cli *cli, const char *text, const char **ret_unit)
{
    struct unit unit;
    TRY(unit_store_resolve(cli->ctx, cli->db, text, &unit));
    *ret_unit = unit.unit;
    return ERR_OK;
}

void
cli_print_findings(struct cli *cli, FILE *out, const struct findings *findings)
{
    struct ctx *ctx = cli->ctx;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->list[i];
        const struct rule_row *row = rule_row(finding->rule);
        fprintf(out, "%s",
                text_format(ctx, "%s %s（%s）：%s", "%s %s (%s): %s",
                            text_pick(ctx, severity_title(finding->severity)),
                            rule_id(ctx, finding->rule, finding->sub), text_pick(ctx, row->article),
                            finding->text));
        if (finding->todo)
            fprintf(out, " → %s", finding->todo);
        fputc('\n', out);
    }
}

json_t *
cli_findings_json(struct cli *cli, const struct findings *findings)
{
    struct ctx *ctx = cli->ctx;
    json_t *array = json_array();
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->list[i];
        json_t *object = json_object();
        json_object_set_new(object, "rule", json_string(rule_id(ctx, finding->rule, finding->sub)));
        json_object_set_new(object, "severity", json_string(severity_word(finding->severity)));
        json_object_set_new(object, "article",
                            json_string(text_pick(ctx, rule_row(finding->rule)->article)));
        json_object_set_new(object, "text", json_string(finding->text));
        if (finding->todo)
            json_object_set_new(object, "todo", json_string(finding->todo));
        if (finding->approval)
            json_object_set_new(object, "approval", json_string(finding->approval));
        if (finding->person)
            json_object_set_new(object, "person", json_string(finding->person));
        if (finding->post)
            json_object_set_new(object, "post", json_string(finding->post));
        json_array_append_new(array, object);
    }
    return array;
}

void
cli_print_exercise(struct cli *cli)
{
    fprintf(cli->out, "%s\n",
            text_pick(cli->ctx, (struct text){"【演练】这是演练，不是选举",
                                              "[EXERCISE] this is an exercise, not an election"}));
}

void
cli_print_json(struct cli *cli, json_t *value)
{
    fprintf(cli->out, "%s\n", json_line(cli->ctx, value));
    json_decref(value);
}

void
cli_progress(struct cli *cli, const char *label, int64_t done, int64_t total)
{
    enum { WIDTH = 40 };
    if (cli->quiet || !isatty(fileno(cli->err)) || total <= 0)
        return;
    const int filled = (int)(done * WIDTH / total);
    fprintf(cli->err, "\r%-28s [%.*s%*s] %lld/%lld", label, filled,
            "########################################", WIDTH - filled, "", (long long)done,
            (long long)total);
    if (done >= total)
        fputc('\n', cli->err);
    fflush(cli->err);
}

static void
failure_print(struct cli *cli, enum err err)
{
    const struct failure *failure = &cli->ctx->failure;
    /* A refusal has printed its findings; "no" its answer. */
    if (failure->err == ERR_OK && (err == ERR_REFUSED || err == ERR_NO))
        return;
    const char *title = text_pick(cli->ctx, err_title(err));
    if (failure->err == ERR_OK)
        fprintf(cli->err, "cunxuan: %s\n", title);
    else
        fprintf(cli->err, "cunxuan: %s: %s\n", title, failure->message);
    if (failure->hint)
        fprintf(cli->err, "  → %s\n", failure->hint);
}

static enum err
command_run(struct cli *cli, int argc, char **argv)
{
    TRY(options_parse(cli, NULL, true, &argc, &argv));
    if (globals_read.version) {
        fprintf(cli->out, "cunxuan %s\n", CUNXUAN_VERSION);
        return ERR_OK;
    }
    if (argc < 2) {
        usage_print(cli, cli->err);
        return FAIL(cli->ctx, ERR_USAGE, "没有给出命令", "no command given");
    }
    const bool is_help = strcmp(argv[1], "help") == 0;
    if ((is_help && argc == 2) || strcmp(argv[1], "--help") == 0) {
        usage_print(cli, cli->out);
        return ERR_OK;
    }
    const char *name = is_help ? argv[2] : argv[1];
    const struct command *command = command_find(name);
    if (!command)
        return FAIL_HINT(cli->ctx, ERR_USAGE, "用 cunxuan help 查看全部命令", "see cunxuan help",
                         "没有命令“%s”", "there is no command \"%s\"", name);
    if (is_help || is_help_asked(argc, argv)) {
        command_usage_print(cli, command);
        return ERR_OK;
    }
    return command->run(cli, argc - 1, argv + 1);
}

int
cli_main(int argc, char **argv)
{
    struct ctx *ctx = ctx_new(LANG_ZH);
    struct cli cli = {.ctx = ctx, .data = "cunxuan-data", .user = "", .out = stdout, .err = stderr};
    ctx->now = clock_now();
    enum err err = command_run(&cli, argc, argv);
    /* A full disk shows when the output is flushed. */
    if (fflush(cli.out) != 0 || ferror(cli.out))
        err = err == ERR_OK ? FAIL(ctx, ERR_IO, "不能写出结果（磁盘满？）",
                                   "cannot write the output (disk full?)")
                            : err;
    if (err != ERR_OK)
        failure_print(&cli, err);
    gate_freep(&cli.gate);
    db_closep(&cli.db);
    ctx_free(ctx);
    return err_exit_status(err);
}
