/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/ruling.h"

#include "support/rulings.h"
#include "support/support.h"

static void
sentences_end_with_what_follows(void **state)
{
    struct ctx *ctx = *state;
    struct ruling ruling = {0};
    ruling_note(ctx, &ruling, RULE_OUT_01, "记");
    ruling_test(ctx, &ruling, RULE_OUT_01, false, "甲");
    ruling_test(ctx, &ruling, RULE_OUT_01, true, "乙");
    ruling_test_as(ctx, &ruling, RULE_OUT_01, SEVERITY_WARN, true, "丙");
    assert_non_null(strstr(ruling.why.list[0], "记（OUT-01"));
    assert_non_null(strstr(ruling.why.list[1], "甲——符合"));
    assert_non_null(strstr(ruling.why.list[2], "乙——不合规定"));
    assert_non_null(strstr(ruling.why.list[3], "丙——提请注意"));
    assert_int_equal(ruling.findings.count, 2);
    assert_int_equal(ruling.findings.list[0].severity, rule_row(RULE_OUT_01)->severity);
    assert_string_equal(ruling.findings.list[1].text, "丙");
}

static void
parts_of_a_rule_keep_their_number(void **state)
{
    struct ctx *ctx = *state;
    struct ruling ruling = {0};
    ruling_break_part(ctx, &ruling, RULE_ELG_02, 5, SEVERITY_BLOCK, "甲");
    assert_string_equal(support_all_rules(ctx, &ruling), "ELG-02.5");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sentences_end_with_what_follows),
        TEST(parts_of_a_rule_keep_their_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
