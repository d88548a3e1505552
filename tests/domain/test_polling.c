/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/polling.h"

#include <string.h>

#include "support/packs.h"
#include "support/support.h"

/* The only finding has that rule and severity. */
static void
assert_finding(const struct findings *findings, enum rule rule, enum severity severity)
{
    assert_int_equal(findings->count, 1);
    assert_int_equal(findings->list[0].rule, rule);
    assert_int_equal(findings->list[0].severity, severity);
}

static size_t
staff_count(struct ctx *ctx, const char *law, bool is_candidate, enum relation relation)
{
    struct findings findings = {0};
    const struct polling_person person = {"李芳", "李强", is_candidate, relation};
    polling_staff_check(ctx, support_pack(ctx, law), &person, &findings);
    for (size_t i = 0; i < findings.count; i++)
        assert_int_equal(findings.list[i].rule, RULE_POL_02);
    return findings.count;
}

static void
candidate_is_no_staff(void **state)
{
    assert_int_equal(staff_count(*state, "cn-2018", true, RELATION_NONE), 1);
    assert_int_equal(staff_count(*state, "cn-2018", false, RELATION_NONE), 0);
}

static void
sister_of_a_candidate_is_staff_by_the_pack(void **state)
{
    assert_int_equal(staff_count(*state, "cn-2018", false, RELATION_SIBLING), 0);
    assert_int_equal(staff_count(*state, "cn-2018+jiangxi", false, RELATION_SIBLING), 1);
    assert_int_equal(staff_count(*state, "cn-2018+jiangxi", false, RELATION_UNCLE_AUNT), 0);
}

static void
near_kin_never_write_for_a_voter(void **state)
{
    struct findings findings = {0};
    struct polling_person person = {"李芳", "李强", false, RELATION_CHILD_IN_LAW};
    polling_scribe_check(*state, &person, &findings);
    assert_int_equal(findings.count, 0);
    person.relation = RELATION_GRANDCHILD;
    polling_scribe_check(*state, &person, &findings);
    assert_finding(&findings, RULE_PRX_08, SEVERITY_BLOCK);
}

static void
two_monitors_are_a_warning_or_refused_by_the_pack(void **state)
{
    struct findings findings = {0};
    polling_monitors_check(*state, support_pack(*state, "cn-2018+jiangxi"), 2, 3, &findings);
    assert_int_equal(findings.count, 0);
    polling_monitors_check(*state, support_pack(*state, "cn-2018+jiangxi"), 2, 2, &findings);
    assert_finding(&findings, RULE_POL_02, SEVERITY_WARN);
    findings = (struct findings){0};
    polling_monitors_check(*state, support_pack(*state, "cn-2018+zhejiang"), 2, 2, &findings);
    assert_finding(&findings, RULE_POL_02, SEVERITY_BLOCK);
}

static void
write_in_lines_reach_the_seats(void **state)
{
    struct findings findings = {0};
    struct polling_lines lines = {POST_MEMBER, 3, 3, true};
    polling_lines_check(*state, &lines, &findings);
    assert_int_equal(findings.count, 0);
    lines.lines = 2;
    polling_lines_check(*state, &lines, &findings);
    assert_finding(&findings, RULE_BAL_02, SEVERITY_BLOCK);
    findings = (struct findings){0};
    lines.with_candidates = false;
    polling_lines_check(*state, &lines, &findings);
    assert_finding(&findings, RULE_BAL_04, SEVERITY_BLOCK);
}

static size_t
layout_count(struct ctx *ctx, const char *law, bool combined, int64_t posts)
{
    struct findings findings = {0};
    polling_layout_check(ctx, support_pack(ctx, law), combined, posts, &findings);
    return findings.count;
}

static void
layout_follows_the_pack(void **state)
{
    assert_int_equal(layout_count(*state, "cn-2018", false, 3), 0);
    assert_int_equal(layout_count(*state, "cn-2018+jiangxi", true, 3), 0);
    assert_int_equal(layout_count(*state, "cn-2018+jiangxi", false, 3), 1);
    assert_int_equal(layout_count(*state, "cn-2018+henan", true, 3), 1);
    assert_int_equal(layout_count(*state, "cn-2018+henan", true, 1), 0);
}

static void
print_stays_between_the_voters_and_five_percent_more(void **state)
{
    struct findings findings = {0};
    polling_print_check(*state, &(struct polling_print){1000, 0, 1000}, &findings);
    polling_print_check(*state, &(struct polling_print){1055, 5, 1000}, &findings);
    assert_int_equal(findings.count, 0);
    polling_print_check(*state, &(struct polling_print){1051, 0, 1000}, &findings);
    assert_finding(&findings, RULE_BAL_01, SEVERITY_WARN);
    findings = (struct findings){0};
    polling_print_check(*state, &(struct polling_print){1000, 1, 1000}, &findings);
    assert_finding(&findings, RULE_BAL_01, SEVERITY_WARN);
    findings = (struct findings){0};
    polling_print_check(*state, &(struct polling_print){5, 6, 0}, &findings);
    assert_finding(&findings, RULE_STK_01, SEVERITY_BLOCK);
}

static void
box_gives_no_more_than_it_got(void **state)
{
    struct findings findings = {0};
    struct polling_box box = {1, 200, 180, 10, 3, 5, -1};
    polling_box_check(*state, &box, &findings);
    box.unused = 15;
    polling_box_check(*state, &box, &findings);
    assert_int_equal(findings.count, 0);
    box.unused = 14;
    polling_box_check(*state, &box, &findings);
    assert_finding(&findings, RULE_STK_01, SEVERITY_EXPLAIN);
    findings = (struct findings){0};
    box.unused = 16;
    polling_box_check(*state, &box, &findings);
    assert_finding(&findings, RULE_STK_01, SEVERITY_BLOCK);
    findings = (struct findings){0};
    box.unused = -1;
    box.issued = 196;
    polling_box_check(*state, &box, &findings);
    assert_finding(&findings, RULE_POL_04, SEVERITY_BLOCK);
}

static void
principals_and_scribed_are_among_the_issued(void **state)
{
    struct findings findings = {0};
    polling_box_check(*state, &(struct polling_box){1, 200, 10, 11, 0, 0, -1}, &findings);
    assert_finding(&findings, RULE_POL_04, SEVERITY_BLOCK);
    findings = (struct findings){0};
    polling_box_check(*state, &(struct polling_box){1, 200, 10, 0, 11, 0, -1}, &findings);
    assert_finding(&findings, RULE_POL_04, SEVERITY_BLOCK);
}

static void
reported_sums_never_fall(void **state)
{
    struct findings findings = {0};
    const struct polling_box earlier = {2, 300, 180, 5, 1, 2, -1};
    struct polling_box later = earlier;
    polling_order_check(*state, &earlier, &later, &findings);
    assert_int_equal(findings.count, 0);
    later.issued = 175;
    polling_order_check(*state, &earlier, &later, &findings);
    assert_finding(&findings, RULE_POL_04, SEVERITY_BLOCK);
}

static void
no_more_ballots_than_voters_and_proxies(void **state)
{
    struct findings findings = {0};
    polling_sums_check(*state, &(struct polling_sums){1200, 40, 40, 1200}, &findings);
    assert_int_equal(findings.count, 0);
    polling_sums_check(*state, &(struct polling_sums){1201, 40, 40, 1200}, &findings);
    assert_finding(&findings, RULE_POL_04, SEVERITY_BLOCK);
    findings = (struct findings){0};
    polling_sums_check(*state, &(struct polling_sums){1200, 41, 40, 1200}, &findings);
    assert_finding(&findings, RULE_POL_04, SEVERITY_BLOCK);
}

static void
what_is_left_is_what_must_be_left(void **state)
{
    struct findings findings = {0};
    polling_rest_check(*state, &(struct polling_rest){10, 2, 30, 10, 2, 30}, &findings);
    assert_int_equal(findings.count, 0);
    polling_rest_check(*state, &(struct polling_rest){9, 2, 30, 10, 2, 30}, &findings);
    assert_finding(&findings, RULE_STK_01, SEVERITY_EXPLAIN);
    findings = (struct findings){0};
    polling_rest_check(*state, &(struct polling_rest){10, 2, 31, 10, 2, 30}, &findings);
    assert_finding(&findings, RULE_STK_01, SEVERITY_BLOCK);
}

static void
a_form_of_its_own_is_named(void **state)
{
    struct findings findings = {0};
    const struct polling_box box = {
        .box = 1, .allotted = 20, .issued = 21, .unused = -1, .form = 2};
    polling_box_check(*state, &box, &findings);
    polling_sums_check(*state, &(struct polling_sums){.issued = 21, .registered = 20, .form = 2},
                       &findings);
    polling_rest_check(*state, &(struct polling_rest){.unused = 1, .form = 2}, &findings);
    assert_int_equal(findings.count, 3);
    for (size_t i = 0; i < findings.count; i++)
        assert_non_null(strstr(findings.list[i].text, "2 号选票"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(candidate_is_no_staff),
        TEST(sister_of_a_candidate_is_staff_by_the_pack),
        TEST(near_kin_never_write_for_a_voter),
        TEST(two_monitors_are_a_warning_or_refused_by_the_pack),
        TEST(write_in_lines_reach_the_seats),
        TEST(layout_follows_the_pack),
        TEST(print_stays_between_the_voters_and_five_percent_more),
        TEST(box_gives_no_more_than_it_got),
        TEST(principals_and_scribed_are_among_the_issued),
        TEST(reported_sums_never_fall),
        TEST(no_more_ballots_than_voters_and_proxies),
        TEST(what_is_left_is_what_must_be_left),
        TEST(a_form_of_its_own_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
