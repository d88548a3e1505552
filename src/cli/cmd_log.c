/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan log, cunxuan show: the record as it stands. */
#include <string.h>

#include "act/seal.h"
#include "act/state_words.h"
#include "base/num.h"
#include "cli/cli.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

extern const struct command command_log;
extern const struct command command_show;

static const char *
act_title(const struct ctx *ctx, const char *id)
{
    const struct act *act = act_find(id);
    return act ? text_pick(ctx, act->title) : id;
}

/* Sealed fields (who reported) are masked; entries of acts we do not know have none. */
static json_t *
fields_shown(struct ctx *ctx, const struct entry *entry)
{
    const struct act *act = act_find(entry->act);
    return act ? fields_masked(ctx, act->code->fields, entry->fields) : entry->fields;
}

static void
line_print(struct cli *cli, const struct standing *standing, const struct entry *entry)
{
    struct ctx *ctx = cli->ctx;
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "seq", json_integer(entry->seq));
        json_object_set_new(object, "act", json_string(entry->act));
        json_object_set_new(object, "at", json_string(entry->at));
        json_object_set_new(object, "actor", json_string(entry->actor));
        json_object_set_new(object, "state", json_string(standing->state));
        json_object_set(object, "fields", fields_shown(ctx, entry));
        json_object_set(object, "waivers", entry->waivers);
        json_object_set_new(object, "hash", json_string(hex_format(ctx, entry->hash, SM3_LENGTH)));
        cli_print_json(cli, object);
        return;
    }
    const bool stands = strcmp(standing->state, "stands") == 0;
    fprintf(cli->out, "%5lld  %.16s  %-14s %-22s %s%s%s%s\n", (long long)entry->seq, entry->at,
            entry->actor, standing->act, act_title(ctx, standing->act), stands ? "" : "  [",
            stands ? "" : state_words(ctx, STATE_ENTRY, standing->state), stands ? "" : "]");
}

static gboolean heads;

static const GOptionEntry OPTIONS[] = {
    {"heads", 0, 0, G_OPTION_ARG_NONE, &heads, NULL, NULL},
    {0},
};

/* One line a stream, as cunxuan verify --against reads it. */
static enum err
heads_print(struct cli *cli, const char *only)
{
    struct ctx *ctx = cli->ctx;
    struct ledger_stream *streams;
    size_t count;
    TRY(ledger_store_streams(ctx, cli->db, &streams, &count));
    for (size_t i = 0; i < count; i++) {
        uint8_t hash[SM3_LENGTH];
        struct unit unit;
        if (only && strcmp(only, streams[i].unit) != 0)
            continue;
        TRY(ledger_store_hash(ctx, cli->db, streams[i].unit, streams[i].last_seq, hash));
        TRY(unit_store_find(ctx, cli->db, streams[i].unit, &unit));
        fprintf(cli->out, "%s %lld %s %s\n", unit.unit, (long long)streams[i].last_seq,
                hex_format(ctx, hash, SM3_LENGTH), unit.name);
    }
    return ERR_OK;
}

static enum err
log_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    struct entry *entries;
    size_t count;
    const char *unit = NULL;
    TRY(cli_options(cli, &command_log, OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_log, argc, heads ? 0 : 1, 1));
    TRY(cli_open(cli, DB_READ));
    if (argc)
        TRY(cli_unit(cli, argv[0], &unit));
    if (heads)
        return heads_print(cli, unit);
    TRY(ledger_store_list(ctx, cli->db, unit, 1, &entries, &count));
    for (size_t i = 0; i < count; i++) {
        struct standing standing = {.act = entries[i].act, .state = "?"};
        const enum err err = standing_store_find(ctx, cli->db, unit, entries[i].seq, &standing);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        line_print(cli, &standing, &entries[i]);
    }
    return ERR_OK;
}

COMMAND(log, "UNIT | --heads [UNIT]", "一个单位的全部记录", "all entries of a unit", log_run);

static gboolean show_reveal;

static const GOptionEntry SHOW_OPTIONS[] = {
    {"reveal", 0, 0, G_OPTION_ARG_NONE, &show_reveal, NULL, NULL},
    {0},
};

static enum err
show_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    const char *unit;
    int64_t seq;
    struct entry entry;
    struct stream stream = {.exercise = false};
    TRY(cli_options(cli, &command_show, SHOW_OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_show, argc, 2, 2));
    if (!num_parse_i64(argv[1], 1, INT64_MAX, &seq))
        return FAIL(ctx, ERR_USAGE, "记录号应为正整数", "the entry is a positive number");
    TRY(cli_open(cli, show_reveal ? DB_WRITE : DB_READ));
    TRY(cli_unit(cli, argv[0], &unit));
    const enum err err = ledger_store_find(ctx, cli->db, unit, seq, &entry);
    if (err == ERR_NOT_FOUND)
        return FAIL(ctx, ERR_NOT_FOUND, "%s 没有第 %lld 号记录", "%s has no entry %lld", unit,
                    (long long)seq);
    TRY(err);
    const enum err found = stream_store_find(ctx, cli->db, unit, &stream);
    if (found != ERR_OK && found != ERR_NOT_FOUND)
        return found;
    if (stream.exercise)
        cli_print_exercise(cli);
    json_t *fields = fields_shown(ctx, &entry);
    if (show_reveal)
        TRY(fields_revealed(ctx, cli->gate, &entry, cli->user, &fields));
    fprintf(cli->out, "%s #%lld  %s  %s  %s\n", unit, (long long)entry.seq, entry.act, entry.at,
            entry.actor);
    fputs(text_format(ctx, "前一杂凑 %s\n杂凑 %s\n字段 %s\n说明和批准 %s\n",
                      "prev %s\nhash %s\nfields %s\nwaivers %s\n",
                      hex_format(ctx, entry.prev_hash, SM3_LENGTH),
                      hex_format(ctx, entry.hash, SM3_LENGTH), json_pretty(ctx, fields),
                      json_pretty(ctx, entry.waivers)),
          cli->out);
    return ERR_OK;
}

COMMAND(show, "UNIT SEQ [--reveal]", "一条记录的全文", "one entry in full", show_run);
