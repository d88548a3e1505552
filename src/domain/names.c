/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/names.h"

#define FIRST_SLOTS 16

static uint64_t
name_hash(const char *name)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
    for (const unsigned char *byte = (const unsigned char *)name; *byte; byte++)
        hash = (hash ^ *byte) * UINT64_C(1099511628211);
    return hash;
}

/* The slot where the name is, or the free one where it would be. */
static size_t
slot_of(const struct name_table *table, const char *name)
{
    const size_t mask = table->slot_count - 1;
    size_t slot = (size_t)name_hash(name) & mask;
    while (table->slots[slot] && strcmp(table->names[table->slots[slot] - 1], name) != 0)
        slot = (slot + 1) & mask;
    return slot;
}

/* Doubles the slots; at most half of them are ever in use. */
static void
slots_grow(struct ctx *ctx, struct name_table *table)
{
    table->slot_count = table->slot_count ? 2 * table->slot_count : FIRST_SLOTS;
    table->slots = mem_array(ctx->mem, size_t, table->slot_count);
    for (size_t i = 0; i < table->count; i++)
        table->slots[slot_of(table, table->names[i])] = i + 1;
}

size_t
name_add(struct ctx *ctx, struct name_table *table, const char *name)
{
    if (2 * (table->count + 1) > table->slot_count)
        slots_grow(ctx, table);
    const size_t slot = slot_of(table, name);
    if (table->slots[slot])
        return table->slots[slot] - 1;
    if (table->count == table->capacity) {
        table->capacity = table->capacity ? 2 * table->capacity : FIRST_SLOTS;
        table->names = mem_grow(ctx->mem, table->names, const char *, table->capacity);
    }
    table->names[table->count++] = name;
    table->slots[slot] = table->count;
    return table->count - 1;
}

size_t
name_find(const struct name_table *table, const char *name)
{
    if (table->count == 0)
        return NAME_NONE;
    const size_t slot = slot_of(table, name);
    return table->slots[slot] ? table->slots[slot] - 1 : NAME_NONE;
}

bool
names_double(struct ctx *ctx, const struct names *names, size_t *ret_place)
{
    struct name_table table = {0};
    for (size_t i = 0; i < names->count; i++) {
        if (name_add(ctx, &table, names->list[i]) == i)
            continue;
        *ret_place = i;
        return true;
    }
    return false;
}

void
names_append(struct ctx *ctx, struct names *names, const char *name)
{
    if ((names->count & (names->count - 1)) == 0) /* room for the next power of two */
        names->list =
            mem_grow(ctx->mem, names->list, const char *, names->count ? 2 * names->count : 1);
    names->list[names->count++] = name;
}

bool
names_have(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->list[i], name) == 0)
            return true;
    }
    return false;
}

const char *
names_join(struct ctx *ctx, const struct names *names)
{
    const char *text = names->count ? names->list[0] : "";
    for (size_t i = 1; i < names->count; i++)
        text = text_format(ctx, "%s、%s", "%s, %s", text, names->list[i]);
    return text;
}
