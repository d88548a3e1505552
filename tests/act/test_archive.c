/* SPDX-License-Identifier: Apache-2.0 */
/* Handover and archive (acts.md 6.11). */
#include "act/archive_village.h"

#include "store/archive_store.h"
#include "store/checkpoint_store.h"

/* A committee of four, elected in one vote of 60 and announced on the day. */
static struct village *
elected(void **state)
{
    struct village *village = count_begin(state, 100, 60);
    count_totals(village, 1, 60,
                 VOTES("chair", "P00001", 40) "," VOTES("chair", "P00003", 20) "," VOTES(
                     "member", "P00002", 50) "," VOTES("member", "P00004",
                                                       45) "," VOTES("member", "P00005", 44));
    count_announce(village, 1, DAY);
    return village;
}

static struct village *
handed_over(void **state)
{
    struct village *village = elected(state);
    items_all(village);
    village_do(village, "2021-03-25T10:00", "ec", "handover.close", CLOSE_ON("2021-03-25"));
    return village;
}

static struct village *
listed(void **state)
{
    struct village *village = handed_over(state);
    village_do(village, "2021-03-26T09:00", "ec", "ballot.seal", PACKETS(60, "2024-03-20"));
    village_do(village, "2021-03-26T10:00", "ec", "archive.list", LIST);
    return village;
}

static struct village *
sealed(void **state)
{
    struct village *village = listed(state);
    village_do(village, "2021-04-10T09:00", "to", "archive.seal", SEAL("2021-04-10", "2024-03-20"));
    return village;
}

static void
nothing_is_handed_over_before_the_new_committee_is_complete(void **state)
{
    struct village *village = count_begin(state, 100, 60);
    village_refused(village, "2021-03-21T09:00", "vc", "handover.item",
                    ITEM("seal", "2021-03-20", ""), "SEQ-01");
}

static void
three_sides_sign_a_handover_each_by_a_person_of_its_own(void **state)
{
    struct village *village = elected(state);
    village_refused(village, "2021-03-25T09:00", "vc", "handover.item",
                    "{'body':'village','kind':'seal','what':'公章','on':'2021-03-25','given_by':"
                    "'外:旧主任','received_by':'P00001','supervised_by':'外:镇干部'}",
                    "HND-01");
    village_refused(village, "2021-03-25T09:00", "vc", "handover.item",
                    "{'body':'village','kind':'seal','what':'公章','on':'2021-03-25','given_by':"
                    "'P00001','received_by':'P00001','witness':'外:选委会主任','supervised_by':"
                    "'外:镇干部'}",
                    "SEQ-08");
    village_refused(village, "2021-03-25T09:00", "vc", "handover.item",
                    ITEM("seal", "2021-03-19", ""), "SEQ-06");
}

static void
a_handover_on_the_eleventh_day_needs_a_reason(void **state)
{
    struct village *village = elected(state);
    village_do(village, "2021-03-30T09:00", "vc", "handover.item", ITEM("seal", "2021-03-30", ""));
    village_refused(village, "2021-03-31T09:00", "vc", "handover.item",
                    ITEM("office", "2021-03-31", ""), "CAL-11");
    village_explain(village, "2021-03-31T09:00", "vc", "handover.item",
                    ITEM("office", "2021-03-31", ""), "[{'rule':'CAL-11','reason':'盘点未完'}]");
}

static void
a_handover_closes_when_every_kind_is_entered(void **state)
{
    struct village *village = elected(state);
    village_do(village, "2021-03-25T09:00", "vc", "handover.item", ITEM("seal", "2021-03-25", ""));
    village_refused(village, "2021-03-25T10:00", "ec", "handover.close", CLOSE_ON("2021-03-25"),
                    "HND-01");
    items_all(village);
    village_refused(village, "2021-03-25T10:00", "ec", "handover.close", CLOSE_ON("2021-03-24"),
                    "SEQ-06");
    village_do(village, "2021-03-25T10:00", "ec", "handover.close", CLOSE_ON("2021-03-25"));
    village_refused(village, "2021-03-25T11:00", "to", "handover.close", CLOSE_ON("2021-03-25"),
                    "SEQ-07");
}

static void
an_open_problem_needs_a_reason_at_the_close(void **state)
{
    struct village *village = elected(state);
    items_all(village);
    village_do(village, "2021-03-25T09:00", "vc", "handover.item",
               ITEM("other", "2021-03-25", ",'problem':'欠款未清','settle_by':'2021-06-30'"));
    village_refused(village, "2021-03-25T10:00", "ec", "handover.close", CLOSE_ON("2021-03-25"),
                    "HND-01");
    village_explain(village, "2021-03-25T10:00", "ec", "handover.close", CLOSE_ON("2021-03-25"),
                    "[{'rule':'HND-01','reason':'六月底前清偿'}]");
}

static void
the_village_committee_does_not_close_its_own_handover(void **state)
{
    struct village *village = elected(state);
    items_all(village);
    assert_int_equal(village_submit(village, VILLAGE, "2021-03-25T10:00", "pb", "handover.close",
                                    CLOSE_ON("2021-03-25"), NULL),
                     ERR_FORBIDDEN);
}

static void
the_committees_mandate_ends_with_the_handover_but_for_sealing(void **state)
{
    struct village *village = handed_over(state);
    village_refused(village, "2021-03-26T09:00", "ec", "notice.post",
                    "{'kind':'other','text':'公告','posted_on':'2021-03-26',"
                    "'places':[{'place':'村委会'}]}",
                    "VEC-07");
    village_do(village, "2021-03-26T09:00", "ec", "ballot.seal", PACKETS(60, "2024-03-20"));
    village_do(village, "2021-03-26T09:00", "ec", "archive.list", LIST);
}

static void
a_class_of_papers_missing_without_words_is_refused(void **state)
{
    struct village *village = handed_over(state);
    village_refused(village, "2021-03-26T10:00", "ec", "archive.list",
                    "{'rows':[" NINE "," ROW(10) "]}", "ARC-02");
    village_refused(village, "2021-03-26T10:00", "ec", "archive.list",
                    "{'rows':[" NINE "," ROW(10) ",{'class':9,'title':'总结'}]}", "ARC-02");
    village_do(village, "2021-03-26T10:00", "ec", "archive.list",
               "{'rows':[" NINE "," ROW(10) ",{'class':9,'title':'总结','missing':'四月写成'}]}");
    assert_true(village_found(village, "ARC-02"));
    assert_int_equal(village_submit(village, VILLAGE, "2021-03-26T10:00", "ec", "archive.list",
                                    "{'rows':[" ROW(11) "]}", NULL),
                     ERR_INVALID);
}

static void
an_archive_is_not_sealed_before_the_ballots(void **state)
{
    struct village *village = handed_over(state);
    village_do(village, "2021-03-26T10:00", "ec", "archive.list", LIST);
    village_refused(village, "2021-04-10T09:00", "to", "archive.seal",
                    SEAL("2021-04-10", "2024-03-20"), "SEQ-01");
}

static void
an_archive_is_not_sealed_before_the_handover(void **state)
{
    struct village *village = elected(state);
    village_do(village, "2021-03-26T09:00", "ec", "ballot.seal", PACKETS(60, "2024-03-20"));
    village_do(village, "2021-03-26T10:00", "ec", "archive.list", LIST);
    village_refused(village, "2021-04-10T09:00", "to", "archive.seal",
                    SEAL("2021-04-10", "2024-03-20"), "SEQ-01");
}

static void
an_archive_is_kept_three_years_from_the_polling_day(void **state)
{
    struct village *village = listed(state);
    village_refused(village, "2021-04-10T09:00", "to", "archive.seal",
                    SEAL("2021-04-10", "2024-03-19"), "ARC-01");
    village_do(village, "2021-04-10T09:00", "to", "archive.seal", SEAL("2021-04-10", "2024-03-20"));
}

static void
an_open_objection_stops_the_seal(void **state)
{
    struct village *village = listed(state);
    const struct standing filed = {.unit = VILLAGE,
                                   .seq = 900,
                                   .act = "objection.file",
                                   .body = "",
                                   .kind = "",
                                   .list = "",
                                   .subject = "",
                                   .on_day = DATE_NONE,
                                   .at = "",
                                   .state = "stands"};
    assert_int_equal(standing_store_add(village->ctx, village->db, &filed), ERR_OK);
    village_refused(village, "2021-04-10T09:00", "to", "archive.seal",
                    SEAL("2021-04-10", "2024-03-20"), "SEQ-01");
}

static void
a_sealed_archive_closes_the_stream_and_signs_it(void **state)
{
    struct village *village = sealed(state);
    struct stream stream;
    struct checkpoint *checkpoints;
    size_t count;
    assert_int_equal(stream_store_find(village->ctx, village->db, VILLAGE, &stream), ERR_OK);
    assert_string_equal(stream.state, "sealed");
    assert_int_equal(
        checkpoint_store_list(village->ctx, village->db, VILLAGE, &checkpoints, &count), ERR_OK);
    assert_int_equal(checkpoints[count - 1].seq, village->answer.seq);
    village_refused(village, "2021-04-11T09:00", "ts", "poll.void",
                    "{'round':1,'ground':'other','grounds':'查实','decided_on':'2021-04-11'," DOC
                    "}",
                    "SEQ-04");
}

static void
a_supplement_is_sealed_after_a_new_list(void **state)
{
    struct village *village = sealed(state);
    struct archive_seal *seals;
    size_t count;
    village_refused(village, "2021-06-30T09:00", "to", "archive.seal",
                    SEAL("2021-06-30", "2024-03-20"), "SEQ-07");
    village_do(village, "2021-06-30T09:00", "ec", "archive.list", LIST);
    village_do(village, "2021-06-30T10:00", "to", "archive.seal", SEAL("2021-06-30", "2024-03-20"));
    assert_int_equal(archive_store_seals(village->ctx, village->db, VILLAGE, &seals, &count),
                     ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(seals[1].list_seq, seals[1].seq - 1);
}

static void
an_archive_is_lent_once_and_not_destroyed_before_its_day(void **state)
{
    struct village *village = sealed(state);
    village_refused(village, "2021-05-01T09:00", "to", "archive.move", MOVE("return", "2021-05-01"),
                    "SEQ-07");
    village_do(village, "2021-05-01T09:00", "to", "archive.move", MOVE("lend", "2021-05-01"));
    village_refused(village, "2021-05-02T09:00", "to", "archive.move", MOVE("lend", "2021-05-02"),
                    "SEQ-07");
    village_do(village, "2021-05-03T09:00", "to", "archive.move", MOVE("return", "2021-05-03"));
    village_refused(village, "2024-03-20T09:00", "to", "archive.move",
                    MOVE("destroy", "2024-03-20"), "ARC-01");
    village_do(village, "2024-03-21T09:00", "to", "archive.move", MOVE("destroy", "2024-03-21"));
    village_refused(village, "2024-03-22T09:00", "to", "archive.move", MOVE("lend", "2024-03-22"),
                    "SEQ-07");
}

static void
who_records_a_move_does_not_receive_the_archive(void **state)
{
    struct village *village = sealed(state);
    village_refused(village, "2021-05-01T09:00", "to", "archive.move",
                    "{'action':'transfer','on':'2021-05-01','to':'外:镇换届办','reason':'移交'," DOC
                    "}",
                    "SEQ-08");
}

#define BALLOT(n, post, rest) "{'ballot':" #n ",'post':'" post "'," rest "}"
#define CHAIR(n, mark) BALLOT(n, "chair", "'marks':'" mark "'")
#define MEMBERS(n, marks) BALLOT(n, "member", "'marks':'" marks "'")
/* Six ballots; the third chooses four for three seats, the second writes a name. */
#define SIX(mark)                                                                                                                                             \
    "'ballots':6,'rows':[" CHAIR(1, "1") "," MEMBERS(1, "1 2 3") "," CHAIR(2, "王伟") "," BALLOT(2, "member", "'marks':'1、2','write_ins':'黄敏'") "," CHAIR( \
        3,                                                                                                                                                    \
        mark) "," MEMBERS(3,                                                                                                                                  \
                          "1 2 3 4") "," CHAIR(4,                                                                                                             \
                                               "1") "," MEMBERS(4,                                                                                            \
                                                                "3 2 1") "," CHAIR(5,                                                                         \
                                                                                   "P00001") "," MEMBERS(5,                                                   \
                                                                                                         "1 2 3") "," CHAIR(6,                                \
                                                                                                                            "1") "," MEMBERS(6,               \
                                                                                                                                             "1 2 3") "]"
/* Three: a torn one to be ruled on, one person for two posts, somebody not registered. */
#define THREE(mark)                                                                                              \
    "'ballots':3,'rows':[" BALLOT(1, "chair", "'marks':'1','defect':'torn'") "," MEMBERS(                        \
        1,                                                                                                       \
        "1 2 3") "," CHAIR(2,                                                                                    \
                           "1") "," BALLOT(2, "member",                                                          \
                                           "'marks':'1 2','write_ins':'王伟'") "," CHAIR(3,                      \
                                                                                         mark) "," THIRD_MEMBERS \
                                                                                               "]"
#define THIRD_MEMBERS                                                                              \
    BALLOT(3, "member", "'marks':'1 2','write_ins':'外来人','defect':'not_registered'")
#define THIRD(mark) "'ballots':3,'rows':[" CHAIR(3, mark) "," THIRD_MEMBERS "]"

/* Nine ballots entered one by one: hands that differ once, twice and are settled, a ruling. */
static struct village *
elected_by_rows(void **state)
{
    struct village *village = count_begin(state, 10, 9);
    count_open(village, 1, 9, 6);
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 1, "a", 1, SIX("1")));
    village_do(village, NOON, "tb", "bundle.enter", ENTER(1, 1, "b", 1, SIX("2")));
    village_do(
        village, NOON, "ta", "bundle.enter",
        ENTER(1, 1, "a", 2, "'ballots':6,'rows':[" CHAIR(3, "1") "," MEMBERS(3, "4 3 2 1") "]"));
    village_do(
        village, NOON, "tb", "bundle.enter",
        ENTER(1, 1, "b", 2, "'ballots':6,'rows':[" CHAIR(3, "1") "," MEMBERS(3, "1 2 3 4") "]"));
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 2, "a", 1, THREE("2")));
    village_do(village, NOON, "tb", "bundle.enter", ENTER(1, 2, "b", 1, THREE("1")));
    village_do(village, NOON, "ta", "bundle.enter", ENTER(1, 2, "a", 2, THIRD("1")));
    village_do(village, NOON, "tb", "bundle.enter", ENTER(1, 2, "b", 2, THIRD("2")));
    village_do(village, NOON, "mo", "bundle.settle",
               "{'round':1,'bundle':2,'rows':[{'ballot':3,'field':'chair marks','value':'2',"
               "'reason':'misread_a'}],'seen_by':['外:甲','外:乙']}");
    village_do(village, NOON, "ec", "ballot.rule",
               "{'round':1,'bundle':2,'ballot':1,'ruling':'section_void','reason':'torn',"
               "'favour':3,'against':2}");
    village_do(village, NOON, "ec", "count.close",
               "{'round':1,'signed_by':['外:甲','外:乙','外:监票人']}");
    village_do(village, NOON, "ec", "outcome.record", "{'round':1}");
    count_announce(village, 1, DAY);
    return village;
}

static void
a_count_by_rows_goes_into_the_bundle(void **state)
{
    struct village *village = elected_by_rows(state);
    struct archive_bundle bundle;
    archive_seal(village, PACKETS(9, "2024-03-20"));
    assert_string_equal(seated_state(village, "P00005"), "elected");
    assert_int_equal(archive_bundle_make(village->ctx, village->gate, VILLAGE, &bundle), ERR_OK);
    bundle_leave(village, "CUNXUAN_BUNDLE_ROWS", &bundle);
}

/* With CUNXUAN_BUNDLE in the environment the bundle is left there for the verifier's test. */
static void
a_bundle_is_the_same_bytes_each_time_and_ends_at_the_seal(void **state)
{
    struct village *village = sealed(state);
    struct archive_bundle one, two;
    assert_int_equal(archive_bundle_make(village->ctx, village->gate, VILLAGE, &one), ERR_OK);
    village_do(village, "2021-05-01T09:00", "to", "archive.move", MOVE("lend", "2021-05-01"));
    assert_int_equal(archive_bundle_make(village->ctx, village->gate, VILLAGE, &two), ERR_OK);
    assert_string_equal(one.name, VILLAGE "-term11-exercise.cunxuan.tar");
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    bundle_leave(village, "CUNXUAN_BUNDLE", &one);
}

static void
a_bundle_says_whether_it_was_an_exercise(void **state)
{
    struct village *village = sealed(state);
    struct archive_bundle bundle;
    assert_int_equal(archive_bundle_make(village->ctx, village->gate, VILLAGE, &bundle), ERR_OK);
    assert_false(bundle.exercise);
    assert_string_equal(bundle.name, VILLAGE "-term11.cunxuan.tar");
    assert_null(memmem(bundle.bytes, bundle.length, "exercise", strlen("exercise")));
    bundle_leave(village, "CUNXUAN_BUNDLE_REAL", &bundle);
}

static void
an_archive_not_sealed_has_no_bundle(void **state)
{
    struct village *village = listed(state);
    struct archive_bundle bundle;
    assert_int_equal(archive_bundle_make(village->ctx, village->gate, VILLAGE, &bundle), ERR_NO);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(nothing_is_handed_over_before_the_new_committee_is_complete),
        VILLAGE_TEST(three_sides_sign_a_handover_each_by_a_person_of_its_own),
        VILLAGE_TEST(a_handover_on_the_eleventh_day_needs_a_reason),
        VILLAGE_TEST(a_handover_closes_when_every_kind_is_entered),
        VILLAGE_TEST(an_open_problem_needs_a_reason_at_the_close),
        VILLAGE_TEST(the_village_committee_does_not_close_its_own_handover),
        VILLAGE_TEST(the_committees_mandate_ends_with_the_handover_but_for_sealing),
        VILLAGE_TEST(a_class_of_papers_missing_without_words_is_refused),
        VILLAGE_TEST(an_archive_is_not_sealed_before_the_ballots),
        VILLAGE_TEST(an_archive_is_not_sealed_before_the_handover),
        VILLAGE_TEST(an_archive_is_kept_three_years_from_the_polling_day),
        VILLAGE_TEST(an_open_objection_stops_the_seal),
        VILLAGE_TEST(a_sealed_archive_closes_the_stream_and_signs_it),
        VILLAGE_TEST(a_supplement_is_sealed_after_a_new_list),
        VILLAGE_TEST(an_archive_is_lent_once_and_not_destroyed_before_its_day),
        VILLAGE_TEST(a_bundle_is_the_same_bytes_each_time_and_ends_at_the_seal),
        VILLAGE_TEST(a_count_by_rows_goes_into_the_bundle),
        VILLAGE_REAL_TEST(a_bundle_says_whether_it_was_an_exercise),
        VILLAGE_TEST(an_archive_not_sealed_has_no_bundle),
        VILLAGE_TEST(who_records_a_move_does_not_receive_the_archive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
