/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rounds of voting 一次投票: one vote for one body. Numbers run through the village's stream, so a
 * number alone names body, kind and polling day. Opened by day.fix, nominate.announce, round.order.
 */
#pragma once

#include "store/db.h"

/* The way of a round, in this order; void (from any of them) ends it. */
enum round_state {
    ROUND_ORDERED,   /* opened: day.fix, nominate.announce, round.order */
    ROUND_NOTICED,   /* poll.notice */
    ROUND_PRINTED,   /* ballot.print */
    ROUND_OPEN,      /* poll.open; R is fixed */
    ROUND_CLOSED,    /* poll.close; I is final */
    ROUND_GATHERED,  /* every box is at the venue */
    ROUND_COUNTING,  /* count.open found the vote valid */
    ROUND_COUNTED,   /* count.close; V, X, B are final */
    ROUND_DERIVED,   /* outcome.record */
    ROUND_ANNOUNCED, /* result.announce */
    ROUND_SETTLED,   /* nothing of it is pending and what it left open is ordered or kept vacant */
    ROUND_VOID,      /* count.open or poll.void */
    ROUND_STATE_COUNT,
};

/* Word of a state: "ordered" … "void". */
const char *round_state_word(enum round_state state);
/* ROUND_STATE_COUNT if there is none of that name. */
enum round_state round_state_find(const char *word);

struct round {
    const char *unit;
    int64_t round; /* 1 … */
    const char *body;
    const char *kind; /* nomination, first, repeat, re_vote, second_poll, woman_seat, recall … */
    struct date polling_day; /* DATE_NONE for a nomination over several days */
    const char *state;
    int64_t after_round;     /* the round it comes from; 0: none */
    int64_t opened_seq;      /* entry that opened it */
    int64_t registered;      /* R; 0 until poll.open */
    int64_t issued;          /* I */
    int64_t recovered;       /* C, foreign papers in it */
    int64_t not_official;    /* papers in C that are no ballots of ours */
    int64_t valid;           /* V */
    int64_t invalid;         /* X */
    int64_t blank;           /* B */
    const char *void_ground; /* "" unless void: rule ids, or the ground of poll.void */
};

/* Posts up for the vote, in the order of the ballot. */
struct round_post {
    const char *unit;
    int64_t round;
    const char *post;
    int64_t place;
    int64_t seats;
};

/* A printed name, in the order of the ballot. */
struct round_candidate {
    const char *unit;
    int64_t round;
    const char *post;
    int64_t place; /* 1 … within the post */
    const char *person;
    const char *state; /* stands, struck */
};

/* Opens a round: unit, body, kind, polling_day, after_round, opened_seq are read; the number is the
 * next of the unit. */
enum err round_store_open(struct ctx *ctx, struct db *db, const struct round *round,
                          int64_t *ret_number) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err round_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                          struct round *ret_round) WARN_UNUSED;
/* All rounds of the unit, by number. */
enum err round_store_list(struct ctx *ctx, struct db *db, const char *unit,
                          struct round **ret_rounds, size_t *ret_count) WARN_UNUSED;
/* The last round of that body and kind (NULL: any but nomination), void ones too; ERR_NOT_FOUND
 * without words. */
enum err round_store_last(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                          const char *kind, struct round *ret_round) WARN_UNUSED;

/* Moves a round to `state`, whatever it was. */
enum err round_store_set_state(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                               enum round_state state) WARN_UNUSED;
/* Void 无效 on these grounds. */
enum err round_store_set_void(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                              const char *ground) WARN_UNUSED;
/* day.change: the polling day of every round of the body that is not yet open. */
enum err round_store_set_day(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                             struct date day) WARN_UNUSED;
/* poll.open: R. */
enum err round_store_set_registered(struct ctx *ctx, struct db *db, const char *unit,
                                    int64_t number, int64_t registered) WARN_UNUSED;
/* poll.close: I. */
enum err round_store_set_issued(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                                int64_t issued) WARN_UNUSED;
/* box.recover: C and the foreign papers in it. */
enum err round_store_set_recovered(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                                   int64_t recovered, int64_t not_official) WARN_UNUSED;
/* count.close: V, X, B. */
enum err
round_store_set_counted(struct ctx *ctx, struct db *db, const struct round *round) WARN_UNUSED;

/* Posts of a round; place is set in the order of the calls. A post added again gets new seats. */
enum err round_store_add_post(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                              const char *post, int64_t seats) WARN_UNUSED;
enum err round_store_posts(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                           struct round_post **ret_posts, size_t *ret_count) WARN_UNUSED;
/* Candidates 候选人: the list of one post, in ballot order, in place of what was there. `persons`
 * as in person fields. */
enum err round_store_set_candidates(struct ctx *ctx, struct db *db, const struct round_post *post,
                                    const char *const *persons, size_t count) WARN_UNUSED;
/* Of one post (NULL: of all, by post and place); struck ones too. */
enum err round_store_candidates(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                                const char *post, struct round_candidate **ret_list,
                                size_t *ret_count) WARN_UNUSED;
/* sanction.order, candidate.replace after printing: struck in every post of every round of that
 * body that is not yet announced. */
enum err round_store_strike(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                            const char *person) WARN_UNUSED;
