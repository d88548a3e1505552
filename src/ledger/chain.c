/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/chain.h"

#include <pthread.h>
#include <string.h>

#include "base/sm3_lanes.h"
#include "ledger/canonical.h"

enum {
    BATCH_ROWS = 1024,
    BATCH_BYTES = 1 << 20,
    BATCHES_PER_THREAD = 3,
    THREADS_MAX = 16,
    BREAKS_MAX = 1000, /* more say nothing new: the whole database is broken */
};

/* A row in a batch. The message prev_hash ‖ body is kept padded, ready to be hashed. */
struct item {
    int64_t ordinal; /* among all rows */
    int64_t stream;  /* ordinal of its stream */
    int64_t seq;
    const char *unit;
    const char *act;
    const char *at;
    const char *actor;
    uint8_t *message;
    size_t body_length;
    uint8_t hash[SM3_LENGTH];
};

struct batch {
    struct batch *next;
    char *bytes;
    size_t capacity;
    size_t used;
    size_t count;
    struct item items[BATCH_ROWS];
};

struct found {
    int64_t ordinal;
    int64_t stream;
    struct chain_break broken;
};

struct chain_check {
    /* The caller's thread only. */
    int64_t rows;
    int64_t streams;
    char *unit; /* of the last row */
    int64_t seq;
    uint8_t hash[SM3_LENGTH];
    struct batch *filling;
    struct batch *spare;
    int batch_count;
    int thread_count; /* without the caller's */
    pthread_t threads[THREADS_MAX];

    pthread_mutex_t lock; /* over all below */
    pthread_cond_t arrived;
    struct batch *waiting;
    struct batch *done;
    bool ended;
    struct found *found;
    size_t found_count;
};

/* ---- what is wrong ---- */

/* Room for one more; when all is full the last one of those kept gives way to an earlier one. */
static struct found *
found_room(struct chain_check *check, int64_t ordinal)
{
    if (check->found_count < BREAKS_MAX)
        return &check->found[check->found_count++];
    struct found *last = &check->found[0];
    for (size_t i = 1; i < check->found_count; i++) {
        if (check->found[i].ordinal > last->ordinal)
            last = &check->found[i];
    }
    return last->ordinal > ordinal ? last : NULL;
}

static void
report(struct chain_check *check, const struct item *item, enum chain_fault fault)
{
    pthread_mutex_lock(&check->lock);
    struct found *found = found_room(check, item->ordinal);
    if (found) {
        *found = (struct found){.ordinal = item->ordinal, .stream = item->stream};
        found->broken.fault = fault;
        found->broken.seq = item->seq;
        (void)snprintf(found->broken.unit, sizeof found->broken.unit, "%s", item->unit);
    }
    pthread_mutex_unlock(&check->lock);
}

static enum chain_fault
form_check(const struct item *item)
{
    struct entry_scan scan;
    const struct span body = {(const char *)item->message + SM3_LENGTH, item->body_length};
    if (!canonical_entry(body, &scan))
        return CHAIN_FORM;
    if (scan.seq != item->seq || !canonical_means(scan.unit, item->unit) ||
        !canonical_means(scan.act, item->act) || !canonical_means(scan.at, item->at) ||
        !canonical_means(scan.actor, item->actor))
        return CHAIN_COLUMN;
    return CHAIN_SOUND;
}

static void
hashes_check(struct chain_check *check, struct item *const items[SM3_LANES], size_t count)
{
    struct sm3_message messages[SM3_LANES];
    uint8_t hashes[SM3_LANES][SM3_LENGTH];
    for (size_t i = 0; i < SM3_LANES; i++) {
        const struct item *item = items[i < count ? i : 0];
        const size_t length = SM3_LENGTH + item->body_length;
        messages[i] = (struct sm3_message){item->message, sm3_padded_length(length) / SM3_BLOCK};
    }
    sm3_lanes(messages, hashes);
    for (size_t i = 0; i < count; i++) {
        enum chain_fault fault = CHAIN_HASH;
        if (memcmp(hashes[i], items[i]->hash, SM3_LENGTH) == 0)
            fault = form_check(items[i]);
        if (fault != CHAIN_SOUND)
            report(check, items[i], fault);
    }
}

/* Lanes of like length waste nothing, so items wait in a row of their length until it is full. */
static void
batch_check(struct chain_check *check, struct batch *batch)
{
    enum { LENGTHS = 64 };
    struct item *rows[LENGTHS][SM3_LANES];
    size_t counts[LENGTHS] = {0};
    for (size_t i = 0; i < batch->count; i++) {
        struct item *item = &batch->items[i];
        const size_t blocks = sm3_padded_length(SM3_LENGTH + item->body_length) / SM3_BLOCK;
        const size_t row = blocks < LENGTHS ? blocks : 0;
        rows[row][counts[row]++] = item;
        if (counts[row] == SM3_LANES) {
            hashes_check(check, rows[row], SM3_LANES);
            counts[row] = 0;
        }
    }
    for (size_t row = 0; row < LENGTHS; row++) {
        if (counts[row])
            hashes_check(check, rows[row], counts[row]);
    }
}

/* ---- threads ---- */

/* The next waiting batch, or NULL. With the lock held. */
static struct batch *
batch_take(struct chain_check *check)
{
    struct batch *batch = check->waiting;
    if (batch)
        check->waiting = batch->next;
    return batch;
}

static void
batch_return(struct chain_check *check, struct batch *batch)
{
    batch->next = check->done;
    check->done = batch;
}

static void *
work(void *arg)
{
    struct chain_check *check = arg;
    pthread_mutex_lock(&check->lock);
    for (;;) {
        struct batch *batch = batch_take(check);
        if (!batch && check->ended)
            break;
        if (!batch) {
            pthread_cond_wait(&check->arrived, &check->lock);
            continue;
        }
        pthread_mutex_unlock(&check->lock);
        batch_check(check, batch);
        pthread_mutex_lock(&check->lock);
        batch_return(check, batch);
    }
    pthread_mutex_unlock(&check->lock);
    return NULL;
}

/* The caller does a waiting batch itself. False if there is none. */
static bool
work_one(struct chain_check *check)
{
    pthread_mutex_lock(&check->lock);
    struct batch *batch = batch_take(check);
    pthread_mutex_unlock(&check->lock);
    if (!batch)
        return false;
    batch_check(check, batch);
    pthread_mutex_lock(&check->lock);
    batch_return(check, batch);
    pthread_mutex_unlock(&check->lock);
    return true;
}

static int
check_release(struct chain_check *check)
{
    pthread_mutex_lock(&check->lock);
    check->ended = true;
    check->waiting = NULL;
    pthread_cond_broadcast(&check->arrived);
    pthread_mutex_unlock(&check->lock);
    for (int i = 0; i < check->thread_count; i++)
        pthread_join(check->threads[i], NULL);
    check->thread_count = 0;
    return 0;
}

struct chain_check *
chain_check_new(void *mem, int threads)
{
    struct chain_check *check = mem_new(mem, struct chain_check);
    check->found = mem_array(check, struct found, BREAKS_MAX);
    check->unit = mem_text(check, "");
    pthread_mutex_init(&check->lock, NULL);
    pthread_cond_init(&check->arrived, NULL);
    talloc_set_destructor(check, check_release);
    const int wanted = threads - 1 < THREADS_MAX ? threads - 1 : THREADS_MAX;
    /* Fewer threads than wanted only make it slower. */
    while (check->thread_count < wanted &&
           pthread_create(&check->threads[check->thread_count], NULL, work, check) == 0)
        check->thread_count++;
    return check;
}

/* ---- rows ---- */

static struct batch *
batch_new(struct chain_check *check)
{
    struct batch *batch = mem_new(check, struct batch);
    batch->capacity = BATCH_BYTES;
    batch->bytes = mem_array(batch, char, batch->capacity);
    check->batch_count++;
    return batch;
}

/* An empty batch: a spare one, a new one while there are few, else one that the caller frees by
 * doing a waiting one itself. */
static struct batch *
batch_get(struct chain_check *check)
{
    while (!check->spare) {
        pthread_mutex_lock(&check->lock);
        check->spare = check->done;
        check->done = NULL;
        pthread_mutex_unlock(&check->lock);
        if (check->spare)
            break;
        if (check->batch_count < BATCHES_PER_THREAD * (check->thread_count + 1))
            return batch_new(check);
        if (!work_one(check))
            return batch_new(check);
    }
    struct batch *batch = check->spare;
    check->spare = batch->next;
    batch->count = 0;
    batch->used = 0;
    return batch;
}

static void
batch_send(struct chain_check *check)
{
    struct batch *batch = check->filling;
    check->filling = NULL;
    if (!batch)
        return;
    pthread_mutex_lock(&check->lock);
    batch->next = check->waiting;
    check->waiting = batch;
    pthread_cond_signal(&check->arrived);
    pthread_mutex_unlock(&check->lock);
}

/* A batch with room for one more row of so many bytes. */
static struct batch *
batch_with_room(struct chain_check *check, size_t size)
{
    struct batch *batch = check->filling;
    if (batch && (batch->count == BATCH_ROWS || batch->used + size > batch->capacity))
        batch_send(check);
    if (!check->filling)
        check->filling = batch_get(check);
    batch = check->filling;
    if (size > batch->capacity) {
        ASSERT(batch->count == 0);
        batch->bytes = mem_grow(batch, batch->bytes, char, size);
        batch->capacity = size;
    }
    return batch;
}

static const char *
batch_text(struct batch *batch, const char *text, size_t length)
{
    char *copy = batch->bytes + batch->used;
    memcpy(copy, text, length + 1);
    batch->used += length + 1;
    return copy;
}

/* Numbers and links need the row before, so they are checked here, in order. */
static enum chain_fault
link_check(struct chain_check *check, const struct entry_row *row)
{
    static const uint8_t ZERO[SM3_LENGTH];
    const bool is_first = check->rows == 0 || strcmp(check->unit, row->unit) != 0;
    if (is_first) {
        talloc_free(check->unit);
        check->unit = mem_text(check, row->unit);
        check->streams++;
        memcpy(check->hash, ZERO, SM3_LENGTH);
        check->seq = 0;
    }
    enum chain_fault fault = CHAIN_SOUND;
    if (row->seq != check->seq + 1)
        fault = CHAIN_SEQ;
    else if (memcmp(row->prev_hash, check->hash, SM3_LENGTH) != 0)
        fault = CHAIN_LINK;
    check->seq = row->seq;
    memcpy(check->hash, row->hash, SM3_LENGTH);
    return fault;
}

void
chain_check_add(struct chain_check *check, const struct entry_row *row)
{
    const size_t unit = strlen(row->unit);
    const size_t act = strlen(row->act);
    const size_t at = strlen(row->at);
    const size_t actor = strlen(row->actor);
    const size_t body = strlen(row->body);
    const size_t padded = sm3_padded_length(SM3_LENGTH + body);
    const enum chain_fault fault = link_check(check, row);
    struct batch *batch = batch_with_room(check, unit + act + at + actor + 4 + padded);
    struct item *item = &batch->items[batch->count++];
    item->ordinal = check->rows++;
    item->stream = check->streams;
    item->seq = row->seq;
    item->unit = batch_text(batch, row->unit, unit);
    item->act = batch_text(batch, row->act, act);
    item->at = batch_text(batch, row->at, at);
    item->actor = batch_text(batch, row->actor, actor);
    item->message = (uint8_t *)batch->bytes + batch->used;
    item->body_length = body;
    memcpy(item->message, row->prev_hash, SM3_LENGTH);
    memcpy(item->message + SM3_LENGTH, row->body, body);
    sm3_pad(item->message, SM3_LENGTH + body);
    batch->used += padded;
    memcpy(item->hash, row->hash, SM3_LENGTH);
    if (fault != CHAIN_SOUND)
        report(check, item, fault);
}

/* ---- the end ---- */

static int
found_compare(const void *a, const void *b)
{
    const struct found *left = a;
    const struct found *right = b;
    if (left->ordinal != right->ordinal)
        return left->ordinal < right->ordinal ? -1 : 1;
    return (int)left->broken.fault - (int)right->broken.fault;
}

struct chain_result
chain_check_end(struct chain_check *check)
{
    batch_send(check);
    while (work_one(check))
        continue;
    check_release(check);
    qsort(check->found, check->found_count, sizeof *check->found, found_compare);
    struct chain_result result = {.entries = check->rows, .streams = check->streams};
    result.breaks = mem_array(check, struct chain_break, check->found_count);
    for (size_t i = 0; i < check->found_count; i++) {
        if (i == 0 || check->found[i].stream != check->found[i - 1].stream)
            result.breaks[result.break_count++] = check->found[i].broken;
    }
    return result;
}

/* ---- words ---- */

static const struct text FAULTS[] = {
#define X(symbol, zh, en) [CHAIN_##symbol] = {zh, en},
#include "ledger/chain_faults.def"
#undef X
};

struct text
chain_fault_text(enum chain_fault fault)
{
    return FAULTS[fault];
}

const char *
chain_break_words(struct ctx *ctx, const struct chain_break *found)
{
    return text_format(ctx, "%s 第 %lld 号记录：%s", "%s entry %lld: %s", found->unit,
                       (long long)found->seq, text_pick(ctx, FAULTS[found->fault]));
}
