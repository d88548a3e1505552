/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "domain/outcome.h"

/* One sentence with its rule. */
#define WHY(outcome, rule, zh, en, ...)                                                            \
    derivation_add((outcome)->ctx, &(outcome)->result->why, (rule),                                \
                   text_format((outcome)->ctx, (zh), (en), ##__VA_ARGS__))

static const char *
post_words(const struct outcome *outcome, enum post post)
{
    return text_pick(outcome->ctx, post_title(post));
}

/* "主任选票：" where each post has its own, else nothing. */
static const char *
papers_words(const struct outcome *outcome, const struct poll_post *post)
{
    if (!post)
        return "";
    const char *words = post_words(outcome, post->post);
    return text_format(outcome->ctx, "%s选票：", "ballots for %s: ", words);
}

void
why_validity(struct outcome *outcome, const struct poll_post *post, struct poll_papers papers)
{
    const int64_t registered = outcome->facts->registered;
    const char *which = papers_words(outcome, post);
    if (papers.recovered > papers.issued)
        WHY(outcome, RULE_CNT_01,
            "%s收回 %" PRId64 " 张 > 发出 %" PRId64 " 张：整个投票无效，不计票",
            "%s%" PRId64 " recovered > %" PRId64 " issued: the whole vote is invalid, no counting",
            which, papers.recovered, papers.issued);
    else
        WHY(outcome, RULE_CNT_01, "%s收回 %" PRId64 " 张 ≤ 发出 %" PRId64 " 张",
            "%s%" PRId64 " recovered ≤ %" PRId64 " issued", which, papers.recovered, papers.issued);
    const int64_t twice = 2 * papers.recovered;
    if (twice > registered)
        WHY(outcome, RULE_CNT_02,
            "%s%" PRId64 " 张收回 ×2 = %" PRId64 " > %" PRId64 " 登记：过半数投票",
            "%s%" PRId64 " recovered ×2 = %" PRId64 " > %" PRId64
            " registered: more than half took part",
            which, papers.recovered, twice, registered);
    else
        WHY(outcome, RULE_CNT_02,
            "%s%" PRId64 " 张收回 ×2 = %" PRId64 " ≤ %" PRId64 " 登记：未过半数，选举无效",
            "%s%" PRId64 " recovered ×2 = %" PRId64 " ≤ %" PRId64
            " registered: not more than half, the vote is invalid",
            which, papers.recovered, twice, registered);
}

void
why_threshold(struct outcome *outcome, const struct poll_post *post, struct poll_papers papers)
{
    const int64_t votes = threshold_of(outcome->facts, papers.recovered);
    const char *which = papers_words(outcome, post);
    WHY(outcome, RULE_OUT_01, "%s选举有效，开始计票", "%sthe vote is valid and is counted", which);
    if (outcome->facts->re_vote)
        WHY(outcome, RULE_OUT_03, "%s再次投票：只在票数相等的人中进行，得票多的当选",
            "%sre-vote among those with equal votes only: most votes win", which);
    else if (outcome->facts->round == 1)
        WHY(outcome, RULE_OUT_02,
            "%s至少 %" PRId64 " 票当选：%" PRId64 " ×2 = %" PRId64 " > %" PRId64
            " 张收回（废票、弃权在内）",
            "%s%" PRId64 " votes elect: %" PRId64 " ×2 = %" PRId64 " > %" PRId64
            " recovered (void and blank included)",
            which, votes, votes, 2 * votes, papers.recovered);
    else
        WHY(outcome, RULE_OUT_04,
            "%s另行选举至少 %" PRId64 " 票当选：%" PRId64 " ×3 = %" PRId64 " ≥ %" PRId64 " 张收回",
            "%sin the second poll %" PRId64 " votes elect: %" PRId64 " ×3 = %" PRId64 " ≥ %" PRId64
            " recovered",
            which, votes, votes, 3 * votes, papers.recovered);
}

void
why_kin_out(struct outcome *outcome, size_t stays, size_t leaves)
{
    const struct text scope = kin_scope_title(outcome->scope);
    WHY(outcome, RULE_OUT_09, "%s 与 %s 有亲属关系（%s），%s 职务高或者得票多，保留；%s 不当选",
        "%s and %s are kin (%s): %s has the higher post or more votes and stays, %s does not",
        outcome->persons[leaves].name, outcome->persons[stays].name, text_pick(outcome->ctx, scope),
        outcome->persons[stays].name, outcome->persons[leaves].name);
}

void
why_kin_equal(struct outcome *outcome, size_t a, size_t b)
{
    WHY(outcome, RULE_OUT_09, "%s 与 %s 有亲属关系且得票相等：两人为一个名额再次投票",
        "%s and %s are kin with equal votes: they meet in a re-vote for one seat",
        outcome->persons[a].name, outcome->persons[b].name);
}

static void
why_seated(struct outcome *outcome, const struct contest *contest, const struct entry *entry)
{
    const char *name = entry->candidate->name;
    const char *post = post_words(outcome, contest->post->post);
    const int64_t least = contest->threshold;
    const enum rule rule = outcome->facts->round == 1 ? RULE_OUT_02 : RULE_OUT_04;
    if (entry->candidate->write_in)
        WHY(outcome, RULE_OUT_10,
            "另选的 %s 得 %" PRId64 " 票 ≥ %" PRId64 "，得%s一席：只公布得票，审查后确认",
            "write-in %s: %" PRId64 " votes ≥ %" PRId64
            ", a seat as %s: the count is announced, review first",
            name, entry->votes, least, post);
    else if (entry->first)
        WHY(outcome, RULE_OUT_06,
            "主任、副主任中没有妇女：过线妇女中得票最多的 %s（%" PRId64 " 票）首先当选%s",
            "no woman is chair or vice-chair: %s, the woman with most votes (%" PRId64
            "), is seated first as %s",
            name, entry->votes, post);
    else
        WHY(outcome, rule, "%s 得 %" PRId64 " 票 ≥ %" PRId64 "，当选%s",
            "%s: %" PRId64 " votes ≥ %" PRId64 ", elected as %s", name, entry->votes, least, post);
}

static void
why_not_seated(struct outcome *outcome, const struct contest *contest, const struct entry *entry)
{
    const char *name = entry->candidate->name;
    const int64_t least = contest->threshold;
    const enum rule rule = outcome->facts->round == 1 ? RULE_OUT_02 : RULE_OUT_04;
    if (!entry->counts)
        WHY(outcome, RULE_CNT_06, "%s 不具备该职资格，其 %" PRId64 " 票为无效项",
            "%s may not hold the post: %" PRId64 " void entries", name, entry->votes);
    else if (entry->votes < least)
        WHY(outcome, rule, "%s 得 %" PRId64 " 票 < %" PRId64 "，未当选%s",
            "%s: %" PRId64 " votes < %" PRId64 ", not elected as %s", name, entry->votes, least,
            post_words(outcome, contest->post->post));
    else if (outcome->persons[entry->person].seated)
        WHY(outcome, RULE_OUT_08, "%s 已任其他职务，不再任%s", "%s holds another post, not %s too",
            name, post_words(outcome, contest->post->post));
    else if (!entry->left_out)
        WHY(outcome, RULE_OUT_03, "%s 得 %" PRId64 " 票已达到 %" PRId64 "，但名额已满或者留出",
            "%s: %" PRId64 " votes reach %" PRId64 ", but no seat is left", name, entry->votes,
            least);
}

void
why_contest(struct outcome *outcome, const struct contest *contest)
{
    struct names tied = {0};
    for (size_t i = 0; !contest->is_void && i < contest->count; i++) {
        const struct entry *entry = &contest->entries[i];
        if (entry->state == ENTRY_SEATED)
            why_seated(outcome, contest, entry);
        else if (entry->state == ENTRY_TIED)
            names_append(outcome->ctx, &tied, entry->candidate->name);
        else
            why_not_seated(outcome, contest, entry);
    }
    if (tied.count > 0)
        WHY(outcome, RULE_OUT_03, "%s：%s 不能按得票确定，再次投票，得票多的当选",
            "%s: %s cannot be decided by votes and meet in a re-vote",
            post_words(outcome, contest->post->post), names_join(outcome->ctx, &tied));
    if (contest->kept)
        WHY(outcome, RULE_OUT_06, "没有妇女达到 %" PRId64 " 票：%s留一个名额给妇女",
            "no woman reaches %" PRId64 " votes: one seat as %s is kept for a woman",
            contest->threshold, post_words(outcome, contest->post->post));
}

void
why_next(struct outcome *outcome, const struct contest *contest, const struct poll_outcome *post)
{
    const char *words = post_words(outcome, post->post);
    const char *names = names_join(outcome->ctx, &post->second_candidates);
    if (post->next == NEXT_REPEAT)
        WHY(outcome, RULE_OUT_01, "%s的投票无效，没有计票，重新选举",
            "%s: the ballots are not valid and not counted, the vote is repeated", words);
    else if (post->next == NEXT_WOMAN_SEAT)
        WHY(outcome, RULE_OUT_06, "%s缺 %" PRId64 " 名，妇女名额另行选举；候选：%s",
            "%s: %" PRId64 " vacant, the woman's seat is polled again; candidates: %s", words,
            post->vacant, names);
    else if (post->next == NEXT_MAY_STOP)
        WHY(outcome, RULE_OUT_05, "%s缺 %" PRId64 " 名，但已选足 %d 人，可以暂缺；否则候选：%s",
            "%s: %" PRId64 " vacant, but %d persons sit: it may stay so; else candidates: %s",
            words, post->vacant, pack_int(outcome->pack, PACK_STOP_PERSONS), names);
    else if (post->next == NEXT_SECOND_POLL)
        WHY(outcome, RULE_OUT_04, "%s应选 %" PRId64 " 名，缺 %" PRId64 " 名，另行选举；候选：%s",
            "%s: of %" PRId64 " seats %" PRId64 " vacant, a second poll; candidates: %s", words,
            contest->post->seats, post->vacant, names);
}
