/* SPDX-License-Identifier: Apache-2.0 */
/* Joint review and inspection (acts.md 6.2). */
#include "act/people_village.h"

#define REFUSE(person) people_opinion(village, "police", person, "refuse")

static void
a_desk_left_out_is_refused(void **state)
{
    struct village *village = *state;
    people_nominate(village);
    for (size_t i = 0; i < COUNT_OF(NOMINATED); i++)
        people_record(village, NOMINATED[i]);

    village_refused(village, "2021-03-04T10:00", "to", "review.open",
                    people_open_fields(village, COUNT_OF(DESKS) - 1), "ELG-06");
}

static void
nobody_is_reviewed_without_his_sheet(void **state)
{
    struct village *village = *state;
    people_nominate(village);

    village_refused(village, "2021-03-04T10:00", "to", "review.open",
                    people_open_fields(village, COUNT_OF(DESKS)), "SEQ-01");
}

static void
the_county_answers_after_village_and_township(void **state)
{
    struct village *village = *state;
    people_review_open(village);

    village_refused(village, "2021-03-05T09:00", "to", "review.opinion",
                    people_opinion(village, "police", "P00001", "pass"), "SEQ-01");
    village_refused(village, "2021-03-05T09:00", "to", "review.opinion",
                    people_opinion(village, "village", "P00001", "pass"), "ELG-06");
}

/* acts.md §8, 11. */
static void
a_refusal_is_never_turned_into_a_pass(void **state)
{
    struct village *village = *state;
    people_review(village, 2);
    village_do(village, "2021-03-05T10:00", "to", "review.opinion", REFUSE("P00001"));

    village_refused(village, "2021-03-06T09:00", "to", "review.opinion",
                    people_opinion(village, "police", "P00001", "pass"), "ELG-06");

    people_state_is(village, "P00001", "chair", "disqualified");
}

/* acts.md §8, 12. */
static void
silence_is_no_consent(void **state)
{
    struct village *village = *state;
    people_review(village, COUNT_OF(DESKS) - 1);

    village_refused(village, "2021-03-09T09:00", "co", "review.conclude", CONCLUDE, "ELG-06");

    people_state_is(village, "P00001", "chair", "in_review");
}

static void
everybody_qualifies_when_every_desk_passed(void **state)
{
    struct village *village = *state;
    people_review(village, COUNT_OF(DESKS));

    village_do(village, "2021-03-07T09:00", "co", "review.conclude", CONCLUDE);

    people_state_is(village, "P00001", "chair", "qualified");
    village_refused(village, "2021-03-07T10:00", "to", "person.record",
                    "{'person':'P00001','education':'senior','source':'incumbent',"
                    "'pay_elsewhere':'n'}",
                    "SEQ-04");
}

static void
a_bar_found_to_apply_is_in_the_way(void **state)
{
    struct village *village = *state;
    people_review(village, COUNT_OF(DESKS));
    village_do(village, "2021-03-06T09:00", "to", "bar.record",
               "{'kind':'finding','person':'P00003','bar':'9','ref_day':'2021-03-20',"
               "'applies':'y','signed_by':['外:镇党委书记']}");

    village_refused(village, "2021-03-07T09:00", "co", "review.conclude", CONCLUDE, "ELG-02.9");
}

static void
a_recorded_removal_within_three_years_bars(void **state)
{
    struct village *village = *state;
    people_review(village, COUNT_OF(DESKS));
    village_do(village, "2021-03-06T09:00", "co", "bar.record",
               "{'kind':'fact','person':'P00003','fact':'party_removal','bar':'5',"
               "'decided_on':'2019-06-01','ref_day':'2021-03-20','applies':'y',"
               "'signed_by':['外:纪委']}");

    village_refused(village, "2021-03-07T09:00", "co", "review.conclude", CONCLUDE, "ELG-02.5");
}

static void
the_township_decides_on_people_who_were_inspected(void **state)
{
    struct village *village = *state;
    people_review(village, COUNT_OF(DESKS));
    village_do(village, "2021-03-07T09:00", "co", "review.conclude", CONCLUDE);
    village_do(village, "2021-03-08T09:00", "to", "inspect.record",
               "{'body':'village','person':'P00001','team':['外:组长'],'held_on':'2021-03-08',"
               "'talks':12,'result':'recommended'}");

    village_refused(village, "2021-03-08T10:00", "ts", "inspect.decide", DECIDE, "SEQ-01");
    village_do(
        village, "2021-03-08T10:00", "ts", "inspect.decide",
        "{'body':'village','stage':'township','rows':[{'person':'P00001','approved':'n'}]," DOC
        "}");

    people_state_is(village, "P00001", "chair", "disqualified");
}

#define FINDING(signer)                                                                            \
    "{'kind':'finding','person':'P00003','bar':'9','ref_day':'2021-03-20','applies':'n',"          \
    "'signed_by':['" signer "']}"

/* acts.md 6.2: a finding needs TS or a desk's leader; 李四 leads the desks of this village. */
static void
a_finding_is_signed_by_who_answers_for_it(void **state)
{
    struct village *village = *state;
    people_review_open(village);

    village_refused(village, "2021-03-05T08:00", "to", "bar.record", FINDING("外:镇换届办"),
                    "ELG-02");
    village_refused(village, "2021-03-05T08:00", "to", "bar.record", FINDING("外:李四"), "ELG-02");
    village_do(village, "2021-03-05T08:00", "to", "bar.record", FINDING("外:镇党委书记"));
    village_do(village, "2021-03-05T09:00", "ec", "review.opinion",
               people_opinion(village, "village", "P00003", "pass"));
    village_do(village, "2021-03-05T10:00", "to", "bar.record", FINDING("外:李四"));
}

#define PEOPLE(name) cmocka_unit_test_setup_teardown(name, people_setup, village_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PEOPLE(a_desk_left_out_is_refused),
        PEOPLE(nobody_is_reviewed_without_his_sheet),
        PEOPLE(the_county_answers_after_village_and_township),
        PEOPLE(a_refusal_is_never_turned_into_a_pass),
        PEOPLE(silence_is_no_consent),
        PEOPLE(everybody_qualifies_when_every_desk_passed),
        PEOPLE(a_bar_found_to_apply_is_in_the_way),
        PEOPLE(a_recorded_removal_within_three_years_bars),
        PEOPLE(the_township_decides_on_people_who_were_inspected),
        PEOPLE(a_finding_is_signed_by_who_answers_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
