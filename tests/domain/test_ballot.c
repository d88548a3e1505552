/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/ballot.h"

#include "support/packs.h"
#include "support/support.h"

#define JX "cn-2018+jiangxi"
#define ZJ "cn-2018+zhejiang"

#define NAMES(...)                                                                                 \
    {                                                                                              \
        (const char *[]){__VA_ARGS__}, COUNT_OF(((const char *[]){__VA_ARGS__}))                   \
    }
/* A paper of two sections, chair and member. */
#define PAPER(chair, member, ...)                                                                  \
    {                                                                                              \
        .sections = (struct ballot_section[]){chair, member}, ##__VA_ARGS__                        \
    }
/* An expression, so that the papers live as long as the test. */
#define PAPERS(facts, ...)                                                                         \
    ((facts).papers = (struct ballot_paper[]){__VA_ARGS__},                                        \
     (facts).paper_count = COUNT_OF(((struct ballot_paper[]){__VA_ARGS__})))
#define MARKS(...) ((struct ballot_section){.marks = NAMES(__VA_ARGS__)})

static const struct ballot_section EMPTY;

static struct ballot_post POSTS[] = {
    {POST_CHAIR, 1, NAMES("周", "吴")},
    {POST_MEMBER, 3, NAMES("甲", "乙", "丙", "丁")},
};

static struct ballot_facts
facts_empty(void)
{
    return (struct ballot_facts){.posts = POSTS, .post_count = COUNT_OF(POSTS)};
}

static struct ballot_result
papers_read(struct ctx *ctx, const char *law, const struct ballot_facts *facts)
{
    struct ballot_result result = {0};
    if (ballots_read(ctx, support_pack(ctx, law), facts, &result) != ERR_OK)
        fail_msg("%s", ctx->failure.message);
    assert_int_equal(result.valid + result.void_count, result.recovered);
    for (size_t i = 0; i < result.section_count; i++)
        assert_int_equal(result.sections[i].valid + result.sections[i].void_count,
                         result.recovered);
    assert_true(result.why.count > 0);
    return result;
}

/* −1: the name has no line. */
static int64_t
votes_of(const struct ballot_result *result, size_t section, const char *name)
{
    const struct ballot_tally *tally = &result->sections[section];
    for (size_t i = 0; i < tally->vote_count; i++) {
        if (strcmp(tally->votes[i].name, name) == 0)
            return tally->votes[i].votes;
    }
    return -1;
}

static void
over_vote_voids_the_section_or_the_ballot(void **state)
{
    struct ctx *ctx = *state;
    struct ballot_facts facts = facts_empty();
    PAPERS(facts, PAPER(MARKS("周"), MARKS("甲", "乙", "丙", "丁")));

    struct ballot_result result = papers_read(ctx, JX, &facts);
    assert_int_equal(result.valid, 1);
    assert_int_equal(result.sections[1].void_count, 1);
    assert_int_equal(votes_of(&result, 0, "周"), 1);
    assert_int_equal(votes_of(&result, 1, "甲"), 0);
    result = papers_read(ctx, ZJ, &facts);
    assert_int_equal(result.readings[0], PAPER_OVER_VOTE);
    assert_int_equal(votes_of(&result, 0, "周"), 0);
    facts.scope = BALLOT_SCOPE_SECTION;
    assert_int_equal(papers_read(ctx, ZJ, &facts).valid, 1);
    facts.scope = BALLOT_SCOPE_BALLOT;
    assert_int_equal(papers_read(ctx, JX, &facts).valid, 0);
}

static void
exactly_as_many_as_seats_are_valid(void **state)
{
    struct ctx *ctx = *state;
    struct ballot_facts facts = facts_empty();
    struct ballot_section member = {.marks = NAMES("甲", "乙"), .write_ins = NAMES("王大山")};
    PAPERS(facts, PAPER(EMPTY, member));

    const struct ballot_result result = papers_read(ctx, JX, &facts);

    assert_int_equal(result.sections[1].valid, 1);
    assert_int_equal(votes_of(&result, 1, "王大山"), 1);
    assert_int_equal(result.sections[0].blank, 1);
    assert_int_equal(result.blank, 0);
}

static void
blank_paper_is_a_valid_abstention(void **state)
{
    struct ctx *ctx = *state;
    struct ballot_facts facts = facts_empty();
    struct ballot_section against = {.against = NAMES("甲")};
    PAPERS(facts, PAPER(EMPTY, EMPTY), PAPER(EMPTY, against));

    const struct ballot_result result = papers_read(ctx, JX, &facts);

    assert_int_equal(result.valid, 2);
    assert_int_equal(result.blank, 1);
    assert_int_equal(result.sections[1].blank, 1);
}

static void
whole_paper_is_void_for_its_defects(void **state)
{
    struct ctx *ctx = *state;
    struct ballot_facts facts = facts_empty();
    struct ballot_section unreadable = {.marks = NAMES("甲"), .unreadable = true};
    PAPERS(facts, PAPER(MARKS("周"), EMPTY, .not_official = true),
           PAPER(MARKS("周"), EMPTY, .illegible_all = true),
           PAPER(MARKS("周"), EMPTY, .is_signed = true), PAPER(MARKS("周"), unreadable),
           PAPER(MARKS("周", "吴"), unreadable));

    struct ballot_result result = papers_read(ctx, JX, &facts);
    assert_int_equal(result.readings[0], PAPER_NOT_OFFICIAL);
    assert_int_equal(result.readings[1], PAPER_ILLEGIBLE);
    assert_int_equal(result.readings[2], PAPER_VALID);
    assert_true(result.referred[2]);
    assert_int_equal(result.readings[3], PAPER_VALID);
    assert_int_equal(result.readings[4], PAPER_ALL_SECTIONS_VOID);
    assert_int_equal(votes_of(&result, 0, "周"), 2);
    result = papers_read(ctx, "cn-2018+henan", &facts);
    assert_int_equal(result.readings[2], PAPER_SIGNED);
    assert_false(result.referred[2]);
    assert_string_equal(paper_reading_title(PAPER_SIGNED).zh, "署名");
}

static void
person_chosen_for_two_posts(void **state)
{
    struct ctx *ctx = *state;
    struct ballot_facts facts = facts_empty();
    struct ballot_section member = {.marks = NAMES("甲"), .write_ins = NAMES("周")};
    PAPERS(facts, PAPER(MARKS("周"), member), PAPER(MARKS("周", "吴"), member));

    struct ballot_result result = papers_read(ctx, JX, &facts);
    assert_int_equal(result.valid, 2);
    assert_int_equal(votes_of(&result, 0, "周"), 0);
    assert_int_equal(votes_of(&result, 1, "甲"), 2);
    assert_int_equal(votes_of(&result, 1, "周"), 1); /* the other section of paper 2 is void */
    result = papers_read(ctx, ZJ, &facts);
    assert_int_equal(result.readings[0], PAPER_TWO_POSTS);
}

static void
written_name_must_be_one_registered_voter(void **state)
{
    struct ctx *ctx = *state;
    struct ballot_facts facts = facts_empty();
    struct ballot_section known = {.write_ins = NAMES("王大山", "吴", "过路人")};
    struct ballot_section doubled = {.write_ins = NAMES("小明", "小红", "王大山")};
    facts.voters_known = true;
    facts.voters = (struct names)NAMES("王大山", "小红", "小红");
    facts.duplicate_names = (struct names)NAMES("小明");
    PAPERS(facts, PAPER(EMPTY, known), PAPER(EMPTY, doubled));

    const struct ballot_result result = papers_read(ctx, JX, &facts);

    assert_int_equal(votes_of(&result, 1, "王大山"), 2);
    assert_int_equal(votes_of(&result, 1, "吴"), 1); /* a candidate of another post */
    assert_int_equal(votes_of(&result, 1, "过路人"), -1);
    assert_int_equal(votes_of(&result, 1, "小明"), -1);
    assert_int_equal(votes_of(&result, 1, "小红"), -1);
    assert_int_equal(result.valid, 2);
}

static void
name_for_and_against_gets_no_vote(void **state)
{
    struct ctx *ctx = *state;
    struct ballot_facts facts = facts_empty();
    struct ballot_section member = {
        .marks = NAMES("甲", "乙", "甲"), .write_ins = NAMES("甲"), .against = NAMES("乙", "丙")};
    PAPERS(facts, PAPER(EMPTY, member));

    const struct ballot_result result = papers_read(ctx, JX, &facts);

    assert_int_equal(votes_of(&result, 1, "甲"), 1);
    assert_int_equal(votes_of(&result, 1, "乙"), 0);
}

static void
assert_refused(struct ctx *ctx, const struct ballot_facts *facts, const char *field)
{
    struct ballot_result result = {0};
    failure_clear(ctx);
    assert_int_equal(ballots_read(ctx, support_pack(ctx, JX), facts, &result), ERR_INVALID);
    assert_string_equal(ctx->failure.field, field);
}

static void
impossible_papers_are_refused_by_field(void **state)
{
    struct ctx *ctx = *state;
    struct ballot_facts facts = facts_empty();
    struct ballot_section against = {.against = NAMES("周")};
    PAPERS(facts, PAPER(EMPTY, MARKS("戊")));
    assert_refused(ctx, &facts, "ballots[0].marks.member");
    PAPERS(facts, PAPER(EMPTY, MARKS("周")));
    assert_refused(ctx, &facts, "ballots[0].marks.member");
    PAPERS(facts, PAPER(EMPTY, EMPTY), PAPER(EMPTY, against));
    assert_refused(ctx, &facts, "ballots[1].against.member");
    facts.paper_count = 0;
    struct ballot_post posts[] = {{POST_CHAIR, 1, NAMES("周")}, {POST_CHAIR, 1, NAMES("吴")}};
    facts.posts = posts;
    assert_refused(ctx, &facts, "posts[1].post");
    posts[1].post = POST_MEMBER;
    posts[1].seats = 0;
    assert_refused(ctx, &facts, "posts[1].seats");
    posts[1] = (struct ballot_post){POST_MEMBER, 1, NAMES("吴", "吴")};
    assert_refused(ctx, &facts, "posts[1].candidates[1]");
}

static void
many_papers_are_read_in_one_pass(void **state)
{
    struct ctx *ctx = *state;
    enum { MANY = 100000 };
    struct ballot_facts facts = facts_empty();
    struct ballot_section sections[] = {MARKS("周"), MARKS("甲", "乙")};
    facts.papers = mem_array(ctx->mem, struct ballot_paper, MANY);
    facts.paper_count = MANY;
    for (size_t i = 0; i < MANY; i++)
        facts.papers[i].sections = sections;

    const struct ballot_result result = papers_read(ctx, JX, &facts);

    assert_int_equal(votes_of(&result, 0, "周"), MANY);
    assert_int_equal(votes_of(&result, 1, "乙"), MANY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(over_vote_voids_the_section_or_the_ballot),
        TEST(exactly_as_many_as_seats_are_valid),
        TEST(blank_paper_is_a_valid_abstention),
        TEST(whole_paper_is_void_for_its_defects),
        TEST(person_chosen_for_two_posts),
        TEST(written_name_must_be_one_registered_voter),
        TEST(name_for_and_against_gets_no_vote),
        TEST(impossible_papers_are_refused_by_field),
        TEST(many_papers_are_read_in_one_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
