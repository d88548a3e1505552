/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds cells and rows, 64 bytes at a time: one pass says where separators and line ends stand and
 * which rows hold anything but printable ASCII and the characters U+4000 to U+9FFF. Only those are
 * looked at character by character (docs/adr/0003-a-scan-of-our-own.md).
 */
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "exchange/check_parts.h"

enum { BLOCK = 64 };

/* A bit per byte of the block. */
struct marks {
    uint64_t separators, ends, returns, quotes;
    uint64_t leads; /* E4 … E9, which begin a character of three bytes */
    uint64_t tails; /* 80 … BF */
    uint64_t plain; /* 20 … 7E */
};

#if defined(__SSE2__)
static inline uint64_t
bits(__m128i wide)
{
    return (uint32_t)_mm_movemask_epi8(wide);
}

static inline void
marks_find(const char *block, char separator, struct marks *ret_marks)
{
    struct marks marks = {0};
    for (int i = 0; i < BLOCK; i += 16) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(block + i));
        marks.separators |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(separator))) << i;
        marks.ends |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))) << i;
        marks.returns |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))) << i;
        marks.quotes |= bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('"'))) << i;
        /* Bytes are compared as signed numbers: 80 … BF are -128 … -65. */
        marks.leads |= bits(_mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(-29)),
                                          _mm_cmplt_epi8(v, _mm_set1_epi8(-22))))
                       << i;
        marks.tails |= bits(_mm_cmplt_epi8(v, _mm_set1_epi8(-64))) << i;
        marks.plain |= bits(_mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(0x1F)),
                                          _mm_cmplt_epi8(v, _mm_set1_epi8(0x7F))))
                       << i;
    }
    *ret_marks = marks;
}
#else
static inline void
marks_find(const char *block, char separator, struct marks *ret_marks)
{
    struct marks marks = {0};
    for (int i = 0; i < BLOCK; i++) {
        const unsigned char byte = (unsigned char)block[i];
        marks.separators |= (uint64_t)(block[i] == separator) << i;
        marks.ends |= (uint64_t)(byte == '\n') << i;
        marks.returns |= (uint64_t)(byte == '\r') << i;
        marks.quotes |= (uint64_t)(byte == '"') << i;
        marks.leads |= (uint64_t)(byte >= 0xE4 && byte <= 0xE9) << i;
        marks.tails |= (uint64_t)(byte >= 0x80 && byte <= 0xBF) << i;
        marks.plain |= (uint64_t)(byte >= 0x20 && byte <= 0x7E) << i;
    }
    *ret_marks = marks;
}
#endif

struct scan {
    struct check_worker *worker;
    struct check_chunk *chunk;
    struct check_memory memory;
    struct check_row row; /* the one being read */
    size_t ends[CHECK_CELLS];
    uint64_t tails_due; /* of a character that began in the block before */
    bool return_due;    /* the block before ended in \r */
};

static void
line_begin(struct scan *scan, size_t begin)
{
    struct check_chunk *chunk = scan->chunk;
    scan->row.begin = begin;
    scan->row.count = 0;
    scan->row.tame = true;
    if (begin < chunk->to && chunk->lines % CHECK_SAMPLE == 0) {
        if (chunk->sample_count % 64 == 0)
            chunk->samples =
                mem_grow(scan->worker->ctx->mem, chunk->samples, size_t, chunk->sample_count + 64);
        chunk->samples[chunk->sample_count++] = begin;
    }
}

static bool
row_end(struct scan *scan, size_t end)
{
    struct check_row *row = &scan->row;
    if (row->count <= CHECK_CELLS && end > row->begin && row->source->bytes[end - 1] == '\r')
        scan->ends[row->count - 1] = end - 1;
    if (!check_row_take(scan->worker, &scan->memory, row))
        return false;
    scan->chunk->lines++;
    line_begin(scan, end + 1);
    return true;
}

/* The bytes that make a row need a second look: neither plain nor a whole common character. */
static uint64_t
wild_find(struct scan *scan, const struct marks *marks)
{
    const uint64_t due = marks->leads << 1 | marks->leads << 2 | scan->tails_due;
    scan->tails_due = marks->leads >> 63 | marks->leads >> 62;
    const uint64_t known = marks->plain | marks->leads | marks->tails | marks->ends |
                           marks->separators | marks->returns;
    return ~known | (due ^ marks->tails);
}

/* A quotation mark changes what a comma is, a lone \r what a row is: the general reader's work. */
static bool
is_irregular(struct scan *scan, const struct marks *marks)
{
    const uint64_t after = marks->returns << 1 | (uint64_t)scan->return_due;
    scan->return_due = marks->returns >> 63;
    return (after & ~marks->ends) || (marks->quotes && !scan->row.source->listed);
}

static bool
block_take(struct scan *scan, size_t at, const struct marks *marks, uint64_t inside)
{
    struct check_row *row = &scan->row;
    uint64_t wild = wild_find(scan, marks) & inside;
    if (is_irregular(scan, marks))
        return false;
    for (uint64_t stops = (marks->separators | marks->ends) & inside; stops; stops &= stops - 1) {
        const int bit = __builtin_ctzll(stops);
        if (row->count < CHECK_CELLS)
            scan->ends[row->count] = at + (size_t)bit;
        row->count++;
        if (!(marks->ends >> bit & 1))
            continue;
        const uint64_t upto = ((uint64_t)2 << bit) - 1;
        row->tame &= !(wild & upto);
        wild &= ~upto;
        if (!row_end(scan, at + (size_t)bit))
            return false;
    }
    row->tame &= !wild;
    return true;
}

/* False if the source must be read by the general reader. */
static bool
chunk_scan(struct scan *scan)
{
    const struct check_source *source = scan->row.source;
    const struct check_chunk *chunk = scan->chunk;
    char rest[BLOCK];
    line_begin(scan, chunk->from);
    for (size_t at = chunk->from; at < chunk->to; at += BLOCK) {
        const char *block = source->bytes + at;
        const size_t left = chunk->to - at;
        const uint64_t inside = left < BLOCK ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
        struct marks marks;
        if (left < BLOCK) {
            /* A chunk ends with a line, so what is put behind it is never looked at. */
            memset(rest, '\n', sizeof rest);
            memcpy(rest, block, left);
            block = rest;
        }
        marks_find(block, source->separator, &marks);
        if (!block_take(scan, at, &marks, inside))
            return false;
    }
    return true;
}

void
check_scan(struct check_worker *worker)
{
    struct roll_check *check = worker->check;
    struct scan scan = {.worker = worker};
    scan.row.ends = scan.ends;
    for (;;) {
        const size_t next = __atomic_fetch_add(&check->next, 1, __ATOMIC_RELAXED);
        if (next >= check->chunk_count)
            return;
        scan.chunk = &check->chunks[next];
        struct check_source *source = &check->sources[scan.chunk->source];
        scan.row.source = source;
        scan.row.source_index = scan.chunk->source;
        scan.tails_due = 0;
        scan.return_due = false;
        if (source->irregular || !chunk_scan(&scan))
            source->irregular = true; /* written by several threads, always the same */
    }
}
