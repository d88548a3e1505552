/* SPDX-License-Identifier: Apache-2.0 */
/* Entries become rows: the standing index, then the act's own tables; and the replay of a stream.
 */
#include <string.h>

#include "act/gate.h"
#include "base/clock.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/standing_store.h"

/* The act's own date, the first of these it has. */
static const char *const DAY_FIELDS[] = {"on",        "held_on",     "posted_on",  "elected_on",
                                         "filed_on",  "signed_on",   "decided_on", "adopted_on",
                                         "closed_on", "received_on", "doc_on"};

static struct date
act_day(const json_t *fields)
{
    struct date day = DATE_NONE;
    for (size_t i = 0; i < COUNT_OF(DAY_FIELDS); i++) {
        if (date_parse(json_text_of(fields, DAY_FIELDS[i]), &day))
            break;
    }
    return day;
}

static const char *
text_or_empty(const json_t *fields, const char *key)
{
    const char *text = json_text_of(fields, key);
    return text ? text : "";
}

static enum err
standing_write(struct call *call, const char *state)
{
    const struct standing standing = {
        .unit = call->unit,
        .seq = call->seq,
        .act = call->act->id,
        .body = text_or_empty(call->fields, "body"),
        .kind = text_or_empty(call->fields, "kind"),
        .round = json_integer_value(json_object_get(call->fields, "round")),
        .list = text_or_empty(call->fields, "list"),
        .subject = text_or_empty(call->fields, "person"),
        .on_day = act_day(call->fields),
        .at = call->at,
        .state = state,
    };
    return standing_store_add(call->ctx, call->db, &standing);
}

/* What an entry is applied as: itself, or, for unit.receive, the act it brings, with its extract.
 */
static enum err
call_of_entry(struct ctx *ctx, const struct entry *entry, struct call *call)
{
    json_t *extract;
    call->act = act_find(entry->act);
    if (!call->act)
        return FAIL(ctx, ERR_STORE, "%s 第 %lld 号记录：不认识的环节 %s",
                    "%s entry %lld: unknown act %s", entry->unit, (long long)entry->seq,
                    entry->act);
    if (strcmp(entry->act, "unit.receive") != 0)
        return ERR_OK;
    const char *text = text_or_empty(entry->fields, "extract");
    TRY(json_read(ctx, text, strlen(text), "extract", &extract));
    call->act = act_find(text_or_empty(entry->fields, "act"));
    if (!call->act)
        return FAIL(ctx, ERR_STORE, "%s 第 %lld 号记录：不认识的上级环节",
                    "%s entry %lld: unknown act received", entry->unit, (long long)entry->seq);
    call->fields = extract;
    return ERR_OK;
}

static enum err
call_apply(struct call *call, const struct entry *entry, const char *state)
{
    TRY(standing_write(call, state));
    if (strcmp(state, "stands") != 0)
        return ERR_OK;
    act_apply_fn *apply =
        strcmp(entry->act, "unit.receive") == 0 ? call->act->code->receive : call->act->code->apply;
    return apply ? apply(call) : ERR_OK;
}

enum err
entry_apply(struct ctx *ctx, struct gate *gate, struct db *blobs, const struct entry *entry,
            const char *state)
{
    void *outer = ctx->mem;
    int64_t at = 0;
    if (!instant_parse(entry->at, &at))
        return FAIL(ctx, ERR_STORE, "%s 第 %lld 号记录的时间不对", "%s entry %lld: bad time",
                    entry->unit, (long long)entry->seq);
    struct call call = {
        .ctx = ctx,
        .db = gate->db,
        .blobs = blobs,
        .gate = gate,
        .unit = entry->unit,
        .seq = entry->seq,
        .at = entry->at,
        .today = instant_date(at),
        .actor_name = entry->actor,
        .fields = entry->fields,
        .waivers = entry->waivers,
    };
    ctx->mem = talloc_new(outer);
    enum err err = call_of_entry(ctx, entry, &call);
    if (err == ERR_OK)
        err = gate_pack(ctx, gate, entry->unit, call.today, &call.pack);
    if (err == ERR_OK)
        err = call_apply(&call, entry, state);
    void *inner = ctx->mem;
    ctx->mem = outer;
    /* The words of a failure live in the inner memory: keep it then. */
    if (err == ERR_OK)
        talloc_free(inner);
    return err;
}

/* seq → state of the entries that do not stand because a later entry says so. */
struct dead {
    int64_t seq;
    const char *state;
};

struct replay {
    struct entry *entries;
    size_t count;
    struct dead *dead;
    size_t dead_count;
};

static void
dead_add(struct ctx *ctx, struct replay *replay, int64_t seq, const char *state)
{
    replay->dead = mem_grow(ctx->mem, replay->dead, struct dead, replay->dead_count + 1);
    replay->dead[replay->dead_count++] = (struct dead){seq, state};
}

static void
dead_find(struct ctx *ctx, struct replay *replay)
{
    for (size_t i = 0; i < replay->count; i++) {
        const json_t *fields = replay->entries[i].fields;
        const int64_t corrects = json_integer_value(json_object_get(fields, "corrects_seq"));
        if (corrects)
            dead_add(ctx, replay, corrects, "replaced");
        if (strcmp(replay->entries[i].act, "record.withdraw") == 0)
            dead_add(ctx, replay, json_integer_value(json_object_get(fields, "entry_seq")),
                     "withdrawn");
        if (strcmp(replay->entries[i].act, "notice.withdraw") == 0)
            dead_add(ctx, replay, json_integer_value(json_object_get(fields, "posting_seq")),
                     "withdrawn");
    }
}

static const char *
state_of(const struct replay *replay, int64_t seq)
{
    for (size_t i = 0; i < replay->dead_count; i++) {
        if (replay->dead[i].seq == seq)
            return replay->dead[i].state;
    }
    return "stands";
}

static enum err
unit_empty(struct ctx *ctx, struct db *db, const char *unit)
{
    const char **tables;
    size_t count;
    TRY(db_derived_tables(ctx, db, &tables, &count));
    for (size_t i = 0; i < count; i++)
        TRY(db_empty_table(ctx, db, tables[i], unit));
    return ERR_OK;
}

enum err
unit_replay(struct ctx *ctx, struct gate *gate, struct db *ledger, const char *unit,
            int64_t without_seq)
{
    struct replay replay = {0};
    TRY(ledger_store_list(ctx, ledger, unit, 1, &replay.entries, &replay.count));
    dead_find(ctx, &replay);
    if (without_seq)
        dead_add(ctx, &replay, without_seq, "replaced");
    TRY(unit_empty(ctx, gate->db, unit));
    for (size_t i = 0; i < replay.count; i++)
        TRY(entry_apply(ctx, gate, ledger, &replay.entries[i],
                        state_of(&replay, replay.entries[i].seq)));
    return ERR_OK;
}
