/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/poll.h"

#include <inttypes.h>

#include "domain/majority.h"
#include "domain/outcome.h"

static const char *const NEXT_WORDS[] = {
    [NEXT_DONE] = "done",
    [NEXT_RE_VOTE] = "re_vote",
    [NEXT_SECOND_POLL] = "second_poll",
    [NEXT_WOMAN_SEAT] = "woman_seat",
    [NEXT_MAY_STOP] = "may_stop",
    [NEXT_REPEAT] = "repeat",
};

static const struct text NEXT_TITLES[] = {
    [NEXT_DONE] = {"已选足", "done"},
    [NEXT_RE_VOTE] = {"再次投票", "re-vote"},
    [NEXT_SECOND_POLL] = {"另行选举", "second poll"},
    [NEXT_WOMAN_SEAT] = {"另行选举妇女委员", "poll for the woman's seat"},
    [NEXT_MAY_STOP] = {"可以暂缺", "may stop"},
    [NEXT_REPEAT] = {"重新选举", "repeat"},
};

static const char *const ACTING_WORDS[] = {
    [ACTING_NOBODY] = NULL,
    [ACTING_VICE_CHAIR] = "vice_chair",
    [ACTING_BY_REPRESENTATIVES] = "representatives",
    [ACTING_TOP_MEMBER] = "member",
};

const char *
poll_next_word(enum poll_next next)
{
    return NEXT_WORDS[next];
}

struct text
poll_next_title(enum poll_next next)
{
    return NEXT_TITLES[next];
}

const char *
poll_acting_word(enum poll_acting acting)
{
    return ACTING_WORDS[acting];
}

#define AT(ctx, ...) mem_printf((ctx)->mem, __VA_ARGS__)

static enum err
number_check(struct ctx *ctx, const char *field, int64_t number, int64_t least, int64_t most)
{
    if (number < least || number > most)
        return FAIL_FIELD(ctx, field, "%s：%" PRId64 " 不在 %" PRId64 "…%" PRId64 " 之内",
                          "%s: %" PRId64 " is not within %" PRId64 "…%" PRId64, field, number,
                          least, most);
    return ERR_OK;
}

/* Figures of its own are those of a ballot that carries no other post. */
static enum err
own_papers_check(struct ctx *ctx, const struct poll_facts *facts, size_t place)
{
    const struct poll_papers *own = &facts->posts[place].papers;
    if (!facts->posts[place].own)
        return ERR_OK;
    if (facts->combined)
        return FAIL_FIELD(ctx, AT(ctx, "posts[%zu].issued", place),
                          "合一选票（combined）各职不另填发出、收回",
                          "one combined ballot: a post has no figures of its own");
    TRY(number_check(ctx, AT(ctx, "posts[%zu].issued", place), own->issued, 0, facts->registered));
    TRY(number_check(ctx, AT(ctx, "posts[%zu].recovered", place), own->recovered, 0,
                     MAJORITY_MAX - 1));
    return number_check(ctx, AT(ctx, "posts[%zu].void", place), own->void_count, 0, own->recovered);
}

static enum err
candidates_check(struct ctx *ctx, const struct poll_facts *facts, size_t place)
{
    const struct poll_post *post = &facts->posts[place];
    struct name_table seen = {0};
    TRY(own_papers_check(ctx, facts, place));
    const struct poll_papers of_post = papers_of(facts, post);
    const int64_t papers = of_post.recovered - of_post.void_count;
    TRY(number_check(ctx, AT(ctx, "posts[%zu].seats", place), post->seats, 1, MAJORITY_MAX - 1));
    TRY(number_check(ctx, AT(ctx, "posts[%zu].section_void", place), post->section_void, 0,
                     papers));
    for (size_t i = 0; i < post->count; i++) {
        const struct poll_candidate *candidate = &post->candidates[i];
        const char *field = AT(ctx, "posts[%zu].candidates[%zu].votes", place, i);
        TRY(number_check(ctx, field, candidate->votes, 0, papers - post->section_void));
        if (name_add(ctx, &seen, candidate->name) != i)
            return FAIL_FIELD(ctx, AT(ctx, "posts[%zu].candidates[%zu].name", place, i),
                              "%s 在同一职务中出现两次", "%s stands twice for one post",
                              candidate->name);
    }
    return ERR_OK;
}

static enum err
posts_check(struct ctx *ctx, const struct poll_facts *facts)
{
    bool seen[POST_COUNT] = {false};
    for (size_t i = 0; i < facts->post_count; i++) {
        const enum post post = facts->posts[i].post;
        if (!post_is_village(post) || seen[post])
            return FAIL_FIELD(
                ctx, AT(ctx, "posts[%zu].post", i), "%s 不是村民委员会职务或者出现两次",
                "%s is no post of the villagers' committee or stands twice", post_word(post));
        seen[post] = true;
        TRY(candidates_check(ctx, facts, i));
    }
    return ERR_OK;
}

static enum err
before_check(struct ctx *ctx, const struct poll_facts *facts)
{
    struct name_table seen = {0};
    for (size_t i = 0; i < facts->before_count; i++) {
        const struct poll_before *before = &facts->before[i];
        if (!post_is_village(before->post))
            return FAIL_FIELD(ctx, AT(ctx, "elected_before[%zu].post", i), "%s 不是村民委员会职务",
                              "%s is no post of the villagers' committee", post_word(before->post));
        if (name_add(ctx, &seen, before->name) != i)
            return FAIL_FIELD(ctx, AT(ctx, "elected_before[%zu].name", i), "%s 出现两次",
                              "%s stands twice", before->name);
    }
    return ERR_OK;
}

static enum err
facts_check(struct ctx *ctx, const struct poll_facts *facts)
{
    const int64_t most = MAJORITY_MAX - 1;
    TRY(number_check(ctx, "registered", facts->registered, 1, most));
    TRY(number_check(ctx, "issued", facts->issued, 0, facts->registered));
    TRY(number_check(ctx, "recovered", facts->recovered, 0, most));
    TRY(number_check(ctx, "void", facts->void_count, 0, facts->recovered));
    TRY(number_check(ctx, "round", facts->round, 1, 2));
    TRY(posts_check(ctx, facts));
    return before_check(ctx, facts);
}

/* 规程: 收回的选票多于发出的选票, 选举无效. `post` NULL: the ballots of all. */
static void
recovered_judge(struct outcome *outcome, const struct poll_post *post)
{
    struct ctx *ctx = outcome->ctx;
    const struct poll_papers papers = papers_of(outcome->facts, post);
    if (papers.recovered > papers.issued)
        finding_add(
            ctx, &outcome->result->invalid, RULE_CNT_01, SEVERITY_BLOCK,
            text_format(ctx, "收回的选票多于发出的选票", "more ballots recovered than issued"))
            ->post = post ? post_word(post->post) : NULL;
}

/* 组织法 §15: 过半数投票, 选举有效. */
static void
turnout_judge(struct outcome *outcome, const struct poll_post *post)
{
    struct ctx *ctx = outcome->ctx;
    const struct poll_papers papers = papers_of(outcome->facts, post);
    if (!more_than_half(papers.recovered, outcome->facts->registered))
        finding_add(ctx, &outcome->result->invalid, RULE_CNT_02, SEVERITY_BLOCK,
                    text_format(ctx, "投票人数未过登记人数的半数",
                                "not more than half of the registered took part"))
            ->post = post ? post_word(post->post) : NULL;
}

/* One ballot for all is valid or not as a whole; with 分职选票 (BAL-03) the ballots of each post
 * are by themselves (OUT-01). */
static void
validity_decide(struct outcome *outcome)
{
    const struct poll_facts *facts = outcome->facts;
    struct poll_result *result = outcome->result;
    for (size_t i = 0; i < facts->post_count; i++)
        result->separate = result->separate || facts->posts[i].own;
    const size_t kinds = result->separate ? facts->post_count : 1;
    for (size_t i = 0; i < kinds; i++)
        recovered_judge(outcome, result->separate ? &facts->posts[i] : NULL);
    for (size_t i = 0; i < kinds; i++)
        turnout_judge(outcome, result->separate ? &facts->posts[i] : NULL);
    for (size_t i = 0; i < kinds; i++) {
        const struct poll_post *post = result->separate ? &facts->posts[i] : NULL;
        why_validity(outcome, post, papers_of(facts, post));
        result->valid = result->valid || papers_are_valid(facts, papers_of(facts, post));
    }
}

/* More votes than the papers can carry: told, and the count goes on. */
static void
sums_check(struct outcome *outcome, const struct poll_post *post)
{
    const struct poll_papers of_post = papers_of(outcome->facts, post);
    const int64_t papers = of_post.recovered - of_post.void_count - post->section_void;
    int64_t sum = 0;
    for (size_t i = 0; i < post->count; i++)
        sum += post->candidates[i].votes;
    if (sum <= post->seats * papers)
        return;
    const char *text = text_format(
        outcome->ctx,
        "%s得票合计 %" PRId64 " > 应选 %" PRId64 " × 有效 %" PRId64 " 张：计票有误，请复核",
        "%s: votes add up to %" PRId64 " > %" PRId64 " seats × %" PRId64 " valid papers: recount",
        text_pick(outcome->ctx, post_title(post->post)), sum, post->seats, papers);
    finding_add(outcome->ctx, &outcome->result->warnings, RULE_CNT_07, SEVERITY_WARN, text)->post =
        post_word(post->post);
    derivation_add(outcome->ctx, &outcome->result->why, RULE_CNT_07, text);
}

/* The woman rule asks for a woman among the members if none is above, before or on her own line.
 */
static void
woman_rule_set(struct outcome *outcome)
{
    const struct poll_facts *facts = outcome->facts;
    /* A re-vote fills the seat that was tied for; the kept one is another. */
    bool needed = pack_word(outcome->pack, PACK_WOMAN_SEAT) == WOMAN_FIRST && !facts->re_vote;
    for (size_t i = 0; i < facts->before_count; i++)
        needed = needed && facts->before[i].sex != SEX_FEMALE;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct contest *contest = &outcome->contests[i];
        needed = needed && contest->post->post != POST_WOMEN_MEMBER;
        for (size_t k = 0; contest->rank != RANK_MEMBER && k < contest->count; k++)
            needed = needed && (contest->entries[k].state != ENTRY_SEATED ||
                                contest->entries[k].candidate->sex != SEX_FEMALE);
    }
    for (size_t i = 0; i < facts->post_count; i++)
        outcome->contests[i].woman_rule = needed && outcome->contests[i].post->post == POST_MEMBER;
}

static void
kin_warn(struct outcome *outcome, enum rule rule, size_t a, size_t b)
{
    const char *text = text_format(outcome->ctx, "%s 与 %s 有亲属关系，同在村民委员会",
                                   "%s and %s are kin and both on the committee",
                                   outcome->persons[a].name, outcome->persons[b].name);
    finding_add(outcome->ctx, &outcome->result->warnings, rule, SEVERITY_WARN, text)->person =
        outcome->persons[a].name;
    derivation_add(outcome->ctx, &outcome->result->why, rule, text);
}

/* Kin who sit together all the same: of someone elected before to a lower post (OUT-09: the
 * earlier one leaves), or where the pack's kin rule is one for nominees only (ELG-05). */
static void
kin_warnings(struct outcome *outcome)
{
    const bool nominees_only = outcome->scope == KIN_NONE;
    if (nominees_only && pack_word(outcome->pack, PACK_KIN_NOMINEES) == KIN_NONE)
        return;
    for (size_t i = 0; i < outcome->names.count; i++) {
        const struct person *person = &outcome->persons[i];
        for (size_t k = 0; person->seated && k < person->kin_count; k++) {
            const struct person *other = &outcome->persons[person->kin[k]];
            if (!nominees_only && other->before)
                kin_warn(outcome, RULE_OUT_09, i, person->kin[k]);
            else if (nominees_only && (other->seated || other->before))
                kin_warn(outcome, RULE_ELG_05, i, person->kin[k]);
        }
    }
}

static void
contest_report(struct outcome *outcome, const struct contest *contest, struct poll_outcome *post)
{
    post->post = contest->post->post;
    post->is_void = contest->is_void;
    post->threshold = contest->is_void ? 0 : contest->threshold;
    for (size_t i = 0; i < contest->count; i++) {
        const struct entry *entry = &contest->entries[i];
        struct names *names = entry->candidate->write_in ? &post->pending : &post->elected;
        if (entry->state == ENTRY_TIED)
            names = &post->tied;
        if (entry->state != ENTRY_OUT)
            names_append(outcome->ctx, names, entry->candidate->name);
    }
    post->vacant =
        contest->post->seats - (int64_t)post->elected.count - (int64_t)post->pending.count;
}

static void
thresholds_tell(struct outcome *outcome)
{
    const struct poll_facts *facts = outcome->facts;
    if (!outcome->result->separate) {
        outcome->result->threshold = threshold_of(facts, facts->recovered);
        why_threshold(outcome, NULL, papers_of(facts, NULL));
    }
    for (size_t i = 0; outcome->result->separate && i < facts->post_count; i++) {
        if (!outcome->contests[i].is_void)
            why_threshold(outcome, &facts->posts[i], papers_of(facts, &facts->posts[i]));
    }
}

static void
outcome_count_votes(struct outcome *outcome)
{
    const struct poll_facts *facts = outcome->facts;
    struct poll_result *result = outcome->result;
    outcome_build(outcome);
    thresholds_tell(outcome);
    for (size_t i = 0; i < facts->post_count; i++) {
        if (!outcome->contests[i].is_void)
            sums_check(outcome, &facts->posts[i]);
    }
    rank_settle(outcome, RANK_CHAIR);
    rank_settle(outcome, RANK_VICE_CHAIR);
    woman_rule_set(outcome);
    rank_settle(outcome, RANK_MEMBER);
    result->outcomes = mem_array(outcome->ctx->mem, struct poll_outcome, facts->post_count);
    result->outcome_count = facts->post_count;
    for (size_t i = 0; i < facts->post_count; i++) {
        contest_report(outcome, &outcome->contests[i], &result->outcomes[i]);
        why_contest(outcome, &outcome->contests[i]);
    }
    kin_warnings(outcome);
    outcome_next(outcome);
}

enum err
poll_decide(struct ctx *ctx, const struct pack *pack, const struct poll_facts *facts,
            struct poll_result *ret_result)
{
    struct poll_result result = {0};
    struct outcome outcome = {
        .ctx = ctx,
        .pack = pack,
        .facts = facts,
        .result = &result,
        .scope = (enum kin_scope)pack_word(pack, PACK_KIN_AFTER_POLL),
    };
    TRY(facts_check(ctx, facts));
    validity_decide(&outcome);
    if (result.valid)
        outcome_count_votes(&outcome);
    *ret_result = result;
    return ERR_OK;
}
