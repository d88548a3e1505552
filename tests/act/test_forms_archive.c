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

static void
box_two(struct village *village, int box, int issued, int unused)
{
    village_do(village, ON_D("17:00"), "monitor", "box.close",
               TEXT(village,
                    "{'round':2,'box':%d,'at':'17:00','issued':%d,'issued_proxy':0,'scribed':0,"
                    "'spoiled':0,'unused':%d,'seal_no':'F3','monitors':['P00011']}",
                    box, issued, unused));
}

/* The chair's ballots alone, from the order to the announcement: plain figures. */
static void
repeat_for_the_chair(struct village *village)
{
    static const int ONE[] = {CHAIR_FORM};
    village_do(
        village, ON_D("15:25"), "ec", "round.order",
        "{'kind':'repeat','after_round':1,'posts':[{'post':'chair','seats':1,"
        "'candidates':['P00005','P00006']}],'polling_day':'2021-03-20'," PLACES("2021-03-20") "}");
    forms_tellers(village, 2);
    forms_design(village, 2, CHAIR_FORM);
    forms_allot(village, 2, ONE, COUNT_OF(ONE));
    village_do(village, ON_D("15:50"), "ec", "poll.open",
               "{'round':2,'at':'15:50','boxes':[{'box':1,'seal_no':'K1','shown_empty_by':"
               "['P00011']},{'box':2,'seal_no':'K2','shown_empty_by':['P00014']}],"
               "'unsealed_by':['P00011']}");
    box_two(village, 1, 20, 5);
    box_two(village, 2, 10, 5);
    village_do(village, ON_D("17:20"), "ec", "poll.close",
               "{'round':2,'at':'17:20','unused':10,'spoiled':0,'reserve':0,'fate':'sealed',"
               "'seal_no':'Z1','witnesses':['外:监督员']}");
    for (int box = 1; box <= 2; box++)
        village_do(village, ON_D("17:30"), "ec", "box.gather",
                   TEXT(village,
                        "{'round':2,'box':%d,'arrived_at':'17:30','seal_ok':'y',"
                        "'escorts':['P00012']}",
                        box));
    for (int box = 1; box <= 2; box++)
        village_do(village, ON_D("17:40"), "ec", "box.recover",
                   TEXT(village,
                        "{'round':2,'box':%d,'recovered':%d,'not_official':0,'at':'17:40',"
                        "'opened_by':['P00011']}",
                        box, box == 1 ? 20 : 10));
    village_do(village, ON_D("17:50"), "ec", "count.open",
               "{'round':2,'bundle_size':100,'mixed':'y','public':'y','at':'17:50'}");
    forms_enter(village, 2, 1, 30, 0, VOTES("chair", "P00005", 16));
    forms_record(village, 2);
}

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
seal(struct village *village)
{
    static const char *const KINDS[] = {"seal",      "office",       "tools",     "accounts",
                                        "funds",     "fixed_assets", "resources", "claims_debts",
                                        "contracts", "archives",     "other"};
    const char *rows = "";
    for (size_t i = 0; i < COUNT_OF(KINDS); i++)
        village_do(village, "2021-03-25T09:00", "vc", "handover.item",
                   TEXT(village,
                        "{'body':'village','kind':'%s','what':'无','on':'2021-03-25'," SIDES "}",
                        KINDS[i]));
    village_do(village, "2021-03-25T10:00", "ec", "handover.close",
               "{'body':'village','on':'2021-03-25'}");
    ballots_seal(village);
    for (int class = 1; class <= 10; class ++)
        rows = TEXT(village, "%s%s{'class':%d,'title':'材料','pages':3}", rows,
                    class > 1 ? "," : "", class);
    village_do(village, "2021-03-26T10:00", "ec", "archive.list",
               TEXT(village, "{'rows':[%s]}", rows));
    village_do(village, "2021-04-10T09:00", "to", "archive.seal",
               "{'on':'2021-04-10','custodian':'外:保管人','keep_until':'2024-03-20','copies':2}");
}

/* With CUNXUAN_BUNDLE_FORMS in the environment the bundle is left there for the verifier's test. */
static void
a_village_with_a_void_form_is_completed_and_sealed(void **state)
{
    static const struct papers CHAIR_STUFFED = {{0, 30, 30, 30}, {0, 31, 30, 29}};
    struct village *village = forms_count(state, &CHAIR_STUFFED);
    struct archive_bundle bundle;
    struct village_result *results;
    size_t count;
    const char *path = getenv("CUNXUAN_BUNDLE_FORMS");
    count_vice_and_members(village, 1);
    forms_record(village, 1);
    repeat_for_the_chair(village);
    assert_string_equal(forms_seat(village, "P00005"), "chair 16");
    assert_string_equal(forms_outcome(village, 2, "chair"), "done 0");
    seal(village);

    assert_int_equal(archive_bundle_make(village->ctx, village->gate, VILLAGE, &bundle), ERR_OK);
    const struct file_content content = {bundle.bytes, bundle.length, 0644};
    if (path)
        assert_int_equal(file_write(village->ctx, path, content), ERR_OK);
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        POLL_TEST(a_village_with_a_void_form_is_completed_and_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
