/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/poll_facts.h"

static void
exactly_half_of_the_registered_is_no_valid_vote(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = {.registered = 1200, .issued = 640, .recovered = 600, .round = 1};

    struct poll_result result = decide(ctx, JX, &facts);
    assert_false(result.valid);
    assert_true(findings_have(&result.invalid, RULE_CNT_02));
    assert_int_equal(result.invalid.count, 1);
    assert_int_equal(result.threshold, 0);
    facts.recovered = 601;
    result = decide(ctx, JX, &facts);
    assert_true(result.valid);
    assert_int_equal(result.threshold, 301);
}

static void
one_ballot_more_than_issued_voids_the_vote(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, MAN("甲", 700)));
    facts.issued = 799;

    const struct poll_result result = decide(ctx, JX, &facts);

    assert_false(result.valid);
    assert_true(findings_have(&result.invalid, RULE_CNT_01));
    assert_int_equal(result.outcome_count, 0);
}

static void
void_and_blank_ballots_stay_in_the_base(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, MAN("甲", 400), MAN("乙", 300)));
    facts.void_count = 100;

    struct poll_result result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "|||1|second_poll|甲、乙");
    facts.posts[0].candidates[0].votes = 401;
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "甲|||0|done|");
}

static void
one_third_is_enough_in_the_second_poll(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(2, LINE(CHAIR, 1, MAN("甲", 266), MAN("乙", 265)));

    struct poll_result result = decide(ctx, JX, &facts);
    assert_int_equal(result.threshold, 267);
    assert_post(ctx, &result, 0, "|||1|second_poll|甲、乙");
    facts.recovered = 798;
    result = decide(ctx, JX, &facts);
    assert_int_equal(result.threshold, 266);
    assert_post(ctx, &result, 0, "甲|||0|done|");
}

static void
only_those_equal_at_the_last_seat_vote_again(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts =
        FACTS(1, LINE(MEMBER, 2, WOMAN("甲", 500), MAN("乙", 450), MAN("丙", 450), MAN("丁", 100)));

    struct poll_result result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "甲||乙、丙|1|re_vote|");
    facts.posts[0].seats = 3;
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "甲、乙、丙|||0|done|");
}

static void
winner_of_a_higher_post_is_removed_below(void **state)
{
    struct ctx *ctx = *state;
    const struct poll_facts facts =
        FACTS(1, LINE(CHAIR, 1, WOMAN("甲", 430, .write_in = true), MAN("乙", 360)),
              LINE(WOMEN_MEMBER, 1, WOMAN("丙", 500), MAN("己", 700)),
              LINE(MEMBER, 2, WOMAN("甲", 600), MAN("丁", 500), WOMAN("丙", 480), MAN("戊", 420)));

    const struct poll_result result = decide(ctx, JX, &facts);

    assert_post(ctx, &result, 0, "|甲||0|done|");
    assert_post(ctx, &result, 1, "丙|||0|done|");
    assert_post(ctx, &result, 2, "丁、戊|||0|done|");
}

static void
entries_for_people_who_may_not_sit_are_void(void **state)
{
    struct ctx *ctx = *state;
    const struct poll_facts facts =
        FACTS(1, LINE(CHAIR, 1, MAN("甲", 300), BARRED("小龙", 450, true, false),
                      BARRED("外人", 50, false, true)));

    const struct poll_result result = decide(ctx, JX, &facts);

    assert_post(ctx, &result, 0, "|||1|second_poll|甲");
}

static void
woman_with_most_votes_is_seated_first(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts =
        FACTS(1, LINE(CHAIR, 1, MAN("周", 500)),
              LINE(MEMBER, 2, MAN("甲", 600), MAN("乙", 500), WOMAN("丁", 401), WOMAN("戊", 80)));

    struct poll_result result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 1, "甲、丁|||0|done|");
    facts.posts[1].candidates[2].votes = 400;
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 1, "甲|||1|woman_seat|丁、戊");
    BEFORE(facts, {POST_VICE_CHAIR, "吴", SEX_FEMALE});
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 1, "甲、乙|||0|done|");
    facts.before_count = 0;
    facts.posts[0].candidates[0].sex = SEX_FEMALE;
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 1, "甲、乙|||0|done|");
    facts.posts[0].candidates[0].sex = SEX_MALE;
    result = decide(ctx, ZJ, &facts);
    assert_post(ctx, &result, 1, "甲、乙|||0|done|");
}

static void
kept_seat_puts_two_women_and_others_up(void **state)
{
    struct ctx *ctx = *state;
    const struct poll_facts facts =
        FACTS(1, LINE(MEMBER, 3, MAN("甲", 450), MAN("乙", 300), MAN("丙", 200), MAN("丁", 200),
                      WOMAN("戊", 100), WOMAN("己", 90), WOMAN("庚", 90), WOMAN("辛", 80)));

    const struct poll_result result = decide(ctx, JX, &facts);

    assert_post(ctx, &result, 0, "甲|||2|woman_seat|戊、己、庚、乙、丙、丁");
}

static void
women_sharing_the_most_votes_meet_for_the_seat(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(
        1, LINE(MEMBER, 2, MAN("甲", 600), MAN("乙", 500), WOMAN("丁", 450), WOMAN("戊", 450)));

    struct poll_result result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "甲||丁、戊|1|re_vote|");
    facts.posts[0].seats = 3;
    result = decide(ctx, JX, &facts); /* their own re-vote seats one of them for certain */
    assert_post(ctx, &result, 0, "甲、乙||丁、戊|1|re_vote|");
    facts.posts[0].candidates[1].votes = 450;
    facts.posts[0].seats = 2;
    result = decide(ctx, JX, &facts); /* a man might win the ordinary re-vote */
    assert_post(ctx, &result, 0, "甲||丁、戊|1|re_vote|");
    facts.posts[0].seats = 4;
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "甲、乙、丁、戊|||0|done|");
}

static void
own_line_for_women_is_filled_by_women_only(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts =
        FACTS(2, LINE(WOMEN_MEMBER, 1, WOMAN("丁", 200), WOMAN("戊", 100), MAN("甲", 700)));
    BEFORE(facts, {POST_CHAIR, "周", SEX_MALE}, {POST_MEMBER, "吴", SEX_MALE},
           {POST_MEMBER, "郑", SEX_MALE});

    struct poll_result result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "|||1|woman_seat|丁、戊");
    facts.before[2].sex = SEX_FEMALE;
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "|||1|may_stop|丁、戊");
}

static void
woman_in_a_higher_post_frees_the_womens_line(void **state)
{
    struct ctx *ctx = *state;
    const struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, WOMAN("周", 500)),
                                          LINE(WOMEN_MEMBER, 1, WOMAN("丁", 200), WOMAN("戊", 1)));

    const struct poll_result result = decide(ctx, JX, &facts);

    assert_post(ctx, &result, 1, "|||1|second_poll|丁、戊");
}

static void
pack_may_forbid_to_stop_at_all(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(2, LINE(MEMBER, 1, MAN("甲", 200), MAN("乙", 190)));
    BEFORE(facts, {POST_CHAIR, "周", SEX_FEMALE}, {POST_MEMBER, "吴", SEX_MALE},
           {POST_MEMBER, "郑", SEX_MALE});
    struct pack pack = *support_pack(ctx, JX);
    struct poll_result result = {0};
    pack.values[PACK_STOP_PERSONS] = (struct pack_value){.set = true, .none = true};

    assert_int_equal(poll_decide(ctx, &pack, &facts, &result), ERR_OK);

    assert_post(ctx, &result, 0, "|||1|second_poll|甲、乙");
}

static void
higher_post_stays_and_the_next_moves_up(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts =
        FACTS(1, LINE(CHAIR, 1, MAN("甲", 410, KIN("乙", "甲"))),
              LINE(MEMBER, 2, WOMAN("庚", 600), MAN("乙", 500), MAN("丙", 440), MAN("壬", 20)));

    struct poll_result result = decide(ctx, ZJ, &facts);
    assert_post(ctx, &result, 1, "庚、丙|||0|done|");
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 1, "庚、乙|||0|done|");
    assert_true(findings_have(&result.warnings, RULE_ELG_05));
    result = decide(ctx, "cn-2018", &facts);
    assert_int_equal(result.warnings.count, 0);
    facts.posts[1].candidates[2].votes = 400;
    result = decide(ctx, ZJ, &facts);
    assert_post(ctx, &result, 1, "庚|||1|second_poll|丙、壬");
}

static void
most_votes_win_a_re_vote_below_a_third(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, MAN("甲", 21), MAN("乙", 20)));
    facts.re_vote = true;

    struct poll_result result = decide(ctx, JX, &facts);
    assert_int_equal(result.threshold, 1);
    assert_post(ctx, &result, 0, "甲|||0|done|");
    facts.posts[0].candidates[1].votes = 21;
    result = decide(ctx, JX, &facts);
    assert_post(ctx, &result, 0, "||甲、乙|1|re_vote|");
}

static void
more_votes_stay_and_equal_kin_meet_again(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(1, LINE(MEMBER, 3, MAN("甲", 500), WOMAN("乙", 421, KIN("丙")),
                                            WOMAN("丙", 420), MAN("丁", 410)));

    struct poll_result result = decide(ctx, ZJ, &facts);
    assert_post(ctx, &result, 0, "甲、乙、丁|||0|done|");
    facts.posts[0].candidates[1].votes = 420;
    result = decide(ctx, ZJ, &facts);
    assert_post(ctx, &result, 0, "甲、丁||乙、丙|1|re_vote|");
    result = decide(ctx, "cn-2025", &facts); /* two women: the woman rule is met */
    assert_post(ctx, &result, 0, "甲、丁||乙、丙|1|re_vote|");
    facts.posts[0].candidates[2].sex = SEX_MALE;
    result = decide(ctx, "cn-2025", &facts);
    assert_post(ctx, &result, 0, "甲||乙、丙|2|re_vote|");
}

static void
kin_of_a_winner_is_left_out_of_a_tie(void **state)
{
    struct ctx *ctx = *state;
    const struct poll_facts facts =
        FACTS(1, LINE(VICE_CHAIR, 2, MAN("甲", 600, KIN("乙")), MAN("乙", 500), MAN("丙", 500)));

    const struct poll_result result = decide(ctx, ZJ, &facts);

    assert_post(ctx, &result, 0, "甲、丙|||0|done|");
}

static void
three_equal_kin_meet_for_one_seat(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts =
        FACTS(1, LINE(VICE_CHAIR, 4, MAN("甲", 500, KIN("乙")), MAN("乙", 500, KIN("丙")),
                      MAN("丙", 500), MAN("丁", 450)));

    struct poll_result result = decide(ctx, ZJ, &facts);
    assert_post(ctx, &result, 0, "丁||甲、乙、丙|3|re_vote|");
    facts.posts[0].candidates[3] = (struct poll_candidate)MAN("丁", 510, KIN("甲"));
    result = decide(ctx, ZJ, &facts); /* 甲 goes; 乙 and 丙 are left with one seat */
    assert_post(ctx, &result, 0, "丁||乙、丙|3|re_vote|");
}

static void
group_with_a_person_left_out_is_undone(void **state)
{
    struct ctx *ctx = *state;
    const struct poll_facts facts =
        FACTS(1, LINE(MEMBER, 3, WOMAN("辛", 700), MAN("甲", 500, KIN("乙")), MAN("乙", 500),
                      MAN("丁", 450, KIN("甲", "乙"))));

    const struct poll_result result = decide(ctx, ZJ, &facts);

    assert_post(ctx, &result, 0, "辛||甲、乙|2|re_vote|");
}

static void
kin_of_someone_elected_before(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(
        2, LINE(CHAIR, 1, MAN("甲", 300, KIN("吴"))),
        LINE(MEMBER, 1, MAN("乙", 400, KIN("吴")), MAN("丙", 390, KIN("郑")), MAN("丁", 100)));
    BEFORE(facts, {POST_MEMBER, "吴", SEX_FEMALE}, {POST_VICE_CHAIR, "郑", SEX_MALE});

    const struct poll_result result = decide(ctx, ZJ, &facts);

    assert_post(ctx, &result, 0, "甲|||0|done|");
    assert_true(findings_have(&result.warnings, RULE_OUT_09));
    assert_post(ctx, &result, 1, "|||1|may_stop|丁");
}

static void
somebody_elected_before_is_not_elected_again_below(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(2, LINE(MEMBER, 1, MAN("周", 600), MAN("乙", 400)));
    BEFORE(facts, {POST_CHAIR, "周", SEX_MALE}, {POST_MEMBER, "吴", SEX_FEMALE});

    const struct poll_result result = decide(ctx, JX, &facts);

    assert_post(ctx, &result, 0, "乙|||0|done|");
}

static void
how_many_may_stop_is_the_packs(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(2, LINE(MEMBER, 1, MAN("甲", 200), MAN("乙", 190)));
    BEFORE(facts, {POST_CHAIR, "周", SEX_MALE}, {POST_MEMBER, "吴", SEX_FEMALE},
           {POST_MEMBER, "郑", SEX_MALE}, {POST_MEMBER, "王", SEX_MALE});

    struct poll_result result = decide(ctx, "cn-2018+beijing", &facts);
    assert_post(ctx, &result, 0, "|||1|may_stop|甲、乙");
    facts.before[0].post = POST_VICE_CHAIR;
    result = decide(ctx, "cn-2018+beijing", &facts);
    assert_post(ctx, &result, 0, "|||1|second_poll|甲、乙");
    facts.before_count = 3;
    result = decide(ctx, "cn-2018", &facts);
    assert_post(ctx, &result, 0, "|||1|may_stop|甲、乙");
    facts.round = 1;
    result = decide(ctx, "cn-2018", &facts);
    assert_post(ctx, &result, 0, "|||1|second_poll|甲、乙");
    result = decide(ctx, "cn-2018+shanghai", &facts);
    assert_post(ctx, &result, 0, "|||1|may_stop|甲、乙");
    facts.before_count = 2;
    result = decide(ctx, "cn-2018+shanghai", &facts);
    assert_post(ctx, &result, 0, "|||1|second_poll|甲、乙");
}

static void
who_acts_without_a_chair(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(2, LINE(CHAIR, 1, MAN("甲", 200), MAN("乙", 190)),
                                    LINE(VICE_CHAIR, 1, MAN("丙", 200)));
    BEFORE(facts, {POST_MEMBER, "吴", SEX_FEMALE}, {POST_MEMBER, "郑", SEX_MALE},
           {POST_MEMBER, "王", SEX_MALE});

    struct poll_result result = decide(ctx, ZJ, &facts);
    assert_string_equal(poll_acting_word(result.acting), "representatives");
    result = decide(ctx, "cn-2018+shanghai", &facts);
    assert_string_equal(poll_acting_word(result.acting), "member");
    facts.posts[1].candidates[0].votes = 300;
    result = decide(ctx, ZJ, &facts);
    assert_string_equal(poll_acting_word(result.acting), "vice_chair");
    facts.posts[0].candidates[0].votes = 300;
    result = decide(ctx, ZJ, &facts);
    assert_null(poll_acting_word(result.acting));
    facts.posts[0].candidates[0].votes = 200;
    facts.post_count = 1;
    facts.before[0].post = POST_VICE_CHAIR;
    result = decide(ctx, ZJ, &facts);
    assert_string_equal(poll_acting_word(result.acting), "vice_chair");
}

static void
votes_for_a_higher_post_count_downward_only(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, MAN("丁", 250), MAN("戊", 420)),
                                    LINE(VICE_CHAIR, 1, MAN("丁", 100), WOMAN("己", 410)),
                                    LINE(MEMBER, 1, MAN("丁", 60), MAN("庚", 390)));

    struct poll_result result = decide(ctx, "cn-2018", &facts);
    assert_post(ctx, &result, 2, "|||1|second_poll|庚、丁");
    facts.merge = MERGE_DOWN_ADD;
    result = decide(ctx, "cn-2018", &facts);
    assert_post(ctx, &result, 1, "己|||0|done|");
    assert_post(ctx, &result, 2, "丁|||0|done|");
    facts.posts++;
    facts.post_count = 2;
    result = decide(ctx, "cn-2018", &facts);
    assert_post(ctx, &result, 1, "|||1|second_poll|庚、丁");
}

static void
votes_beyond_the_papers_are_warned_of(void **state)
{
    struct ctx *ctx = *state;
    struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, MAN("甲", 401), MAN("乙", 399)));

    struct poll_result result = decide(ctx, JX, &facts);
    assert_int_equal(result.warnings.count, 0);
    facts.posts[0].section_void = 1;
    result = decide(ctx, JX, &facts);
    assert_true(findings_have(&result.warnings, RULE_CNT_07));
    assert_post(ctx, &result, 0, "甲|||0|done|");
}

static void
impossible_facts_are_refused_by_field(void **state)
{
    struct ctx *ctx = *state;
    const struct poll_facts good =
        FACTS(1, LINE(CHAIR, 1, MAN("甲", 401), MAN("乙", 399)), LINE(MEMBER, 1, MAN("丙", 401)));
    struct poll_facts facts = good;
    facts.registered = 0;
    assert_refused(ctx, &facts, "registered");
    facts = good;
    facts.issued = 1001;
    assert_refused(ctx, &facts, "issued");
    facts = good;
    facts.recovered = -1;
    assert_refused(ctx, &facts, "recovered");
    facts = good;
    facts.void_count = 801;
    assert_refused(ctx, &facts, "void");
    facts = good;
    facts.round = 3;
    assert_refused(ctx, &facts, "round");
    facts = good;
    facts.posts[0].seats = 0;
    assert_refused(ctx, &facts, "posts[0].seats");
    facts.posts[0].seats = 1;
    facts.posts[0].section_void = 801;
    assert_refused(ctx, &facts, "posts[0].section_void");
    facts.posts[0].section_void = 400;
    assert_refused(ctx, &facts, "posts[0].candidates[0].votes");
    facts.posts[0].section_void = 0;
    facts.posts[0].candidates[1].name = "甲";
    assert_refused(ctx, &facts, "posts[0].candidates[1].name");
    facts.posts[0].candidates[1].name = "乙";
    facts.posts[1].post = POST_CHAIR;
    assert_refused(ctx, &facts, "posts[1].post");
    facts.posts[1].post = POST_DISCIPLINE;
    assert_refused(ctx, &facts, "posts[1].post");
    facts.posts[1].post = POST_MEMBER;
    BEFORE(facts, {POST_MEMBER, "吴", SEX_MALE}, {POST_CHAIR, "吴", SEX_MALE});
    assert_refused(ctx, &facts, "elected_before[1].name");
    facts.before[1].post = POST_PARTY_DEPUTY;
    facts.before[1].name = "郑";
    assert_refused(ctx, &facts, "elected_before[1].post");
}

static void
post_without_candidates_is_vacant(void **state)
{
    struct ctx *ctx = *state;
    struct poll_post posts[] = {{.post = POST_CHAIR, .seats = 1}};
    const struct poll_facts facts = {
        .registered = 1, .issued = 1, .recovered = 1, .round = 1, .posts = posts, .post_count = 1};

    const struct poll_result result = decide(ctx, ZJ, &facts);

    assert_post(ctx, &result, 0, "|||1|second_poll|");
    assert_string_equal(poll_next_title(NEXT_RE_VOTE).zh, "再次投票");
}

static void
derivation_is_in_words_of_the_language(void **state)
{
    struct ctx *ctx = *state;
    const struct poll_facts facts = FACTS(1, LINE(CHAIR, 1, MAN("甲", 410)));

    struct poll_result result = decide(ctx, JX, &facts);
    assert_string_equal(result.why.list[1], "800 张收回 ×2 = 1600 > 1000 登记：过半数投票"
                                            "（CNT-02，组织法 §15 / 2025 §18）");
    ctx->lang = LANG_EN;
    result = decide(ctx, JX, &facts);
    assert_string_equal(result.why.list[0], "800 recovered ≤ 800 issued (CNT-01, Procedure; "
                                            "Zhejiang §27; Beijing §28; Shanghai §19; Henan §35)");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(exactly_half_of_the_registered_is_no_valid_vote),
        TEST(one_ballot_more_than_issued_voids_the_vote),
        TEST(void_and_blank_ballots_stay_in_the_base),
        TEST(one_third_is_enough_in_the_second_poll),
        TEST(only_those_equal_at_the_last_seat_vote_again),
        TEST(winner_of_a_higher_post_is_removed_below),
        TEST(entries_for_people_who_may_not_sit_are_void),
        TEST(woman_with_most_votes_is_seated_first),
        TEST(kept_seat_puts_two_women_and_others_up),
        TEST(women_sharing_the_most_votes_meet_for_the_seat),
        TEST(own_line_for_women_is_filled_by_women_only),
        TEST(woman_in_a_higher_post_frees_the_womens_line),
        TEST(pack_may_forbid_to_stop_at_all),
        TEST(higher_post_stays_and_the_next_moves_up),
        TEST(most_votes_win_a_re_vote_below_a_third),
        TEST(more_votes_stay_and_equal_kin_meet_again),
        TEST(kin_of_a_winner_is_left_out_of_a_tie),
        TEST(three_equal_kin_meet_for_one_seat),
        TEST(group_with_a_person_left_out_is_undone),
        TEST(kin_of_someone_elected_before),
        TEST(somebody_elected_before_is_not_elected_again_below),
        TEST(how_many_may_stop_is_the_packs),
        TEST(who_acts_without_a_chair),
        TEST(votes_for_a_higher_post_count_downward_only),
        TEST(votes_beyond_the_papers_are_warned_of),
        TEST(impossible_facts_are_refused_by_field),
        TEST(post_without_candidates_is_vacant),
        TEST(derivation_is_in_words_of_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
