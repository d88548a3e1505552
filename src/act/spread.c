/* SPDX-License-Identifier: Apache-2.0 */
/* →V: what a higher level decides stands in each village's own stream, so that the stream can be
 * read, checked, taken out and sealed alone. */
#include <string.h>

#include "act/gate.h"
#include "act/kit.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* The villages an act names in one of its tables, by these table and column names. */
static const struct {
    const char *table;
    const char *column;
} NAMED_IN[] = {{"villages", "unit"}, {"rows", "village"}, {"members", "village"}};

static bool
is_named(const json_t *fields, const char *unit, bool *ret_any)
{
    bool named = false;
    for (size_t i = 0; i < COUNT_OF(NAMED_IN); i++) {
        size_t index;
        json_t *row;
        json_array_foreach(json_object_get(fields, NAMED_IN[i].table), index, row)
        {
            const char *value = json_text_of(row, NAMED_IN[i].column);
            *ret_any = *ret_any || value;
            named = named || (value && strcmp(value, unit) == 0);
        }
    }
    return named;
}

/* Appends an entry the gate itself writes, and applies it. */
static enum err
system_write(struct ctx *ctx, struct gate *gate, struct entry *entry)
{
    struct entry head = {.seq = 0};
    const enum err err = ledger_store_head(ctx, gate->db, entry->unit, &head);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    entry->seq = head.seq + 1;
    entry->actor = "system";
    TRY(ledger_store_append(ctx, gate->db, entry));
    return entry_apply(ctx, gate, gate->db, entry, "stands");
}

static enum err
receive_write(struct ctx *ctx, struct gate *gate, const struct entry *source, const char *at,
              const char *unit)
{
    const char *hash = hex_format(ctx, source->hash, SM3_LENGTH);
    json_t *fields = json_own(ctx->mem, json_object());
    json_object_set_new(fields, "source_unit", json_string(source->unit));
    json_object_set_new(fields, "source_seq", json_integer(source->seq));
    json_object_set_new(fields, "source_hash", json_string(hash));
    json_object_set_new(fields, "act", json_string(source->act));
    json_object_set_new(fields, "extract", json_string(json_canonical(ctx, source->fields)));
    struct entry entry = {.unit = unit, .act = "unit.receive", .at = at, .fields = fields};
    return system_write(ctx, gate, &entry);
}

enum err
act_spread(struct ctx *ctx, struct gate *gate, const struct entry *entry)
{
    struct unit *units;
    size_t count;
    bool any_named = false;
    TRY(unit_store_list(ctx, gate->db, &units, &count));
    for (size_t i = 0; i < count; i++)
        (void)is_named(entry->fields, units[i].unit, &any_named);
    for (size_t i = 0; i < count; i++) {
        struct stream stream;
        bool within;
        TRY(unit_store_is_within(ctx, gate->db, units[i].unit, entry->unit, &within));
        if (!within || strcmp(units[i].unit, entry->unit) == 0)
            continue;
        if (any_named && !is_named(entry->fields, units[i].unit, &any_named))
            continue;
        const enum err err = stream_store_find(ctx, gate->db, units[i].unit, &stream);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        const bool opens = strcmp(entry->act, "term.open") == 0 && any_named;
        const bool village = units[i].level == LEVEL_VILLAGE;
        const bool out = err == ERR_OK && strcmp(stream.state, "out") == 0;
        if (village && !out && (opens || err == ERR_OK))
            TRY(receive_write(ctx, gate, entry, entry->at, units[i].unit));
    }
    return ERR_OK;
}

enum err
act_binds(struct ctx *ctx, struct gate *gate, const struct entry *source, const char *village,
          bool *ret_binds)
{
    struct unit unit;
    bool any_named = false;
    TRY(unit_store_is_within(ctx, gate->db, village, source->unit, ret_binds));
    const bool named = is_named(source->fields, village, &any_named);
    *ret_binds = *ret_binds && strcmp(village, source->unit) != 0 && (named || !any_named);
    if (!*ret_binds)
        return ERR_OK;
    TRY(unit_store_find(ctx, gate->db, village, &unit));
    *ret_binds = unit.level == LEVEL_VILLAGE;
    return ERR_OK;
}

enum err
act_anchor(struct ctx *ctx, struct gate *gate, const struct entry *entry)
{
    struct unit unit;
    struct entry head;
    TRY(unit_store_find(ctx, gate->db, entry->unit, &unit));
    const enum err err = ledger_store_head(ctx, gate->db, unit.parent ? unit.parent : "", &head);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    json_t *fields = json_own(ctx->mem, json_object());
    json_object_set_new(fields, "village", json_string(entry->unit));
    json_object_set_new(fields, "entry", json_integer(entry->seq));
    json_object_set_new(fields, "hash", json_string(hex_format(ctx, entry->hash, SM3_LENGTH)));
    struct entry anchor = {
        .unit = unit.parent, .act = "unit.anchor", .at = entry->at, .fields = fields};
    return system_write(ctx, gate, &anchor);
}

/* --- what waited while the stream was out --- */

struct waiting {
    struct gate *gate;
    const char *unit;
    const char *since; /* instant of kit.take_out */
    const char *at;    /* of the entries now written */
    struct unit *units;
    size_t unit_count;
    struct entry *own; /* the village's entries */
    size_t own_count;
};

static bool
is_received(const struct waiting *waiting, const struct entry *source)
{
    for (size_t i = 0; i < waiting->own_count; i++) {
        const json_t *fields = waiting->own[i].fields;
        const char *unit = json_text_of(fields, "source_unit");
        if (strcmp(waiting->own[i].act, "unit.receive") == 0 && unit &&
            strcmp(unit, source->unit) == 0 &&
            json_integer_value(json_object_get(fields, "source_seq")) == source->seq)
            return true;
    }
    return false;
}

static bool
is_for(const struct waiting *waiting, const struct entry *source)
{
    const struct act *act = act_find(source->act);
    bool any_named = false;
    if (!act || !(act->flags & ACT_TO_VILLAGES) || strcmp(source->at, waiting->since) < 0 ||
        is_received(waiting, source))
        return false;
    for (size_t i = 0; i < waiting->unit_count; i++)
        (void)is_named(source->fields, waiting->units[i].unit, &any_named);
    return !any_named || is_named(source->fields, waiting->unit, &any_named);
}

static enum err
waiting_from(struct ctx *ctx, struct waiting *waiting, const char *above)
{
    struct entry *entries;
    size_t count;
    TRY(ledger_store_list(ctx, waiting->gate->db, above, 1, &entries, &count));
    for (size_t i = 0; i < count; i++) {
        struct standing standing;
        if (!is_for(waiting, &entries[i]))
            continue;
        TRY(standing_store_find(ctx, waiting->gate->db, above, entries[i].seq, &standing));
        if (strcmp(standing.state, "stands") == 0)
            TRY(receive_write(ctx, waiting->gate, &entries[i], waiting->at, waiting->unit));
    }
    return ERR_OK;
}

enum err
act_deliver(struct ctx *ctx, struct gate *gate, const char *unit, const char *since, const char *at)
{
    struct waiting waiting = {.gate = gate, .unit = unit, .since = since, .at = at};
    struct unit here;
    TRY(unit_store_list(ctx, gate->db, &waiting.units, &waiting.unit_count));
    TRY(ledger_store_list(ctx, gate->db, unit, 1, &waiting.own, &waiting.own_count));
    TRY(unit_store_find(ctx, gate->db, unit, &here));
    while (here.parent && here.parent[0]) {
        const char *above = here.parent;
        TRY(waiting_from(ctx, &waiting, above));
        TRY(unit_store_find(ctx, gate->db, above, &here));
    }
    return ERR_OK;
}
