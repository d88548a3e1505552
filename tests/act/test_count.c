/* SPDX-License-Identifier: Apache-2.0 */
/* Counting: boxes, validity, two blind hands, rulings, recounts, audits. */
#include "act/count_village.h"

#include "store/bundle_store.h"
#include "store/count_store.h"

#define RECOVER(n)                                                                                 \
    "{'round':1,'box':1,'recovered':" #n ",'not_official':0,'at':'12:00','opened_by':['外:甲']}"
#define OPEN(public) "{'round':1,'bundle_size':2,'mixed':'y','public':'" public "','at':'12:30'}"
#define ROW(ballot, post, marks) "{'ballot':" #ballot ",'post':'" post "','marks':'" marks "'}"
#define CLOSE "{'round':1,'signed_by':['外:甲']}"
#define TWO_BALLOTS                                                                                \
    "'ballots':2,'rows':[" ROW(1, "chair", "1") "," ROW(1, "member", "1 2 3") "," ROW(             \
        2, "chair", "张强") "," ROW(2, "member", "1、4") "]"

static const char *
bundle_state(struct village *village, int64_t number)
{
    struct bundle bundle;
    assert_int_equal(bundle_store_find(village->ctx, village->db, VILLAGE, 1, number, &bundle),
                     ERR_OK);
    return bundle.state;
}

static int64_t
votes_for(struct village *village, const char *post, const char *person)
{
    struct count_vote *votes;
    size_t count;
    assert_int_equal(count_store_votes(village->ctx, village->db, VILLAGE, 1, &votes, &count),
                     ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(votes[i].post, post) == 0 && strcmp(votes[i].person, person) == 0)
            return votes[i].votes;
    }
    return -1;
}

static void
no_box_is_opened_while_one_is_on_the_road(void **state)
{
    struct village *village = count_begin(state, 100, 60);
    assert_int_equal(box_store_put(village->ctx, village->db, VILLAGE, 1, 3, "流动", "mobile"),
                     ERR_OK);

    village_refused(village, NOON, "mo", "box.recover", RECOVER(60), "POL-03");
}

static void
a_box_with_more_than_issued_is_recorded_with_a_warning(void **state)
{
    struct village *village = count_begin(state, 100, 60);
    village_do(village, NOON, "mo", "box.recover", RECOVER(61));
    assert_true(village_found(village, "CNT-07"));
    village_refused(village, NOON, "mo", "box.recover", RECOVER(61), "SEQ-07");
}

static void
count_cannot_open_before_the_boxes(void **state)
{
    struct village *village = count_begin(state, 100, 60);
    village_refused(village, NOON, "ec", "count.open", OPEN("y"), "SEQ-01");
}

static void
a_void_vote_is_recorded_and_nothing_is_counted(void **state)
{
    const struct {
        int recovered;
        const char *public;
        const char *rule;
    } cases[] = {{61, "y", "CNT-01"}, {50, "y", "CNT-02"}, {60, "n", "OUT-12"}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct village *village;
        struct round round;
        if (i) {
            village_teardown(state);
            village_setup(state);
        }
        village = count_begin(state, 100, 60);
        village_do(village, NOON, "mo", "box.recover",
                   TEXT(village,
                        "{'round':1,'box':1,'recovered':%d,'not_official':0,'at':'12:00',"
                        "'opened_by':['外:甲']}",
                        cases[i].recovered));
        village_do(village, NOON, "ec", "count.open",
                   TEXT(village,
                        "{'round':1,'bundle_size':2,'mixed':'y','public':'%s','at':'12:30'}",
                        cases[i].public));
        assert_true(village_found(village, cases[i].rule));
        assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
        assert_string_equal(round.state, "void");
        assert_string_equal(round.void_ground, cases[i].rule);
        village_refused(village, NOON, "ta", "bundle.enter",
                        ENTER(1, 1, "a", 1, "'ballots':2,'rows':[]"), "SEQ-01");
    }
}

static void
fifty_one_of_a_hundred_is_a_valid_vote(void **state)
{
    struct village *village = count_begin(state, 100, 60);
    count_open(village, 1, 51, 2);
    assert_string_equal(round_state_of(village, 1), "counting");
    assert_string_equal(bundle_state(village, 26), "open");
}

static void
two_equal_hands_close_a_bundle(void **state)
{
    struct village *village = count_begin(state, 3, 2);
    count_open(village, 1, 2, 2);
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 1, "a", 1, TWO_BALLOTS));
    assert_string_equal(bundle_state(village, 1), "one_entry");
    village_do(village, NOON, "tb", "bundle.enter", ENTER(1, 1, "b", 1, TWO_BALLOTS));
    assert_string_equal(bundle_state(village, 1), "equal");
    assert_false(village_found(village, "DBL-01"));

    village_do(village, NOON, "ec", "count.close", CLOSE);

    assert_int_equal(votes_for(village, "chair", "P00001"), 1);
    assert_int_equal(votes_for(village, "chair", "P00003"), 1);
    assert_int_equal(votes_for(village, "member", "P00002"), 2);
    assert_int_equal(votes_for(village, "member", "P00006"), 1);
}

static void
one_person_is_not_both_hands(void **state)
{
    struct village *village = count_begin(state, 3, 2);
    count_open(village, 1, 2, 2);
    village_user(village, "ta2", "ST", VILLAGE, "外:甲", NULL);
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 1, "a", 1, TWO_BALLOTS));
    village_refused(village, NOON, "ta", "bundle.enter", ENTER(1, 1, "b", 1, TWO_BALLOTS),
                    "SEQ-08");
    village_refused(village, NOON, "ta2", "bundle.enter", ENTER(1, 1, "b", 1, TWO_BALLOTS),
                    "SEQ-08");
    village_refused(village, NOON, "mo", "bundle.enter", ENTER(1, 1, "b", 1, TWO_BALLOTS),
                    "SEQ-01");
}

static void
wrong_rows_are_refused(void **state)
{
    struct village *village = count_begin(state, 3, 2);
    static const char *const WRONG[] = {
        "'ballots':2,'rows':[" ROW(1, "chair", "3") "]",
        "'ballots':2,'rows':[" ROW(1, "chair", "李芳") "]",
        "'ballots':2,'rows':[" ROW(3, "chair", "1") "]",
        "'ballots':2,'rows':[" ROW(1, "vice_chair", "1") "]",
        "'ballots':2,'rows':[" ROW(1, "chair", "1") "," ROW(1, "chair", "1") "]",
    };
    count_open(village, 1, 2, 2);
    for (size_t i = 0; i < COUNT_OF(WRONG); i++)
        assert_int_equal(
            village_submit(
                village, VILLAGE, NOON, "ta", "bundle.enter",
                TEXT(village, "{'round':1,'bundle':1,'hand':'a','attempt':1,%s}", WRONG[i]), NULL),
            ERR_INVALID);
    village_refused(village, NOON, "ta", "bundle.enter",
                    ENTER(1, 1, "a", 1, "'ballots':3,'rows':[]"), "DBL-02");
    village_refused(village, NOON, "ta", "bundle.enter",
                    ENTER(1, 1, "a", 1, "'ballots':2,'rows':[],'blank':1"), "DBL-02");
}

static void
hands_that_differ_enter_only_the_differing_ballot_again(void **state)
{
    struct village *village = count_begin(state, 3, 2);
    count_open(village, 1, 2, 2);
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 1, "a", 1, TWO_BALLOTS));
    village_do(
        village, NOON, "tb", "bundle.enter",
        ENTER(1, 1, "b", 1,
              "'ballots':2,'rows':[" ROW(1, "chair", "1") "," ROW(1, "member", "1 2 3") "," ROW(
                  2, "chair", "1") "," ROW(2, "member", "1 4") "]"));
    assert_string_equal(bundle_state(village, 1), "differ");
    assert_int_equal(village->answer.findings.count, 1);
    const char *told = village->answer.findings.list[0].text;
    assert_non_null(strstr(told, "第 2 张 chair marks"));
    /* Blind: neither name nor code of what the other hand has. */
    assert_null(strstr(told, "P0000"));
    assert_null(strstr(told, "张强"));
    village_refused(village, NOON, "ec", "count.close", CLOSE, "DBL-01");

    assert_int_equal(
        village_submit(village, VILLAGE, NOON, "ta", "bundle.enter",
                       ENTER(1, 1, "a", 2, "'ballots':2,'rows':[" ROW(1, "chair", "1") "]"), NULL),
        ERR_INVALID);
    village_do(village, NOON, "ta", "bundle.enter",
               ENTER(1, 1, "a", 2,
                     "'ballots':2,'rows':[" ROW(2, "chair", "2") "," ROW(2, "member", "1 4") "]"));
    village_do(village, NOON, "tb", "bundle.enter",
               ENTER(1, 1, "b", 2,
                     "'ballots':2,'rows':[" ROW(2, "chair", "2") "," ROW(2, "member", "4 1") "]"));
    assert_string_equal(bundle_state(village, 1), "equal");
    village_do(village, NOON, "ec", "count.close", CLOSE);
    assert_int_equal(votes_for(village, "chair", "P00003"), 1);
}

/* Two attempts differ in the chair of ballot 1 of a bundle of one. */
static void
differ_twice(struct village *village)
{
    count_open(village, 1, 1, 2);
    for (int attempt = 1; attempt <= 2; attempt++) {
        village_do(village, NOON, "ta", "bundle.enter",
                   TEXT(village,
                        "{'round':1,'bundle':1,'hand':'a','attempt':%d,'ballots':1,'rows':[" ROW(
                            1, "chair", "1") "]}",
                        attempt));
        village_do(village, NOON, "tb", "bundle.enter",
                   TEXT(village,
                        "{'round':1,'bundle':1,'hand':'b','attempt':%d,'ballots':1,'rows':[" ROW(
                            1, "chair", "2") "]}",
                        attempt));
        if (attempt == 1)
            village_refused(village, NOON, "mo", "bundle.settle",
                            "{'round':1,'bundle':1,'rows':[{'ballot':1,'field':'chair "
                            "marks','value':'1','reason':'misread_b'}],'seen_by':['外:甲']}",
                            "SEQ-01");
    }
}

static void
a_monitor_settles_what_differs_twice(void **state)
{
    struct village *village = count_begin(state, 1, 1);
    differ_twice(village);
    village_refused(village, NOON, "mo", "bundle.settle",
                    "{'round':1,'bundle':1,'rows':[{'ballot':1,'field':'chair "
                    "against','value':'1','reason':'misread_b'}],'seen_by':['外:甲']}",
                    "DBL-01");
    village_refused(village, NOON, "ta", "bundle.settle",
                    "{'round':1,'bundle':1,'rows':[{'ballot':1,'field':'chair "
                    "marks','value':'2','reason':'misread_a'}],'seen_by':['外:甲']}",
                    "SEQ-08");
    village_do(village, NOON, "mo", "bundle.settle",
               "{'round':1,'bundle':1,'rows':[{'ballot':1,'field':'chair "
               "marks','value':'2','reason':'misread_a'}],'seen_by':['外:甲','外:乙']}");
    assert_string_equal(bundle_state(village, 1), "settled");
    village_do(village, NOON, "ec", "count.close", CLOSE);
    assert_int_equal(votes_for(village, "chair", "P00003"), 1);
    assert_int_equal(votes_for(village, "chair", "P00001"), 0);
}

/* What a ballot with this row counts: V, X after the count. */
static struct round
count_of_row(void **state, const char *row)
{
    struct village *village = count_begin(state, 1, 1);
    struct round round;
    count_open(village, 1, 1, 2);
    for (size_t i = 0; i < 2; i++)
        village_do(village, NOON, i ? "tb" : "ta", "bundle.enter",
                   TEXT(village,
                        "{'round':1,'bundle':1,'hand':'%s','attempt':1,'ballots':1,'rows':[%s]}",
                        i ? "b" : "a", row));
    village_do(village, NOON, "ec", "count.close", CLOSE);
    assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
    assert_int_equal(round.valid + round.invalid, 1);
    return round;
}

static void
every_defect_that_voids_a_ballot_does(void **state)
{
    static const struct {
        const char *row;
        int void_ballots;
        int votes; /* of 王伟 as chair */
    } CASES[] = {
        {"{'ballot':1,'post':'chair','marks':'1','defect':'not_official'}", 1, 0},
        {"{'ballot':1,'post':'chair','marks':'1','defect':'illegible_all'}", 1, 0},
        {"{'ballot':1,'post':'chair','marks':'1 2'}", 0, 0},
        {"{'ballot':1,'post':'chair','defect':'unreadable'}", 0, 0},
        {"{'ballot':1,'post':'chair','write_ins':'同名'}", 0, 0},
        {"{'ballot':1,'post':'chair','write_ins':'外来人'}", 0, 0},
        {"{'ballot':1,'post':'chair','write_ins':'黄敏','defect':'under_age'}", 0, 0},
        {"{'ballot':1,'post':'chair','marks':'1'},"
         "{'ballot':1,'post':'member','write_ins':'王伟'}",
         0, 0},
        {"{'ballot':1,'post':'chair','marks':'1'}", 0, 1},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        if (i) {
            village_teardown(state);
            village_setup(state);
        }
        assert_int_equal(count_of_row(state, CASES[i].row).invalid, CASES[i].void_ballots);
        assert_int_equal(votes_for(*state, "chair", "P00001"), CASES[i].votes);
        assert_int_equal(votes_for(*state, "chair", "P00007"), -1);
    }
}

static void
a_written_name_of_a_registered_voter_counts(void **state)
{
    count_of_row(state, "{'ballot':1,'post':'chair','write_ins':'黄敏'}");
    assert_int_equal(votes_for(*state, "chair", "P00007"), 1);
}

static void
a_doubtful_ballot_waits_for_the_committee(void **state)
{
    struct village *village = count_begin(state, 1, 1);
    count_open(village, 1, 1, 2);
    village_refused(village, NOON, "ec", "ballot.rule",
                    "{'round':1,'bundle':1,'ballot':1,'ruling':'void','reason':'torn','favour':5,"
                    "'against':0}",
                    "SEQ-01");
    for (size_t i = 0; i < 2; i++)
        village_do(village, NOON, i ? "tb" : "ta", "bundle.enter",
                   TEXT(village,
                        "{'round':1,'bundle':1,'hand':'%s','attempt':1,'ballots':1,'rows':["
                        "{'ballot':1,'post':'chair','marks':'1','defect':'torn'}]}",
                        i ? "b" : "a"));
    village_refused(village, NOON, "ec", "count.close", CLOSE, "DBL-01");
    village_refused(village, NOON, "ec", "ballot.rule",
                    "{'round':1,'bundle':1,'ballot':1,'ruling':'void','reason':'torn','favour':2,"
                    "'against':2}",
                    "VEC-07");
    village_do(village, NOON, "ec", "ballot.rule",
               "{'round':1,'bundle':1,'ballot':1,'ruling':'section_void','reason':'torn',"
               "'favour':3,'against':2}");
    village_do(village, NOON, "ec", "count.close", CLOSE);
    assert_int_equal(votes_for(village, "chair", "P00001"), 0);
}

static void
a_recount_is_entered_by_other_tellers(void **state)
{
    struct village *village = count_begin(state, 3, 2);
    count_open(village, 1, 2, 2);
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 1, "a", 1, TWO_BALLOTS));
    village_do(village, NOON, "tb", "bundle.enter", ENTER(1, 1, "b", 1, TWO_BALLOTS));
    village_do(village, NOON, "ec", "count.close", CLOSE);
    village_do(village, NOON, "ec", "outcome.record", "{'round':1}");
    village_do(village, NOON, "ec", "count.reopen",
               "{'round':1,'reason':'有人提出','bundles':[{'bundle':1}]}");
    assert_string_equal(round_state_of(village, 1), "counting");
    village_refused(village, NOON, "ta", "bundle.enter", ENTER(1, 1, "a", 2, TWO_BALLOTS),
                    "SEQ-08");
    village_do(village, NOON, "tc", "bundle.enter", ENTER(1, 1, "a", 2, TWO_BALLOTS));
    village_do(village, NOON, "td", "bundle.enter", ENTER(1, 1, "b", 2, TWO_BALLOTS));
    village_do(village, NOON, "ec", "count.close", CLOSE);
    assert_int_equal(votes_for(village, "member", "P00002"), 2);
    village_do(village, NOON, "ec", "outcome.record", "{'round':1}");
}

static void
after_the_announcement_the_township_decides_on_a_recount(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    const char *again = "{'round':1,'reason':'有人提出','bundles':[{'bundle':1}]}";
    count_totals(village, 1, 90, VOTES("chair", "P00001", 90));
    count_announce(village, 1, DAY);
    assert_int_equal(
        village_submit(village, VILLAGE, "2021-03-20T18:00", "ec", "count.reopen", again, NULL),
        ERR_FORBIDDEN);
    village_refused(village, "2021-03-20T18:00", "to", "count.reopen", again, "SEQ-01");
}

static void
an_audit_that_differs_stops_the_outcome(void **state)
{
    struct village *village = count_begin(state, 1, 1);
    int64_t draw;
    count_open(village, 1, 1, 2);
    for (size_t i = 0; i < 2; i++)
        village_do(village, NOON, i ? "tb" : "ta", "bundle.enter",
                   TEXT(village,
                        "{'round':1,'bundle':1,'hand':'%s','attempt':1,'ballots':1,'rows':[" ROW(
                            1, "chair", "1") "]}",
                        i ? "b" : "a"));
    village_refused(village, NOON, "sv", "tally_audit.draw",
                    "{'round':1,'dice':'1234512345','thrown_by':['外:甲'],'risk_permille':100,"
                    "'method':'ballot'}",
                    "SEQ-01");
    village_do(village, NOON, "ec", "count.close", CLOSE);
    draw = village_do(village, NOON, "sv", "tally_audit.draw",
                      "{'round':1,'dice':'1234512345','thrown_by':['外:甲'],'risk_permille':100,"
                      "'method':'ballot'}");
    village_refused(village, NOON, "ec", "outcome.record", "{'round':1}", "SEQ-01");
    village_refused(village, NOON, "ta", "tally_audit.record",
                    TEXT(village,
                         "{'round':1,'draw_seq':%d,'rows':[{'bundle':1,'ballot':1,'post':'chair',"
                         "'paper':'1'},{'bundle':1,'ballot':1,'post':'member','paper':'-'}]}",
                         (int)draw),
                    "SEQ-08");
    village_do(village, NOON, "mo", "tally_audit.record",
               TEXT(village,
                    "{'round':1,'draw_seq':%d,'rows':[{'bundle':1,'ballot':1,'post':'chair',"
                    "'paper':'2'},{'bundle':1,'ballot':1,'post':'member','paper':'-'}]}",
                    (int)draw));
    assert_true(village_found(village, "DBL-01"));
    village_refused(village, NOON, "ec", "outcome.record", "{'round':1}", "SEQ-01");
    village_do(village, NOON, "mo", "tally_audit.record",
               TEXT(village,
                    "{'round':1,'draw_seq':%d,'rows':[{'bundle':1,'ballot':1,'post':'chair',"
                    "'paper':'王伟'},{'bundle':1,'ballot':1,'post':'member','paper':'-'}]}",
                    (int)draw));
    village_do(village, NOON, "ec", "outcome.record", "{'round':1}");
}

static void
a_recount_rests_on_an_objection_upheld(void **state)
{
    struct village *village = count_begin(state, 100, 90);
    count_totals(village, 1, 90, VOTES("chair", "P00001", 90));
    count_announce(village, 1, DAY);
    const int64_t seq = village_do(village, "2021-03-20T18:00", "to", "objection.file",
                                   "{'subject':'result','applicant':'张强','matter':'计票',"
                                   "'received_on':'2021-03-20','signed_by':['外:张强']}");
    const char *again = TEXT(village,
                             "{'round':1,'reason':'异议成立','bundles':[{'bundle':1}],"
                             "'objection_seq':%d}",
                             (int)seq);
    village_refused(village, "2021-03-21T09:00", "to", "count.reopen", again, "SEQ-01");
    village_do(village, "2021-03-21T10:00", "to", "objection.decide",
               TEXT(village,
                    "{'objection_seq':%d,'decision':'upheld','grounds':'查实','decided_on':"
                    "'2021-03-21','told_on':'2021-03-21','posted_on':'2021-03-21','places':["
                    "{'place':'村委会'}]}",
                    (int)seq));
    village_do(village, "2021-03-21T11:00", "to", "count.reopen", again);
    assert_string_equal(round_state_of(village, 1), "counting");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(no_box_is_opened_while_one_is_on_the_road),
        VILLAGE_TEST(a_box_with_more_than_issued_is_recorded_with_a_warning),
        VILLAGE_TEST(count_cannot_open_before_the_boxes),
        VILLAGE_TEST(a_void_vote_is_recorded_and_nothing_is_counted),
        VILLAGE_TEST(fifty_one_of_a_hundred_is_a_valid_vote),
        VILLAGE_TEST(two_equal_hands_close_a_bundle),
        VILLAGE_TEST(one_person_is_not_both_hands),
        VILLAGE_TEST(wrong_rows_are_refused),
        VILLAGE_TEST(hands_that_differ_enter_only_the_differing_ballot_again),
        VILLAGE_TEST(a_monitor_settles_what_differs_twice),
        VILLAGE_TEST(every_defect_that_voids_a_ballot_does),
        VILLAGE_TEST(a_written_name_of_a_registered_voter_counts),
        VILLAGE_TEST(a_doubtful_ballot_waits_for_the_committee),
        VILLAGE_TEST(a_recount_is_entered_by_other_tellers),
        VILLAGE_TEST(after_the_announcement_the_township_decides_on_a_recount),
        VILLAGE_TEST(an_audit_that_differs_stops_the_outcome),
        VILLAGE_TEST(a_recount_rests_on_an_objection_upheld),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
