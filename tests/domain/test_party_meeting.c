/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/party_meeting.h"

#include "support/support.h"

/* 41 full members, 33 present, three seats, four candidates. */
struct meeting {
    struct party_candidate candidates[4];
    struct party_exclusion exclusions[4];
    struct party_facts facts;
};

static struct meeting
meeting(void)
{
    return (struct meeting){
        .candidates = {{.name = "甲", .votes = 30},
                       {.name = "乙", .votes = 25},
                       {.name = "丙", .votes = 17},
                       {.name = "丁", .votes = 16}},
        .exclusions = {{PARTY_MENTAL, true, true, true},
                       {PARTY_ABROAD, true, true, true},
                       {PARTY_BEDRIDDEN, true, true, true},
                       {PARTY_MOVED_AWAY, true, true, true}},
        .facts = {.full_members = 41,
                  .present = 33,
                  .issued = 33,
                  .recovered = 33,
                  .seats = 3,
                  .candidate_count = 4},
    };
}

static struct party_result
decide(struct ctx *ctx, struct meeting *it)
{
    struct party_result result = {0};
    it->facts.candidates = it->candidates;
    it->facts.exclusions = it->exclusions;
    assert_int_equal(party_meeting_decide(ctx, &it->facts, &result), ERR_OK);
    assert_true(result.why.count >= 4);
    return result;
}

static void
assert_refused(struct ctx *ctx, struct meeting it, const char *field)
{
    struct party_result result = {0};
    failure_clear(ctx);
    it.facts.candidates = it.candidates;
    it.facts.exclusions = it.exclusions;
    assert_int_equal(party_meeting_decide(ctx, &it.facts, &result), ERR_INVALID);
    assert_string_equal(ctx->failure.field, field);
}

static void
four_fifths_of_those_who_should_attend_are_enough(void **state)
{
    struct ctx *ctx = *state;
    struct meeting it = meeting();

    assert_true(decide(ctx, &it).quorum); /* 165 ≥ 164 */
    it.facts.full_members = 45;
    it.facts.exclusion_count = 4;
    assert_true(decide(ctx, &it).quorum);
    it.exclusions[3].meeting_passed = false;
    struct party_result result = decide(ctx, &it); /* 42: 165 < 168 */
    assert_int_equal(result.should_attend, 42);
    assert_false(result.quorum);
    assert_false(result.valid);
    assert_string_equal(party_next_word(result.next), "repeat");
    assert_int_equal(result.vacant, 3);
    it.exclusions[3].meeting_passed = true;
    it.exclusions[2].township_consent = false;
    assert_false(decide(ctx, &it).quorum);
    it.exclusions[2].township_consent = true;
    it.exclusions[1].member_heard = false;
    assert_false(decide(ctx, &it).quorum);
}

static void
base_is_those_present_and_not_the_ballots(void **state)
{
    struct ctx *ctx = *state;
    struct meeting it = meeting();
    it.facts.recovered = 31;

    const struct party_result result = decide(ctx, &it);

    assert_int_equal(result.threshold, 17);
    assert_string_equal(names_join(ctx, &result.elected), "甲、乙、丙");
    assert_string_equal(party_next_word(result.next), "done");
    it.candidates[2].votes = 16;
    const struct party_result short_of = decide(ctx, &it);
    assert_int_equal(short_of.vacant, 1);
    assert_string_equal(party_next_word(short_of.next), "further_election");
}

static void
equal_at_the_last_seat_meet_in_a_re_vote(void **state)
{
    struct ctx *ctx = *state;
    struct meeting it = meeting();
    it.candidates[2].votes = 18;
    it.candidates[3] = (struct party_candidate){.name = "丁", .votes = 18};

    const struct party_result result = decide(ctx, &it);

    assert_string_equal(names_join(ctx, &result.elected), "甲、乙");
    assert_string_equal(names_join(ctx, &result.tied), "丙、丁");
    assert_string_equal(party_next_word(result.next), "re_vote");
}

static void
fifth_more_candidates_than_seats_are_needed(void **state)
{
    struct ctx *ctx = *state;
    struct meeting it = meeting();

    assert_int_equal(party_surplus_need(PARTY_COMMITTEE, 3), 4);
    assert_int_equal(party_surplus_need(PARTY_COMMITTEE, 5), 6);
    assert_int_equal(party_surplus_need(PARTY_COMMITTEE, 6), 8);
    assert_int_equal(party_surplus_need(PARTY_COMMITTEE, 7), 9);
    assert_int_equal(party_surplus_need(PARTY_OFFICERS, 1), 1);
    it.candidates[3].write_in = true; /* write-ins are no candidates */
    const struct party_result result = decide(ctx, &it);
    assert_false(result.surplus_ok);
    assert_false(result.valid);
}

static void
more_ballots_than_issued_or_present_void_the_vote(void **state)
{
    struct ctx *ctx = *state;
    struct meeting it = meeting();
    it.facts.issued = 32;
    assert_false(decide(ctx, &it).valid);
    it.facts.issued = 35;
    assert_true(decide(ctx, &it).valid);
    it.facts.recovered = 34;
    assert_false(decide(ctx, &it).valid);
}

static void
impossible_facts_are_refused_by_field(void **state)
{
    struct ctx *ctx = *state;
    struct meeting it = meeting();
    it.facts.full_members = 0;
    assert_refused(ctx, it, "full_members");
    it = meeting();
    it.facts.full_members = 3;
    it.facts.exclusion_count = 4;
    assert_refused(ctx, it, "exclusions");
    it = meeting();
    it.facts.present = 42;
    assert_refused(ctx, it, "present");
    it = meeting();
    it.facts.issued = -1;
    assert_refused(ctx, it, "issued");
    it = meeting();
    it.facts.recovered = -1;
    assert_refused(ctx, it, "recovered");
    it = meeting();
    it.facts.void_count = 34;
    assert_refused(ctx, it, "void");
    it = meeting();
    it.facts.seats = 0;
    assert_refused(ctx, it, "seats");
    it = meeting();
    it.facts.void_count = 4;
    assert_refused(ctx, it, "candidates[0].for");
    it = meeting();
    it.candidates[1].name = "甲";
    assert_refused(ctx, it, "candidates[1].name");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(four_fifths_of_those_who_should_attend_are_enough),
        TEST(base_is_those_present_and_not_the_ballots),
        TEST(equal_at_the_last_seat_meet_in_a_re_vote),
        TEST(fifth_more_candidates_than_seats_are_needed),
        TEST(more_ballots_than_issued_or_present_void_the_vote),
        TEST(impossible_facts_are_refused_by_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
