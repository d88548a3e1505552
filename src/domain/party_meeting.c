/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/party_meeting.h"

#include <inttypes.h>

#include "domain/majority.h"

static const char *const NEXT_WORDS[] = {
    [PARTY_DONE] = "done",
    [PARTY_RE_VOTE] = "re_vote",
    [PARTY_FURTHER_ELECTION] = "further_election",
    [PARTY_REPEAT] = "repeat",
};

#define WHY(ctx, result, rule, zh, en, ...)                                                        \
    derivation_add((ctx), &(result)->why, (rule), text_format((ctx), (zh), (en), ##__VA_ARGS__))

const char *
party_next_word(enum party_next next)
{
    return NEXT_WORDS[next];
}

int64_t
party_surplus_need(enum party_body body, int64_t seats)
{
    return body == PARTY_OFFICERS ? seats : seats + least_fraction(seats, 1, 5);
}

static enum err
number_check(struct ctx *ctx, const char *field, int64_t number, int64_t least, int64_t most)
{
    if (number < least || number > most)
        return FAIL_FIELD(ctx, field, "%s：%" PRId64 " 不在 %" PRId64 "…%" PRId64 " 之内",
                          "%s: %" PRId64 " is not within %" PRId64 "…%" PRId64, field, number,
                          least, most);
    return ERR_OK;
}

static enum err
facts_check(struct ctx *ctx, const struct party_facts *facts)
{
    const int64_t most = MAJORITY_MAX - 1;
    struct name_table seen = {0};
    TRY(number_check(ctx, "full_members", facts->full_members, 1, most));
    TRY(number_check(ctx, "exclusions", (int64_t)facts->exclusion_count, 0, facts->full_members));
    TRY(number_check(ctx, "present", facts->present, 0, facts->full_members));
    TRY(number_check(ctx, "issued", facts->issued, 0, most));
    TRY(number_check(ctx, "recovered", facts->recovered, 0, most));
    TRY(number_check(ctx, "void", facts->void_count, 0, facts->recovered));
    TRY(number_check(ctx, "seats", facts->seats, 1, most));
    for (size_t i = 0; i < facts->candidate_count; i++) {
        const struct party_candidate *candidate = &facts->candidates[i];
        TRY(number_check(ctx, mem_printf(ctx->mem, "candidates[%zu].for", i), candidate->votes, 0,
                         facts->recovered - facts->void_count));
        if (name_add(ctx, &seen, candidate->name) != i)
            return FAIL_FIELD(ctx, mem_printf(ctx->mem, "candidates[%zu].name", i), "%s 出现两次",
                              "%s stands twice", candidate->name);
    }
    return ERR_OK;
}

/* 应到会: 正式党员减去按程序可以不计算在内的. */
static void
attendance_decide(struct ctx *ctx, const struct party_facts *facts, struct party_result *result)
{
    int64_t excluded = 0;
    for (size_t i = 0; i < facts->exclusion_count; i++) {
        const struct party_exclusion *it = &facts->exclusions[i];
        excluded += it->member_heard && it->township_consent && it->meeting_passed;
    }
    result->should_attend = facts->full_members - excluded;
    result->quorum = at_least(facts->present, result->should_attend, 4, 5);
    WHY(ctx, result, RULE_PTY_04,
        "正式党员 %" PRId64 " 名，按程序不计入 %" PRId64 " 名：应到 %" PRId64 " 名",
        "%" PRId64 " full members, %" PRId64 " excluded by procedure: %" PRId64 " should attend",
        facts->full_members, excluded, result->should_attend);
    if (result->quorum)
        WHY(ctx, result, RULE_PTY_04,
            "实到 %" PRId64 " ×5 = %" PRId64 " ≥ 应到 ×4 = %" PRId64 "：可以开会选举",
            "%" PRId64 " present ×5 = %" PRId64 " ≥ should attend ×4 = %" PRId64 ": quorum",
            facts->present, 5 * facts->present, 4 * result->should_attend);
    else
        WHY(ctx, result, RULE_PTY_04,
            "实到 %" PRId64 " ×5 = %" PRId64 " < 应到 ×4 = %" PRId64 "：到会不足，不能选举",
            "%" PRId64 " present ×5 = %" PRId64 " < should attend ×4 = %" PRId64 ": no quorum",
            facts->present, 5 * facts->present, 4 * result->should_attend);
}

static void
surplus_decide(struct ctx *ctx, const struct party_facts *facts, struct party_result *result)
{
    int64_t printed = 0;
    for (size_t i = 0; i < facts->candidate_count; i++)
        printed += !facts->candidates[i].write_in;
    result->surplus_need = party_surplus_need(facts->body, facts->seats);
    result->surplus_ok = printed >= result->surplus_need;
    WHY(ctx, result, RULE_PTY_03,
        "应选 %" PRId64 " 名，候选人至少 %" PRId64 " 名，现有 %" PRId64 " 名",
        "%" PRId64 " seats: at least %" PRId64 " candidates, there are %" PRId64, facts->seats,
        result->surplus_need, printed);
}

static void
validity_decide(struct ctx *ctx, const struct party_facts *facts, struct party_result *result)
{
    const bool papers = facts->recovered <= facts->issued && facts->recovered <= facts->present;
    result->valid = result->quorum && result->surplus_ok && papers;
    if (papers)
        WHY(ctx, result, RULE_PTY_06,
            "收回 %" PRId64 " 张，不多于发出 %" PRId64 " 张和投票人数 %" PRId64,
            "%" PRId64 " recovered, no more than %" PRId64 " issued and %" PRId64 " present",
            facts->recovered, facts->issued, facts->present);
    else
        WHY(ctx, result, RULE_PTY_06,
            "收回 %" PRId64 " 张，多于发出 %" PRId64 " 张或者投票人数 %" PRId64 "：选举无效",
            "%" PRId64 " recovered, more than %" PRId64 " issued or %" PRId64
            " present: the vote is invalid",
            facts->recovered, facts->issued, facts->present);
}

struct standing {
    const struct party_candidate *candidate;
    size_t place;
};

static int
standing_compare(const void *left, const void *right)
{
    const struct standing *a = left;
    const struct standing *b = right;
    if (a->candidate->votes != b->candidate->votes)
        return a->candidate->votes > b->candidate->votes ? -1 : 1;
    return a->place < b->place ? -1 : 1; /* equal votes keep the order given */
}

/* Those who reach the threshold, by votes. */
static struct standing *
standings_make(struct ctx *ctx, const struct party_facts *facts, int64_t threshold,
               size_t *ret_count)
{
    struct standing *list = mem_array(ctx->mem, struct standing, facts->candidate_count);
    size_t count = 0;
    for (size_t i = 0; i < facts->candidate_count; i++) {
        if (facts->candidates[i].votes >= threshold)
            list[count++] = (struct standing){&facts->candidates[i], i};
    }
    qsort(list, count, sizeof *list, standing_compare);
    *ret_count = count;
    return list;
}

/* 选举条例: 赞成票超过实到会有选举权人数的半数; 票数相等不能确定的再次投票. */
static void
seats_fill(struct ctx *ctx, const struct party_facts *facts, struct party_result *result)
{
    size_t count = 0;
    const struct standing *list = standings_make(ctx, facts, result->threshold, &count);
    const size_t seats = (size_t)facts->seats;
    const bool cut_is_tied =
        count > seats && list[seats].candidate->votes == list[seats - 1].candidate->votes;
    const int64_t cut = cut_is_tied ? list[seats].candidate->votes : -1;
    for (size_t i = 0; i < count; i++) {
        const struct party_candidate *candidate = list[i].candidate;
        if (candidate->votes == cut) {
            names_append(ctx, &result->tied, candidate->name);
        } else if (i < seats) {
            names_append(ctx, &result->elected, candidate->name);
            WHY(ctx, result, RULE_PTY_07, "%s 得赞成票 %" PRId64 " ≥ %" PRId64 "，当选",
                "%s: %" PRId64 " for ≥ %" PRId64 ", elected", candidate->name, candidate->votes,
                result->threshold);
        }
    }
    if (result->tied.count > 0)
        WHY(ctx, result, RULE_PTY_07, "%s 票数相等，就他们再次投票",
            "%s have equal votes and meet in a re-vote", names_join(ctx, &result->tied));
}

static void
next_decide(struct ctx *ctx, struct party_result *result)
{
    if (result->tied.count > 0)
        result->next = PARTY_RE_VOTE;
    else if (result->vacant == 0)
        result->next = PARTY_DONE;
    else
        result->next = PARTY_FURTHER_ELECTION;
    if (result->next == PARTY_FURTHER_ELECTION)
        WHY(ctx, result, RULE_PTY_07, "缺 %" PRId64 " 名，不足的名额另行选举",
            "%" PRId64 " vacant: a further election", result->vacant);
}

enum err
party_meeting_decide(struct ctx *ctx, const struct party_facts *facts,
                     struct party_result *ret_result)
{
    struct party_result result = {.vacant = facts->seats, .next = PARTY_REPEAT};
    TRY(facts_check(ctx, facts));
    attendance_decide(ctx, facts, &result);
    surplus_decide(ctx, facts, &result);
    validity_decide(ctx, facts, &result);
    if (result.valid) {
        result.threshold = least_majority(facts->present);
        WHY(ctx, &result, RULE_PTY_07, "至少 %" PRId64 " 票当选：×2 = %" PRId64 " > 实到 %" PRId64,
            "%" PRId64 " votes elect: ×2 = %" PRId64 " > %" PRId64 " present", result.threshold,
            2 * result.threshold, facts->present);
        seats_fill(ctx, facts, &result);
        result.vacant = facts->seats - (int64_t)result.elected.count;
        next_decide(ctx, &result);
    }
    *ret_result = result;
    return ERR_OK;
}
