/* SPDX-License-Identifier: Apache-2.0 */
/* Stations, staff, ballots and the polling day (acts.md 6.7, 6.8, refusals 28 … 32). */
#include "act/poll_village.h"

#include "store/box_store.h"
#include "store/form_store.h"
#include "store/staff_store.h"
#include "store/station_store.h"

#define MOBILE                                                                                         \
    "{'round':1,'name':'流动一','kind':'mobile','place':'各组','opens':'08:00','closes':'11:00'," \
    "'boxes':[{'box':3}],'booths':0,'reason':'老弱病残'}"
#define ISSUE(box, at, issued, proxies)                                                            \
    "{'round':1,'box':" box ",'at':'" at "','issued':" issued ",'issued_proxy':" proxies           \
    ",'scribed':0,'spoiled':0}"
#define CLOSE(box, issued, unused)                                                                 \
    "{'round':1,'box':" box ",'at':'12:00','issued':" issued ",'issued_proxy':0,'scribed':1,"      \
    "'spoiled':1,'unused':" unused ",'seal_no':'F1','monitors':['P00011']}"
#define GATHER(box, whole)                                                                         \
    "{'round':1,'box':" box ",'arrived_at':'12:30','seal_ok':'" whole "','escorts':['P00012']}"
#define CLOSE_POLL(reserve)                                                                        \
    "{'round':1,'at':'12:20','unused':5,'spoiled':2,'reserve':" reserve                            \
    ",'fate':'sealed','seal_no':'Z1','witnesses':['外:监督员']}"

static void
a_mobile_box_without_a_granted_request_is_refused(void **state)
{
    village_refused(*state, "2021-03-12T09:00", "ec", "station.set", MOBILE, "POL-03");
}

static void
a_mobile_box_with_a_granted_request_is_set(void **state)
{
    struct village *village = *state;
    struct box box;
    const int64_t asked = village_do(village, "2021-03-11T09:00", "ec", "approval.request",
                                     "{'kind':'mobile_box','to':'" TOWN "','subject':'流动票箱'}");
    village_do(village, "2021-03-11T15:00", "ts", "approval.decide",
               mem_printf(village->ctx->mem,
                          "{'request_seq':%lld,'decision':'granted','signed_by':'外:书记'," DOC "}",
                          (long long)asked));

    village_do(village, "2021-03-12T09:00", "ec", "station.set", MOBILE);

    assert_int_equal(box_store_find(village->ctx, village->db, VILLAGE, 1, 3, &box), ERR_OK);
    assert_string_equal(box.kind, "mobile");
    assert_string_equal(box.state, "set");
    village_do(
        village, "2021-03-12T10:00", "ec", "assist.list",
        "{'round':1,'kind':'mobile','rows':[{'person':'P00020','reason':'ill','box':3}]," PLACES(
            "2021-03-12") "}");
    village_refused(
        village, "2021-03-12T10:00", "ec", "assist.list",
        "{'round':1,'kind':'mobile','rows':[{'person':'P00021','reason':'old'}]," PLACES(
            "2021-03-12") "}",
        "POL-03");
}

static void
a_place_without_a_secret_writing_place_or_a_second_centre_is_refused(void **state)
{
    village_refused(*state, "2021-03-12T09:00", "ec", "station.set",
                    "{'round':1,'name':'二组','kind':'station','place':'二组','opens':'08:00',"
                    "'closes':'12:00','boxes':[{'box':2}],'booths':0}",
                    "POL-01");
    village_do(*state, "2021-03-12T09:00", "ec", "station.set", CENTRAL);
    village_refused(*state, "2021-03-12T09:01", "ec", "station.set",
                    "{'round':1,'name':'又一会场','kind':'central','place':'祠堂','opens':'08:00',"
                    "'closes':'12:00','boxes':[{'box':4}],'booths':1}",
                    "POL-01");
    village_refused(*state, "2021-03-12T09:02", "ec", "station.set",
                    "{'round':1,'name':'二组','kind':'station','place':'二组','opens':'08:00',"
                    "'closes':'12:00','boxes':[{'box':1}],'booths':1}",
                    "SEQ-07");
}

#define ONE_STAFF(person, duty)                                                                    \
    "{'round':1,'rows':[{'person':'" person "','duty':'" duty "'}]," PLACES("2021-03-12") "}"

static void
a_candidates_sister_is_no_issuer(void **state)
{
    struct village *village = *state;
    poll_train(village, 9, 10);
    village_refused(village, "2021-03-12T09:00", "ec", "staff.appoint",
                    ONE_STAFF("P00009", "issuer"), "POL-02");
    village_explain(village, "2021-03-12T09:00", "ec", "staff.appoint",
                    ONE_STAFF("P00010", "issuer"), STAFF_NOT_PASSED);
}

static void
a_candidate_is_no_monitor(void **state)
{
    poll_train(*state, 5, 5);
    village_refused(*state, "2021-03-12T09:00", "ec", "staff.appoint",
                    ONE_STAFF("P00005", "monitor"), "POL-02");
}

static void
untrained_unpledged_and_sanctioned_people_are_no_staff(void **state)
{
    struct village *village = *state;
    village_refused(village, "2021-03-11T08:00", "ec", "staff.appoint",
                    ONE_STAFF("P00010", "issuer"), "SEQ-01");
    assert_true(village_found(village, "ORG-02"));
    assert_true(village_found(village, "CND-01"));
    poll_train(village, 11, 11);
    village_refused(village, "2021-03-11T12:00", "ec", "staff.appoint",
                    ONE_STAFF("P00010", "issuer"), "SEQ-06");
    village_refused(village, "2021-03-12T09:00", "ec", "staff.appoint",
                    ONE_STAFF("P00010", "issuer"), "ORG-02");
    assert_true(village_found(village, "CND-01"));
}

static void
a_sanctioned_person_is_no_staff(void **state)
{
    struct village *village = *state;
    poll_train(village, 10, 10);
    village_do(village, "2021-03-11T11:00", "ts", "sanction.order",
               "{'person':'P00010','ground':'staff_breach','effect':'remove_staff',"
               "'found_on':'2021-03-11','grounds':'泄密'," DOC "}");
    village_refused(village, "2021-03-12T09:00", "ec", "staff.appoint",
                    ONE_STAFF("P00010", "issuer"), "CND-02");
}

static void
removed_staff_has_no_duty(void **state)
{
    struct village *village = *state;
    bool has;
    poll_prepare(village);
    village_do(village, "2021-03-19T10:00", "ec", "staff.remove",
               "{'person':'P00017','reason':'resigned','on':'2021-03-19'}");
    assert_int_equal(
        staff_store_has_duty(village->ctx, village->db, VILLAGE, 1, "P00017", "issuer", &has),
        ERR_OK);
    assert_false(has);
    village_refused(village, "2021-03-19T11:00", "ec", "staff.remove",
                    "{'person':'P00017','reason':'resigned','on':'2021-03-19'}", "SEQ-01");
    village_refused(village, "2021-03-20T08:00", "ec", "poll.open", OPEN, "POL-02");
}

static void
two_write_in_lines_for_three_member_seats_are_refused(void **state)
{
    village_refused(*state, "2021-03-12T09:20", "ec", "ballot.design", DESIGN("1", "2"), "BAL-02");
}

static void
a_form_keeps_the_order_of_strokes(void **state)
{
    struct village *village = *state;
    static const char *const ORDER[] = {"P00003", "P00002", "P00004", "P00001"};
    struct form_candidate *names;
    struct round_candidate *kept;
    size_t count;

    village_do(village, "2021-03-12T09:20", "ec", "ballot.design", DESIGN("1", "3"));

    assert_int_equal(
        form_store_candidates(village->ctx, village->db, VILLAGE, 1, "member", &names, &count),
        ERR_OK);
    assert_int_equal(count, COUNT_OF(ORDER));
    for (size_t i = 0; i < count; i++)
        assert_string_equal(names[i].person, ORDER[i]);
    assert_int_equal(
        round_store_candidates(village->ctx, village->db, VILLAGE, 1, "chair", &kept, &count),
        ERR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(kept[0].person, "P00005");
}

static void
a_combined_ballot_lacks_no_post_and_posts_stay_together(void **state)
{
    village_refused(*state, "2021-03-12T09:20", "ec", "ballot.design",
                    "{'round':1,'form':1,'layout':'combined','size':'A4','posts':[{'post':'chair',"
                    "'write_in_lines':1}]}",
                    "BAL-03");
    village_refused(*state, "2021-03-12T09:20", "ec", "ballot.design",
                    "{'round':1,'form':1,'layout':'per_post','size':'A4','posts':[{'post':'chair',"
                    "'write_in_lines':1}]}",
                    "BAL-03");
}

static void
a_printed_form_is_frozen_until_a_candidate_changes(void **state)
{
    struct village *village = *state;
    struct form form;
    village_do(village, "2021-03-12T09:20", "ec", "ballot.design", DESIGN("1", "3"));
    village_do(village, "2021-03-12T09:30", "ec", "ballot.print", PRINT);
    village_refused(village, "2021-03-12T09:40", "ec", "ballot.design", DESIGN("1", "4"), "SEQ-04");
    village_refused(village, "2021-03-12T09:40", "ec", "ballot.design", DESIGN("2", "3"), "SEQ-04");
    seed_candidate(village, 1, "member", "withdrawn");
    seed_candidate(village, 30, "member", "formal");

    village_do(village, "2021-03-13T09:40", "ec", "ballot.design", DESIGN("2", "3"));

    assert_int_equal(form_store_find(village->ctx, village->db, VILLAGE, 1, 1, &form), ERR_OK);
    assert_string_equal(form.state, "retired");
}

static void
no_more_ballots_are_handed_out_than_are_good(void **state)
{
    struct village *village = *state;
    struct box box;
    village_do(village, "2021-03-12T09:00", "ec", "station.set", CENTRAL);
    village_do(village, "2021-03-12T09:20", "ec", "ballot.design", DESIGN("1", "3"));
    village_refused(village, "2021-03-12T09:30", "ec", "ballot.print",
                    "{'round':1,'form':1,'printed':10,'spoiled':11,'printer':'厂',"
                    "'witnesses':['外:甲'],'seal_no':'Y','on':'2021-03-12'}",
                    "STK-01");
    village_do(village, "2021-03-12T09:30", "ec", "ballot.print", PRINT);
    village_refused(village, "2021-03-12T10:00", "ec", "ballot.allot",
                    "{'round':1,'rows':[{'box':1,'form':1,'count':42,'received_by':'P00017',"
                    "'seal_no':'A1'}]}",
                    "STK-01");
    village_do(village, "2021-03-12T10:00", "ec", "ballot.allot",
               "{'round':1,'rows':[{'box':1,'form':1,'count':41,'received_by':'P00017',"
               "'seal_no':'A1'}]}");
    assert_int_equal(box_store_find(village->ctx, village->db, VILLAGE, 1, 1, &box), ERR_OK);
    assert_int_equal(box.allotted, 41);
    assert_string_equal(box.state, "sealed");
}

static void
the_notice_is_posted_three_days_before(void **state)
{
    struct village *village = *state;
    poll_train(village, 11, 18);
    village_refused(village, "2021-03-17T09:00", "ec", "poll.notice", NOTICE("2021-03-17"),
                    "SEQ-01");
    village_do(village, "2021-03-17T09:00", "ec", "station.set", CENTRAL);
    village_do(village, "2021-03-17T09:01", "ec", "station.set", STATION);
    village_explain(village, "2021-03-17T09:10", "ec", "staff.appoint", STAFF, STAFF_NOT_PASSED);
    village_refused(village, "2021-03-18T09:00", "ec", "poll.notice", NOTICE("2021-03-18"),
                    "CAL-05");
    village_do(village, "2021-03-18T09:00", "ec", "poll.notice", NOTICE("2021-03-17"));
}

static void
the_poll_opens_on_its_day_only(void **state)
{
    struct village *village = *state;
    struct round round;
    bool frozen;
    poll_prepare(village);
    village_refused(village, "2021-03-19T10:00", "ec", "poll.open", OPEN, "SEQ-06");

    village_do(village, "2021-03-20T08:00", "ec", "poll.open", OPEN);

    assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
    assert_string_equal(round.state, "open");
    assert_int_equal(round.registered, VOTERS);
    assert_int_equal(voter_store_is_frozen(village->ctx, village->db, VILLAGE, &frozen), ERR_OK);
    assert_true(frozen);
    village_refused(village, "2021-03-20T09:00", "ec", "poll.open", OPEN, "SEQ-07");
    village_refused(village, "2021-03-20T09:00", "ec", "station.set", CENTRAL, "SEQ-04");
}

static void
a_box_not_shown_empty_keeps_the_poll_shut(void **state)
{
    poll_prepare(*state);
    village_refused(*state, "2021-03-20T08:00", "ec", "poll.open",
                    "{'round':1,'at':'08:00','boxes':[{'box':1,'seal_no':'K1',"
                    "'shown_empty_by':['P00011']}],'unsealed_by':['P00011']}",
                    "POL-05");
}

static void
an_undecided_objection_keeps_the_poll_shut(void **state)
{
    struct village *village = *state;
    poll_prepare(village);
    seed_entry(village, "objection.file", "2021-03-19", "{'subject':'formal'}");
    village_refused(village, "2021-03-20T08:00", "ec", "poll.open", OPEN, "SEQ-01");
}

static void
an_equal_number_of_candidates_keeps_the_poll_shut(void **state)
{
    struct village *village = *state;
    seed_candidate(village, 4, "member", "withdrawn");
    poll_prepare(village);
    village_refused(village, "2021-03-20T08:00", "ec", "poll.open", OPEN, "NOM-04");
}

static void
reported_sums_never_fall_and_stay_within_the_box(void **state)
{
    struct village *village = *state;
    struct box box;
    poll_prepare(village);
    village_do(village, "2021-03-20T08:00", "ec", "poll.open", OPEN);
    village_do(village, "2021-03-20T10:00", "issuer2", "ballot.issue",
               ISSUE("2", "10:00", "12", "0"));
    village_refused(village, "2021-03-20T11:00", "issuer2", "ballot.issue",
                    ISSUE("2", "11:00", "11", "0"), "POL-04");
    village_refused(village, "2021-03-20T11:00", "issuer2", "ballot.issue",
                    ISSUE("2", "11:00", "16", "0"), "POL-04");
    village_refused(village, "2021-03-20T11:00", "issuer2", "ballot.issue",
                    ISSUE("2", "11:00", "13", "1"), "POL-04");
    village_refused(village, "2021-03-20T11:00", "monitor", "ballot.issue",
                    ISSUE("2", "11:00", "13", "0"), "SEQ-01");
    village_do(village, "2021-03-20T11:00", "issuer2", "ballot.issue",
               ISSUE("2", "11:00", "13", "0"));
    assert_int_equal(box_store_find(village->ctx, village->db, VILLAGE, 1, 2, &box), ERR_OK);
    assert_int_equal(box.issued, 13);
}

static void
a_paused_poll_issues_nothing(void **state)
{
    struct village *village = *state;
    const char *why = "[{'rule':'POL-05','reason':'暴雨'}]";
    poll_prepare(village);
    village_do(village, "2021-03-20T08:00", "ec", "poll.open", OPEN);
    village_refused(village, "2021-03-20T09:00", "ec", "poll.pause",
                    "{'round':1,'action':'suspend','at':'09:00','reason':'暴雨'}", "POL-05");
    village_explain(village, "2021-03-20T09:00", "ec", "poll.pause",
                    "{'round':1,'action':'suspend','at':'09:00','reason':'暴雨','seals':["
                    "{'box':1,'seal_no':'S1'},{'box':2,'seal_no':'S2'}]}",
                    why);
    village_refused(village, "2021-03-20T09:10", "issuer1", "ballot.issue",
                    ISSUE("1", "09:10", "3", "0"), "SEQ-01");
    village_explain(village, "2021-03-20T10:00", "ec", "poll.pause",
                    "{'round':1,'action':'resume','at':'10:00','reason':'雨停'}", why);
    village_do(village, "2021-03-20T10:10", "issuer1", "ballot.issue",
               ISSUE("1", "10:10", "3", "0"));
}

/* Box 1: 25 = 20 + 1 + 4; box 2: 15 = 13 + 1 + 1. Good stock 41, one in reserve. */
static void
the_poll_closes_and_the_boxes_come_in(void **state)
{
    struct village *village = *state;
    struct round round;
    poll_prepare(village);
    village_do(village, "2021-03-20T08:00", "ec", "poll.open", OPEN);
    village_refused(village, "2021-03-20T12:00", "monitor", "box.close", CLOSE("1", "20", "5"),
                    "STK-01");
    village_refused(village, "2021-03-20T12:00", "monitor", "box.close", CLOSE("1", "20", "3"),
                    "STK-01");
    village_do(village, "2021-03-20T12:00", "monitor", "box.close", CLOSE("1", "20", "4"));
    village_refused(village, "2021-03-20T12:10", "issuer1", "ballot.issue",
                    ISSUE("1", "12:10", "21", "0"), "SEQ-01");
    village_refused(village, "2021-03-20T12:20", "ec", "poll.close", CLOSE_POLL("1"), "SEQ-01");
    village_do(village, "2021-03-20T12:20", "monitor", "box.close", CLOSE("2", "13", "1"));
    village_refused(village, "2021-03-20T12:20", "ec", "poll.close", CLOSE_POLL("2"), "STK-01");
    village_do(village, "2021-03-20T12:20", "ec", "poll.close", CLOSE_POLL("1"));
    assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
    assert_int_equal(round.issued, 33);
    assert_string_equal(round.state, "closed");

    village_do(village, "2021-03-20T12:30", "ec", "box.gather", GATHER("1", "y"));
    village_refused(village, "2021-03-20T12:30", "ec", "box.gather", GATHER("1", "y"), "SEQ-07");
    village_refused(village, "2021-03-20T12:30", "ec", "box.gather", GATHER("2", "n"), "POL-03");
    village_refused(village, "2021-03-21T08:30", "ec", "box.gather", GATHER("2", "y"), "POL-03");
    village_do(village, "2021-03-20T12:40", "ec", "box.gather", GATHER("2", "y"));
    assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
    assert_string_equal(round.state, "gathered");
}

static void
a_second_poll_takes_over_stations_boxes_and_staff(void **state)
{
    struct village *village = *state;
    struct station *stations;
    struct box box;
    size_t count;
    bool has;
    poll_prepare(village);
    seed_round(village, 1);

    assert_int_equal(station_store_carry_over(village->ctx, village->db, VILLAGE, 1, 2), ERR_OK);
    assert_int_equal(station_store_carry_over(village->ctx, village->db, VILLAGE, 1, 2), ERR_OK);

    assert_int_equal(station_store_list(village->ctx, village->db, VILLAGE, 2, &stations, &count),
                     ERR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(stations[0].kind, "central");
    assert_int_equal(box_store_find(village->ctx, village->db, VILLAGE, 2, 1, &box), ERR_OK);
    assert_string_equal(box.state, "set");
    assert_int_equal(box.allotted, 0);
    assert_int_equal(
        staff_store_has_duty(village->ctx, village->db, VILLAGE, 2, "P00011", "monitor", &has),
        ERR_OK);
    assert_true(has);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        POLL_TEST(a_mobile_box_without_a_granted_request_is_refused),
        POLL_TEST(a_mobile_box_with_a_granted_request_is_set),
        POLL_TEST(a_place_without_a_secret_writing_place_or_a_second_centre_is_refused),
        POLL_TEST(a_candidates_sister_is_no_issuer),
        POLL_TEST(a_candidate_is_no_monitor),
        POLL_TEST(untrained_unpledged_and_sanctioned_people_are_no_staff),
        POLL_TEST(a_sanctioned_person_is_no_staff),
        POLL_TEST(removed_staff_has_no_duty),
        POLL_TEST(two_write_in_lines_for_three_member_seats_are_refused),
        POLL_TEST(a_form_keeps_the_order_of_strokes),
        POLL_TEST(a_combined_ballot_lacks_no_post_and_posts_stay_together),
        POLL_TEST(a_printed_form_is_frozen_until_a_candidate_changes),
        POLL_TEST(no_more_ballots_are_handed_out_than_are_good),
        POLL_TEST(the_notice_is_posted_three_days_before),
        POLL_TEST(the_poll_opens_on_its_day_only),
        POLL_TEST(a_box_not_shown_empty_keeps_the_poll_shut),
        POLL_TEST(an_undecided_objection_keeps_the_poll_shut),
        POLL_TEST(an_equal_number_of_candidates_keeps_the_poll_shut),
        POLL_TEST(reported_sums_never_fall_and_stay_within_the_box),
        POLL_TEST(a_paused_poll_issues_nothing),
        POLL_TEST(the_poll_closes_and_the_boxes_come_in),
        POLL_TEST(a_second_poll_takes_over_stations_boxes_and_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
