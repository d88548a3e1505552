/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cunxuan-verify: checks the bundle of a sealed village, for people who trust nobody. Written from
 * docs/formats.md alone; shares no code with the program that wrote the bundle. One run reads one
 * file after the other and ends: memory is given back at the end.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { HASH = 32, HEX = 64 };

/* Bytes lent by the file that was read. */
struct bytes {
    const char *at;
    size_t length;
};

/* --- one bundle (run.c) --- */
/* Words go to `out` (NULL: nowhere) and begin with the name of the file. Forgets earlier faults. */
void words_begin(FILE *out, bool english, const char *name);
/* How many faults the bundle has. */
size_t bundle_check(struct bytes bytes);
void memory_give_back(void); /* all that was taken */

#define WORDS __attribute__((format(printf, 1, 3), format(printf, 2, 3)))
/* Something that is wrong, said and counted. Same arguments in both languages. */
void fault(const char *zh, const char *en, ...) WORDS;
void say(const char *zh, const char *en, ...) WORDS;
void *take(size_t count, size_t size); /* zeroed memory; ends the run if there is none */
void *more(void *old, size_t count, size_t size);

struct bytes bytes_of(const char *text);
bool bytes_are(struct bytes a, struct bytes b);
bool bytes_say(struct bytes a, const char *text);

/* --- JSON, canonical only (json.c) --- */
enum json_type { JSON_NONE, JSON_WORD, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };
struct json {
    enum json_type type;
    int64_t number;     /* JSON_NUMBER; JSON_WORD: 1 true, 0 false, -1 null */
    struct bytes text;  /* JSON_TEXT, decoded */
    struct bytes key;   /* as a member of an object */
    struct json *items; /* JSON_LIST, JSON_OBJECT */
    size_t count;
};
/* False unless the bytes are one value in its canonical form (§2). */
bool json_parse(struct bytes bytes, struct json *ret_value);
/* A member or item; a value of type JSON_NONE if there is none. */
const struct json *json_get(const struct json *object, const char *key);
int64_t json_int(const struct json *object, const char *key);       /* 0 */
struct bytes json_text(const struct json *object, const char *key); /* "" */
/* True if the object has exactly the keys named, parted by blanks, in order. */
bool json_has_only(const struct json *object, const char *keys);

/* --- hashes and signatures (crypto.c) --- */
void hash_two(struct bytes a, struct bytes b, unsigned char ret_hash[HASH]); /* SM3(a ‖ b) */
void hex_of(const unsigned char *bytes, size_t length, char *ret_text);
bool hex_read(struct bytes text, unsigned char *ret_bytes, size_t length);
bool hash_is(struct bytes bytes, struct bytes hex);
struct key;
struct key *key_read(struct bytes pem, char ret_fingerprint[HEX + 1]); /* NULL: no SM2 key */
void key_free(struct key *key);                                        /* NULL: nothing */
bool key_signed(const struct key *key, struct bytes text, struct bytes signature);

/* --- the file (tar.c) --- */
struct file {
    struct bytes name;
    struct bytes content;
};
struct bundle {
    struct file *files;
    size_t count;
    struct json manifest;
};
bool bundle_open(struct bytes bytes, struct bundle *ret_bundle);
const struct bytes *bundle_file(const struct bundle *bundle, const char *name);

/* --- the ledger (ledger.c) --- */
struct record {
    struct json body;
    struct bytes raw;  /* the body's bytes */
    struct bytes hash; /* hex */
    bool dead;         /* withdrawn, or replaced by a correction */
};
struct ledger {
    struct record *records;
    size_t count;
};
void ledger_check(const struct bundle *bundle, struct ledger *ret_ledger);
/* The stream begins with the opening of the term; says so if that is an exercise (§3). */
void opening_check(const struct ledger *ledger);
void checkpoints_check(const struct bundle *bundle, const struct ledger *ledger);
void blobs_check(const struct bundle *bundle, const struct ledger *ledger);

/* --- the count (count.c) and the outcome (outcome.c) --- */
/* Ballots of one kind. */
struct papers {
    int64_t counted; /* in the bundles */
    int64_t invalid;
    int64_t recovered; /* by box.recover */
    int64_t issued;    /* by box.close; -1: no box was closed in this ledger */
    int64_t form;      /* the number of its form; 0: one ballot carries all posts */
    int64_t designed;  /* the form that carries the post, by ballot.design */
};
struct tally {
    bool separate;         /* a ballot for each post */
    struct papers *papers; /* separate: by post; else one */
    int64_t **votes;       /* by post and place in its list "counted" */
};
/* More than half of the registered, and no more than were issued. */
bool papers_are_valid(const struct papers *papers, int64_t registered);
/* Counts the round of one row of outcomes.json from the ledger alone. */
void count_round(const struct ledger *ledger, const struct json *round, struct tally *ret_tally);
void outcomes_check(const struct bundle *bundle, const struct ledger *ledger);
/* --- rounds among themselves (rounds.c) --- */
/* The standing outcome.record of the round: its last one, unless a recount followed; 0 if none. */
int64_t outcome_entry(const struct ledger *ledger, int64_t round);
/* chair 0, vice_chair 1, others 2. */
int post_rank(struct bytes post);
/* Rows of outcomes.json, shaped, against what opened, voided and confirmed them, and one another.
 */
void rounds_check(const struct ledger *ledger, const struct json *rows);
