/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/nominate.h"

#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

enum { REGISTERED = 1200, PAPERS = 900 };

static struct nominate_result
decide(struct ctx *ctx, const char *law, const struct nominate_post *posts, size_t count)
{
    const struct nominate_facts facts = {REGISTERED, PAPERS, posts, count};
    struct nominate_result result;
    nominate_decide(ctx, support_pack(ctx, law), &facts, &result);
    assert_true(result.ruling.why.count > 0);
    return result;
}

/* "甲 乙 | 丙": candidates, then those who are tied. */
static const char *
outcome(struct ctx *ctx, const struct nominate_result *result, size_t index)
{
    const struct nominate_outcome *found = &result->outcomes[index];
    char *line = mem_text(ctx->mem, "");
    for (size_t i = 0; i < found->candidate_count; i++)
        line = mem_printf(ctx->mem, "%s%s ", line, found->candidates[i]);
    line = mem_printf(ctx->mem, "%s|", line);
    for (size_t i = 0; i < found->tied_count; i++)
        line = mem_printf(ctx->mem, "%s %s", line, found->tied[i]);
    return line;
}

#define MAN(name, votes)                                                                           \
    {                                                                                              \
        name, SEX_MALE, votes, NOMINATE_UNSAID, POST_MEMBER                                        \
    }
#define WOMAN(name, votes)                                                                         \
    {                                                                                              \
        name, SEX_FEMALE, votes, NOMINATE_UNSAID, POST_MEMBER                                      \
    }
#define POST_LINE(post, seats, places, nominees)                                                   \
    {                                                                                              \
        post, seats, places, nominees, COUNT_OF(nominees)                                          \
    }

static void
most_votes_fill_the_places(void **state)
{
    const struct nominate_nominee nominees[] = {MAN("丙", 90), WOMAN("乙", 200), MAN("甲", 300),
                                                MAN("零", 0)};
    const struct nominate_post posts[] = {POST_LINE(POST_MEMBER, 1, 2, nominees)};
    const struct nominate_result result = decide(*state, "cn-2018", posts, 1);
    assert_true(result.valid);
    assert_string_equal(outcome(*state, &result, 0), "甲 乙 |");
    assert_null(result.outcomes[0].woman_added);
}

static void
equal_votes_at_the_last_place_are_voted_again(void **state)
{
    const struct nominate_nominee nominees[] = {WOMAN("甲", 500), MAN("乙", 300), MAN("丙", 200),
                                                MAN("丁", 200)};
    const struct nominate_post posts[] = {POST_LINE(POST_MEMBER, 2, 3, nominees)};
    const struct nominate_result result = decide(*state, "cn-2018", posts, 1);
    assert_string_equal(outcome(*state, &result, 0), "甲 乙 | 丙 丁");
}

static void
half_of_the_registered_is_not_enough_where_a_majority_is_asked(void **state)
{
    struct ctx *ctx = *state;
    struct nominate_facts facts = {REGISTERED, 600, NULL, 0};
    struct nominate_result result;
    nominate_decide(ctx, support_pack(ctx, "cn-2018+zhejiang"), &facts, &result);
    assert_false(result.valid);
    assert_string_equal(support_all_rules(ctx, &result.ruling), "NOM-03");
    facts.papers = 601;
    nominate_decide(ctx, support_pack(ctx, "cn-2018+zhejiang"), &facts, &result);
    assert_true(result.valid);
    facts.papers = 0;
    nominate_decide(ctx, support_pack(ctx, "cn-2018"), &facts, &result);
    assert_false(result.valid);
}

static void
places_must_exceed_seats(void **state)
{
    const struct nominate_nominee nominees[] = {MAN("甲", 5)};
    const struct nominate_post posts[] = {POST_LINE(POST_CHAIR, 1, 1, nominees)};
    const struct nominate_result result = decide(*state, "cn-2018", posts, 1);
    assert_false(result.valid);
    assert_int_equal(result.outcome_count, 0);
    assert_string_equal(support_all_rules(*state, &result.ruling), "NOM-04");
}

static void
one_person_stands_for_one_post_the_higher_unless_he_chose(void **state)
{
    struct ctx *ctx = *state;
    struct nominate_nominee chair[] = {MAN("甲", 500), WOMAN("乙", 300), MAN("丙", 200)};
    const struct nominate_nominee member[] = {MAN("甲", 400), MAN("丁", 200), MAN("戊", 100)};
    const struct nominate_post posts[] = {POST_LINE(POST_MEMBER, 1, 2, member),
                                          POST_LINE(POST_CHAIR, 1, 2, chair)};
    const struct nominate_result higher = decide(ctx, "cn-2018", posts, 2);
    assert_string_equal(outcome(ctx, &higher, 0), "丁 戊 |");
    assert_string_equal(outcome(ctx, &higher, 1), "甲 乙 |");

    chair[0].choice = NOMINATE_ACCEPTS;
    const struct nominate_result chosen = decide(ctx, "cn-2018", posts, 2);
    assert_string_equal(outcome(ctx, &chosen, 0), "甲 丁 |");
    assert_string_equal(outcome(ctx, &chosen, 1), "乙 丙 |");

    chair[0].choice = NOMINATE_DECLINES;
    const struct nominate_result declined = decide(ctx, "cn-2018", posts, 2);
    assert_string_equal(outcome(ctx, &declined, 0), "丁 戊 |");
}

static void
woman_with_most_votes_is_added_when_there_is_none(void **state)
{
    struct ctx *ctx = *state;
    const struct nominate_nominee chair[] = {MAN("甲", 500), MAN("乙", 300), WOMAN("己", 50)};
    const struct nominate_nominee member[] = {MAN("丙", 700), MAN("丁", 600), WOMAN("庚", 40),
                                              WOMAN("己", 60)};
    const struct nominate_post posts[] = {POST_LINE(POST_CHAIR, 1, 2, chair),
                                          POST_LINE(POST_MEMBER, 1, 2, member)};
    const struct nominate_result result = decide(ctx, "cn-2018", posts, 2);
    assert_string_equal(outcome(ctx, &result, 0), "甲 乙 |");
    assert_string_equal(outcome(ctx, &result, 1), "丙 丁 己 |");
    assert_string_equal(result.outcomes[1].woman_added, "己");
}

static void
women_with_equal_votes_meet_in_a_vote(void **state)
{
    struct ctx *ctx = *state;
    const struct nominate_nominee chair[] = {MAN("甲", 500), MAN("乙", 300), WOMAN("己", 50)};
    const struct nominate_nominee member[] = {MAN("丙", 700), MAN("丁", 600), WOMAN("庚", 50),
                                              WOMAN("己", 50)};
    const struct nominate_post posts[] = {POST_LINE(POST_CHAIR, 1, 2, chair),
                                          POST_LINE(POST_MEMBER, 1, 2, member)};
    const struct nominate_result result = decide(ctx, "cn-2018", posts, 2);
    assert_string_equal(outcome(ctx, &result, 0), "甲 乙 | 己");
    assert_string_equal(outcome(ctx, &result, 1), "丙 丁 | 庚");
    assert_null(result.outcomes[1].woman_added);
}

static void
men_are_no_nominees_for_the_womens_seat(void **state)
{
    const struct nominate_nominee women[] = {MAN("甲", 500), WOMAN("乙", 3), WOMAN("丙", 2)};
    const struct nominate_post posts[] = {POST_LINE(POST_WOMEN_MEMBER, 1, 2, women)};
    const struct nominate_result result = decide(*state, "cn-2018+zhejiang", posts, 1);
    assert_string_equal(outcome(*state, &result, 0), "乙 丙 |");
}

static void
votes_for_higher_posts_count_on_in_henan(void **state)
{
    struct ctx *ctx = *state;
    const struct nominate_nominee chair[] = {MAN("甲", 500), MAN("乙", 300), MAN("丙", 200)};
    struct nominate_nominee vice[] = {MAN("丁", 210), MAN("戊", 205), MAN("丙", 10)};
    const struct nominate_nominee member[] = {WOMAN("己", 400), MAN("丙", 1), MAN("戊", 100)};
    const struct nominate_post posts[] = {POST_LINE(POST_CHAIR, 1, 2, chair),
                                          POST_LINE(POST_VICE_CHAIR, 1, 2, vice),
                                          POST_LINE(POST_MEMBER, 1, 2, member)};
    const struct nominate_result plain = decide(ctx, "cn-2018", posts, 3);
    assert_string_equal(outcome(ctx, &plain, 1), "丁 戊 |");
    const struct nominate_result henan = decide(ctx, "cn-2018+henan", posts, 3);
    assert_string_equal(outcome(ctx, &henan, 1), "丁 丙 |");
    assert_string_equal(outcome(ctx, &henan, 2), "己 戊 |");

    vice[2].choice = NOMINATE_ACCEPTS;
    const struct nominate_result chose = decide(ctx, "cn-2018+henan", posts, 3);
    assert_string_equal(outcome(ctx, &chose, 1), "丁 戊 |");
    assert_string_equal(outcome(ctx, &chose, 2), "己 丙 |");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(most_votes_fill_the_places),
        TEST(equal_votes_at_the_last_place_are_voted_again),
        TEST(half_of_the_registered_is_not_enough_where_a_majority_is_asked),
        TEST(places_must_exceed_seats),
        TEST(one_person_stands_for_one_post_the_higher_unless_he_chose),
        TEST(woman_with_most_votes_is_added_when_there_is_none),
        TEST(women_with_equal_votes_meet_in_a_vote),
        TEST(men_are_no_nominees_for_the_womens_seat),
        TEST(votes_for_higher_posts_count_on_in_henan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
