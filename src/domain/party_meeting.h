/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The members' meeting of a village Party organisation that elects its committee or officers
 * (中国共产党基层组织选举工作条例): quorum, surplus, who is elected.
 */
#pragma once

#include "domain/finding.h"
#include "domain/names.h"
#include "domain/pack.h"

/* 选举条例: the five cases in which a member need not be counted. */
enum party_reason { PARTY_MENTAL, PARTY_ABROAD, PARTY_DETAINED, PARTY_BEDRIDDEN, PARTY_MOVED_AWAY };

/* One member who may be left out of those who should attend: all three steps or none. */
struct party_exclusion {
    enum party_reason reason;
    bool member_heard;
    bool township_consent;
    bool meeting_passed;
};

struct party_candidate {
    const char *name;
    int64_t votes; /* 赞成 */
    bool write_in;
};

enum party_body { PARTY_COMMITTEE, PARTY_OFFICERS };

/* `present`: full members with a vote; probationary members never count. */
struct party_facts {
    int64_t full_members;
    struct party_exclusion *exclusions;
    size_t exclusion_count;
    int64_t present;
    int64_t issued;
    int64_t recovered;
    int64_t void_count;
    int64_t seats;
    struct party_candidate *candidates;
    size_t candidate_count;
    enum party_body body;
};

enum party_next { PARTY_DONE, PARTY_RE_VOTE, PARTY_FURTHER_ELECTION, PARTY_REPEAT };

struct party_result {
    int64_t should_attend;
    bool quorum;
    int64_t surplus_need; /* least number of printed candidates */
    bool surplus_ok;
    bool valid;
    int64_t threshold; /* 0 when not valid */
    struct names elected;
    struct names tied;
    int64_t vacant;
    enum party_next next;
    struct derivation why;
};

/* Least number of candidates: committee seats + ⌈seats/5⌉ (差额不少于 20%), officers seats. */
int64_t party_surplus_need(enum party_body body, int64_t seats);
/* ERR_INVALID with a field for impossible facts. */
enum err party_meeting_decide(struct ctx *ctx, const struct party_facts *facts,
                              struct party_result *ret_result) WARN_UNUSED;
const char *party_next_word(enum party_next next);
