/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Marked papers read by the rules: valid, void, blank, and the votes they carry (CNT-03…06). The
 * same for a whole poll, a bundle of 50 papers, or nomination papers.
 */
#pragma once

#include "domain/finding.h"
#include "domain/names.h"
#include "domain/pack.h"
#include "domain/words.h"

/* What is printed for one post. */
struct ballot_post {
    enum post post;
    int64_t seats;
    struct names candidates;
};

/* What stands on one paper in the section of one post. */
struct ballot_section {
    struct names marks;     /* printed names marked for */
    struct names write_ins; /* written names */
    struct names against;   /* printed names marked against */
    bool unreadable;
};

struct ballot_paper {
    struct ballot_section *sections; /* as many as posts, in their order */
    bool is_signed;
    bool not_official;
    bool illegible_all;
};

enum ballot_scope { BALLOT_SCOPE_BY_PACK, BALLOT_SCOPE_SECTION, BALLOT_SCOPE_BALLOT };

struct ballot_facts {
    struct ballot_post *posts;
    size_t post_count;
    bool voters_known; /* false: written names are not tested */
    struct names voters;
    struct names duplicate_names; /* borne by two voters */
    enum ballot_scope scope;      /* what an over-vote voids */
    struct ballot_paper *papers;
    size_t paper_count;
};

struct ballot_votes {
    const char *name;
    int64_t votes;
};

/* Result of one section: valid + void = recovered; blank of the valid ones. */
struct ballot_tally {
    enum post post;
    int64_t valid;
    int64_t void_count;
    int64_t blank;
    struct ballot_votes *votes; /* printed names in their order, then written ones with votes */
    size_t vote_count;
};

/* Why a whole paper is void; PAPER_VALID if it is not. */
enum paper_reading {
    PAPER_VALID,
    PAPER_NOT_OFFICIAL,
    PAPER_ILLEGIBLE,
    PAPER_SIGNED,
    PAPER_OVER_VOTE,
    PAPER_TWO_POSTS,
    PAPER_ALL_SECTIONS_VOID
};

struct ballot_result {
    int64_t recovered;
    int64_t valid;
    int64_t void_count;
    int64_t blank;
    struct ballot_tally *sections; /* one per post */
    size_t section_count;
    enum paper_reading *readings; /* one per paper */
    bool *referred;               /* one per paper: valid, but for the committee to decide */
    struct derivation why;
};

/* ERR_INVALID with a field ("ballots[2].marks.member") for marks beside names not printed. */
enum err ballots_read(struct ctx *ctx, const struct pack *pack, const struct ballot_facts *facts,
                      struct ballot_result *ret_result) WARN_UNUSED;
struct text paper_reading_title(enum paper_reading reading);
