/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of poll_decide, shared by poll.c and outcome_*.c; nobody else includes it.
 *
 * Steps: persons and contests are built (votes merged, sorted), then each rank is filled from the
 * top: chair; vice-chair; women's member and member together. Within a rank the contests are
 * filled, one conflict of kin is settled, and they are filled anew until no conflict is left.
 */
#pragma once

#include "domain/poll.h"

enum rank { RANK_CHAIR, RANK_VICE_CHAIR, RANK_MEMBER, RANK_COUNT };

/* Everybody named anywhere, one per distinct name. */
struct person {
    const char *name;
    size_t *kin; /* numbers of persons, both directions */
    size_t kin_count;
    size_t kin_capacity;
    const struct poll_before *before; /* NULL: not elected before */
    bool grouped;                     /* meets equal kin for an open seat of the rank at hand */
    bool seated;                      /* in this round */
    enum rank seated_rank;
};

enum entry_state { ENTRY_OUT, ENTRY_SEATED, ENTRY_TIED };

#define GROUP_NONE ((size_t)-1)

/* A candidate or write-in of one post. */
struct entry {
    const struct poll_candidate *candidate;
    size_t person;
    size_t place;  /* in the order given */
    int64_t votes; /* with the votes that count on from higher posts */
    bool counts;   /* false: void entry */
    bool left_out; /* by the kin rule */
    bool first;    /* seated first as the woman with most votes */
    size_t group;  /* equal kin who meet for one open seat, or GROUP_NONE */
    enum entry_state state;
};

struct contest {
    const struct poll_post *post;
    enum rank rank;
    struct entry *entries; /* by votes, then by place */
    size_t count;
    int64_t threshold; /* least votes that elect */
    bool is_void;      /* its own ballots are not valid: nothing is counted */
    bool woman_rule;   /* a woman must be seated here (OUT-06) */
    bool kept;         /* a seat is kept for a woman */
};

struct outcome {
    struct ctx *ctx;
    const struct pack *pack;
    const struct poll_facts *facts;
    struct poll_result *result;
    struct name_table names;
    struct person *persons;
    struct contest *contests; /* in the order of posts */
    enum kin_scope scope;     /* who may not sit together; KIN_NONE: nobody asks */
    size_t groups;            /* numbers of groups given out */
};

enum rank rank_of(enum post post);
/* The ballots a post is voted on with: its own, or those of all. */
struct poll_papers papers_of(const struct poll_facts *facts, const struct poll_post *post);
/* CNT-01, CNT-02. */
bool papers_are_valid(const struct poll_facts *facts, struct poll_papers papers);
/* Least votes that elect, of so many recovered. */
int64_t threshold_of(const struct poll_facts *facts, int64_t recovered);
void outcome_build(struct outcome *outcome);
/* Fills one contest anew: left-out entries and groups stay, all else is decided again. */
void contest_fill(const struct outcome *outcome, struct contest *contest);
/* Fills all contests of a rank and settles its kin, then marks who is seated. */
void rank_settle(struct outcome *outcome, enum rank rank);
bool persons_are_kin(const struct outcome *outcome, size_t a, size_t b);
/* True if the person is kin of somebody seated now or elected before in that or a higher rank.
 * `same`: people of this round in the same rank count too. *ret_who is one of them. */
bool person_kin_is_seated(const struct outcome *outcome, size_t person, enum rank rank, bool same,
                          size_t *ret_who);
void outcome_next(struct outcome *outcome);
/* Sentences of the derivation. */
/* `post` NULL: of the whole vote. */
void why_validity(struct outcome *outcome, const struct poll_post *post, struct poll_papers papers);
void
why_threshold(struct outcome *outcome, const struct poll_post *post, struct poll_papers papers);
void why_contest(struct outcome *outcome, const struct contest *contest);
void
why_next(struct outcome *outcome, const struct contest *contest, const struct poll_outcome *post);
void why_kin_out(struct outcome *outcome, size_t stays, size_t leaves);
void why_kin_equal(struct outcome *outcome, size_t a, size_t b);
