/* SPDX-License-Identifier: Apache-2.0 */
/* A ballot for each post, one kind of them void: repeated, complete, sealed, in a bundle. */
#include "act/forms_village.h"

#include <stdlib.h>

#include "act/archive.h"
#include "act/results.h"
#include "base/file.h"

#define SIDES                                                                                      \
    "'given_by':'外:旧主任','received_by':'P00005','witness':'外:选委会主任',"           \
    "'supervised_by':'外:镇干部'"

/* The chair's ballots are void: 31 of 30. */
static const struct papers CHAIR_STUFFED = {{0, 30, 30, 30}, {0, 31, 30, 29}};

#define SEALED(round, packets)                                                                     \
    "{'round':" round ",'packets':[" packets "],'custodian':'外:保管人','place':'镇政府',"  \
    "'keep_until':'2024-03-20','on':'2021-03-20'}"
#define PACKET(form, count)                                                                        \
    "{'kind':'valid','count':" #count ",'seal_no':'封" #form "','form':" #form "}"

/* 31, 30 and 29 ballots of the three forms; the sum alone does not do. */
static void
ballots_seal(struct village *village)
{
    const char *now = "2021-03-26T09:00";
    const char *sum = SEALED("1", "{'kind':'valid','count':90,'seal_no':'封1'}");
    assert_int_equal(village_submit(village, VILLAGE, now, "ec", "ballot.seal", sum, NULL),
                     ERR_INVALID);
    assert_string_equal(village->ctx->failure.field, "packets");
    assert_int_equal(village_submit(village, VILLAGE, now, "ec", "ballot.seal",
                                    SEALED("1", PACKET(4, 90)), NULL),
                     ERR_INVALID);
    village_refused(village, now, "ec", "ballot.seal",
                    SEALED("1", PACKET(1, 31) "," PACKET(2, 31) "," PACKET(3, 28)), "STK-01");
    village_do(village, now, "ec", "ballot.seal",
               SEALED("1", PACKET(1, 31) "," PACKET(2, 30) "," PACKET(3, 29)));
    village_do(village, now, "ec", "ballot.seal",
               SEALED("2", "{'kind':'valid','count':30,'seal_no':'封4'}"));
}

static void
handover(struct village *village)
{
    static const char *const KINDS[] = {"seal",      "office",       "tools",     "accounts",
                                        "funds",     "fixed_assets", "resources", "claims_debts",
                                        "contracts", "archives",     "other"};
    for (size_t i = 0; i < COUNT_OF(KINDS); i++)
        village_do(village, "2021-03-25T09:00", "vc", "handover.item",
                   TEXT(village,
                        "{'body':'village','kind':'%s','what':'无','on':'2021-03-25'," SIDES "}",
                        KINDS[i]));
    village_do(village, "2021-03-25T10:00", "ec", "handover.close",
               "{'body':'village','on':'2021-03-25'}");
}

static void
archive_close(struct village *village)
{
    const char *rows = "";
    for (int class = 1; class <= 10; class ++)
        rows = TEXT(village, "%s%s{'class':%d,'title':'材料','pages':3}", rows,
                    class > 1 ? "," : "", class);
    village_do(village, "2021-03-26T10:00", "ec", "archive.list",
               TEXT(village, "{'rows':[%s]}", rows));
    village_do(village, "2021-04-10T09:00", "to", "archive.seal",
               "{'on':'2021-04-10','custodian':'外:保管人','keep_until':'2024-03-20','copies':2}");
}

static void
bundle_leave(struct village *village, const char *variable)
{
    struct archive_bundle bundle;
    const char *path = getenv(variable);
    assert_int_equal(archive_bundle_make(village->ctx, village->gate, VILLAGE, &bundle), ERR_OK);
    const struct file_content content = {bundle.bytes, bundle.length, 0644};
    if (path)
        assert_int_equal(file_write(village->ctx, path, content), ERR_OK);
}

/* A village of two rounds: 30, 30 and 29 ballots of the forms, then 30 of one. */
static void
two_rounds_seal(struct village *village, const char *variable)
{
    const char *now = "2021-03-26T09:00";
    handover(village);
    village_do(village, now, "ec", "ballot.seal",
               SEALED("1", PACKET(1, 30) "," PACKET(2, 30) "," PACKET(3, 29)));
    village_do(village, now, "ec", "ballot.seal",
               SEALED("2", "{'kind':'valid','count':30,'seal_no':'封4'}"));
    archive_close(village);
    bundle_leave(village, variable);
}

/* With CUNXUAN_BUNDLE_FORMS in the environment the bundle is left there for the verifier's test. */
static void
a_village_with_a_void_form_is_completed_and_sealed(void **state)
{
    static const struct later REPEAT = {2, 1, CHAIR_FORM, "repeat", "'P00005','P00006'"};
    struct village *village = forms_count(state, &CHAIR_STUFFED);
    struct village_result *results;
    size_t count;
    count_vice_and_members(village, 1);
    forms_record(village, 1);
    forms_later(village, &REPEAT, VOTES("chair", "P00005", 16));
    assert_string_equal(forms_seat(village, "P00005"), "chair 16");
    assert_string_equal(forms_outcome(village, 2, "chair"), "done 0");
    handover(village);
    ballots_seal(village);
    archive_close(village);
    bundle_leave(village, "CUNXUAN_BUNDLE_FORMS");
    assert_int_equal(results_load(village->ctx, village->db, VILLAGE, &results, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(results[0].seat_count, 5);
    assert_int_equal(results[0].form_count, 3);
    assert_int_equal(results[0].issued, 30);
    assert_int_equal(results[0].forms[0].recovered, 31);
    assert_string_equal(results[0].forms[0].void_ground, "CNT-01");
    assert_int_equal(results[0].forms[1].invalid, 2);
    assert_non_null(strstr(results[0].happened, "主任选票无效（CNT-01）"));
}

static const char *
state_of(struct village *village, const char *person, const char *post)
{
    struct seated seated;
    const enum err err =
        seated_store_find(village->ctx, village->db, VILLAGE, "village", person, post, &seated);
    return err == ERR_OK ? seated.state : "";
}

/* 一人一职: P00001, elected member, stands for chair in the repeat of the void ballots. */
static void
a_member_elected_chair_by_the_repeat_leaves_his_seat(void **state)
{
    static const struct later REPEAT = {2, 1, CHAIR_FORM, "repeat", "'P00005','P00001'"};
    struct village *village = forms_count(state, &CHAIR_STUFFED);
    count_vice_and_members(village, 1);
    forms_record(village, 1);
    assert_string_equal(state_of(village, "P00001", "member"), "elected");
    forms_later(village, &REPEAT, VOTES("chair", "P00001", 20));
    assert_string_equal(state_of(village, "P00001", "chair"), "elected");
    assert_string_equal(state_of(village, "P00001", "member"), "moved");
    assert_string_equal(forms_outcome(village, 1, "member"), "second_poll 1");
}

/* Of two equal for the last of three seats one wins by his own ballots. */
static void
a_tie_in_one_form_is_voted_to_the_end(void **state)
{
    static const struct later AGAIN = {2, 1, MEMBER_FORM, "re_vote", "'P00001','P00003'"};
    struct village *village = forms_count(state, &THIRTY);
    struct date day;
    forms_enter(village, 1, 1, 20, 0, VOTES("chair", "P00005", 20));
    forms_enter(village, 1, 2, 10, 0, VOTES("chair", "P00006", 10));
    forms_enter(village, 1, 3, 20, 0, VOTES("vice_chair", "P00007", 16));
    forms_enter(village, 1, 4, 10, 0, VOTES("vice_chair", "P00008", 4));
    forms_enter(village, 1, 5, 20, 0,
                VOTES("member", "P00002", 16) "," VOTES("member", "P00004", 17) "," VOTES(
                    "member", "P00001", 15) "," VOTES("member", "P00003", 10));
    forms_enter(village, 1, 6, 9, 0, VOTES("member", "P00003", 5));
    forms_record(village, 1);
    assert_string_equal(forms_outcome(village, 1, "member"), "re_vote 1");
    forms_later(village, &AGAIN, VOTES("member", "P00001", 9) "," VOTES("member", "P00003", 8));
    assert_string_equal(forms_outcome(village, 2, "member"), "done 0");
    assert_string_equal(forms_seat(village, "P00001"), "member 9");
    assert_string_equal(forms_seat(village, "P00003"), "");
    assert_int_equal(outcome_store_complete(village->ctx, village->db, VILLAGE, "village", &day),
                     ERR_OK);
    assert_int_equal(date_compare(day, day_of("2021-03-20")), 0);
    two_rounds_seal(village, "CUNXUAN_BUNDLE_FORMS_TIE");
}

/* No woman has the votes of a member: a seat is kept, voted on with one form, and given. */
static void
the_womans_seat_of_a_form_is_voted_to_the_end(void **state)
{
    static const struct later WOMEN = {2, 1, MEMBER_FORM, "woman_seat", "'P00002','P00004'"};
    struct village *village = forms_count(state, &THIRTY);
    forms_enter(village, 1, 1, 20, 0, VOTES("chair", "P00005", 20));
    forms_enter(village, 1, 2, 10, 0, VOTES("chair", "P00006", 10));
    forms_enter(village, 1, 3, 20, 0, VOTES("vice_chair", "P00007", 16));
    forms_enter(village, 1, 4, 10, 0, VOTES("vice_chair", "P00008", 4));
    forms_enter(village, 1, 5, 20, 0,
                VOTES("member", "P00001", 18) "," VOTES("member", "P00003", 17) "," VOTES(
                    "member", "P00002", 10) "," VOTES("member", "P00004", 9));
    forms_enter(village, 1, 6, 9, 0, VOTES("member", "P00004", 4));
    forms_record(village, 1);
    assert_string_equal(forms_outcome(village, 1, "member"), "woman_seat 1");
    forms_later(village, &WOMEN, VOTES("member", "P00002", 10) "," VOTES("member", "P00004", 9));
    assert_string_equal(forms_seat(village, "P00002"), "member 10");
    assert_string_equal(forms_outcome(village, 2, "member"), "done 0");
    two_rounds_seal(village, "CUNXUAN_BUNDLE_FORMS_WOMAN");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        POLL_TEST(a_village_with_a_void_form_is_completed_and_sealed),
        POLL_TEST(a_member_elected_chair_by_the_repeat_leaves_his_seat),
        POLL_TEST(a_tie_in_one_form_is_voted_to_the_end),
        POLL_TEST(the_womans_seat_of_a_form_is_voted_to_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
