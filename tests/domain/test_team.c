/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/team.h"

#include "support/days.h"
#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

static const enum post HEAD_POSTS[] = {POST_PARTY_SECRETARY, POST_CHAIR};
static const enum post DEPUTY_POSTS[] = {POST_DISCIPLINE, POST_VICE_CHAIR};
static const enum post MEMBER_POSTS[] = {POST_PARTY_COMMITTEE, POST_MEMBER};
static const enum post PLAIN_POSTS[] = {POST_MEMBER};

#define MEMBER(name, sex, birth, education, posts, is_new)                                         \
    {                                                                                              \
        name, sex, support_day(birth), education, true, posts, COUNT_OF(posts), is_new             \
    }

enum { TEAM = 3, ROOM = 8 };

/* A team that breaks nothing, with room for more members. */
static void
fill_team(struct team_member *members)
{
    const struct team_member good[TEAM] = {
        MEMBER("周", SEX_MALE, "1978-04-01", EDUCATION_COLLEGE, HEAD_POSTS, false),
        MEMBER("吴", SEX_MALE, "1970-01-01", EDUCATION_SENIOR, DEPUTY_POSTS, false),
        MEMBER("郑", SEX_FEMALE, "1988-06-01", EDUCATION_BACHELOR, MEMBER_POSTS, true),
    };
    const struct team_member more =
        MEMBER("冯", SEX_MALE, "1990-01-01", EDUCATION_COLLEGE, PLAIN_POSTS, false);
    for (int i = 0; i < ROOM; i++)
        members[i] = i < TEAM ? good[i] : more;
}

static struct team_result
decide(struct ctx *ctx, const char *law, const struct team_facts *facts)
{
    struct team_result result;
    team_decide(ctx, support_pack(ctx, law), facts, &result);
    return result;
}

/* "blocked / warned / approvals". */
static const char *
verdict(struct ctx *ctx, const char *law, const struct team_facts *facts)
{
    const struct team_result result = decide(ctx, law, facts);
    return mem_printf(ctx->mem, "%s/%s/%s", support_rules(ctx, &result.ruling, SEVERITY_BLOCK),
                      support_rules(ctx, &result.ruling, SEVERITY_WARN),
                      support_rules(ctx, &result.ruling, SEVERITY_APPROVE));
}

static void
good_team_breaks_nothing(void **state)
{
    struct team_member members[ROOM];
    const struct team_facts facts = {900, members, TEAM, NULL};
    fill_team(members);
    const struct team_result result = decide(*state, "cn-2018+jiangxi", &facts);
    assert_string_equal(verdict(*state, "cn-2018+jiangxi", &facts), "//");
    assert_int_equal(result.committee, 3);
    assert_int_equal(result.women, 1);
    assert_true(result.one_shoulder);
}

static void
committee_has_three_to_seven_and_a_woman(void **state)
{
    struct team_member members[ROOM];
    struct team_facts facts = {9000, members, 2, NULL};
    fill_team(members);
    assert_string_equal(verdict(*state, "cn-2018", &facts), "ELG-04//");
    facts.member_count = ROOM;
    assert_string_equal(verdict(*state, "cn-2018", &facts), "ELG-04//");
    facts.member_count = 0;
    assert_string_equal(verdict(*state, "cn-2018", &facts), "ELG-04//");
    facts.member_count = TEAM;
    members[2].sex = SEX_MALE;
    assert_string_equal(verdict(*state, "cn-2018", &facts), "ELG-04//");
}

static void
paid_posts_follow_the_population(void **state)
{
    static const struct {
        int64_t population;
        size_t members;
        bool warned;
    } CASES[] = {{999, 4, false}, {999, 5, true},   {1000, 5, false}, {1999, 5, false},
                 {1999, 6, true}, {2000, 6, false}, {2000, 7, true}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct team_member members[ROOM];
        const struct team_facts facts = {CASES[i].population, members, CASES[i].members, NULL};
        fill_team(members);
        members[3].sex = members[4].sex = SEX_FEMALE;
        assert_string_equal(verdict(*state, "cn-2018+jiangxi", &facts),
                            CASES[i].warned ? "/ELG-04/" : "//");
    }
}

static void
structure_of_the_plan_is_a_warning(void **state)
{
    struct ctx *ctx = *state;
    struct team_member members[ROOM];
    const struct team_facts facts = {900, members, TEAM, NULL};
    fill_team(members);
    members[2].birth = support_day("1985-12-31");
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "/ELG-04/");
    fill_team(members);
    members[2].education = EDUCATION_SENIOR;
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "/ELG-04/");
    fill_team(members);
    members[1].posts = PLAIN_POSTS;
    members[1].post_count = 1;
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "/ELG-04/");
    assert_string_equal(verdict(ctx, "cn-2018", &facts), "//");
}

static void
team_without_party_posts_needs_no_discipline_member(void **state)
{
    struct team_member members[ROOM];
    const struct team_facts facts = {900, members, TEAM, NULL};
    fill_team(members);
    for (int i = 0; i < TEAM; i++) {
        members[i].posts = PLAIN_POSTS;
        members[i].post_count = 1;
    }
    assert_string_equal(verdict(*state, "cn-2018+jiangxi", &facts), "//");
}

static void
share_of_women_must_grow(void **state)
{
    struct ctx *ctx = *state;
    struct team_member members[ROOM];
    const struct team_previous same = {3, 1};
    const struct team_previous less = {7, 2};
    const struct team_previous nobody = {0, 0};
    struct team_facts facts = {900, members, TEAM, &same};
    fill_team(members);
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "/ELG-04/");
    facts.previous = &less;
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "//");
    facts.previous = &nobody;
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "/ELG-04/");
    facts.member_count = 0;
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "ELG-04/ELG-04/");
}

static void
age_needs_an_approval_and_new_members_a_word(void **state)
{
    struct ctx *ctx = *state;
    struct team_member members[ROOM];
    const struct team_facts facts = {900, members, TEAM, NULL};
    fill_team(members);
    members[0].birth = support_day("1960-12-31");
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "//ELG-03");
    fill_team(members);
    members[1].is_new = true;
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "/ELG-03/");
    members[1].birth = support_day("1976-01-01");
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "//");
    members[1].education = EDUCATION_JUNIOR;
    assert_string_equal(verdict(ctx, "cn-2018+jiangxi", &facts), "/ELG-03/");
    assert_string_equal(verdict(ctx, "cn-2018", &facts), "//");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_team_breaks_nothing),
        TEST(committee_has_three_to_seven_and_a_woman),
        TEST(paid_posts_follow_the_population),
        TEST(structure_of_the_plan_is_a_warning),
        TEST(team_without_party_posts_needs_no_discipline_member),
        TEST(share_of_women_must_grow),
        TEST(age_needs_an_approval_and_new_members_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
