/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/entry.h"

#include <string.h>

static json_t *
shared_or(json_t *value, json_t *otherwise)
{
    if (!value)
        return otherwise;
    json_decref(otherwise);
    return json_incref(value);
}

const char *
entry_body(struct ctx *ctx, const struct entry *entry)
{
    json_t *object = json_own(ctx->mem, json_object());
    json_object_set_new(object, "unit", json_string(entry->unit));
    json_object_set_new(object, "seq", json_integer(entry->seq));
    json_object_set_new(object, "act", json_string(entry->act));
    json_object_set_new(object, "at", json_string(entry->at));
    json_object_set_new(object, "actor", json_string(entry->actor));
    json_object_set_new(object, "fields", shared_or(entry->fields, json_object()));
    json_object_set_new(object, "waivers", shared_or(entry->waivers, json_array()));
    ASSERT(json_object_size(object) == 7);
    return json_canonical(ctx, object);
}

void
entry_hash(const uint8_t prev_hash[SM3_LENGTH], const char *body, size_t length,
           uint8_t ret_hash[SM3_LENGTH])
{
    struct sm3_state *state = sm3_new(NULL);
    sm3_begin(state);
    sm3_add(state, prev_hash, SM3_LENGTH);
    sm3_add(state, body, length);
    sm3_end(state, ret_hash);
    talloc_free(state);
}

struct entry_row
entry_seal(struct ctx *ctx, struct entry *entry)
{
    struct entry_row row = {
        .unit = entry->unit,
        .seq = entry->seq,
        .act = entry->act,
        .at = entry->at,
        .actor = entry->actor,
        .body = entry_body(ctx, entry),
    };
    entry_hash(entry->prev_hash, row.body, strlen(row.body), entry->hash);
    memcpy(row.prev_hash, entry->prev_hash, SM3_LENGTH);
    memcpy(row.hash, entry->hash, SM3_LENGTH);
    return row;
}

static bool
says(const json_t *object, const char *key, const char *text)
{
    const char *said = json_text_of(object, key);
    return said && strcmp(said, text) == 0;
}

static enum err
refuse_row(struct ctx *ctx, const struct entry_row *row)
{
    return FAIL_HINT(ctx, ERR_STORE, "请运行 cunxuan verify。", "Run cunxuan verify.",
                     "%s 的第 %lld 号记录已被改动", "entry %2$lld of %1$s was changed", row->unit,
                     (long long)row->seq);
}

enum err
entry_read(struct ctx *ctx, const struct entry_row *row, struct entry *ret_entry)
{
    json_t *object = NULL;
    if (json_read(ctx, row->body, strlen(row->body), "ledger", &object) != ERR_OK) {
        failure_clear(ctx);
        return refuse_row(ctx, row);
    }
    json_t *fields = json_object_get(object, "fields");
    json_t *waivers = json_object_get(object, "waivers");
    if (json_object_size(object) != 7 || !says(object, "unit", row->unit) ||
        !says(object, "act", row->act) || !says(object, "at", row->at) ||
        !says(object, "actor", row->actor) || !json_is_object(fields) || !json_is_array(waivers) ||
        json_integer_value(json_object_get(object, "seq")) != row->seq)
        return refuse_row(ctx, row);
    *ret_entry = (struct entry){
        .unit = row->unit,
        .seq = row->seq,
        .act = row->act,
        .at = row->at,
        .actor = row->actor,
        .fields = fields,
        .waivers = waivers,
    };
    memcpy(ret_entry->prev_hash, row->prev_hash, SM3_LENGTH);
    memcpy(ret_entry->hash, row->hash, SM3_LENGTH);
    return ERR_OK;
}
