/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The arithmetic of the outcome (docs/formats.md §8): 村民委员会组织法 §15 (more than half of the
 * registered vote, more than half of the votes elect; in a second poll at least a third).
 */
#include <string.h>

#include "count.h"

enum { COUNT_MOST = 1000000000 };

struct check {
    const struct json *facts;
    const struct json *result;
    long long round;
    int64_t cast; /* C; with a ballot for each post, of the post at hand */
    bool is_void; /* the ballots of the post at hand are no valid vote */
    bool re_vote; /* most votes win */
    bool second;  /* a third is enough */
};

static bool
has(const struct json *names, struct bytes name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (names->items[i].type == JSON_TEXT && bytes_are(names->items[i].text, name))
            return true;
    }
    return false;
}

static bool
is_false(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    return value->type == JSON_WORD && value->number == 0;
}

static bool
is_enough(const struct check *check, int64_t votes)
{
    if (check->re_vote)
        return votes >= 1;
    return check->second ? 3 * votes >= check->cast : 2 * votes > check->cast;
}

static int64_t
threshold(const struct check *check)
{
    if (check->re_vote)
        return 1;
    return check->second ? (check->cast + 2) / 3 : check->cast / 2 + 1;
}

/* In how many posts of the result the name is seated. */
static size_t
seats_held(const struct check *check, struct bytes name)
{
    const struct json *posts = json_get(check->result, "posts");
    size_t held = 0;
    for (size_t i = 0; i < posts->count; i++) {
        held += has(json_get(&posts->items[i], "elected"), name);
        held += has(json_get(&posts->items[i], "pending"), name);
    }
    return held;
}

/* To a post no lower than that one: the higher of two counts (一人一职). */
static bool
was_elected_before(const struct check *check, struct bytes name, struct bytes post)
{
    const struct json *before = json_get(check->facts, "elected_before");
    for (size_t i = 0; i < before->count; i++) {
        if (bytes_are(json_text(&before->items[i], "name"), name) &&
            post_rank(json_text(&before->items[i], "post")) <= post_rank(post))
            return true;
    }
    return false;
}

/* One side names the other as kin; who of the two was seated is not asked. */
static bool
is_kin_of_seated(const struct check *check, const struct json *candidate)
{
    const struct json *posts = json_get(check->facts, "posts");
    const struct json *kin = json_get(candidate, "kin");
    for (size_t i = 0; i < kin->count; i++) {
        if (kin->items[i].type == JSON_TEXT &&
            (seats_held(check, kin->items[i].text) ||
             was_elected_before(check, kin->items[i].text, bytes_of("member"))))
            return true;
    }
    for (size_t p = 0; p < posts->count; p++) {
        const struct json *others = json_get(&posts->items[p], "candidates");
        for (size_t i = 0; i < others->count; i++) {
            const struct json *other = &others->items[i];
            if (seats_held(check, json_text(other, "name")) &&
                has(json_get(other, "kin"), json_text(candidate, "name")))
                return true;
        }
    }
    return false;
}

/* A reason the bundle states for not seating somebody who has the votes. */
static bool
has_reason(const struct check *check, const struct json *post, const struct json *candidate,
           bool woman_first)
{
    const struct bytes name = json_text(candidate, "name");
    const bool man = bytes_say(json_text(candidate, "sex"), "m");
    return seats_held(check, name) > 0 ||
           was_elected_before(check, name, json_text(post, "post")) ||
           has(json_get(post, "tied"), name) || is_false(candidate, "registered") ||
           is_false(candidate, "age_ok") || is_kin_of_seated(check, candidate) ||
           (man && (woman_first || bytes_say(json_text(post, "post"), "women_member")));
}

/* Who is seated has the votes, is entitled, and holds one post; who was written on the ballots is
 * pending, who was printed is not. */
static void
seated_check(const struct check *check, const struct json *post, const struct json *candidate)
{
    const struct bytes name = json_text(candidate, "name");
    const int64_t votes = json_int(candidate, "votes");
    if (!is_enough(check, votes))
        fault("第 %lld 次投票：%.*s 得 %lld 票，不够当选",
              "round %lld: %.*s has %lld votes, too few to be elected", check->round,
              (int)name.length, name.at, (long long)votes);
    if (is_false(candidate, "registered") || is_false(candidate, "age_ok") ||
        seats_held(check, name) > 1 || was_elected_before(check, name, json_text(post, "post")))
        fault("第 %lld 次投票：%.*s 不能当选这一职务",
              "round %lld: %.*s cannot be elected to this post", check->round, (int)name.length,
              name.at);
    if (has(json_get(post, "pending"), name) != (json_get(candidate, "write_in")->number == 1))
        fault("第 %lld 次投票：%.*s 另选他人待审查、候选人不待审查，结果相反",
              "round %lld: %.*s: a write-in is pending and a candidate is not; stated otherwise",
              check->round, (int)name.length, name.at);
}

/* Fewest votes that won a seat of the post, and whether it was a woman's. A seat left empty could
 * be had by anybody with enough. */
static int64_t
least_of_seated(const struct json *facts, const struct json *post, bool *ret_woman)
{
    const struct json *candidates = json_get(facts, "candidates");
    int64_t least = COUNT_MOST;
    *ret_woman = false;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct json *candidate = &candidates->items[i];
        const struct bytes name = json_text(candidate, "name");
        const int64_t votes = json_int(candidate, "votes");
        const bool seated =
            has(json_get(post, "elected"), name) || has(json_get(post, "pending"), name);
        if (!seated || votes >= least)
            continue;
        least = votes;
        *ret_woman = bytes_say(json_text(candidate, "sex"), "f");
    }
    return json_int(post, "vacant") > 0 ? 0 : least;
}

static const struct json *
candidate_of(const struct json *facts, struct bytes name)
{
    const struct json *candidates = json_get(facts, "candidates");
    for (size_t i = 0; i < candidates->count; i++) {
        if (bytes_are(json_text(&candidates->items[i], "name"), name))
            return &candidates->items[i];
    }
    return json_get(facts, "no such member");
}

static bool
woman_is_seated(const struct json *facts, const struct json *result)
{
    const struct json *candidates = json_get(facts, "candidates");
    for (size_t i = 0; i < candidates->count; i++) {
        const struct bytes name = json_text(&candidates->items[i], "name");
        if (bytes_say(json_text(&candidates->items[i], "sex"), "f") &&
            (has(json_get(result, "elected"), name) || has(json_get(result, "pending"), name)))
            return true;
    }
    return false;
}

/* A woman sits already: elected before, or in this round for another post. */
static bool
woman_sits_elsewhere(const struct check *check, const struct json *post)
{
    const struct json *before = json_get(check->facts, "elected_before");
    const struct json *all = json_get(check->facts, "posts");
    const struct json *results = json_get(check->result, "posts");
    for (size_t i = 0; i < before->count; i++) {
        if (bytes_say(json_text(&before->items[i], "sex"), "f"))
            return true;
    }
    for (size_t p = 0; p < all->count; p++) {
        if (&results->items[p] != post && woman_is_seated(&all->items[p], &results->items[p]))
            return true;
    }
    return false;
}

/* How many are tied at so many votes; equal kin meet across the posts of one rank. */
static size_t
tied_at(const struct check *check, int64_t votes)
{
    const struct json *results = json_get(check->result, "posts");
    size_t count = 0;
    for (size_t p = 0; p < results->count; p++) {
        const struct json *facts = &json_get(check->facts, "posts")->items[p];
        const struct json *tied = json_get(&results->items[p], "tied");
        for (size_t i = 0; i < tied->count; i++)
            count += json_int(candidate_of(facts, tied->items[i].text), "votes") == votes;
    }
    return count;
}

/* Who is tied has the votes, and as many as somebody else who is tied. */
static void
tied_check(const struct check *check, const struct json *facts, const struct json *post)
{
    const struct json *tied = json_get(post, "tied");
    for (size_t i = 0; i < tied->count; i++) {
        const struct bytes name = tied->items[i].text;
        const int64_t votes = json_int(candidate_of(facts, name), "votes");
        if (tied_at(check, votes) < 2 || !is_enough(check, votes) ||
            has(json_get(post, "elected"), name) || has(json_get(post, "pending"), name))
            fault("第 %lld 次投票：%.*s 得 %lld 票，没有人与他票数相等",
                  "round %lld: %.*s has %lld votes and is tied with nobody", check->round,
                  (int)name.length, name.at, (long long)votes);
    }
}

/* 票数相等的再次投票; 选足的不再投票; 缺额另行选举或者空缺. */
static void
next_check(const struct check *check, const struct json *post)
{
    const struct bytes next = json_text(post, "next");
    const int64_t vacant = json_int(post, "vacant");
    const bool tied = json_get(post, "tied")->count > 0;
    const bool open = bytes_say(next, "second_poll") || bytes_say(next, "may_stop") ||
                      bytes_say(next, "woman_seat");
    bool right = vacant > 0 ? open : bytes_say(next, "done");
    if (tied)
        right = vacant > 0 && bytes_say(next, "re_vote");
    if (!right || (bytes_say(next, "woman_seat") && woman_sits_elsewhere(check, post)))
        fault("第 %lld 次投票：缺额 %lld，下一步不应是 %.*s",
              "round %lld: %lld vacant, and what follows is not %.*s", check->round,
              (long long)vacant, (int)next.length, next.at);
}

static void
post_check(const struct check *check, const struct json *facts, const struct json *post)
{
    const struct json *candidates = json_get(facts, "candidates");
    const size_t seated = json_get(post, "elected")->count + json_get(post, "pending")->count;
    bool woman;
    const int64_t least = least_of_seated(facts, post, &woman);
    /* 规程: a woman is seated before the others, or a seat is kept for one. */
    const bool woman_first = (woman || bytes_say(json_text(post, "next"), "woman_seat")) &&
                             !woman_sits_elsewhere(check, post);
    size_t found = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct json *candidate = &candidates->items[i];
        const struct bytes name = json_text(candidate, "name");
        const int64_t votes = json_int(candidate, "votes");
        if (has(json_get(post, "elected"), name) || has(json_get(post, "pending"), name)) {
            seated_check(check, post, candidate);
            found++;
        } else if (is_enough(check, votes) && votes > least &&
                   !has_reason(check, post, candidate, woman_first)) {
            fault("第 %lld 次投票：%.*s 得 %lld 票而没有当选，没有说明原因",
                  "round %lld: %.*s has %lld votes and is not elected, no reason is stated",
                  check->round, (int)name.length, name.at, (long long)votes);
        }
    }
    tied_check(check, facts, post);
    next_check(check, post);
    if (found != seated || (int64_t)seated + json_int(post, "vacant") != json_int(facts, "seats"))
        fault("第 %lld 次投票：当选、待定、缺额合计不等于应选 %lld",
              "round %lld: elected, pending and vacant are not the %lld seats", check->round,
              (long long)json_int(facts, "seats"));
}

/* --- the ledger against the facts --- */

static bool
is_printed(const struct json *post, struct bytes person)
{
    const struct json *printed = json_get(post, "printed");
    for (size_t i = 0; i < printed->count; i++) {
        if (bytes_are(json_text(&printed->items[i], "person"), person))
            return true;
    }
    return false;
}

static void
votes_check(const struct check *check, const struct json *post, const struct json *facts,
            const int64_t *votes)
{
    const struct json *candidates = json_get(facts, "candidates");
    const struct json *counted = json_get(post, "counted");
    if (counted->count != candidates->count) {
        fault("第 %lld 次投票：候选人数不符", "round %lld: another number of candidates",
              check->round);
        return;
    }
    for (size_t i = 0; i < candidates->count; i++) {
        const struct bytes name = json_text(&candidates->items[i], "name");
        const int64_t said = json_int(&candidates->items[i], "votes");
        if (is_printed(post, counted->items[i].text) ==
            (json_get(&candidates->items[i], "write_in")->number == 1))
            fault("第 %lld 次投票：%.*s 是不是另选他人，与选票不符",
                  "round %lld: whether %.*s is a write-in is not as printed", check->round,
                  (int)name.length, name.at);
        if (votes[i] != said)
            fault("第 %lld 次投票：%.*s 按记录得 %lld 票，结果写 %lld 票",
                  "round %lld: %.*s has %lld votes by the ledger, %lld by the outcome",
                  check->round, (int)name.length, name.at, (long long)votes[i], (long long)said);
    }
}

/* `facts`: where the figures of these ballots are stated. */
static void
papers_check(const struct check *check, const struct json *facts, const struct papers *papers)
{
    const int64_t issued = json_int(facts, "issued");
    if (papers->recovered != check->cast || (papers->issued >= 0 && papers->issued != issued))
        fault("第 %lld 次投票：记录里收回 %lld、发出 %lld 张，与结果不符",
              "round %lld: by the ledger %lld recovered, %lld issued: not as in the outcome",
              check->round, (long long)papers->recovered, (long long)papers->issued);
    if (papers->counted != (check->is_void ? 0 : check->cast) ||
        papers->invalid != json_int(facts, "void"))
        fault("第 %lld 次投票：各捆合计 %lld 张、无效 %lld 张，与结果不符",
              "round %lld: the bundles hold %lld, %lld void: not as in the outcome", check->round,
              (long long)papers->counted, (long long)papers->invalid);
}

static void
valid_check(const struct check *check, const struct json *facts, const struct json *result)
{
    const int64_t registered = json_int(check->facts, "registered");
    const int64_t issued = json_int(facts, "issued");
    if (check->cast > issued || issued > registered || 2 * check->cast <= registered)
        fault("第 %lld 次投票：登记 %lld、收回 %lld：不是有效的选举",
              "round %lld: %lld registered, %lld recovered: no valid vote", check->round,
              (long long)registered, (long long)check->cast);
    if (json_int(result, "threshold") != threshold(check))
        fault("第 %lld 次投票：当选票数应为 %lld", "round %lld: the threshold is %lld",
              check->round, (long long)threshold(check));
    say("第 %lld 次投票：登记 %lld，发出 %lld，收回 %lld，无效 %lld，当选须 %lld 票",
        "round %lld: %lld registered, %lld issued, %lld recovered, %lld void, %lld votes elect",
        check->round, (long long)registered, (long long)issued, (long long)check->cast,
        (long long)json_int(facts, "void"), (long long)threshold(check));
}

/* Ballots of a post that are no valid vote: nobody is seated by them, the vote is repeated. */
static void
void_check(const struct check *check, const struct json *facts, const struct json *post)
{
    if (!is_false(post, "valid") || !bytes_say(json_text(post, "next"), "repeat") ||
        json_get(post, "elected")->count + json_get(post, "pending")->count > 0 ||
        json_int(post, "vacant") != json_int(facts, "seats") || json_int(post, "threshold") != 0)
        fault("第 %lld 次投票：收回 %lld 张的选票不是有效的选举，却计了票",
              "round %lld: ballots of which %lld were recovered are no valid vote, yet counted",
              check->round, (long long)check->cast);
    say("第 %lld 次投票：发出 %lld，收回 %lld：这一职的选票无效",
        "round %lld: %lld issued, %lld recovered: the ballots of this post are void", check->round,
        (long long)json_int(facts, "issued"), (long long)check->cast);
}

static bool
is_texts(const struct json *list)
{
    for (size_t k = 0; k < list->count; k++) {
        if (list->items[k].type != JSON_TEXT)
            return false;
    }
    return list->type == JSON_LIST;
}

/* `separate`: a ballot for each post. */
static bool
post_is_shaped(const struct json *row, const struct json *facts, const struct json *result,
               bool separate)
{
    const struct bytes post = json_text(row, "post");
    const struct json *counted = json_get(row, "counted");
    const char *keys = separate ? "counted form post printed seats" : "counted post printed seats";
    if (!json_has_only(row, keys) || !bytes_are(post, json_text(facts, "post")) ||
        separate != (json_get(facts, "recovered")->type == JSON_NUMBER) ||
        !bytes_are(post, json_text(result, "post")) ||
        json_int(row, "seats") != json_int(facts, "seats"))
        return false;
    return is_texts(counted) && is_texts(json_get(result, "elected")) &&
           is_texts(json_get(result, "pending")) && is_texts(json_get(result, "tied"));
}

static bool
is_shaped(const struct json *round)
{
    const struct json *posts = json_get(round, "posts");
    const struct json *facts = json_get(json_get(round, "facts"), "posts");
    const struct json *result = json_get(json_get(round, "result"), "posts");
    if (!json_has_only(round, "facts kind law posts reading result round seq") ||
        posts->type != JSON_LIST || facts->type != JSON_LIST || result->type != JSON_LIST ||
        posts->count > POSTS_MOST || posts->count != facts->count || posts->count != result->count)
        return false;
    for (size_t i = 0; i < posts->count; i++) {
        const bool separate = json_int(&posts->items[0], "form") > 0;
        if (!post_is_shaped(&posts->items[i], &facts->items[i], &result->items[i], separate))
            return false;
    }
    return true;
}

/* A post with a ballot of its own: by its own figures. */
static void
separate_check(struct check *check, const struct json *facts, const struct json *post,
               const struct papers *papers)
{
    check->cast = json_int(facts, "recovered");
    check->is_void = !papers_are_valid(papers, json_int(check->facts, "registered"));
    if (papers->form != papers->designed)
        fault("第 %lld 次投票：%lld 号选票不是这一职的选票",
              "round %lld: form %lld is not the ballot of this post", check->round,
              (long long)papers->form);
    papers_check(check, facts, papers);
    if (check->is_void)
        void_check(check, facts, post);
    else
        valid_check(check, facts, post);
}

/* Every row is as it must be and belongs to the standing outcome.record of its round. */
static bool
rows_are_shaped(const struct ledger *ledger, const struct json *rounds)
{
    bool all = true;
    for (size_t i = 0; i < rounds->count; i++) {
        const struct json *row = &rounds->items[i];
        const int64_t seq = outcome_entry(ledger, json_int(row, "round"));
        if (is_shaped(row) && seq && json_int(row, "seq") == seq)
            continue;
        fault("outcomes.json 第 %lld 次投票不合规范",
              "round %lld of outcomes.json is not as it must be",
              (long long)json_int(row, "round"));
        all = false;
    }
    return all;
}

static void
round_check(const struct ledger *ledger, const struct json *round)
{
    struct tally tally;
    const struct json *facts = json_get(round, "facts");
    const struct json *result = json_get(round, "result");
    struct check check = {.facts = facts,
                          .result = result,
                          .round = (long long)json_int(round, "round"),
                          .cast = json_int(facts, "recovered"),
                          .re_vote = json_get(facts, "re_vote")->number == 1,
                          .second = json_int(facts, "round") == 2};
    if (check.cast < 0 || check.cast > COUNT_MOST)
        return;
    count_round(ledger, round, &tally);
    if (!tally.separate) {
        papers_check(&check, facts, &tally.papers[0]);
        valid_check(&check, facts, result);
    }
    for (size_t i = 0; i < json_get(round, "posts")->count; i++) {
        const struct json *post_facts = &json_get(facts, "posts")->items[i];
        const struct json *post = &json_get(result, "posts")->items[i];
        if (tally.separate)
            separate_check(&check, post_facts, post, &tally.papers[i]);
        votes_check(&check, &json_get(round, "posts")->items[i], post_facts, tally.votes[i]);
        if (!check.is_void)
            post_check(&check, post_facts, post);
    }
}

void
outcomes_check(const struct bundle *bundle, const struct ledger *ledger)
{
    struct json outcomes;
    if (!json_parse(*bundle_file(bundle, "outcomes.json"), &outcomes) ||
        !json_has_only(&outcomes, "rounds") || json_get(&outcomes, "rounds")->type != JSON_LIST) {
        fault("outcomes.json 不合规范", "outcomes.json is not canonical");
        return;
    }
    const struct json *rounds = json_get(&outcomes, "rounds");
    if (rounds->count == 0)
        fault("outcomes.json 里没有结果", "outcomes.json has no outcome");
    if (!rows_are_shaped(ledger, rounds))
        return;
    rounds_check(ledger, rounds);
    for (size_t i = 0; i < rounds->count; i++)
        round_check(ledger, &rounds->items[i]);
}
