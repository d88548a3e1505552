/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One round of a villagers' committee vote: who is elected, who is tied, what comes next. The
 * statute: 组织法 §15 (2018) / §18 (2025); the order of work: 规程; what varies: the pack.
 */
#pragma once

#include "domain/finding.h"
#include "domain/names.h"
#include "domain/pack.h"
#include "domain/words.h"

struct poll_candidate {
    const char *name;
    enum sex sex;
    int64_t votes;
    bool write_in;
    bool registered;
    bool age_ok;
    struct names kin; /* relatives within the pack's scope; one side suffices */
};

/* Ballots of one kind: I, C, X. */
struct poll_papers {
    int64_t issued;
    int64_t recovered;
    int64_t void_count;
};

struct poll_post {
    enum post post; /* a village post */
    int64_t seats;
    bool own;                  /* 分票: the post has a ballot of its own, */
    struct poll_papers papers; /* with these figures instead of those of the facts */
    int64_t section_void;      /* ballots whose section for this post is void */
    struct poll_candidate *candidates;
    size_t count;
};

/* Elected in an earlier round of the same election. */
struct poll_before {
    enum post post;
    const char *name;
    enum sex sex;
};

enum poll_merge { MERGE_NONE, MERGE_DOWN_ADD };

/* R, I, C, X: registered, issued, recovered, void. Round 1 or 2. re_vote 再次投票: the candidates
 * are those who were tied, most votes win whatever their share (OUT-03). */
struct poll_facts {
    int64_t registered;
    int64_t issued;
    int64_t recovered;
    int64_t void_count;
    int64_t round;
    bool combined; /* one ballot carries all posts */
    bool re_vote;
    enum poll_merge merge;
    struct poll_post *posts;
    size_t post_count;
    struct poll_before *before;
    size_t before_count;
};

enum poll_next {
    NEXT_DONE,
    NEXT_RE_VOTE,
    NEXT_SECOND_POLL,
    NEXT_WOMAN_SEAT,
    NEXT_MAY_STOP,
    NEXT_REPEAT, /* the post's own ballots were not valid */
};
enum poll_acting { ACTING_NOBODY, ACTING_VICE_CHAIR, ACTING_BY_REPRESENTATIVES, ACTING_TOP_MEMBER };

struct poll_outcome {
    enum post post;
    struct names elected; /* by votes */
    struct names pending; /* write-in winners held for review */
    struct names tied;
    int64_t vacant;
    enum poll_next next;
    struct names second_candidates;
    bool is_void;      /* separate: the post's ballots are not valid and not counted */
    int64_t threshold; /* least votes that elect to this post; 0 if void */
};

/* When not valid nothing is counted: threshold 0, no outcomes. Separate (a post has ballots of its
 * own): each post stands or falls by its ballots, valid if any is; threshold 0, see the posts'. */
struct poll_result {
    bool valid;
    bool separate;
    struct findings invalid; /* CNT-01, CNT-02 */
    int64_t threshold;       /* least votes that elect */
    struct poll_outcome *outcomes;
    size_t outcome_count;
    enum poll_acting acting;
    struct findings warnings;
    struct derivation why;
};

/* ERR_INVALID with a field ("posts[0].candidates[1].votes") for impossible facts. */
enum err poll_decide(struct ctx *ctx, const struct pack *pack, const struct poll_facts *facts,
                     struct poll_result *ret_result) WARN_UNUSED;
/* Words of files: "re_vote", "vice_chair"; NULL for ACTING_NOBODY. */
const char *poll_next_word(enum poll_next next);
struct text poll_next_title(enum poll_next next);
const char *poll_acting_word(enum poll_acting acting);
