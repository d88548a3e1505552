/* SPDX-License-Identifier: Apache-2.0 */
/* A count on its way: what the hands entered (count.c), and what it adds up to (papers.c). */
#pragma once

#include "verify.h"

/* A round of more ballots, or a ballot of more posts, is no village's. */
enum { HANDS = 2, BUNDLE_MOST = 1000, BALLOTS_MOST = 200000, POSTS_MOST = 20 };

struct names {
    struct bytes *list; /* sorted, each once */
    size_t count;
};

/* One post of one ballot as a hand read it. */
struct section {
    struct names marks;
    struct names write_ins;
    struct names against;
    struct bytes defect;
};

/* One row of typed totals. */
struct total {
    size_t post;
    struct bytes person;
    int64_t votes;
};

struct hand {
    int64_t attempt;          /* 0: nothing entered */
    struct section *sections; /* by ballot and post; NULL if totals were typed */
    struct total *totals;
    size_t total_count;
    int64_t invalid;
};

struct pile {
    int64_t size;
    size_t kind; /* of its ballots: place in tally->papers */
    struct hand hands[HANDS];
    bool closed; /* equal or settled */
    bool *again; /* by ballot: differed, to be entered again; NULL: all are to be entered */
    struct bytes *rulings; /* by ballot; NULL: none */
};

struct count {
    const struct json *round; /* row of outcomes.json */
    const struct json *posts;
    size_t post_count;
    struct pile *piles;
    size_t pile_count;
    struct tally *tally;
};

bool names_have(const struct names *names, struct bytes name);
/* Adds a bundle to count->tally; says if the hands do not agree on it. */
void pile_count(const struct count *count, size_t number);
