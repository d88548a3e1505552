/* SPDX-License-Identifier: Apache-2.0 */
/* A ballot for each post 分职选票 (BAL-03, OUT-01): stock, boxes, count and outcome by form. */
#include "act/forms_village.h"

#include "store/box_store.h"
#include "store/form_store.h"

/* Bundles 1, 2: chair; 3, 4: vice-chair; 5, 6: member (29 ballots). */
static void
count_chair(struct village *village, const char *first, const char *second)
{
    forms_enter(village, 1, 1, 20, 0, first);
    forms_enter(village, 1, 2, 10, 0, second);
}

static struct round_form
form_of(struct village *village, int round, int form)
{
    struct round_form *forms;
    size_t count;
    assert_int_equal(
        round_form_store_list(village->ctx, village->db, VILLAGE, round, &forms, &count), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (forms[i].form == form)
            return forms[i];
    }
    fail_msg("no form %d", form);
    return forms[0];
}

static void
henan_refuses_one_ballot_for_all_posts(void **state)
{
    village_refused(*state, "2021-03-12T09:20", "ec", "ballot.design", DESIGN("1", "3"), "BAL-03");
}

static void
the_poll_does_not_open_while_a_post_has_no_ballot(void **state)
{
    static const int TWO[] = {CHAIR_FORM, VICE_FORM};
    struct village *village = *state;
    poll_train(village, 11, 18);
    village_do(village, "2021-03-12T09:00", "ec", "station.set", CENTRAL);
    village_do(village, "2021-03-12T09:01", "ec", "station.set", STATION);
    village_explain(village, "2021-03-12T09:10", "ec", "staff.appoint", STAFF, STAFF_NOT_PASSED);
    forms_design(village, 1, CHAIR_FORM);
    forms_design(village, 1, VICE_FORM);
    village_do(village, "2021-03-16T09:00", "ec", "poll.notice", NOTICE("2021-03-16"));
    forms_allot(village, 1, TWO, COUNT_OF(TWO));

    village_refused(village, ON_D("08:00"), "ec", "poll.open", OPEN, "BAL-03");
}

#define REPORT(sums, chair, vice, member)                                                          \
    "{'round':1,'box':1,'at':'09:00'," sums ",'forms':[{'form':1," chair "},{'form':2," vice       \
    "},{'form':3," member "}]}"
#define SAID(issued, spoiled)                                                                      \
    "'issued':" #issued ",'issued_proxy':0,'scribed':0,'spoiled':" #spoiled

static void
a_report_of_a_box_is_by_form(void **state)
{
    struct village *village = forms_prepare(state);
    struct box_form *forms;
    size_t count;
    village_do(village, ON_D("08:00"), "ec", "poll.open", OPEN);

    assert_int_equal(village_submit(village, VILLAGE, ON_D("09:00"), "issuer1", "ballot.issue",
                                    "{'round':1,'box':1,'at':'09:00'," SAID(30, 0) "}", NULL),
                     ERR_INVALID);
    assert_string_equal(village->ctx->failure.field, "forms");
    /* the sum 合计 is not that of the forms; more of form 3 than the box got */
    village_refused(village, ON_D("09:00"), "issuer1", "ballot.issue",
                    REPORT(SAID(31, 0), SAID(10, 0), SAID(10, 0), SAID(10, 0)), "STK-01");
    village_refused(village, ON_D("09:00"), "issuer1", "ballot.issue",
                    REPORT(SAID(46, 0), SAID(10, 0), SAID(10, 0), SAID(26, 0)), "POL-04");
    village_do(village, ON_D("09:00"), "issuer1", "ballot.issue",
               REPORT(SAID(31, 1), SAID(10, 0), SAID(12, 0), SAID(9, 1)));

    assert_int_equal(box_form_store_list(village->ctx, village->db, VILLAGE, 1, &forms, &count),
                     ERR_OK);
    assert_int_equal(count, 3);
    assert_int_equal(forms[1].issued, 12);
    assert_int_equal(forms[2].spoiled, 1);
    /* form 2 falls though the sum does not */
    village_refused(village, ON_D("10:00"), "issuer1", "ballot.issue",
                    "{'round':1,'box':1,'at':'10:00'," SAID(33, 1) ",'forms':[{'form':1," SAID(
                        12, 0) "},{'form':2," SAID(11, 0) "},{'form':3," SAID(10, 1) "}]}",
                    "POL-04");
}

static void
every_form_is_counted_and_elects_by_its_own_ballots(void **state)
{
    struct village *village = forms_count(state, &THIRTY);
    struct round round;
    struct bundle bundle;
    assert_int_equal(bundle_store_find(village->ctx, village->db, VILLAGE, 1, 6, &bundle), ERR_OK);
    assert_int_equal(bundle.form, MEMBER_FORM);
    assert_int_equal(bundle.size, 9);
    /* a bundle has the votes of one post only */
    assert_int_equal(village_submit(village, VILLAGE, ON_D("13:30"), "ta", "bundle.enter",
                                    "{'round':1,'bundle':1,'hand':'a','attempt':1,'ballots':20,"
                                    "'totals':[" VOTES("member", "P00001", 3) "],'void':0}",
                                    NULL),
                     ERR_INVALID);

    count_chair(village, VOTES("chair", "P00005", 14), VOTES("chair", "P00005", 2));
    count_vice_and_members(village, 3);
    forms_record(village, 1);

    /* 16 of 30; 20 of 30; of 29 members' ballots 15 elect */
    assert_string_equal(forms_seat(village, "P00005"), "chair 16");
    assert_string_equal(forms_seat(village, "P00007"), "vice_chair 20");
    assert_string_equal(forms_seat(village, "P00001"), "member 15");
    assert_string_equal(forms_seat(village, "P00002"), "member 18");
    assert_string_equal(forms_seat(village, "P00004"), "member 16");
    assert_string_equal(forms_outcome(village, 1, "member"), "done 0");
    assert_int_equal(form_of(village, 1, VICE_FORM).invalid, 2);
    assert_int_equal(form_of(village, 1, MEMBER_FORM).valid, 28);
    assert_int_equal(form_of(village, 1, MEMBER_FORM).issued, 30);
    assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
    assert_int_equal(round.recovered, 89);
    assert_int_equal(round.valid + round.invalid, 89);
    assert_string_equal(round.state, "settled");
}

static void
more_recovered_than_issued_voids_that_form_only(void **state)
{
    static const struct papers CHAIR_STUFFED = {{0, 30, 30, 30}, {0, 31, 30, 29}};
    struct village *village = forms_count(state, &CHAIR_STUFFED);
    assert_true(village_found(village, "CNT-01"));
    assert_string_equal(form_of(village, 1, CHAIR_FORM).void_ground, "CNT-01");
    assert_string_equal(form_of(village, 1, MEMBER_FORM).void_ground, "");

    count_vice_and_members(village, 1);
    forms_record(village, 1);

    assert_string_equal(forms_outcome(village, 1, "chair"), "repeat 1");
    assert_string_equal(forms_outcome(village, 1, "vice_chair"), "done 0");
    assert_string_equal(forms_seat(village, "P00002"), "member 18");
    /* the void ballots are repeated for that post alone */
    village_refused(
        village, ON_D("16:00"), "ec", "round.order",
        "{'kind':'repeat','after_round':1,'posts':[{'post':'vice_chair','seats':1,"
        "'candidates':['P00007','P00008']}],'polling_day':'2021-03-20'," PLACES("2021-03-20") "}",
        "SEQ-01");
    village_do(
        village, ON_D("16:00"), "ec", "round.order",
        "{'kind':'repeat','after_round':1,'posts':[{'post':'chair','seats':1,"
        "'candidates':['P00005','P00006']}],'polling_day':'2021-03-20'," PLACES("2021-03-20") "}");
    assert_string_equal(forms_outcome(village, 1, "chair"), "ordered 1");
    village_refused(
        village, ON_D("16:10"), "ec", "round.order",
        "{'kind':'repeat','after_round':1,'posts':[{'post':'chair','seats':1,"
        "'candidates':['P00005','P00006']}],'polling_day':'2021-03-20'," PLACES("2021-03-20") "}",
        "SEQ-01");
}

static void
every_form_void_makes_the_round_void(void **state)
{
    static const struct papers STUFFED = {{0, 30, 30, 30}, {0, 31, 32, 20}};
    struct village *village = forms_count(state, &STUFFED);
    struct round round;
    assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
    assert_string_equal(round.state, "void");
    assert_string_equal(round.void_ground, "CNT-01 CNT-02");
}

static void
a_tie_in_one_form_is_voted_again_with_one_form(void **state)
{
    struct village *village = forms_count(state, &THIRTY);
    forms_enter(village, 1, 1, 20, 0, VOTES("chair", "P00005", 20));
    forms_enter(village, 1, 2, 10, 0, VOTES("chair", "P00006", 10));
    forms_enter(village, 1, 3, 20, 0, VOTES("vice_chair", "P00007", 16));
    forms_enter(village, 1, 4, 10, 0, VOTES("vice_chair", "P00008", 4));
    forms_enter(village, 1, 5, 20, 0,
                VOTES("member", "P00002", 16) "," VOTES("member", "P00004", 17) "," VOTES(
                    "member", "P00001", 15) "," VOTES("member", "P00003", 10));
    forms_enter(village, 1, 6, 9, 0, VOTES("member", "P00003", 5));
    forms_record(village, 1);

    assert_string_equal(forms_outcome(village, 1, "chair"), "done 0");
    assert_string_equal(forms_outcome(village, 1, "member"), "re_vote 1");
    village_do(
        village, ON_D("16:00"), "ec", "round.order",
        "{'kind':'re_vote','after_round':1,'posts':[{'post':'member','seats':1,"
        "'candidates':['P00001','P00003']}],'polling_day':'2021-03-20'," PLACES("2021-03-20") "}");
    village_refused(village, ON_D("16:10"), "ec", "ballot.design",
                    "{'round':2,'form':1,'layout':'per_post','size':'A5','posts':["
                    "{'post':'chair','write_in_lines':1}]}",
                    "BAL-02");
}

#define SECOND_POLL                                                                                \
    "{'kind':'second_poll','after_round':1,'posts':[{'post':'chair','seats':1,"                    \
    "'candidates':['P00005','P00006']}],'polling_day':'2021-03-20'," PLACES("2021-03-20") "}"

static void
a_second_poll_for_one_post_has_one_form_and_plain_figures(void **state)
{
    static const int ONE[] = {CHAIR_FORM};
    struct village *village = forms_count(state, &THIRTY);
    struct round_form *forms;
    size_t count;
    count_chair(village, VOTES("chair", "P00005", 14),
                VOTES("chair", "P00005", 1) "," VOTES("chair", "P00006", 9));
    count_vice_and_members(village, 3);
    forms_record(village, 1);
    /* 15 of 30 is exactly half */
    assert_string_equal(forms_outcome(village, 1, "chair"), "second_poll 1");

    village_do(village, ON_D("15:25"), "ec", "round.order", SECOND_POLL);
    forms_tellers(village, 2);
    forms_design(village, 2, CHAIR_FORM);
    forms_allot(village, 2, ONE, COUNT_OF(ONE));
    village_do(village, ON_D("15:50"), "ec", "poll.open",
               "{'round':2,'at':'15:50','boxes':[{'box':1,'seal_no':'K1','shown_empty_by':"
               "['P00011']},{'box':2,'seal_no':'K2','shown_empty_by':['P00014']}],"
               "'unsealed_by':['P00011']}");
    assert_int_equal(village_submit(village, VILLAGE, ON_D("16:00"), "issuer1", "ballot.issue",
                                    "{'round':2,'box':1,'at':'16:00'," SAID(
                                        9, 0) ",'forms':[{'form':1," SAID(9, 0) "}]}",
                                    NULL),
                     ERR_INVALID);
    village_do(village, ON_D("16:00"), "issuer1", "ballot.issue",
               "{'round':2,'box':1,'at':'16:00'," SAID(9, 0) "}");
    assert_int_equal(round_form_store_list(village->ctx, village->db, VILLAGE, 2, &forms, &count),
                     ERR_OK);
    assert_int_equal(count, 0);
}

/* The void form's 31 papers lie in no bundle and are never drawn. */
static void
an_audit_draws_counted_ballots_and_asks_for_their_post_only(void **state)
{
    static const struct papers CHAIR_STUFFED = {{0, 30, 30, 30}, {0, 31, 30, 29}};
    struct village *village = forms_count(state, &CHAIR_STUFFED);
    struct tally_sample *samples;
    size_t count;
    const char *rows = "";
    count_vice_and_members(village, 1);
    village_do(village, ON_D("15:00"), "ec", "count.close",
               "{'round':1,'signed_by':['外:甲','外:乙']}");
    const int64_t seq =
        village_do(village, ON_D("15:05"), "monitor", "tally_audit.draw",
                   "{'round':1,'dice':'31415926535','thrown_by':['P00011'],'risk_permille':100,"
                   "'method':'bundle'}");
    assert_int_equal(
        tally_audit_store_samples(village->ctx, village->db, VILLAGE, seq, &samples, &count),
        ERR_OK);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++) {
        static const char *const SAID[][2] = {
            {"vice_chair", "16 0"}, {"vice_chair", "4 4"}, {"member", ""}, {"member", ""}};
        const size_t place = (size_t)samples[i].bundle - 1;
        assert_in_range(place, 0, 3);
        rows =
            TEXT(village, "%s%s{'bundle':%d,'post':'%s','paper':'%s'}", rows, i ? "," : "",
                 (int)samples[i].bundle, SAID[place][0], SAID[place][1][0] ? SAID[place][1] : "-");
    }
    village_do(village, ON_D("15:06"), "monitor", "tally_audit.record",
               TEXT(village, "{'round':1,'draw_seq':%d,'rows':[%s]}", (int)seq, rows));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        POLL_TEST(henan_refuses_one_ballot_for_all_posts),
        POLL_TEST(the_poll_does_not_open_while_a_post_has_no_ballot),
        POLL_TEST(a_report_of_a_box_is_by_form),
        POLL_TEST(every_form_is_counted_and_elects_by_its_own_ballots),
        POLL_TEST(more_recovered_than_issued_voids_that_form_only),
        POLL_TEST(every_form_void_makes_the_round_void),
        POLL_TEST(a_tie_in_one_form_is_voted_again_with_one_form),
        POLL_TEST(an_audit_draws_counted_ballots_and_asks_for_their_post_only),
        POLL_TEST(a_second_poll_for_one_post_has_one_form_and_plain_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
