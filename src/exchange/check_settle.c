/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What needs all parts at once, and is about few people: numbers that come twice, rows without a
 * number, adults who are missing, households with nobody on the roll.
 */
#include <stdlib.h>
#include <string.h>

#include "exchange/check_parts.h"

enum { SIEVE_BITS = 1 << 16 };

/* Quickly says no for most names. */
struct sieve {
    uint64_t words[SIEVE_BITS / 64];
};

static void
sieve_add(struct sieve *sieve, uint32_t hash)
{
    sieve->words[hash % SIEVE_BITS / 64] |= (uint64_t)1 << hash % 64;
}

static bool
sieve_has(const struct sieve *sieve, uint32_t hash)
{
    return sieve->words[hash % SIEVE_BITS / 64] >> hash % 64 & 1;
}

static uint32_t
source_of(const struct check_rec *rec)
{
    return rec->marks >> MARK_SOURCE_SHIFT;
}

static int
order_of(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int
place_compare(const struct check_rec *a, const struct check_rec *b)
{
    const int order = order_of(source_of(a), source_of(b));
    return order ? order : order_of(a->at, b->at);
}

static int
rec_compare(const void *a, const void *b)
{
    const struct check_rec *first = a, *second = b;
    const int order = order_of(first->key, second->key);
    return order ? order : place_compare(first, second);
}

static int
rec_place_compare(const void *a, const void *b)
{
    return place_compare(a, b);
}

static int
loose_compare(const void *a, const void *b)
{
    const struct check_loose *first = a, *second = b;
    const int order = order_of(first->rec.name, second->rec.name);
    return order ? order : place_compare(&first->rec, &second->rec);
}

static int
found_compare(const void *a, const void *b)
{
    const struct check_found *first = a, *second = b;
    int order = order_of(first->source, second->source);
    order = order ? order : order_of(first->at, second->at);
    order = order ? order : order_of(first->fault, second->fault);
    order = order ? order : order_of(first->other_source, second->other_source);
    return order ? order : order_of(first->other_at, second->other_at);
}

struct settle {
    struct roll_check *check;
    struct check_worker *worker; /* the first: its memory and findings */
    struct check_recs doubles, missing;
    struct check_looses loose[ROLL_KIND_COUNT]; /* by name */
};

static void
recs_append(void *mem, struct check_recs *to, const struct check_recs *from)
{
    for (size_t i = 0; i < from->count; i++)
        *VECTOR_ADD(mem, to, struct check_rec) = from->list[i];
}

static void
settle_gather(struct settle *settle)
{
    struct roll_check *check = settle->check;
    void *mem = settle->worker->ctx->mem;
    for (int i = 0; i < check->threads; i++) {
        const struct check_worker *worker = &check->workers[i];
        recs_append(mem, &settle->doubles, &worker->doubles);
        recs_append(mem, &settle->missing, &worker->missing);
        for (size_t kind = 0; kind < ROLL_KIND_COUNT; kind++) {
            for (size_t k = 0; k < worker->loose[kind].count; k++)
                *VECTOR_ADD(mem, &settle->loose[kind], struct check_loose) =
                    worker->loose[kind].list[k];
        }
    }
    for (size_t kind = 0; kind < ROLL_KIND_COUNT; kind++) {
        if (settle->loose[kind].count)
            qsort(settle->loose[kind].list, settle->loose[kind].count, sizeof(struct check_loose),
                  loose_compare);
    }
    if (settle->doubles.count)
        qsort(settle->doubles.list, settle->doubles.count, sizeof(struct check_rec), rec_compare);
}

/* One row of several with one number: against the first of another village, the first before it in
 * its own, the first of all. */
static void
double_tell(struct settle *settle, const struct check_rec *group, size_t count, size_t index)
{
    const struct check_rec *rec = &group[index];
    const struct check_rec *away = NULL, *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (group[i].village != rec->village)
            away = away ? away : &group[i];
        else if (i < index)
            before = before ? before : &group[i];
    }
    if (away)
        check_found_other(
            check_found_add(settle->worker, rec, ROLL_FAULT_ELSEWHERE, ROLL_COL_ID_NUMBER), away);
    if (before) {
        const bool old = (before->marks & MARK_OLD) != (rec->marks & MARK_OLD);
        check_found_other(check_found_add(settle->worker, rec,
                                          old ? ROLL_FAULT_OLD_AND_NEW : ROLL_FAULT_TWICE,
                                          ROLL_COL_ID_NUMBER),
                          before);
    }
    if (index && rec->name != group[0].name)
        check_found_other(
            check_found_add(settle->worker, rec, ROLL_FAULT_OTHER_NAME, ROLL_COL_NAME), &group[0]);
}

static void
doubles_settle(struct settle *settle)
{
    const struct check_recs *doubles = &settle->doubles;
    for (size_t from = 0, to; from < doubles->count; from = to) {
        for (to = from + 1;
             to < doubles->count && doubles->list[to].key == doubles->list[from].key;)
            to++;
        for (size_t i = 0; i < to - from; i++)
            double_tell(settle, &doubles->list[from], to - from, i);
    }
}

/* The first row of that name in a list sorted by name. */
static size_t
loose_find(const struct check_looses *list, uint32_t name)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + ((high - low) >> 1);
        if (list->list[middle].rec.name < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void
namesake_tell(struct settle *settle, const struct check_rec *rec, const struct check_rec *other)
{
    check_found_other(check_found_add(settle->worker, rec, ROLL_FAULT_NAMESAKE, ROLL_COL_NAME),
                      other);
}

/* Rows of the roll without a number against each other. */
static void
loose_pairs(struct settle *settle)
{
    const struct check_looses *list = &settle->loose[ROLL_KIND_ROLL];
    for (size_t i = 1; i < list->count; i++) {
        for (size_t k = i; k-- > 0 && list->list[k].rec.name == list->list[i].rec.name;) {
            if (list->list[i].birth && list->list[k].birth == list->list[i].birth) {
                namesake_tell(settle, &list->list[i].rec, &list->list[k].rec);
                break;
            }
        }
    }
}

/* Somebody of the roll with a number, against rows without one: of the roll, and of the register,
 * which are marked as found. */
static void
loose_against(struct settle *settle, const struct check_rec *rec)
{
    const struct check_looses *rolls = &settle->loose[ROLL_KIND_ROLL];
    struct check_looses *adults = &settle->loose[ROLL_KIND_HOUSEHOLD];
    const uint32_t birth = check_birth(rec->key);
    for (size_t i = loose_find(rolls, rec->name);
         i < rolls->count && rolls->list[i].rec.name == rec->name; i++) {
        if (rolls->list[i].birth == birth)
            namesake_tell(settle, &rolls->list[i].rec, rec);
    }
    for (size_t i = loose_find(adults, rec->name);
         i < adults->count && adults->list[i].rec.name == rec->name; i++) {
        if (adults->list[i].birth == birth &&
            check_same_village(settle->check, adults->list[i].rec.village, rec->village))
            adults->list[i].rec.marks |= MARK_HOLDS;
    }
}

static bool
sieve_fill(struct sieve *sieve, const struct check_looses *list)
{
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        if (list->list[i].birth)
            sieve_add(sieve, list->list[i].rec.name);
        any = any || list->list[i].birth;
    }
    return any;
}

static void
loose_settle(struct settle *settle)
{
    const struct roll_check *check = settle->check;
    struct sieve sieve = {0};
    const bool rolls = sieve_fill(&sieve, &settle->loose[ROLL_KIND_ROLL]);
    if (rolls)
        loose_pairs(settle);
    if (!sieve_fill(&sieve, &settle->loose[ROLL_KIND_HOUSEHOLD]) && !rolls)
        return;
    for (size_t i = 0; i < (size_t)check->threads * CHECK_PARTS; i++) {
        const struct check_recs *recs =
            &check->workers[i / CHECK_PARTS].parts[ROLL_KIND_ROLL][i % CHECK_PARTS];
        for (size_t k = 0; k < recs->count; k++) {
            if (sieve_has(&sieve, recs->list[k].name))
                loose_against(settle, &recs->list[k]);
        }
    }
}

/* The row of the roll without a usable number that is, or may be, the person of the register: same
 * village and name, and the birthday if both are known. */
static const struct check_rec *
loose_match(const struct settle *settle, const struct check_rec *rec, uint32_t birth)
{
    const struct check_looses *list = &settle->loose[ROLL_KIND_ROLL];
    for (size_t i = loose_find(list, rec->name);
         i < list->count && list->list[i].rec.name == rec->name; i++) {
        const struct check_loose *loose = &list->list[i];
        if (check_same_village(settle->check, loose->rec.village, rec->village) &&
            (!loose->birth || !birth || loose->birth == birth))
            return &loose->rec;
    }
    return NULL;
}

/* Adults of the register without a number, whom no numbered row of the roll matched. */
static void
loose_missing(struct settle *settle)
{
    const struct check_looses *list = &settle->loose[ROLL_KIND_HOUSEHOLD];
    for (size_t i = 0; i < list->count; i++) {
        const struct check_rec *rec = &list->list[i].rec;
        const struct check_rec *match = loose_match(settle, rec, list->list[i].birth);
        if (!(rec->marks & (MARK_HOLDS | MARK_REFUSED)) && !match &&
            check_covers(settle->check, rec->village, SEEN_ROLL))
            *VECTOR_ADD(settle->worker->ctx->mem, &settle->missing, struct check_rec) = *rec;
    }
}

/* A row of his name without a number is he. One with a number that is refused may be he: then he
 * is told with that row, even if he had a reason not to be listed. */
static void
missing_settle(struct settle *settle)
{
    size_t kept = 0;
    loose_missing(settle);
    for (size_t i = 0; i < settle->missing.count; i++) {
        struct check_rec *rec = &settle->missing.list[i];
        const struct check_rec *match =
            rec->key ? loose_match(settle, rec, check_birth(rec->key)) : NULL;
        if (match && !(match->marks & MARK_REFUSED))
            continue;
        settle->missing.list[kept++] = *rec;
        if ((rec->marks & MARK_EXPLAINED) && !match) {
            settle->check->counts.explained++;
            continue;
        }
        struct check_found *found =
            check_found_add(settle->worker, rec, ROLL_FAULT_NOT_ON_ROLL, ROLL_COLUMN_COUNT);
        if (match)
            check_found_other(found, match);
    }
    settle->missing.count = kept;
    if (kept)
        qsort(settle->missing.list, kept, sizeof(struct check_rec), rec_place_compare);
}

/* A household with somebody missing. */
struct house {
    uint32_t hash;
    uint32_t missing, unexplained, adults;
    struct check_rec first;
};

static int
house_compare(const void *a, const void *b)
{
    const struct house *first = a, *second = b;
    int order = order_of(first->hash, second->hash);
    order = order ? order : order_of(first->first.village, second->first.village);
    return order ? order : place_compare(&first->first, &second->first);
}

static int
house_find(const void *key, const void *member)
{
    const struct check_rec *rec = key;
    const struct house *house = member;
    const int order = order_of(rec->household, house->hash);
    return order ? order : order_of(rec->village, house->first.village);
}

static size_t
houses_make(const struct settle *settle, struct house *houses)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < settle->missing.count; i++) {
        const struct check_rec *rec = &settle->missing.list[i];
        if (rec->household)
            houses[count++] =
                (struct house){rec->household, 1, !(rec->marks & MARK_EXPLAINED), 0, *rec};
    }
    if (count)
        qsort(houses, count, sizeof(struct house), house_compare);
    for (size_t i = 0; i < count; i++) {
        if (kept && houses[kept - 1].hash == houses[i].hash &&
            houses[kept - 1].first.village == houses[i].first.village) {
            houses[kept - 1].missing++;
            houses[kept - 1].unexplained += houses[i].unexplained;
        } else {
            houses[kept++] = houses[i];
        }
    }
    return kept;
}

static void
house_count(struct house *houses, size_t count, const struct sieve *sieve,
            const struct check_rec *rec)
{
    if (!rec->household || !sieve_has(sieve, rec->household >> 1))
        return;
    struct house *house = bsearch(rec, houses, count, sizeof(struct house), house_find);
    if (house)
        house->adults++;
}

static void
houses_settle(struct settle *settle)
{
    const struct roll_check *check = settle->check;
    const struct check_looses *loose = &settle->loose[ROLL_KIND_HOUSEHOLD];
    struct house *houses =
        mem_array(settle->worker->ctx->mem, struct house, settle->missing.count + 1);
    struct sieve sieve = {0};
    const size_t count = houses_make(settle, houses);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        sieve_add(&sieve, houses[i].hash >> 1);
    for (size_t i = 0; i < (size_t)check->threads * CHECK_PARTS; i++) {
        const struct check_recs *recs =
            &check->workers[i / CHECK_PARTS].parts[ROLL_KIND_HOUSEHOLD][i % CHECK_PARTS];
        for (size_t k = 0; k < recs->count; k++)
            house_count(houses, count, &sieve, &recs->list[k]);
    }
    for (size_t i = 0; i < loose->count; i++)
        house_count(houses, count, &sieve, &loose->list[i].rec);
    for (size_t i = 0; i < count; i++) {
        if (houses[i].adults == houses[i].missing && houses[i].unexplained)
            (void)check_found_add(settle->worker, &houses[i].first, ROLL_FAULT_HOUSEHOLD_ABSENT,
                                  ROLL_COL_HOUSEHOLD);
    }
}

/* A sheet without the column that the import needs. */
static void
groups_settle(struct settle *settle)
{
    const struct roll_check *check = settle->check;
    for (size_t i = 0; i < check->plan.count; i++) {
        const struct check_source *source = &check->sources[i];
        const struct check_rec rec = {.at = source->first,
                                      .marks = (uint32_t)i << MARK_SOURCE_SHIFT};
        if ((source->kind == ROLL_KIND_ROLL || source->kind == ROLL_KIND_HOUSEHOLD) &&
            source->head.places[ROLL_COL_GROUP] < 0)
            (void)check_found_add(settle->worker, &rec, ROLL_FAULT_NO_GROUP, ROLL_COL_GROUP);
    }
}

static void
founds_join(struct roll_check *check, struct check_founds *founds, const struct check_founds *from)
{
    for (size_t i = 0; i < from->count; i++)
        *VECTOR_ADD(check->ctx->mem, founds, struct check_found) = from->list[i];
}

void
check_settle(struct roll_check *check)
{
    struct settle settle = {.check = check, .worker = &check->workers[0]};
    settle_gather(&settle);
    doubles_settle(&settle);
    loose_settle(&settle);
    if (check->has[ROLL_KIND_HOUSEHOLD]) {
        missing_settle(&settle);
        houses_settle(&settle);
    }
    groups_settle(&settle);
    for (int i = 0; i < check->threads; i++) {
        founds_join(check, &check->founds, &check->workers[i].founds);
        founds_join(check, &check->changes, &check->workers[i].changes);
    }
    if (check->founds.count)
        qsort(check->founds.list, check->founds.count, sizeof(struct check_found), found_compare);
    if (check->changes.count)
        qsort(check->changes.list, check->changes.count, sizeof(struct check_found), found_compare);
}
