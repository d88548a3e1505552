/* SPDX-License-Identifier: Apache-2.0 */
/* Preparation, election committee, polling day (acts.md 6.1, 6.4; refusals 1–5, 17, 26 of §8). */
#include "act/prepared.h"

#include "store/committee_store.h"
#include "store/prep_store.h"
#include "store/standing_store.h"

static void
an_audit_not_published_closes_the_election_stage(void **state)
{
    struct village *village = *state;
    (void)prepared_to_audit(village);
    const int64_t assembly = prepared_vec_assembly(village);

    village_refused(village, "2021-02-03T09:00", "vc", "vec.elect",
                    prepared_vec_fields(village, assembly, "2021-02-03"), "SEQ-01");
    assert_true(village_found(village, "CAL-12"));
}

static void
the_committee_is_not_elected_on_the_day_the_audit_is_published(void **state)
{
    struct village *village = *state;
    const int64_t audit = prepared_to_audit(village);
    const int64_t assembly = prepared_vec_assembly(village);
    prepared_publish_audit(village, audit, "2021-02-02");

    village_refused(village, "2021-02-02T17:00", "vc", "vec.elect",
                    prepared_vec_fields(village, assembly, "2021-02-02"), "CAL-12");
    village_do(village, "2021-02-03T09:00", "vc", "vec.elect",
               prepared_vec_fields(village, assembly, "2021-02-03"));
}

static void
an_open_rectification_closes_the_election_stage_until_closed(void **state)
{
    struct village *village = *state;
    const int64_t audit = prepared_to_audit(village);
    prepared_publish_audit(village, audit, "2021-01-20");
    const int64_t assembly = prepared_vec_assembly(village);
    const int64_t open = village_do(village, "2021-02-01T11:00", "to", "rectify.open",
                                    "{'kind':'weak_village','problems':'软弱','policy':'一村一策',"
                                    "'person':'外:张','due_on':'2021-02-10'}");
    const char *elect = prepared_vec_fields(village, assembly, "2021-02-01");

    village_refused(village, "2021-02-01T15:00", "vc", "vec.elect", elect, "ORG-05");
    village_do(village, "2021-02-01T16:00", "to", "rectify.close",
               mem_printf(village->ctx->mem,
                          "{'open_seq':%lld,'closed_on':'2021-02-01','result':'好',"
                          "'signed_by':['外:镇党委书记']}",
                          (long long)open));
    village_do(village, "2021-02-01T17:00", "vc", "vec.elect", elect);
}

static void
a_committee_of_two_or_without_an_assembly_is_refused(void **state)
{
    struct village *village = *state;
    const int64_t audit = prepared_to_audit(village);
    prepared_publish_audit(village, audit, "2021-01-20");
    const int64_t assembly = prepared_vec_assembly(village);
    const char *two = mem_printf(village->ctx->mem,
                                 "{'method':'representatives','assemblies':[{'assembly_seq':%lld}],"
                                 "'elected_on':'2021-02-01','rows':["
                                 "{'person':'委甲','votes':40,'post':'chair'},"
                                 "{'person':'委乙','votes':39,'post':'member'}]}",
                                 (long long)assembly);

    village_refused(village, "2021-02-01T15:00", "vc", "vec.elect", two, "VEC-02");
    village_refused(village, "2021-02-01T15:00", "vc", "vec.elect",
                    prepared_vec_fields(village, 1, "2021-02-01"), "VEC-01");
}

static void
a_plan_with_the_formal_list_at_four_days_is_refused(void **state)
{
    struct village *village = *state;

    assert_int_equal(prepared_plan(village, "D-4"), ERR_OK);
    assert_false(village->answer.accepted);
    assert_true(village_found(village, "ORG-03"));
    assert_true(village_found(village, "CAL-04"));
}

static void
the_plan_becomes_dated_tasks_when_the_day_is_fixed(void **state)
{
    struct village *village = *state;
    struct task task;
    prepared_committee(village);
    assert_int_equal(task_store_find(village->ctx, village->db, VILLAGE, "T01", &task), ERR_OK);
    assert_false(date_is_set(task.due_on));

    village_do(village, "2021-02-03T09:00", "to", "day.fix",
               "{'body':'village','polling_day':'2021-03-20'," POSTED("2021-02-03") "}");

    assert_int_equal(task_store_find(village->ctx, village->db, VILLAGE, "T01", &task), ERR_OK);
    assert_string_equal(date_format(village->ctx, task.due_on), "2021-02-28");
}

static void
a_deferral_needs_the_county_and_ends_within_six_months(void **state)
{
    struct village *village = *state;
    village_refused(village, "2020-12-22T09:00", "to", "defer.order",
                    "{'body':'all','approval_seq':2,'until':'2021-09-30','reason':'选情复杂'}",
                    "SEQ-01");
    village_do(village, "2020-12-22T10:00", "to", "approval.request",
               "{'kind':'deferral','to':'" COUNTY "','subject':'暂缓'}");
    village_do(village, "2020-12-23T10:00", "cs", "approval.decide",
               "{'request_seq':2,'decision':'granted','signed_by':'外:县委书记'," DOC "}");

    village_refused(village, "2020-12-24T09:00", "to", "defer.order",
                    "{'body':'all','approval_seq':2,'until':'2021-10-15','reason':'选情复杂'}",
                    "CAL-14");
    village_explain(village, "2020-12-24T09:00", "to", "defer.order",
                    "{'body':'all','approval_seq':2,'until':'2021-09-30','reason':'选情复杂'}",
                    "[{'rule':'CAL-14','reason':'村民会议另行召开'}]");
    village_refused(village, "2020-12-25T09:00", "vc", "assembly.hold",
                    "{'kind':'representatives','called_on':'2020-12-10','held_on':'2020-12-24',"
                    "'total':46,'present':40,'items':[{'matter':'other','text':'事','favour':38}]}",
                    "SEQ-02");
    village_refused(
        village, "2021-02-04T09:00", "ec", "registration.announce",
        "{'from_on':'2021-02-04','to_on':'2021-02-10'," POSTED(
            "2021-02-04") ","
                          "'stations':[{'group':'一组','place':'村委会','person':'外:甲'}]}",
        "SEQ-02");
    village_do(village, "2021-05-06T09:00", "to", "defer.resume", "{'on':'2021-05-06'}");
    village_refused(village, "2021-05-07T09:00", "to", "defer.resume", "{'on':'2021-05-07'}",
                    "SEQ-07");
}

static void
the_second_alternate_does_not_pass_the_first(void **state)
{
    struct village *village = *state;
    int64_t places;
    prepared_committee(village);
    village_do(village, "2021-02-05T09:00", "ec", "vec.leave",
               "{'person':'委丙','reason':'resigned','on':'2021-02-05'}");

    village_refused(village, "2021-02-06T09:00", "ec", "vec.fill",
                    "{'rows':[{'person':'候二','by':'order'}]," POSTED("2021-02-06") "}", "VEC-05");
    village_do(village, "2021-02-06T10:00", "ec", "vec.fill",
               "{'rows':[{'person':'候一','by':'order'}]," POSTED("2021-02-06") "}");

    assert_int_equal(committee_store_open_places(village->ctx, village->db, VILLAGE, &places),
                     ERR_OK);
    assert_int_equal(places, 0);
}

static void
a_dismissal_needs_an_assembly(void **state)
{
    prepared_committee(*state);
    village_refused(*state, "2021-02-05T09:00", "ec", "vec.leave",
                    "{'person':'委丙','reason':'dismissed','on':'2021-02-05'}", "VEC-06");
    village_refused(*state, "2021-02-05T09:00", "ec", "vec.leave",
                    "{'person':'路人','reason':'resigned','on':'2021-02-05'}", "SEQ-01");
}

static void
the_committee_decides_by_the_majority_of_all_members(void **state)
{
    struct village *village = *state;
    bool passed;
    prepared_committee(village);
    const int64_t three = village_do(village, "2021-02-05T09:00", "ec", "vec.meet",
                                     "{'held_on':'2021-02-05','present':['委甲','委乙','委丙'],"
                                     "'items':[{'matter':'名单','favour':3,'against':0}]}");
    const int64_t four =
        village_do(village, "2021-02-05T10:00", "ec", "vec.meet",
                   "{'held_on':'2021-02-05','present':['委甲','委乙','委丙','委丁'],"
                   "'items':[{'matter':'名单','favour':4,'against':0}]}");

    assert_int_equal(decision_store_passed(village->ctx, village->db, VILLAGE, three, &passed),
                     ERR_OK);
    assert_false(passed);
    assert_int_equal(decision_store_passed(village->ctx, village->db, VILLAGE, four, &passed),
                     ERR_OK);
    assert_true(passed);
}

static void
a_polling_day_too_near_for_the_roll_is_refused(void **state)
{
    prepared_committee(*state);
    village_refused(*state, "2021-03-01T09:00", "to", "day.fix",
                    "{'body':'village','polling_day':'2021-03-20'," POSTED("2021-03-01") "}",
                    "CAL-01");
    village_refused(*state, "2021-02-03T09:00", "to", "day.fix",
                    "{'body':'village','polling_day':'2021-10-15'," POSTED("2021-02-03") "}",
                    "CAL-14");
}

static void
a_day_outside_the_plan_needs_a_reason(void **state)
{
    const char *fields = "{'body':'village','polling_day':'2021-03-27'," POSTED("2021-02-03") "}";
    prepared_committee(*state);
    village_refused(*state, "2021-02-03T09:00", "to", "day.fix", fields, "CAL-15");
    village_explain(*state, "2021-02-03T10:00", "to", "day.fix", fields,
                    "[{'rule':'CAL-15','reason':'连日暴雨'}]");
}

static void
a_sanction_bars_until_lifted(void **state)
{
    struct village *village = *state;
    bool bars;
    const int64_t seq =
        village_do(village, "2021-01-15T09:00", "ts", "sanction.order",
                   "{'person':'委甲','ground':'bribery','effect':'strike_candidate',"
                   "'found_on':'2021-01-14','grounds':'查实'," DOC "}");
    assert_int_equal(sanction_store_bars(village->ctx, village->db, VILLAGE, "委甲", &bars),
                     ERR_OK);
    assert_true(bars);

    village_explain(
        village, "2021-01-16T09:00", "ts", "sanction.order",
        mem_printf(village->ctx->mem,
                   "{'person':'委甲','ground':'bribery','effect':'lift','lifts_seq':%lld,"
                   "'found_on':'2021-01-16','grounds':'查否'," DOC "}",
                   (long long)seq),
        "[{'rule':'CND-02','reason':'新证据'}]");

    assert_int_equal(sanction_store_bars(village->ctx, village->db, VILLAGE, "委甲", &bars),
                     ERR_OK);
    assert_false(bars);
}

static void
complaints_and_incidents_stay_open_until_closed(void **state)
{
    struct village *village = *state;
    struct matter *open;
    size_t count;
    const int64_t seq =
        village_do(village, "2021-01-15T09:00", "to", "complaint.take",
                   "{'channel':'phone','received_on':'2021-01-15','about':'bribery',"
                   "'text':'送礼','due_on':'2021-01-20'}");
    village_do(village, "2021-01-15T10:00", "to", "incident.record",
               "{'kind':'weather','at':'09:00','on':'2021-01-15','text':'大雨'}");
    assert_int_equal(
        matter_store_open_list(village->ctx, village->db, VILLAGE, "complaint", &open, &count),
        ERR_OK);
    assert_int_equal(count, 1);

    village_do(village, "2021-01-18T09:00", "to", "complaint.handle",
               mem_printf(village->ctx->mem,
                          "{'case_seq':%lld,'action':'close','result':'false','text':'不实',"
                          "'on':'2021-01-18'}",
                          (long long)seq));
    village_do(village, "2021-01-18T10:00", "to", "incident.record",
               "{'kind':'weather','at':'09:00','on':'2021-01-18','text':'雨停','closes_seq':3}");
    village_refused(
        village, "2021-01-18T11:00", "to", "incident.record",
        "{'kind':'weather','at':'09:00','on':'2021-01-18','text':'雨停','closes_seq':3}", "SEQ-07");

    assert_int_equal(
        matter_store_open_list(village->ctx, village->db, VILLAGE, "complaint", &open, &count),
        ERR_OK);
    assert_int_equal(count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(an_audit_not_published_closes_the_election_stage),
        VILLAGE_TEST(the_committee_is_not_elected_on_the_day_the_audit_is_published),
        VILLAGE_TEST(an_open_rectification_closes_the_election_stage_until_closed),
        VILLAGE_TEST(a_committee_of_two_or_without_an_assembly_is_refused),
        VILLAGE_TEST(a_plan_with_the_formal_list_at_four_days_is_refused),
        VILLAGE_TEST(the_plan_becomes_dated_tasks_when_the_day_is_fixed),
        VILLAGE_TEST(a_deferral_needs_the_county_and_ends_within_six_months),
        VILLAGE_TEST(the_second_alternate_does_not_pass_the_first),
        VILLAGE_TEST(a_dismissal_needs_an_assembly),
        VILLAGE_TEST(the_committee_decides_by_the_majority_of_all_members),
        VILLAGE_TEST(a_polling_day_too_near_for_the_roll_is_refused),
        VILLAGE_TEST(a_day_outside_the_plan_needs_a_reason),
        VILLAGE_TEST(a_sanction_bars_until_lifted),
        VILLAGE_TEST(complaints_and_incidents_stay_open_until_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
