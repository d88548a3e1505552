/* SPDX-License-Identifier: Apache-2.0 */
/* A ballot for each post 分职选票 (BAL-03): each post by its own papers (OUT-01). */
#include "domain/poll_facts.h"

static void
each_post_stands_by_its_own_ballots(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, MAN("甲", 301), MAN("乙", 200)),
                                    LINE(MEMBER, 1, WOMAN("丙", 400), MAN("丁", 300)));
    facts.combined = false;
    facts.posts[0].own = true;
    facts.posts[0].papers = (struct poll_papers){.issued = 610, .recovered = 600};

    struct poll_result result = decide(ctx, "cn-2018", &facts);

    assert_true(result.separate);
    assert_int_equal(result.threshold, 0);
    assert_int_equal(result.outcomes[0].threshold, 301);
    assert_int_equal(result.outcomes[1].threshold, 401);
    assert_post(ctx, &result, 0, "甲|||0|done|");
}

static void
a_post_whose_ballots_are_void_is_repeated_and_the_others_stand(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts =
        FACTS(1, LINE(CHAIR, 1, MAN("甲", 700)), LINE(MEMBER, 2, WOMAN("丙", 401), MAN("甲", 402)));
    facts.combined = false;
    facts.merge = MERGE_DOWN_ADD;
    facts.posts[0].own = true;
    facts.posts[0].papers = (struct poll_papers){.issued = 800, .recovered = 801};

    struct poll_result result = decide(ctx, "cn-2018+henan", &facts);

    assert_true(result.valid);
    assert_true(findings_have(&result.invalid, RULE_CNT_01));
    assert_string_equal(result.invalid.list[0].post, "chair");
    assert_true(result.outcomes[0].is_void);
    assert_int_equal(result.outcomes[0].threshold, 0);
    assert_post(ctx, &result, 0, "|||1|repeat|");
    /* his 700 votes as chair are not counted, so not added down either */
    assert_post(ctx, &result, 1, "甲、丙|||0|done|");
    assert_string_equal(text_pick(ctx, poll_next_title(NEXT_REPEAT)), "重新选举");
}

static void
figures_of_a_post_are_tested(void **state)
{
    struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, MAN("甲", 301)));
    facts.posts[0].own = true;
    facts.posts[0].papers = (struct poll_papers){.issued = 600, .recovered = 600};
    assert_refused(*state, &facts, "posts[0].issued");
    facts.combined = false;
    facts.posts[0].papers.issued = 1001;
    assert_refused(*state, &facts, "posts[0].issued");
    facts.posts[0].papers = (struct poll_papers){.issued = 600, .recovered = -1};
    assert_refused(*state, &facts, "posts[0].recovered");
    facts.posts[0].papers =
        (struct poll_papers){.issued = 600, .recovered = 600, .void_count = 601};
    assert_refused(*state, &facts, "posts[0].void");
    facts.posts[0].papers.void_count = 300;
    assert_refused(*state, &facts, "posts[0].candidates[0].votes");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_post_stands_by_its_own_ballots),
        TEST(a_post_whose_ballots_are_void_is_repeated_and_the_others_stand),
        TEST(figures_of_a_post_are_tested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
