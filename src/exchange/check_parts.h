/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of roll_check.h. A file is a text of rows and cells (check_text.c); scanning
 * (check_scan.c) tests each row and leaves 32 bytes of it, spread by identity number over parts;
 * comparing (check_compare.c) works on one part at a time, so both need no lock. Texts are looked
 * up again from the file when a finding is told.
 */
#pragma once

#include <pthread.h>

#include "base/buf.h"
#include "domain/names.h"
#include "exchange/roll_check.h"

enum { CHECK_PARTS = 256, CHECK_CELLS = 64, CHECK_SAMPLE = 64, CHECK_THREADS = 16 };
enum { CHECK_ROW_LONGEST = 8 * 1024 };

/* What a person's row says besides: bits of check_rec.marks; the source stands in the top byte. */
enum {
    MARK_HEAD = 3, /* 1, 2, 3; 0: not said */
    MARK_FEMALE = 4,
    MARK_ADULT = 8,
    MARK_OLD = 16,     /* a number of 15 digits */
    MARK_REFUSED = 32, /* it has a number that cannot be used */
    MARK_HOLDS = 64,   /* deprived: on polling day */
    MARK_NO = 128,     /* away: will not take part */
    MARK_SILENT = 256,
    MARK_EXPLAINED = 512, /* missing, with a reason */
    MARK_SOURCE_SHIFT = 24,
};

/* key: 17 digits of the number, 0: none. birth: 19820327, 0: not known. */
struct check_rec {
    uint64_t key;
    uint64_t at; /* where its row begins in the source */
    uint32_t village;
    uint32_t household; /* hash with the village, 0: not said */
    uint32_t name;      /* hash of the clean name */
    uint32_t marks;
};

/* A row without a number that can be used. */
struct check_loose {
    struct check_rec rec;
    uint32_t birth;
};

struct check_found {
    uint64_t at, other_at;
    uint32_t village; /* the other one, 0: none */
    uint8_t source, other_source;
    uint8_t fault, column;
};

#define VECTOR(name, type)                                                                         \
    struct name {                                                                                  \
        type *list;                                                                                \
        size_t count, capacity;                                                                    \
    }
VECTOR(check_recs, struct check_rec);
VECTOR(check_looses, struct check_loose);
VECTOR(check_founds, struct check_found);

/* Room for one more at the end; not zeroed. */
#define VECTOR_ADD(mem, vector, type)                                                              \
    ((vector)->count == (vector)->capacity                                                         \
         ? ((vector)->capacity = (vector)->capacity ? 2 * (vector)->capacity : 64,                 \
            (vector)->list = mem_grow((mem), (vector)->list, type, (vector)->capacity),            \
            &(vector)->list[(vector)->count++])                                                    \
         : &(vector)->list[(vector)->count++])

struct check_span {
    const char *text;
    size_t length;
};

/* A piece of a source that one thread scans. samples: where each CHECK_SAMPLE-th line begins. */
struct check_chunk {
    size_t source, from, to;
    int64_t lines; /* in it */
    size_t *samples;
    size_t sample_count;
};

struct check_source {
    const char *path;
    enum roll_kind kind;
    struct file_bytes map; /* the file, if it is scanned as it lies */
    const char *bytes;
    size_t length;
    size_t first; /* where the first row below the header begins */
    int64_t first_line;
    char separator;
    bool listed; /* made by us: the line's number is the first cell */
    struct roll_head head;
    const char *sheet; /* name of the sheet, "" */
    size_t header_cells;
    struct sheet_row *above; /* titles and header */
    size_t above_count;
    struct {
        size_t place;
        enum roll_column column;
    } known[ROLL_COLUMN_COUNT]; /* from left to right */
    size_t known_count;
    uint32_t village; /* of the whole file, if it has no column 村 */
    bool irregular;   /* the scan met what only the general reader can read */
    size_t chunk_from, chunk_to;
};

/* What one thread gathers. Indexed by roll_kind. */
struct check_worker {
    struct roll_check *check;
    struct ctx *ctx;
    struct check_recs parts[ROLL_KIND_COUNT][CHECK_PARTS];
    struct check_looses loose[ROLL_KIND_COUNT];
    struct check_founds founds;
    struct check_recs doubles;   /* roll rows whose number comes again */
    struct check_recs missing;   /* register rows not on the roll */
    struct check_founds changes; /* fault: an enum roll_change */
    int64_t people, women, adults;
    uint32_t youngest; /* of the last roll */
    uint8_t *seen;     /* by village: SEEN_x */
    size_t seen_count;
    struct check_slot *slots;
    size_t slot_capacity;
    pthread_t thread;
};

enum { SEEN_ROLL = 1, SEEN_REGISTER = 2 };

struct roll_check {
    struct ctx *ctx;
    struct roll_check_plan plan;
    struct check_source *sources;
    struct check_chunk *chunks;
    size_t chunk_count;
    struct name_table villages; /* number 0 is "": not known */
    pthread_mutex_t lock;       /* over villages and the two counters */
    size_t next;
    struct check_worker *workers;
    int threads;
    uint32_t last_birth; /* 20081210: of those who are of age */
    uint32_t last_term;  /* the same for the last term; 0: not known */
    bool has[ROLL_KIND_COUNT];
    uint8_t *seen;       /* by village: which lists have it */
    bool villages_apart; /* no village of the registers is one of the rolls: names that differ */
    struct check_founds founds, changes;
    struct roll_check_counts counts;
};

/* check_text.c */
enum err check_source_open(struct roll_check *check, size_t index, bool plain) WARN_UNUSED;
void check_chunks_make(struct roll_check *check);
/* Cuts a row at `at`; returns how many cells it has, at most `most` are set. */
size_t
check_row_cut(const struct check_source *source, size_t at, struct check_span *cells, size_t most);
struct check_span check_cell(const struct check_source *source, size_t at, enum roll_column column);
int64_t check_line(const struct roll_check *check, size_t source, size_t at);
uint32_t check_village(struct roll_check *check, const char *name);

/* check_scan.c: all chunks, in threads. */
void check_scan(struct check_worker *worker);
/* check_row.c */
struct check_row {
    const struct check_source *source;
    size_t source_index;
    const size_t *ends; /* of the cells */
    size_t count, begin;
    bool tame; /* nothing but ASCII and common Chinese characters */
};
/* What a thread remembers between rows. */
struct check_memory {
    char village[64];
    size_t village_length;
    uint32_t village_number;
};
/* False if only the general reader can read the row. */
bool check_row_take(struct check_worker *worker, struct check_memory *memory,
                    const struct check_row *row);
uint32_t check_hash(const char *text, size_t length);
struct check_found *check_found_add(struct check_worker *worker, const struct check_rec *rec,
                                    enum roll_fault fault, enum roll_column column);
void check_found_other(struct check_found *found, const struct check_rec *other);

/* check_compare.c: parts, in threads; then what needs all of them. */
void check_compare(struct check_worker *worker);
/* True if the lists can be compared about a person of village `a` and one of village `b`. */
bool check_same_village(const struct roll_check *check, uint32_t a, uint32_t b);
/* True if that list (SEEN_x) has people of the village, or of villages it does not name. */
bool check_covers(const struct roll_check *check, uint32_t village, uint8_t seen);
/* check_csv.c: RFC 4180; a text that a spreadsheet program would take for a formula gets an
 * apostrophe. */
void check_csv_cell(struct buf *buf, const char *text, bool first);
/* check_settle.c */
void check_settle(struct roll_check *check);

static inline size_t
check_part(uint64_t key)
{
    return (size_t)((key * 0x9E3779B97F4A7C15u) >> 56);
}

static inline uint32_t
check_birth(uint64_t key)
{
    return (uint32_t)(key / 1000 % 100000000);
}
