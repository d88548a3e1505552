/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of a roll, cards, the list itself (acts.md 6.5). */
#include "act/roll_village.h"

static void
a_change_of_a_posted_roll_counts_when_it_is_published(void **state)
{
    struct village *village = *state;
    bool is;
    roll_posted(village);
    const char *before = list_hash(village);
    village_do(village, "2021-02-22T09:00", "ec", "roll.strike",
               STRIKE("村民A", "died", "2021-02-22"));
    assert_int_equal(registered(village), 18);
    village_refused(village, "2021-02-22T10:00", "ec", "roll.strike",
                    STRIKE("村民A", "died", "2021-02-22"), "SEQ-07");
    village_do(village, "2021-02-23T09:00", "ec", "roll.supplement",
               posting(village, "2021-02-23", GROUPS));

    assert_int_equal(registered(village), 17);
    assert_string_not_equal(list_hash(village), before);
    assert_int_equal(voter_store_is_registered(village->ctx, village->db, VILLAGE, "P00001", &is),
                     ERR_OK);
    assert_false(is);
}

static void
a_supplement_later_than_three_days_is_explained(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_do(village, "2021-02-22T09:00", "ec", "roll.strike",
               STRIKE("村民A", "died", "2021-02-22"));
    village_refused(village, "2021-02-26T09:00", "ec", "roll.supplement",
                    posting(village, "2021-02-26", GROUPS), "CAL-03");
    village_explain(village, "2021-02-26T09:00", "ec", "roll.supplement",
                    posting(village, "2021-02-26", GROUPS), "[{'rule':'CAL-03','reason':'春节'}]");
}

static void
there_is_no_supplement_without_a_change(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_refused(village, "2021-02-23T09:00", "ec", "roll.supplement",
                    posting(village, "2021-02-23", GROUPS), "SEQ-01");
}

static void
a_child_is_not_added_and_nobody_twice(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_refused(village, "2021-02-23T09:00", "ec", "roll.add",
                    ADD("小孩", "omitted", "2021-02-23"), "REG-01");
    village_refused(village, "2021-02-23T09:00", "ec", "roll.add",
                    ADD("村民A", "omitted", "2021-02-23"), "SEQ-07");
    village_refused(village, "2021-02-23T09:00", "ec", "roll.add",
                    ADD("剥权", "rights_restored", "2021-02-23"), "REG-01");
    village_refused(village, "2021-02-23T09:00", "ec", "roll.add",
                    ADD("外出", "capacity_restored", "2021-02-23"), "ROL-01");
}

static void
a_frozen_roll_changes_no_more(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    assert_int_equal(voter_store_freeze(village->ctx, village->db, VILLAGE, 99), ERR_OK);
    village_refused(village, "2021-03-20T09:00", "ec", "roll.add",
                    ADD("外出", "wish_expressed", "2021-03-20"), "SEQ-04");
    village_refused(village, "2021-03-20T09:00", "ec", "roll.strike",
                    STRIKE("村民A", "died", "2021-03-20"), "SEQ-04");
    village_refused(village, "2021-03-20T09:00", "ec", "roll.amend",
                    "{'person':'村民A','reason':'nation','old':'汉族','new':'畲族'}", "SEQ-04");
    assert_int_equal(registered(village), 18);
}

static void
a_change_of_a_confirmed_roll_asks_for_a_new_confirmation(void **state)
{
    struct village *village = *state;
    roll_confirmed(village);
    village_do(village, "2021-02-19T10:00", "ec", "roll.amend",
               "{'person':'村民A','reason':'group','old':'第1组','new':'第2组'}");
    village_refused(village, "2021-02-20T09:00", "ec", "roll.post",
                    posting(village, "2021-02-20", GROUPS), "SEQ-01");
    village_do(village, "2021-02-20T09:00", "ec", "roll.confirm", "{" MEET ",'on':'2021-02-20'}");
    village_do(village, "2021-02-20T10:00", "ec", "roll.post",
               posting(village, "2021-02-20", GROUPS));
}

/* What is amended must have stood there; a number is tested and sealed at the edge. */
static void
an_identity_number_is_amended_without_being_kept(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    struct person person;
    roll_posted(village);
    struct submission submission = {
        .unit = VILLAGE,
        .act = "roll.amend",
        .user = "ec",
        .fields = json_of(village, mem_printf(ctx->mem,
                                              "{'person':'P00001','reason':'id_number',"
                                              "'old':'%s','new':'%s'}",
                                              number_of(ctx, "19700101", 101),
                                              number_of(ctx, "19710203", 181))),
    };
    assert_true(instant_parse("2021-02-22T09:00:00+08:00", &ctx->now));
    assert_int_equal(submission_prepare(ctx, village->gate, &submission), ERR_OK);
    assert_null(strstr(json_canonical(ctx, submission.fields), "3610991971"));
    assert_int_equal(act_submit(ctx, village->gate, &submission, &village->answer), ERR_OK);
    village_print(village, ERR_OK);
    assert_true(village->answer.accepted);
    village_do(village, "2021-02-23T09:00", "ec", "roll.supplement",
               posting(village, "2021-02-23", GROUPS));

    assert_int_equal(person_store_find(ctx, village->db, VILLAGE, "P00001", &person), ERR_OK);
    assert_string_equal(date_format(ctx, person.birth), "1971-02-03");
    assert_int_equal(registered(village), 18);
}

static void
a_wrong_old_value_or_number_is_refused(void **state)
{
    struct village *village = *state;
    struct submission submission = {
        .unit = VILLAGE,
        .act = "roll.amend",
        .user = "ec",
        .fields = json_of(village, "{'person':'P00001','reason':'id_number','old':'无',"
                                   "'new':'361099197001011014'}"),
    };
    roll_posted(village);
    assert_int_equal(submission_prepare(village->ctx, village->gate, &submission), ERR_INVALID);
    village_refused(village, "2021-02-22T09:00", "ec", "roll.amend",
                    "{'person':'村民A','reason':'name','old':'村民Z','new':'村民甲'}", "SEQ-07");
    village_refused(village, "2021-02-22T09:00", "ec", "roll.amend",
                    "{'person':'村民A','reason':'birth','old':'1970-01-01','new':'1971-01-01'}",
                    "IDN-01");
}

static void
one_card_each_and_none_from_nowhere(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_refused(village, "2021-02-24T09:00", "ec", "card.issue",
                    "{'group':'第2组','on':'2021-02-24','rows':[{'printed':2,'delivered':3,"
                    "'signed':2}]}",
                    "STK-01");
    village_refused(village, "2021-02-24T09:00", "ec", "card.issue",
                    "{'group':'第2组','on':'2021-02-24','rows':[{'printed':3,'delivered':3,"
                    "'signed':3}]}",
                    "REG-07");
    village_do(village, "2021-02-24T09:00", "ec", "card.issue",
               "{'group':'第2组','on':'2021-02-24','undelivered':['村民B'],"
               "'rows':[{'printed':2,'delivered':1,'signed':1}]}");
}

static enum err
row_hash(struct ctx *ctx, const struct db_table_row *row, void *arg)
{
    struct sm3_state *state_of = arg;
    (void)ctx;
    for (size_t i = 0; i < row->count; i++) {
        sm3_add(state_of, &row->values[i].integer, sizeof row->values[i].integer);
        if (row->values[i].length)
            sm3_add(state_of, row->values[i].bytes, row->values[i].length);
    }
    return ERR_OK;
}

static const char *
tables_hash(struct village *village)
{
    static const char *const TABLES[] = {"roll",   "voter",       "roll_change", "identity",
                                         "person", "deprivation", "away"};
    struct sm3_state *state_of = sm3_new(village->ctx->mem);
    uint8_t hash[SM3_LENGTH];
    sm3_begin(state_of);
    for (size_t i = 0; i < COUNT_OF(TABLES); i++)
        assert_int_equal(
            db_dump_table(village->ctx, village->db, TABLES[i], VILLAGE, row_hash, state_of),
            ERR_OK);
    sm3_end(state_of, hash);
    return hex_format(village->ctx, hash, SM3_LENGTH);
}

static void
a_replay_gives_the_same_tables(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    village_do(village, "2021-02-22T09:00", "ec", "roll.strike",
               STRIKE("村民A", "died", "2021-02-22"));
    village_do(village, "2021-02-22T09:00", "ec", "roll.amend",
               "{'person':'村民B','reason':'nation','old':'汉族','new':'畲族'}");
    village_do(village, "2021-02-23T09:00", "ec", "roll.supplement",
               posting(village, "2021-02-23", GROUPS));
    const char *before = tables_hash(village);

    assert_int_equal(db_begin(village->ctx, village->db), ERR_OK);
    assert_int_equal(unit_replay(village->ctx, village->gate, village->db, VILLAGE, 0), ERR_OK);
    assert_int_equal(db_commit(village->ctx, village->db), ERR_OK);

    assert_string_equal(tables_hash(village), before);
}

static void
the_list_is_by_group_and_strokes(void **state)
{
    struct village *village = *state;
    struct voter_line *lines;
    const struct pack *pack;
    size_t count;
    roll_posted(village);
    assert_int_equal(gate_pack(village->ctx, village->gate, VILLAGE, DATE_NONE, &pack), ERR_OK);
    assert_int_equal(roll_list(village->ctx, village->db, pack, VILLAGE, "第1组", &lines, &count),
                     ERR_OK);

    assert_int_equal(count, 3);
    /* 成 has six strokes, 村 seven. */
    assert_string_equal(lines[0].name, "成年");
    assert_string_equal(lines[1].name, "村民A");
}

#define OBJECT(person)                                                                             \
    "{'subject':'roll','applicant':'外出','persons':['" person                                     \
    "'],'matter':'漏登','received_on':'2021-02-22','signed_by':['外:证明人']}"

static int64_t
objection_decided(struct village *village, const char *object, const char *decision)
{
    const int64_t seq = village_do(village, "2021-02-23T09:00", "ec", "objection.file", object);
    village_do(village, "2021-02-23T09:00", "ec", "objection.decide",
               mem_printf(village->ctx->mem,
                          "{'objection_seq':%lld,'decision':'%s','grounds':'查实','decided_on':"
                          "'2021-02-23','told_on':'2021-02-23','posted_on':'2021-02-23','places':"
                          "[{'place':'村委会'}]}",
                          (long long)seq, decision));
    return seq;
}

static const char *
add_by(struct village *village, int64_t objection)
{
    return mem_printf(village->ctx->mem,
                      "{'person':'外出','head':'2','reason':'omitted','on':'2021-02-24',"
                      "'objection_seq':%lld}",
                      (long long)objection);
}

#define LATER "2021-02-24T09:00"

static void
only_an_objection_upheld_and_about_him_carries_a_change(void **state)
{
    struct village *village = *state;
    roll_posted(village);
    const int64_t open =
        village_do(village, "2021-02-22T09:00", "ec", "objection.file", OBJECT("外出"));
    const int64_t rejected = objection_decided(village, OBJECT("外出"), "rejected");
    const int64_t others = objection_decided(village, OBJECT("村民A"), "upheld");
    const int64_t partly = objection_decided(village, OBJECT("外出"), "partly");

    village_refused(village, LATER, "ec", "roll.add", add_by(village, open), "SEQ-01");
    village_refused(village, LATER, "ec", "roll.add", add_by(village, rejected), "SEQ-01");
    village_refused(village, LATER, "ec", "roll.add", add_by(village, others), "SEQ-01");
    /* The decision's own number is not the objection's. */
    village_refused(village, LATER, "ec", "roll.add", add_by(village, partly + 1), "SEQ-01");
    village_refused(village, LATER, "ec", "roll.strike",
                    mem_printf(village->ctx->mem,
                               "{'person':'村民B','reason':'moved_out','on':'2021-02-24',"
                               "'evidence':'" FILE_SM3 "','objection_seq':%lld}",
                               (long long)others),
                    "SEQ-01");
    village_refused(village, LATER, "ec", "roll.amend",
                    mem_printf(village->ctx->mem,
                               "{'person':'村民A','reason':'nation','old':'汉族','new':'畲族',"
                               "'objection_seq':%lld}",
                               (long long)rejected),
                    "SEQ-01");
    village_do(village, LATER, "ec", "roll.add", add_by(village, partly));
}

/* 村民A and 成年 of group 1 get surnames of equal strokes: 叶 and 申. */
static void
surnames_tied(struct village *village)
{
    roll_consented(village);
    village_do(village, "2021-02-18T09:00", "ec", "roll.amend",
               "{'person':'村民A','reason':'name','old':'村民A','new':'叶小青'}");
    village_do(village, "2021-02-18T09:00", "ec", "roll.amend",
               "{'person':'成年','reason':'name','old':'成年','new':'申军'}");
    village_do(village, "2021-02-19T09:00", "ec", "roll.confirm", CONFIRM);
}

/* What posts the roll with a choice between two surnames. */
static const char *
posting_with_tie(struct village *village, const char *first, const char *second)
{
    const char *plain = posting(village, "2021-02-20", GROUPS);
    return mem_printf(village->ctx->mem,
                      "%.*s,'ties':[{'first':'%s','second':'%s','why':'本地惯例'}]}",
                      (int)strlen(plain) - 1, plain, first, second);
}

static const char *
first_of_group_1(struct village *village)
{
    struct voter_line *lines;
    const struct pack *pack;
    size_t count;
    assert_int_equal(gate_pack(village->ctx, village->gate, VILLAGE, DATE_NONE, &pack), ERR_OK);
    assert_int_equal(roll_list(village->ctx, village->db, pack, VILLAGE, "第1组", &lines, &count),
                     ERR_OK);
    return lines[0].name;
}

static void
an_office_may_swap_surnames_of_equal_strokes(void **state)
{
    struct village *village = *state;
    surnames_tied(village);
    const char *by_strokes = first_of_group_1(village);
    const bool leaf_first = strcmp(by_strokes, "叶小青") == 0;
    assert_true(leaf_first || strcmp(by_strokes, "申军") == 0);
    village_do(village, "2021-02-20T09:00", "ec", "roll.post",
               posting_with_tie(village, leaf_first ? "申" : "叶", leaf_first ? "叶" : "申"));
    assert_string_equal(first_of_group_1(village), leaf_first ? "申军" : "叶小青");
}

static void
a_choice_that_agrees_with_the_strokes_changes_nothing(void **state)
{
    struct village *village = *state;
    surnames_tied(village);
    const char *by_strokes = first_of_group_1(village);
    const bool leaf_first = strcmp(by_strokes, "叶小青") == 0;
    village_do(village, "2021-02-20T09:00", "ec", "roll.post",
               posting_with_tie(village, leaf_first ? "叶" : "申", leaf_first ? "申" : "叶"));
    assert_string_equal(first_of_group_1(village), by_strokes);
}

static void
surnames_the_strokes_decide_are_not_swapped(void **state)
{
    struct village *village = *state;
    surnames_tied(village);
    village_refused(village, "2021-02-20T09:00", "ec", "roll.post",
                    posting_with_tie(village, "村", "叶"), "ORD-01");
}

static void
the_list_by_household_counts_as_people_do(void **state)
{
    (void)state;
    struct voter_line lines[] = {
        {.grp = "1组", .household = "10", .person = "a"},
        {.grp = "1组", .household = "", .person = "b"},
        {.grp = "1组", .household = "9", .person = "d"},
        {.grp = "1组", .household = "9", .person = "c"},
        {.grp = "2组", .household = "1", .person = "e"},
    };
    const char *const expected[] = {"c", "d", "a", "b", "e"};
    roll_list_by_household(lines, COUNT_OF(lines));
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        assert_string_equal(lines[i].person, expected[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(a_change_of_a_posted_roll_counts_when_it_is_published),
        VILLAGE_TEST(a_supplement_later_than_three_days_is_explained),
        VILLAGE_TEST(there_is_no_supplement_without_a_change),
        VILLAGE_TEST(a_child_is_not_added_and_nobody_twice),
        VILLAGE_TEST(a_frozen_roll_changes_no_more),
        VILLAGE_TEST(a_change_of_a_confirmed_roll_asks_for_a_new_confirmation),
        VILLAGE_TEST(an_identity_number_is_amended_without_being_kept),
        VILLAGE_TEST(a_wrong_old_value_or_number_is_refused),
        VILLAGE_TEST(one_card_each_and_none_from_nowhere),
        VILLAGE_TEST(a_replay_gives_the_same_tables),
        VILLAGE_TEST(the_list_is_by_group_and_strokes),
        VILLAGE_TEST(only_an_objection_upheld_and_about_him_carries_a_change),
        cmocka_unit_test(the_list_by_household_counts_as_people_do),
        VILLAGE_TEST(an_office_may_swap_surnames_of_equal_strokes),
        VILLAGE_TEST(a_choice_that_agrees_with_the_strokes_changes_nothing),
        VILLAGE_TEST(surnames_the_strokes_decide_are_not_swapped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
