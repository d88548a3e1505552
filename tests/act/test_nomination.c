/* SPDX-License-Identifier: Apache-2.0 */
/* Seats, persons, kinship, nomination, nominees (acts.md 6.2, 6.6). */
#include "act/people_village.h"

#include "store/kin_store.h"
#include "store/round_store.h"
#include "store/seat_store.h"

#define ANNOUNCE                                                                                   \
    "{'from_on':'2021-03-01','to_on':'2021-03-03','method':'stations'," HUNG("2021-03-01") "}"
#define SEATS(seats)                                                                               \
    "{'body':'village','posts':[{'post':'member','seats':" #seats ",'typed':'open'}]}"
#define KIN(a, b, relation)                                                                        \
    "{'a':'" a "','b':'" b "','relation':'" relation "','source':'declared'}"

static void
seats_outside_three_to_seven_or_without_an_assembly_are_refused(void **state)
{
    village_refused(*state, "2021-02-05T09:00", "ec", "seats.fix", SEATS(2), "ELG-04");
    village_refused(*state, "2021-02-05T09:00", "ec", "seats.fix", SEATS(8), "ELG-04");
    village_refused(*state, "2021-02-05T09:00", "ec", "seats.fix", SEATS(3), "SEQ-01");
}

static void
seats_are_frozen_by_the_nomination_notice(void **state)
{
    struct village *village = *state;
    int64_t seats;
    people_announce(village);

    village_refused(village, "2021-03-02T09:00", "ec", "seats.fix", SEATS(3), "SEQ-04");

    assert_int_equal(
        seat_store_seats(village->ctx, village->db, VILLAGE, "village", "member", &seats), ERR_OK);
    assert_int_equal(seats, 2);
}

static void
a_person_is_no_kin_of_himself_and_no_parent_is_younger(void **state)
{
    struct village *village = *state;
    enum relation relation;
    village_refused(village, "2021-02-05T09:00", "to", "kin.declare",
                    KIN("P00001", "P00001", "spouse"), "SEQ-07");
    village_refused(village, "2021-02-05T09:00", "to", "kin.declare",
                    KIN("P00001", "P00003", "parent"), "SEQ-07");

    village_do(village, "2021-02-05T09:00", "to", "kin.declare",
               KIN("P00001", "P00003", "sibling"));

    assert_int_equal(
        kin_store_relation(village->ctx, village->db, VILLAGE, "P00003", "P00001", &relation),
        ERR_OK);
    assert_int_equal(relation, RELATION_SIBLING);
}

/* acts.md §8, 25. */
static void
a_nomination_before_the_roll_is_refused(void **state)
{
    struct village *village = *state;
    people_seats(village);
    assert_int_equal(standing_store_set(village->ctx, village->db, VILLAGE, 9001, "withdrawn"),
                     ERR_OK);

    village_refused(village, "2021-03-01T09:00", "ec", "nominate.announce", ANNOUNCE, "SEQ-01");
}

static void
the_notice_opens_a_round_of_nomination(void **state)
{
    struct village *village = *state;
    struct round round;
    people_announce(village);

    assert_int_equal(
        round_store_last(village->ctx, village->db, VILLAGE, "village", "nomination", &round),
        ERR_OK);
    assert_string_equal(round.state, "noticed");
}

static void
a_result_that_cannot_be_is_refused(void **state)
{
    struct village *village = *state;
    people_announce(village);

    village_refused(village, "2021-03-02T18:00", "ec", "nominate.result",
                    "{'kind':'nomination','held_on':'2021-03-02','papers_issued':8,"
                    "'papers_recovered':8,'void':0,'counted_by':['外:计'],'rows':[" VOTES "]}",
                    "SEQ-06");
    village_refused(village, "2021-03-03T18:00", "ec", "nominate.result",
                    "{'kind':'nomination','held_on':'2021-03-03','papers_issued':7,"
                    "'papers_recovered':8,'void':0,'counted_by':['外:计'],'rows':[" VOTES "]}",
                    "CNT-01");
    village_refused(village, "2021-03-03T18:00", "ec", "nominate.result",
                    RESULT(NAMED("chair", "P00001", 6) "," NAMED("chair", "P00002", 3)), "NOM-02");
}

/* acts.md §8, 13. */
static void
a_direct_nomination_to_the_committee_is_refused(void **state)
{
    struct village *village = *state;
    people_announce(village);
    village_do(village, "2021-03-03T18:00", "ec", "nominate.result", RESULT(VOTES));

    village_refused(village, "2021-03-03T19:00", "ts", "nominees.list",
                    NOMINEES("direct", STANDS_FOR("P00001", "chair")), "NOM-01");
}

static void
the_nominees_are_those_with_most_votes(void **state)
{
    struct village *village = *state;
    people_announce(village);
    village_do(village, "2021-03-03T18:00", "ec", "nominate.result", RESULT(VOTES));

    village_refused(
        village, "2021-03-03T19:00", "ec", "nominees.list",
        NOMINEES("nominated", STANDS_FOR("P00001", "chair") "," STANDS_FOR(
                                  "P00002", "chair") "," STANDS_FOR("P00006", "member")),
        "NOM-05");
    village_do(village, "2021-03-03T19:00", "ec", "nominees.list", NOMINEES("nominated", FIVE));

    people_state_is(village, "P00003", "member", "nominee");
    village_refused(village, "2021-03-03T19:30", "ec", "nominees.list", NOMINEES("nominated", FIVE),
                    "SEQ-07");
}

static void
who_declines_before_the_list_is_passed_over(void **state)
{
    struct village *village = *state;
    people_announce(village);
    village_do(village, "2021-03-03T18:00", "ec", "nominate.result", RESULT(VOTES));

    village_do(village, "2021-03-03T18:30", "ec", "candidate.answer",
               "{'body':'village','person':'P00003','answer':'decline','on':'2021-03-03'," PAPER
               "}");

    village_refused(village, "2021-03-03T19:00", "ec", "nominees.list", NOMINEES("nominated", FIVE),
                    "NOM-05");
}

static void
a_nominee_accepts_one_post(void **state)
{
    struct village *village = *state;
    people_nominate(village);

    village_refused(village, "2021-03-04T09:00", "ec", "candidate.answer",
                    "{'body':'village','person':'P00001','answer':'accept','post':'member',"
                    "'on':'2021-03-04'," PAPER "}",
                    "NOM-06");
    village_do(village, "2021-03-04T09:00", "ec", "candidate.answer",
               "{'body':'village','person':'P00001','answer':'accept','post':'chair',"
               "'on':'2021-03-04'," PAPER "}");

    people_state_is(village, "P00001", "chair", "accepted");
}

static void
nobody_puts_himself_forward_where_the_law_has_no_such_mode(void **state)
{
    people_seats(*state);
    village_refused(*state, "2021-03-01T09:00", "ec", "nominate.self",
                    "{'person':'P00001','post':'chair','on':'2021-03-01'," PAPER "}", "CAL-08");
}

#define VOID(ground)                                                                               \
    "{'round':1,'ground':'" ground "','grounds':'查实','decided_on':'2021-03-03'," DOC "}"

/* Before its nominees are listed a nomination may be void, and is then done anew from the notice.
 */
static void
a_void_nomination_is_done_anew_until_its_nominees_are_listed(void **state)
{
    struct village *village = *state;
    struct nomination_vote *votes;
    size_t count;
    people_announce(village);
    village_refused(village, "2021-03-03T17:00", "ts", "poll.void", VOID("other"), "SEQ-01");
    village_do(village, "2021-03-03T18:00", "ec", "nominate.result", RESULT(VOTES));
    village_do(village, "2021-03-03T18:30", "ts", "poll.void", VOID("other"));
    assert_int_equal(
        vote_store_list(village->ctx, village->db, VILLAGE, "nomination", &votes, &count), ERR_OK);
    assert_int_equal(count, 0);
    village_refused(village, "2021-03-03T19:00", "ec", "nominees.list", NOMINEES("nominated", FIVE),
                    "SEQ-01");

    village_do(
        village, "2021-03-03T19:00", "ec", "nominate.announce",
        "{'from_on':'2021-03-03','to_on':'2021-03-03','method':'stations'," HUNG("2021-03-03") "}");
    village_do(village, "2021-03-03T20:00", "ec", "nominate.result", RESULT(VOTES));
    village_do(village, "2021-03-03T21:00", "ec", "nominees.list", NOMINEES("nominated", FIVE));
    village_refused(village, "2021-03-03T22:00", "ts", "poll.void",
                    "{'round':2,'ground':'other','grounds':'查实','decided_on':'2021-03-03'," DOC
                    "}",
                    "SEQ-04");
}

static int
zhejiang_setup(void **state)
{
    village_packs = "zhejiang";
    const int done = people_setup(state);
    village_packs = "jiangxi";
    return done;
}

/* The village's rules ask for self-nomination. */
static void
self_nomination(struct village *village)
{
    const struct adopted_rules rules = {.unit = VILLAGE,
                                        .kind = "election_rules",
                                        .seq = 9002,
                                        .mode = "self_nomination",
                                        .bars = ""};
    people_seats(village);
    assert_int_equal(rules_store_put(village->ctx, village->db, &rules), ERR_OK);
}

#define SELF(person, post, on) "{'person':'" person "','post':'" post "','on':'" on "'," PAPER "}"

static void
in_zhejiang_one_puts_himself_forward_for_one_post_in_time(void **state)
{
    struct village *village = *state;
    self_nomination(village);
    village_do(village, "2021-03-10T09:00", "ec", "nominate.self",
               SELF("P00001", "chair", "2021-03-10"));
    people_state_is(village, "P00001", "chair", "accepted");
    village_refused(village, "2021-03-10T10:00", "ec", "nominate.self",
                    SELF("P00001", "member", "2021-03-10"), "CAL-08");
    /* D−10 was the last day. */
    village_refused(village, "2021-03-11T09:00", "ec", "nominate.self",
                    SELF("P00003", "member", "2021-03-11"), "CAL-08");
    village_do(village, "2021-03-11T10:00", "ec", "nominees.list",
               NOMINEES("self", STANDS_FOR("P00001", "chair")));
    village_refused(village, "2021-03-11T11:00", "ec", "nominees.list",
                    NOMINEES("self", STANDS_FOR("P00003", "member")), "SEQ-01");
}

static int
shanghai_setup(void **state)
{
    village_packs = "shanghai";
    const int done = people_setup(state);
    village_packs = "jiangxi";
    return done;
}

/* Shanghai's rules know nomination by the voters only. */
static void
in_shanghai_nobody_puts_himself_forward(void **state)
{
    self_nomination(*state);
    village_refused(*state, "2021-03-01T09:00", "ec", "nominate.self",
                    SELF("P00001", "chair", "2021-03-01"), "CAL-08");
}

static void
the_mode_alone_does_not_bring_self_nomination_where_the_law_has_none(void **state)
{
    self_nomination(*state);
    village_refused(*state, "2021-03-01T09:00", "ec", "nominate.self",
                    SELF("P00001", "chair", "2021-03-01"), "CAL-08");
}

#define PRIMARY(electors, recovered)                                                               \
    "{'kind':'primary','held_on':'2021-03-08','electors':" #electors                               \
    ",'papers_issued':" #recovered ",'papers_recovered':" #recovered                               \
    ",'void':0,'counted_by':['外:计票人'],'rows':[" NAMED("chair", "P00001",                       \
                                                          3) "," NAMED("chair", "P00002", 2) "]}"

/* A primary comes after the review; two thirds of the representatives vote (NOM-03). */
static void
a_primary_follows_the_review_and_needs_two_thirds(void **state)
{
    struct village *village = *state;
    people_announce(village);
    village_refused(village, "2021-03-08T09:00", "ec", "nominate.result", PRIMARY(9, 6), "SEQ-01");
    people_stand(village, 9500, "review.conclude", "", "2021-03-07");
    struct standing concluded;
    assert_int_equal(standing_store_find(village->ctx, village->db, VILLAGE, 9500, &concluded),
                     ERR_OK);
    concluded.seq = 9501;
    concluded.body = "village";
    assert_int_equal(standing_store_add(village->ctx, village->db, &concluded), ERR_OK);

    village_do(village, "2021-03-08T09:00", "ec", "nominate.result", PRIMARY(10, 6));
    assert_true(village_found(village, "NOM-03")); /* 6 of 10: void, to be held again */
    village_do(village, "2021-03-08T10:00", "ec", "nominate.result", PRIMARY(9, 6));
    assert_false(village_found(village, "NOM-03"));
    village_refused(village, "2021-03-08T11:00", "ec", "nominate.result", PRIMARY(9, 6), "SEQ-07");
}

#define PEOPLE(name) cmocka_unit_test_setup_teardown(name, people_setup, village_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PEOPLE(seats_outside_three_to_seven_or_without_an_assembly_are_refused),
        PEOPLE(seats_are_frozen_by_the_nomination_notice),
        PEOPLE(a_person_is_no_kin_of_himself_and_no_parent_is_younger),
        PEOPLE(a_nomination_before_the_roll_is_refused),
        PEOPLE(the_notice_opens_a_round_of_nomination),
        PEOPLE(a_result_that_cannot_be_is_refused),
        PEOPLE(a_direct_nomination_to_the_committee_is_refused),
        PEOPLE(the_nominees_are_those_with_most_votes),
        PEOPLE(who_declines_before_the_list_is_passed_over),
        PEOPLE(a_nominee_accepts_one_post),
        PEOPLE(nobody_puts_himself_forward_where_the_law_has_no_such_mode),
        PEOPLE(a_void_nomination_is_done_anew_until_its_nominees_are_listed),
        cmocka_unit_test_setup_teardown(in_zhejiang_one_puts_himself_forward_for_one_post_in_time,
                                        zhejiang_setup, village_teardown),
        cmocka_unit_test_setup_teardown(in_shanghai_nobody_puts_himself_forward, shanghai_setup,
                                        village_teardown),
        PEOPLE(the_mode_alone_does_not_bring_self_nomination_where_the_law_has_none),
        PEOPLE(a_primary_follows_the_review_and_needs_two_thirds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
