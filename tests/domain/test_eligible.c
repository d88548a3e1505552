/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/eligible.h"

#include "support/days.h"
#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

static struct eligible_facts
a_person(const char *birth, enum post post)
{
    return (struct eligible_facts){
        .ref_day = support_day("2021-01-01"),
        .birth = support_day(birth),
        .bribery_found = DATE_NONE,
        .post = post,
    };
}

/* "bars/approvals"; the findings asked for are tested apart. */
static const char *
bars(struct ctx *ctx, const char *law, struct eligible_facts facts)
{
    struct eligible_result result;
    eligible_decide(ctx, support_pack(ctx, law), &facts, &result);
    return mem_printf(ctx->mem, "%s/%s", support_rules(ctx, &result.ruling, SEVERITY_BLOCK),
                      support_rules(ctx, &result.ruling, SEVERITY_APPROVE));
}

static const char *
asked(struct ctx *ctx, const char *law, struct eligible_facts facts)
{
    struct eligible_result result;
    eligible_decide(ctx, support_pack(ctx, law), &facts, &result);
    return support_rules(ctx, &result.ruling, SEVERITY_EXPLAIN);
}

static const char JIANGXI[] = "cn-2018+jiangxi";

static void
floor_is_eighteen_and_from_2026_four_bars(void **state)
{
    struct ctx *ctx = *state;
    struct eligible_facts facts = a_person("2003-01-02", POST_MEMBER);
    assert_string_equal(bars(ctx, "cn-2018", facts), "ELG-01/");
    facts.birth = support_day("2003-01-01");
    assert_string_equal(bars(ctx, "cn-2018", facts), "/");
    facts.criminal_punishment = true;
    assert_string_equal(bars(ctx, "cn-2018", facts), "/");
    assert_string_equal(asked(ctx, "cn-2018", facts), "ELG-01");
    assert_string_equal(bars(ctx, "cn-2025", facts), "ELG-01/");
    facts.criminal_punishment = false;
    facts.party_expelled = true;
    assert_string_equal(bars(ctx, "cn-2025", facts), "ELG-01/");
    assert_string_equal(asked(ctx, "cn-2025", facts), "");
}

static void
records_decide_bars_2_4_5_7_and_10(void **state)
{
    struct ctx *ctx = *state;
    static const int64_t YEARS[] = {2017, 2018};
    struct eligible_facts facts = a_person("1980-01-01", POST_CHAIR);
    facts.gang = facts.under_investigation = true;
    facts.assessed_incompetent = YEARS;
    facts.assessed_count = 2;
    facts.violations_open = 1;
    facts.bribery_found = support_day("2016-01-02");
    assert_string_equal(bars(ctx, JIANGXI, facts),
                        "ELG-02.2 ELG-02.4 ELG-02.7 ELG-02.10 ELG-02.5/");
    facts = a_person("1980-01-01", POST_CHAIR);
    facts.assessed_incompetent = YEARS;
    facts.assessed_count = 1;
    facts.bribery_found = support_day("2016-01-01");
    assert_string_equal(bars(ctx, JIANGXI, facts), "/");
    assert_string_equal(asked(ctx, JIANGXI, facts), "ELG-02.1 ELG-02.6 ELG-02.8 ELG-02.9");
}

static void
removal_bars_for_three_years(void **state)
{
    struct ctx *ctx = *state;
    struct sanction removal = {SANCTION_PARTY_REMOVAL, support_day("2018-01-02")};
    struct eligible_facts facts = a_person("1980-01-01", POST_CHAIR);
    facts.party_sanction = &removal;
    assert_string_equal(bars(ctx, JIANGXI, facts), "ELG-02.5/");
    removal.decided = support_day("2018-01-01");
    assert_string_equal(bars(ctx, JIANGXI, facts), "/");
    assert_string_equal(asked(ctx, JIANGXI, facts), "ELG-02.5 ELG-02.1 ELG-02.6 ELG-02.8 ELG-02.9");
    removal.decided = support_day("2017-12-31");
    assert_string_equal(asked(ctx, JIANGXI, facts), "ELG-02.1 ELG-02.6 ELG-02.8 ELG-02.9");
    facts.party_expelled = true;
    assert_string_equal(asked(ctx, JIANGXI, facts), "ELG-02.1 ELG-02.6 ELG-02.8 ELG-02.9 ELG-02.5");
}

static void
lesser_sanction_bars_a_higher_post_while_it_lasts(void **state)
{
    struct ctx *ctx = *state;
    struct sanction demerit = {SANCTION_ADMIN_DEMERIT, support_day("2020-01-02")};
    struct eligible_facts facts = a_person("1980-01-01", POST_PARTY_SECRETARY);
    facts.admin_sanction = &demerit;
    facts.has_incumbent_post = true;
    facts.incumbent_post = POST_VICE_CHAIR;
    assert_string_equal(bars(ctx, JIANGXI, facts), "ELG-02/");
    demerit.decided = support_day("2020-01-01");
    assert_string_equal(bars(ctx, JIANGXI, facts), "/");
    demerit.decided = support_day("2020-06-01");
    facts.post = POST_PARTY_DEPUTY;
    assert_string_equal(bars(ctx, JIANGXI, facts), "/");
    facts.incumbent_post = POST_MEMBER;
    assert_string_equal(bars(ctx, JIANGXI, facts), "ELG-02/");
    facts.post = POST_MEMBER;
    facts.has_incumbent_post = false;
    assert_string_equal(bars(ctx, JIANGXI, facts), "ELG-02/");
}

static void
cut_off_days_need_an_approval_and_the_day_itself_a_person(void **state)
{
    struct ctx *ctx = *state;
    struct eligible_facts facts = a_person("1961-01-01", POST_CHAIR);
    facts.has_incumbent_post = true;
    facts.incumbent_post = POST_CHAIR;
    assert_string_equal(bars(ctx, JIANGXI, facts), "/");
    assert_string_equal(asked(ctx, JIANGXI, facts), "ELG-02.1 ELG-02.6 ELG-02.8 ELG-02.9 ELG-03");
    facts.birth = support_day("1960-12-31");
    assert_string_equal(bars(ctx, JIANGXI, facts), "/ELG-03");
    assert_string_equal(bars(ctx, "cn-2018", facts), "/");
    facts.birth = support_day("1975-12-31");
    assert_string_equal(bars(ctx, JIANGXI, facts), "/");
    facts.incumbent_post = POST_VICE_CHAIR;
    assert_string_equal(bars(ctx, JIANGXI, facts), "/ELG-03");
}

static void
women_and_deputies_have_days_of_their_own(void **state)
{
    const struct pack *pack = support_pack(*state, JIANGXI);
    const struct date day = support_day("1965-12-31");
    assert_true(eligible_needs_approval(pack, POST_CHAIR, SEX_FEMALE, day, false));
    assert_false(eligible_needs_approval(pack, POST_CHAIR, SEX_MALE, day, false));
    assert_true(eligible_needs_approval(pack, POST_VICE_CHAIR, SEX_MALE, day, false));
    assert_true(eligible_needs_approval(pack, POST_PARTY_DEPUTY, SEX_FEMALE,
                                        support_day("1970-12-31"), false));
    assert_false(eligible_needs_approval(pack, POST_MEMBER, SEX_MALE, day, true));
}

/* A province may list bars without saying for how long. */
static void
bars_without_years_bar_nobody_for_years(void **state)
{
    struct ctx *ctx = *state;
    static const int64_t YEARS[] = {2021};
    const struct sanction removal = {SANCTION_PARTY_REMOVAL, support_day("2020-12-31")};
    struct eligible_facts facts = a_person("1980-01-01", POST_CHAIR);
    struct pack pack = *support_pack(ctx, JIANGXI);
    struct eligible_result result;
    pack.values[PACK_BARS_ASSESSMENT_YEARS].none = true;
    pack.values[PACK_BARS_SANCTION_YEARS].none = true;
    pack.values[PACK_BARS_BRIBERY_YEARS].none = true;
    facts.assessed_incompetent = YEARS;
    facts.assessed_count = 1;
    facts.bribery_found = removal.decided;
    facts.party_sanction = &removal;

    eligible_decide(ctx, &pack, &facts, &result);

    assert_string_equal(support_rules(ctx, &result.ruling, SEVERITY_BLOCK), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(floor_is_eighteen_and_from_2026_four_bars),
        TEST(records_decide_bars_2_4_5_7_and_10),
        TEST(removal_bars_for_three_years),
        TEST(lesser_sanction_bars_a_higher_post_while_it_lasts),
        TEST(cut_off_days_need_an_approval_and_the_day_itself_a_person),
        TEST(women_and_deputies_have_days_of_their_own),
        TEST(bars_without_years_bar_nobody_for_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
