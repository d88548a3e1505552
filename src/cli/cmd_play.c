/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cunxuan play: many acts from a file, one JSON object a line, through the same gate as a person's.
 *
 *   {"stage":"登记","total":240}                       a headline and the number of lines of the
 * stage
 *   {"user":"zhang","role":"staff","unit":"…","person":"…","desk":"…"}      an account
 *   {"id":"a1","now":"2021-01-08T09:00","as":"zhang","unit":"…","act":"…","fields":{…},
 *    "reasons":{"CAL-10":"…"},"expect":["SEQ-01"]}     an act; expect: refused by these rules, all
 * of them and no others; left out: accepted
 *
 * A field value "$a1" stands for the entry number of the act with that id. Files are relative to
 * the folder of the play file. The first line that does not come out as expected ends the run.
 */
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/submit.h"
#include "store/user_store.h"

extern const struct command command_play;

enum { PLAY_FILE_MAX = 1 << 30, LABEL_MAX = 1 << 16 };

struct label {
    const char *id;
    int64_t seq;
};

struct play {
    struct cli *cli;
    const char *folder;
    GHashTable *labels; /* id → seq */
    const char *stage;
    int64_t stage_total;
    int64_t stage_done;
    int64_t accepted;
    int64_t refused;
    int64_t line;
};

static enum err
play_label(struct play *play, const char *text, json_t **ret_value)
{
    gpointer seq;
    if (!g_hash_table_lookup_extended(play->labels, text + 1, NULL, &seq))
        return FAIL(play->cli->ctx, ERR_INVALID, "没有编号“%s”的前一行",
                    "no earlier line has id \"%s\"", text + 1);
    *ret_value = json_integer((json_int_t)GPOINTER_TO_SIZE(seq));
    return ERR_OK;
}

/* Replaces "$id" anywhere in the value. */
static enum err
labels_resolve(struct play *play, json_t *value)
{
    const char *key;
    json_t *member;
    size_t index;
    json_t *number = NULL;
    json_object_foreach(value, key, member)
    {
        const char *text = json_string_value(member);
        if (text && text[0] == '$') {
            TRY(play_label(play, text, &number));
            json_object_set_new(value, key, number);
        } else {
            TRY(labels_resolve(play, member));
        }
    }
    json_array_foreach(value, index, member) TRY(labels_resolve(play, member));
    return ERR_OK;
}

static enum err
play_user(struct play *play, const json_t *line)
{
    struct cli *cli = play->cli;
    const char *unit = "";
    const char *role = json_text_of(line, "role");
    if (!role || !role_find(role))
        return FAIL(cli->ctx, ERR_INVALID, "没有这个角色", "no such role");
    if (json_text_of(line, "unit"))
        TRY(cli_unit(cli, json_text_of(line, "unit"), &unit));
    const struct user user = {
        .name = json_text_of(line, "user"),
        .role = role_name(role_find(role)),
        .unit = unit,
        .person = json_text_of(line, "person"),
        .desk = json_text_of(line, "desk"),
        .created_at = instant_format(cli->ctx, cli->ctx->now),
        .active = true,
    };
    return user_store_add(cli->ctx, cli->db, &user);
}

static bool
expects_rule(const json_t *expect, const char *rule)
{
    size_t index;
    json_t *member;
    json_array_foreach(expect, index, member)
    {
        if (strcmp(json_string_value(member), rule) == 0)
            return true;
    }
    return false;
}

static bool
answer_names(struct ctx *ctx, const struct answer *answer, const char *rule)
{
    for (size_t i = 0; i < answer->findings.count; i++) {
        const struct finding *finding = &answer->findings.list[i];
        if (strcmp(rule, rule_id(ctx, finding->rule, finding->sub)) == 0)
            return true;
    }
    return false;
}

/* A refusal must name each expected rule, and no blocking rule that is not expected. */
static bool
answer_is_expected(struct ctx *ctx, const struct answer *answer, const json_t *expect)
{
    size_t index;
    json_t *member;
    if (!expect || answer->accepted)
        return !expect == answer->accepted;
    json_array_foreach(expect, index, member)
    {
        if (!answer_names(ctx, answer, json_string_value(member)))
            return false;
    }
    for (size_t i = 0; i < answer->findings.count; i++) {
        const struct finding *finding = &answer->findings.list[i];
        const char *rule = rule_id(ctx, finding->rule, finding->sub);
        if (finding->severity == SEVERITY_BLOCK && !expects_rule(expect, rule))
            return false;
    }
    return true;
}

static enum err
reasons_take(struct play *play, struct draft *draft, json_t *reasons)
{
    const char *rule;
    json_t *words;
    json_object_foreach(reasons, rule, words) TRY(
        draft_add_reason(play->cli, draft,
                         mem_printf(play->cli->ctx->mem, "%s=%s", rule, json_string_value(words))));
    return ERR_OK;
}

static enum err
play_clock(struct play *play, const json_t *line)
{
    struct ctx *ctx = play->cli->ctx;
    const char *now = json_text_of(line, "now");
    if (!now)
        return ERR_OK;
    if (!play->cli->gate->exercise)
        return FAIL(ctx, ERR_USAGE, "now 只用于演练数据", "now is for exercises only");
    const char *full = strlen(now) == 16 ? mem_printf(ctx->mem, "%s:00+08:00", now) : now;
    if (!instant_parse(full, &ctx->now))
        return FAIL(ctx, ERR_INVALID, "now 应如 2021-03-20T09:00", "now is like 2021-03-20T09:00");
    return ERR_OK;
}

static enum err
play_answer(struct play *play, const json_t *line, const struct answer *answer)
{
    struct cli *cli = play->cli;
    const char *id = json_text_of(line, "id");
    if (!answer_is_expected(cli->ctx, answer, json_object_get(line, "expect"))) {
        cli_print_findings(cli, cli->err, &answer->findings);
        return FAIL(cli->ctx, ERR_NO, "%s %s：结果与预期不同（%s）", "%s %s: not as expected (%s)",
                    json_text_of(line, "unit"), json_text_of(line, "act"),
                    answer->accepted ? "accepted" : "refused");
    }
    if (answer->accepted)
        play->accepted++;
    else
        play->refused++;
    if (id && answer->accepted)
        g_hash_table_insert(play->labels, g_strdup(id), GSIZE_TO_POINTER((gsize)answer->seq));
    return ERR_OK;
}

static enum err
play_act(struct play *play, json_t *line)
{
    struct cli *cli = play->cli;
    struct draft draft = {0};
    struct answer answer = {0};
    json_t *fields = json_object_get(line, "fields");
    const char *id = json_text_of(line, "act");
    const struct act *act = id ? act_find(id) : NULL;
    if (!act || !json_text_of(line, "unit") || !json_text_of(line, "as"))
        return FAIL(cli->ctx, ERR_INVALID, "要有 act、unit、as（act：%s）",
                    "needs act, unit, as (act: %s)", id ? id : "");
    TRY(play_clock(play, line));
    TRY(cli_unit(cli, json_text_of(line, "unit"), &draft.submission.unit));
    if (!fields)
        fields = json_own(cli->ctx->mem, json_object());
    TRY(labels_resolve(play, fields));
    TRY(draft_take_files(cli, &draft, act->code->fields, fields, play->folder));
    TRY(reasons_take(play, &draft, json_object_get(line, "reasons")));
    draft.submission.act = act->id;
    draft.submission.user = json_text_of(line, "as");
    draft.submission.fields = fields;
    const enum err err = draft_submit(cli, &draft, &answer);
    if (err != ERR_OK && err != ERR_REFUSED)
        return err;
    return play_answer(play, line, &answer);
}

static enum err
play_line(struct play *play, const char *text, size_t length)
{
    struct cli *cli = play->cli;
    json_t *line;
    TRY(json_read(cli->ctx, text, length, "play", &line));
    if (json_text_of(line, "stage")) {
        play->stage = mem_text(cli->ctx, json_text_of(line, "stage"));
        play->stage_total = json_integer_value(json_object_get(line, "total"));
        play->stage_done = 0;
        return ERR_OK;
    }
    TRY(json_text_of(line, "user") ? play_user(play, line) : play_act(play, line));
    play->stage_done++;
    cli_progress(cli, play->stage, play->stage_done, play->stage_total);
    return ERR_OK;
}

static enum err
play_lines(struct play *play, char *text)
{
    struct ctx *ctx = play->cli->ctx;
    void *outer = ctx->mem;
    for (char *at = text; *at;) {
        const size_t length = strcspn(at, "\n");
        play->line++;
        ctx->mem = talloc_new(outer);
        const enum err err = length ? play_line(play, at, length) : ERR_OK;
        void *inner = ctx->mem;
        ctx->mem = outer;
        if (err != ERR_OK) {
            fputs(
                text_format(ctx, "play：第 %lld 行\n", "play: line %lld\n", (long long)play->line),
                play->cli->err);
            return err;
        }
        talloc_free(inner);
        at += length + (at[length] == '\n');
    }
    return ERR_OK;
}

static enum err
play_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    struct file_bytes file;
    struct play play = {.cli = cli, .stage = "play"};
    TRY(cli_options(cli, &command_play, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_play, argc, 1, 1));
    TRY(cli_open(cli, DB_WRITE));
    TRY(file_read(ctx, argv[0], (struct text){"剧本", "play file"}, PLAY_FILE_MAX, &file));
    const char *slash = strrchr(argv[0], '/');
    play.folder = slash ? mem_text_n(ctx->mem, argv[0], (size_t)(slash - argv[0])) : NULL;
    play.labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const enum err err = play_lines(&play, file.data);
    g_hash_table_destroy(play.labels);
    TRY(err);
    if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(ctx, "受理 %lld，依规则不予受理 %lld（均如预期）",
                            "%lld accepted, %lld refused, all as expected",
                            (long long)play.accepted, (long long)play.refused));
    return ERR_OK;
}

COMMAND(play, "FILE.jsonl", "按文件逐条办理（演练、批量）", "submit many acts from a file",
        play_run);
