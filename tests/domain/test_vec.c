/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/vec.h"

#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

enum { SIZE = 7 };

/* Seven members, voted for in their order. */
static void
fill_members(struct vec_member *members)
{
    static const char *const NAMES[SIZE] = {"委1", "委2", "委3", "委4", "委5", "委6", "委7"};
    for (int i = 0; i < SIZE; i++)
        members[i] = (struct vec_member){.name = NAMES[i], .votes = 90 - i};
}

static struct vec_result
decide(struct ctx *ctx, const char *law, const struct vec_facts *facts)
{
    struct vec_result result;
    vec_decide(ctx, support_pack(ctx, law), facts, &result);
    assert_int_equal(result.ok, support_rules(ctx, &result.ruling, SEVERITY_BLOCK)[0] == '\0');
    return result;
}

static const char *
warnings(struct ctx *ctx, const struct vec_result *result)
{
    return support_rules(ctx, &result->ruling, SEVERITY_WARN);
}

static void
nominated_members_leave_and_alternates_fill_by_votes(void **state)
{
    struct vec_member members[SIZE];
    const struct vec_alternate alternates[] = {{"丙", 20}, {"甲", 31}, {"乙", 20}};
    const struct vec_facts facts = {members, SIZE, alternates, COUNT_OF(alternates), NULL};
    fill_members(members);
    members[1].nominated = members[4].nominated = true;

    const struct vec_result result = decide(*state, "cn-2018+jiangxi", &facts);

    assert_int_equal(result.leave_count, 2);
    assert_string_equal(result.leaves[1], "委5");
    assert_int_equal(result.fill_count, 2);
    assert_string_equal(result.fills[0], "甲");
    assert_string_equal(result.fills[1], "丙");
    assert_int_equal(result.size, 7);
    assert_string_equal(warnings(*state, &result), "");
}

static void
places_left_open_and_even_numbers_are_told(void **state)
{
    struct vec_member members[SIZE];
    const struct vec_facts facts = {members, SIZE, NULL, 0, NULL};
    fill_members(members);
    members[0].nominated = true;

    const struct vec_result result = decide(*state, "cn-2018+jiangxi", &facts);

    assert_true(result.ok);
    assert_int_equal(result.size, 6);
    assert_string_equal(warnings(*state, &result), "VEC-05 VEC-02");
}

static void
kin_of_a_nominee_leaves_where_the_pack_says_so(void **state)
{
    struct ctx *ctx = *state;
    struct vec_member members[SIZE];
    const struct vec_facts facts = {members, SIZE, NULL, 0, NULL};
    fill_members(members);
    members[2].kin_nominated = RELATION_SIBLING;
    assert_int_equal(decide(ctx, "cn-2018+jiangxi", &facts).leave_count, 0);
    assert_int_equal(decide(ctx, "cn-2018+zhejiang", &facts).leave_count, 1);
    assert_int_equal(decide(ctx, "cn-2025+jiangxi", &facts).leave_count, 1);
    members[2].kin_nominated = RELATION_NEPHEW_NIECE;
    assert_int_equal(decide(ctx, "cn-2025", &facts).leave_count, 0);
    assert_false(vec_must_leave(support_pack(ctx, "cn-2025"), &members[2]));
}

static void
size_is_the_packs_or_the_villages_own(void **state)
{
    struct ctx *ctx = *state;
    struct vec_member members[SIZE];
    struct vec_facts facts = {members, 6, NULL, 0, NULL};
    const struct vec_size_rule small = {3, 5};
    const struct vec_size_rule open = {6, VEC_NO_LIMIT};
    fill_members(members);
    assert_false(decide(ctx, "cn-2018+henan", &facts).ok);
    assert_true(decide(ctx, "cn-2018", &facts).ok);
    facts.size_rule = &small;
    assert_false(decide(ctx, "cn-2018", &facts).ok);
    facts.size_rule = &open;
    assert_true(decide(ctx, "cn-2018+henan", &facts).ok);
}

static void
fewer_than_the_plan_wants_is_a_warning(void **state)
{
    struct vec_member members[SIZE];
    const struct vec_facts facts = {members, 3, NULL, 0, NULL};
    fill_members(members);

    const struct vec_result result = decide(*state, "cn-2018+jiangxi", &facts);

    assert_true(result.ok);
    assert_string_equal(warnings(*state, &result), "VEC-02");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nominated_members_leave_and_alternates_fill_by_votes),
        TEST(places_left_open_and_even_numbers_are_told),
        TEST(kin_of_a_nominee_leaves_where_the_pack_says_so),
        TEST(size_is_the_packs_or_the_villages_own),
        TEST(fewer_than_the_plan_wants_is_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
