/* SPDX-License-Identifier: Apache-2.0 */
/* →V: what a higher level decides stands in each village's own stream, so that the stream can be
 * read, checked, taken out and sealed alone. */
#include <string.h>

#include "act/gate.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
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

static enum err
receive_write(struct ctx *ctx, struct gate *gate, const struct entry *source, const char *hash,
              const char *unit)
{
    json_t *fields = json_own(ctx->mem, json_object());
    json_object_set_new(fields, "source_unit", json_string(source->unit));
    json_object_set_new(fields, "source_seq", json_integer(source->seq));
    json_object_set_new(fields, "source_hash", json_string(hash));
    json_object_set_new(fields, "act", json_string(source->act));
    json_object_set_new(fields, "extract", json_string(json_canonical(ctx, source->fields)));
    struct entry entry = {
        .unit = unit,
        .act = "unit.receive",
        .at = source->at,
        .actor = "system",
        .fields = fields,
    };
    struct entry head = {.seq = 0};
    const enum err err = ledger_store_head(ctx, gate->db, unit, &head);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    entry.seq = head.seq + 1;
    TRY(ledger_store_append(ctx, gate->db, &entry));
    return entry_apply(ctx, gate, gate->db, &entry, "stands");
}

enum err
act_spread(struct ctx *ctx, struct gate *gate, const struct entry *entry, const char *hash)
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
        if (village && (opens || (err == ERR_OK && strcmp(stream.state, "out") != 0)))
            TRY(receive_write(ctx, gate, entry, hash, units[i].unit));
    }
    return ERR_OK;
}
