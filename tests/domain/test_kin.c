/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/kin.h"

#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

static bool
avoid(struct ctx *ctx, const char *law, enum relation relation)
{
    const struct kin_facts facts = {"甲", "乙", relation};
    struct kin_result result;
    kin_decide(ctx, support_pack(ctx, law), &facts, &result);
    assert_string_equal(support_all_rules(ctx, &result.ruling), result.avoid ? "ELG-05" : "");
    return result.avoid;
}

static void
scope_is_the_packs(void **state)
{
    assert_false(avoid(*state, "cn-2018", RELATION_SPOUSE));
    assert_true(avoid(*state, "cn-2018+jiangxi", RELATION_GRANDPARENT));
    assert_false(avoid(*state, "cn-2018+jiangxi", RELATION_CHILD_IN_LAW));
    assert_true(avoid(*state, "cn-2025", RELATION_GRANDCHILD));
    assert_false(avoid(*state, "cn-2018+zhejiang", RELATION_GRANDCHILD));
    assert_true(avoid(*state, "cn-2018+zhejiang", RELATION_SIBLING));
    assert_false(avoid(*state, "cn-2018+shanghai", RELATION_SIBLING));
}

static void
older_provincial_scope_yields_to_the_law_of_2025(void **state)
{
    assert_true(avoid(*state, "cn-2025+shanghai", RELATION_SIBLING));
    assert_false(avoid(*state, "cn-2025+shanghai", RELATION_NONE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(scope_is_the_packs),
        TEST(older_provincial_scope_yields_to_the_law_of_2025),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
