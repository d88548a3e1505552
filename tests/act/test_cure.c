/* SPDX-License-Identifier: Apache-2.0 */
/* No refusal without what to do next: permission, fields, rules. */
#include "act/village.h"

#include "act/cure.h"

#define NOTE "{'kind':'other','text':'通知','posted_on':'2021-01-11','places':[{'place':'村部'}]}"
#define NOW "2021-01-11T09:00"

static const char *
hint_of(struct village *village, struct attempt attempt, enum err expected)
{
    assert_int_equal(village_attempt(village, attempt), expected);
    assert_non_null(village->ctx->failure.hint);
    return village->ctx->failure.hint;
}

static void
every_rule_that_refuses_has_a_way_out(void **state)
{
    (void)state;
    for (int rule = 0; rule < RULE_COUNT; rule++) {
        const struct text cure = cure_of((enum rule)rule);
        if (rule_row((enum rule)rule)->severity == SEVERITY_BLOCK) {
            assert_non_null(cure.zh);
            assert_non_null(cure.en);
        }
    }
}

static void
a_wrong_role_is_told_who_may(void **state)
{
    const char *hint = hint_of(
        *state, (struct attempt){VILLAGE, NOW, "sv", "notice.post", NOTE, NULL}, ERR_FORBIDDEN);
    assert_non_null(strstr(hint, "村民选举委员会（election_committee）"));
    assert_non_null(strstr(hint, "--as"));
    assert_null(strstr(hint, "supervisor"));
}

static void
an_account_of_another_place_is_told_to_use_the_right_one(void **state)
{
    struct village *village = *state;
    const char *hint =
        hint_of(village, (struct attempt){OTHER_VILLAGE, NOW, "ec", "notice.post", NOTE, NULL},
                ERR_FORBIDDEN);
    assert_non_null(strstr(hint, "--as"));
    hint =
        hint_of(village, (struct attempt){TOWN, NOW, "to", "survey.file", "{}", NULL}, ERR_INVALID);
    assert_non_null(strstr(hint, "村"));
}

static void
wrong_fields_are_told_with_their_form(void **state)
{
    struct village *village = *state;
    const char *hint = hint_of(village,
                               (struct attempt){VILLAGE, NOW, "ec", "notice.post",
                                                "{'kind':'song','posted_on':'11.1.2021'}", NULL},
                               ERR_INVALID);
    assert_non_null(strstr(hint, "cunxuan acts notice.post"));
    assert_non_null(strstr(village->ctx->failure.message, "kind: 应为以下之一：void_ballot_rules"));
    assert_non_null(strstr(village->ctx->failure.message, "posted_on: 应为日期，如 2021-03-20"));
    assert_non_null(strstr(village->ctx->failure.message, "text: 必填"));
}

static const char *
hint_of_failure(struct village *village, enum err expected)
{
    struct submission submission = {
        .unit = VILLAGE, .act = "notice.post", .user = "ec", .fields = json_of(village, NOTE)};
    assert_true(instant_parse(NOW ":00+08:00", &village->ctx->now));
    failure_clear(village->ctx);
    const enum err err = act_submit(village->ctx, village->gate, &submission, &village->answer);
    assert_int_equal(err, expected);
    return village->ctx->failure.hint ? village->ctx->failure.hint : "";
}

/* What no other field would mend does not send people to the fields. */
static void
a_pack_that_is_gone_is_no_fault_of_the_fields(void **state)
{
    struct village *village = *state;
    village->gate->shelf.count = 0;
    const char *hint = hint_of_failure(village, ERR_INVALID);
    assert_null(strstr(hint, "cunxuan acts"));
    assert_non_null(strstr(hint, "cunxuan pack list"));
}

static void
failures_of_other_things_keep_their_words(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    const struct act *act = act_find("notice.post");
    static const enum err OTHERS[] = {ERR_STALE, ERR_STORE, ERR_IO, ERR_INVALID, ERR_LIMIT};
    for (size_t i = 0; i < COUNT_OF(OTHERS); i++) {
        failure_clear(ctx);
        assert_int_equal(FAIL(ctx, OTHERS[i], "别的事", "something else"), OTHERS[i]);
        cure_failure(ctx, act);
        assert_null(ctx->failure.hint);
    }
    failure_clear(ctx);
    assert_int_equal(FAIL_FIELD(ctx, "places[0].place", "地点", "place"), ERR_INVALID);
    cure_failure(ctx, act);
    assert_non_null(strstr(ctx->failure.hint, "cunxuan acts notice.post"));
}

/* Who hears an objection to a result is not who may file objections at all. */
static void
the_hint_names_those_of_the_kind(void **state)
{
    const char *hint = hint_of(*state,
                               (struct attempt){VILLAGE, NOW, "ec", "objection.file",
                                                "{'subject':'vec','applicant':'甲','matter':'乙',"
                                                "'received_on':'2021-01-11','signed_by':['甲']}",
                                                NULL},
                               ERR_FORBIDDEN);
    assert_non_null(strstr(hint, "village_committee"));
    assert_null(strstr(hint, "election_committee"));
}

/* A reason may be given: the todo says how. */
static void
what_may_be_explained_says_how(void **state)
{
    struct findings findings = {0};
    struct village *village = *state;
    struct call call = {.ctx = village->ctx, .findings = &findings};
    call_explain(&call, RULE_CAL_11, "迟", "late");
    call_approve(&call, RULE_POL_03, "mobile_box", "箱", "box");
    call_block(&call, RULE_SEQ_08, "一人", "one");
    call_warn(&call, RULE_VEC_08, "注意", "mind");

    cures_fill(&call);

    assert_non_null(strstr(findings.list[0].todo, "--reason CAL-11="));
    assert_non_null(strstr(findings.list[1].todo, "approval.request kind=mobile_box"));
    assert_string_equal(findings.list[2].todo, cure_of(RULE_SEQ_08).zh);
    assert_null(findings.list[3].todo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_that_refuses_has_a_way_out),
        VILLAGE_TEST(a_wrong_role_is_told_who_may),
        VILLAGE_TEST(an_account_of_another_place_is_told_to_use_the_right_one),
        VILLAGE_TEST(wrong_fields_are_told_with_their_form),
        VILLAGE_TEST(a_pack_that_is_gone_is_no_fault_of_the_fields),
        VILLAGE_TEST(failures_of_other_things_keep_their_words),
        VILLAGE_TEST(the_hint_names_those_of_the_kind),
        VILLAGE_TEST(what_may_be_explained_says_how),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
