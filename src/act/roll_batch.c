/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll_batch.h"

#include <stdlib.h>
#include <string.h>

#include "store/identity_store.h"

enum { FIRST_CAPACITY = 256 };

/* One more element of an array that doubles. */
#define ROOM(batch, array, type)                                                                   \
    do {                                                                                           \
        if ((batch)->array.count == (batch)->array.capacity) {                                     \
            (batch)->array.capacity =                                                              \
                (batch)->array.capacity ? 2 * (batch)->array.capacity : FIRST_CAPACITY;            \
            (batch)->array.list =                                                                  \
                mem_grow((batch), (batch)->array.list, type, (batch)->array.capacity);             \
        }                                                                                          \
    } while (0)

#define ARRAY(type)                                                                                \
    struct {                                                                                       \
        type *list;                                                                                \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

struct roll_batch {
    const char *kind;
    bool is_new;
    ARRAY(struct person) people;
    ARRAY(struct identity) identities;
    ARRAY(struct voter) voters;
};

struct roll_batch *
roll_batch_new(struct call *call, const char *kind, bool is_new)
{
    struct roll_batch *batch = mem_new(call->ctx->mem, struct roll_batch);
    batch->kind = kind;
    batch->is_new = is_new;
    return batch;
}

void
roll_batch_person(struct roll_batch *batch, const struct person *person)
{
    ROOM(batch, people, struct person);
    batch->people.list[batch->people.count++] = *person;
}

void
roll_batch_identity(struct roll_batch *batch, const char *id_mac, const char *person)
{
    if (!id_mac[0])
        return;
    ROOM(batch, identities, struct identity);
    batch->identities.list[batch->identities.count++] = (struct identity){id_mac, person};
}

void
roll_batch_voter(struct roll_batch *batch, const struct voter *voter)
{
    ROOM(batch, voters, struct voter);
    batch->voters.list[batch->voters.count++] = *voter;
}

/* ---- rows of one key: the last one stays, as if each had replaced the one before ---- */

/* Sorted by key, and of one key by place: both arrays keep the order of the rows in them. */
struct placed {
    const char *key;
    size_t place;
};

static int
placed_compare(const void *a, const void *b)
{
    const struct placed *first = a;
    const struct placed *second = b;
    const int order = strcmp(first->key, second->key);
    if (order)
        return order;
    return first->place < second->place ? -1 : 1;
}

/* Sorts and leaves the last of each key; returns how many are left. */
static size_t
placed_settle(struct placed *list, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(list, count, sizeof *list, placed_compare);
    for (size_t i = 0; i < count; i++) {
        if (i + 1 == count || strcmp(list[i].key, list[i + 1].key) != 0)
            list[kept++] = list[i];
    }
    return kept;
}

static enum err
identities_write(struct call *call, const struct roll_batch *batch)
{
    struct ctx *ctx = call->ctx;
    const struct identity *list = batch->identities.list;
    const size_t count = batch->identities.count;
    for (size_t i = 0; !batch->is_new && i < count; i++)
        TRY(identity_store_set(ctx, call->db, call->unit, batch->kind, list[i].id_mac,
                               list[i].person));
    if (!batch->is_new)
        return ERR_OK;
    struct placed *placed = mem_array(ctx->mem, struct placed, count);
    struct identity *sorted = mem_array(ctx->mem, struct identity, count);
    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){list[i].id_mac, i};
    const size_t kept = placed_settle(placed, count);
    for (size_t i = 0; i < kept; i++)
        sorted[i] = list[placed[i].place];
    return identity_store_add_all(ctx, call->db, call->unit, batch->kind, sorted, kept);
}

static enum err
voters_write(struct call *call, const struct roll_batch *batch)
{
    struct ctx *ctx = call->ctx;
    const struct voter *list = batch->voters.list;
    const size_t count = batch->voters.count;
    for (size_t i = 0; !batch->is_new && i < count; i++)
        TRY(voter_store_set(ctx, call->db, &list[i]));
    if (!batch->is_new)
        return ERR_OK;
    struct placed *placed = mem_array(ctx->mem, struct placed, count);
    struct voter *sorted = mem_array(ctx->mem, struct voter, count);
    for (size_t i = 0; i < count; i++)
        placed[i] = (struct placed){list[i].person, i};
    const size_t kept = placed_settle(placed, count);
    for (size_t i = 0; i < kept; i++)
        sorted[i] = list[placed[i].place];
    return voter_store_add_all(ctx, call->db, sorted, kept);
}

enum err
roll_batch_write(struct call *call, struct roll_batch *batch)
{
    TRY(person_store_add_all(call->ctx, call->db, batch->people.list, batch->people.count));
    TRY(voters_write(call, batch));
    TRY(identities_write(call, batch));
    talloc_free(batch);
    return ERR_OK;
}
