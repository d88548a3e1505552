/* SPDX-License-Identifier: Apache-2.0 */
/* The gate and the general acts (acts.md 6.0). */
#include "act/village.h"

#include "act/needs.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/request_store.h"
#include "store/standing_store.h"

#define ASSEMBLY(kind, called, held, total, present, favour)                                       \
    "{'kind':'" kind "','called_on':'" called "','held_on':'" held "','total':" #total             \
    ",'present':" #present ",'items':[{'matter':'seats','text':'职数','favour':" #favour "}]}"
#define REPRESENTATIVES(present, favour)                                                           \
    ASSEMBLY("representatives", "2021-01-02", "2021-01-09", 46, present, favour)
#define SECOND "'second':'外:王'"
#define HOTLINE                                                                                    \
    "{'kind':'hotline','text':'举报电话','posted_on':'2021-03-01','places':[{'place':'村委会'}]}"
#define MOBILE "{'kind':'mobile_box','to':'361023103','subject':'流动票箱'}"
#define GRANT "{'request_seq':2,'decision':'granted','signed_by':'外:书记'," DOC "}"

static void
every_need_in_the_catalogue_names_an_act(void **state)
{
    struct village *village = *state;
    size_t count;
    const struct act *acts = act_list(&count);

    for (size_t i = 0; i < count; i++) {
        const char *bad = "";
        if (!needs_are_sound(village->ctx, &acts[i], &bad))
            fail_msg("%s: %s", acts[i].id, bad);
    }
    assert_true(count > 5);
}

/* The opening of the term in the village's own stream, as its extract. */
static const char *
opening_extract(struct village *village)
{
    struct entry entry;
    assert_int_equal(ledger_store_find(village->ctx, village->db, VILLAGE, 1, &entry), ERR_OK);
    return json_text_of(entry.fields, "extract");
}

static void
an_exercise_says_so_in_the_opening_of_every_village(void **state)
{
    struct village *village = *state;
    struct stream stream;
    assert_non_null(strstr(opening_extract(village), "\"exercise\":\"yes\""));
    assert_int_equal(stream_store_find(village->ctx, village->db, VILLAGE, &stream), ERR_OK);
    assert_true(stream.exercise);
    /* The entry says it, not the setting of today. */
    village->gate->exercise = false;
    assert_int_equal(unit_replay(village->ctx, village->gate, village->db, VILLAGE, 0), ERR_OK);
    assert_int_equal(stream_store_find(village->ctx, village->db, VILLAGE, &stream), ERR_OK);
    assert_true(stream.exercise);
}

static void
nobody_calls_an_election_an_exercise(void **state)
{
    struct village *village = *state;
    assert_null(strstr(opening_extract(village), "exercise"));
    assert_int_equal(village_submit(village, TOWN, "2020-12-10T09:00", "to", "term.open",
                                    "{'term_no':11,'packs':'jiangxi','exercise':'yes','villages':["
                                    "{'unit':'" OTHER_VILLAGE
                                    "','bodies':'village','last_term_to':'2021-03-31'}]," DOC "}",
                                    NULL),
                     ERR_INVALID);
    assert_non_null(strstr(village->ctx->failure.message, "exercise"));
}

static void
representatives_need_two_thirds_and_a_majority_of_those_present(void **state)
{
    struct village *village = *state;
    struct assembly_item item;
    const struct {
        const char *fields;
        bool passed;
    } cases[] = {{REPRESENTATIVES(30, 30), false},
                 {REPRESENTATIVES(31, 15), false},
                 {REPRESENTATIVES(31, 16), true}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const int64_t seq =
            village_do(village, "2021-01-10T09:00", "vc", "assembly.hold", cases[i].fields);
        assert_int_equal(
            assembly_store_find(village->ctx, village->db, VILLAGE, seq, "seats", &item), ERR_OK);
        assert_int_equal(item.passed, cases[i].passed);
    }
}

static void
texts_with_hidden_characters_are_refused(void **state)
{
    static const char *const TEXTS[] = {"甲\\u202e乙", "甲\\u001b[2J", "甲\\u2066乙", "\\u3000"};
    struct village *village = *state;

    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        const char *fields = mem_printf(village->ctx->mem,
                                        "{'kind':'hotline','text':'%s','posted_on':'2021-03-01',"
                                        "'places':[{'place':'村委会'}]}",
                                        TEXTS[i]);
        assert_int_equal(
            village_submit(village, VILLAGE, "2021-03-01T09:00", "ec", "notice.post", fields, NULL),
            ERR_INVALID);
    }
    village_do(village, "2021-03-01T09:00", "ec", "notice.post",
               "{'kind':'hotline','text':'甲\\n\\t乙','posted_on':'2021-03-01',"
               "'places':[{'place':'村委会'}]}");
}

static void
a_file_that_is_not_kept_is_refused(void **state)
{
    struct village *village = *state;
    const char *fields =
        "{'kind':'hotline','text':'电话','posted_on':'2021-03-01','places':[{'place':'村委会',"
        "'photo':'sm3:0000000000000000000000000000000000000000000000000000000000000000'}]}";

    assert_int_equal(
        village_submit(village, VILLAGE, "2021-03-01T09:00", "ec", "notice.post", fields, NULL),
        ERR_INVALID);
    assert_non_null(strstr(village->ctx->failure.message, "附件"));
}

static void
an_assembly_called_nine_days_ahead_is_refused(void **state)
{
    village_refused(*state, "2021-01-10T09:00", "vc", "assembly.hold",
                    ASSEMBLY("villagers", "2021-01-01", "2021-01-10", 1000, 600, 400), "CAL-13");
    village_do(*state, "2021-01-11T09:00", "vc", "assembly.hold",
               ASSEMBLY("villagers", "2021-01-01", "2021-01-11", 1000, 600, 400));
}

static void
the_future_is_refused_and_nothing_written(void **state)
{
    struct village *village = *state;
    struct entry head;

    village_refused(village, "2021-01-08T09:00", "vc", "assembly.hold", REPRESENTATIVES(31, 16),
                    "SEQ-06");

    assert_int_equal(ledger_store_head(village->ctx, village->db, VILLAGE, &head), ERR_OK);
    assert_int_equal(head.seq, 1);
}

static void
a_wrong_role_or_village_is_forbidden(void **state)
{
    struct village *village = *state;
    const struct {
        const char *unit;
        const char *user;
    } cases[] = {{VILLAGE, "to"}, {OTHER_VILLAGE, "vc"}, {VILLAGE, "nobody"}};

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(village_submit(village, cases[i].unit, "2021-01-10T09:00", cases[i].user,
                                        "assembly.hold", REPRESENTATIVES(31, 16), NULL),
                         ERR_FORBIDDEN);
}

static void
unknown_missing_and_mistyped_fields_are_all_named(void **state)
{
    struct village *village = *state;

    assert_int_equal(village_submit(village, VILLAGE, "2021-01-10T09:00", "vc", "assembly.hold",
                                    "{'kind':'crowd','held_on':'2021-02-30','present':-1,'x':1,"
                                    "'total':10,'called_on':'2021-01-01'}",
                                    NULL),
                     ERR_INVALID);

    static const char *const NAMED[] = {"kind:", "held_on:", "present:", "x:", "items:"};
    for (size_t i = 0; i < COUNT_OF(NAMED); i++)
        assert_non_null(strstr(village->ctx->failure.message, NAMED[i]));
}

static void
a_withdrawn_record_no_longer_stands_but_stays(void **state)
{
    struct village *village = *state;
    struct standing standing;
    struct assembly_item item;
    const char *withdraw = "{'entry_seq':2,'reason':'double','text':'重复'," SECOND "}";
    village_do(village, "2021-01-10T09:00", "vc", "assembly.hold", REPRESENTATIVES(31, 16));

    village_do(village, "2021-01-10T10:00", "vc", "record.withdraw", withdraw);

    assert_int_equal(standing_store_find(village->ctx, village->db, VILLAGE, 2, &standing), ERR_OK);
    assert_string_equal(standing.state, "withdrawn");
    assert_int_equal(assembly_store_find(village->ctx, village->db, VILLAGE, 2, "seats", &item),
                     ERR_NOT_FOUND);
    village_refused(village, "2021-01-10T11:00", "vc", "record.withdraw", withdraw, "SEQ-01");
}

/* The account was made with a name, before the register gave him a code. */
static void
nobody_is_his_own_second_under_another_spelling(void **state)
{
    struct village *village = *state;
    const struct person person = {.unit = VILLAGE,
                                  .person = "P00001",
                                  .name = "王强",
                                  .sex = "m",
                                  .nation = "汉族",
                                  .party = "none",
                                  .grp = "第1组",
                                  .household = "1",
                                  .relation_to_head = "户主",
                                  .education = "",
                                  .id_cipher = "",
                                  .id_mac = "",
                                  .phone_cipher = "",
                                  .birth = DATE_NONE};
    static const char *const SECONDS[] = {"王强", "P00001", "外:王强"};
    village_user(village, "vc2", "VC", VILLAGE, "王强", NULL);
    assert_int_equal(person_store_add(village->ctx, village->db, &person), ERR_OK);
    village_do(village, "2021-01-10T09:00", "vc", "assembly.hold", REPRESENTATIVES(31, 16));

    for (size_t i = 0; i < COUNT_OF(SECONDS); i++)
        village_refused(village, "2021-01-10T10:00", "vc2", "record.withdraw",
                        mem_printf(village->ctx->mem,
                                   "{'entry_seq':2,'reason':'double','text':'重复','second':'%s'}",
                                   SECONDS[i]),
                        "SEQ-08");
}

static void
a_corrected_entry_is_replaced(void **state)
{
    struct village *village = *state;
    struct standing standing;
    village_do(village, "2021-01-10T09:00", "vc", "assembly.hold", REPRESENTATIVES(31, 16));

    village_do(village, "2021-01-10T10:00", "vc", "assembly.hold",
               "{'kind':'representatives','called_on':'2021-01-02','held_on':'2021-01-09',"
               "'total':46,'present':35,'items':[{'matter':'seats','text':'职数','favour':20}],"
               "'corrects_seq':2,'why':'人数写错'," SECOND "}");

    assert_int_equal(standing_store_find(village->ctx, village->db, VILLAGE, 2, &standing), ERR_OK);
    assert_string_equal(standing.state, "replaced");
}

static void
a_request_in_use_cannot_be_withdrawn(void **state)
{
    village_do(*state, "2021-03-01T09:00", "ec", "approval.request", MOBILE);
    village_do(*state, "2021-03-02T09:00", "ts", "approval.decide", GRANT);

    village_refused(*state, "2021-03-03T09:00", "ec", "record.withdraw",
                    "{'entry_seq':2,'reason':'double','text':'重复'," SECOND "}", "SEQ-04");
}

static void
who_asked_cannot_decide(void **state)
{
    village_user(*state, "ts2", "TS", TOWN, "外:选委会主任", NULL);
    village_do(*state, "2021-03-01T09:00", "ec", "approval.request", MOBILE);

    village_refused(*state, "2021-03-02T09:00", "ts2", "approval.decide", GRANT, "SEQ-08");
}

static void
the_same_matter_is_not_asked_twice(void **state)
{
    village_do(*state, "2021-03-01T09:00", "ec", "approval.request", MOBILE);
    village_refused(*state, "2021-03-01T10:00", "ec", "approval.request", MOBILE, "SEQ-07");
}

static void
a_notice_may_be_withdrawn_once(void **state)
{
    const char *withdraw = "{'posting_seq':2,'reason':'wrong_content','text':'号码错',"
                           "'taken_down_on':'2021-03-01'," SECOND "}";
    village_do(*state, "2021-03-01T09:00", "ec", "notice.post", HOTLINE);
    village_do(*state, "2021-03-01T10:00", "ec", "notice.withdraw", withdraw);
    village_refused(*state, "2021-03-01T11:00", "ec", "notice.withdraw", withdraw, "SEQ-01");
}

static void
only_wording_is_corrected_as_a_slip(void **state)
{
    village_do(*state, "2021-03-01T09:00", "ec", "notice.post", HOTLINE);
    village_do(*state, "2021-03-01T10:00", "ec", "record.correct",
               "{'entry_seq':2,'field':'text','old':'举报电话','new':'举报电话 "
               "0794','reason':'漏写'," SECOND "}");
    village_refused(*state, "2021-03-01T11:00", "ec", "record.correct",
                    "{'entry_seq':2,'field':'posted_on','old':'2021-03-01','new':'2021-02-28',"
                    "'reason':'写错'," SECOND "}",
                    "SEQ-04");
}

static void
the_clock_may_not_run_backwards(void **state)
{
    assert_int_equal(
        village_submit(*state, VILLAGE, "2020-12-09T09:00", "vc", "assembly.hold",
                       ASSEMBLY("representatives", "2020-12-02", "2020-12-09", 46, 31, 16), NULL),
        ERR_INVALID);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(every_need_in_the_catalogue_names_an_act),
        VILLAGE_TEST(an_exercise_says_so_in_the_opening_of_every_village),
        VILLAGE_REAL_TEST(nobody_calls_an_election_an_exercise),
        VILLAGE_TEST(representatives_need_two_thirds_and_a_majority_of_those_present),
        VILLAGE_TEST(texts_with_hidden_characters_are_refused),
        VILLAGE_TEST(a_file_that_is_not_kept_is_refused),
        VILLAGE_TEST(an_assembly_called_nine_days_ahead_is_refused),
        VILLAGE_TEST(the_future_is_refused_and_nothing_written),
        VILLAGE_TEST(a_wrong_role_or_village_is_forbidden),
        VILLAGE_TEST(unknown_missing_and_mistyped_fields_are_all_named),
        VILLAGE_TEST(a_withdrawn_record_no_longer_stands_but_stays),
        VILLAGE_TEST(nobody_is_his_own_second_under_another_spelling),
        VILLAGE_TEST(a_corrected_entry_is_replaced),
        VILLAGE_TEST(a_request_in_use_cannot_be_withdrawn),
        VILLAGE_TEST(who_asked_cannot_decide),
        VILLAGE_TEST(the_same_matter_is_not_asked_twice),
        VILLAGE_TEST(a_notice_may_be_withdrawn_once),
        VILLAGE_TEST(only_wording_is_corrected_as_a_slip),
        VILLAGE_TEST(the_clock_may_not_run_backwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
