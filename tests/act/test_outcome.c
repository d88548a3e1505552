/* SPDX-License-Identifier: Apache-2.0 */
/* Outcomes: who is elected, later rounds, write-ins, vacancies, void votes, certificates, seals. */
#include "act/count_village.h"
#include "store/review_store.h"

#define POSTED "'posted_on':'2021-03-20','places':[{'place':'村委会'}]"
#define DECIDED "'doc_no':'镇〔2021〕3号','doc_on':'2021-03-21','file':'" FILE_SM3 "'"
/* 90 of 100: threshold 46. 王伟 chair; 李芳 and 刘洋 members; 陈静 and 杨磊 short of it. */
#define SHORT_OF_ONE                                                                               \
    VOTES("chair", "P00001", 60)                                                                   \
    "," VOTES("chair", "P00003", 20) "," VOTES("member", "P00002", 70) "," VOTES(                  \
        "member", "P00004", 50) "," VOTES("member", "P00005", 40) "," VOTES("member", "P00006",    \
                                                                            30)
#define COMPLETE                                                                                   \
    VOTES("chair", "P00001", 60)                                                                   \
    "," VOTES("member", "P00002", 70) "," VOTES("member", "P00004", 50) "," VOTES("member",        \
                                                                                  "P00005", 48)
#define ORDER(kind, rows, day)                                                                     \
    "{'kind':'" kind "','after_round':1,'posts':[" rows "],'polling_day':'" day "'," POSTED "}"
#define SEAT(post, seats, candidates)                                                              \
    "{'post':'" post "','seats':" #seats ",'candidates':[" candidates "]}"
#define SECOND(candidates, day) ORDER("second_poll", SEAT("member", 1, candidates), day)

static struct date
complete_day(struct village *village)
{
    struct date day;
    assert_int_equal(outcome_store_complete(village->ctx, village->db, VILLAGE, "village", &day),
                     ERR_OK);
    return day;
}

/* Round 2 of one post is over; the outcome is recorded. */
static void
later_round(struct village *village, int64_t ballots, const char *totals)
{
    count_staff(village, 2);
    count_gather(village, 2, 100, 90);
    count_totals(village, 2, ballots, totals);
}

static void
a_full_committee_is_complete_on_the_day_it_is_announced(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90, COMPLETE);
    assert_string_equal(outcome_of(village, 1, "member").next, "done");
    assert_false(date_is_set(complete_day(village)));
    count_announce(village, 1, DAY);
    assert_string_equal(round_state_of(village, 1), "settled");
    assert_int_equal(date_compare(complete_day(village), day_of(DAY)), 0);
    assert_string_equal(seated_state(village, "P00005"), "elected");
}

static void
a_missing_seat_asks_a_second_poll_of_the_computed_losers(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90, SHORT_OF_ONE);
    assert_string_equal(outcome_of(village, 1, "member").next, "second_poll");
    assert_string_equal(next_of(village, 1, "member", "second"), "P00005 P00006");
    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    SECOND("'陈静','杨磊'", "2021-03-28"), "SEQ-01");
    count_announce(village, 1, DAY);

    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    SECOND("'陈静','杨磊','赵军'", "2021-03-28"), "OUT-04");
    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    SECOND("'陈静'", "2021-03-28"), "OUT-04");
    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    SECOND("'陈静','杨磊'", "2021-03-31"), "CAL-10");
    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    ORDER("re_vote", SEAT("member", 1, "'陈静','杨磊'"), "2021-03-28"), "SEQ-01");
    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    SECOND("'陈静','杨磊'", "2021-03-19"), "SEQ-06");
    village_do(village, "2021-03-20T18:00", "ec", "round.order",
               SECOND("'陈静','杨磊'", "2021-03-30"));

    assert_string_equal(round_state_of(village, 1), "settled");
    assert_string_equal(round_state_of(village, 2), "ordered");
    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    SECOND("'陈静','杨磊'", "2021-03-30"), "SEQ-01");
}

static void
exactly_a_third_elects_in_the_second_poll(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90, SHORT_OF_ONE);
    count_announce(village, 1, DAY);
    village_do(village, "2021-03-20T18:00", "ec", "round.order",
               SECOND("'陈静','杨磊'", "2021-03-20"));
    later_round(village, 90, VOTES("member", "P00005", 29) "," VOTES("member", "P00006", 30));
    assert_string_equal(seated_state(village, "P00006"), "elected");
    assert_string_equal(seated_state(village, "P00005"), "");
    count_announce(village, 2, DAY);
    assert_int_equal(date_compare(complete_day(village), day_of(DAY)), 0);
}

static void
one_vote_under_a_third_elects_nobody_and_the_seat_may_stay_vacant(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90, SHORT_OF_ONE);
    count_announce(village, 1, DAY);
    village_refused(village, "2021-03-20T18:00", "ec", "vacancy.keep",
                    "{'round':1,'post':'member','seats':1}", "OUT-05");
    village_do(village, "2021-03-20T18:00", "ec", "round.order",
               SECOND("'陈静','杨磊'", "2021-03-20"));
    later_round(village, 90, VOTES("member", "P00005", 29) "," VOTES("member", "P00006", 28));
    assert_string_equal(outcome_of(village, 2, "member").next, "may_stop");
    count_announce(village, 2, DAY);
    assert_false(date_is_set(complete_day(village)));
    village_refused(village, "2021-03-22T09:00", "ec", "vacancy.keep",
                    "{'round':2,'post':'member','seats':2}", "OUT-05");
    village_do(village, "2021-03-22T09:00", "ec", "vacancy.keep",
               "{'round':2,'post':'member','seats':1}");
    assert_int_equal(date_compare(complete_day(village), day_of("2021-03-22")), 0);
    assert_string_equal(round_state_of(village, 2), "settled");
}

static void
a_tie_for_the_last_seat_is_voted_on_by_the_tied_only(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90,
                 VOTES("chair", "P00001", 60) "," VOTES("member", "P00002", 70) "," VOTES(
                     "member", "P00004", 60) "," VOTES("member", "P00005",
                                                       50) "," VOTES("member", "P00006", 50));
    assert_string_equal(outcome_of(village, 1, "member").next, "re_vote");
    assert_string_equal(next_of(village, 1, "member", "tied"), "P00005 P00006");
    count_announce(village, 1, DAY);
    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    ORDER("re_vote", SEAT("member", 1, "'陈静','张强'"), "2021-03-20"), "OUT-03");
    village_do(village, "2021-03-20T18:00", "ec", "round.order",
               ORDER("re_vote", SEAT("member", 1, "'陈静','杨磊'"), "2021-03-20"));

    /* A third would be 30: in a re-vote most votes win, and nobody else can be chosen. */
    later_round(village, 90,
                VOTES("member", "P00005", 11) "," VOTES("member", "P00006",
                                                        12) "," VOTES("member", "P00008", 60));

    assert_string_equal(seated_state(village, "P00006"), "elected");
    assert_string_equal(seated_state(village, "P00008"), "");
    assert_string_equal(outcome_of(village, 2, "member").next, "done");
    count_announce(village, 2, DAY);
    assert_int_equal(date_compare(complete_day(village), day_of(DAY)), 0);
}

static void
the_womans_seat_stays_open_after_a_re_vote(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    /* No woman reaches 46: two seats for men, of whom two tie for the second; one is kept. */
    count_totals(
        village, 1, 90,
        VOTES("chair", "P00001", 60) "," VOTES("member", "P00004", 60) "," VOTES(
            "member", "P00006", 50) "," VOTES("member", "P00008",
                                              50) "," VOTES("member", "P00002",
                                                            40) "," VOTES("member", "P00005", 30));
    assert_string_equal(outcome_of(village, 1, "member").next, "re_vote");
    assert_int_equal(outcome_of(village, 1, "member").vacant, 2);
    count_announce(village, 1, DAY);
    village_do(village, "2021-03-20T18:00", "ec", "round.order",
               ORDER("re_vote", SEAT("member", 1, "'杨磊','赵军'"), "2021-03-20"));
    later_round(village, 90, VOTES("member", "P00006", 50) "," VOTES("member", "P00008", 40));

    assert_string_equal(seated_state(village, "P00006"), "elected");
    assert_string_equal(outcome_of(village, 2, "member").next, "woman_seat");
    assert_int_equal(outcome_of(village, 2, "member").vacant, 1);
    assert_string_equal(next_of(village, 2, "member", "second"), "P00002 P00005");
    count_announce(village, 2, DAY);
    village_refused(village, "2021-03-20T22:00", "ec", "round.order",
                    "{'kind':'second_poll','after_round':2,'posts':[" SEAT(
                        "member", 1, "'李芳','陈静'") "],'polling_day':'2021-03-28'," POSTED "}",
                    "SEQ-01");
    village_do(village, "2021-03-20T22:00", "ec", "round.order",
               "{'kind':'woman_seat','after_round':2,'posts':[" SEAT(
                   "member", 1, "'李芳','陈静'") "],'polling_day':'2021-03-28'," POSTED "}");
}

static void
a_seat_is_kept_for_a_woman_without_a_majority(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(
        village, 1, 90,
        VOTES("chair", "P00001", 60) "," VOTES("member", "P00004", 60) "," VOTES(
            "member", "P00006", 50) "," VOTES("member", "P00008",
                                              48) "," VOTES("member", "P00002",
                                                            40) "," VOTES("member", "P00005", 30));
    assert_string_equal(outcome_of(village, 1, "member").next, "woman_seat");
    count_announce(village, 1, DAY);
    village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                    ORDER("woman_seat", SEAT("chair", 1, "'李芳','陈静'"), "2021-03-20"), "OUT-06");
    village_do(village, "2021-03-20T18:00", "ec", "round.order",
               ORDER("woman_seat", SEAT("member", 1, "'李芳','陈静'"), "2021-03-20"));
    later_round(village, 90, VOTES("member", "P00002", 50) "," VOTES("member", "P00005", 40));
    assert_string_equal(seated_state(village, "P00002"), "elected");
    assert_string_equal(seated_state(village, "P00008"), "");
}

/* 黄敏, written on ballots, wins a member's seat. */
static struct village *
write_in_wins(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90,
                 VOTES("chair", "P00001", 60) "," VOTES("member", "P00002", 70) "," VOTES(
                     "member", "P00004", 60) "," VOTES("member", "P00007",
                                                       50) "," VOTES("member", "P00005", 40));
    return village;
}

#define CONFIRM(decision)                                                                          \
    "{'round':1,'person':'黄敏','post':'member','decision':'" decision                             \
    "','on':'2021-03-25','signed_by':['外:镇']}"

static void
a_write_in_who_wins_is_not_read_out_as_elected(void **state)
{
    struct village *village = write_in_wins(state);
    assert_string_equal(seated_state(village, "P00007"), "pending");
    village_refused(village, "2021-03-20T17:00", "ec", "result.announce",
                    "{'round':1,'on':'2021-03-20','at':'17:00','place':'会场','read_by':'外:甲',"
                    "'elected':['王伟','黄敏']}",
                    "OUT-10");
    village_refused(village, "2021-03-20T17:00", "ec", "result.announce",
                    "{'round':1,'on':'2021-03-20','at':'17:00','place':'会场','read_by':'外:甲',"
                    "'elected':['陈静']}",
                    "CNT-08");
    count_announce(village, 1, DAY);
    assert_string_equal(round_state_of(village, 1), "announced");
    village_refused(village, "2021-03-25T09:00", "ec", "elected.confirm", CONFIRM("confirmed"),
                    "OUT-10");
    assert_false(date_is_set(complete_day(village)));
}

static void
a_reviewed_write_in_completes_the_committee(void **state)
{
    struct village *village = write_in_wins(state);
    const struct review_step review = {.unit = VILLAGE,
                                       .body = "village",
                                       .person = "P00007",
                                       .step = "conclusion",
                                       .result = "qualified",
                                       .by_user = "co",
                                       .seq = 2000};
    count_announce(village, 1, DAY);
    assert_int_equal(step_store_put(village->ctx, village->db, &review), ERR_OK);
    village_do(village, "2021-03-25T09:00", "ec", "elected.confirm", CONFIRM("confirmed"));
    assert_string_equal(seated_state(village, "P00007"), "elected");
    assert_int_equal(date_compare(complete_day(village), day_of("2021-03-25")), 0);
    assert_string_equal(round_state_of(village, 1), "settled");
    village_refused(village, "2021-03-26T09:00", "ec", "elected.confirm", CONFIRM("ineligible"),
                    "SEQ-07");
}

static void
nobody_moves_up_for_a_write_in_who_fails(void **state)
{
    struct village *village = write_in_wins(state);
    count_announce(village, 1, DAY);
    village_do(village, "2021-03-25T09:00", "ec", "elected.confirm", CONFIRM("ineligible"));
    assert_string_equal(seated_state(village, "P00007"), "ineligible");
    assert_string_equal(seated_state(village, "P00005"), "");
    assert_string_equal(outcome_of(village, 1, "member").next, "second_poll");
    assert_int_equal(outcome_of(village, 1, "member").vacant, 1);
    assert_string_equal(next_of(village, 1, "member", "second"), "P00005 P00006");
}

static void
a_late_announcement_needs_the_townships_leave(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90, COMPLETE);
    const char *late =
        "{'round':1,'on':'2021-03-21','at':'09:00','place':'会场','read_by':'外:甲'}";
    village_refused(village, "2021-03-21T09:00", "ec", "result.announce", late, "CAL-09");
    village_do(village, "2021-03-21T09:00", "ec", "approval.request",
               "{'kind':'result_delay','to':'361023103','subject':'次日公布'}");
    village_do(village, "2021-03-21T10:00", "ts", "approval.decide",
               TEXT(village,
                    "{'request_seq':%d,'decision':'granted','signed_by':'外:书记'," DECIDED "}",
                    (int)village->answer.seq));
    village_do(village, "2021-03-21T11:00", "ec", "result.announce", late);
}

static void
every_ground_voids_a_vote_and_opens_a_repeat(void **state)
{
    static const char *const GROUNDS[] = {
        "vec_unlawful",          "candidates_unlawful", "turnout",       "equal_number",
        "recovered_over_issued", "no_open_count",       "not_announced", "other"};
    for (size_t i = 0; i < COUNT_OF(GROUNDS); i++) {
        struct village *village;
        struct round round;
        if (i) {
            village_teardown(state);
            village_setup(state);
        }
        village = count_begin(state, 100, 90);
        count_totals(village, 1, 90, COMPLETE);
        count_announce(village, 1, DAY);
        village_refused(village, "2021-03-20T18:00", "ec", "round.order",
                        ORDER("repeat", SEAT("chair", 1, "'王伟','张强'"), "2021-03-28"), "SEQ-01");
        village_do(
            village, "2021-03-22T09:00", "ts", "poll.void",
            TEXT(village,
                 "{'round':1,'ground':'%s','grounds':'查实','decided_on':'2021-03-22'," DECIDED "}",
                 GROUNDS[i]));
        assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
        assert_string_equal(round.state, "void");
        assert_string_equal(round.void_ground, GROUNDS[i]);
        assert_int_equal(round.recovered, 90);
        assert_string_equal(seated_state(village, "P00001"), "void");
        assert_false(date_is_set(complete_day(village)));
        village_do(village, "2021-03-22T10:00", "to", "round.order",
                   ORDER("repeat", SEAT("chair", 1, "'王伟','张强'"), "2021-04-20"));
        village_refused(village, "2021-03-22T10:00", "to", "round.order",
                        ORDER("repeat", SEAT("chair", 1, "'王伟','张强'"), "2021-04-20"), "SEQ-07");
    }
}

#define CERTIFICATE(person, post, no)                                                              \
    "{'rows':[{'person':'" person "','post':'" post "','no':'" no                                  \
    "','term_from':'2021-03-20','term_to':'2026-03-19'}],'on':'2021-03-24'}"

static void
certificates_go_to_the_elected_only(void **state)
{
    struct village *village = write_in_wins(state);
    village_refused(village, "2021-03-20T18:00", "ec", "result.post",
                    "{'body':'village'," POSTED "}", "SEQ-01");
    count_announce(village, 1, DAY);
    village_do(village, "2021-03-20T18:00", "ec", "result.post", "{'body':'village'," POSTED "}");
    village_refused(village, "2021-03-24T09:00", "to", "certificate.issue",
                    CERTIFICATE("黄敏", "member", "1"), "OUT-10");
    village_refused(village, "2021-03-24T09:00", "to", "certificate.issue",
                    CERTIFICATE("王伟", "member", "1"), "OUT-10");
    village_do(village, "2021-03-24T09:00", "to", "certificate.issue",
               CERTIFICATE("王伟", "chair", "1"));
    village_refused(village, "2021-03-24T09:00", "to", "certificate.issue",
                    CERTIFICATE("李芳", "member", "1"), "SEQ-07");
}

static void
certificates_after_ten_days_need_a_reason(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    const char *late = "{'rows':[{'person':'王伟','post':'chair','no':'1','term_from':'2021-03-20',"
                       "'term_to':'2026-03-19'}],'on':'2021-03-31'}";
    count_totals(village, 1, 90, COMPLETE);
    count_announce(village, 1, DAY);
    village_do(village, "2021-03-20T18:00", "ec", "result.post", "{'body':'village'," POSTED "}");
    village_refused(village, "2021-03-31T09:00", "to", "certificate.issue", late, "CAL-11");
    village_explain(village, "2021-03-31T09:00", "to", "certificate.issue", late,
                    "[{'rule':'CAL-11','reason':'证书迟到'}]");
}

#define SEAL(valid, void, until)                                                                   \
    "{'round':1,'packets':[{'kind':'valid','count':" #valid ",'seal_no':'1'},"                     \
    "{'kind':'void','count':" #void ",'seal_no':'2'}],'custodian':'外:镇档案员',"             \
                                    "'place':'镇档案室','keep_until':'" until                      \
                                    "','on':'2021-03-20'}"

static void
ballots_are_sealed_for_three_years_and_add_up(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90, COMPLETE);
    count_announce(village, 1, DAY);
    village_refused(village, "2021-03-20T19:00", "ec", "ballot.seal", SEAL(90, 0, "2024-03-19"),
                    "ARC-01");
    village_refused(village, "2021-03-20T19:00", "ec", "ballot.seal", SEAL(90, 1, "2024-03-20"),
                    "STK-01");
    village_refused(village, "2021-03-20T19:00", "ec", "ballot.seal", SEAL(89, 0, "2024-03-20"),
                    "STK-01");
    village_do(village, "2021-03-20T19:00", "ec", "ballot.seal", SEAL(90, 0, "2024-03-20"));
}

#define SANCTION(person, effect, found, more)                                                      \
    "{'person':'" person "','ground':'bribery','effect':'" effect "','found_on':'" found           \
    "','grounds':'查实'," more DECIDED "}"

/* CND-02: a talk bars nobody, a void election does, a sanction lifted in time no more. */
static void
only_a_sanction_that_bars_and_stands_keeps_a_certificate_back(void **state)
{
    struct village *village = *state;
    const int64_t seq = village_do(village, "2021-03-02T09:00", "ts", "sanction.order",
                                   SANCTION("刘洋", "strike_candidate", "2021-03-01", ""));
    village_explain(
        village, "2021-03-03T10:00", "ts", "sanction.order",
        TEXT(village, SANCTION("刘洋", "lift", "2021-03-03", "'lifts_seq':%d,"), (int)seq),
        "[{'rule':'CND-02','reason':'新证据'}]");
    count_begin(state, 100, 90);
    count_totals(village, 1, 90, COMPLETE);
    count_announce(village, 1, DAY);
    village_do(village, "2021-03-20T18:00", "ec", "result.post", "{'body':'village'," POSTED "}");
    village_do(village, "2021-03-21T09:00", "ts", "sanction.order",
               SANCTION("李芳", "interview", "2021-03-21", ""));
    village_do(village, "2021-03-21T09:00", "ts", "sanction.order",
               SANCTION("王伟", "void_election", "2021-03-21", ""));

    village_do(village, "2021-03-24T09:00", "to", "certificate.issue",
               CERTIFICATE("李芳", "member", "1"));
    village_do(village, "2021-03-24T09:00", "to", "certificate.issue",
               CERTIFICATE("刘洋", "member", "2"));
    village_refused(village, "2021-03-24T09:00", "to", "certificate.issue",
                    CERTIFICATE("王伟", "chair", "3"), "CND-02");
}

#define VOID(round, ground)                                                                        \
    "{'round':" #round ",'ground':'" ground                                                        \
    "','grounds':'查实','decided_on':'2021-03-22'," DECIDED "}"

static void
a_vote_is_void_once_and_not_before_it_is_open(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    assert_int_equal(round_store_set_state(village->ctx, village->db, VILLAGE, 1, ROUND_PRINTED),
                     ERR_OK);
    village_refused(village, "2021-03-22T09:00", "ts", "poll.void", VOID(1, "other"), "SEQ-01");
    assert_int_equal(round_store_set_state(village->ctx, village->db, VILLAGE, 1, ROUND_GATHERED),
                     ERR_OK);
    count_totals(village, 1, 90, COMPLETE);
    village_do(village, "2021-03-22T09:00", "ts", "poll.void", VOID(1, "other"));
    village_refused(village, "2021-03-22T10:00", "ts", "poll.void", VOID(1, "turnout"), "SEQ-07");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(a_full_committee_is_complete_on_the_day_it_is_announced),
        VILLAGE_TEST(a_missing_seat_asks_a_second_poll_of_the_computed_losers),
        VILLAGE_TEST(exactly_a_third_elects_in_the_second_poll),
        VILLAGE_TEST(one_vote_under_a_third_elects_nobody_and_the_seat_may_stay_vacant),
        VILLAGE_TEST(a_tie_for_the_last_seat_is_voted_on_by_the_tied_only),
        VILLAGE_TEST(the_womans_seat_stays_open_after_a_re_vote),
        VILLAGE_TEST(a_seat_is_kept_for_a_woman_without_a_majority),
        VILLAGE_TEST(a_write_in_who_wins_is_not_read_out_as_elected),
        VILLAGE_TEST(a_reviewed_write_in_completes_the_committee),
        VILLAGE_TEST(nobody_moves_up_for_a_write_in_who_fails),
        VILLAGE_TEST(a_late_announcement_needs_the_townships_leave),
        VILLAGE_TEST(every_ground_voids_a_vote_and_opens_a_repeat),
        VILLAGE_TEST(certificates_go_to_the_elected_only),
        VILLAGE_TEST(certificates_after_ten_days_need_a_reason),
        VILLAGE_TEST(ballots_are_sealed_for_three_years_and_add_up),
        VILLAGE_TEST(only_a_sanction_that_bars_and_stands_keeps_a_certificate_back),
        VILLAGE_TEST(a_vote_is_void_once_and_not_before_it_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
