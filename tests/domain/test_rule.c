/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/rule.h"

#include "domain/finding.h"
#include "domain/majority.h"
#include "domain/names.h"
#include "domain/words.h"
#include "support/support.h"

static void
every_rule_is_whole_and_found_by_its_id(void **state)
{
    (void)state;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const struct rule_row *row = rule_row((enum rule)i);
        assert_int_equal(row->rule, i);
        assert_ptr_equal(rule_find(row->id), row);
        assert_true(*row->title.zh && *row->title.en && *row->article.zh && *row->article.en &&
                    *row->compared.zh && *row->compared.en);
    }
    assert_ptr_equal(rule_find("ELG-02.5"), rule_row(RULE_ELG_02));
    assert_null(rule_find("ELG-99"));
    assert_null(rule_find("ELG-021"));
    assert_null(rule_find("ELG"));
    assert_null(rule_find(NULL));
}

static void
rule_ids_carry_their_part(void **state)
{
    struct ctx *ctx = *state;
    assert_string_equal(rule_id(ctx, RULE_ELG_02, 5), "ELG-02.5");
    assert_string_equal(rule_id(ctx, RULE_CAL_01, 0), "CAL-01");
    assert_string_equal(severity_word(SEVERITY_APPROVE), "approve");
    assert_string_equal(severity_title(SEVERITY_WARN).en, "warning");
    assert_non_null(strstr(rules_markdown(ctx), "| CAL-01 | 选民名单公布期限 |"));
}

static void
findings_list_each_rule_once(void **state)
{
    struct ctx *ctx = *state;
    struct findings findings = {0};
    for (size_t i = 0; i < 10; i++)
        finding_add(ctx, &findings, RULE_CAL_01, SEVERITY_BLOCK, "一");
    finding_add(ctx, &findings, RULE_ELG_02, SEVERITY_WARN, "二")->sub = 5;
    finding_add(ctx, &findings, RULE_ELG_02, SEVERITY_WARN, "三")->sub = 7;
    size_t count = 0;

    const char **rules = findings_rules(ctx, &findings, &count);

    assert_int_equal(count, 3);
    assert_string_equal(rules[0], "CAL-01");
    assert_string_equal(rules[1], "ELG-02.5");
    assert_string_equal(rules[2], "ELG-02.7");
    assert_null(rules[3]);
    assert_true(findings_have(&findings, RULE_ELG_02));
    assert_false(findings_have(&findings, RULE_ELG_03));
    assert_true(findings_have_severity(&findings, SEVERITY_WARN));
    assert_false(findings_have_severity(&findings, SEVERITY_APPROVE));
}

static void
sentences_end_with_rule_and_article(void **state)
{
    struct ctx *ctx = *state;
    struct derivation why = {0};
    for (size_t i = 0; i < 10; i++)
        derivation_add(ctx, &why, RULE_IDN_01, "号码正确");
    assert_int_equal(why.count, 10);
    assert_string_equal(why.list[9], "号码正确（IDN-01，GB 11643-1999）");
    ctx->lang = LANG_EN;
    derivation_add(ctx, &why, RULE_IDN_01, "right");
    assert_string_equal(why.list[10], "right (IDN-01, GB 11643-1999)");
}

static void
more_than_half_is_strict_and_at_least_is_not(void **state)
{
    (void)state;
    assert_false(more_than_half(600, 1200));
    assert_true(more_than_half(601, 1200));
    assert_true(more_than_half(601, 1201));
    assert_true(at_least(32, 40, 4, 5));
    assert_false(at_least(32, 41, 4, 5));
    assert_true(at_least(MAJORITY_MAX, MAJORITY_MAX, MAJORITY_MAX, MAJORITY_MAX));
    assert_int_equal(least_majority(700), 351);
    assert_int_equal(least_majority(701), 351);
    assert_int_equal(least_fraction(660, 1, 3), 220);
    assert_int_equal(least_fraction(661, 1, 3), 221);
}

static void
words_of_the_law_are_closed_lists(void **state)
{
    (void)state;
    enum post post = POST_MEMBER;
    enum relation relation = RELATION_NONE;
    enum sex sex = SEX_MALE;
    for (size_t i = 0; i < POST_COUNT; i++) {
        assert_true(post_find(post_word((enum post)i), &post));
        assert_int_equal(post, i);
        assert_true(*post_title(post).zh != '\0');
    }
    for (size_t i = 0; i < RELATION_COUNT; i++) {
        assert_true(relation_find(relation_word((enum relation)i), &relation));
        assert_int_equal(relation, i);
        assert_true(*relation_title(relation).zh != '\0');
    }
    assert_false(post_find("mayor", &post));
    assert_false(post_find(NULL, &post));
    assert_false(relation_find("cousin", &relation));
    assert_true(sex_find("f", &sex));
    assert_int_equal(sex, SEX_FEMALE);
    assert_true(sex_find("m", &sex));
    assert_int_equal(sex, SEX_MALE);
    assert_false(sex_find("x", &sex));
    assert_false(sex_find(NULL, &sex));
    assert_true(post_is_village(POST_WOMEN_MEMBER));
    assert_false(post_is_village(POST_DISCIPLINE));
}

static void
kin_scopes_differ_by_siblings_and_grandparents(void **state)
{
    (void)state;
    assert_true(kin_in_scope(KIN_NEAR, RELATION_SIBLING));
    assert_true(kin_in_scope(KIN_NEAR, RELATION_GRANDCHILD));
    assert_true(kin_in_scope(KIN_CLOSE, RELATION_SIBLING));
    assert_false(kin_in_scope(KIN_CLOSE, RELATION_GRANDPARENT));
    assert_false(kin_in_scope(KIN_LINEAL, RELATION_SIBLING));
    assert_true(kin_in_scope(KIN_LINEAL, RELATION_GRANDPARENT));
    assert_false(kin_in_scope(KIN_NEAR, RELATION_CHILD_IN_LAW));
    assert_false(kin_in_scope(KIN_NEAR, RELATION_NONE));
    assert_false(kin_in_scope(KIN_NONE, RELATION_SPOUSE));
    assert_string_equal(kin_scope_title(KIN_CLOSE).zh, "配偶、父母、子女、兄弟姐妹");
}

static void
names_get_numbers_and_keep_them(void **state)
{
    struct ctx *ctx = *state;
    enum { MANY = 1000 };
    struct name_table table = {0};
    assert_int_equal(name_find(&table, "甲"), NAME_NONE);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(name_add(ctx, &table, mem_printf(ctx->mem, "村民%zu", i)), i);
    assert_int_equal(name_add(ctx, &table, "村民7"), 7);
    assert_int_equal(name_find(&table, "村民999"), 999);
    assert_int_equal(name_find(&table, "外人"), NAME_NONE);
}

static void
lists_of_names_are_joined_and_searched(void **state)
{
    struct ctx *ctx = *state;
    struct names names = {0};
    size_t place = 0;
    assert_string_equal(names_join(ctx, &names), "");
    names_append(ctx, &names, "甲");
    names_append(ctx, &names, "乙");
    names_append(ctx, &names, "丙");
    assert_string_equal(names_join(ctx, &names), "甲、乙、丙");
    assert_false(names_double(ctx, &names, &place));
    names_append(ctx, &names, "乙");
    assert_true(names_double(ctx, &names, &place));
    assert_int_equal(place, 3);
    assert_true(names_have(&names, "丙"));
    assert_false(names_have(&names, "丁"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_rule_is_whole_and_found_by_its_id),
        TEST(rule_ids_carry_their_part),
        TEST(findings_list_each_rule_once),
        TEST(sentences_end_with_rule_and_article),
        TEST(more_than_half_is_strict_and_at_least_is_not),
        TEST(words_of_the_law_are_closed_lists),
        TEST(kin_scopes_differ_by_siblings_and_grandparents),
        TEST(names_get_numbers_and_keep_them),
        TEST(lists_of_names_are_joined_and_searched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
