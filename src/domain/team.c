/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/team.h"

#include <limits.h>

#include "domain/eligible.h"
#include "domain/majority.h"

enum { PERCENT = 100 };

/* What the members come to together. */
struct team_sums {
    int64_t size, women; /* of the whole team */
    bool party_posts, discipline, young;
};

static bool
holds(const struct team_member *member, enum post post)
{
    bool found = false;
    for (size_t i = 0; i < member->post_count; i++)
        found = found || member->posts[i] == post;
    return found;
}

static bool
is_on_committee(const struct team_member *member)
{
    bool found = false;
    for (size_t i = 0; i < member->post_count; i++)
        found = found || post_is_village(member->posts[i]);
    return found;
}

/* ELG-04: 35 years or younger, with a college education. */
static bool
is_young(const struct pack *pack, const struct team_member *member)
{
    const struct date from = pack_date(pack, PACK_TEAM_YOUNG_BORN_FROM);
    return date_compare(member->birth, from) >= 0 && member->education >= EDUCATION_COLLEGE;
}

static struct team_sums
count_members(const struct pack *pack, const struct team_facts *facts, struct team_result *result)
{
    struct team_sums sums = {.size = (int64_t)facts->member_count};
    for (size_t i = 0; i < facts->member_count; i++) {
        const struct team_member *member = &facts->members[i];
        const bool woman = member->sex == SEX_FEMALE;
        const bool committee = is_on_committee(member);
        result->committee += committee;
        result->women += committee && woman;
        result->one_shoulder = result->one_shoulder ||
                               (holds(member, POST_PARTY_SECRETARY) && holds(member, POST_CHAIR));
        sums.women += woman;
        sums.young = sums.young || is_young(pack, member);
        sums.discipline = sums.discipline || holds(member, POST_DISCIPLINE);
        for (size_t k = 0; k < member->post_count; k++)
            sums.party_posts = sums.party_posts || !post_is_village(member->posts[k]);
    }
    return sums;
}

static void
judge_committee(struct ctx *ctx, const struct pack *pack, struct team_result *result)
{
    const int least = pack_int(pack, PACK_COMMITTEE_LEAST);
    const int most = pack_int(pack, PACK_COMMITTEE_MOST);
    ruling_test_as(ctx, &result->ruling, RULE_ELG_04, SEVERITY_BLOCK,
                   result->committee < least || result->committee > most,
                   text_format(ctx, "村民委员会 %lld 人，应为 %d 至 %d 人",
                               "villagers' committee of %lld, from %d to %d",
                               (long long)result->committee, least, most));
    ruling_test_as(ctx, &result->ruling, RULE_ELG_04, SEVERITY_BLOCK, result->women == 0,
                   text_format(ctx, "村民委员会中妇女 %lld 人，应当有妇女成员",
                               "%lld women on it; there must be one", (long long)result->women));
}

static int
paid_posts(const struct pack *pack, int64_t population)
{
    if (population < pack_int_or(pack, PACK_TEAM_SMALL_BELOW, 0))
        return pack_int_or(pack, PACK_TEAM_SMALL, INT_MAX);
    if (population < pack_int_or(pack, PACK_TEAM_MIDDLE_BELOW, 0))
        return pack_int_or(pack, PACK_TEAM_MIDDLE, INT_MAX);
    return pack_int_or(pack, PACK_TEAM_LARGE, INT_MAX);
}

static void
warn(struct ctx *ctx, struct team_result *result, bool broken, const char *text)
{
    ruling_test_as(ctx, &result->ruling, RULE_ELG_04, SEVERITY_WARN, broken, text);
}

static void
judge_team(struct ctx *ctx, const struct pack *pack, const struct team_facts *facts,
           const struct team_sums *sums, struct team_result *result)
{
    const int percent = pack_int_or(pack, PACK_TEAM_WOMEN_PERCENT, 0);
    const int least = pack_int_or(pack, PACK_TEAM_LEAST, 0);
    const int most = pack_int_or(pack, PACK_TEAM_MOST, INT_MAX);
    const int paid = paid_posts(pack, facts->population);
    warn(ctx, result, !at_least(result->women, result->committee, percent, PERCENT),
         text_format(ctx, "村民委员会妇女 %lld/%lld，目标 %d%%", "women %lld/%lld, aim %d%%",
                     (long long)result->women, (long long)result->committee, percent));
    if (most < INT_MAX)
        warn(ctx, result, sums->size < least || sums->size > most,
             text_format(ctx, "两委 %lld 人，应为 %d 至 %d 人",
                         "both committees %lld, from %d to %d", (long long)sums->size, least,
                         most));
    if (paid < INT_MAX)
        warn(ctx, result, sums->size > paid,
             text_format(ctx, "人口 %lld，两委 %lld 人，至多 %d 人",
                         "population %lld, both committees %lld, at most %d",
                         (long long)facts->population, (long long)sums->size, paid));
    if (date_is_set(pack_date(pack, PACK_TEAM_YOUNG_BORN_FROM)))
        warn(ctx, result, !sums->young,
             text_format(
                 ctx, "%s及以后出生且大专以上的成员%s", "a member born from %s with college: %s",
                 date_words(ctx, pack_date(pack, PACK_TEAM_YOUNG_BORN_FROM)),
                 sums->young ? text_format(ctx, "有", "yes") : text_format(ctx, "无", "no")));
    if (sums->party_posts)
        warn(ctx, result, !sums->discipline,
             sums->discipline ? text_format(ctx, "党组织有纪检委员", "there is a discipline member")
                              : text_format(ctx, "党组织无纪检委员", "no discipline member"));
}

/* The plan wants more women than last time: women/size > women before/size before. */
static void
compare_previous(struct ctx *ctx, const struct team_facts *facts, const struct team_sums *sums,
                 struct team_result *result)
{
    const struct team_previous *before = facts->previous;
    if (!before)
        return;
    const bool less =
        sums->size == 0 || at_least(before->women, before->members, sums->women, sums->size);
    warn(ctx, result, less,
         text_format(ctx, "班子妇女 %lld/%lld，上届 %lld/%lld，应有提高",
                     "women %lld/%lld, last term %lld/%lld: more are wanted",
                     (long long)sums->women, (long long)sums->size, (long long)before->women,
                     (long long)before->members));
}

/* ELG-03 for one member: an approval for the post, or a word about a new member. */
static void
judge_member(struct ctx *ctx, const struct pack *pack, const struct team_member *member,
             struct ruling *ruling)
{
    const struct date youngest = pack_date(pack, PACK_AGE_NEW_MEMBER);
    const char *birth = date_words(ctx, member->birth);
    for (size_t i = 0; i < member->post_count; i++) {
        if (!eligible_needs_approval(pack, member->posts[i], member->sex, member->birth,
                                     member->is_new))
            continue;
        ruling_test_as(ctx, ruling, RULE_ELG_03, SEVERITY_APPROVE, true,
                       text_format(ctx, "%s %s出生，任%s须经批准",
                                   "%s, born %s, needs an approval as %s", member->name, birth,
                                   text_pick(ctx, post_title(member->posts[i]))));
        return;
    }
    const bool old = date_is_set(youngest) && date_compare(member->birth, youngest) < 0;
    const bool unschooled =
        member->education < (enum education)pack_word(pack, PACK_EDUCATION_NEW_MEMBER);
    if (member->is_new && (old || unschooled))
        ruling_test_as(ctx, ruling, RULE_ELG_03, SEVERITY_WARN, true,
                       text_format(ctx, "新进成员%s %s出生，年龄或者文化不合要求",
                                   "new member %s, born %s: age or education below what is wanted",
                                   member->name, birth));
}

void
team_decide(struct ctx *ctx, const struct pack *pack, const struct team_facts *facts,
            struct team_result *ret_result)
{
    struct team_result result = {0};
    const struct team_sums sums = count_members(pack, facts, &result);
    judge_committee(ctx, pack, &result);
    if (pack_yes(pack, PACK_TEAM_RULES)) {
        judge_team(ctx, pack, facts, &sums, &result);
        compare_previous(ctx, facts, &sums, &result);
    }
    for (size_t i = 0; i < facts->member_count; i++)
        judge_member(ctx, pack, &facts->members[i], &result.ruling);
    *ret_result = result;
}
