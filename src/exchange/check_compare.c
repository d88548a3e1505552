/* SPDX-License-Identifier: Apache-2.0 */
/*
 * People against people, one part of the numbers at a time: a table of everybody who stands on a
 * roll or one of the lists, asked for each adult of the register, then for each of the roll.
 */
#include <string.h>

#include "exchange/check_parts.h"

enum {
    STATE_ROLL = 1,
    STATE_TWICE = 2,
    STATE_REGISTER = 4,
    STATE_REGISTER_HERE = 8,
    STATE_BARRED = 16,
    STATE_FREED = 32, /* deprived once, not on polling day */
    STATE_NO = 64,
    STATE_SILENT = 128,
    STATE_LAST = 256,
    STATE_LAST_HERE = 512,
};

/* at, village, name and source are those of the first row of the roll (or list) with the key. */
struct check_slot {
    uint64_t key, at;
    uint32_t village, name;
    uint32_t other; /* village of the register */
    uint32_t state; /* source in the top byte */
};

struct part {
    struct check_worker *worker;
    struct roll_check *check;
    size_t number;
    struct check_slot *slots;
    size_t mask;
};

bool
check_same_village(const struct roll_check *check, uint32_t a, uint32_t b)
{
    return check->villages_apart || a == 0 || b == 0 || a == b;
}

bool
check_covers(const struct roll_check *check, uint32_t village, uint8_t seen)
{
    return check->villages_apart || village == 0 || (check->seen[0] & seen) ||
           (check->seen[village] & seen);
}

/* The key's slot, or the free one where it belongs. */
static struct check_slot *
slot_find(const struct part *part, uint64_t key)
{
    size_t at = (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & part->mask;
    while (part->slots[at].key && part->slots[at].key != key)
        at = (at + 1) & part->mask;
    return &part->slots[at];
}

static struct check_slot *
slot_enter(const struct part *part, const struct check_rec *rec)
{
    struct check_slot *slot = slot_find(part, rec->key);
    if (!slot->key)
        *slot = (struct check_slot){
            .key = rec->key,
            .at = rec->at,
            .village = rec->village,
            .name = rec->name,
            .state = rec->marks & ((uint32_t)UINT8_MAX << MARK_SOURCE_SHIFT),
        };
    return slot;
}

static size_t
part_count(const struct part *part, enum roll_kind kind)
{
    size_t count = 0;
    for (int i = 0; i < part->check->threads; i++)
        count += part->check->workers[i].parts[kind][part->number].count;
    return count;
}

typedef void rec_fn(struct part *part, const struct check_rec *rec);

static void
part_each(struct part *part, enum roll_kind kind, rec_fn *take)
{
    for (int i = 0; i < part->check->threads; i++) {
        const struct check_recs *recs = &part->check->workers[i].parts[kind][part->number];
        for (size_t k = 0; k < recs->count; k++)
            take(part, &recs->list[k]);
    }
}

static void
slots_make(struct part *part)
{
    static const enum roll_kind KINDS[] = {ROLL_KIND_ROLL, ROLL_KIND_DEPRIVED, ROLL_KIND_AWAY,
                                           ROLL_KIND_LAST_ROLL};
    struct check_worker *worker = part->worker;
    size_t count = 0, size = 64;
    for (size_t i = 0; i < COUNT_OF(KINDS); i++)
        count += part_count(part, KINDS[i]);
    while (size < 2 * count)
        size *= 2;
    if (size > worker->slot_capacity) {
        worker->slots = mem_grow(worker->ctx->mem, worker->slots, struct check_slot, size);
        worker->slot_capacity = size;
    }
    memset(worker->slots, 0, size * sizeof(struct check_slot));
    part->slots = worker->slots;
    part->mask = size - 1;
}

static void
roll_enter(struct part *part, const struct check_rec *rec)
{
    struct check_slot *slot = slot_enter(part, rec);
    slot->state |= slot->state & STATE_ROLL ? STATE_TWICE : STATE_ROLL;
}

static void
deprived_enter(struct part *part, const struct check_rec *rec)
{
    slot_enter(part, rec)->state |= rec->marks & MARK_HOLDS ? STATE_BARRED : STATE_FREED;
}

static void
away_enter(struct part *part, const struct check_rec *rec)
{
    if (rec->marks & (MARK_NO | MARK_SILENT))
        slot_enter(part, rec)->state |= rec->marks & MARK_NO ? STATE_NO : STATE_SILENT;
}

static void
last_enter(struct part *part, const struct check_rec *rec)
{
    struct check_slot *slot = slot_enter(part, rec);
    slot->state |= STATE_LAST;
    if (slot->village == rec->village || slot->village == 0 || rec->village == 0)
        slot->state |= STATE_LAST_HERE;
}

/* An adult of the register. */
static void
register_ask(struct part *part, const struct check_rec *rec)
{
    struct check_slot *slot = slot_find(part, rec->key);
    const uint32_t reasons = STATE_BARRED | STATE_NO | STATE_SILENT;
    if (slot->key)
        slot->state |= STATE_REGISTER;
    if (!slot->key || !(slot->state & STATE_ROLL)) {
        if (!check_covers(part->check, rec->village, SEEN_ROLL))
            return;
        struct check_rec *missing =
            VECTOR_ADD(part->worker->ctx->mem, &part->worker->missing, struct check_rec);
        *missing = *rec;
        if (slot->key && (slot->state & reasons))
            missing->marks |= MARK_EXPLAINED;
        return;
    }
    slot->other = rec->village;
    if (check_same_village(part->check, slot->village, rec->village))
        slot->state |= STATE_REGISTER_HERE;
    if (slot->name != rec->name) {
        const struct check_rec roll = {.at = slot->at, .marks = slot->state};
        check_found_other(
            check_found_add(part->worker, &roll, ROLL_FAULT_OTHER_NAME, ROLL_COL_NAME), rec);
    }
}

static void
change_add(struct part *part, const struct check_rec *rec, enum roll_change change)
{
    *VECTOR_ADD(part->worker->ctx->mem, &part->worker->changes, struct check_found) =
        (struct check_found){.at = rec->at,
                             .source = (uint8_t)(rec->marks >> MARK_SOURCE_SHIFT),
                             .fault = (uint8_t)change};
}

/* Why somebody is on the roll who was not on the last one. */
static enum roll_change
added_why(const struct roll_check *check, const struct check_rec *rec,
          const struct check_slot *slot)
{
    if (check_birth(rec->key) > check->last_term)
        return ROLL_CHANGE_TURNED_18;
    if (slot->state & STATE_FREED)
        return ROLL_CHANGE_RIGHTS_RESTORED;
    if ((rec->marks & MARK_HEAD) == 3)
        return ROLL_CHANGE_ASSEMBLY_CONSENTED;
    return (rec->marks & MARK_HEAD) == 2 ? ROLL_CHANGE_WISH_EXPRESSED : ROLL_CHANGE_ADDED_UNKNOWN;
}

static void
roll_change_ask(struct part *part, const struct check_rec *rec, const struct check_slot *slot)
{
    if (!(slot->state & STATE_LAST)) {
        const enum roll_change why = added_why(part->check, rec, slot);
        change_add(part, rec, why);
        if (why == ROLL_CHANGE_ADDED_UNKNOWN)
            (void)check_found_add(part->worker, rec, ROLL_FAULT_ADDED, ROLL_COLUMN_COUNT);
    } else if (!(slot->state & STATE_LAST_HERE)) {
        change_add(part, rec, ROLL_CHANGE_MOVED_IN);
    }
}

/* Somebody of the roll against the register (REG-02, REG-04). */
static void
roll_register_ask(struct part *part, const struct check_rec *rec, const struct check_slot *slot)
{
    /* Who has no household here is not looked for in the register. */
    if (!(rec->marks & MARK_ADULT) || (rec->marks & MARK_HEAD) == 3)
        return;
    if (!(slot->state & STATE_REGISTER) && check_covers(part->check, rec->village, SEEN_REGISTER))
        (void)check_found_add(part->worker, rec, ROLL_FAULT_NOT_IN_REGISTER, ROLL_COLUMN_COUNT);
    else if (slot->other && !check_same_village(part->check, rec->village, slot->other) &&
             check_covers(part->check, rec->village, SEEN_REGISTER))
        check_found_add(part->worker, rec, ROLL_FAULT_REGISTER_ELSEWHERE, ROLL_COLUMN_COUNT)
            ->village = slot->other;
}

static void
roll_ask(struct part *part, const struct check_rec *rec)
{
    const struct roll_check *check = part->check;
    const struct check_slot *slot = slot_find(part, rec->key);
    if (slot->state & STATE_TWICE)
        *VECTOR_ADD(part->worker->ctx->mem, &part->worker->doubles, struct check_rec) = *rec;
    if (slot->state & STATE_BARRED)
        (void)check_found_add(part->worker, rec, ROLL_FAULT_DEPRIVED, ROLL_COL_ID_NUMBER);
    /* Who lives here is listed whatever an old answer says (REG-03). */
    if ((rec->marks & MARK_HEAD) == 2 && (slot->state & (STATE_NO | STATE_SILENT)))
        (void)check_found_add(part->worker, rec,
                              slot->state & STATE_NO ? ROLL_FAULT_DECLINED : ROLL_FAULT_SILENT,
                              ROLL_COL_HEAD);
    if (check->has[ROLL_KIND_HOUSEHOLD])
        roll_register_ask(part, rec, slot);
    if (check->has[ROLL_KIND_LAST_ROLL])
        roll_change_ask(part, rec, slot);
}

static void
last_ask(struct part *part, const struct check_rec *rec)
{
    const struct roll_check *check = part->check;
    const struct check_slot *slot = slot_find(part, rec->key);
    enum roll_change why = ROLL_CHANGE_GONE_UNKNOWN;
    if (!check_covers(check, rec->village, SEEN_ROLL))
        return;
    if (slot->state & STATE_ROLL) {
        if (slot->state & STATE_LAST_HERE)
            return;
        why = ROLL_CHANGE_MOVED_OUT;
        check_found_add(part->worker, rec, ROLL_FAULT_GONE_MOVED, ROLL_COLUMN_COUNT)->village =
            slot->village;
    } else if (slot->state & STATE_BARRED) {
        why = ROLL_CHANGE_DEPRIVED;
    } else if (slot->state & (STATE_NO | STATE_SILENT)) {
        why = ROLL_CHANGE_DECLINED;
    } else if (check->has[ROLL_KIND_HOUSEHOLD] && !(slot->state & STATE_REGISTER)) {
        why = ROLL_CHANGE_OFF_REGISTER;
    } else {
        (void)check_found_add(part->worker, rec, ROLL_FAULT_GONE, ROLL_COLUMN_COUNT);
    }
    change_add(part, rec, why);
}

static void
part_compare(struct part *part)
{
    slots_make(part);
    part_each(part, ROLL_KIND_ROLL, roll_enter);
    part_each(part, ROLL_KIND_DEPRIVED, deprived_enter);
    part_each(part, ROLL_KIND_AWAY, away_enter);
    part_each(part, ROLL_KIND_LAST_ROLL, last_enter);
    part_each(part, ROLL_KIND_HOUSEHOLD, register_ask);
    part_each(part, ROLL_KIND_ROLL, roll_ask);
    part_each(part, ROLL_KIND_LAST_ROLL, last_ask);
}

void
check_compare(struct check_worker *worker)
{
    for (;;) {
        const size_t next = __atomic_fetch_add(&worker->check->next, 1, __ATOMIC_RELAXED);
        if (next >= CHECK_PARTS)
            return;
        struct part part = {.worker = worker, .check = worker->check, .number = next};
        part_compare(&part);
    }
}
