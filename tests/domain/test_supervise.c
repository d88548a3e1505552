/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/supervise.h"

#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

enum { SIZE = 3 };

static const struct supervise_member GOOD[SIZE] = {
    {.name = "纪一", .post = SUPERVISE_DISCIPLINE},
    {.name = "会二", .finance = true},
    {.name = "张三"},
};

static const char *const COMMITTEE[] = {"周主任", "吴副", "郑委员"};

static const char *
decide(struct ctx *ctx, const char *law, const struct supervise_member *members, size_t count,
       enum severity severity)
{
    const struct supervise_facts facts = {members, count, COMMITTEE, COUNT_OF(COMMITTEE)};
    struct supervise_result result;
    supervise_decide(ctx, support_pack(ctx, law), &facts, &result);
    assert_int_equal(result.ok, support_rules(ctx, &result.ruling, SEVERITY_BLOCK)[0] == '\0');
    return support_rules(ctx, &result.ruling, severity);
}

/* The rules that stand against the good three with the third one replaced. */
static const char *
third(struct ctx *ctx, struct supervise_member member)
{
    const struct supervise_member members[SIZE] = {GOOD[0], GOOD[1], member};
    return decide(ctx, "cn-2018+jiangxi", members, SIZE, SEVERITY_BLOCK);
}

static void
three_to_five_may_supervise(void **state)
{
    const struct supervise_member members[6] = {GOOD[0], GOOD[1],        GOOD[2],
                                                {"甲"},  {.name = "乙"}, {.name = "丙"}};
    assert_string_equal(decide(*state, "cn-2018", members, 2, SEVERITY_BLOCK), "SUP-01");
    assert_string_equal(decide(*state, "cn-2018", members, 4, SEVERITY_BLOCK), "");
    assert_string_equal(decide(*state, "cn-2018", members, 6, SEVERITY_BLOCK), "SUP-01");
    assert_string_equal(decide(*state, "cn-2018+shandong", members, 4, SEVERITY_BLOCK), "SUP-01");
    assert_string_equal(decide(*state, "cn-2018", members, 0, SEVERITY_BLOCK), "SUP-01 SUP-03");
}

static void
committee_members_kin_and_accounts_are_barred(void **state)
{
    struct ctx *ctx = *state;
    assert_string_equal(third(ctx, (struct supervise_member){.name = "吴副"}), "SUP-02");
    assert_string_equal(
        third(ctx, (struct supervise_member){.name = "甲", .committee_member = true}), "SUP-02");
    assert_string_equal(
        third(ctx, (struct supervise_member){.name = "甲", .relation = RELATION_GRANDCHILD}),
        "SUP-02");
    assert_string_equal(
        third(ctx, (struct supervise_member){.name = "甲", .relation = RELATION_SIBLING_IN_LAW}),
        "");
    assert_string_equal(
        third(ctx, (struct supervise_member){.name = "甲", .post = SUPERVISE_ACCOUNTANT}),
        "SUP-02");
    assert_string_equal(
        third(ctx, (struct supervise_member){.name = "甲", .post = SUPERVISE_CLERK}), "SUP-02");
    assert_string_equal(
        third(ctx, (struct supervise_member){.name = "甲", .post = SUPERVISE_COOP_HEAD}), "SUP-02");
}

static void
somebody_knows_accounts(void **state)
{
    const struct supervise_member members[SIZE] = {GOOD[0], GOOD[2], {.name = "甲"}};
    assert_string_equal(decide(*state, "cn-2018", members, SIZE, SEVERITY_BLOCK), "SUP-03");
}

static void
secretary_in_the_chair_is_a_warning(void **state)
{
    const struct supervise_member members[SIZE] = {
        {.name = "书记", .post = SUPERVISE_PARTY_SECRETARY}, GOOD[1], GOOD[2]};
    assert_string_equal(decide(*state, "cn-2018", members, SIZE, SEVERITY_WARN), "SUP-03");
    assert_string_equal(decide(*state, "cn-2018", GOOD + 1, 2, SEVERITY_WARN), "");
    assert_string_equal(decide(*state, "cn-2018+jiangxi", GOOD + 1, 2, SEVERITY_WARN), "SUP-03");
    assert_string_equal(decide(*state, "cn-2018+jiangxi", GOOD, SIZE, SEVERITY_WARN), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(three_to_five_may_supervise),
        TEST(committee_members_kin_and_accounts_are_barred),
        TEST(somebody_knows_accounts),
        TEST(secretary_in_the_chair_is_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
