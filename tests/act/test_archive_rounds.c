/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Villages of more than one round, or counted again, sealed: every path that ends in a complete
 * committee. Each leaves its bundle where the environment says, for tests/system/test_verifier.
 */
#include "act/archive_village.h"
#include "store/review_store.h"

#define SEAT(post, seats, candidates)                                                              \
    "{'post':'" post "','seats':" #seats ",'candidates':[" candidates "]}"
#define EVENING "2021-03-20T18:30"
#define KEPT "2024-04-10"

/* Another round is ordered, counted and announced. A second poll in a third round comes
 * after the first. */
static void
round_follow(struct village *village, int64_t number, const char *kind, const char *posts,
             const char *totals)
{
    const bool after_first = number == 3 && strcmp(kind, "second_poll") == 0;
    const char *day = number == 3 ? "2021-03-21" : DAY;
    const char *now = number == 3 ? "2021-03-20T22:00" : EVENING;
    village_do(village, now, strcmp(kind, "repeat") == 0 ? "to" : "ec", "round.order",
               TEXT(village,
                    "{'kind':'%s','after_round':%d,'posts':[%s],'polling_day':'%s',"
                    "'posted_on':'2021-03-20','places':[{'place':'村委会'}]}",
                    kind, after_first ? 1 : (int)number - 1, posts, day));
    count_staff(village, number);
    count_gather(village, number, 100, 90);
    count_totals(village, number, 80, totals);
    count_announce(village, number, day);
}

/* `papers`: what is sealed of round 1, 2 …, ended by 0. */
static void
rounds_seal(struct village *village, const int *papers, const char *variable)
{
    struct archive_bundle bundle;
    items_all(village);
    village_do(village, "2021-03-25T10:00", "ec", "handover.close", CLOSE_ON("2021-03-25"));
    for (int i = 0; papers[i]; i++)
        village_do(village, "2021-03-26T09:00", "ec", "ballot.seal",
                   TEXT(village,
                        "{'round':%d,'packets':[{'kind':'valid','count':%d,'seal_no':'封%d'}],"
                        "'custodian':'外:保管人','place':'镇政府','keep_until':'" KEPT
                        "','on':'2021-03-26'}",
                        i + 1, papers[i], i + 1));
    archive_close(village, KEPT);
    assert_int_equal(archive_bundle_make(village->ctx, village->gate, VILLAGE, &bundle), ERR_OK);
    bundle_leave(village, variable, &bundle);
}

static void
a_tie_and_its_re_vote_are_sealed(void **state)
{
    static const int PAPERS[] = {90, 80, 0};
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90,
                 VOTES("chair", "P00001", 60) "," VOTES("member", "P00002", 70) "," VOTES(
                     "member", "P00004", 60) "," VOTES("member", "P00005",
                                                       50) "," VOTES("member", "P00006", 50));
    count_announce(village, 1, DAY);
    round_follow(village, 2, "re_vote", SEAT("member", 1, "'陈静','杨磊'"),
                 VOTES("member", "P00005", 11) "," VOTES("member", "P00006", 12));
    assert_string_equal(seated_state(village, "P00006"), "elected");
    rounds_seal(village, PAPERS, "CUNXUAN_BUNDLE_RE_VOTE");
}

static void
a_second_poll_is_sealed(void **state)
{
    static const int PAPERS[] = {90, 80, 0};
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90,
                 VOTES("chair", "P00001", 60) "," VOTES("member", "P00002", 70) "," VOTES(
                     "member", "P00004", 50) "," VOTES("member", "P00005",
                                                       40) "," VOTES("member", "P00006", 30));
    count_announce(village, 1, DAY);
    round_follow(village, 2, "second_poll", SEAT("member", 1, "'陈静','杨磊'"),
                 VOTES("member", "P00005", 26) "," VOTES("member", "P00006", 27));
    assert_string_equal(seated_state(village, "P00006"), "elected");
    rounds_seal(village, PAPERS, "CUNXUAN_BUNDLE_SECOND_POLL");
}

static void
a_void_vote_and_its_repeat_are_sealed(void **state)
{
    static const int PAPERS[] = {90, 80, 0};
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90,
                 VOTES("chair", "P00001", 60) "," VOTES("member", "P00002", 70) "," VOTES(
                     "member", "P00004", 50) "," VOTES("member", "P00005", 48));
    count_announce(village, 1, DAY);
    village_do(village, "2021-03-20T18:00", "ts", "poll.void",
               "{'round':1,'ground':'no_open_count','grounds':'查实','decided_on':'" DAY "'," DOC
               "}");
    round_follow(
        village, 2, "repeat",
        SEAT("chair", 1, "'王伟','张强'") "," SEAT("member", 3, "'李芳','刘洋','陈静','杨磊'"),
        VOTES("chair", "P00003", 45) "," VOTES("member", "P00002", 60) "," VOTES(
            "member", "P00004", 42) "," VOTES("member", "P00006", 43));
    assert_string_equal(seated_state(village, "P00001"), "void");
    assert_string_equal(seated_state(village, "P00003"), "elected");
    rounds_seal(village, PAPERS, "CUNXUAN_BUNDLE_REPEAT");
}

/* Two men tie for the second seat of two; the third is kept for a woman. */
static void
a_re_vote_and_the_womans_seat_after_it_are_sealed(void **state)
{
    static const int PAPERS[] = {90, 80, 80, 0};
    struct village *village = count_begin(state, 100, 90);
    count_totals(
        village, 1, 90,
        VOTES("chair", "P00001", 60) "," VOTES("member", "P00004", 60) "," VOTES(
            "member", "P00006", 50) "," VOTES("member", "P00008",
                                              50) "," VOTES("member", "P00002",
                                                            40) "," VOTES("member", "P00005", 30));
    count_announce(village, 1, DAY);
    round_follow(village, 2, "re_vote", SEAT("member", 1, "'杨磊','赵军'"),
                 VOTES("member", "P00006", 50) "," VOTES("member", "P00008", 30));
    assert_string_equal(outcome_of(village, 2, "member").next, "woman_seat");
    round_follow(village, 3, "woman_seat", SEAT("member", 1, "'李芳','陈静'"),
                 VOTES("member", "P00002", 28) "," VOTES("member", "P00005", 40));
    assert_string_equal(seated_state(village, "P00005"), "elected");
    rounds_seal(village, PAPERS, "CUNXUAN_BUNDLE_WOMAN_SEAT");
}

/* 黄敏, written on ballots, wins a member's seat and is reviewed. */
static struct village *
write_in_wins(void **state, const char *day, const char *decision)
{
    struct village *village = count_begin(state, 100, 90);
    const struct review_step review = {.unit = VILLAGE,
                                       .body = "village",
                                       .person = "P00007",
                                       .step = "conclusion",
                                       .result = "qualified",
                                       .by_user = "co",
                                       .seq = 2000};
    count_totals(village, 1, 90,
                 VOTES("chair", "P00001", 60) "," VOTES("member", "P00002", 70) "," VOTES(
                     "member", "P00004", 60) "," VOTES("member", "P00007",
                                                       50) "," VOTES("member", "P00005", 40));
    count_announce(village, 1, DAY);
    assert_int_equal(step_store_put(village->ctx, village->db, &review), ERR_OK);
    village_do(village, TEXT(village, "%sT18:00", day), "ec", "elected.confirm",
               TEXT(village,
                    "{'round':1,'person':'黄敏','post':'member','decision':'%s','on':'%s',"
                    "'signed_by':['外:镇']}",
                    decision, day));
    return village;
}

static void
a_confirmed_write_in_is_sealed(void **state)
{
    static const int PAPERS[] = {90, 0};
    struct village *village = write_in_wins(state, "2021-03-24", "confirmed");
    assert_string_equal(seated_state(village, "P00007"), "elected");
    rounds_seal(village, PAPERS, "CUNXUAN_BUNDLE_WRITE_IN");
}

static void
a_write_in_found_ineligible_and_the_second_poll_are_sealed(void **state)
{
    static const int PAPERS[] = {90, 80, 0};
    struct village *village = write_in_wins(state, DAY, "ineligible");
    round_follow(village, 2, "second_poll", SEAT("member", 1, "'陈静','杨磊'"),
                 VOTES("member", "P00005", 40) "," VOTES("member", "P00006", 20));
    assert_string_equal(seated_state(village, "P00005"), "elected");
    rounds_seal(village, PAPERS, "CUNXUAN_BUNDLE_INELIGIBLE");
}

static const char *
post_state(struct village *village, const char *person, const char *post)
{
    struct seated seated;
    const enum err err =
        seated_store_find(village->ctx, village->db, VILLAGE, "village", person, post, &seated);
    return err == ERR_OK ? seated.state : "";
}

#define CHAIR_CONFIRM(decision)                                                                    \
    "{'round':2,'person':'李芳','post':'chair','decision':'" decision "','on':'" DAY               \
    "','signed_by':['外:镇']}"

/* 李芳, a member by the first vote, is written on ballots of the chair's second poll and wins. */
static struct village *
member_wins_the_chair(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    const struct review_step review = {.unit = VILLAGE,
                                       .body = "village",
                                       .person = "P00002",
                                       .step = "conclusion",
                                       .result = "qualified",
                                       .by_user = "co",
                                       .seq = 2000};
    assert_int_equal(step_store_put(village->ctx, village->db, &review), ERR_OK);
    count_totals(
        village, 1, 90,
        VOTES("chair", "P00001", 40) "," VOTES("chair", "P00003", 39) "," VOTES(
            "member", "P00002",
            70) "," VOTES("member", "P00004",
                          60) "," VOTES("member", "P00005",
                                        50) "," VOTES("member", "P00006",
                                                      30) "," VOTES("member", "P00008", 20));
    count_announce(village, 1, DAY);
    round_follow(village, 2, "second_poll", SEAT("chair", 1, "'王伟','张强'"),
                 VOTES("chair", "P00001", 20) "," VOTES("chair", "P00003",
                                                        20) "," VOTES("chair", "P00002", 40));
    assert_string_equal(post_state(village, "P00002", "chair"), "pending");
    assert_string_equal(post_state(village, "P00002", "member"), "elected");
    assert_string_equal(outcome_of(village, 1, "member").next, "done");
    return village;
}

/* 规程: 一人一职. Her member's seat falls vacant and is voted on; she stands in the facts once. */
static void
a_member_who_wins_the_chair_leaves_her_seat(void **state)
{
    static const int PAPERS[] = {90, 80, 80, 0};
    struct village *village = member_wins_the_chair(state);
    village_do(village, "2021-03-20T21:30", "ec", "elected.confirm", CHAIR_CONFIRM("confirmed"));
    assert_string_equal(post_state(village, "P00002", "chair"), "elected");
    assert_string_equal(post_state(village, "P00002", "member"), "moved");
    assert_string_equal(outcome_of(village, 1, "member").next, "second_poll");
    assert_int_equal(outcome_of(village, 1, "member").vacant, 1);
    assert_string_equal(next_of(village, 1, "member", "second"), "P00006 P00008");
    struct date day;
    assert_int_equal(outcome_store_complete(village->ctx, village->db, VILLAGE, "village", &day),
                     ERR_OK);
    assert_false(date_is_set(day));
    round_follow(village, 3, "second_poll", SEAT("member", 1, "'杨磊','赵军'"),
                 VOTES("member", "P00006", 40));
    rounds_seal(village, PAPERS, "CUNXUAN_BUNDLE_HIGHER");
}

static void
a_member_found_unfit_for_the_chair_stays_a_member(void **state)
{
    struct village *village = member_wins_the_chair(state);
    village_do(village, "2021-03-20T21:30", "ec", "elected.confirm", CHAIR_CONFIRM("ineligible"));
    assert_string_equal(post_state(village, "P00002", "member"), "elected");
    assert_string_equal(outcome_of(village, 1, "member").next, "done");
    assert_string_equal(outcome_of(village, 2, "chair").next, "second_poll");
}

static void
a_member_gets_her_seat_back_if_the_chairs_vote_is_void(void **state)
{
    struct village *village = member_wins_the_chair(state);
    village_do(village, "2021-03-20T21:30", "ec", "elected.confirm", CHAIR_CONFIRM("confirmed"));
    village_do(village, "2021-03-20T22:00", "ts", "poll.void",
               "{'round':2,'ground':'no_open_count','grounds':'查实','decided_on':'" DAY "'," DOC
               "}");
    assert_string_equal(post_state(village, "P00002", "chair"), "void");
    assert_string_equal(post_state(village, "P00002", "member"), "elected");
    assert_string_equal(outcome_of(village, 1, "member").next, "done");
    assert_int_equal(outcome_of(village, 1, "member").vacant, 0);
    assert_string_equal(next_of(village, 1, "member", "second"), "");
}

#define BALLOT(n, chair, members)                                                                  \
    "{'ballot':" #n ",'post':'chair','marks':'" chair "'},{'ballot':" #n                           \
    ",'post':'member','marks':'" members "'}"
#define THREE(third)                                                                               \
    "'ballots':3,'rows':[" BALLOT(1, "1", "1 2 3") "," BALLOT(2, "1", "1 2 3") "," BALLOT(         \
        3, third, "1 2 3") "]"

/* Bundle 2 is read anew by other tellers, who find another chair on a ballot. */
static void
a_recount_is_sealed(void **state)
{
    static const int PAPERS[] = {6, 0};
    struct village *village = count_begin(state, 8, 6);
    count_open(village, 1, 6, 3);
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 1, "a", 1, THREE("2")));
    village_do(village, NOON, "tb", "bundle.enter", ENTER(1, 1, "b", 1, THREE("2")));
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 2, "a", 1, THREE("1")));
    village_do(village, NOON, "tb", "bundle.enter", ENTER(1, 2, "b", 1, THREE("1")));
    village_do(village, NOON, "ec", "count.close", "{'round':1,'signed_by':['外:甲']}");
    village_do(village, NOON, "ec", "outcome.record", "{'round':1}");
    assert_int_equal(outcome_of(village, 1, "chair").vacant, 0);
    village_do(village, NOON, "ec", "count.reopen",
               "{'round':1,'reason':'有人提出','bundles':[{'bundle':2}]}");
    village_do(village, NOON, "tc", "bundle.enter", ENTER(1, 2, "a", 2, THREE("2")));
    village_do(village, NOON, "td", "bundle.enter", ENTER(1, 2, "b", 2, THREE("2")));
    village_do(village, NOON, "ec", "count.close", "{'round':1,'signed_by':['外:甲']}");
    village_do(village, NOON, "ec", "outcome.record", "{'round':1}");
    count_announce(village, 1, DAY);
    assert_string_equal(seated_state(village, "P00001"), "elected");
    rounds_seal(village, PAPERS, "CUNXUAN_BUNDLE_RECOUNT");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(a_tie_and_its_re_vote_are_sealed),
        VILLAGE_TEST(a_second_poll_is_sealed),
        VILLAGE_TEST(a_void_vote_and_its_repeat_are_sealed),
        VILLAGE_TEST(a_re_vote_and_the_womans_seat_after_it_are_sealed),
        VILLAGE_TEST(a_confirmed_write_in_is_sealed),
        VILLAGE_TEST(a_write_in_found_ineligible_and_the_second_poll_are_sealed),
        VILLAGE_TEST(a_recount_is_sealed),
        VILLAGE_TEST(a_member_who_wins_the_chair_leaves_her_seat),
        VILLAGE_TEST(a_member_found_unfit_for_the_chair_stays_a_member),
        VILLAGE_TEST(a_member_gets_her_seat_back_if_the_chairs_vote_is_void),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
